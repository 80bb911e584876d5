"""The tree of a page that a browser made and told: no lxml is needed for it.

Its elements are those of ElementTree, with as much more of lxml's as this room uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast
from xml.etree.ElementTree import Element, TreeBuilder

if TYPE_CHECKING:
    from lxml.etree import _Element

Piece: TypeAlias = "str | tuple[str, Mapping[str, str]] | None"
"""A text, an element that begins (its tag and its attributes), or the end of the last
one that began."""


class Node(Element):
    """An element that knows those around it."""

    _parent: Node | None = None
    _previous: Node | None = None

    def append(self, child: Element) -> None:
        """Put a child behind the others."""
        assert isinstance(child, Node)
        child._parent = self
        child._previous = cast(Node, self[-1]) if len(self) else None
        super().append(child)

    def getparent(self) -> Node | None:
        """The element around it."""
        return self._parent

    def getprevious(self) -> Node | None:
        """The element before it in the one around it."""
        return self._previous

    def iter(self, *tags: str) -> Iterator[Any]:  # type: ignore[override]
        """The element and all in it; only those with one of `tags`, if any is given."""
        if len(tags) < 2:
            return super().iter(*tags)
        wanted = frozenset(tags)
        return (inner for inner in super().iter() if inner.tag in wanted)

    def iterdescendants(self, *tags: str) -> Iterator[Any]:
        """All that is in the element, but not itself."""
        return (inner for inner in self.iter(*tags) if inner is not self)

    def clear(self, keep_tail: bool = False) -> None:
        """Take all from it: text, attributes, what is in it."""
        tail = self.tail if keep_tail else None
        super().clear()
        self.tail = tail


def tree_of(pieces: Iterable[Piece]) -> _Element:
    """The tree told in pieces, from the first to the last.

    >>> tree_of([("html", {}), ("p", {"id": "a"}), "12", None, None])[0].text
    '12'
    """
    builder = TreeBuilder(element_factory=Node)
    around: list[str] = []
    for piece in pieces:
        if piece is None:
            builder.end(around.pop())
        elif isinstance(piece, str):
            builder.data(piece)
        else:
            tag, attributes = piece
            builder.start(tag, {**attributes})
            around.append(tag)
    return cast("_Element", builder.close())


class Steps:
    """The start and the end of every element, in order; what is in one can be left out."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._skips = False

    def skip_subtree(self) -> None:
        """Do not look into the element that was begun last."""
        self._skips = True

    def __iter__(self) -> Iterator[tuple[Literal["start", "end"], Any]]:
        around: list[tuple[Element, Iterator[Element]]] = []
        siblings = iter((self._root,))
        while True:
            element = next(siblings, None)
            if element is not None:
                yield "start", element
                around.append((element, siblings))
                siblings = iter(()) if self._skips else iter(element)
                self._skips = False
            elif around:
                element, siblings = around.pop()
                yield "end", element
            else:
                return


def steps(root: _Element) -> Steps:
    """Steps through a tree, whoever made it."""
    if isinstance(root, Node):
        return Steps(root)
    from lxml import etree

    return cast(Steps, etree.iterwalk(root, events=("start", "end")))


def strip(root: _Element, tags: Iterable[str]) -> None:
    """Take elements out of a tree; what is in them stays, in their place."""
    if not isinstance(root, Node):
        from lxml import etree

        etree.strip_tags(root, *tags)
        return
    wanted = frozenset(tags)
    for parent in reversed([*root.iter()]):
        if any(child.tag in wanted for child in parent):
            _strip(parent, wanted)


def _strip(parent: Node, tags: frozenset[str]) -> None:
    children, text = [*parent], parent.text
    for child in children:
        parent.remove(child)
    parent.text = text
    for child in children:
        inner = child.tag in tags
        if not inner:
            parent.append(child)
            continue
        _add_text(parent, child.text)
        for one in child:
            parent.append(one)
        _add_text(parent, child.tail)


def _add_text(parent: Node, text: str | None) -> None:
    """Text behind all that an element has."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
