"""What a page is made of: blocks of text, and the containers that they stand in."""

from __future__ import annotations

from itertools import chain
from typing import Final, NamedTuple

from attrs import define

from govdisclose.read.html.words import is_furniture
from govdisclose.text import Link

MENU_LINKS_OUTSIDE: Final = (
    0.4  # of the characters: lists of news have dates beside the links
)
LONG: Final = 200  # characters of a cell that is no cell of a table of figures


@define
class Block:
    """A line, or a table (`rows`). `links` are those that lead to files, `linked` the
    characters in links.

    `size` is its characters, `weight` those of them that may be of a report: no links,
    no furniture. `signs` is whether it has words of furniture. `picture` says how large
    one is that stands there."""

    text: str
    rows: list[list[str]] | None = None
    links: tuple[Link, ...] = ()
    linked: int = 0
    heading: bool = False
    size: int = 0
    weight: int = 0
    signs: bool = False
    picture: str = ""


def line_block(
    text: str, linked: int = 0, links: tuple[Link, ...] = (), heading: bool = False
) -> Block:
    """A line; `linked` is how many of its characters are in links."""
    signs = not text.endswith("。") and is_furniture(text[:LONG])
    weight = (
        0 if signs or linked >= MENU_LINKS_OUTSIDE * len(text) else len(text) - linked
    )
    return Block(text, None, links, linked, heading, len(text), weight, signs)


def table_block(rows: list[list[str]], linked: int) -> Block:
    """A table of data."""
    size = sum(map(len, chain.from_iterable(rows)))
    return Block("", rows, linked=linked, size=size, weight=max(0, size - linked))


def picture_block(size: str) -> Block:
    """A picture that may show a table."""
    return Block("", picture=size)


@define
class Container:
    """An element that holds blocks: the range of those in it, the index of the
    container around it, or -1."""

    start: int
    end: int
    inside: int
    menu: bool
    points: bool  # an ordered or unordered list


@define
class List:
    """A list that is open: how its points are numbered, and the number of the next."""

    style: str
    next: int


class Cell(NamedTuple):
    """A cell of a table as the page has it."""

    text: str
    rows: int
    columns: int
