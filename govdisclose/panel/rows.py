"""One report as rows of the tables of a panel: plain values, in the columns that
`schema.toml` writes.

Read on in this order: what a text is before it is read (`Item`), a report's own row,
then a function for each table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from attrs import frozen

from govdisclose.checks import check
from govdisclose.finding import Finding
from govdisclose.form import catalogue
from govdisclose.form.concepts import Crosswalk, Rate, worst
from govdisclose.panel.figures import Row, as_float, exact
from govdisclose.panel.issuer import describe
from govdisclose.panel.observations import SMALL_LIMIT, observations
from govdisclose.report import Figure, Report, Section
from govdisclose.report.series import Value, chosen_values, series
from govdisclose.text import Span


class Stamp(NamedTuple):
    """What made a row: the version of the package, and the hash of its forms and its crosswalk."""

    version: str
    catalogue: str


@frozen
class Item:
    """A text that was given: its name, its hash, and the report; or why there is none."""

    report_id: str
    source: str | None
    sha256: str | None
    report: Report | None = None
    status: str = "read"
    error: str | None = None


def rows_of(item: Item, crosswalk: Crosswalk, stamp: Stamp) -> dict[str, list[Row]]:
    """The rows of one report in each table that has rows of reports.

    >>> from govdisclose.form.concepts import concepts
    >>> made = rows_of(Item("a", "a.pdf", None, None, "unreadable", "a scan"), concepts(), Stamp("0", "0"))
    >>> made["reports"][0]["error"], made["series"]
    ('a scan', [])
    """
    report = item.report
    if report is None:
        return {
            "reports": [_report_row(item, Report(), (), stamp)],
            **{name: [] for name in _TABLES},
            "rates": [],
        }
    findings = check(report)
    values = series(report.tables, crosswalk)
    who = {
        "report_id": item.report_id,
        "issuer": report.metadata.issuer,
        "year": _year(report),
    }
    short = {"report_id": item.report_id}
    found: dict[str, list[Row]] = {
        "reports": [_report_row(item, report, findings, stamp)]
    }
    for name, (make, named) in _TABLES.items():
        found[name] = [
            {**(who if named else short), **row}
            for row in make(report, values, findings)
        ]
    found["rates"] = [{**who, **row} for row in _rates(crosswalk, values)]
    return found


def _year(report: Report) -> int | None:
    year = report.metadata.year
    return year if year is not None and abs(year) < 2**15 else None


def _report_row(
    item: Item, report: Report, findings: Sequence[Finding], stamp: Stamp
) -> Row:
    m, read, cells = report.metadata, item.report is not None, report.cells
    verdicts = Counter(finding.verdict for finding in findings)
    forms = Counter({t.form: 0 for t in report.tables if t.form})
    for table in report.tables:
        if table.form:
            forms[table.form] += len(table.cells)
    who = describe(m.issuer)
    counts = {
        "chars": len(report.source.text) if report.source else 0,
        "cells": len(cells),
        "figures": sum(cell.value is not None for cell in cells),
        "inferred": sum(cell.inferred for cell in cells),
        "flagged": sum(bool(cell.diagnostics) for cell in cells),
        "quantities": len(report.quantities),
        "fails": verdicts["fails"],
        "undecided": verdicts["undecided"],
        "repairs": len(report.repairs),
    }
    return {
        "report_id": item.report_id,
        "source": item.source,
        "sha256": item.sha256,
        "status": item.status,
        "error": item.error,
        "kind": report.kind if read else None,
        "issuer": m.issuer,
        "level": who.level,
        "body": who.body,
        "region_code": who.regions[0] if len(who.regions) == 1 else None,
        "region_candidates": list(who.regions),
        "year": _year(report),
        "period_start": m.period and m.period.start,
        "period_end": m.period and m.period.end,
        "published": m.published,
        "signed": m.signed,
        "index_number": m.index_number,
        "document_number": m.document_number,
        "form": max(forms, key=forms.__getitem__) if forms else None,
        "forms": list(forms),
        **{name: count if read else None for name, count in counts.items()},
        "version": stamp.version,
        "catalogue": stamp.catalogue,
    }


# --- series and rates -------------------------------------------------------------------------------------------------


def _series(_: Report, values: Sequence[Value], __: Sequence[Finding]) -> Iterator[Row]:
    for value in values:
        yield {
            "form": value.form,
            "concept": value.concept,
            "value": as_float(value.value),
            "exact": exact(value.value),
            "unit": value.unit,
            "status": value.status,
            "segment": value.segment,
            "break": value.status != "A",
            "why": value.why,
            "included_in": value.included_in,
            "flags": list(value.flags),
            "lacking": list(value.lacking),
            "spans": _spans(cell.span for cell in value.cells),
        }


def _spans(spans: Iterable[Span | None]) -> list[dict[str, int]]:
    return [
        {"start": span.start, "end": span.end} for span in spans if span is not None
    ]


def _rates(crosswalk: Crosswalk, values: Sequence[Value]) -> Iterator[Row]:
    chosen = (
        {value.concept: value for value in chosen_values(crosswalk, values)}
        if values
        else {}
    )
    for rate in crosswalk.rates.values() if chosen else ():
        yield _rate(rate, chosen)


def _rate(rate: Rate, chosen: Mapping[str, Value]) -> Row:
    sides = [[(term.sign, chosen[term.key]) for term in side] for side in rate.operands]
    operands = [value for side in sides for _, value in side]
    num, den = (_sum(side) for side in sides)
    flags = dict.fromkeys(flag for value in operands for flag in value.flags)
    if den == 0:
        flags["zero"] = None
    statuses = [value.status for value in operands if value.status is not None]
    return {
        "rate": rate.id,
        "value": float(Decimal(num) / Decimal(den))
        if num is not None and den
        else None,
        "numerator": as_float(num),
        "denominator": as_float(den),
        "status": worst(statuses) if statuses else None,
        "flags": list(flags),
    }


def _sum(side: Sequence[tuple[int, Value]]) -> Figure | None:
    total: Figure = 0
    for sign, value in side:
        if value.value is None:
            return None
        total += sign * value.value
    return total


# --- sections, citations, findings, diagnostics -----------------------------------------------------------------------


def _sections(
    report: Report, _: Sequence[Value], __: Sequence[Finding]
) -> Iterator[Row]:
    figures = [quantity.span.start for quantity in report.quantities]
    stack: list[tuple[Section, str]] = [
        (section, "") for section in reversed(report.sections)
    ]
    while stack:
        section, above = stack.pop()
        path = above + (section.marker.strip().rstrip("、.．") or section.title or "")
        stack += [(below, f"{path}/") for below in reversed(section.sections)]
        own = [p.span for p in section.paragraphs]
        yield {
            "path": path,
            "level": section.level,
            "number": section.number if (section.number or 0) < SMALL_LIMIT else None,
            "marker": section.marker,
            "title": section.title,
            "kind": section.kind,
            "start": section.span.start,
            "end": section.span.end,
            "chars": sum(len(p.text) for p in section.paragraphs),
            "figures": sum(
                bisect_left(figures, s.end) - bisect_left(figures, s.start) for s in own
            ),
        }


_SYMBOL: Final = re.compile(r"([^〔〕\s]{1,40})〔(\d{4})〕(\d{1,6})号")


def _citations(
    report: Report, _: Sequence[Value], __: Sequence[Finding]
) -> Iterator[Row]:
    for citation in report.citations:
        parts = _SYMBOL.fullmatch(citation.symbol or "")
        yield {
            "id": "/".join(parts.groups()) if parts else None,
            "symbol": citation.symbol,
            "title": citation.title,
            "raw": citation.raw,
            "start": citation.span.start,
            "end": citation.span.end,
        }


def _findings(
    _: Report, __: Sequence[Value], findings: Sequence[Finding]
) -> Iterator[Row]:
    for finding in findings:
        left = finding.operands[0].value if finding.operands else None
        right = (
            None
            if left is None or finding.difference is None
            else left - finding.difference
        )
        yield {
            "code": finding.code,
            "rule": finding.relation,
            "verdict": finding.verdict,
            "severity": finding.severity,
            "left": as_float(left),
            "right": as_float(right),
            "message": finding.message,
            "message_zh": finding.message_zh,
            "spans": _spans(operand.span for operand in finding.operands),
        }


def _diagnostics(
    report: Report, _: Sequence[Value], __: Sequence[Finding]
) -> Iterator[Row]:
    for fault in report.diagnostics:
        yield {
            "code": fault.code,
            "severity": fault.severity,
            "message": fault.message,
            "message_zh": fault.message_zh,
            "start": fault.span.start if fault.span else None,
            "end": fault.span.end if fault.span else None,
        }


_Make = Callable[[Report, Sequence[Value], Sequence[Finding]], Iterator[Row]]
_TABLES: Final[Mapping[str, tuple[_Make, bool]]] = {
    "observations": (observations, True),
    "series": (_series, True),
    "sections": (_sections, False),
    "citations": (_citations, False),
    "findings": (_findings, False),
    "diagnostics": (_diagnostics, False),
}
"""Each table with what makes its rows, and whether they name the body and the year."""

PER_REPORT: Final = ("reports", *_TABLES, "rates")
"""The tables that have rows of reports."""


# --- what the concepts are --------------------------------------------------------------------------------------------


def rows_of_crosswalk(crosswalk: Crosswalk) -> dict[str, list[Row]]:
    """The rows of the three tables that say what the concepts are."""
    return {
        "concepts": [
            {
                "concept": c.id,
                "zh": c.zh,
                "en": c.en,
                "unit": c.unit,
                "universe": c.universe,
                "universe_zh": c.universe_zh,
            }
            for c in crosswalk.concepts.values()
        ],
        "crosswalk": list(_crosswalk(crosswalk)),
        "breaks": [
            {"year": b.year, "cause": b.en, "cause_zh": b.zh} for b in crosswalk.breaks
        ],
    }


def _crosswalk(crosswalk: Crosswalk) -> Iterator[Row]:
    for concept in crosswalk.concepts.values():
        for form in catalogue().forms.values():
            entry = concept.on(form.id)
            labels = {row.key: row.label for table in form.tables for row in table.rows}
            labels |= {
                column.key: column.label
                for table in form.tables
                for column in table.columns
            }
            yield {
                "concept": concept.id,
                "form": form.id,
                "take": entry.take,
                "labels": [
                    labels[term.key] for term in entry.terms if term.key in labels
                ],
                "status": entry.status,
                "segment": concept.segment(form.id),
                "why": entry.why.en if entry.why else None,
                "why_zh": entry.why.zh if entry.why else None,
                "included_in": entry.included_in,
            }
