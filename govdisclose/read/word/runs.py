"""Runs of a paragraph: characters, and which of them are seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.read.word.blocks import Noted
from govdisclose.read.word.names import integer, is_on, text_of, w
from govdisclose.read.word.state import State, Visit
from govdisclose.read.word.symbol import symbol as symbol_of
from govdisclose.read.word.symbol import symbols

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# A digit that stands higher or lower is no digit of the figure before it.
_RAISED: Final = MappingProxyType(
    {"superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subscript": "₀₁₂₃₄₅₆₇₈₉"}
)
_SHIFTED: Final = 4  # half-points
_SMALLEST: Final = 4  # half-points: two points
_WHITE: Final = "FFFFFF"
_SHOWN: Final = 40  # characters of hidden text that a notice shows
_DIGIT: Final = re.compile("[0-9]")
_RPR: Final = w("rPr")
_VANISH: Final = w("vanish")
_T: Final = w("t")
_OF_FIELDS: Final = frozenset((w("fldChar"), w("instrText")))
IN_RUN: Final[Mapping[str, str]] = MappingProxyType(
    {
        w("tab"): "\t",
        w("ptab"): "\t",
        w("br"): "\n",
        w("cr"): "\n",
        w("noBreakHyphen"): "-",
        w("softHyphen"): "",
        w("lastRenderedPageBreak"): "",
    }
)
"""What stands for a character, and what it stands for."""


def open_run(state: State, element: Element) -> Visit:
    """A run: text with one look. What is not seen is left out, with a notice where
    nothing says that it is hidden."""
    properties = element.find(_RPR)
    font = raised = None
    hidden = state.paragraph is not None and state.paragraph.hidden
    if properties is not None:
        # What is struck out is as good as deleted: 8 struck out before 7 is not 87.
        struck = is_on(properties.find(w("strike"))) or is_on(
            properties.find(w("dstrike"))
        )
        hidden = _hides(state, properties, hidden) or bool(struck)
        if not hidden and _is_unseen(state, properties):
            hidden = True
            state.beside(Noted("hidden-text", "".join(element.itertext())[:_SHOWN]))
        fonts = properties.find(w("rFonts"))
        font = text_of(fonts, w("ascii")) if fonts is not None else None
        raised = _raised(properties)
    if hidden:
        return (e for e in element if e.tag in _OF_FIELDS), None
    if state.paragraph is None:
        return element, None
    state.font, state.raised = font, raised
    children = iter(element)
    for inner in children:
        tag = str(inner.tag)
        if tag == _T:
            state.put(_text(state, inner))
        elif tag in IN_RUN:
            state.put(IN_RUN[tag])
        elif tag != _RPR:
            return chain((inner,), children), None
    return None


def _raised(properties: Element) -> str | None:
    """The digits for text that stands higher or lower than the line, by its kind or by
    so many half-points."""
    kind = text_of(properties.find(w("vertAlign")))
    if kind is not None and kind in _RAISED:
        return _RAISED[kind]
    shift = integer(text_of(properties.find(w("position")))) or 0
    if abs(shift) < _SHIFTED:
        return None
    return _RAISED["superscript" if shift > 0 else "subscript"]


def _is_unseen(state: State, properties: Element) -> bool:
    """Whether the text is too small to see, or white on white."""
    size = integer(text_of(properties.find(w("sz"))))
    if size is not None and size <= _SMALLEST:
        return True
    colour = text_of(properties.find(w("color")))
    if colour is None or colour.upper() != _WHITE or state.shaded:
        return False
    return properties.find(w("shd")) is None and properties.find(w("highlight")) is None


def _hides(state: State, properties: Element, by_paragraph: bool) -> bool:
    """Direct formatting has the last word; styles of the character and of the paragraph
    cancel each other."""
    direct = is_on(properties.find(_VANISH))
    if direct is not None:
        return direct
    style = text_of(properties.find(w("rStyle")))
    by_style = (
        style is not None
        and state.story.styles.may_hide
        and state.story.styles.hides(style, paragraph=False)
    )
    return by_style != by_paragraph


def _text(state: State, element: Element) -> str:
    text = str(element.text or "")
    if not text.isprintable():
        text = text.replace("\n", " ").replace("\t", " ")
    if state.font is not None:
        text = symbols(text, state.font)
    raised = state.raised
    if raised is not None:
        text = _DIGIT.sub(lambda found: raised[int(found.group())], text)
    return text if element.get(_SPACE) == "preserve" else text.strip(" \r")


def text(state: State, element: Element) -> Visit:
    """The characters of a run, or of a formula."""
    state.put(_text(state, element))
    return None


def character(state: State, element: Element) -> Visit:
    """An element that stands for a character."""
    state.put(IN_RUN[str(element.tag)])
    return None


def symbol(state: State, element: Element) -> Visit:
    """A character of a font of symbols, by its code."""
    state.put(symbol_of(text_of(element, w("char")) or "", text_of(element, w("font"))))
    return None


def ruby(state: State, element: Element) -> Visit:
    """The base without what stands over it."""
    return element.iterfind(w("rubyBase")), None
