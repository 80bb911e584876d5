"""Panels and their tables as a notebook shows them: what there is, the first and the last rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from xml.etree.ElementTree import Element

from govdisclose.panel.schema import Field, TableSchema, table_schemas
from govdisclose.view.markup import element
from govdisclose.view.notebook import boxed
from govdisclose.view.words import Language, spoken, words

_ENDS: Final = 5  # rows shown from the beginning, and as many from the end
_CUT: Final = 40
_NUMBERS: Final = ("int8", "int16", "int32", "float")

Rows = Sequence[Mapping[str, Any]]


def panel_html(
    lengths: Mapping[str, int], reports: Rows, language: Language | None = None
) -> str:
    """A panel: how many reports of which years, what could not be read, and its tables.

    `lengths` has the rows of each table; without any the panel was not read yet.
    """
    speech = spoken(language)
    return boxed(_panel(lengths, reports, speech))


def _panel(
    lengths: Mapping[str, int], reports: Rows, language: Language
) -> Iterator[Element]:
    named = words(language)
    if not lengths:
        yield element("p", element("strong", "Panel"), f" · {named['not_read']}")
        return
    yield element(
        "p", element("strong", "Panel"), " · ", " · ".join(_said(reports, named))
    )
    head = element(
        "tr",
        _head(named["table"]),
        _head(named["rows"].format(n="").strip()),
        _head(named["row_is"]),
    )
    lines = (
        element(
            "tr",
            element("th", element("code", name), scope="row"),
            element("td", f"{length:,}", class_="figure"),
            element("td", _in(table_schemas()[name], language)),
        )
        for name, length in lengths.items()
    )
    yield element("table", element("thead", head), element("tbody", *lines))


def _said(reports: Rows, named: Mapping[str, str]) -> Iterator[str]:
    """How many reports, of how many bodies, from when to when, and how many could not be read."""
    years = [row["year"] for row in reports if row["year"]]
    bodies = {row["issuer"] for row in reports if row["issuer"]}
    yield named["reports"].format(n=len(reports))
    yield named["bodies"].format(n=len(bodies))
    if years:
        yield f"{min(years)}–{max(years)}"
    statuses = Counter(row["status"] for row in reports)
    for status in ("unreadable", "crashed"):
        if statuses[status]:
            yield f"{named[f'status.{status}']} {statuses[status]}"


def table_html(
    schema: TableSchema,
    first: Rows,
    last: Rows,
    length: int,
    language: Language | None = None,
) -> str:
    """A table of a panel: its first and last rows, the heads with their meaning as tooltips.

    `length` is how many rows it has; `last` is empty where `first` are all.
    """
    speech = spoken(language)
    named = words(speech)
    title = element("strong", schema.name)
    counted = named["rows"].format(n=f"{length:,}")
    said = element("p", title, f" · {counted} · {_in(schema, speech)}")
    heads = element("tr", *(_column(field, speech) for field in schema.columns))
    body = element("tbody", *_lines(schema.columns, first))
    if last:
        gap = element("td", "…", colspan=str(len(schema.columns)))
        body.append(element("tr", gap))
        body.extend(_lines(schema.columns, last))
    table = element("table", element("thead", heads), body)
    return boxed([said, element("div", table, class_="scroll flat")])


def ends(length: int) -> tuple[slice, slice]:
    """The rows that are shown: the first, and the last where there are more.

    >>> ends(4), ends(30)
    ((slice(0, 10, None), slice(0, 0, None)), (slice(0, 5, None), slice(25, 30, None)))
    """
    if length <= 2 * _ENDS:
        return slice(0, 2 * _ENDS), slice(0, 0)
    return slice(0, _ENDS), slice(length - _ENDS, length)


def _in(said: Field | TableSchema, language: Language) -> str:
    return said.zh if language == "zh" else said.en


def _head(word: str) -> Element:
    return element("th", word, scope="col")


def _column(field: Field, language: Language) -> Element:
    return element("th", field.name, scope="col", title=_in(field, language))


def _lines(columns: Sequence[Field], rows: Rows) -> Iterable[Element]:
    for row in rows:
        yield element("tr", *(_value(field, row[field.name]) for field in columns))


def _value(field: Field, value: Any) -> Element:
    look = "figure" if field.type in _NUMBERS else None
    whole = _text(field, value)
    shown = whole if len(whole) <= _CUT else f"{whole[: _CUT - 1]}…"
    return element(
        "td", shown, class_=look, title=whole if shown is not whole else None
    )


def _text(field: Field, value: Any) -> str:
    """A value as it is read; nothing where there is none.

    >>> year = Field("year", "int16", "", "")
    >>> _text(year, 2018), _text(year, None), _text(Field("x", "float", "", ""), 37.0)
    ('2018', '', '37')
    """
    if value is None:
        return ""
    if field.type == "texts":
        return ", ".join(value)
    if field.type == "spans":
        return ", ".join(f"{span['start']}:{span['end']}" for span in value)
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
