"""A page as it is looked at: glyphs and ruling lines in the direction of its text, read
from what the worker wrote.

Coordinates are points (1/72 inch) from the upper left corner, downwards, after the page
has been turned so that most of its text runs to the right. So a table that was printed
sideways is a table like any other, whether the page or the text was turned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final, NamedTuple

from attrs import frozen

from govdisclose._lexicon.twins import twin

_POINT: Final = 100.0  # the worker counts in hundredths


class Glyph(NamedTuple):
    """A printed character: its left and right edge, its baseline, its upper and lower edge.

    `turn` is in quarters, clockwise, against the text of the page: 0 along it, 3
    upwards, 1 downwards. Characters that the file prints by one command have the same
    `run`; `pale` is ink as light as that of a watermark."""

    char: str
    x0: float
    x1: float
    y: float
    top: float
    bottom: float
    turn: int = 0
    run: int = 0
    pale: bool = False


class Rule(NamedTuple):
    """A line from `(x0, y0)` to `(x1, y1)`, along or down."""

    x0: float
    y0: float
    x1: float
    y1: float


@frozen
class Page:
    """One page. `number` begins at 1; `garbled` counts glyphs that do not say which
    character they are.

    `hidden` counts those that nobody sees, which are not among the glyphs. `pictured` tells that
    something other than text covers a good part of the page.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    across: Sequence[Rule]
    down: Sequence[Rule]
    garbled: int
    hidden: int
    pictured: bool


_TO_FOLD: Final = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufe10-\ufe19\ufe30-\ufe4f\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}]"
)


def fold(char: str) -> str:
    r"""The character that is meant: not the radical, the compatibility or the vertical
    form that the font names.

    >>> fold("\N{KANGXI RADICAL ONE}"), fold("\N{CJK RADICAL C-SIMPLIFIED WIND}")
    ('一', '风')
    """
    if not _TO_FOLD.match(char):
        return char
    if char in "\N{SOFT HYPHEN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}":
        return "-"  # it is printed; and what is printed as a hyphen or a minus has many names in fonts
    return twin(char)


def is_wide(char: str) -> bool:
    """Whether it is a character that takes a square: Chinese, its punctuation, full-width forms."""
    return char >= "\u2e80" or char in "“”‘’…—·①②③④⑤⑥⑦⑧⑨⑩"


def make_page(number: int, message: Mapping[str, Any]) -> Page:
    """A page from a message of the worker."""
    left, low, right, high = (value / _POINT for value in message["box"])
    turns: Sequence[int] = message["turns"]
    most = Counter(turn for turn in turns if turn >= 0).most_common(1)
    turn = most[0][0] if most else 0
    view = _View(left, low, right, high, turn)
    width, height = (
        (right - left, high - low) if turn % 2 == 0 else (high - low, right - left)
    )
    glyphs, garbled = _glyphs(message, view)
    rules = [view.box(*(value / _POINT for value in rule)) for rule in message["rules"]]
    across = [r for r in rules if r.x1 - r.x0 >= r.y1 - r.y0]
    reach = _reach(across, width)
    on_page = [
        g
        for g in glyphs
        if (-1 <= (g.x0 + g.x1) / 2 <= width + 1 and -1 <= g.y <= height + 1)
        or (reach is not None and _is_within(g, reach))
    ]
    images = sum(
        max(0.0, min(x1, right) - max(x0, left))
        * max(0.0, min(y1, high) - max(y0, low))
        for x0, y0, x1, y1 in (
            (v / _POINT for v in image) for image in message["images"]
        )
    )
    return Page(
        number,
        width,
        height,
        _without_watermark(_once(on_page)),
        across,
        [r for r in rules if r.x1 - r.x0 < r.y1 - r.y0],
        garbled,
        len(message["hidden"]) // 4 + _off_page(glyphs, on_page),
        images > 0.3 * width * height or message["shapes"] > _MANY_SHAPES,
    )


def _reach(across: Sequence[Rule], width: float) -> Rule | None:
    """The stretch of the rules of a table that runs off the page; None if none does.

    Nobody sees what stands there, but the cells are those of a table that begins on the
    page: its figures are no blanks."""
    if not any(r.x1 > width + 1 for r in across):
        return None
    x0, x1 = min([r.x0 for r in across]), max([r.x1 for r in across])
    y0, y1 = min([r.y0 for r in across]), max([r.y1 for r in across])
    return Rule(x0, y0, x1, y1) if 0 <= x0 <= width else None


def _is_within(glyph: Glyph, area: Rule) -> bool:
    return area.x0 <= glyph.x0 and glyph.x1 <= area.x1 and area.y0 <= glyph.y <= area.y1


def _off_page(glyphs: Sequence[Glyph], on_page: Sequence[Glyph]) -> int:
    """How many characters are left out because they stand beside the page."""
    count = sum([not g.char.isspace() for g in glyphs])
    return count - sum([not g.char.isspace() for g in on_page])


_MANY_SHAPES: Final = (
    150  # text that was turned into outlines has as many as it has strokes
)


class _View(NamedTuple):
    """The page box, in the file's coordinates, and how the text runs in it."""

    left: float
    low: float
    right: float
    high: float
    turn: int

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Rule:
        """A rectangle of the file as it is seen."""
        match self.turn:
            case 0:
                return Rule(
                    x0 - self.left, self.high - y1, x1 - self.left, self.high - y0
                )
            case 1:
                return Rule(
                    self.high - y1, self.right - x1, self.high - y0, self.right - x0
                )
            case 2:
                return Rule(
                    self.right - x1, y0 - self.low, self.right - x0, y1 - self.low
                )
            case _:
                return Rule(
                    y0 - self.low, x0 - self.left, y1 - self.low, x1 - self.left
                )


def _glyphs(message: Mapping[str, Any], view: _View) -> tuple[list[Glyph], int]:
    codes, turns, runs = message["text"], message["turns"], message["runs"]
    pale = message["pale"]
    boxes = [value / _POINT for value in message["boxes"]]
    origins = [value / _POINT for value in message["origins"]]
    out: list[Glyph] = []
    garbled = 0
    for i, code in enumerate(codes):
        if turns[i] < 0 or code in _NO_INK:
            continue  # aslant: a watermark
        char = chr(code) if 0x20 <= code < 0x110000 else "\N{REPLACEMENT CHARACTER}"
        if _is_unknown(char):
            garbled += 1
            char = "\N{REPLACEMENT CHARACTER}"
        x0, top, x1, bottom = view.box(*boxes[4 * i : 4 * i + 4])
        _x, y, _, _ = view.box(
            origins[2 * i], origins[2 * i + 1], origins[2 * i], origins[2 * i + 1]
        )
        turn = (turns[i] - view.turn) % 4
        out += [
            Glyph(
                part,
                x0,
                x1,
                y if turn == 0 else bottom,
                top,
                bottom,
                turn,
                runs[i],
                bool(pale[i]),
            )
            for part in fold(char)
        ]
    return _spread(out), garbled


_NO_INK: Final = frozenset((0x0A, 0x0D, 0x09, 0x200B, 0x200C, 0x200D, 0xFEFF))
# Symbol fonts have their bullets and ticks at U+F000 to U+F0FF; they are no text, but no riddle either.
_UNKNOWN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uefff\uf100-\uf8ff\ufffd-\uffff]"
)


def _is_unknown(char: str) -> bool:
    return bool(_UNKNOWN.match(char))


def _spread(glyphs: list[Glyph]) -> list[Glyph]:
    """Characters that share one box get a part of it each: text that the file gives for
    something else drawn."""
    out: list[Glyph] = []
    start = 0
    for end in range(1, len(glyphs) + 1):
        if (
            end < len(glyphs)
            and glyphs[end][1:] == glyphs[start][1:]
            and glyphs[end].char != glyphs[end - 1].char
        ):
            continue
        run = glyphs[start:end]
        start = end
        if len(run) == 1:
            out += run
            continue
        size = (run[0].x1 - run[0].x0) / len(run)
        out += [
            g._replace(x0=g.x0 + size * k, x1=g.x0 + size * (k + 1))
            for k, g in enumerate(run)
        ]
    return out


_TILES: Final = 4  # times that a watermark is printed at least
_HUGE: Final = 2.0  # of the usual size


def _without_watermark(glyphs: list[Glyph]) -> list[Glyph]:
    """Without pale text that is printed over and over, or is far larger than the rest:
    it lies under the page."""
    runs: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        if glyph.pale and glyph.run:
            runs.setdefault(glyph.run, []).append(glyph)
    if not runs:
        return glyphs
    usual = median(glyph.bottom - glyph.top for glyph in glyphs)
    texts = {
        run: "".join(glyph.char for glyph in part).strip() for run, part in runs.items()
    }
    printed = Counter(texts.values())

    def is_watermark(run: int) -> bool:
        size = runs[run][0].bottom - runs[run][0].top
        tiled = len(texts[run]) > 1 and printed[texts[run]] >= _TILES
        return tiled or size >= _HUGE * usual

    dropped = {run for run in runs if is_watermark(run)}
    return [glyph for glyph in glyphs if not (glyph.pale and glyph.run in dropped)]


def _once(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Without those printed a second time nearly in the same place, which is how
    programs print bold and shadows."""
    out: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        column, row = int(glyph.x0 // _CLOSE), int(glyph.y // _CLOSE)
        near = min(_CLOSE, _WITHIN * (glyph.x1 - glyph.x0))
        if glyph.char != " " and any(
            abs(other.x0 - glyph.x0) <= near and abs(other.y - glyph.y) <= _CLOSE
            for i in (column - 1, column, column + 1)
            for j in (row - 1, row, row + 1)
            for other in seen.get((glyph.char, i, j), ())
        ):
            continue
        here = seen.setdefault((glyph.char, column, row), [])
        here[:] = [*here[1 - _KEPT :], glyph]
        out.append(glyph)
    return out


_CLOSE: Final = 2.0  # points
_KEPT: Final = (
    8  # of the same character within as much: thousands on one spot are no text
)
_WITHIN: Final = (
    0.45  # of the width: the same character twice, side by side, is a width apart
)
