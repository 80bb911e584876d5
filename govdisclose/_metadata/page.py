"""The page that metadata are sought on: its places, and what is found there.

`_metadata` and `_contact` read the same page; what both need is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from attrs import frozen

from govdisclose.text import Text

if TYPE_CHECKING:
    from govdisclose._lines.line import Line

HEAD: Final = 6000  # characters from the beginning that belong to the head at most
PREAMBLE: Final = 3000
TITLE_LINES: Final = 120  # lines of navigation that may stand above the title
TAIL_LINES: Final = 30
LONG: Final = 60  # characters; a longer line is a paragraph
WINDOW: Final = 1500  # characters of a paragraph that are looked at


class _Lazy:
    """A pattern that is compiled when it is first used. There are sixty here: 50 ms that an import need not take."""

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> Any:
        """Asked once for each method of the pattern, which then stands in its place."""
        method = getattr(re.compile(self._source), name)
        setattr(self, name, method)
        return method


def lazy(source: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first used."""
    return cast("re.Pattern[str]", _Lazy(source))


HAN: Final = r"[\u3400-\u9fff〇]"
GAP: Final = r"\s{0,3}"
DASHES: Final = "-\N{EM DASH}\N{EN DASH}\N{HORIZONTAL BAR}\N{BOX DRAWINGS LIGHT HORIZONTAL}"
NOUGHTS: Final = "\N{IDEOGRAPHIC NUMBER ZERO}零\N{WHITE CIRCLE}\N{LARGE CIRCLE}OoО"  # a Cyrillic one too
YEAR: Final = rf"(?:(?<![0-9])(?:19|20)[0-9]{{2}}(?![0-9])|二[{NOUGHTS}][{NOUGHTS}一二三四五六七八九]{{2}})"


class Found(NamedTuple):
    """A string as it is to be shown, and the range of the repaired text that it was read from."""

    value: str
    start: int
    end: int


class Dated(NamedTuple):
    """A day, and the range of the repaired text that it was read from."""

    value: date
    start: int
    end: int


@frozen
class Page:
    """The text with the few places that everything else is sought by."""

    shadow: str
    string: str
    lines: Sequence[Line]
    first: int  # index of the first heading, or of the first line behind the head
    front: int  # where the first heading begins
    second: int  # where the second part begins, and
    third: int  # the third: the period may stand in the first part, or just behind it


_BLANKS: Final = lazy(r"(?<=[^\x00-\x7f])\s{1,40}(?=\S)|(?<=\S)\s{1,40}(?=[^\x00-\x7f])")


def shown(page: Page, start: int, end: int) -> Found:
    """The text to show for a range: blanks between or beside Chinese characters go."""
    return Found(_BLANKS.sub("", page.string[start:end]).strip(), start, end)


def name_at(page: Page, start: int, end: int) -> Found:
    """The range as a name: without any blank."""
    return Found("".join(page.string[start:end].split()), start, end)


def find_page(text: Text, lines: Sequence[Line]) -> Page:
    """Where the parts begin. The first heading is the first of level 1; without any in the head, of level 2 or 3."""
    size = len(text.shadow)
    first, other, parts = -1, -1, [size, size, size]
    seen = behind = 0
    for i, line in enumerate(lines):
        if line.start > HEAD:
            break
        behind = i + 1
        kind = line.type
        if kind == "H1":
            if not seen:
                first = i
            parts[seen] = line.start
            seen += 1
            if seen == 3:
                break
        elif other < 0 and kind in {"H2", "H3"}:
            other = i
    if first < 0 and other >= 0:
        first, parts[0] = other, lines[other].start
    if first < 0:
        first = behind
    front, second, third = (min(p, HEAD) for p in parts)
    return Page(text.shadow, text.string, lines, first, front, second, third)
