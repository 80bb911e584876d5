"""The string as it was given, and where in a file its characters stood."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from attrs import field, frozen


class Span(NamedTuple):
    """A half-open range of characters `[start, end)`; in public values always of the source.

    >>> Span(2, 4)
    Span(start=2, end=4)
    """

    start: int
    end: int


class Mark(NamedTuple):
    """Where in a file the characters `[start, end)` of a source stand; what a file has no notion of
    is None.

    All counts begin at 1. `table` counts the tables of the file, `row` and `column` the cells of
    that table as printed.

    >>> str(Mark(0, 4, page=3, table=2, row=5))
    'page 3, table 2, row 5'
    """

    start: int
    end: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        named = (
            ("page", self.page),
            ("table", self.table),
            ("row", self.row),
            ("column", self.column),
        )
        return ", ".join(
            f"{name} {number}" for name, number in named if number is not None
        )


class Notice(NamedTuple):
    """What a reader found wrong with a file: a code of `govdisclose.CODES`, the particulars, and
    where, if anywhere.

    `detail_zh` has the particulars in Chinese; without it the Chinese message has none.
    """

    code: str
    detail: str = ""
    start: int | None = None
    end: int | None = None
    detail_zh: str = ""


class Link(NamedTuple):
    """A link of a page: the characters `[start, end)` lead to `target`, as the page writes it."""

    start: int
    end: int
    target: str


@frozen
class Source:
    """The string as given, with the name to show for it (a file name, or None).

    One that was read from a file also has `marks` (in order, none over another), which say where in
    the file its characters stood, `notices`, which `parse` makes diagnostics of, and the `links`
    that lead to files.

    >>> Source("一、概述").text
    '一、概述'
    """

    text: str = field(repr=False)
    name: str | None = None
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)

    def slice(self, span: Span) -> str:
        """The characters of `span`, as they were given."""
        return self.text[span.start : span.end]

    def place(self, span: Span) -> Mark | None:
        """The mark that `span` begins in; None where the source has none there.

        >>> source = Source("收到 | 5", marks=(Mark(0, 2, row=1, column=1), Mark(5, 6, row=1, column=2)))
        >>> str(source.place(Span(5, 6)))
        'row 1, column 2'
        """
        i = bisect_right(self.marks, span.start, key=_start_of_mark) - 1
        return (
            self.marks[i]
            if i >= 0 and span.start < max(self.marks[i].end, self.marks[i].start + 1)
            else None
        )


def _start_of_mark(mark: Mark) -> int:
    return mark.start
