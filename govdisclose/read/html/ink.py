"""Text in the colour of the paper, which a browser draws and nobody sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element


_GAP: Final = r"\s{0,9}:\s{0,9}"
_WHITE: Final = (
    r"(?:white\b|#fff(?:f{3})?\b|#f[c-f]f[c-f]f[c-f]\b"
    r"|rgba?\(\s{0,9}255\s{0,9},\s{0,9}255\s{0,9},\s{0,9}255\s{0,9}[,)])"
)
_WHITE_INK: Final = re.compile(rf"(?<![-\w])color{_GAP}{_WHITE}", re.IGNORECASE)
_PAPER: Final = re.compile(
    r"(?<![-\w])background(?:-color|-image)?\s{0,9}:([^;]*)", re.IGNORECASE
)
_WHITE_ONLY: Final = re.compile(
    rf"\s{{0,9}}(?:{_WHITE}|transparent|none|inherit|initial)", re.IGNORECASE
)
_STEPS_MOST: Final = 60  # elements around one that may say what paper it is on


def is_white_on_white(element: _Element) -> bool:
    """Whether the ink of an element is white, and the paper as well.

    Nothing on the page says what colour a class is of, so an element that is all of a cell with a
    class may stand on any; one beside other text of its cell does not.
    """
    ink = element.get("style") or ""
    colour = element.get("color") or ""
    if not _WHITE_INK.search(ink) and not re.fullmatch(_WHITE, colour, re.IGNORECASE):
        return False
    classed = False
    at: _Element | None = element
    for _ in range(_STEPS_MOST):
        if at is None:
            break
        paper = _paper(at)
        if paper is not None:
            return _WHITE_ONLY.match(paper) is not None
        classed = classed or at.get("class") is not None
        at = None if at.tag == "table" else at.getparent()
    return not classed or _stands_beside_text(element)


def _paper(element: _Element) -> str | None:
    """The colour behind an element, where it says one; a picture is one as well."""
    found = _PAPER.search(element.get("style") or "")
    return found[1] if found else element.get("bgcolor") or element.get("background")


def _stands_beside_text(element: _Element) -> bool:
    before, parent = element.getprevious(), element.getparent()
    if parent is None or parent.tag in ("tr", "tbody", "table"):
        return False
    text = before.tail if before is not None else parent.text
    return bool((text or "").strip() or (element.tail or "").strip())
