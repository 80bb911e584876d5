"""Corrections by hand: a CSV file that is read with the reports, and never written.

Columns: `file` (the path of the file, or the end of it: `2018/report.pdf`) or `sha256` (of
the file), `table`, `row`, `column`, `value`, `note`; and `start`, `end`, where one of
several such cells is meant. This is what the page of `govdisclose review` saves. An
empty value says that the cell has no figure. A corrected cell keeps its place and its
words; it is `inferred`, and its diagnostics name `corrected`, or `confirmed` where the
figure stays what it was."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from os import PathLike
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from govdisclose.errors import ContractError
from govdisclose.panel.rows import Item
from govdisclose.report import Cell, Figure, Reading, Table
from govdisclose.text import Span

COLUMNS: Final = (
    "file",
    "sha256",
    "table",
    "row",
    "column",
    "value",
    "note",
    "start",
    "end",
)
_REQUIRED: Final = ("table", "row", "column", "value")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?")


@frozen
class Correction:
    """The figure of one cell, as a person has it. `value` is None where the cell has none."""

    file: str
    sha256: str
    table: str
    row: str
    column: str
    value: Figure | None
    note: str = ""
    span: Span | None = None

    def is_of(self, item: Item) -> bool:
        """Whether it is one of this file."""
        if self.sha256:
            return item.sha256 == self.sha256.lower()
        one, other = _parts(item.source or ""), _parts(self.file)
        if len(one) >= len(other):
            return bool(other) and one[-len(other) :] == other
        # Named from further up than it is read now; a name alone may be that of another folder's file.
        return len(one) > 1 and other[-len(one) :] == one


def _parts(name: str) -> list[str]:
    """The folders and the file of a path, on any system."""
    return [
        part for part in name.replace("\\", "/").split("/") if part not in ("", ".")
    ]


def read_corrections(file: str | PathLike[str]) -> tuple[Correction, ...]:
    """The corrections of a CSV file, in order. Raises `ContractError` for a line that
    is not one."""
    reader = csv.DictReader(StringIO(decoded(Path(file).read_bytes()), newline=""))
    missing = [name for name in _REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        raise ContractError(
            f"{file}: there is no column {missing[0]!r}; corrections have {', '.join(COLUMNS)}"
        )
    return tuple(
        _correction(line, f"{file}, line {reader.line_num}") for line in reader
    )


def decoded(data: bytes) -> str:
    """The text of a CSV file: UTF-8, or GB 18030, which spreadsheets in China write.

    >>> decoded("备注".encode("gbk")), decoded("备注".encode("utf-8-sig"))
    ('备注', '备注')
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _correction(line: dict[str, str | None], place: str) -> Correction:
    said = {name: (line.get(name) or "").strip().removeprefix("'") for name in COLUMNS}
    if not said["file"] and not said["sha256"]:
        raise ContractError(f"{place}: needs a file or its sha256")
    value = said["value"]
    if value and not _NUMBER.fullmatch(value):
        raise ContractError(f"{place}: {value[:40]!r} is no number")
    placed = said["start"].isdecimal() and said["end"].isdecimal()
    span = Span(int(said["start"]), int(said["end"])) if placed else None
    figure = Decimal(value) if "." in value else int(value) if value else None
    return Correction(
        said["file"],
        said["sha256"],
        said["table"],
        said["row"],
        said["column"],
        figure,
        said["note"],
        span,
    )


def corrected(
    item: Item, corrections: Sequence[Correction]
) -> tuple[Item, frozenset[Correction]]:
    """The item with its cells corrected, and the corrections that found their cell."""
    if item.report is None:
        return item, frozenset()
    mine = [correction for correction in corrections if correction.is_of(item)]
    if not mine:
        return item, frozenset()
    used: set[Correction] = set()
    tables = tuple(
        evolve(table, cells=tuple(_cells(table, mine, used)))
        for table in item.report.tables
    )
    return evolve(item, report=evolve(item.report, tables=tables)), frozenset(used)


def _cells(
    table: Table, corrections: Iterable[Correction], used: set[Correction]
) -> Iterator[Cell]:
    wanted = [c for c in corrections if c.table == table.table]
    for cell in table.cells:
        mine = (
            c
            for c in wanted
            if (c.row, c.column) == (cell.row, cell.column)
            and c.span in (None, cell.span)
        )
        correction = next(mine, None)
        if correction is None:
            yield cell
            continue
        used.add(correction)
        # That nothing stands where nobody could read is a correction, not a confirmation.
        same = correction.value == cell.value and cell.reading != "unreadable"
        reading: Reading = "blank" if correction.value is None else "number"
        codes = (*cell.diagnostics, "confirmed" if same else "corrected")
        if same:
            yield evolve(cell, diagnostics=codes)
        else:
            yield evolve(
                cell,
                value=correction.value,
                reading=reading,
                inferred=True,
                diagnostics=codes,
            )
