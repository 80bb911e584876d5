"""Rows that no table took in: a cut label, a typo too many, a table that breaks off.
They head nothing.

Rows of the official forms are numbered like the parts of a report (一、 （一） 1.), so that
a row which stands alone looks like a heading. What tells it is its company (lines of a
table beside it, a bare cell below), or the cells that it runs into.

Guarantees:

1. Only the type of a line changes, and only from a heading to prose.
2. A part of a known kind stays a heading unless it is spelled like a label and a bare cell follows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import takewhile
from typing import Final

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import LabelKey, enumerator, label_key
from govdisclose._lexicon.section_kind import UNCLASSIFIED, section_kind
from govdisclose._lines.cell import UNITS
from govdisclose._lines.line import FURNITURE, PROSE, TABLE, Line
from govdisclose._lines.row import is_header
from govdisclose.form import catalogue

_LABEL_MOST: Final = 60
_CUT_LEAST: Final = 6  # characters of the beginning of a label
_CELL_ENDS: Final = frozenset("0123456789无/—-|")
_CELLS: Final = re.compile(rf"(?:{UNITS})?[-—/|\s无\d,.]+")
_BARE: Final = re.compile(
    rf"(?:{UNITS}|[-—/|\s]{{1,8}}|无|[-+]?\d[\d,]*(?:\.\d+)?)\s?\|?"
)


def release_rows(shadow: str, lines: Sequence[Line]) -> list[Line]:
    """The lines (shaped, those of tables marked), with prose made of the headings that
    are rows of a table."""
    out = list(lines)
    for i, line in enumerate(lines):
        if (
            line.is_heading
            and line.end - line.start <= _LABEL_MOST
            and _is_row(shadow, out, i)
        ):
            out[i] = line.as_type(PROSE)
    return out


def _is_row(shadow: str, lines: Sequence[Line], i: int) -> bool:
    line = lines[i]
    words = shadow[line.marker_end : line.end].rstrip(" |")
    if _holds_cells(words):
        return True
    above, below = _beside(lines, i, -1), _beside(lines, i, 1)
    if below is None and _breaks_off(shadow[line.start : line.marker_end], words):
        return True
    if (
        below is not None
        and below.end - below.start <= _LABEL_MOST
        and _holds_cells(words + shadow[below.start : below.end])
    ):
        return True
    cell_below = below is not None and below.type != TABLE and _is_bare(shadow, below)
    in_table = TABLE in (above and above.type, below and below.type) or (
        above and is_header(shadow, above)
    )
    if not cell_below and not in_table:
        return False
    if cell_below and _is_label(words):
        return True
    if not in_table or (
        line.type == "H1" and section_kind(words.strip()) != UNCLASSIFIED
    ):
        return False
    return _is_label(words) or begins_label(words)


def _beside(lines: Sequence[Line], i: int, step: int) -> Line | None:
    i += step
    while 0 <= i < len(lines) and lines[i].type == FURNITURE:
        i += step
    return lines[i] if 0 <= i < len(lines) else None


def _is_bare(shadow: str, line: Line) -> bool:
    return (
        line.end - line.start <= 16
        and _BARE.fullmatch(shadow, line.start, line.end) is not None
    )


def _is_label(words: str) -> bool:
    forms = catalogue()
    return bool(forms.find(words)) or (
        forms.may_be_known(words) and forms.find_inexact(words) is not None
    )


def _breaks_off(marker: str, words: str) -> bool:
    """Whether the last line of a text is a label with the enumerator of its row, cut at
    its end or not: the table breaks off there."""
    if section_kind(words.strip()) != UNCLASSIFIED:
        return False
    key, number = label_key(words), enumerator(marker)
    labels = _labels()
    first = bisect_left(labels, key)
    forms = catalogue()
    return len(key) >= _CUT_LEAST and any(
        enumerator(half_width(forms.rows[place].enumerator)) == number
        for label in takewhile(lambda label: label.startswith(key), labels[first:])
        for place in forms.places[label]
    )


@cache
def _labels() -> list[LabelKey]:
    return sorted(catalogue().places)


def begins_label(words: str) -> bool:
    """Whether the words are the beginning of a label, or a label and more."""
    key = label_key(words.partition("|")[0])
    labels = _labels()
    at = bisect_left(labels, key)
    if at < len(labels) and labels[at].startswith(key):
        return bool(key)
    label = labels[at - 1] if at else ""
    return len(label) > 2 and key.startswith(label)


def _holds_cells(words: str) -> bool:
    """Whether the words are a label and the cells behind it: 3.电子邮件申请数条15无无."""
    if words[-1:] not in _CELL_ENDS:
        return False
    return any(
        catalogue().find(words[: m.start()])
        for m in _CELLS.finditer(words)
        if m.end() == len(words)
    )
