"""Where the rows of a table begin again: a second table of the same form, of another year, another
body or another version.

Guarantee: rows are parted only at a head or a caption, behind which stands a row that was there before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govdisclose._lexicon.labels import label_key
from govdisclose._lines.cell import APART
from govdisclose._lines.line import Line
from govdisclose._lines.row import is_header
from govdisclose._tables.words import WORDS
from govdisclose.form import Place, catalogue

_CAPTION_MOST: Final = 60  # characters
_CAPTIONS: Final = (
    "title",
    "title_with_note",
    "caption",
    "side_version",
    "other_version",
)


def begins_again(
    shadow: str, lines: Sequence[Line], a: Sequence[Place], b: Sequence[Place]
) -> int | None:
    """Where among the `lines` between a row that may be at `a` and one at `b` a table begins whose
    rows have been before; None if none does."""
    back = any(
        (p.form, p.table) == (q.form, q.table) and q.row <= p.row for p in a for q in b
    )
    if not back:
        return None
    begin = None
    for i, line in enumerate(lines):
        words = shadow[line.start : line.end].strip("| ")
        if len(words) <= _CAPTION_MOST and any(
            WORDS[n].search(words) for n in _CAPTIONS
        ):
            begin = i if begin is None else begin
        elif _is_head(shadow, line):
            return i if begin is None else begin
    return None


def _is_head(shadow: str, line: Line) -> bool:
    """Whether a line holds the word over the labels of a form."""
    if not is_header(shadow, line):
        return False
    cells = APART.split(shadow[line.start : line.end])
    kinds = {catalogue().headers.get(label_key(cell)) for cell in cells}
    return "stub" in kinds or catalogue().is_headers("".join(cells))
