"""The plain dialect: how the readers write down what they found, so that `parse` reads
it like any text.

A paragraph is a line. A row of a table is a line with its cells between bars, merged
cells repeated, with a blank line before and after the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govdisclose.errors import SourceError
from govdisclose.read.limits import Limits
from govdisclose.text import Link, Mark, Notice, Source


class Writer:
    r"""Takes lines and tables in reading order and makes a `Source` of them, with a
    mark on each cell and paged line.

    Raises `SourceError` where the text or its tables go over a limit.

    >>> writer = Writer(Limits())
    >>> writer.line("二、统计表", page=1)
    >>> writer.table([["收到申请数", "件", "5"]], page=2)
    >>> source = writer.source("report.pdf")
    >>> source.text
    '二、统计表\n\n| 收到申请数 | 件 | 5 |\n\n'
    >>> [str(mark) for mark in source.marks][:2]
    ['page 1', 'page 2, table 1, row 1, column 1']
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._notices: list[Notice] = []
        self._links: list[Link] = []
        self._length = 0
        self._tables = 0
        self._cells = 0

    def _put(self, text: str) -> int:
        """Append `text`; where it begins."""
        start = self._length
        self._length += len(text)
        if self._length > self._limits.characters:
            raise SourceError(
                f"the text is longer than {self._limits.characters:,} characters (limit: characters)"
            )
        self._parts.append(text)
        return start

    def line(
        self, text: str, page: int | None = None, links: Iterable[Link] = ()
    ) -> None:
        """A paragraph, which may hold line breaks; on `page`, where there are pages.
        `links` are places of `text`."""
        self._links += [
            Link(self._length + first, self._length + last, target)
            for first, last, target in links
        ]
        if page is None:
            self._put(f"{text}\n")
        else:
            self.pieces([(text, page)])

    def pieces(self, pieces: Iterable[tuple[str, int | None]]) -> None:
        """A paragraph that runs over pages: its parts, each with its page."""
        for text, page in pieces:
            start = self._put(text)
            if page is not None and text:
                self._marks.append(Mark(start, self._length, page=page))
        self._put("\n")

    def table(
        self, rows: Sequence[Sequence[str]], page: int | Sequence[int] | None = None
    ) -> None:
        """A table, cell by cell; `page` is one number, or one for each row of a table
        that runs over pages.

        What would break a row (line breaks, bars) becomes a blank.
        """
        self._tables += 1
        self._put("\n")
        for i, row in enumerate(rows):
            self._cells += len(row)
            if self._cells > self._limits.cells:
                raise SourceError(
                    f"the tables have more than {self._limits.cells:,} cells (limit: cells)"
                )
            on = page[i] if isinstance(page, Sequence) else page
            self._put("|")
            for j, cell in enumerate(row):
                self._put(" ")
                text = " ".join(cell.replace("|", " ").split())
                start = self._put(text)
                self._marks.append(
                    Mark(start, self._length, on, self._tables, i + 1, j + 1)
                )
                self._put(
                    " |" if text else "|"
                )  # a blank cell is found where its one blank ends
            self._put("\n")
        self._put("\n")

    def notice(self, code: str, detail: str = "") -> None:
        """Something that the file's user should know, at the place where the text has come to."""
        self._notices.append(Notice(code, detail, self._length, self._length))

    def add(self, notices: Iterable[Notice]) -> None:
        """Notices that have a place in the text, or none at all."""
        self._notices += notices

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def source(self, name: str | None) -> Source:
        """All of it."""
        return Source(
            self.text(),
            name,
            tuple(self._marks),
            tuple(self._notices),
            tuple(self._links),
        )
