"""Where the walk through a story is: what is open, and where text goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from attrs import Factory, define

from govdisclose.read.limits import Limits
from govdisclose.read.word.blocks import Flow, Noted, Table
from govdisclose.read.word.numbering import Numbering
from govdisclose.read.word.styles import Styles

Leave: TypeAlias = Callable[[], None]
Visit: TypeAlias = tuple[Iterable[Element], Leave | None] | None
"""The elements to go into, and what to do behind them; None where there is nothing to go into."""


OBJECT: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a paragraph where a small picture or an object does, until the paragraph is whole."""


@define
class Story:
    """What the stories of one file share: styles, lists that go on counting, and the
    notes referred to so far."""

    styles: Styles
    numbering: Numbering
    limits: Limits
    notes: dict[str, dict[int | None, None]] = Factory(
        lambda: {"footnote": {}, "endnote": {}}
    )
    cells: int = 0


@define(eq=False)
class Paragraph:
    """A paragraph that is being read: its text so far, and what its number and its mark are."""

    numbered: Element | None
    style: str | None
    hidden: bool = False
    contents: bool = False
    page: bool = False
    parts: list[str] = Factory(list)


@define(eq=False)
class Container:
    """What paragraphs and tables go into: a story, a cell, a text box.

    `carry` is the text of a paragraph whose mark is gone: the next paragraph goes on
    with it. `beside` is what hangs on the paragraph or table that is being read, and
    comes behind it."""

    blocks: Flow = Factory(list)
    carry: list[str] = Factory(list)
    beside: Flow = Factory(list)

    def settle(self) -> None:
        """Close what is open at the end of the container, or before a table in it."""
        if self.carry:
            self.blocks.append("".join(self.carry))
            self.carry = []
        self.blocks += self.beside
        self.beside = []


@define(eq=False)
class Field:
    """A field that is open: its instruction, and whether what is read now is its result."""

    instruction: str = ""
    result: bool = False

    @property
    def name(self) -> str:
        """What it is, such as PAGE."""
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class Outer(NamedTuple):
    """What was open where a box of text began."""

    container: Container
    anchor: Container
    paragraph: Paragraph | None
    tables: list[Table]
    column: int
    fields: list[Field]
    font: str | None


class State:
    """What is open in the walk through one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.container = Container()
        self.anchor = self.container  # the nearest container that is no cell
        self.paragraph: Paragraph | None = None
        self.tables: list[Table] = []
        self.column = 0
        self.shaded = 0  # open tables and cells that may have a ground of their own: white on it is seen
        self.shape = ""  # the style of the last shape in the older way
        self.fields: list[Field] = []
        self.font: str | None = None
        self.raised: str | None = None

    def enter_box(self) -> Outer:
        """Begin a box of text; what was open around it, for `leave_box`."""
        outer = Outer(
            self.container,
            self.anchor,
            self.paragraph,
            self.tables,
            self.column,
            self.fields,
            self.font,
        )
        self.container = self.anchor = Container()
        self.paragraph, self.tables, self.fields = None, [], []
        return outer

    def leave_box(self, outer: Outer) -> None:
        """Go on where the box began."""
        self.container, self.anchor, self.paragraph = (
            outer.container,
            outer.anchor,
            outer.paragraph,
        )
        self.tables, self.column, self.fields = outer.tables, outer.column, outer.fields
        self.font = outer.font

    def beside(self, block: Noted) -> None:
        """A notice, behind the block that is being read."""
        idle = self.paragraph is None and not self.tables
        (self.anchor.blocks if idle else self.anchor.beside).append(block)

    def put(self, text: str) -> None:
        """Text of the paragraph that is being read, unless it belongs to the
        instruction of a field."""
        if self.paragraph is not None and not (
            len(self.fields) > 1 and self._instructs()
        ):
            self.paragraph.parts.append(text)

    def _instructs(self) -> bool:
        """Whether the result that is read is only a part of the instruction of another field."""
        return (
            any(not field.result for field in self.fields[:-1])
            and self.fields[-1].result
        )
