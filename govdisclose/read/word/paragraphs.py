"""Paragraphs of a story: where they begin and end, and which are no text of the report."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.read.word.names import child, is_on, text_of, w
from govdisclose.read.word.state import OBJECT, Paragraph, State, Visit

_ONLY_PAGE: Final = re.compile(r"[\s\d\-—–/.·第共页]{1,40}")
_CONTENTS: Final = "TOC"
_TAB_AND_PAGE: Final = re.compile(r"\t\s{0,4}(?=\d{1,4}\s{0,4}$)")
_LEADER: Final = "……"  # what is seen before the page in a table of contents, where the file has a tab
_LOST: Final = "\N{REPLACEMENT CHARACTER}"
_FOR_A_DIGIT: Final = re.compile(rf"(?<=[0-9]){OBJECT}|{OBJECT}(?=[0-9])")
_RPR: Final = w("rPr")
_PPR: Final = w("pPr")
_VANISH: Final = w("vanish")


def open_paragraph(state: State, element: Element) -> Visit:
    """A paragraph: what it says goes to its container where it ends."""
    properties = element.find(_PPR)
    style = text_of(child(properties, w("pStyle")))
    mark = child(properties, _RPR)
    numbered = child(properties, w("numPr"))
    paragraph = Paragraph(numbered, style)
    styles = state.story.styles
    if styles.may_hide:
        paragraph.hidden = styles.hides(style)
    nearest = next(styles.chain(style), None) if style is not None else None
    paragraph.contents = nearest is not None and nearest.name.startswith("toc ")
    outer, state.paragraph = state.paragraph, paragraph
    return element, lambda: _close_paragraph(state, paragraph, mark, outer)


def _close_paragraph(
    state: State, paragraph: Paragraph, mark: Element | None, outer: Paragraph | None
) -> None:
    state.paragraph = outer
    container = state.container
    while state.fields and not state.fields[-1].result:
        state.fields.pop()  # an instruction that is not closed must not swallow the rest
    if mark is not None and (
        mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None
    ):
        container.carry += paragraph.parts
    elif _mark_is_hidden(mark, paragraph.hidden):
        if paragraph.parts:
            container.carry.append(_numbered(state, paragraph))
            container.carry += paragraph.parts
    else:
        number = _numbered(state, paragraph)
        text = "".join((number, *container.carry, *paragraph.parts))
        container.carry = []
        in_contents = paragraph.contents or any(
            field.name == _CONTENTS for field in state.fields
        )
        if in_contents:
            text = _TAB_AND_PAGE.sub(_LEADER, text)
        if not _is_furniture(paragraph, text):
            container.blocks.append(_with_objects(text, container is not state.anchor))
    if container is state.anchor and not container.carry:
        container.settle()


def _with_objects(text: str, in_cell: bool) -> str:
    """The text, where a small picture or object stands for a digit: beside one, or
    alone in a cell."""
    if OBJECT not in text:
        return text
    text = _FOR_A_DIGIT.sub(_LOST, text)
    text = text.replace(OBJECT, "")
    return _LOST if in_cell and not text.strip() else text


def _numbered(state: State, paragraph: Paragraph) -> str:
    return state.story.numbering.next(paragraph.numbered, paragraph.style)


def _mark_is_hidden(mark: Element | None, by_style: bool) -> bool:
    direct = None if mark is None else is_on(mark.find(_VANISH))
    return by_style if direct is None else direct


def _is_furniture(paragraph: Paragraph, text: str) -> bool:
    """A page number alone, or a line of a table of contents that has no page behind it."""
    if paragraph.page and _ONLY_PAGE.fullmatch(text):
        return True
    return paragraph.contents and bool(text.strip()) and _LEADER not in text
