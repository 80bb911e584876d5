"""One walk through the tree of a page: a flat list of blocks, and of containers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govdisclose.errors import SourceError
from govdisclose.read.html.block import (
    Block,
    Container,
    List,
    line_block,
    picture_block,
    table_block,
)
from govdisclose.read.html.clean import clean
from govdisclose.read.html.elements import (
    FOOTERS,
    HEADINGS,
    KINDS,
    MENU,
    OWN_NUMBER,
    TITLE,
)
from govdisclose.read.html.grid import expanded, flatten, grid_of, is_data
from govdisclose.read.html.line import OpenLine
from govdisclose.read.html.lists import list_of, next_number
from govdisclose.read.html.pictures import picture_size
from govdisclose.read.html.told import steps
from govdisclose.read.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_DEEPEST: Final = 2000  # libxml2 stops at 2048, and says nothing


_SIDE_BY_SIDE: Final = (
    200  # characters of a row of layout whose cells are shown on one line
)


_NO_TEXT: Final = frozenset(["skipped", "script", "meta", "title", "frame", "picture"])


class Walk:
    """Goes through a tree once, and makes blocks and containers of it."""

    def __init__(self, limits: Limits, verbatim: bool) -> None:
        self._limits = limits
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self.meta: dict[str, str] = {}
        self.title = ""
        self.frames: list[str] = []
        self.scripts = 0
        self._cells = 0
        self._line = OpenLine()
        self._inside: list[int] = []  # the containers that are open
        self._lists: list[List] = []
        self._marker = ""  # the number of the point that begins here
        self._headings: list[int] = []  # how deep the headings are that are open
        self._beside = 0  # open cells of rows that are shown on one line
        self._verbatim = int(
            verbatim
        )  # open <pre>, and one for a page whose lines are lines

    def go(self, root: _Element) -> None:
        """Blocks and containers of the tree. Raises `SourceError` where it is too deep
        or its tables too large."""
        allowed = min(self._limits.depth, _DEEPEST)
        open_: list[tuple[str, int]] = []  # kind, and what stood before in `_beside`
        parts = self._line.parts
        walker = steps(root)
        for event, element in walker:
            if event == "start":
                kind = KINDS.get(str(element.tag), "inline")
                beside = self._beside
                if kind == "break":
                    self._flush()
                    kind = "skipped"
                elif kind != "inline" and not self._enter(kind, element, len(open_)):
                    kind = "skipped"
                    walker.skip_subtree()
                elif text := element.text:
                    self._add(text) if self._verbatim else parts.append(text)
                open_.append((kind, beside))
                if len(open_) > allowed:
                    raise SourceError(
                        f"its elements nest deeper than {allowed:,} (limit: depth)"
                    )
            else:
                kind, beside = open_.pop()
                if kind not in ("inline", "skipped"):
                    self._leave(kind, len(open_))
                self._beside = beside
                if text := element.tail:
                    self._add(text) if self._verbatim else parts.append(text)
        self._flush()

    def _add(self, text: str) -> None:
        if self._verbatim and "\n" in text:
            for line in text.split("\n"):
                self._line.parts.append(line)
                self._flush()
        else:
            self._line.parts.append(text)

    def _enter(self, kind: str, element: _Element, depth: int) -> bool:
        """Begin an element that is more than inline; whether to look into it."""
        if kind in _NO_TEXT:
            self._note(kind, element)
            return False
        if kind == "a":
            self._line.open_link(element.get("href") or "")
            return True
        if kind == "table" and self._table(element):
            return False
        if not (kind == "holder" and self._beside):
            self._flush()
        if kind in ("holder", "table", "tr", "list"):
            self._open(element)
        if kind == "tr":
            self._beside = int(_is_short(element))
        elif kind == "list":
            self._lists.append(list_of(element))
        elif kind == "li":
            self._marker = next_number(self._lists, element)
        elif kind == "pre":
            self._verbatim += 1
        if element.tag in HEADINGS or (
            kind in ("holder", "line")
            and TITLE.search(element.get("class") or element.get("id") or "")
        ):
            self._headings.append(depth)
        return True

    def _leave(self, kind: str, depth: int) -> None:
        if kind == "a":
            self._line.close_link()
            return
        if kind == "holder" and self._beside:
            self._line.parts.append(" ")
        else:
            self._flush()
        if kind in ("holder", "table", "tr", "list"):
            self.containers[self._inside.pop()].end = len(self.blocks)
        if kind == "list":
            self._lists.pop()
        elif kind == "pre":
            self._verbatim -= 1
        if self._headings and self._headings[-1] == depth:
            self._headings.pop()

    def _open(self, element: _Element) -> None:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        menu = element.tag in FOOTERS or bool(
            len(names) > 1 and MENU.search(names[:200])
        )
        self.containers.append(
            Container(
                len(self.blocks),
                -1,
                self._inside[-1] if self._inside else -1,
                menu,
                element.tag in ("ol", "ul"),
            )
        )
        self._inside.append(len(self.containers) - 1)

    def _note(self, kind: str, element: _Element) -> None:
        """Remember what is not text."""
        if kind == "title" and not self.title:
            self.title = clean(element.text or "")
        elif kind == "meta" and (name := element.get("name")):
            self.meta.setdefault(name.lower(), clean(element.get("content") or ""))
        elif kind == "frame" and (target := element.get("src") or element.get("data")):
            self.frames.append(target)
        elif kind == "script":
            self.scripts += 1
        elif kind == "picture" and (size := picture_size(element)):
            self._flush()
            self.blocks.append(picture_block(size))

    def _flush(self) -> None:
        """End the line."""
        taken = self._line.take()
        if taken is None:
            return
        text, links, linked = taken
        if self._marker and not OWN_NUMBER.match(text):
            text = self._marker + text
        self._marker = ""
        self.blocks.append(line_block(text, linked, links, bool(self._headings)))

    # --- tables

    def _table(self, element: _Element) -> bool:
        """Take a table of data as one block; whether it is one. Tables for layout are
        walked like any other element."""
        if element.find(".//table") is not None and not flatten(element):
            return False
        grid, captions, linked = grid_of(element)
        if not is_data(grid, linked):
            return False
        self._flush()
        self.blocks += map(line_block, captions)
        rows: list[list[str]] = []
        for row in expanded(grid):
            self._cells += len(row)
            if self._cells > self._limits.cells:
                raise SourceError(
                    f"its tables have more than {self._limits.cells:,} cells (limit: cells)"
                )
            rows.append(row)
        self.blocks.append(table_block(rows, linked))
        return True


def _is_short(row: _Element) -> bool:
    """Whether a row of layout has little text and nothing but text in it."""
    length = 0
    for text in row.itertext():
        length += len(text.strip())
        if length > _SIDE_BY_SIDE:
            return False
    return row.find(".//table") is None
