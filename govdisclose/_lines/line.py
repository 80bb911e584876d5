"""What a line is: its place and its shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

PROSE: Final = "PROSE"
FURNITURE: Final = "FURNITURE"
TABLE: Final = "TABLE"
TITLE: Final = "TITLE"
SIGNED: Final = "SIGNED"

_LINE: Final = re.compile(r"\S(?:[^\n]*\S)?")


class Line(NamedTuple):
    """A line and its shape. Offsets are those of the repaired text.

    `type` is PROSE, FURNITURE (of the page), TABLE, TITLE (of the report), SIGNED (the
    organ and the date of a signature), H0 (a preface without number) or H1 to H5 by the
    class of the marker. A heading has its `number`, the end of its marker, the range of
    its title (None where the paragraph has none), and the start of the text that runs
    on behind the title. `kind` names the furniture.

    A tuple and no class of attrs: a text has hundreds of lines, and this one is made
    three times as fast."""

    type: str
    start: int
    end: int
    number: int | None = None
    marker_end: int = -1
    title: tuple[int, int] | None = None
    body: int = -1
    kind: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it opens a section."""
        return self.type[0] == "H"

    @property
    def level(self) -> int:
        """The class of the marker of a heading."""
        return int(self.type[1])

    def as_type(self, name: str, kind: str = "") -> Line:
        """The same place with another shape.

        >>> Line("H1", 0, 4, 1, 2, (2, 4), 4).as_type(FURNITURE, "index")
        Line(type='FURNITURE', start=0, end=4, number=None, marker_end=-1, title=None, body=-1, kind='index')
        """
        return Line(name, self.start, self.end, kind=kind)

    def moved(self, by: int) -> Line:
        """The same shape, so many characters further on.

        >>> Line("H1", 0, 4, 1, 2, (2, 4), 4).moved(10)
        Line(type='H1', start=10, end=14, number=1, marker_end=12, title=(12, 14), body=14, kind='')
        """
        if not by:
            return self
        start, end = self.start + by, self.end + by
        if self.type[0] != "H":
            return Line(self.type, start, end, kind=self.kind)
        title = (self.title[0] + by, self.title[1] + by) if self.title else None
        return Line(
            self.type,
            start,
            end,
            self.number,
            self.marker_end + by,
            title,
            self.body + by,
        )


def split_lines(shadow: str) -> list[Line]:
    r"""All lines of `shadow` that are not blank, not yet shaped.

    >>> [(line.start, line.end) for line in split_lines("  一、概述 \n\n无。")]
    [(2, 6), (9, 11)]
    """
    return [Line(PROSE, m.start(), m.end()) for m in _LINE.finditer(shadow)]


def prose_ranges(lines: Iterable[Line]) -> Iterator[tuple[int, int]]:
    """Where sentences stand: lines of text, and what runs on behind a heading."""
    for line in lines:
        if line.type in (PROSE, TITLE, SIGNED):
            yield line.start, line.end
        elif line.is_heading and line.body < line.end:
            yield line.body, line.end
