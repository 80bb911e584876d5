"""What is known of a page once title, header and signature are read: the clues to all the rest."""

from __future__ import annotations

from attrs import frozen

from govdisclose._metadata.page import Dated, Found, Page


@frozen
class Title:
    """The title, the lines that it takes up, the name and the year (as digits) that it holds.

    `others` are the names in the other titles of the page.
    """

    shown: Found
    lines: tuple[int, ...]
    name: Found | None
    year: Found | None
    others: tuple[Found, ...] = ()


@frozen
class Header:
    """What the header of the page says: numbers, a day, and who put the page up."""

    index: Found | None = None
    document: Found | None = None
    published: Dated | None = None
    organs: tuple[Found, ...] = ()


@frozen
class Signature:
    """Who signs, when, on which lines, and where that begins; -1 if nobody does."""

    organ: Found | None = None
    date: Dated | None = None
    lines: frozenset[int] = frozenset()
    start: int = -1


@frozen
class Clues:
    """The page with all that was read so far. `preamble` is the range before the first heading."""

    page: Page
    title: Title | None
    header: Header
    signature: Signature
    preamble: tuple[int, int]

    @property
    def begin(self) -> int:
        """Where the report begins behind its title."""
        return self.title.shown.end if self.title else 0
