"""Glyphs that make one figure: it stays whole, wherever a ruling line stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from govdisclose.read.pdf.page import Glyph


def figures_in(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Each glyph by itself; those of a figure together: it may be wider than its
    column, and cross the border.

    Two figures of cells side by side are no one figure, though they touch: they are
    printed by two commands, unless the file has a command for every character."""
    figure: list[Glyph] = []
    for glyph in glyphs:
        if figure and not _goes_on(figure, glyph):
            yield figure
            figure = []
        figure.append(glyph)
    if figure:
        yield figure


def _goes_on(figure: Sequence[Glyph], glyph: Glyph) -> bool:
    before = figure[-1]
    if (
        before.char not in _OF_FIGURES
        or glyph.char not in _OF_FIGURES
        or glyph.turn
        or before.turn
    ):
        return False
    one_command = before.run == glyph.run or (
        len(figure) < 2 or figure[-2].run != before.run
    )
    size = glyph.bottom - glyph.top
    near = -_GAP * size <= glyph.x0 - before.x1 <= _GAP * size
    return one_command and near and abs(glyph.y - before.y) <= _GAP * size


_OF_FIGURES: Final = frozenset("0123456789.,%０１２３４５６７８９．，％")
_GAP: Final = 0.1  # of the height


def centre(figure: Sequence[Glyph]) -> tuple[float, float]:
    """The middle of a figure: across, and down the page, in points."""
    return (figure[0].x0 + figure[-1].x1) / 2, _middle(figure[0])


def _middle(glyph: Glyph) -> float:
    """Half the height of the ink: the box of a font reaches far above and below it."""
    return (
        (glyph.top + glyph.bottom) / 2
        if glyph.turn
        else glyph.y - 0.4 * (glyph.y - glyph.top)
    )
