"""What a page to pass on is made of, before it is drawn as HTML or as a Word file."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

Tone = Literal["bad", "doubt", "good", ""]
"""How a thing is to look: a fault, a doubt, all well, or plain."""


@frozen
class Heading:
    """A heading; 1 is the title of the page."""

    text: str
    level: int = 2


@frozen
class Paragraph:
    """A sentence or two."""

    text: str
    tone: Tone = ""


@frozen
class Item:
    """A point of a list, and what is said of it in smaller letters."""

    text: str
    notes: tuple[str, ...] = ()
    tone: Tone = ""


@frozen
class Items:
    """A list."""

    items: tuple[Item, ...]


@frozen
class Grid:
    """A table; without a head the first column says what the second is."""

    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Items | Grid
