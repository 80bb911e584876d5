"""The parts that the notice of a form asks for, and which of them a report lacks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason
from govdisclose.checks._sheet import told
from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.form import Form, catalogue
from govdisclose.report import Report

_LEAST: Final = 3  # parts; what has fewer is a piece of a report
_CUT: Final = frozenset(("truncated", "figures-apart", "not-a-report", "look-alike"))


def required_parts(report: Report) -> Iterator[Finding]:
    """A finding for each part of the form that is missing, or one that all are there.

    A piece of a report is not asked. Undecided where a part of another title may be the one that is
    missing, or where the text is not whole. A part whose table is there is there, whatever became of
    its heading.
    """
    form = _form_of(report)
    top = [section for section in report.sections if section.level == 1]
    if form is None or not top or report.kind != "annual-report":
        return
    rule = RULES["outline.parts"]
    kinds = {section.kind for section in report.walk()} | _with_tables(report, form)
    missing = [part for part in form.parts if part.kind not in kinds]
    if len(form.parts) - len(missing) < _LEAST:
        return
    asked = {part.kind for part in form.parts}
    others = sum(section.kind not in asked for section in top)
    cut = any(map(_is_cut, report.diagnostics))
    doubtful = bool(others) or cut
    verdict: Verdict = "undecided" if doubtful else "fails"
    reason: Reason = "doubtful" if doubtful else "lacking"
    for part in missing:
        operand = Operand("part", part.title, None, "absent")
        yield told("required-part", rule, verdict, (operand,), None, part.title, reason)
    if not missing:
        operands = tuple(
            Operand("part", s.raw, None, "words", False, s.span, s.source) for s in top
        )
        said = str(len(form.parts))
        yield told("required-part", rule, "holds", operands, None, said)


def _is_cut(fault: Diagnostic) -> bool:
    return fault.code in _CUT


def _form_of(report: Report) -> Form | None:
    """The form that asks for parts: that of the tables, or else of the year."""
    forms = catalogue().forms
    known = [forms.get(table.form or "") for table in report.tables]
    year = report.metadata.year
    of_year = [f for f in forms.values() if year and f.covers(year)]
    return next((form for form in (*known, *of_year) if form and form.parts), None)


def _with_tables(report: Report, form: Form) -> set[str]:
    """The kinds of the parts that a table of theirs stands for."""
    sections = {table.id: table.section for table in form.tables}
    have = {sections.get(t.table or "") for t in report.tables if t.form == form.id}
    return {
        p.kind for p in form.parts if any(s and p.title.startswith(s) for s in have)
    }
