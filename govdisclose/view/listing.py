"""What the linter says of a report: the diagnostics of reading it and the findings of
checking it, in one list.

Which of it a person asked for (`Selection`), and what counts as a problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from govdisclose.checks._rules import relation_ids
from govdisclose.diagnostic import CODES, Code, Diagnostic, Severity
from govdisclose.errors import UnknownKey
from govdisclose.finding import CHECKS, Check, Finding, Verdict
from govdisclose.report import Report

Remark: TypeAlias = Diagnostic | Finding

LEVELS: Final[Mapping[str, int]] = MappingProxyType(
    {"info": 0, "warning": 1, "error": 2}
)

# A finding that fails says what these diagnostics say of the same place, and says more.
_COVERS: Final = MappingProxyType(
    {
        "numbering": frozenset({"number-skipped", "number-repeated", "number-missing"}),
        "period-year": frozenset({"year-conflict"}),
        "announced-parts": frozenset({"parts-mismatch"}),
    }
)


def verdict_of(remark: Remark) -> Verdict:
    """The verdict of a finding; a diagnostic is a fault."""
    return remark.verdict if isinstance(remark, Finding) else "fails"


def relation_of(remark: Remark) -> str | None:
    """The rule that a finding judged."""
    return remark.relation if isinstance(remark, Finding) else None


def kind_of(code: str) -> Code | Check:
    """The row of the table of codes.

    >>> kind_of("number-skipped").title_zh, kind_of("prose-table").title_zh
    ('序号跳号', '文表一致')
    """
    return CODES[code] if code in CODES else CHECKS[code]


@frozen
class Linted:
    """A report and what was said of it: all remarks that were asked for, in order.

    For what was said between the reports of a series, those are in `series`, and `report` is None.
    """

    remarks: tuple[Remark, ...]
    report: Report | None = None
    series: tuple[Report, ...] = ()

    def listed(
        self, threshold: Severity, everything: bool = False
    ) -> tuple[Remark, ...]:
        """What a person is shown: the problems and what could be explained;
        `everything` shows all the rest too."""
        return tuple(
            r
            for r in self.remarks
            if everything or is_problem(r, threshold) or verdict_of(r) == "explained"
        )

    def has_problem(self, threshold: Severity) -> bool:
        """Whether anything fails and is at least as bad as `threshold`."""
        return any(is_problem(r, threshold) for r in self.remarks)

    def counts(self) -> Counter[str]:
        """How many failed, by severity, and how many there are of each other verdict."""
        return Counter(
            r.severity if verdict_of(r) == "fails" else verdict_of(r)
            for r in self.remarks
        )


def is_problem(remark: Remark, threshold: Severity) -> bool:
    """Whether it fails, and is at least as bad as `threshold`."""
    return (
        verdict_of(remark) == "fails" and LEVELS[remark.severity] >= LEVELS[threshold]
    )


def in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """By place; what has no place first. A diagnostic that a finding says better is left out."""
    found = sorted(remarks, key=lambda r: r.span or (-1, -1))
    covering = [
        (r.span, _COVERS[r.code])
        for r in found
        if r.code in _COVERS and verdict_of(r) == "fails"
    ]
    covered = {(code, span.start) for span, codes in covering if span for code in codes}
    return tuple(
        r
        for r in found
        if not (
            isinstance(r, Diagnostic) and r.span and (r.code, r.span.start) in covered
        )
    )


# --- selection --------------------------------------------------------------------------------------------------------


@cache
def _names() -> frozenset[str]:
    return frozenset((*CODES, *CHECKS, *relation_ids()))


@frozen
class Selection:
    """Which codes and relations are wanted. A name is a code, the id of a relation, or
    the beginning of such.

    Where `select` and `ignore` both name one, the longer name counts, and `ignore`
    where they are as long.

    >>> only = Selection(("prose",), ("prose-table",))
    >>> [code for code in ("prose-share", "prose-table", "number-skipped") if only.takes(code)]
    ['prose-share']
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, code: str, relation: str | None = None) -> bool:
        """Whether a remark with this code, on this relation, is wanted."""
        wanted = _longest(self.select, code, relation) if self.select else 0
        return wanted is not None and (
            (unwanted := _longest(self.ignore, code, relation)) is None
            or wanted > unwanted
        )


def _longest(names: Iterable[str], code: str, relation: str | None) -> int | None:
    return max(
        (len(n) for n in names if code.startswith(n) or (relation or "").startswith(n)),
        default=None,
    )


def selection(select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """The selection that these arguments ask for, each with names set apart by commas.

    Raises `UnknownKey` where a name is the beginning of no code and of no relation; the
    message lists the nearest.

    >>> selection(["prose, n2014"], ["numbering"])
    Selection(select=('prose', 'n2014'), ignore=('numbering',))
    """
    return Selection(tuple(_known(select)), tuple(_known(ignore)))


def _known(arguments: Iterable[str]) -> Iterator[str]:
    for name in (
        part.strip() for argument in arguments for part in argument.split(",")
    ):
        if not name:
            continue
        if not any(known.startswith(name) for known in _names()):
            near = get_close_matches(name[:60], sorted(_names()), n=3, cutoff=0)
            raise UnknownKey(
                f"there is no code {name[:60]!r}; the nearest are {', '.join(near)} (docs/reference/ lists all)"
            )
        yield name
