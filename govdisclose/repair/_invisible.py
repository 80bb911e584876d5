"""Characters without visible form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govdisclose.text import Doubt, Edit

_INVISIBLES: Final = (
    "["
    "\N{SOFT HYPHEN}"
    "\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\N{INVISIBLE PLUS}"
    "\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
    "\ue000-\uf8ff"  # private use: glyphs of a font that did not come along
    "\N{ZERO WIDTH NO-BREAK SPACE}"
    "]"
)
# One, then more: a search for "one or more" does not use the fast scan for a class.
INVISIBLE: Final = re.compile(f"{_INVISIBLES}{_INVISIBLES}*+")
# What stands behind the override is shown from right to left, up to the mark that ends it: a reader sees 146 for 641.
_OVERRIDE: Final = "\N{RIGHT-TO-LEFT OVERRIDE}"
_OVERRIDDEN: Final = re.compile(
    f"{_OVERRIDE}(?P<shown>[^\n{_INVISIBLES[1:-1]}]{{0,200}})\N{POP DIRECTIONAL FORMATTING}?"
)


def invisible_characters(string: str) -> Iterator[Edit | Doubt]:
    r"""Delete what has no visible form: zero-width and direction marks, soft hyphens, BOMs,
    private-use glyphs. What a mark shows from right to left is written as it is seen.

    NUL and lone surrogates stay: they are damage that a reader of the text should see.

    >>> list(invisible_characters("公\u200b开"))
    [Edit(start=1, end=2, new='', by='')]
    """
    done = 0
    if _OVERRIDE in string:
        for found in _OVERRIDDEN.finditer(string):
            yield from _deleted(string, done, found.start())
            yield Edit(found.start(), found.end(), found["shown"][::-1])
            done = found.end()
    yield from _deleted(string, done, len(string))


def _deleted(string: str, start: int, end: int) -> Iterator[Edit]:
    for found in INVISIBLE.finditer(string, start, end):
        yield Edit(found.start(), found.end(), "")
