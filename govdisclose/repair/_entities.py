"""HTML entities that were left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple

from govdisclose.repair._invisible import INVISIBLE
from govdisclose.text import Doubt, Edit

_ENTITY_CLUSTER: Final = re.compile("&[0-9A-Za-z#;&]*+")
_NUMBER: Final = re.compile("#(?:[0-9]{1,8}|[xX][0-9A-Fa-f]{1,8})")
_ENTITY_LENGTH: Final = (
    33  # "CounterClockwiseContourIntegral", the longest name, with room
)


@lru_cache(4096)
def _entity(name: str) -> str | None:
    """What `&name;` stands for, or None if it stands for nothing; "" for a character without
    visible form.

    Refused: names without a semicolon (`&copy` in an address is a parameter), numbers that are no
    character, and fjlig, the one name for several ASCII letters.
    """
    if name.startswith("#"):
        value = unescape(f"&{name};") if _NUMBER.fullmatch(name) else ""
        if value == "\N{REPLACEMENT CHARACTER}":
            return None
    else:
        from html.entities import html5  # 2,231 names, wanted by few texts

        value = html5.get(f"{name};", "")
    if not value or (len(value) > 1 and value.isascii()):
        return None
    return INVISIBLE.sub("", value)


class _Piece(NamedTuple):
    """One character after decoding, and where it was made from; `char` is "" for one that has no
    visible form."""

    char: str
    start: int
    end: int


def html_entities(string: str) -> Iterator[Edit | Doubt]:
    r"""Decode entities that were left in the text, escaped once or several times.

    Each character of a cluster goes on a stack. When a semicolon lands there and completes an
    entity, the entity is taken off and its character is put on by the same rule. So no complete
    entity is ever left on the stack, how deep the escaping may be, and a second run finds nothing.
    The step back is bounded by the longest name, so the time is linear.

    >>> list(html_entities("规章&amp;nbsp;3"))
    [Edit(start=2, end=12, new='\xa0', by='')]
    """
    if "&" not in string:
        return
    for cluster in _ENTITY_CLUSTER.finditer(string):
        if ";" in cluster[0]:
            for char, start, end in _decoded(cluster[0], cluster.start()):
                if end - start != 1 or not char:
                    yield Edit(start, end, char)


def _ampersand(stack: list[_Piece]) -> int | None:
    """Where the entity that the last piece, a semicolon, may close would begin."""
    for i in range(len(stack) - 2, max(-1, len(stack) - 2 * _ENTITY_LENGTH), -1):
        if stack[i].char == "&":
            return i
        if stack[i].char == ";":
            break
    return None


def _decoded(cluster: str, offset: int) -> list[_Piece]:
    stack: list[_Piece] = []
    for at, char in enumerate(cluster, offset):
        stack.append(_Piece(char, at, at + 1))
        while stack and stack[-1].char == ";":
            low = _ampersand(stack)
            value = (
                None
                if low is None
                else _entity("".join([piece.char for piece in stack[low + 1 : -1]]))
            )
            if low is None or value is None:
                break
            start = stack[low].start
            del stack[low:]
            if not value and stack and not stack[-1].char:
                start = (
                    stack.pop().start
                )  # neighbours without form are one piece: the step back stays bounded
            stack.append(_Piece(value, start, at + 1))
    return stack
