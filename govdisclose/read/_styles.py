"""What the styles of a Word file say that changes its text: numbering, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from lxml import etree

from govdisclose.read._word import child, integer, is_on, text_of, w

_CHAIN_MOST: Final = 32  # styles that rest on each other; Word has 11 at most


@frozen
class Style:
    """A style as it is written, without what it inherits. `name` is in lower case."""

    id: str
    name: str
    based_on: str | None
    num_id: int | None
    level: int | None
    hidden: bool | None


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root.iterchildren(w("style")):
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if element.get(w("type"), "paragraph") == "paragraph" and element.get(w("default")) in ("1", "true", "on"):
                self._default = style.id
        self._hides: dict[tuple[str | None, bool], bool] = {}
        self.may_hide = any(style.hidden for style in self._styles.values())

    def chain(self, style_id: str | None, paragraph: bool = True) -> Iterator[Style]:
        """The style and what it is based on, from the nearest; of a paragraph without one, the default."""
        at = style_id if style_id in self._styles else self._default if paragraph else None
        seen: set[str] = set()
        while at in self._styles and at not in seen and len(seen) < _CHAIN_MOST:
            seen.add(at)
            yield self._styles[at]
            at = self._styles[at].based_on

    def hides(self, style_id: str | None, paragraph: bool = True) -> bool:
        """Whether the style hides its text."""
        key = style_id, paragraph
        if key not in self._hides:
            told = (style.hidden for style in self.chain(style_id, paragraph) if style.hidden is not None)
            self._hides[key] = next(told, False)
        return self._hides[key]

    def numbered(self, style_id: str) -> int | None:
        """The number of the list that a style of lists stands for."""
        style = self._styles.get(style_id)
        return None if style is None else style.num_id


def _style(element: etree._Element) -> Style:
    numbered = child(child(element, w("pPr")), w("numPr"))
    return Style(
        id=str(element.get(w("styleId"), "")),
        name=(text_of(child(element, w("name"))) or "").lower(),
        based_on=text_of(child(element, w("basedOn"))),
        num_id=integer(text_of(child(numbered, w("numId")))),
        level=integer(text_of(child(numbered, w("ilvl")))),
        hidden=is_on(child(child(element, w("rPr")), w("vanish"))),
    )
