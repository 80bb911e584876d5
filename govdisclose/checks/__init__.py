"""`check` and `check_series`: every statement of a report gets a verdict that can be defended.

Guarantees:

1. Nothing raises on a report, whatever it says; time is linear in its length.
2. `fails` is said only of figures that were read without doubt, and where no known alternative explains the mismatch.
3. A blank is read as 0 only where the other parts of a sum are stated, and the finding says so.
4. Only what fails is above `info`, and what has legitimate exceptions is not either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from govdisclose._statement import forms_of, passages, statements
from govdisclose.checks._facts import (
    announced_parts,
    announced_tables,
    dates_in_order,
    domains,
    numbering,
    period_and_year,
)
from govdisclose.checks._lists import growth, parts_and_totals, shares
from govdisclose.checks._prose import against_tables, relations_in_prose, repeats
from govdisclose.checks._sheet import sheets
from govdisclose.checks._tables import between_tables, within_tables
from govdisclose.finding import Finding
from govdisclose.form import catalogue
from govdisclose.report import Report

__all__ = ["check"]


def check(report: Report) -> tuple[Finding, ...]:
    """The verdict on every relation and every statement of a report that can be checked within it.

    In this order: relations within each table and between tables; prose against the tables, against the relations of
    the form, and against itself; metadata and outline. What holds is a finding as well: what is not there was not
    checked.
    """
    tables = sheets(report, catalogue())
    found, forms = passages(report), forms_of(report)
    stated = statements(report, found, forms)
    related = tuple(relations_in_prose(forms, stated))
    return (
        *within_tables(tables),
        *between_tables(tables),
        *against_tables(report, tables, stated),
        *related,
        *repeats(tables, stated),
        *parts_and_totals(found, _told_by(related)),
        *shares(found),
        *growth(found),
        *period_and_year(report),
        *dates_in_order(report),
        *domains(report),
        *announced_parts(report),
        *announced_tables(report),
        *numbering(report),
    )


def _told_by(findings: Iterable[Finding]) -> Callable[[Sequence[int]], bool]:
    """Whether one of the findings has judged all of some figures, given by where they begin in the source."""
    judged = [frozenset(o.span.start for o in f.operands if o.span is not None) for f in findings]

    def told(places: Sequence[int]) -> bool:
        return any(places_of.issuperset(places) for places_of in judged)

    return told
