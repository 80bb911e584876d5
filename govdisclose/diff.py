"""What differs between two reports, by key and not by position.

A cell goes by the address of its indicator, a figure in prose by its indicator where that is known,
a section by its kind or its title, a field of the metadata by its name. So a row that moved, a part
that was put elsewhere, or a form that prints its rows in another order is no difference.

Guarantees:

1. `diff(report, report)` is empty.
2. A blank, a dash, a word for none and 0 are different statements; a difference is only told of two
   exact figures.
3. Differences and percentages are exact `int` or `Decimal`, never a `float`.

Time is linear in the size of the reports.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, Final, Literal, TypeAlias, TypeVar

from attrs import field, frozen

from govdisclose.form import catalogue
from govdisclose.report import (
    Cell,
    Figure,
    Paragraph,
    Period,
    Quantity,
    Report,
    Section,
)
from govdisclose.text import Source, Span

Kind = Literal["metadata", "cell", "quantity", "section"]

_EXACT: Final = Context(prec=1000)  # a figure is a line of a report, so never as long


@frozen
class State:
    """What one report states: a figure, a text (`reading` is then `text`), or one of the kinds of
    nothing."""

    value: Figure | str | None
    reading: str
    unit: str | None = None
    approximate: bool = False
    span: Span | None = None
    source: Source | None = field(default=None, eq=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The state as plain values; decimals are strings, as in `Report.to_dict`."""
        return {
            "value": _out(self.value),
            "reading": self.reading,
            "unit": self.unit,
            "approximate": self.approximate,
            "span": None if self.span is None else [*self.span],
        }


@frozen
class Change:
    """One thing that the two reports state differently, or that only one of them states.

    `key` says what it is: `requests.received@value`, `metadata.issuer`, `overview > 公开渠道`. `label`
    is what is printed. `old` or `new` is None where the report does not have it at all. Of a
    section they hold the paragraphs that only the one report has. `difference` is new less old,
    `percent` that in per cent of old; both are None where they make no sense (a blank, an
    approximate figure, other units; a percentage of nought or of a percentage).
    """

    kind: Kind
    key: str
    label: str
    old: State | None
    new: State | None
    difference: Figure | None = None
    percent: Decimal | None = None

    @property
    def change(self) -> Literal["added", "removed", "changed"]:
        """What happened on the way from the old report to the new one."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"

    def to_dict(self) -> dict[str, Any]:
        """The change as plain values."""
        return {
            "kind": self.kind,
            "change": self.change,
            "key": self.key,
            "label": self.label,
            "old": self.old and self.old.to_dict(),
            "new": self.new and self.new.to_dict(),
            "difference": _out(self.difference),
            "percent": _out(self.percent),
        }


def _out(value: Figure | str | None) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def diff(old: Report, new: Report) -> tuple[Change, ...]:
    r"""What differs between two reports: metadata, figures of tables, figures in prose, and text,
    in that order.

    >>> from govdisclose._pipeline import parse
    >>> table = "（一）收到申请数 | 件 | 8 |\n（二）申请办结数 | 件 | 4 |\n1.按时办结数 | 件 | |"
    >>> old, new = parse(table), parse(table.replace("8", "9"))
    >>> [(c.key, c.old.value, c.new.value, c.difference, c.percent) for c in diff(old, new)]
    [('requests.received@value', 8, 9, 1, Decimal('12.50'))]
    """
    return (
        *_metadata(old, new),
        *_stated("cell", _cells(old), _cells(new)),
        *_stated("quantity", _quantities(old), _quantities(new)),
        *_sections(old, new),
    )


# --- metadata -------------------------------------------------------------------------------------

_FIELDS: Final = (
    "title",
    "issuer",
    "year",
    "period",
    "published",
    "signed",
    "index_number",
    "document_number",
    "contact.address",
    "contact.postcode",
    "contact.phone",
    "contact.fax",
    "contact.email",
    "contact.website",
)


def _metadata(old: Report, new: Report) -> Iterator[Change]:
    for name in _FIELDS:
        before, after = _said(name, old), _said(name, new)
        if not _same(before, after):
            yield Change("metadata", f"metadata.{name}", name, before, after)
    before, after = _forms(old), _forms(new)
    if not _same(before, after):
        yield Change("metadata", "forms", "forms", before, after)


def _said(name: str, report: Report) -> State | None:
    """What a report says in a field of the metadata, as text."""
    text = _as_text(attrgetter(name)(report.metadata))
    if not text:
        return None
    place = next((e for e in report.metadata.evidence if e.field == name), None)
    return State(text, "text", span=place.span if place else None, source=report.source)


def _as_text(value: object) -> str:
    if isinstance(value, Period):
        return f"{value.start} - {value.end}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)


def _forms(report: Report) -> State | None:
    forms = sorted({table.form or "?" for table in report.tables})
    return State(", ".join(forms), "text", source=report.source) if forms else None


# --- figures --------------------------------------------------------------------------------------

_Stated: TypeAlias = dict[str, list[tuple[str, State]]]
"""What is stated under each key, each with its label."""


def _cells(report: Report) -> _Stated:
    found: _Stated = {}
    for table in report.tables:
        columns = _column_labels(table.form, table.table)
        for cell in table.cells:
            label = cell.label
            if len(columns) > 1 and cell.column:
                label = f"{label} · {columns.get(cell.column, cell.column)}"
            # A row or a column that no form knows goes by what is printed.
            key = f"{cell.row or '“' + _plain(cell.label) + '”'}@{cell.column or '?'}"
            found.setdefault(key, []).append((label, _state_of(cell)))
    return found


def _column_labels(form: str | None, table: str | None) -> Mapping[str, str]:
    found = catalogue().tables.get((form, table)) if form and table else None
    return {column.key: column.label for column in found.columns} if found else {}


def _state_of(cell: Cell) -> State:
    value = " ".join(cell.raw.split()) if cell.reading == "unreadable" else cell.value
    return State(value, cell.reading, cell.unit, False, cell.span, cell.source)


def _quantities(report: Report) -> _Stated:
    found: _Stated = {}
    for q in report.quantities:
        if q.indicator:
            label = _labels().get(q.indicator.partition("@")[0], q.indicator)
            found.setdefault(q.indicator, []).append((label, _state_in_prose(q)))
    return found


@cache
def _labels() -> Mapping[str, str]:
    """What the forms print for a row, or for a column where columns are the indicators."""
    labels: dict[str, str] = {}
    for table in catalogue().tables.values():
        named = table.columns if table.key_from == "column" else table.rows
        labels.update((one.key, one.label) for one in named)
    return labels


def _state_in_prose(q: Quantity) -> State:
    return State(q.value, "number", q.unit, q.approximate, q.span, q.source)


def _same(a: State | None, b: State | None) -> bool:
    if a is None or b is None:
        return a is b
    return _token(a) == _token(b) and (
        a.unit == b.unit or a.unit is None or b.unit is None
    )


def _token(state: State) -> Hashable:
    return state.value, state.reading, state.approximate


def _stated(kind: Kind, old: _Stated, new: _Stated) -> Iterator[Change]:
    for key in dict.fromkeys((*old, *new)):
        before, after = _without_common(old.get(key, []), new.get(key, []))
        if len(before) == len(after) == 1:
            (label, one), (_, other) = before[0], after[0]
            yield Change(kind, key, label, one, other, *_difference(one, other))
            continue
        # Several statements of one key: nothing tells which became which.
        yield from (Change(kind, key, label, state, None) for label, state in before)
        yield from (Change(kind, key, label, None, state) for label, state in after)


_Labelled = tuple[str, State]


def _without_common(
    old: Sequence[_Labelled], new: Sequence[_Labelled]
) -> tuple[list[_Labelled], list[_Labelled]]:
    """Those of each side that the other does not state as well; what is stated twice must be stated
    twice there."""
    if len(old) == len(new) == 1:
        return ([], []) if _same(old[0][1], new[0][1]) else ([*old], [*new])
    return _rest(old, new, _labelled_token), _rest(new, old, _labelled_token)


def _labelled_token(item: _Labelled) -> Hashable:
    return _token(item[1]), item[1].unit


T = TypeVar("T")


def _rest(
    items: Iterable[T], others: Iterable[T], token: Callable[[T], Hashable]
) -> list[T]:
    """The items that are left when each of the others has taken away one that is the same."""
    there = Counter(map(token, others))
    left = []
    for item in items:
        if there[token(item)]:
            there[token(item)] -= 1
        else:
            left.append(item)
    return left


_RATES: Final = frozenset("%％‰")


def _difference(old: State, new: State) -> tuple[Figure | None, Decimal | None]:
    """The new figure less the old, and that in per cent of the old; None where it makes
    no sense."""
    a, b = _exact(old), _exact(new)
    if a is None or b is None or (old.unit and new.unit and old.unit != new.unit):
        return None, None
    difference = _minus(b, a)
    if a <= 0 or b < 0 or (old.unit or new.unit or "") in _RATES:
        return difference, None
    hundredths = round((Fraction(b) - Fraction(a)) / Fraction(a) * 10_000)
    return difference, Decimal(hundredths).scaleb(-2, _EXACT)


def _exact(state: State) -> Figure | None:
    """The figure, if it is one and is exact."""
    value = state.value
    return None if isinstance(value, str) or state.approximate else value


def _minus(b: Figure, a: Figure) -> Figure:
    if isinstance(a, int) and isinstance(b, int):
        return b - a
    return _EXACT.subtract(Decimal(b), Decimal(a))


# --- text -----------------------------------------------------------------------------------------


@frozen
class _Part:
    """A section as it is compared: the lines of its own, and the titled parts below it."""

    label: str
    kind: str
    title: str
    lines: tuple[Paragraph, ...]
    parts: tuple[_Part, ...]
    span: Span | None
    source: Source | None


def _part(section: Section) -> _Part:
    """Recursion, but not on the input: sections nest `report.DEEPEST` deep at most.

    A numbered paragraph without a title is a line of the part that it stands in.
    """
    lines = list(section.paragraphs)
    parts: list[_Part] = []
    for below in section.sections:
        made = _part(below)
        if below.title is None:
            lines += made.lines
            parts += made.parts
        else:
            parts.append(made)
    title = section.title or ""
    if title:
        lines.insert(0, Paragraph(title, section.raw, section.span, section.source))
    label = f"{section.marker.strip()}{title}"
    place = section.span, section.source
    return _Part(label, section.kind, _plain(title), tuple(lines), tuple(parts), *place)


_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年?度?")


def _plain(text: str) -> str:
    """A title or a label for comparing: without blanks, and without the year, which is another in
    each report."""
    return _YEAR.sub("", "".join(text.split()))


def _sections(old: Report, new: Report) -> Iterator[Change]:
    yield from _text_change("preamble", "", old.preamble, new.preamble)
    yield from _parts(
        [_part(s) for s in old.sections], [_part(s) for s in new.sections], ""
    )


def _parts(old: Sequence[_Part], new: Sequence[_Part], path: str) -> Iterator[Change]:
    """Recursion, but not on the input, as above."""
    by_kind = _kinds_of(old) & _kinds_of(new)
    ours, theirs = _keyed(old, by_kind), _keyed(new, by_kind)
    for key in dict.fromkeys((*ours, *theirs)):
        before, after = ours.get(key), theirs.get(key)
        name = f"{path}{key}"
        if before is None or after is None:
            if before is not None:
                yield Change("section", name, before.label, _whole(before), None)
            if after is not None:
                yield Change("section", name, after.label, None, _whole(after))
            continue
        yield from _text_change(name, before.label, before.lines, after.lines)
        yield from _parts(before.parts, after.parts, f"{name} > ")


def _kinds_of(parts: Sequence[_Part]) -> set[str]:
    """The kinds that stand for one part only."""
    counts = Counter(p.kind for p in parts)
    return {kind for kind, n in counts.items() if n == 1 and kind != "unclassified"}


def _keyed(parts: Sequence[_Part], by_kind: set[str]) -> dict[str, _Part]:
    """The parts by their kind, where that is one part's in both reports, else by their title; a
    second one by #2."""
    found: dict[str, _Part] = {}
    seen: Counter[str] = Counter()
    for part in parts:
        key = part.kind if part.kind in by_kind else part.title or part.label
        seen[key] += 1
        found[key if seen[key] == 1 else f"{key}#{seen[key]}"] = part
    return found


def _whole(part: _Part) -> State:
    """All text of a part, with what is below it."""
    lines: list[str] = []
    stack = [part]
    while stack:
        top = stack.pop()
        lines += (p.text for p in top.lines)
        stack += reversed(top.parts)
    return State("\n".join(lines), "text", span=part.span, source=part.source)


def _text_change(
    key: str, label: str, old: Iterable[Paragraph], new: Iterable[Paragraph]
) -> Iterator[Change]:
    old, new = tuple(old), tuple(new)
    before, after = _rest(old, new, _line_token), _rest(new, old, _line_token)
    if before or after:
        yield Change(
            "section", key, label, _lines_state(before, old), _lines_state(after, new)
        )


def _line_token(paragraph: Paragraph) -> str:
    return "".join(paragraph.text.split())


def _lines_state(lines: Sequence[Paragraph], all_lines: Sequence[Paragraph]) -> State:
    """The lines that differ; a report that has none of its own here still has the part."""
    first = next(iter(lines or all_lines), None)
    span, source = (first.span, first.source) if first else (None, None)
    return State("\n".join(p.text for p in lines), "text", span=span, source=source)
