"""Shows the place in the source that a value came from; and how text is laid out on a terminal.

Columns of a terminal are not characters: a Chinese character takes two, a combining mark none. All that is drawn here
and by the command line is measured by `display_width`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from typing import Final, Protocol

from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import Finding, Operand
from govdisclose.report import (
    Attachment,
    Cell,
    Citation,
    Evidence,
    Furniture,
    Paragraph,
    Quantity,
    Repair,
    Section,
    Table,
)
from govdisclose.text import Source, Span

WINDOW: Final = 76
"""Columns of the source line that are shown at most; of a longer line, those around the place."""


class Node(Protocol):
    """A value with a place: any value of a report that has `span` and `source`."""

    @property
    def span(self) -> Span | None:
        """Where it stands, in characters of the source."""

    @property
    def source(self) -> Source | None:
        """The text that it was read from."""


# --- width ------------------------------------------------------------------------------------------------------------

# What would move the cursor, change the direction of writing, or cannot be written at all, each as one visible
# character, so that offsets hold. Page text is anybody's: it must not be able to steer a terminal.
_VISIBLE: Final = {
    **{c: 0x2400 + c for c in range(0x20)},  # control pictures: NUL is ␀
    ord("\t"): " ",
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((0x2028, 0x2029), "\N{SYMBOL FOR NEWLINE}"),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}  # fmt: skip


def visible(text: str) -> str:
    r"""`text` as it can be shown on one line of a terminal: as long, with control characters made visible.

    >>> visible("a\tb\x00\x1b[31m")
    'a b␀␛[31m'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def display_width(text: str) -> int:
    """How many columns `text` takes: Wide and Fullwidth characters two, combining and zero-width ones none.

    Characters of ambiguous width (“ — ①) count as one, as terminals do by default (Unicode Annex 11).

    >>> display_width("年报 2018")
    9
    """
    return len(text) if text.isascii() else sum(map(_columns, text))


def pad(text: str, columns: int) -> str:
    """`text` with blanks behind it up to `columns` columns; longer text stays as it is.

    >>> pad("年报", 6) + "|"
    '年报  |'
    """
    return text + " " * (columns - display_width(text))


def cut(text: str, columns: int) -> str:
    """`text` on one line, visible, and cut to `columns` columns with … at the end.

    >>> cut("政府信息公开年度报告", 9)
    '政府信息…'
    """
    line = visible(" ".join(text[: 4 * columns].split()))
    if display_width(line) <= columns and len(text) <= 4 * columns:
        return line
    return line[: _fitting(line, columns - 1)] + "…"


_CLOSING: Final = frozenset("，。；：、）》”")
_WORD: Final = "".join(map(chr, range(0x21, 0x7F)))  # what is not cut, where it is not too long


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns` columns: cut between words, and anywhere between Chinese characters.

    >>> wrap("政府信息公开年度报告 and so on", 12)
    ['政府信息公开', '年度报告 and', 'so on']
    """
    lines = []
    rest = " ".join(visible(text).split())
    while (fits := _fitting(rest[: columns + 1], columns)) < len(rest):
        at = max(fits, 1)
        word = len(rest[:at].rstrip(_WORD)) if rest[at] in _WORD else at
        if at // 2 < word < at:
            at = word
        elif at > 1 and rest[at] in _CLOSING:  # no line begins with one
            at -= 1
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*lines, rest]


def _fitting(text: str, columns: int) -> int:
    """How many characters of `text` fit into `columns`."""
    used = 0
    for i, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return i
    return len(text)


# --- lines ------------------------------------------------------------------------------------------------------------

_BREAK: Final = re.compile(r"\r\n|\n|\r")  # what editors count as lines, so that line numbers agree with them


class Lines:
    r"""The lines of a text, for finding the line and the column of a place; counted from 1, columns in characters.

    >>> Lines("ab\ncd").place(4)
    (2, 2)
    """

    __slots__ = ("_ends", "_starts", "text")

    def __init__(self, text: str) -> None:
        breaks = [m.span() for m in _BREAK.finditer(text)]
        self.text = text
        self._starts = [0, *(end for _, end in breaks)]
        self._ends = [*(start for start, _ in breaks), len(text)]

    def __len__(self) -> int:
        return len(self._starts)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def bounds(self, line: int) -> tuple[int, int]:
        """Where `line` starts and ends, its break left out."""
        return self._starts[line - 1], self._ends[line - 1]


# --- explain ----------------------------------------------------------------------------------------------------------


def pointed(lines: Lines, span: Span, columns: int = WINDOW) -> tuple[str, str]:
    r"""The line that `span` begins in, with its number, and below it the carets under `span`.

    Of the line, at most `columns` columns around the place are shown.

    >>> print("\n".join(pointed(Lines("收到申请数5件"), Span(5, 6))))
    1 | 收到申请数5件
      |           ^
    """
    number = lines.place(span.start)[0]
    shown = _Shown(lines.text, *lines.bounds(number), span, columns)
    return f"{number} | {shown.line}".rstrip(), f"{' ' * len(str(number))} | {shown.carets}"


def explain(node: Node, *, around: int = 0) -> str:
    r"""The place that `node` was read from, drawn: where it is, the source line, the place underlined, and what it is.

    `node` is any value of a report that has a span: a cell, a section, a quantity, a citation, a diagnostic, a
    paragraph, the evidence of a metadata field, a repair, a table. `around` is how many lines to show before and after.
    Of a text that was read from a file, the first line also says where in the file the place is, as far as it is known.

    Raises ValueError where the value has no place, or where it does not know its text (a report that came out of
    `Report.from_dict` does only if it was given the text).

    >>> cell = Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(13, 14),
    ...             source=Source("依申请公开情况\n收到申请数5件", "年报.txt"))
    >>> print(explain(cell))
    年报.txt:2:6
    2 | 收到申请数5件
      |           ^
    requests.received@value = 5 件 (number)
    """
    span, source, around = node.span, node.source, max(0, around)
    if span is None:
        raise ValueError(f"{_what(node)}: this has no place in the text; it is about what is not there")
    if source is None:
        raise ValueError(
            "this value does not know its text: give it to Report.from_dict(data, source=text) or "
            "Report.from_json(written, source=text)"
        )
    text = source.text
    if not 0 <= span.start <= span.end <= len(text):
        raise ValueError(f"{span} is not inside its source of {len(text)} characters")
    lines = Lines(text)
    first, column = lines.place(span.start)
    last = lines.place(max(span.start, span.end - 1))[0]
    gutter = len(str(min(len(lines), first + around)))
    place = source.place(span)
    drawn = [f"{visible(source.name or '<text>')}:{first}:{column}{f' ({place})' if place else ''}"]
    for number in range(max(1, first - around), min(len(lines), first + around) + 1):
        start, end = lines.bounds(number)
        shown = _Shown(text, start, end, span if number == first else Span(start, start))
        drawn.append(f"{number:>{gutter}} | {shown.line}".rstrip())
        if number == first:
            more = f" … and {last - first} more line{'s' if last > first + 1 else ''}" if last > first else ""
            drawn.append(f"{' ' * gutter} | {shown.carets}{more}")
    drawn.append(_what(node))
    return "\n".join(drawn)


class _Shown:
    """What is shown of a line, and the carets under the part of `span` that lies in it."""

    __slots__ = ("carets", "line")

    def __init__(self, text: str, start: int, end: int, span: Span, window: int = WINDOW) -> None:
        at = min(span.start, end)  # a place in the break of a line shows at its end
        # Only the neighbourhood is looked at, however long the line: zero-width characters aside, what is further away
        # than window characters cannot be shown.
        low, high = max(start, at - window), min(end, max(at, min(span.end, at + window)) + window)
        before, place, after = (
            visible(text[a:b]) for a, b in ((low, at), (at, min(span.end, high)), (min(max(span.end, at), high), high))
        )
        whole = before + place + after
        if low == start and high == end and display_width(whole) <= window:
            self.line, indent, under = whole, display_width(before), display_width(place)
        else:
            place_cut = _fitting(place, window - 2)
            tail_open = place_cut < len(place)
            place = place[:place_cut]
            under = display_width(place)
            room = window - 2 - under
            # What the line before the place leaves free goes to the line after it, and the other way round.
            wide_before, wide_after = display_width(before), display_width(after)
            left = min(wide_before, max(room // 2, room - wide_after))
            right = 0 if tail_open else min(wide_after, room - left)
            kept_before = before[len(before) - _fitting(before[::-1], left) :]
            kept_after = after[: _fitting(after, right)]
            head = "…" if low > start or len(kept_before) < len(before) else ""
            tail = "…" if tail_open or high < end or len(kept_after) < len(after) else ""
            self.line = head + kept_before + place + kept_after + tail
            indent = display_width(head + kept_before)
        self.carets = " " * indent + "^" * max(1, under)


def _number(value: object) -> str:
    return f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _what(node: object) -> str:
    """One line that says what a value is."""
    match node:
        case Cell():
            key = f"{node.row}@{node.column}" if node.row and node.column else node.row or node.column
            figure = "" if node.value is None else f" = {_number(node.value)}{f' {node.unit}' if node.unit else ''}"
            notes = [node.reading, *["inferred"] * node.inferred, *["unit inferred"] * node.unit_inferred]
            said = f"{key or cut(node.label, 40) or 'cell'}{figure} ({', '.join([*notes, *node.diagnostics])})"
        case Section():
            said = f"section {node.marker} {node.title or '(no title)'} [{node.kind}], level {node.level}"
        case Table():
            said = f"table {node.form or 'of no known form'}{f' {node.table}' if node.table else ''}, {len(node.cells)} cells"
        case Quantity():
            about = "about " if node.approximate else ""
            said = f"quantity {about}{_number(node.value)}{f' {node.unit}' if node.unit else ''}"
            said += f" ({node.indicator})" if node.indicator else ""
        case Citation():
            said = f"citation {' '.join(filter(None, (node.symbol, node.title and f'《{node.title}》')))}"
        case Attachment():
            said = f"attachment {node.name}{f' ({node.target})' if node.target else ''}"
        case Evidence():
            said = f"metadata.{node.field}"
        case Diagnostic():
            said = f"{node.severity} {node.code}: {node.message}"
        case Operand():
            about = "about " if node.approximate else ""
            said = f"{node.name} = {about}{_number(node.value)}" if node.value is not None else node.name
            said += f" ({node.reading})"
        case Finding():
            said = str(node)
        case Repair():
            said = f"repair {node.by}: {_quoted(node.old)} became {_quoted(node.new)}"
        case Furniture():
            said = f"furniture: {node.kind}"
        case Paragraph():
            said = f"paragraph of {len(node.text)} characters"
        case _:
            said = type(node).__name__.lower()
    return cut(said, 4 * WINDOW)


def _quoted(text: str) -> str:
    return f"“{cut(text, 30)}”" if text else "nothing"
