"""The page that metadata are sought on: its places, its words, and what is found there.

Every reader of this room gets the same page and gives what it found with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import takewhile
from typing import Final, NamedTuple, TypeVar

from attrs import frozen

from govdisclose._lexicon.numeral import DATE, read_chinese, read_date
from govdisclose._lexicon.vocabulary import vocabulary
from govdisclose._lines.line import Line
from govdisclose.text import Text

HEAD: Final = 6000  # characters from the beginning that belong to the head at most
PREAMBLE: Final = 3000
TITLE_LINES: Final = 120  # lines of navigation that may stand above the title
TAIL_LINES: Final = 30
LONG: Final = 60  # characters; a longer line is a paragraph
WINDOW: Final = 1500  # characters of a paragraph that are looked at

WORDS: Final = vocabulary("govdisclose._metadata", date=DATE)

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


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

    def with_lines(self, lines: Sequence[Line]) -> Page:
        """The same page with other shapes of its lines."""
        places = self.first, self.front, self.second, self.third
        return Page(self.shadow, self.string, lines, *places)

    def size(self, i: int) -> int:
        """How many characters line `i` has."""
        return self.lines[i].end - self.lines[i].start


def find_page(text: Text, lines: Sequence[Line]) -> Page:
    """Where the parts begin: the headings of level 1; without any, the first of level 2 or 3."""
    size = len(text.shadow)
    head = range(len(list(takewhile(lambda line: line.start <= HEAD, lines))))
    parts = [i for i in head if lines[i].type == "H1"][:3]
    if not parts:
        parts = [i for i in head if lines[i].type in {"H2", "H3"}][:1]
    first = parts[0] if parts else len(head)
    starts = [lines[i].start for i in parts] + 3 * [size]
    front, second, third = (min(p, HEAD) for p in starts[:3])
    return Page(text.shadow, text.string, lines, first, front, second, third)


def shown(page: Page, start: int, end: int) -> Found:
    """The text to show for a range: marks of Markdown and blanks beside Chinese characters go."""
    plain = WORDS["line_marks"].sub("", page.string[start:end])
    return Found(WORDS["blanks"].sub("", plain).strip(), start, end)


def name_at(page: Page, start: int, end: int) -> Found:
    """The range as a name: without any blank."""
    return Found("".join(page.string[start:end].split()), start, end)


def dated(page: Page, start: int, end: int) -> Dated | None:
    """The day that a range names, if there is such a day."""
    day = read_date(page.shadow[start:end])
    return Dated(day, start, end) if day else None


def as_int(digits: str | None) -> int | None:
    """The number that digits of either script name."""
    if not digits:
        return None
    return (
        int(digits) if digits.isascii() and digits.isdigit() else read_chinese(digits)
    )


def squeezed(page: Page, start: int, end: int) -> tuple[str, list[int]]:
    """A range of the shadow without its blanks, and the place of each character that is left."""
    places = [i for i in range(start, end) if not page.shadow[i].isspace()]
    return "".join([page.shadow[i] for i in places]), places


def says(page: Page, name: str, start: int, end: int) -> bool:
    """Whether one of the words of an entry stands in a range."""
    return any(page.shadow.find(word, start, end) >= 0 for word in WORDS.words(name))


def first_of(
    readers: Iterable[tuple[str, Callable[[Asked], Answer | None]]],
    asked: Asked,
) -> Answer | None:
    """What the first reader finds that finds anything; each stands beside the name of its place."""
    for _, read in readers:
        if found := read(asked):
            return found
    return None
