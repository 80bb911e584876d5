"""Text that remembers where it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from govdisclose.text._compose import compose
from govdisclose.text._edit import Edit, replaced
from govdisclose.text._shadow import shadow_of
from govdisclose.text._source import Source, Span

_new: Final = tuple.__new__  # half the cost of Span(...): a report has hundreds


class Text:
    """A string, the source it was made from, and the edits that made it. Immutable by
    convention."""

    __slots__ = ("_at", "_shift", "edits", "shadow", "source", "string")

    source: Source
    string: str
    shadow: str
    edits: tuple[Edit, ...]

    def __init__(
        self, source: Source, string: str | None = None, edits: tuple[Edit, ...] = ()
    ) -> None:
        self.source = source
        self.edits = edits
        self.string = source.text if string is None else string
        self.shadow = shadow_of(self.string)
        self._index()

    def _index(self) -> None:
        """Where, in the repaired string, the distance to the source changes.

        `_at[i]` is a position of the repaired string, `_shift[i]` what to add to a position at or
        after it (up to the next) to reach the source. Only edits that change the length have
        entries; an edit with new text has two: its inside clamps to the start of the edit.
        """
        at: list[int] = []
        shift: list[tuple[int, bool]] = []
        delta = 0  # repaired minus source
        for start, end, new, _ in self.edits:
            size = len(new)
            if size == end - start:
                continue
            here = start + delta
            if size:
                at.append(here)
                shift.append((start, False))
            delta += size - (end - start)
            at.append(here + size)
            shift.append((end - (here + size), True))
        self._at = at
        self._shift = shift

    def in_place(self) -> str:
        """The shadow of the source, with those edits that move nothing: what finished
        values, which only know their place in the source, can be held against.

        >>> Text(Source("a(x)b")).apply([Edit(0, 1, "c"), Edit(1, 4, "")]).in_place()
        'c(x)b'
        """
        parts: list[str] = []
        done = 0
        for start, end, new, _ in self.edits:
            if len(new) == end - start:
                parts += self.source.text[done:start], new
                done = end
        return shadow_of("".join(parts) + self.source.text[done:])

    def span(self, start: int, end: int) -> Span:
        """The source range that the repaired range `[start, end)` was made from.

        >>> text = Text(Source("a(x)bc")).apply([Edit(1, 4, "")])
        >>> text.string, text.span(1, 3), text.span(0, 1)
        ('abc', Span(start=4, end=6), Span(start=0, end=1))
        """
        if not self._at:
            return _new(Span, (start, end))
        first = self._origin(start)[0]
        last = self._origin(end - 1)[1] if end > start else first
        return _new(Span, (first, last))

    def _origin(self, position: int) -> tuple[int, int]:
        """The source range of the one repaired character at `position`."""
        i = bisect_right(self._at, position) - 1
        if i < 0:
            return position, position + 1
        value, plain = self._shift[i]
        if plain:
            return position + value, position + value + 1
        # inside an edit that changed the length: its whole source range
        after, _ = self._shift[i + 1]
        return value, after + self._at[i + 1]

    def raw(self, start: int, end: int) -> str:
        """What stands in the source for the repaired range `[start, end)`."""
        span = self.span(start, end)
        return self.source.text[span.start : span.end]

    def apply(self, edits: Iterable[Edit], by: str = "") -> Text:
        """A new text with `edits` made; they must be in order and must not overlap.

        >>> Text(Source("網(wǎng)站")).apply([Edit(1, 7, "")]).string
        '網站'
        """
        edits = [Edit(s, e, new, by or name) for s, e, new, name in edits]
        if not edits:
            return self
        done = compose(self.string, self.edits, edits) if self.edits else edits
        return Text(self.source, replaced(self.string, edits), tuple(done))
