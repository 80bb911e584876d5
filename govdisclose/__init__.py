"""Reads Chinese annual reports on government information disclosure: every figure, with the place it came from."""

from __future__ import annotations

from govdisclose._pipeline import parse
from govdisclose.diagnostic import CODES, Diagnostic
from govdisclose.errors import AmbiguousKey, ContractError, GovdiscloseError, NotText, SourceError, UnknownKey
from govdisclose.explain import explain
from govdisclose.form import Catalogue, catalogue
from govdisclose.report import Cell, Citation, Quantity, Report, Section, Table
from govdisclose.text import Source, Span, replay

__version__ = "0.1.0"

__all__ = [  # noqa: RUF022  # grouped by purpose
    # what reads
    "parse", "explain", "replay",
    # what you get
    "Report", "Section", "Table", "Cell", "Quantity", "Citation", "Source", "Span",
    # what is wrong
    "Diagnostic", "CODES",
    # what is official
    "catalogue", "Catalogue",
    # errors
    "GovdiscloseError", "NotText", "UnknownKey", "AmbiguousKey", "ContractError", "SourceError",
]  # fmt: skip
