"""Names of bodies: which strings are one, and to which body an office belongs.

Guarantees:

1. A name is a range of the page; nothing is added to it.
2. What only means something to those who work there (我局, 市水利局) is no name.
"""

from __future__ import annotations

import re
from typing import Final

from govdisclose._metadata.page import WORDS, Found, Page, name_at

_MARKS: Final = " \t\n#*_"  # blanks, and Markdown
_NAME_LEAST: Final = 3  # characters of a name of a body
_BARE_BUREAU: Final = re.compile(r"..局")  # 公安局: of what place?


def body_of(page: Page, name: Found) -> Found | None:
    """The body that an inner office belongs to, or the name itself; None for what is no body."""
    value = name.value
    if m := WORDS["openness"].search(value):
        value = value[: m.start()]
    value = _without_office(value)
    if m := WORDS["itself"].search(value):
        value = value[: m.start()]
    if not _is_body(value):
        return None
    return name if value == name.value else part(page, name, len(value))


def _without_office(value: str) -> str:
    """甲市财政局 of 甲市财政局办公室."""
    office = WORDS["town_office"].match(value)
    if not office and not WORDS["office_is_body"].search(value):
        office = WORDS["office"].match(value)
    return office[office.lastgroup or 0] if office else value


def _is_body(value: str) -> bool:
    if len(value) < _NAME_LEAST or _BARE_BUREAU.fullmatch(value):
        return False
    if WORDS["relative"].match(value) or WORDS["not_a_name"].search(value):
        return False
    return bool(WORDS["organ"].search(value) or WORDS["town"].search(value))


def part(page: Page, name: Found, size: int) -> Found:
    """The first `size` characters of a name, blanks not counted."""
    at, left = name.start, size
    while at < name.end and left:
        left -= not page.string[at].isspace()
        at += 1
    return Found(name.value[:size], name.start, at)


def within(short: str, full: str) -> bool:
    """Whether the characters of `short` occur in `full` in this order.

    >>> within("甲市经信委", "甲市经济和信息化委员会"), within("甲市水利局", "甲市粮食局")
    (True, False)
    """
    rest = iter(full)
    return all(c in rest for c in short)


def without_marks(page: Page, start: int, end: int) -> tuple[int, int]:
    """A range without blanks and marks of Markdown around it."""
    said = page.shadow[start:end]
    low = len(said) - len(said.lstrip(_MARKS))
    return start + low, max(start + low, start + len(said.rstrip(_MARKS)))


def alone(page: Page, start: int, end: int) -> Found | None:
    """The name of a body that has the range for itself, but for blanks and a note such as （盖章）."""
    start, end = without_marks(page, start, end)
    if (cut := page.shadow.find("(", start, end)) > start and page.shadow[
        end - 1
    ] == ")":
        end = cut
    name = name_at(page, start, end)
    if not WORDS["only_name"].fullmatch(name.value) or not WORDS["organ"].search(
        name.value
    ):
        return None
    if WORDS["not_a_name"].search(name.value) or "公开" in name.value:
        return None
    return name
