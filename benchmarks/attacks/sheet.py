"""A table as an official fills it in: heads, rows, values, and the truth about each value."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from attrs import evolve, frozen

from govdisclose.form import Column, FormTable, Row, catalogue
from govdisclose.report import Figure
from govdisclose.testing import fill

Key = tuple[str, str, str]
"""Table, row, column: where a figure belongs in its form."""

ISSUERS: Final = (
    "望溪县民政局",
    "禾丰区林业局",
    "青岭市体育局",
    "白塔县水务局",
    "南屏区教育局",
    "石桥镇人民政府",
)
OTHERS: Final = ("云台县财政局", "安河区卫生健康局", "柳园镇人民政府")
LAST_YEAR: Final = 2025


@frozen
class Value:
    """One cell for a figure: what is printed, and what it says.

    `want` is the figure that a careful reader finds there, None where there is none for this report. `unclear`: a
    careful reader may abstain, or find `want`; anything else is wrong. `unit` is checked where it is named.
    """

    text: str
    key: Key | None = None
    want: Figure | None = None
    unclear: bool = False
    unit: str | None = None


@frozen
class Head:
    """The words over a column of figures, from the top down; equal neighbours are one merged cell."""

    words: tuple[str, ...]
    key: str | None = None


@frozen
class Line:
    """A row: the labels before it (merged ones first), unit and code where the form prints them, and the values."""

    labels: tuple[str, ...]
    values: tuple[Value, ...]
    unit: str = ""
    code: str = ""
    row: Row | None = None


@frozen
class Sheet:
    """A table. `stubs` are the heads of what stands before the figures, by kind: ordinal, label, unit, code."""

    table: FormTable
    captions: tuple[str, ...]
    stubs: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    order: Callable[[list[Box]], list[Box]] | None = None
    headless: bool = False


@frozen
class Draft:
    """A report to be printed."""

    form: str
    year: int
    issuer: str
    sheets: tuple[Sheet, ...]
    style: str = "pipes"
    notes: tuple[str, ...] = ()
    title: str = ""


class Box(NamedTuple):
    """A printed cell; `covered` ones lie under a merged cell and hold its text again."""

    text: str
    role: str = "value"
    covered: bool = False


# --- from the form


def draft(form: str, rng: random.Random, blanks: float) -> Draft:
    """A report with all tables of the form, as the form has them."""
    filled = fill(form, rng, blanks)
    issuer = rng.choice(ISSUERS)
    sheets = tuple(
        _sheet(table, filled.year, filled.figures)
        for table in catalogue().forms[form].tables
    )
    return Draft(form, filled.year, issuer, sheets)


def _sheet(table: FormTable, year: int, figures: Mapping[Key, Figure | None]) -> Sheet:
    captions = (table.title,) if table.caption else ()
    rows = [
        row for row in table.rows if not (row.group and table.super_header is not None)
    ]
    by_key = {row.key: row for row in table.rows}
    lines = []
    for row in rows:
        values = [
            _value(figures.get((table.id, row.key, c.key)), (table.id, row.key, c.key))
            for c in table.columns
        ]
        labels = (
            _labels(row, by_key)
            if table.super_header is not None
            else (row.enumerator + row.label,)
        )
        if any(column.supergroup for column in table.columns):
            labels = ()
        unit = row.unit or ("——" if row.group else "")
        lines.append(Line(labels, tuple(values), unit, row.code or "", row))
    return Sheet(
        table,
        captions,
        _stubs(table, lines),
        tuple(_head(table, c, year) for c in table.columns),
        tuple(lines),
    )


def _value(figure: Figure | None, key: Key) -> Value:
    return Value("" if figure is None else str(figure), key, figure)


def _labels(row: Row, by_key: dict[str, Row]) -> tuple[str, ...]:
    mine = (row.enumerator + row.label,)
    above = by_key.get(row.parent) if row.parent is not None else None
    return (*_labels(above, by_key), *mine) if above is not None else mine


def _stubs(table: FormTable, lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    deep = max((len(line.labels) for line in lines), default=0)
    stubs = [("label", table.stub_header or "")] * deep
    if table.ordinal_header is not None:
        stubs.insert(0, ("ordinal", table.ordinal_header))
    if table.unit_header is not None:
        stubs.append(("unit", table.unit_header))
    if table.code_header is not None:
        stubs.append(("code", table.code_header))
    return tuple(stubs)


def _head(table: FormTable, column: Column, year: int) -> Head:
    label = f"{year}年度" if column.label_regex else column.label
    words: tuple[str, ...] = (label,)
    if table.super_header is not None:
        words = (table.super_header, column.group or label, label)
    elif column.supergroup is not None:
        words = (column.supergroup, column.group or label, label)
    return Head(words, column.key)


# --- changes that keep the truth


def each_sheet(drafted: Draft, change: Callable[[Sheet], Sheet]) -> Draft:
    """The draft with every table changed."""
    return evolve(drafted, sheets=tuple(change(sheet) for sheet in drafted.sheets))


def each_line(drafted: Draft, change: Callable[[Line], Line]) -> Draft:
    """The draft with every row changed."""
    return each_sheet(
        drafted,
        lambda sheet: evolve(sheet, lines=tuple(change(x) for x in sheet.lines)),
    )


def each_value(drafted: Draft, change: Callable[[Value], Value]) -> Draft:
    """The draft with every value changed."""
    return each_line(
        drafted, lambda line: evolve(line, values=tuple(change(x) for x in line.values))
    )


def columns(sheet: Sheet, order: list[int]) -> Sheet:
    """The table with its columns of figures in another order, heads and all."""
    heads = tuple(sheet.heads[i] for i in order)
    lines = (
        evolve(line, values=tuple(line.values[i] for i in order))
        for line in sheet.lines
    )
    return evolve(sheet, heads=heads, lines=tuple(lines))


def beside(
    sheet: Sheet, head: Head, texts: Callable[[Line], str], *, first: bool = False
) -> Sheet:
    """The table with one more column, whose figures are not of the form."""
    lines = []
    for line in sheet.lines:
        more = (Value(texts(line)),)
        lines.append(
            evolve(line, values=more + line.values if first else line.values + more)
        )
    heads = (head, *sheet.heads) if first else (*sheet.heads, head)
    return evolve(sheet, heads=heads, lines=tuple(lines))


def disowned(value: Value) -> Value:
    """The value printed, and no figure of this report."""
    return evolve(value, want=None)


def unclear(value: Value) -> Value:
    """The value printed, where nobody can be sure of it."""
    return evolve(value, unclear=True)


def values(drafted: Draft) -> Iterator[Value]:
    """All values that have a place in the form."""
    for sheet in drafted.sheets:
        for line in sheet.lines:
            yield from (value for value in line.values if value.key is not None)


# --- the cells, as printed


def matrix(sheet: Sheet) -> list[list[Box]]:
    """The cells of the table, row by row; rows may differ in length where the kind took cells away."""
    rows = [] if sheet.headless else _head_rows(sheet)
    before: tuple[str, ...] = ()
    for number, line in enumerate(sheet.lines, 1):
        rows.append(_row(sheet, line, number, before))
        before = line.labels
    return [sheet.order(row) for row in rows] if sheet.order is not None else rows


def _head_rows(sheet: Sheet) -> list[list[Box]]:
    levels = max((len(head.words) for head in sheet.heads), default=1)
    rows = []
    for level in range(levels):
        row = []
        for i, (kind, word) in enumerate(sheet.stubs):
            merged = level > 0 or (
                kind == "label" and i > 0 and sheet.stubs[i - 1][0] == "label"
            )
            row.append(Box(word, "head", merged))
        for i, head in enumerate(sheet.heads):
            words = head.words[: level + 1]
            left = (
                i > 0
                and sheet.heads[i - 1].words[: level + 1] == words
                and level < levels - 1
            )
            up = level > 0 and words[level - 1 : level] == words[level:]
            row.append(Box(words[-1] if len(words) > level else "", "head", left or up))
        rows.append(row)
    return rows


def _row(sheet: Sheet, line: Line, number: int, before: tuple[str, ...]) -> list[Box]:
    deep = sum(kind == "label" for kind, _ in sheet.stubs)
    row: list[Box] = []
    labels = [
        Box(
            text,
            "label",
            line.labels[: i + 1] == before[: i + 1] and i < len(line.labels) - 1,
        )
        for i, text in enumerate(line.labels)
    ]
    if labels:
        labels += [Box(labels[-1].text, "label", covered=True)] * (deep - len(labels))
    for kind in dict.fromkeys(kind for kind, _ in sheet.stubs):
        if kind == "label":
            row += labels or [Box("", "label")] * deep
        else:
            text = {"ordinal": str(number), "unit": line.unit, "code": line.code}[kind]
            row.append(Box(text, kind))
    return row + [Box(value.text) for value in line.values]
