"""Text that remembers where it came from.

A `Source` is the string that the caller gave. Repairs never change it: they yield `Edit`s,
`Text.apply` makes a new `Text` of them, and any range of that text maps back to the exact range of
the source it was made from, through any chain of repairs.

Guarantees:

1. `text.source.text[span.start:span.end]` is what stands in the source for any `span` made by
   `text.span`.
2. Applying `text.edits` to the source gives `text.string` (`replay` does just that).
3. `text.shadow` has the length of `text.string`, position for position.
"""

from __future__ import annotations

from govdisclose.text._edit import Doubt, Edit, replay
from govdisclose.text._shadow import shadow_of
from govdisclose.text._source import Link, Mark, Notice, Source, Span
from govdisclose.text._text import Text

__all__ = [
    "Doubt",
    "Edit",
    "Link",
    "Mark",
    "Notice",
    "Source",
    "Span",
    "Text",
    "replay",
    "shadow_of",
]
