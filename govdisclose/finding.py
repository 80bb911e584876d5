"""What a check says of one statement of a report: a verdict, the figures it rests on, and their
places.

`CHECKS` is the one table of kinds of check, `ALTERNATIVES` that of the known explanations of a
mismatch; both come from `checks.toml`. A code that is not in them cannot be raised.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from attrs import field, frozen

from govdisclose._late import html_of
from govdisclose.diagnostic import Severity
from govdisclose.text import Source, Span

if TYPE_CHECKING:
    from govdisclose.form.relation import Formula

Figure: TypeAlias = int | Decimal
Verdict = Literal["holds", "fails", "explained", "undecided"]
VERDICTS: Final[tuple[Verdict, ...]] = ("holds", "fails", "explained", "undecided")


@frozen
class Check:
    """One kind of check: its code, how bad a failure is at most, what it means, an
    example, and what to do.

    `example` is a text that has this failure, as short as can be; those of a series are set apart
    by form feeds. The severity of one finding may be lower: a relation has its own, and only a
    failure is ever above `info`.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    example: str
    remedy: str
    title_zh: str
    meaning_zh: str
    remedy_zh: str


@frozen
class Alternative:
    """A known explanation of a mismatch: its id, what it is called, and what it means."""

    id: str
    title: str
    meaning: str
    title_zh: str
    meaning_zh: str


def _rows() -> Mapping[str, Any]:
    return tomllib.loads(
        resources.files("govdisclose").joinpath("checks.toml").read_text("utf-8")
    )


def _check(row: Mapping[str, Any], fill: Mapping[str, str]) -> Check:
    example = "\f".join(text.format_map(fill) for text in row["example"])
    return Check(**{**row, "example": example})


_DATA: Final = _rows()

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {row["code"]: _check(row, _DATA["fill"]) for row in _DATA["check"]}
)
"""The kinds of check by their codes, as `checks.toml` has them."""

ALTERNATIVES: Final[Mapping[str, Alternative]] = MappingProxyType(
    {row["id"]: Alternative(**row) for row in _DATA["alternative"]}
)
"""The known explanations of a mismatch by their ids, as `checks.toml` has them."""


def _hidden() -> Any:
    return field(default=None, eq=False, repr=False)


@frozen(repr=False)
class Operand:
    """One figure that a finding rests on, with its place.

    `name` is the address of an indicator (`requests.new@total`), or a word for what else it is;
    `label` is what is printed. `value` is None where nothing is stated, or where it could not be
    read; `reading` is that of the cell, or `prose`, `words` (a zero said in words), `absent`, or
    `date`. An approximate figure stands for a range: 14万余.
    """

    name: str
    label: str
    value: Figure | None
    reading: str = "number"
    approximate: bool = False
    span: Span | None = None
    source: Source | None = _hidden()

    def __repr__(self) -> str:
        said = self.reading if self.value is None else _out(self.value)
        return f"<Operand {self.name}: {'about ' * self.approximate}{said}>"

    def to_dict(self) -> dict[str, Any]:
        """The operand as plain values, like those of `Report.to_dict`."""
        return {
            "name": self.name,
            "label": self.label,
            "value": _out(self.value),
            "reading": self.reading,
            "approximate": self.approximate,
            "span": _place(self.span),
        }


@frozen
class Suspect:
    """The one figure whose correction mends most failures: its operand, the `value` that
    it would have, and how many failures that `mends`."""

    operand: Operand
    value: Figure
    mends: int

    def to_dict(self) -> dict[str, Any]:
        """The operand as plain values, with what it is probably to be."""
        return {
            **self.operand.to_dict(),
            "expected": _out(self.value),
            "mends": self.mends,
        }


@frozen(repr=False)
class Finding:
    """The verdict on one statement of a report.

    `code` is a key of `CHECKS`, `relation` the id of the rule that was judged. `severity` is how
    bad this is: only what fails is above `info`. `difference` is the left side less the right,
    where both are known. `explanations` are keys of `ALTERNATIVES`: all that account for the
    mismatch. `message` is a sentence in English, `message_zh` in Chinese. `span` is the place to
    point at, None where something is missing. `suspect` is the figure whose correction would mend
    this failure and most others, if there is one; `formula` is the sum that was judged, if it was
    one over these operands.

    >>> staff = Operand("organization.staff@value", "从事政府信息公开工作人员数", 29)
    >>> said = "29 = 1 + 28"
    >>> print(Finding("table-relation", "n2014.staff_by_type", "holds", "info", (staff,), 0, (), said, said))
    holds n2014.staff_by_type: 29 = 1 + 28
    """

    _repr_html_ = html_of

    code: str
    relation: str
    verdict: Verdict
    severity: Severity
    operands: tuple[Operand, ...]
    difference: Figure | None
    explanations: tuple[str, ...]
    message: str
    message_zh: str
    span: Span | None = None
    source: Source | None = _hidden()
    suspect: Suspect | None = None
    formula: Formula | None = _hidden()

    def __str__(self) -> str:
        return f"{self.verdict} {self.relation}: {self.message}"

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values; figures with decimals are strings, as in `Report.to_dict`.

        >>> Finding("numbering", "outline.numbers", "fails", "warning", (), None, (), "a", "b").to_dict()["verdict"]
        'fails'
        """
        return {
            "code": self.code,
            "relation": self.relation,
            "verdict": self.verdict,
            "severity": self.severity,
            "operands": [operand.to_dict() for operand in self.operands],
            "difference": _out(self.difference),
            "explanations": [*self.explanations],
            "message": self.message,
            "message_zh": self.message_zh,
            "span": _place(self.span),
            "suspect": self.suspect and self.suspect.to_dict(),
        }


class Findings(tuple[Finding, ...]):
    """What was checked, in order: a tuple that shows itself in short, and as a list in a notebook.

    >>> Findings()
    <Findings: nothing was checked>
    """

    __slots__ = ()
    _repr_html_ = html_of

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The figures that are probably wrong, each once, those that mend most first."""
        named = dict.fromkeys(f.suspect for f in self if f.suspect is not None)
        return tuple(sorted(named, key=lambda suspect: -suspect.mends))

    def __repr__(self) -> str:
        counts = Counter(finding.verdict for finding in self)
        said = ", ".join(f"{counts[name]} {name}" for name in VERDICTS if counts[name])
        return f"<Findings: {said or 'nothing was checked'}>"


def _out(figure: Figure | None) -> int | str | None:
    return figure if figure is None or isinstance(figure, int) else format(figure, "f")


def _place(span: Span | None) -> list[int] | None:
    return None if span is None else [*span]
