"""`check` and `check_series`: every statement of a report gets a verdict that can be defended."""

from __future__ import annotations

from govdisclose.checks._sheet import sheets
from govdisclose.checks._tables import between_tables, within_tables
from govdisclose.finding import Finding
from govdisclose.form import catalogue
from govdisclose.report import Report

__all__ = ["check"]


def check(report: Report) -> tuple[Finding, ...]:
    """The verdict on every relation and every statement of a report that can be checked within it."""
    tables = sheets(report, catalogue())
    return (*within_tables(tables), *between_tables(tables))
