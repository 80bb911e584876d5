"""Which lines may be of a table: those that begin with a label, hold cells, or are a row.

A label that runs over line ends is found by its first line: the next ones go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from govdisclose._lines.cell import (
    APART,
    GAP,
    HEADER,
    HEADS_MOST,
    LABEL,
    LABEL_MOST,
    NUMBER,
    ORDINAL_MOST,
    ROW_MOST,
    TEXT,
    UNIT,
    is_group,
    is_odd_figure,
    pieces,
    size_without_notes,
    tail,
)
from govdisclose._lines.line import Line
from govdisclose.form import Place, catalogue

_FIGURES_LEAST: Final = 2
CUTS_MOST: Final = 5  # line ends in a label, where its beginning is looked for


def line_label(shadow: str, line: Line) -> tuple[Place, ...]:
    """The rows that the first cell of a line may name; bars before it are passed over.
    Empty if it names none."""
    return _label_of(shadow[line.start : line.end])


@lru_cache(maxsize=8192)
def _label_of(line: str) -> tuple[Place, ...]:
    text = line if size_without_notes(line) <= LABEL_MOST else line[: LABEL_MOST + 1]
    if "|" in text:
        return _head_places(text.lstrip("| ").split("|", HEADS_MOST + 1))
    if "\t" in text:
        return _head_places(text.split("\t", HEADS_MOST + 1))
    if "  " in text:
        parts = GAP.split(line)
        places = next((p for part in parts[:HEADS_MOST] if (p := _places(part))), ())
        return places or _places(text)
    return _places(text)


@lru_cache(maxsize=8192)
def _places(text: str) -> tuple[Place, ...]:
    """The rows that a cell may name, alone or before what is glued to it."""
    if not text or size_without_notes(text) > LABEL_MOST:
        return ()
    if not (catalogue().may_be_known(text) or text[0].isdecimal()):
        return ()
    return next((piece.places for piece in pieces(text)[:2] if piece.type == LABEL), ())


def _head_places(cells: Sequence[str]) -> tuple[Place, ...]:
    """The rows that the label of a row may name: its first cell that names one and is
    no heading of several rows."""
    found: tuple[Place, ...] = ()
    for i, cell in enumerate(cells[:HEADS_MOST]):
        text = cell.strip()
        if places := _places(text):
            found = places
            if not is_group(places):
                break
        elif text.isdecimal() and i and (found or not _are_words(cells[i + 1 :])):
            break  # figures may stand before their label, with none behind it
    return found


def _are_words(cells: Sequence[str]) -> bool:
    """Whether cells are words, but for figures that they begin with, and codes."""
    texts = [cell.strip() for cell in cells]
    first = next((i for i, text in enumerate(texts) if not text.isdecimal()), 0)
    behind = [t for t in texts[first:] if t.isdecimal() and len(t) > ORDINAL_MOST]
    return first < len(texts) and not behind


_BESIDE_LEAST: Final = (
    8  # blanks before the cells of a row that stand beside the middle of its label
)


def cut_label(shadow: str, lines: Sequence[Line], first: int) -> tuple[Place, ...]:
    """The rows that a label may name of which the line has only the beginning; the next
    ones go on with it."""
    line = lines[first]
    words = shadow[line.start : line.end]
    if len(words) > LABEL_MOST or not catalogue().may_be_known(words.lstrip("| ")):
        return ()
    text = _head(words)
    for after in lines[first + 1 : first + CUTS_MOST + 1]:
        more = (
            _head(shadow[after.start : after.end])
            if after.end - after.start <= LABEL_MOST
            else ""
        )
        if after is lines[first + 1] and (
            more[:1].isdecimal() or _is_beside(shadow, after)
        ):
            continue  # the figures, or the unit, stand beside the middle of the label
        if not more or more[0].isdecimal() or line_label(shadow, after):
            break
        text += more
        if (
            len(text) <= LABEL_MOST
            and (found := pieces(text)[0]).type == LABEL
            and found.end == len(text)
        ):
            return found.places
    return ()


def _is_beside(shadow: str, line: Line) -> bool:
    """Whether a line holds cells only, set in by as much as a label."""
    margin = shadow[max(0, line.start - _BESIDE_LEAST) : line.start]
    return (
        len(margin) == _BESIDE_LEAST and not margin.strip(" ") and is_cell(shadow, line)
    )


@lru_cache(maxsize=8192)
def _head(line: str) -> str:
    """The first cell of a line, without what is glued to it."""
    text = APART.split(line.lstrip("| "), maxsplit=1)[0]
    return text[: tail(text)] if " " in text else text


def is_cell(shadow: str, line: Line) -> bool:
    """Whether a line without a label may be part of a table: figures, units, marks,
    headers, notes, bars."""
    text = shadow[line.start : line.end]
    if len(text) > ROW_MOST:
        return False
    if size_without_notes(text) > LABEL_MOST and not APART.search(text):
        return False
    return TEXT not in _kinds(text) or is_odd_figure(text)


def is_row(shadow: str, line: Line) -> bool:
    """Whether a line without a label is a row all the same: its cells stand apart, and
    figures close it."""
    text = shadow[line.start : line.end]
    if "|" in text or "\t" in text:
        return True
    found = pieces(text) if size_without_notes(text) <= LABEL_MOST else ()
    return (
        len(found) > _FIGURES_LEAST
        and found[-1].type == NUMBER
        and found[-2].type in (NUMBER, UNIT)
    )


def is_header(shadow: str, line: Line) -> bool:
    """Whether a line holds a word that stands over figures."""
    text = shadow[line.start : line.end]
    if len(text) > ROW_MOST:
        return False
    return HEADER in _kinds(text)


@lru_cache(maxsize=8192)
def _kinds(text: str) -> frozenset[str]:
    """What the cells of a line are."""
    return frozenset(
        [piece.type for cell in APART.split(text) for piece in pieces(cell.strip())]
    )
