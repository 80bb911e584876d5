"""What the styles of a Word file say that changes its text: numbering, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from attrs import frozen

from govdisclose.read.word.names import child, integer, is_on, text_of, w

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
    """The styles of a file by their ids, each read when it is first asked for: most
    files bring hundreds of them."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in () if root is None else root.iterfind(w("style")):
            style_id = str(element.get(w("styleId"), ""))
            self._elements.setdefault(style_id, element)
            if (
                element.get(w("default")) in ("1", "true", "on")
                and element.get(w("type"), "paragraph") == "paragraph"
            ):
                self._default = style_id
        self._hides: dict[tuple[str | None, bool], bool] = {}
        self.may_hide = (
            root is not None and next(root.iter(w("vanish")), None) is not None
        )

    def chain(self, style_id: str | None, paragraph: bool = True) -> Iterator[Style]:
        """The style and what it is based on, from the nearest; of a paragraph without
        one, the default."""
        style = self._get(style_id) or (self._get(self._default) if paragraph else None)
        seen: set[str] = set()
        while style is not None and style.id not in seen and len(seen) < _CHAIN_MOST:
            seen.add(style.id)
            yield style
            style = self._get(style.based_on)

    def _get(self, style_id: str | None) -> Style | None:
        if style_id is None or style_id not in self._elements:
            return None
        if style_id not in self._styles:
            self._styles[style_id] = _style(self._elements[style_id])
        return self._styles[style_id]

    def hides(self, style_id: str | None, paragraph: bool = True) -> bool:
        """Whether the style hides its text."""
        key = style_id, paragraph
        if key not in self._hides:
            told = (
                style.hidden
                for style in self.chain(style_id, paragraph)
                if style.hidden is not None
            )
            self._hides[key] = next(told, False)
        return self._hides[key]

    def numbered(self, style_id: str) -> int | None:
        """The number of the list that a style of lists stands for."""
        style = self._get(style_id)
        return None if style is None else style.num_id


def _style(element: Element) -> Style:
    numbered = child(child(element, w("pPr")), w("numPr"))
    return Style(
        id=str(element.get(w("styleId"), "")),
        name=(text_of(child(element, w("name"))) or "").lower(),
        based_on=text_of(child(element, w("basedOn"))),
        num_id=integer(text_of(child(numbered, w("numId")))),
        level=integer(text_of(child(numbered, w("ilvl")))),
        hidden=is_on(child(child(element, w("rPr")), w("vanish"))),
    )
