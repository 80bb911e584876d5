"""The source of a report cut at the boundaries of all that is marked in it, so that
marks may overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from govdisclose.finding import Finding
from govdisclose.report import Cell, Report
from govdisclose.text import Span

_KINDS: Final = (
    "cell",
    "quantity",
    "heading",
    "citation",
    "repair",
    "diagnostic",
    "operand",
)
"""What may be marked, the innermost first: the first that a stretch has gives it its look."""


@frozen
class Mark:
    """A stretch `[start, end)` of the source, the id that the reading refers to it by,
    and what it is."""

    id: str
    start: int
    end: int
    kind: str


@frozen
class Stretch:
    """A piece of the source that the same marks lie over; empty for a place where
    something was put in."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all that lies over it."""
        return tuple(dict.fromkeys(mark.id for mark in self.marks))

    @property
    def own(self) -> tuple[str, ...]:
        """The ids of what was read here."""
        return tuple(mark.id for mark in self.marks if mark.kind != "operand")

    @property
    def findings(self) -> tuple[str, ...]:
        """The ids of the findings that rest on it."""
        return tuple(mark.id for mark in self.marks if mark.kind == "operand")

    @property
    def kinds(self) -> tuple[str, ...]:
        """What lies over it, the innermost first."""
        kinds = {mark.kind for mark in self.marks}
        return tuple(kind for kind in _KINDS if kind in kinds)


def marks_of(report: Report, findings: Sequence[Finding]) -> tuple[Mark, ...]:
    """All that a page marks in the source: cells, figures of the prose, headings,
    citations, repairs, faults."""
    return tuple(_marks(report, findings))


def _marks(report: Report, findings: Sequence[Finding]) -> Iterator[Mark]:
    yield from (
        Mark(cell_id(cell), *cell.span, "cell")
        for table in report.tables
        for cell in table.cells
    )
    yield from (
        Mark(f"q{i}", *q.span, "quantity") for i, q in enumerate(report.quantities)
    )
    yield from (Mark(f"h{s.span.start}", *s.span, "heading") for s in report.walk())
    yield from (
        Mark(f"c{i}", *c.span, "citation") for i, c in enumerate(report.citations)
    )
    yield from (Mark(f"r{i}", *r.span, "repair") for i, r in enumerate(report.repairs))
    yield from (
        Mark(f"d{i}", *d.span, "diagnostic")
        for i, d in enumerate(report.diagnostics)
        if d.span is not None
    )
    for i, finding in enumerate(findings):
        yield from (
            Mark(finding_id(i), *span, "operand") for span in places_of(finding)
        )


def cell_id(cell: Cell) -> str:
    """The id of the mark of a cell: cells of one report never stand at the same place,
    but for blanks."""
    return f"t{cell.span.start}-{cell.span.end}"


def finding_id(i: int) -> str:
    """The id of the marks of the finding at this place in their order."""
    return f"f{i}"


def places_of(finding: Finding) -> tuple[Span, ...]:
    """Where the figures stand that a finding rests on; its own place where none of them has one."""
    spans = (operand.span for operand in finding.operands)
    found = tuple(dict.fromkeys(span for span in spans if span is not None))
    own = () if finding.span is None else (finding.span,)
    return found or own


def resting_on(findings: Sequence[Finding]) -> Mapping[Span, tuple[str, ...]]:
    """The ids of the findings that rest on a figure, by its place."""
    found: dict[Span, list[str]] = {}
    for i, finding in enumerate(findings):
        for span in places_of(finding):
            found.setdefault(span, []).append(finding_id(i))
    return {span: tuple(ids) for span, ids in found.items()}


def stretches(text: str, marks: Iterable[Mark]) -> Iterator[Stretch]:
    """`text` in pieces, in order; joined they give it back. Time grows with the pieces
    and the marks over each.

    >>> [(s.text, s.ids) for s in stretches("abcd", [Mark("x", 0, 3, "cell"), Mark("y", 2, 4, "operand")])]
    [('ab', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    points: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.start == mark.end:
            points.setdefault(mark.start, []).append(mark)
        else:
            begins.setdefault(mark.start, []).append(mark)
            ends.setdefault(mark.end, []).append(mark)
    open_marks: dict[Mark, None] = {}
    edges = sorted({0, len(text), *begins, *ends, *points})
    for at, after in zip(edges, [*edges[1:], len(text)], strict=True):
        for mark in ends.get(at, ()):
            open_marks.pop(mark, None)
        if at in points:
            yield Stretch("", tuple(points[at]))
        open_marks.update(dict.fromkeys(begins.get(at, ())))
        if at < after:
            yield Stretch(text[at:after], tuple(open_marks))
