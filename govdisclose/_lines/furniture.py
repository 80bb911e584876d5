"""Lines that a website sets around a report, by what they begin or end with. The words
are in `furniture.toml`."""

from __future__ import annotations

import re
from typing import Final

from govdisclose._lexicon.vocabulary import vocabulary

WORDS: Final = vocabulary("govdisclose._lines", ("furniture.toml",))
_SHAPE: Final = re.compile(
    "|".join(f"(?P<{kind}>{WORDS.source(kind)})" for kind in WORDS.entries), re.VERBOSE
)
# One look in a set spares most lines the patterns. Only crumbs and the number of a licence may follow anything.
_STARTS: Final = frozenset(
    text[0] for entry in WORDS.entries.values() for text in entry["is"]
)
_CRUMBS: Final = ">»"
_LICENCE: Final = "ICP"
_MOST: Final = 160  # characters of a line of furniture
_SENTENCE_ENDS: Final = "。;"
# Files to download, which a line may end in.
ATTACHMENTS: Final = (
    ".pdf",
    ".doc",
    ".docx",
    ".xls",
    ".xlsx",
    ".wps",
    ".et",
    ".ofd",
    ".zip",
    ".rar",
    ".PDF",
    ".DOC",
)


def furniture_kind(shadow: str, start: int, end: int) -> str | None:
    """The kind of furniture that the line `[start, end)` is; None if it is none.

    >>> furniture_kind("字体:大 中 小", 0, 8), furniture_kind("年报.pdf", 0, 6), furniture_kind("全年3件。", 0, 5)
    ('toolbar', 'attachment', None)
    """
    if end - start > _MOST:
        return None
    last = shadow[end - 1]
    if last not in _SENTENCE_ENDS and _may_be_furniture(shadow, start, end):
        m = _SHAPE.match(shadow, start, end)
        if m:
            return m.lastgroup
    return (
        "attachment"
        if last.isascii() and shadow.endswith(ATTACHMENTS, start, end)
        else None
    )


def _may_be_furniture(shadow: str, start: int, end: int) -> bool:
    if shadow[start] in _STARTS or shadow.startswith(_LICENCE, start + 1):
        return True
    return any(shadow.find(mark, start, end) >= 0 for mark in _CRUMBS)
