"""The day on which the report was put on the page."""

from __future__ import annotations

from typing import Final

from govdisclose._metadata.clues import Clues
from govdisclose._metadata.page import Dated, first_of
from govdisclose._metadata.title import day_below


def read_published(clues: Clues) -> Dated | None:
    """The day of publication: of the header, else a day below the title of an unsigned report."""
    return first_of(_PLACES, clues)


def _in_header(clues: Clues) -> Dated | None:
    return clues.header.published


def _below_title(clues: Clues) -> Dated | None:
    if clues.title is None or clues.signature.date:
        return None
    return day_below(clues.page, clues.title)


_PLACES: Final = (("header", _in_header), ("below the title", _below_title))
