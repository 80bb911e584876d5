"""A table as its blank form looks: merged heads, Chinese labels, groups set in, units;
keys only as tooltips.

Three states are told apart without colour alone: read (no mark), inferred (≈) or doubtful (?), and
missing: （空） for what is printed blank, 缺 for what the form has and the report has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from govdisclose.form import Column, FormTable, Row, catalogue
from govdisclose.report import Cell, Table
from govdisclose.view.markup import element
from govdisclose.view.words import Language, words

Reference = Callable[[Cell], str | None]
"""What a cell of the page refers to in its source: the id of a mark, or None where nothing is marked."""


def figure(value: int | Decimal) -> str:
    """A figure as it is read: no grouping, all digits.

    >>> figure(1234), figure(Decimal("9.60"))
    ('1234', '9.60')
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def no_reference(_: Cell) -> None:
    """For a table that stands by itself."""


def table_element(
    table: Table, language: Language, refer: Reference = no_reference
) -> Element:
    """The table as an element `table` in a box of its own, which scrolls sideways where it must."""
    form = _form_of(table)
    drawn = (
        _plain(table, language, refer)
        if form is None
        else _formed(table, form, language, refer)
    )
    return element("div", drawn, class_="scroll")


def _form_of(table: Table) -> FormTable | None:
    form = catalogue().forms.get(table.form or "")
    return next((t for t in form.tables if t.id == table.table), None) if form else None


def _formed(
    table: Table, form: FormTable, language: Language, refer: Reference
) -> Element:
    named = words(language)
    by_place = {
        (cell.row, cell.column): cell for cell in reversed(table.cells) if cell.row
    }
    units = _units(table)
    wide = len(form.columns) > 1 and not any(units.values())
    head = element("thead", *_heads(form, named, with_units=not wide))
    body = element("tbody")
    depths = _depths(form.rows)
    for row in form.rows:
        body.append(
            _row(
                row,
                form,
                by_place,
                units,
                depths[row.key],
                language,
                refer,
                with_units=not wide,
            )
        )
    others = [cell for cell in table.cells if cell.row is None]
    if others:
        span = str(len(form.columns) + 1 + (not wide))
        body.append(
            element(
                "tr", element("th", named["other_rows"], colspan=span, scope="rowgroup")
            )
        )
        body.extend(
            _other(cell, form, language, refer, with_units=not wide) for cell in others
        )
    caption = element("caption", table.title or form.title)
    return element("table", caption, head, body)


def _units(table: Table) -> Mapping[str, str]:
    return {cell.row: cell.unit for cell in table.cells if cell.row and cell.unit}


def _depths(rows: Sequence[Row]) -> Mapping[str, int]:
    depths: dict[str, int] = {}
    for row in rows:
        depths[row.key] = depths.get(row.parent, -1) + 1 if row.parent else 0
    return depths


def _heads(
    form: FormTable, named: Mapping[str, str], with_units: bool
) -> Iterator[Element]:
    """The lines of the head: groups of groups, groups, columns; each word over the
    columns that it heads."""
    levels: list[list[str | None]] = [
        [column.supergroup for column in form.columns],
        [column.group for column in form.columns],
        [column.label for column in form.columns],
    ]
    shown = [level for level in levels if any(level)]
    depth = str(len(shown))
    for i, level in enumerate(shown):
        line = element("tr")
        if i == 0:
            line.append(
                element(
                    "th", form.stub_header or named["stub"], rowspan=depth, scope="col"
                )
            )
            if with_units:
                line.append(
                    element(
                        "th",
                        form.unit_header or named["unit"],
                        rowspan=depth,
                        scope="col",
                    )
                )
        line.extend(
            element("th", word or "", colspan=str(width), scope="col", title=key)
            for word, width, key in _merged(level, form.columns)
        )
        yield line


def _merged(
    level: Sequence[str | None], columns: Sequence[Column]
) -> Iterator[tuple[str | None, int, str]]:
    begin = 0
    for i in range(1, len(level) + 1):
        if i == len(level) or level[i] != level[begin] or level[begin] is None:
            yield level[begin], i - begin, columns[begin].key
            begin = i


def _row(
    row: Row,
    form: FormTable,
    by_place: Mapping[tuple[str, str | None], Cell],
    units: Mapping[str, str],
    depth: int,
    language: Language,
    refer: Reference,
    with_units: bool,
) -> Element:
    label = element(
        "th",
        row.enumerator + row.label,
        scope="row",
        title=row.key,
        class_=f"in{min(depth, 5)}",
    )
    line = element("tr", label)
    if with_units:
        line.append(element("td", units.get(row.key, ""), class_="unit"))
    if row.group and not any(
        (row.key, column.key) in by_place for column in form.columns
    ):
        line.append(element("td", colspan=str(len(form.columns))))
        return line
    for column in form.columns:
        cell = by_place.get((row.key, column.key))
        line.append(cell_element(cell, f"{row.key}@{column.key}", language, refer))
    return line


def _other(
    cell: Cell, form: FormTable, language: Language, refer: Reference, with_units: bool
) -> Element:
    label = element("th", cell.label, scope="row")
    line = element("tr", label)
    if with_units:
        line.append(element("td", cell.unit or "", class_="unit"))
    line.append(cell_element(cell, cell.label, language, refer))
    if len(form.columns) > 1:
        line.append(element("td", colspan=str(len(form.columns) - 1)))
    return line


def _plain(table: Table, language: Language, refer: Reference) -> Element:
    """A table of no known form: a line for each cell."""
    named = words(language)
    head = element(
        "tr",
        *(
            element("th", named[word], scope="col")
            for word in ("stub", "unit", "value")
        ),
    )
    body = element("tbody")
    for cell in table.cells:
        label = element("th", cell.label, scope="row")
        unit = element("td", cell.unit or "", class_="unit")
        body.append(
            element("tr", label, unit, cell_element(cell, cell.label, language, refer))
        )
    return element(
        "table", element("caption", table.title or ""), element("thead", head), body
    )


def cell_element(
    cell: Cell | None, key: str, language: Language, refer: Reference
) -> Element:
    """One figure as a `td`: its value or what stands for it, its state, and what it refers to."""
    named = words(language)
    if cell is None:
        return element("td", named["absent"], class_="absent", title=key)
    mark = refer(cell)
    shown = (
        figure(cell.value)
        if cell.value is not None
        else named.get(cell.reading, cell.raw)
    )
    state, sign = state_of(cell)
    notes = [key, *([named[state]] if state else []), *cell.diagnostics]
    return element(
        "td",
        shown,
        element("sup", sign) if sign else None,
        class_=" ".join(
            filter(None, ("figure", state, "" if cell.value is not None else "missing"))
        ),
        title=" · ".join(notes),
        data_m=mark,
        tabindex="0" if mark else None,
    )


def state_of(cell: Cell) -> tuple[str, str]:
    """The state of a cell that is not plainly read, and its sign; both empty where it is.

    >>> from govdisclose.text import Span
    >>> state_of(Cell("a", "value", "甲", 5, None, "number", "5", Span(0, 1), inferred=True))
    ('inferred', '≈')
    """
    if cell.diagnostics and not cell.inferred:
        return "doubtful", "?"
    return ("inferred", "≈") if cell.inferred else ("", "")
