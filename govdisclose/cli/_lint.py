"""What `check` finds in one report or in a series, and what its options ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from govdisclose.checks import check, check_series
from govdisclose.cli._config import Ignore
from govdisclose.cli._language import Language
from govdisclose.cli._screen import aligned
from govdisclose.diagnostic import Severity
from govdisclose.explain import display_width, visible
from govdisclose.report import Report
from govdisclose.view.block import Grid
from govdisclose.view.checked import is_about_completeness, said, suspects
from govdisclose.view.listing import (
    Linted,
    Remark,
    Selection,
    in_order,
    relation_of,
    verdict_of,
)


@frozen
class How:
    """What the options of `check` ask for."""

    shape: str
    wanted: Selection
    ignores: tuple[Ignore, ...]
    threshold: Severity
    everything: bool
    speech: Language
    quiet: bool
    single: bool


def lint(report: Report, wanted: Selection) -> Linted:
    """All that is said of one report."""
    remarks: list[Remark] = [*report.diagnostics, *check(report)]
    return Linted(
        in_order(r for r in remarks if wanted.takes(r.code, relation_of(r))), report
    )


def lint_series(groups: Sequence[Sequence[Report]], wanted: Selection) -> Linted:
    """What the reports of each body say of each other, in the order of their years."""
    found = [finding for group in groups for finding in check_series(group)]
    return Linted(
        tuple(r for r in found if wanted.takes(r.code, r.relation)),
        series=tuple(r for group in groups for r in group),
    )


@frozen
class FileRow:
    """A file among others: what was found in it, or why it could not be read."""

    name: str
    issuer: str = ""
    year: str = ""
    missing: int = 0
    counts: Counter[str] = field(factory=Counter)
    suspects: int = 0
    error: str = ""


def file_row(name: str, one: Linted) -> FileRow:
    """The row of a file that was read."""
    assert one.report is not None
    metadata = one.report.metadata
    missing = sum(
        is_about_completeness(r.code) and verdict_of(r) == "fails" for r in one.remarks
    )
    return FileRow(
        name,
        metadata.issuer or "",
        str(metadata.year or ""),
        missing,
        one.counts(),
        len(suspects(one)),
    )


_COUNTED = ("error", "warning", "explained")


def files_grid(rows: Sequence[FileRow], speech: Language) -> Grid:
    """The files as a table: each with what is missing, what fails, and how many figures
    are suspect."""
    words = said(speech)
    heads = ("file", "issuer", "year", "missing", *_COUNTED, "suspect")
    return Grid(
        tuple(_cells(row, speech) for row in rows), tuple(words[head] for head in heads)
    )


_NAME_MOST = 24  # columns of a name on a screen; its end tells more than its folder


def files_lines(rows: Sequence[FileRow], speech: Language) -> Iterator[str]:
    """The same as lines of a screen, without the issuers."""
    grid = files_grid(rows, speech)
    lines = [(grid.head[0], *grid.head[2:])]
    for row, cells in zip(rows, grid.rows, strict=True):
        year = cells[1] if row.error else cells[2]
        lines.append((_end_of(visible(row.name)), year, *cells[3:]))
    return aligned(lines, right=range(2, len(lines[0])))


def _end_of(name: str) -> str:
    end = name
    while display_width(end) > _NAME_MOST:
        end = end[1:]
    return name if end == name else f"…{end[1:]}"


def _cells(row: FileRow, speech: Language) -> tuple[str, ...]:
    if row.error:
        return row.name, said(speech)["not_read"], *[""] * (3 + len(_COUNTED))
    counts = (str(row.counts[name]) for name in _COUNTED)
    return row.name, row.issuer, row.year, str(row.missing), *counts, str(row.suspects)
