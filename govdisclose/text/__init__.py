"""Text that remembers where it came from.

A `Source` is the string that the caller gave. Repairs never change it: they yield `Edit`s, `Text.apply` makes a
new `Text` of them, and any range of that text maps back to the exact range of the source it was made from,
through any chain of repairs.

Guarantees:

1. `text.source.text[span.start:span.end]` is what stands in the source for any `span` made by `text.span`.
2. Applying `text.edits` to the source gives `text.string` (`replay` does just that).
3. `text.shadow` has the length of `text.string`, position for position.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final, NamedTuple

from attrs import field, frozen


class Span(NamedTuple):
    """A half-open range of characters `[start, end)`; in public values always of the source.

    >>> Span(2, 4)
    Span(start=2, end=4)
    """

    start: int
    end: int


class Mark(NamedTuple):
    """Where in a file the characters `[start, end)` of a source stand; what a file has no notion of is None.

    All counts begin at 1. `table` counts the tables of the file, `row` and `column` the cells of that table as printed.

    >>> str(Mark(0, 4, page=3, table=2, row=5))
    'page 3, table 2, row 5'
    """

    start: int
    end: int
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        named = (("page", self.page), ("table", self.table), ("row", self.row), ("column", self.column))
        return ", ".join(f"{name} {number}" for name, number in named if number is not None)


class Notice(NamedTuple):
    """What a reader found wrong with a file: a code of `govdisclose.CODES`, the particulars, and where, if anywhere.

    `detail_zh` has the particulars in Chinese; without it the Chinese message has none.
    """

    code: str
    detail: str = ""
    start: int | None = None
    end: int | None = None
    detail_zh: str = ""


class Link(NamedTuple):
    """A link of a page: the characters `[start, end)` lead to `target`, as the page writes it."""

    start: int
    end: int
    target: str


@frozen
class Source:
    """The string as given, with the name to show for it (a file name, or None).

    One that was read from a file also has `marks` (in order, none over another), which say where in the file its
    characters stood, `notices`, which `parse` makes diagnostics of, and the `links` that lead to files.

    >>> Source("一、概述").text
    '一、概述'
    """

    text: str = field(repr=False)
    name: str | None = None
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    links: tuple[Link, ...] = field(default=(), repr=False)

    def slice(self, span: Span) -> str:
        """The characters of `span`, as they were given."""
        return self.text[span.start : span.end]

    def place(self, span: Span) -> Mark | None:
        """The mark that `span` begins in; None where the source has none there.

        >>> source = Source("收到 | 5", marks=(Mark(0, 2, row=1, column=1), Mark(5, 6, row=1, column=2)))
        >>> str(source.place(Span(5, 6)))
        'row 1, column 2'
        """
        i = bisect_right(self.marks, span.start, key=_start_of_mark) - 1
        return self.marks[i] if i >= 0 and span.start < max(self.marks[i].end, self.marks[i].start + 1) else None


def _start_of_mark(mark: Mark) -> int:
    return mark.start


class Edit(NamedTuple):
    """One change that a repair asks for: the characters `[start, end)` become `new`.

    Offsets are those of the text that the repair was shown; in `Text.edits` they are those of the source.
    An edit that keeps the length maps its characters one to one.
    """

    start: int
    end: int
    new: str
    by: str = ""


class Doubt(NamedTuple):
    """A place that a repair could mend in several ways, and therefore did not."""

    start: int
    end: int
    candidates: tuple[str, ...]
    by: str = ""


# One character to one character, so that offsets hold. Line breaks all become "\n"; the first half of a CRLF
# becomes a space in `shadow_of`.
_SHADOW: Final = {
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(
        "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{OGHAM SPACE MARK}\N{EN QUAD}\N{EM QUAD}\N{EN SPACE}\N{EM SPACE}"
        "\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}\N{FIGURE SPACE}\N{PUNCTUATION SPACE}"
        "\N{THIN SPACE}\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\0",
        " ",
    ),
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"),
    "\N{HALFWIDTH IDEOGRAPHIC FULL STOP}": "\N{IDEOGRAPHIC FULL STOP}",
    "\N{HALFWIDTH IDEOGRAPHIC COMMA}": "\N{IDEOGRAPHIC COMMA}",
    "\N{SMALL IDEOGRAPHIC COMMA}": "\N{IDEOGRAPHIC COMMA}",
    "\N{SMALL COMMA}": ",",
    "\N{SMALL FULL STOP}": ".",
    "\N{SMALL COLON}": ":",
    "\N{SMALL SEMICOLON}": ";",
    "\N{SMALL LEFT PARENTHESIS}": "(",
    "\N{SMALL RIGHT PARENTHESIS}": ")",
    "\N{RATIO}": ":",
    "\N{MINUS SIGN}": "-",
    "\N{BOX DRAWINGS LIGHT VERTICAL}": "|",
    "\N{BOX DRAWINGS HEAVY VERTICAL}": "|",
    "\N{SMALL LEFT TORTOISE SHELL BRACKET}": "\N{LEFT TORTOISE SHELL BRACKET}",
    "\N{SMALL RIGHT TORTOISE SHELL BRACKET}": "\N{RIGHT TORTOISE SHELL BRACKET}",
}
_SHADOWED: Final = re.compile(f"[{re.escape(''.join(_SHADOW))}]")


def shadow_of(string: str) -> str:
    """The string as patterns see it: half-width, plain spaces, one kind of line break. Same length."""
    if "\r" in string:
        string = string.replace("\r\n", " \n").replace("\r", "\n")
    # str.translate looks up every character in a dict; a report has a dozen kinds of these at most
    for character in set(_SHADOWED.findall(string)):
        string = string.replace(character, _SHADOW[character])
    return string


class Text:
    """A string, the source it was made from, and the edits that made it. Immutable by convention."""

    __slots__ = ("_at", "_shift", "edits", "shadow", "source", "string")

    source: Source
    string: str
    shadow: str
    edits: tuple[Edit, ...]

    def __init__(self, source: Source, string: str | None = None, edits: tuple[Edit, ...] = ()) -> None:
        self.source = source
        self.edits = edits
        self.string = source.text if string is None else string
        self.shadow = shadow_of(self.string)
        self._index()

    def _index(self) -> None:
        """Where, in the repaired string, the distance to the source changes.

        `_at[i]` is a position of the repaired string, `_shift[i]` what to add to a position at or after it
        (up to the next) to reach the source. Only edits that change the length have entries; an edit with new
        text has two: its inside clamps to the start of the edit.
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

    def span(self, start: int, end: int) -> Span:
        """The source range that the repaired range `[start, end)` was made from.

        >>> text = Text(Source("a(x)bc")).apply([Edit(1, 4, "")])
        >>> text.string, text.span(1, 3), text.span(0, 1)
        ('abc', Span(start=4, end=6), Span(start=0, end=1))
        """
        if not self._at:
            return Span(start, end)
        first = self._origin(start)[0]
        return Span(first, self._origin(end - 1)[1] if end > start else first)

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
        return Text(self.source, _replace(self.string, edits), tuple(_compose(self, edits) if self.edits else edits))


def _replace(string: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, new, _ in edits:
        if start < done or end < start:
            raise ValueError(
                f"edits overlap or run backwards at {start}: sort them, and let each character be edited once"
            )
        parts += (string[done:start], new)
        done = end
    parts.append(string[done:])
    return "".join(parts)


def replay(source: str, edits: Iterable[Edit]) -> str:
    """Make `edits`, whose offsets are those of `source`, and return the repaired text.

    >>> replay("2018年(nián)度", [Edit(5, 11, "", "pinyin_glosses")])
    '2018年度'
    """
    return _replace(source, edits)


def _compose(text: Text, later: list[Edit]) -> list[Edit]:
    """The edits of `text` followed by `later` (offsets of `text.string`), as edits of the source.

    Where a later edit overlaps what an earlier one wrote, the two become one edit whose `by` names both; but an edit
    that keeps the length is first cut at the other's borders, so that offsets inside it stay exact.
    """
    earlier = list(reversed(text.edits))
    rest = list(reversed(later))
    out: list[Edit] = []
    delta = 0  # what the earlier edits so far added: position in `text.string` minus position in the source
    while rest:
        edit = rest[-1]
        if len(edit.new) == edit.end - edit.start:
            # A fold of the script over hundreds of glosses that went: cut at all of them in one go.
            at, end = edit.start, edit.end
            while earlier and not earlier[-1].new and (low := earlier[-1].start + delta) < end:
                if at < low:
                    out.append(Edit(at - delta, low - delta, edit.new[at - edit.start : low - edit.start], edit.by))
                    at = low
                done = earlier.pop()
                out.append(done)
                delta -= done.end - done.start
            edit = rest[-1] = Edit(at, end, edit.new[at - edit.start :], edit.by)
        if not earlier or (edit.end <= (low := earlier[-1].start + delta) and not edit.start == edit.end == low):
            out.append(Edit(edit.start - delta, edit.end - delta, edit.new, edit.by))
            rest.pop()
            continue
        done = earlier[-1]
        high = low + len(done.new)
        if high <= edit.start and not low == high == edit.start == edit.end:
            out.append(earlier.pop())
            delta += len(done.new) - (done.end - done.start)
            continue
        if (
            len(edit.new) == edit.end - edit.start
            and (cut := low if edit.start < low else high) < edit.end
            and cut > edit.start
        ):
            rest[-1:] = _cut(edit, cut)
            continue
        if (
            len(done.new) == done.end - done.start
            and (cut := edit.start if low < edit.start else edit.end) < high
            and cut > low
        ):
            earlier[-1:] = _cut(done, cut - delta)
            continue
        group: list[Edit] = []
        names, first = [done.by], min(low, edit.start)
        start, last = first - delta, first
        while True:
            if rest and (not group or rest[-1].start < last):
                edit = rest.pop()
                group.append(Edit(edit.start - first, edit.end - first, edit.new))
                names.append(edit.by)
                last = max(last, edit.end)
            elif earlier and ((len(group) == 1 and done is earlier[-1]) or earlier[-1].start + delta < last):
                done = earlier.pop()
                last = max(last, done.start + delta + len(done.new))
                delta += len(done.new) - (done.end - done.start)
                names.insert(0, done.by)
            else:
                break
        by = "+".join(dict.fromkeys("+".join(names).split("+")))
        out.append(Edit(start, last - delta, _replace(text.string[first:last], group), by))
    return out + earlier[::-1]


def _cut(edit: Edit, at: int) -> tuple[Edit, Edit]:
    """An edit that keeps the length, as two: what lies after `at` first, for lists that are read from their end."""
    head = at - edit.start
    return Edit(at, edit.end, edit.new[head:], edit.by), Edit(edit.start, at, edit.new[:head], edit.by)
