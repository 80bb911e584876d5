"""Lists of a page: what a browser writes before each point."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govdisclose.read.html.block import List
from govdisclose.read.html.elements import count_of
from govdisclose.read.list_number import spell

if TYPE_CHECKING:
    from lxml.etree import _Element

_LIST_STYLE: Final = re.compile(
    r"list-style(?:-type)?\s{0,9}:\s{0,9}([a-z-]{1,40})", re.IGNORECASE
)
_LIST_TYPES: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}


def list_of(element: _Element) -> List:
    """How the points of a list are numbered, and where it begins."""
    style = _LIST_STYLE.search(element.get("style") or "")
    if element.tag == "ul":
        return List(
            style[1].lower()
            if style and style[1].lower() not in ("disc", "circle", "square")
            else "none",
            1,
        )
    kind = (
        style[1].lower()
        if style
        else _LIST_TYPES.get(element.get("type") or "1", "decimal")
    )
    return List(kind, count_of(element.get("start"), 9999))


# Each style of list as the format of Word that prints the same, with the mark that a browser sets behind it and the
# greatest number that both print alike. CSS Counter Styles Level 3, 6 and 7. All others are decimals.
_SPELLED: Final = {
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"),
        ("chineseCounting", "、", 99),
    ),
    "cjk-decimal": ("ideographDigital", "、", 9999),
    **{
        f"{case}-{word}": (f"{case}Letter", ".", 26)
        for case in ("lower", "upper")
        for word in ("alpha", "latin")
    },
    **{f"{case}-roman": (f"{case}Roman", ".", 3999) for case in ("lower", "upper")},
}
_DECIMAL: Final = ("decimal", ".", 9999)


def next_number(lists: list[List], element: _Element) -> str:
    """What a browser writes before the next point of the innermost list."""
    if not lists or lists[-1].style == "none":
        return ""
    if value := element.get("value"):
        lists[-1].next = count_of(value, 9999)
    number = lists[-1].next
    lists[-1].next += 1
    kind, mark, most = _SPELLED.get(lists[-1].style, _DECIMAL)
    return spell(number, kind) + mark if number <= most else f"{number}."
