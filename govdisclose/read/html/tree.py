"""The tree of a page, with what a person sees of it: hidden text gone, notes apart,
values of a form as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govdisclose.errors import SourceError
from govdisclose.read.html.ink import is_white_on_white
from govdisclose.read.html.told import strip
from govdisclose.read.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

_INVISIBLE: Final = dict.fromkeys((0, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
_ANY_INVISIBLE: Final = re.compile("[\0\u00ad\u200b-\u200f\u2060\ufeff]")
_LOST: Final = "\N{REPLACEMENT CHARACTER}"


def without_invisible(text: str) -> str:
    """The text of a page without characters that take no room."""
    return text.translate(_INVISIBLE) if _ANY_INVISIBLE.search(text) else text


def tree(text: str) -> _Element | None:
    """The tree of a page; None where there is nothing in it."""
    from lxml import etree  # a tree that a browser made needs none of it

    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        recover=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:  # "Document is empty"
        return None
    if root is None:  # a document type, and nothing behind it
        return None
    last = parser.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        raise SourceError(
            "its elements nest too deep (limit: depth)"
        )  # libxml2 leaves out the rest
    return as_seen(root, text)


def as_seen(root: _Element, text: str) -> _Element:
    """The tree of that text, changed to what a person sees of the page."""
    _style(root)
    _fill_in(root)
    if text.count("<") <= _STRIPPED_MOST:
        strip(root, _INLINE)
    _stand_in(root)
    return root


# Not on pages of a size that none has: the time it takes grows with the square of those beside each other.
_STRIPPED_MOST: Final = 200_000
# Elements that only say how text looks. They are most of a page that Word wrote, and gone before the walk.
_INLINE: Final = [
    "span",
    "font",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "o:p",
    "small",
    "big",
    "sub",
    "sup",
    "ins",
    "label",
    "abbr",
    "nobr",
]


# --- what a tree would cost

_COMMENT: Final = re.compile("<!--.*?-->", re.DOTALL)
_LARGE: Final = 1 << 20
_QUOTED: Final = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_TAG: Final = re.compile(r"<[A-Za-z](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_MOST_OF_ONE: Final = (
    300  # attributes of one tag: to find doubles, libxml2 holds each against all
)


def bounded(text: str, limits: Limits) -> str:
    """The text of a page, without comments if it is large. Raises `SourceError` where
    it has too many tags."""
    if len(text) > _LARGE and "<!--" in text:
        text = _COMMENT.sub("", text)
    found = text.count("<")
    if found > limits.elements:
        raise SourceError(
            f"the page has more than {limits.elements:,} tags (limit: elements)"
        )
    for tag in _TAG.finditer(text):
        attributes = len(_QUOTED.sub("= ", tag.group()).replace("=", "= ").split())
        found += attributes
        if attributes > _MOST_OF_ONE or found > limits.elements:
            raise SourceError(
                f"the page has more than {limits.elements:,} attributes, or one tag has hundreds (limit: elements)"
            )
    return text


# --- what is seen

_GAP: Final = r"\s{0,9}:\s{0,9}"
_HIDDEN: Final = re.compile(
    rf"line-through|display{_GAP}none|visibility{_GAP}hidden|mso-hide{_GAP}all"
    rf"|opacity{_GAP}0?(?:\.0{{1,9}})?(?=\s*(?:;|!|$))"
    rf"|font-size{_GAP}0(?:\.0{{1,9}})?(?:px|pt|em|rem|%)?(?=\s*(?:;|!|$))"
    rf"|(?<![-\w])color{_GAP}transparent",
    re.IGNORECASE,
)
_NOT_DRAWN: Final = re.compile(rf"display{_GAP}none", re.IGNORECASE)
_CELLS: Final = frozenset(("td", "th"))
_RAISED: Final = re.compile(
    rf"vertical-align{_GAP}(?:super|sub|top|text-top|-?[1-9])|position{_GAP}relative[^:]*;\s*top{_GAP}-",
    re.IGNORECASE,
)
_MARKS: Final = frozenset(["sup", "sub"])
_MAY_BE: Final = frozenset(
    ["span", "font", "b", "strong", "i", "em", "u", "small", "a"]
)
_NOTE_MOST: Final = 3  # digits


def _style(root: _Element) -> None:
    """Empty what a browser would hide; put digits that stand higher or lower in
    brackets: they are notes."""
    for element in _styled(root):
        style = element.get("style") or ""
        hidden = element.get("hidden") is not None or (style and _HIDDEN.search(style))
        if hidden or is_white_on_white(element):
            _hide(element, style)
        elif element.tag in _MAY_BE and style and _RAISED.search(style):
            _note(element)
    for element in root.iter(*_MARKS):
        _note(element)


def _styled(root: _Element) -> list[_Element]:
    """The elements that say how they look."""
    return [
        element
        for element in root.iter()
        if element.keys()
        and (
            element.get("style") is not None
            or element.get("hidden") is not None
            or (element.tag == "font" and element.get("color") is not None)
        )
    ]


def _hide(element: _Element, style: str) -> None:
    """Empty what is not seen. A cell keeps its place in the row, unless it is not drawn at all."""
    if (
        element.tag in _CELLS
        and element.get("hidden") is None
        and not _NOT_DRAWN.search(style)
    ):
        for inner in list(element):
            element.remove(inner)
        element.text = None
        return
    element.clear(keep_tail=True)
    element.tag = "template"


def _note(element: _Element) -> None:
    text = "".join(element.itertext()).strip()
    if text.isdigit() and len(text) <= _NOTE_MOST:
        element.clear(keep_tail=True)
        element.text = f"[{text}]"


# --- what is no text of the page and is seen

_FIELDS: Final = ("input", "select", "textarea")
_TYPED: Final = frozenset(["text", "number", "tel", "email", "date", ""])
_CHECKED: Final = {True: "\N{BALLOT BOX WITH CHECK}", False: "\N{BALLOT BOX}"}


def _fill_in(root: _Element) -> None:
    """Make text of the values of a form in a table: what somebody typed, chose or ticked."""
    cells = root.iter("td", "th")
    for element in {e: None for cell in cells for e in cell.iter(*_FIELDS)}:
        shown = _value(element)
        element.clear(keep_tail=True)
        element.tag = "span"
        element.text = shown


def _value(element: _Element) -> str:
    if element.tag == "textarea":
        return element.text or ""
    if element.tag == "select":
        options = element.findall(".//option")
        chosen = [option for option in options if option.get("selected") is not None]
        return "".join((chosen or options)[0].itertext()) if options else ""
    kind = (element.get("type") or "").lower()
    if kind in ("checkbox", "radio"):
        return _CHECKED[element.get("checked") is not None]
    return element.get("value") or "" if kind in _TYPED else ""


def _stand_in(root: _Element) -> None:
    """A picture beside a digit stands for one, or for a point: the figure is not what
    the digits say."""
    for image in root.iter("img"):
        tail = image.tail or ""
        if _before(image)[-1:].isdigit() or tail.lstrip()[:1].isdigit():
            image.tail = _LOST + tail


def _before(element: _Element) -> str:
    """The text right before an element."""
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        return (before.tail or "").rstrip()
    if parent is None:
        return ""
    return (parent.text or "").rstrip() or (
        _before(parent) if parent.tag == "a" else ""
    )
