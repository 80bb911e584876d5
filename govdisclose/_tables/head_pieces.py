"""Pieces of merged heads, which stand upright beside rows and run into their labels:
本 2.其他法律行政法规禁止公开 is the second letter of 三、本年度办理结果, and a row.

Guarantee: a head that is whole is no piece.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import is_numbered
from govdisclose.form import catalogue

_WORD: Final = re.compile(r"\S+\s*")
_WORDS_MOST: Final = (
    3  # pieces that stand before a label: one of each head, and one cut
)


@cache
def _pieces() -> frozenset[str]:
    """What lines can leave of the heads of several rows that have columns of their own."""
    out: set[str] = set()
    for place, row in catalogue().rows.items():
        if row.group and catalogue().table(place).super_header is not None:
            for name in row.names:
                out |= _parts(half_width(row.enumerator + name))
    return frozenset(out)


def _parts(head: str) -> set[str]:
    size = len(head)
    ends = [(a, b) for a in range(size) for b in range(a + 1, size + 1) if b - a < size]
    return {head[a:b] for a, b in ends}


def is_head_piece(text: str) -> bool:
    """Whether half-width text is a piece of a head, or several.

    >>> is_head_piece("度"), is_head_piece("办 (三)不"), is_head_piece("(三)不予公开"), is_head_piece("3.其他")
    (True, True, False, False)
    """
    return bool(text) and all(word in _pieces() for word in text.split())


def behind_head_pieces(text: str) -> int:
    """Where a label with an enumerator begins behind pieces of heads; 0 if none stand before it.

    >>> behind_head_pieces("办 (三)不 4.保护第三方合法权益"), behind_head_pieces("4.保护第三方合法权益")
    (7, 0)
    """
    at = 0
    for _ in range(_WORDS_MOST):
        word = _WORD.match(text, at)
        if word is None or word.group().rstrip() not in _pieces():
            return 0
        at = word.end()
        label = text[at:]
        if is_numbered(label) and label.split()[0] not in _pieces():
            return at
    return 0
