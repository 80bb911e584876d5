"""The figures of a report by concept: the same columns over all forms, with the price
of each comparison.

A concept adds up the cells that its form has for it. Where one of them has no figure
the sum has none, and says which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from govdisclose.form import Form, catalogue
from govdisclose.form.concepts import Address, Concept, Crosswalk, Status, addresses
from govdisclose.report import Cell, Figure, Table
from govdisclose.report._keys import own_cells
from govdisclose.report._values import figure as shown

FLAGS: Final[Mapping[str, tuple[str, str]]] = {
    "sum": ("several cells are added up", "由多个单元格相加"),
    "derived": (
        "a cell is subtracted, or the amount was converted to the unit of the concept",
        "含相减，或已换算为概念的单位",
    ),
    "blank": ("a cell is blank", "有单元格为空"),
    "dash": ("a cell has a dash", "有单元格为横线"),
    "none": ("a cell says that there is none", "有单元格写“无”"),
    "unreadable": ("a cell cannot be read", "有单元格无法识读"),
    "absent": (
        "the report does not have a cell that its form has",
        "报告缺少表式应有的单元格",
    ),
    "ambiguous": (
        "a cell is stated several times, with different figures",
        "同一单元格多次出现且数据不同",
    ),
    "unit": (
        "a cell has a unit that cannot be converted to that of the concept",
        "计量单位无法换算",
    ),
    "inferred": (
        "a cell was placed by the arithmetic of the form",
        "有单元格由勾稽关系推定",
    ),
    "corrected": ("a cell was corrected by hand", "有单元格经人工更正"),
    "flagged": ("a cell has a diagnostic", "有单元格带诊断"),
}
"""What may be said of a value, in English and Chinese."""


@frozen(repr=False)
class Value:
    """A concept in one report, on one form.

    `value` is in `unit`, that of the concept; None where an operand has no figure
    (`lacking` has their keys). `status` is how the figure of this form stands to the
    concept (see `govdisclose.form.concepts.STATUSES`), `why` the reason where it is not
    A, and `included_in` the concept that holds it where it is K. `segment` names the
    form that counts just so: values of one segment may be compared without a break.
    `form` and `status` are None where the report has no table of a known form. `flags`
    are keys of `FLAGS`; `cells` are what was added up, in order."""

    concept: str
    form: str | None
    value: Figure | None
    unit: str
    status: Status | None
    segment: str | None = None
    why: str | None = None
    why_zh: str | None = None
    included_in: str | None = None
    flags: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()

    def __repr__(self) -> str:
        said = "no value" if self.value is None else shown(self.value, self.unit)
        on = f"{self.status} on {self.form}" if self.form else "on no known form"
        return f"<Value {self.concept}: {said} ({', '.join((on, *self.flags))})>"


def series(tables: Iterable[Table], crosswalk: Crosswalk) -> tuple[Value, ...]:
    """Every concept on every form that the tables follow, in the order of the text;
    also those without a figure."""
    found = _by_form(tables)
    forms = catalogue().forms
    return tuple(
        _value(crosswalk, concept, forms[form], cells)
        for form, cells in found.items()
        for concept in crosswalk.concepts.values()
    )


def concept_value(tables: Iterable[Table], crosswalk: Crosswalk, concept: str) -> Value:
    """One concept: on the form that has a figure for it.

    Where forms of the report have different figures there is no value, with the flag
    `ambiguous`. Raises `UnknownKey` for a concept that there is not."""
    wanted = crosswalk[concept]
    forms = catalogue().forms
    values = [
        _value(crosswalk, wanted, forms[form], cells)
        for form, cells in _by_form(tables).items()
    ]
    return _chosen(wanted, values)


def chosen_values(crosswalk: Crosswalk, values: Iterable[Value]) -> Iterator[Value]:
    """One value for each concept, of those on all forms of a report."""
    by_concept: dict[str, list[Value]] = {}
    for value in values:
        by_concept.setdefault(value.concept, []).append(value)
    for concept in crosswalk.concepts.values():
        yield _chosen(concept, by_concept.get(concept.id, []))


def _chosen(concept: Concept, values: Sequence[Value]) -> Value:
    stated = [value for value in values if value.value is not None]
    if len({value.value for value in stated}) > 1:
        cells = tuple(cell for value in stated for cell in value.cells)
        first = stated[0]
        return Value(
            concept.id,
            first.form,
            None,
            concept.unit,
            first.status,
            first.segment,
            flags=("ambiguous",),
            cells=cells,
        )
    asked = [value for value in values if value.status not in ("K", "L")]
    nothing = Value(concept.id, None, None, concept.unit, None, flags=("absent",))
    return next(iter((*stated, *asked, *values)), nothing)


_Cells = Mapping[tuple[str | None, str | None, str | None], Sequence[Cell]]
"""Cells by table, row and column; by table and column alone where the table is keyed by column."""


def _by_form(tables: Iterable[Table]) -> dict[str, _Cells]:
    forms = catalogue().forms
    found: dict[str, dict[tuple[str | None, str | None, str | None], list[Cell]]] = {}
    for table in tables:
        form = forms.get(table.form) if table.form else None
        if form is None:
            continue
        by_column = {t.id for t in form.tables if t.key_from == "column"}
        cells = found.setdefault(form.id, {})
        for cell in table.cells:
            row = None if table.table in by_column else cell.row
            cells.setdefault((table.table, row, cell.column), []).append(cell)
    return dict(found)


def _value(crosswalk: Crosswalk, concept: Concept, form: Form, cells: _Cells) -> Value:
    entry = concept.on(form.id)
    why = entry.why
    operands = [
        _operand(a, cells, crosswalk, concept.unit)
        for a in addresses(form, entry.terms)
    ]
    flags = dict.fromkeys(flag for operand in operands for flag in operand.flags)
    if len(operands) > 1:
        flags["sum"] = None
    if any(operand.address.sign < 0 for operand in operands):
        flags["derived"] = None
    lacking = tuple(
        operand.address.key for operand in operands if operand.figure is None
    )
    total: Figure | None = None
    if operands and not lacking:
        total = _tidy(
            sum(o.address.sign * o.figure for o in operands if o.figure is not None)
        )
    return Value(
        concept.id,
        form.id,
        total,
        concept.unit,
        entry.status,
        concept.segment(form.id),
        why.en if why else None,
        why.zh if why else None,
        entry.included_in,
        tuple(flag for flag in FLAGS if flag in flags),
        lacking,
        tuple(operand.cell for operand in operands if operand.cell is not None),
    )


@frozen
class _Operand:
    address: Address
    cell: Cell | None
    figure: Figure | None
    flags: tuple[str, ...]


def _operand(
    address: Address, cells: _Cells, crosswalk: Crosswalk, unit: str
) -> _Operand:
    """The figure of one cell, in the unit of the concept, and what is to be said of it."""
    found = own_cells(cells.get((address.table, address.row, address.column), ()))
    stated = [cell for cell in found if cell.value is not None]
    cell = next(iter((*stated, *found)), None)
    if cell is None:
        return _Operand(address, None, None, ("absent",))
    said = (
        ("inferred", cell.inferred),
        ("corrected", "corrected" in cell.diagnostics),
        ("flagged", bool(cell.diagnostics)),
    )
    flags = [name for name, holds in said if holds]
    if cell.value is None:
        reading = cell.reading if cell.reading in FLAGS else "unreadable"
        return _Operand(address, cell, None, (reading, *flags))
    if len({cell.value for cell in stated}) > 1:
        return _Operand(address, cell, None, ("ambiguous", *flags))
    figure = _converted(cell.value, cell.unit or unit, unit, crosswalk.money)
    if figure is None:
        return _Operand(address, cell, None, ("unit", *flags))
    return _Operand(
        address, cell, figure, (*flags, *["derived"] * (figure is not cell.value))
    )


def _converted(
    figure: Figure, unit: str, wanted: str, money: Mapping[str, int]
) -> Figure | None:
    """An amount in the unit wanted; a count as it is; None where one is money and the
    other is not."""
    if unit == wanted or (unit not in money and wanted not in money):
        return figure
    if unit not in money or wanted not in money:
        return None
    return _tidy(Decimal(figure) * money[unit] / money[wanted])


def _tidy(figure: Figure) -> Figure:
    """A decimal without the noughts at its end; a whole one as int."""
    if isinstance(figure, int):
        return figure
    return int(figure) if figure == figure.to_integral_value() else figure.normalize()
