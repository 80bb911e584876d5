"""The day on which the report was put on the page."""

from __future__ import annotations

from typing import Final

from govdisclose._metadata.clues import Clues
from govdisclose._metadata.page import WORDS, Dated, dated, first_of
from govdisclose._metadata.title import day_behind, day_below


def read_published(clues: Clues) -> Dated | None:
    """The day of publication: of the header, else a day beside the title of an unsigned report."""
    return first_of(_PLACES, clues)


def _in_header(clues: Clues) -> Dated | None:
    return clues.header.published


def _behind_title(clues: Clues) -> Dated | None:
    return day_behind(clues.page, clues.title) if clues.title else None


def _below_title(clues: Clues) -> Dated | None:
    if clues.title is None or clues.signature.date:
        return None
    return day_below(clues.page, clues.title)


def _first_line(clues: Clues) -> Dated | None:
    """A day that opens a page without a title."""
    page = clues.page
    if clues.title or not page.first or clues.signature.date:
        return None
    line = page.lines[0]
    m = WORDS["alone_date"].fullmatch(page.shadow, line.start, line.end)
    return dated(page, *m.span("date")) if m else None


_PLACES: Final = (
    ("header", _in_header),
    ("behind the title", _behind_title),
    ("below the title", _below_title),
    ("first line", _first_line),
)
