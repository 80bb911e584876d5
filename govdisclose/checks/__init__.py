"""`check` and `check_series`: every statement of a report gets a verdict that can be defended.

Guarantees:

1. Nothing raises on a report, whatever it says; time is linear in its length.
2. `fails` is said only of figures that were read without doubt, and where no known alternative
   explains the mismatch.
3. A blank is read as 0 only where the other parts of a sum are stated, and the finding says so.
4. Only what fails is above `info`, and what has legitimate exceptions is not either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from govdisclose._prose.passages import passages
from govdisclose._prose.statement import forms_of, statements
from govdisclose.checks._facts import (
    announced_parts,
    announced_tables,
    dates_in_order,
    domains,
    numbering,
    period_and_year,
)
from govdisclose.checks._lists import parts_and_totals
from govdisclose.checks._prose import relations_in_prose, repeats
from govdisclose.checks._rates import growth, shares
from govdisclose.checks._required import required_parts
from govdisclose.checks._series import (
    between_years,
    copies,
    in_sequence,
    jumps,
    stated_growth,
)
from govdisclose.checks._sheet import sheets
from govdisclose.checks._stated import against_tables
from govdisclose.checks._suspect import with_suspects
from govdisclose.checks._tables import between_tables, within_tables
from govdisclose.finding import Finding, Findings
from govdisclose.form import catalogue
from govdisclose.report import Report

__all__ = ["check", "check_series"]


def check(report: Report) -> Findings:
    r"""The verdict on every relation and every statement of a report that can be checked within it.

    In this order: relations within each table and between tables; prose against the tables, against
    the relations of the form, and against itself; metadata and outline. What holds is a finding as
    well: what is not there was not checked. Raises nothing on a report.

    >>> from govdisclose import parse
    >>> print(*check(parse("一、概述\n全年公开。\n三、打算\n继续。")))
    fails outline.numbers: the numbers of headings run on: a number is skipped: 三、 follows number 1
    """
    tables = sheets(report, catalogue())
    found, forms = passages(report), forms_of(report)
    stated = statements(report, found, forms)
    related = tuple(relations_in_prose(forms, stated))
    findings = (
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
        *announced_parts(report, found),
        *announced_tables(report, found),
        *required_parts(report),
        *numbering(report),
    )
    return Findings(with_suspects(findings))


def check_series(reports: Iterable[Report]) -> Findings:
    r"""The verdict on what the reports of one body say of each other, a year after the other.

    The reports are taken in the order of their years, or as given where a year is not stated.
    Relations over two years are judged between reports of consecutive years only: carried forward
    against brought forward, stocks, cumulative figures, stated growth, jumps, and text that is last
    year's. A finding belongs to the later report; operands of the year before have names with
    `prev:` and spans in the text of that report. Raises nothing on reports.

    >>> from govdisclose import parse
    >>> print(*check_series(parse(f"云溪市水务局{year}年政府信息公开工作年度报告\n一、概述") for year in (2018, 2017)))
    holds series.years: one body, a year after the other: 2017 … 2018
    """
    series = sorted(reports, key=lambda report: report.metadata.year or 0)
    out: list[Finding] = []
    for before, now in pairwise(series):
        out += in_sequence(before, now)
        if (before.metadata.year or 0) + 1 == now.metadata.year:
            last, this = sheets(before, catalogue()), sheets(now, catalogue())
            out += between_years(last, this)
            out += stated_growth(before, now, last)
            out += jumps(last, this)
            out += copies(before, now)
    return Findings(out)


def _told_by(findings: Iterable[Finding]) -> Callable[[Sequence[int]], bool]:
    """Whether one of the findings has judged all of some figures, given by where they begin in the
    source.
    """
    judged: dict[int, set[int]] = {}
    for i, finding in enumerate(findings):
        for operand in finding.operands:
            if operand.span is not None:
                judged.setdefault(operand.span.start, set()).add(i)

    def told(places: Sequence[int]) -> bool:
        return bool(set.intersection(*(judged.get(place, set()) for place in places)))

    return told
