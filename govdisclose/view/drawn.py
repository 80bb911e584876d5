"""A table as its blank form looks: merged heads, Chinese labels, groups set in, units;
keys only as tooltips.

Three states are told apart without colour alone: read (no mark), inferred (≈) or doubtful (?), and
missing: （空） for what is printed blank, 缺 for what the form has and the report has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from attrs import frozen

from govdisclose.finding import Suspect
from govdisclose.form import FormTable, Row
from govdisclose.report import Cell, Table
from govdisclose.view.heads import head_lines
from govdisclose.view.markup import element
from govdisclose.view.named import form_table
from govdisclose.view.words import Language, words


@frozen
class Reference:
    """What a cell of the page refers to: the id of its mark in the source, and those of the
    findings that rest on it."""

    mark: str
    findings: tuple[str, ...] = ()


Refer = Callable[[Cell], Reference | None]
"""What tells the reference of a cell; None where nothing is marked."""


def figure(value: int | Decimal) -> str:
    """A figure as it is read: no grouping, all digits.

    >>> figure(1234), figure(Decimal("9.60"))
    ('1234', '9.60')
    """
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def suspect_text(suspect: Suspect, named: Mapping[str, str]) -> str:
    """What a figure is, and what it probably is to be.

    >>> from govdisclose.finding import Operand
    >>> said = suspect_text(Suspect(Operand("a", "甲", 89617), 89619, 3), words("zh"))
    >>> said
    '89617，疑为 89619（改后 3 处不符可消除）'
    """
    printed = suspect.operand.value
    shown = "" if printed is None else figure(printed)
    expected = figure(suspect.value)
    return named["suspect"].format(printed=shown, expected=expected, n=suspect.mends)


def no_reference(_: Cell) -> None:
    """For a table that stands by itself."""


def table_element(
    table: Table, language: Language, refer: Refer = no_reference
) -> Element:
    """The table as an element `table` in a box of its own, which scrolls sideways where it must."""
    form = form_table(table)
    look = _look(table, form, language, refer)
    others = table.cells
    head = element("tr", *(element("th", word, scope="col") for word in look.plain))
    lines = [head]
    body = element("tbody")
    if form is not None:
        lines = list(head_lines(form, look.before))
        others = tuple(cell for cell in table.cells if cell.row is None)
        body.extend(_rows(table, form, look))
        if others:
            width = str(len(form.columns) + len(look.before))
            word = look.named["other_rows"]
            over = element("th", word, colspan=width, scope="rowgroup")
            body.append(element("tr", over))
    body.extend(_other(cell, look) for cell in others)
    caption = element("caption", table.title or (form.title if form else ""))
    return element(
        "div",
        element("table", caption, element("thead", *lines), body),
        class_="scroll wide" if look.rest else "scroll",
    )


@frozen
class _Look:
    """How the rows of a table are drawn: in which language, with a column of units or without."""

    language: Language
    named: Mapping[str, str]
    refer: Refer
    stub: str | None  # the word over the labels; None where rows have none
    unit: str | None  # the word over the units; None where they need no column
    rest: int  # columns of figures but the first

    @property
    def before(self) -> tuple[str, ...]:
        return tuple(word for word in (self.stub, self.unit) if word is not None)

    @property
    def plain(self) -> tuple[str, ...]:
        return (*self.before, self.named["value"])


def _look(
    table: Table, form: FormTable | None, language: Language, refer: Refer
) -> _Look:
    named = words(language)
    if form is None:
        return _Look(language, named, refer, named["stub"], named["unit"], 0)
    labelled = any(row.label for row in form.rows)
    unlisted = any(cell.row is None for cell in table.cells)
    printed = any(cell.unit and not cell.unit_inferred for cell in table.cells)
    with_units = form.unit_header or (printed and form.key_from == "row")
    return _Look(
        language,
        named,
        refer,
        (form.stub_header or named["stub"]) if labelled or unlisted else None,
        (form.unit_header or named["unit"]) if with_units else None,
        len(form.columns) - 1,
    )


def _depths(rows: Sequence[Row]) -> Mapping[str, int]:
    depths: dict[str, int] = {}
    for row in rows:
        depths[row.key] = depths.get(row.parent, -1) + 1 if row.parent else 0
    return depths


def _rows(table: Table, form: FormTable, look: _Look) -> Iterator[Element]:
    """The rows of the form, also those that the table has not."""
    placed = [cell for cell in table.cells if cell.row]
    cells = {(cell.row, cell.column): cell for cell in reversed(placed)}
    units = {cell.row: cell.unit for cell in placed if cell.unit}
    depths = _depths(form.rows)
    for row in form.rows:
        line = element("tr")
        if look.stub is not None:
            label = row.enumerator + row.label
            place = f"in{min(depths[row.key], 5)}"
            line.append(element("th", label, scope="row", title=row.key, class_=place))
        if look.unit is not None:
            line.append(element("td", units.get(row.key, ""), class_="unit"))
        found = [cells.get((row.key, column.key)) for column in form.columns]
        if row.group and not any(found):
            line.append(element("td", colspan=str(len(found))))
        else:
            keys = (f"{row.key}@{column.key}" for column in form.columns)
            line.extend(
                cell_element(cell, key, look.language, look.refer)
                for cell, key in zip(found, keys, strict=True)
            )
        yield line


def _other(cell: Cell, look: _Look) -> Element:
    """A cell that is of no row of the form, in a line of its own."""
    line = element("tr", element("th", cell.label, scope="row"))
    if look.unit is not None:
        line.append(element("td", cell.unit or "", class_="unit"))
    line.append(cell_element(cell, cell.label, look.language, look.refer))
    if look.rest:
        line.append(element("td", colspan=str(look.rest)))
    return line


def cell_element(
    cell: Cell | None, key: str, language: Language, refer: Refer
) -> Element:
    """One figure as a `td`: its value or what stands for it, its state, and what it refers to."""
    named = words(language)
    if cell is None:
        return element("td", named["absent"], class_="absent", title=key)
    known = refer(cell)
    shown = (
        figure(cell.value)
        if cell.value is not None
        else named.get(cell.reading, cell.raw)
    )
    state, sign = state_of(cell)
    said = (key, cell.unit, named[state] if state else None, *cell.diagnostics)
    notes = " · ".join(word for word in said if word)
    return element(
        "td",
        shown,
        element("sup", sign) if sign else None,
        class_=" ".join(
            filter(None, ("figure", state, "" if cell.value is not None else "missing"))
        ),
        title=notes,
        data_m=known.mark if known else None,
        data_o=" ".join(known.findings) or None if known else None,
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
