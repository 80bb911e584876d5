"""What is not plain text: content controls, text boxes, pictures, objects, notes."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.read.word.blocks import Noted
from govdisclose.read.word.names import integer, is_on, w
from govdisclose.read.word.state import OBJECT, State, Visit

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU: Final = 360_000  # of a centimetre
_PICTURE_LEAST: Final = (
    8.0,
    2.5,
)  # centimetres: smaller ones are seals, logos and photographs of signatures
_FORMULA: Final = "Equation"  # what the names of embedded objects begin with of which no table is missed
_CENTIMETRES: Final = MappingProxyType(
    {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "px": 2.54 / 96}
)
_LENGTH: Final = re.compile(
    r"(?:^|;)\s{0,4}(width|height)\s{0,4}:\s{0,4}(\d{1,6}(?:\.\d{1,6})?)(cm|mm|in|pt|px)"
)


def content_control(state: State, element: Element) -> Visit:
    """The content, unless it is the prompt that stands there as long as nobody has filled it in."""
    properties = element.find(w("sdtPr"))
    if properties is not None and is_on(properties.find(w("showingPlcHdr"))):
        return None
    return element.iterfind(w("sdtContent")), None


def alternatives(state: State, element: Element) -> Visit:
    """The first choice; the fallback shows the same in an older way."""
    choice = element.find(f"{MC}Choice")
    return (element.iterfind(f"{MC}Fallback") if choice is None else (choice,)), None


def text_box(state: State, element: Element) -> Visit:
    """A box of text: it comes behind what it hangs on."""
    outer = state.enter_box()
    box = state.container

    def leave() -> None:
        box.settle()
        state.leave_box(outer)
        state.anchor.beside += box.blocks

    return element, leave


def drawing(state: State, element: Element) -> Visit:
    """A chart or a diagram has its text in another part, which is not read."""
    data = next(element.iter(f"{_DRAWING}graphicData"), None)
    kind = str(data.get("uri", "")).rpartition("/")[2] if data is not None else ""
    if kind in ("chart", "diagram", "chartex"):
        state.beside(Noted("picture-not-read", f"a {kind.removesuffix('ex')}"))
        return None
    return element, None


def picture(state: State, element: Element) -> Visit:
    """A picture, with its size in the element around it."""
    extent = next(element.iter(f"{_DRAWING}ext"), None)
    if extent is not None:
        _picture(
            state,
            (integer(extent.get("cx")) or 0) / _EMU,
            (integer(extent.get("cy")) or 0) / _EMU,
        )
    return None


def shape(state: State, element: Element) -> Visit:
    """What holds a picture in the older way, or a text box."""
    state.shape = element.get("style", "")
    return element, None


def image(state: State, element: Element) -> Visit:
    """A picture in the older way; its shape has the size."""
    size = {
        side: float(number) * _CENTIMETRES[unit]
        for side, number, unit in _LENGTH.findall(state.shape)
    }
    _picture(state, size.get("width", 0.0), size.get("height", 0.0))
    return None


def _picture(state: State, width: float, height: float) -> None:
    """A picture that is large enough to be one of a table."""
    if width >= _PICTURE_LEAST[0] and height >= _PICTURE_LEAST[1]:
        state.beside(
            Noted("picture-not-read", f"a picture of {width:.0f} by {height:.0f} cm")
        )
    else:
        state.put(OBJECT)


def embedded(state: State, element: Element) -> Visit:
    """An embedded object: a spreadsheet more often than not. What shows it is a picture of it."""
    found = next(element.iter(f"{_OFFICE}OLEObject"), None)
    if found is None:
        state.put(OBJECT)
        return element, None
    program = str(found.get("ProgID", "")) or "an object of unknown kind"
    if not program.startswith(_FORMULA):
        state.beside(Noted("embedded-object", program[:60]))
    state.put(OBJECT)
    return None


def imported(state: State, element: Element) -> Visit:
    """Another file that is to be shown here: an altChunk, or a part of a master document."""
    state.beside(Noted("embedded-object", "another document that is shown in place"))
    return None


def note(state: State, element: Element) -> Visit:
    """A reference to a note. Its number is left out of the text, where it would stand
    next to figures."""
    kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
    state.story.notes[kind][integer(element.get(w("id")))] = None
    return None


def skip(state: State, element: Element) -> Visit:
    """What is no text of the page."""
    return None
