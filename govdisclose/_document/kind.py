"""What kind of text it is: an annual report, or one that only looks like it.

Guarantees:

1. The words that tell stand in `kinds.toml`, not here.
2. A text that holds a report is a report, whatever stands around it: a notice that sends one is
   no `notice`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final

from attrs import frozen

from govdisclose._document.words import WORDS, rows
from govdisclose._lines.line import FURNITURE, TABLE, Line
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Kind, Metadata, Section, Table
from govdisclose.text import Text

_HEAD_LINES: Final = 60
_HEAD_CHARACTERS: Final = 3000
_TITLE_MOST: Final = 90  # characters
_MASKS_LEAST: Final = 2
_CELLS_LEAST: Final = 10
_PARTS_LEAST: Final = 2  # kinds of sections that make a report


@frozen
class _Row:
    """A row of `kinds.toml`."""

    kind: Kind
    name: str
    name_zh: str
    title: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]

    def fits(self, title: str) -> bool:
        """Whether a title has all words of one of the lists, and none of those it may not have."""
        told = any(all(word in title for word in words) for words in self.title)
        return told and not any(word in title for word in self.unless)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_Row(**row) for row in rows("kinds.toml", "kind"))


def tell_kind(
    text: Text,
    lines: Sequence[Line],
    metadata: Metadata,
    sections: Iterable[Section],
    tables: Sequence[Table],
) -> tuple[Kind, list[Diagnostic]]:
    """The kind of the text, and the diagnostic for one that is no annual report.

    A report has a title of its own, a statistical period or a table with figures, or sections of
    two known kinds; who reports, and on what year, count for one each.
    """
    parts = {s.kind for top in sections for s in top.walk()} - {
        "unclassified",
        "preamble",
    }
    if found := _look_alike(text, lines, metadata, len(parts)):
        row, line = found
        place = text.span(line.start, line.end)
        return row.kind, [
            diagnose("look-alike", row.name, place, text.source, row.name_zh)
        ]
    if blank := _blank(text, tables, metadata):
        row = next(r for r in _rows() if r.kind == "blank-form")
        place = text.span(*blank)
        return row.kind, [
            diagnose("look-alike", row.name, place, text.source, row.name_zh)
        ]
    enough = _PARTS_LEAST - bool(metadata.year) - bool(metadata.issuer)
    if metadata.title or metadata.period or tables or len(parts) >= enough:
        return "annual-report", []
    return "other", [diagnose("not-a-report", "", None, text.source)]


def _look_alike(
    text: Text,
    lines: Sequence[Line],
    metadata: Metadata,
    parts: int,
) -> tuple[_Row, Line] | None:
    """The kind that the title speaks of; a notice that sends a report is none of these."""
    found = _by_title(text, lines, has_title=metadata.title is not None)
    if found is None or found[0].kind != "notice":
        return found
    sends = (
        metadata.period
        or parts >= _PARTS_LEAST
        or _titled_below(text, found[1], metadata)
    )
    return None if sends else found


def _titled_below(text: Text, notice: Line, metadata: Metadata) -> bool:
    """Whether the title that was found is a report's, below the title of a notice that sends it."""
    where = next((e.span for e in metadata.evidence if e.field == "title"), None)
    return where is not None and where.start >= text.span(notice.start, notice.end).end


def _by_title(
    text: Text, lines: Sequence[Line], *, has_title: bool
) -> tuple[_Row, Line] | None:
    """The kind that the first title line speaks of, with that line."""
    for line in _title_lines(text, lines, has_title=has_title):
        title = "".join(text.shadow[line.start : line.end].split())
        for row in _rows():
            if row.fits(title):
                return row, line
        if "报告" in title or "年报" in title:
            return None  # a report's own title
    return None


def _title_lines(
    text: Text, lines: Sequence[Line], *, has_title: bool
) -> Iterator[Line]:
    """Short lines of the head that speak of openness.

    文字解读:… is most often a link, but a title where there is no other.
    """
    for line in lines[:_HEAD_LINES]:
        if line.type == "H1":
            return
        link = line.type == FURNITURE and (line.kind != "navigation" or has_title)
        if link or line.type == TABLE or line.end - line.start > _TITLE_MOST:
            continue
        about = WORDS["about"].search(text.shadow, line.start, line.end)
        if about and not WORDS["title_sentence"].search(
            text.shadow, line.start, line.end
        ):
            yield line


def _blank(
    text: Text, tables: Sequence[Table], metadata: Metadata
) -> tuple[int, int] | None:
    """Where the text shows that nobody filled it in: masks, or tables without any figure."""
    if metadata.issuer and metadata.year:
        return None
    masks = _masks(text.shadow[:_HEAD_CHARACTERS])
    if len(masks) >= _MASKS_LEAST:
        return masks[0]
    cells = [cell for table in tables for cell in table.cells]
    filled = metadata.year or any(cell.value is not None for cell in cells)
    return None if filled or len(cells) < _CELLS_LEAST else (0, 1)


def _masks(head: str) -> list[tuple[int, int]]:
    if not any(mask in head for mask in WORDS.words("mask_marks")):
        return []
    return [m.span() for m in WORDS["mask"].finditer(head)]
