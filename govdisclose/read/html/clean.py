"""Text as a browser shows it on one line."""

from __future__ import annotations

import html
import re
from typing import Final

WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d"
# A line break in the source of a page, between characters of which neither needs a blank: CSS Text 3, 4.1.3.
_BREAK: Final = re.compile(
    f"(?<=[{WIDE}])[ \t\r\f\N{NO-BREAK SPACE}]*\n\\s*(?=[{WIDE}])"
)
_ENTITY: Final = re.compile(
    "&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});"
)


def clean(text: str) -> str:
    """Text as a browser shows it on one line; entities that were escaped twice are resolved."""
    text = text.strip()
    if "\n" in text:
        text = _BREAK.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    words = text.split()
    return text if len(words) == 1 else " ".join(words)
