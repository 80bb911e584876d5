"""Reads Chinese annual reports on government information disclosure: every figure, with
the place it came from."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govdisclose.batch import batch
from govdisclose.diagnostic import CODES, Diagnostic
from govdisclose.errors import (
    AmbiguousKey,
    ContractError,
    GovdiscloseError,
    MissingExtra,
    NotText,
    SourceError,
    UnknownKey,
)
from govdisclose.explain import explain
from govdisclose.finding import Finding
from govdisclose.panel import panel
from govdisclose.read import Limits, read
from govdisclose.report import (
    Attachment,
    Cell,
    Citation,
    Quantity,
    Report,
    Section,
    Table,
)
from govdisclose.text import Mark, Source, Span, replay

if TYPE_CHECKING:
    from govdisclose import arrow, plot
    from govdisclose._pipeline import parse, parse_file, parse_many
    from govdisclose.checks import check, check_series
    from govdisclose.form import Catalogue, catalogue
    from govdisclose.form.concepts import concepts
    from govdisclose.panel._panel import Panel
    from govdisclose.view.markdown import to_markdown

__version__ = "0.1.0"

__all__ = [  # noqa: RUF022  # grouped by purpose
    # what reads
    "parse",
    "parse_file",
    "parse_many",
    "read",
    "Limits",
    "explain",
    "replay",
    "to_markdown",
    # what gathers
    "panel",
    "batch",
    "Panel",
    "arrow",
    "plot",
    # what judges
    "check",
    "check_series",
    # what you get
    "Report",
    "Section",
    "Table",
    "Cell",
    "Quantity",
    "Citation",
    "Attachment",
    "Source",
    "Span",
    "Mark",
    # what is wrong
    "Diagnostic",
    "CODES",
    "Finding",
    # what is official
    "catalogue",
    "Catalogue",
    "concepts",
    # errors
    "GovdiscloseError",
    "NotText",
    "UnknownKey",
    "AmbiguousKey",
    "ContractError",
    "SourceError",
    "MissingExtra",
]

# What reads is loaded on first use: it brings forty patterns and the catalogue's machinery, the values do not.
_LATE = {
    "parse": "_pipeline",
    "parse_file": "_pipeline",
    "check": "checks",
    "check_series": "checks",
    "catalogue": "form",
    "Catalogue": "form",
    "concepts": "form.concepts",
    "Panel": "panel._panel",
    "parse_many": "_pipeline",
    "to_markdown": "view.markdown",
}


def __getattr__(name: str) -> Any:
    if name in (
        "arrow",
        "plot",
    ):  # rooms of their own, which need libraries when they are used
        return import_module(f"{__name__}.{name}")
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATE})
