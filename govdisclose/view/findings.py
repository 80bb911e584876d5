"""What the linter says of a report, as plain values for JSON."""

from __future__ import annotations

from typing import Any, Final

from govdisclose.diagnostic import Diagnostic, Severity
from govdisclose.finding import Finding
from govdisclose.report import Report
from govdisclose.view._place import Places
from govdisclose.view.listing import Linted

SCHEMA_VERSION: Final = 1
COUNTED: Final = ("error", "warning", "info", "explained", "undecided", "holds")


def as_dict(linted: Linted, threshold: Severity) -> dict[str, Any]:
    """Everything that was said of one report, or between those of a series, also what holds.

    `threshold` is only told, and takes nothing away.

    `diagnostics` and `findings` are as their own `to_dict` writes them, with the `file`
    of their text, and `line` and `column` (from 1, in characters) where their span
    begins, and `place` (`page 3, table 2, row 5`) where the file is no plain text.
    `counts` has the failures by severity, and all else by verdict."""
    place = Places()
    counts = linted.counts()
    return {
        "schema_version": SCHEMA_VERSION,
        **(
            {"series": [_named(r) for r in linted.series]}
            if linted.report is None
            else _named(linted.report)
        ),
        "threshold": threshold,
        "problems": linted.has_problem(threshold),
        "counts": {name: counts[name] for name in COUNTED},
        "diagnostics": [
            _diagnostic(r, place) for r in linted.remarks if isinstance(r, Diagnostic)
        ],
        "findings": [
            _finding(r, place) for r in linted.remarks if isinstance(r, Finding)
        ],
    }


def _named(report: Report) -> dict[str, Any]:
    metadata, source = report.metadata, report.source
    return {
        "file": source.name if source else None,
        "issuer": metadata.issuer,
        "year": metadata.year,
    }


def _diagnostic(fault: Diagnostic, places: Places) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "message": fault.message,
        "message_zh": fault.message_zh,
        "span": None if fault.span is None else [*fault.span],
        **places.named(fault),
    }


def _finding(finding: Finding, places: Places) -> dict[str, Any]:
    out = finding.to_dict()
    operands = zip(finding.operands, out["operands"], strict=True)
    return {
        **out,
        **places.named(finding),
        "operands": [{**o, **places.named(operand)} for operand, o in operands],
    }
