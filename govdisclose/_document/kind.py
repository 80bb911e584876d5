"""What kind of text it is: an annual report, or one that only looks like it.

Guarantees:

1. The words that tell stand in `kinds.toml`, not here.
2. A text that holds a report is a report, whatever stands around it: a notice that sends one is no `notice`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final

from attrs import frozen

from govdisclose._lines.line import FURNITURE, TABLE, Line
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Kind, Metadata, Section, Table
from govdisclose.text import Text

_HEAD_LINES: Final = 60
_HEAD_CHARACTERS: Final = 3000
_TITLE_MOST: Final = 90  # characters
_ABOUT: Final = re.compile("信息公开|政务公开|资讯公开")
_SENTENCE: Final = re.compile("[。;]")
_MASK: Final = re.compile(r"\*{3,}|×{2,}|[Xx]{2,}(?=[市县区局省年镇])|_{4,}|□{4,}")
_MASKS: Final = ("**", "××", "__", "□□", "XX", "xx")  # the beginnings of all
_MASKS_LEAST: Final = 2
_CELLS_LEAST: Final = 10
_PARTS_LEAST: Final = 2  # kinds of sections that make a report


@frozen
class _Row:
    """A row of `kinds.toml`."""

    kind: Kind
    name: str
    name_zh: str
    titles: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...]

    def fits(self, title: str) -> bool:
        return any(all(word in title for word in words) for words in self.titles) and not any(
            word in title for word in self.unless
        )


@cache
def _rows() -> tuple[_Row, ...]:
    data = tomllib.loads(resources.files("govdisclose._document").joinpath("kinds.toml").read_text("utf-8"))
    return tuple(
        _Row(row["kind"], row["name"], row["name_zh"], tuple(map(tuple, row["title"])), tuple(row["unless"]))
        for row in data["kind"]
    )


def tell_kind(
    text: Text, lines: Sequence[Line], metadata: Metadata, sections: Iterable[Section], tables: Sequence[Table]
) -> tuple[Kind, list[Diagnostic]]:
    """The kind of the text, and the diagnostic for one that is no annual report.

    A report has a title of its own, a statistical period or a table with figures, or sections of two known kinds (one
    where the text says who reports or on what year).
    """
    parts = {s.kind for top in sections for s in top.walk()} - {"unclassified", "preamble"}
    enough = 1 if metadata.year or metadata.issuer else _PARTS_LEAST
    found = _by_title(text, lines, has_title=metadata.title is not None)
    if found is not None and not (
        found[0].kind == "notice"
        and (metadata.period or len(parts) >= _PARTS_LEAST or _titled_below(text, found[1], metadata))
    ):
        row, line = found
        return row.kind, [diagnose("look-alike", row.name, text.span(line.start, line.end), text.source, row.name_zh)]
    if place := _blank(text, tables, metadata):
        row = next(r for r in _rows() if r.kind == "blank-form")
        return row.kind, [diagnose("look-alike", row.name, text.span(*place), text.source, row.name_zh)]
    if metadata.title or metadata.period or tables or len(parts) >= enough:
        return "annual-report", []
    return "other", [diagnose("not-a-report", "", None, text.source)]


def _titled_below(text: Text, notice: Line, metadata: Metadata) -> bool:
    """Whether the title that was found is a report's, below the title of a notice that sends it."""
    where = next((e.span for e in metadata.evidence if e.field == "title"), None)
    return where is not None and where.start >= text.span(notice.start, notice.end).end


def _by_title(text: Text, lines: Sequence[Line], *, has_title: bool) -> tuple[_Row, Line] | None:
    """The kind that the first title line speaks of, with that line."""
    for line in _title_lines(text, lines, has_title=has_title):
        title = "".join(text.shadow[line.start : line.end].split())
        for row in _rows():
            if row.fits(title):
                return row, line
        if "报告" in title or "年报" in title:
            return None  # a report's own title
    return None


def _title_lines(text: Text, lines: Sequence[Line], *, has_title: bool) -> Iterator[Line]:
    """Short lines of the head that speak of openness.

    文字解读:… is most often a link, but a title where there is no other.
    """
    for line in lines[:_HEAD_LINES]:
        if line.type == "H1":
            return
        if (
            (line.type not in (FURNITURE, TABLE) or (line.kind == "navigation" and not has_title))
            and line.end - line.start <= _TITLE_MOST
            and _ABOUT.search(text.shadow, line.start, line.end)
            and not _SENTENCE.search(text.shadow, line.start, line.end)
        ):
            yield line


def _blank(text: Text, tables: Sequence[Table], metadata: Metadata) -> tuple[int, int] | None:
    """Where the text shows that nobody filled it in: masks for names, or tables without any figure and no reporter."""
    if metadata.issuer and metadata.year:
        return None
    head = text.shadow[:_HEAD_CHARACTERS]
    masks = list(_MASK.finditer(head)) if any(mask in head for mask in _MASKS) else []
    if len(masks) >= _MASKS_LEAST:
        return masks[0].span()
    cells = [cell for table in tables for cell in table.cells]
    if len(cells) < _CELLS_LEAST or metadata.year or any(cell.value is not None for cell in cells):
        return None
    return (0, min(len(text.string), 1)) if text.string else None
