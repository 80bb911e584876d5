"""Shows the place in the source that a value came from; and how text is laid out on a terminal.

Columns of a terminal are not characters: a Chinese character takes two, a combining mark none. All
that is drawn here and by the command line is measured by `display_width`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import Finding, Operand
from govdisclose.report import (
    Attachment,
    Cell,
    Citation,
    Evidence,
    Figure,
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


# --- width ----------------------------------------------------------------------------------------

_DIRECTIONS: Final = (
    0x061C,
    0x200E,
    0x200F,
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
)
# What would move the cursor, change the direction of writing, or cannot be written at all, each as
# one visible character, so that offsets hold. Page text is anybody's: it must not be able to steer
# a terminal.
_VISIBLE: Final = {
    **{c: 0x2400 + c for c in range(0x20)},  # control pictures: NUL is ␀
    ord("\t"): " ",
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys((0x2028, 0x2029), "\N{SYMBOL FOR NEWLINE}"),
    **dict.fromkeys(_DIRECTIONS, "\N{REPLACEMENT CHARACTER}"),
    **dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"),
}


def visible(text: str) -> str:
    r"""`text` as it can be shown on one line of a terminal: as long, with control characters made
    visible.

    >>> visible("a\tb\x00\x1b[31m")
    'a b␀␛[31m'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_VISIBLE)


def _columns(character: str) -> int:
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 0 if unicodedata.category(character) in ("Mn", "Me", "Cf") else 1


def display_width(text: str) -> int:
    """How many columns `text` takes: Wide and Fullwidth characters two, combining and zero-width
    ones none.

    Characters of ambiguous width (“ — ①) count as one, as terminals do by default (Unicode Annex
    11).

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
_WORD: Final = "".join(
    map(chr, range(0x21, 0x7F))
)  # what is not cut, where it is not too long


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns` columns: cut between words, and anywhere between Chinese
    characters.

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


# --- lines ----------------------------------------------------------------------------------------

_BREAK: Final = re.compile(
    r"\r\n|\n|\r"
)  # what editors count as lines, so that line numbers agree with them


class Lines:
    r"""The lines of a text, for finding the line and the column of a place; counted from 1, columns
    in characters.

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


# --- explain --------------------------------------------------------------------------------------


def pointed(lines: Lines, span: Span, columns: int = WINDOW) -> tuple[str, str]:
    r"""The line that `span` begins in, with its number, and below it the carets under `span`.

    Of the line, at most `columns` columns around the place are shown.

    >>> print("\n".join(pointed(Lines("收到申请数5件"), Span(5, 6))))
    1 | 收到申请数5件
      |           ^
    """
    number = lines.place(span.start)[0]
    line, carets = _shown(lines.text, lines.bounds(number), span, columns)
    return f"{number} | {line}".rstrip(), f"{' ' * len(str(number))} | {carets}"


def explain(node: Node, *, around: int = 0) -> str:
    r"""The place that `node` was read from, drawn: where it is, the source line, the place
    underlined, and what it is.

    `node` is any value of a report that has a span: a cell, a section, a quantity, a citation, a
    diagnostic, a paragraph, the evidence of a metadata field, a repair, a table. `around` is how
    many lines to show before and after. Of a text that was read from a file, the first line also
    says where in the file the place is, as far as it is known.

    Raises TypeError for what is no value of a report (such as the None of an absent cell), and
    ValueError where the value has no place, or where it does not know its text (a report that came
    out of `Report.from_dict` does only if it was given the text).

    >>> cell = Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(13, 14),
    ...             source=Source("依申请公开情况\n收到申请数5件", "年报.txt"))
    >>> print(explain(cell))
    年报.txt:2:6
    2 | 收到申请数5件
      |           ^
    requests.received@value = 5 件 (number)
    """
    span, source = _place_of(node)
    lines = Lines(source.text)
    first, column = lines.place(span.start)
    numbers = range(
        max(1, first - max(0, around)), min(len(lines), first + max(0, around)) + 1
    )
    gutter = len(str(numbers[-1]))
    drawn = [
        f"{visible(source.name or '<text>')}:{first}:{column}{_in_file(source, span)}"
    ]
    for number in numbers:
        bounds = lines.bounds(number)
        here = span if number == first else Span(bounds[0], bounds[0])
        line, carets = _shown(lines.text, bounds, here)
        drawn.append(f"{number:>{gutter}} | {line}".rstrip())
        if number == first:
            drawn.append(f"{' ' * gutter} | {carets}{_more_lines(lines, span)}")
    drawn.append(_what(node))
    return "\n".join(drawn)


def _place_of(node: Any) -> tuple[Span, Source]:
    """The span and the source of a value; raises what `explain` raises."""
    if not (hasattr(node, "span") and hasattr(node, "source")):
        given = "None" if node is None else f"a {type(node).__name__}"
        raise TypeError(
            f"explain() takes a value of a report, such as a cell or a diagnostic, not {given}; "
            "where the report has no such cell, report.why(key) says why"
        )
    if node.span is None:
        raise ValueError(
            f"{_what(node)}: this has no place in the text; it is about what is not there"
        )
    if node.source is None:
        raise ValueError(
            "this value does not know its text: give it to Report.from_dict(data, source=text) or "
            "Report.from_json(written, source=text)"
        )
    size = len(node.source.text)
    if not 0 <= node.span.start <= node.span.end <= size:
        raise ValueError(f"{node.span} is not inside its source of {size} characters")
    return node.span, node.source


def _in_file(source: Source, span: Span) -> str:
    place = source.place(span)
    return f" ({place})" if place else ""


def _more_lines(lines: Lines, span: Span) -> str:
    """How many lines the place goes on for."""
    first = lines.place(span.start)[0]
    more = lines.place(max(span.start, span.end - 1))[0] - first
    return f" … and {more} more line{'s' if more > 1 else ''}" if more else ""


def _shown(
    text: str, bounds: tuple[int, int], span: Span, window: int = WINDOW
) -> tuple[str, str]:
    """What is shown of a line, and the carets under the part of `span` that lies in it."""
    start, end = bounds
    at = min(span.start, end)  # a place in the break of a line shows at its end
    # Only the neighbourhood is looked at, however long the line: zero-width characters aside, what
    # is further away than window characters cannot be shown.
    low, high = (
        max(start, at - window),
        min(end, max(at, min(span.end, at + window)) + window),
    )
    before, place = visible(text[low:at]), visible(text[at : min(span.end, high)])
    after = visible(text[min(max(span.end, at), high) : high])
    whole = before + place + after
    if low == start and high == end and display_width(whole) <= window:
        return whole, _carets(before, place)
    fitting = place[: _fitting(place, window - 2)]
    room = window - 2 - display_width(fitting)
    # What the line before the place leaves free goes to the line after it, and the other way round.
    left = min(display_width(before), max(room // 2, room - display_width(after)))
    kept = before[len(before) - _fitting(before[::-1], left) :]
    head = "…" if low > start or len(kept) < len(before) else ""
    if len(fitting) < len(place):
        return f"{head}{kept}{fitting}…", _carets(head + kept, fitting)
    rest = after[: _fitting(after, min(display_width(after), room - left))]
    tail = "…" if high < end or len(rest) < len(after) else ""
    return f"{head}{kept}{fitting}{rest}{tail}", _carets(head + kept, fitting)


def _carets(before: str, place: str) -> str:
    return " " * display_width(before) + "^" * max(1, display_width(place))


# --- what a value is ------------------------------------------------------------------------------


def stated(operand: Operand) -> str:
    """The figure of an operand as people write it: thousands apart, but not those of a year or of a
    date.

    >>> stated(Operand("requests.new@total", "", 2025)), stated(Operand("metadata.year", "", 2025))
    ('2,025', '2025')
    >>> stated(Operand("metadata.published", "", 20250117, "date"))
    '2025-01-17'
    """
    value = operand.value
    if value is None or operand.reading == "date" or operand.name.endswith("year"):
        return _plain(operand)
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def _plain(operand: Operand) -> str:
    """The figure of an operand without points between thousands; a date as dates are written."""
    if operand.value is None:
        return ""
    digits = _number(operand.value)
    return (
        f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
        if operand.reading == "date"
        else digits
    )


def _number(value: Figure) -> str:
    return str(value) if isinstance(value, int) else f"{value:f}"


def _with_unit(value: Figure, unit: str | None) -> str:
    return f"{_number(value)} {unit or ''}".rstrip()


def _cell(cell: Cell) -> str:
    key = (
        f"{cell.row}@{cell.column}"
        if cell.row and cell.column
        else cell.row or cell.column
    )
    figure = "" if cell.value is None else f" = {_with_unit(cell.value, cell.unit)}"
    notes = [
        cell.reading,
        *["inferred"] * cell.inferred,
        *["unit inferred"] * cell.unit_inferred,
    ]
    name = key or cut(cell.label, 40) or "cell"
    return f"{name}{figure} ({', '.join([*notes, *cell.diagnostics])})"


def _section(section: Section) -> str:
    title = section.title or "(no title)"
    return f"section {section.marker} {title} [{section.kind}], level {section.level}"


def _table(table: Table) -> str:
    name = f" {table.table}" if table.table else ""
    return f"table {table.form or 'of no known form'}{name}, {len(table.cells)} cells"


def _quantity(quantity: Quantity) -> str:
    about = "about " if quantity.approximate else ""
    key = f" ({quantity.indicator})" if quantity.indicator else ""
    return f"quantity {about}{_with_unit(quantity.value, quantity.unit)}{key}"


def _citation(citation: Citation) -> str:
    title = citation.title and f"《{citation.title}》"
    return f"citation {' '.join(filter(None, (citation.symbol, title)))}"


def _attachment(attachment: Attachment) -> str:
    target = f" ({attachment.target})" if attachment.target else ""
    return f"attachment {attachment.name}{target}"


def _operand(operand: Operand) -> str:
    about = "about " if operand.approximate else ""
    figure = f" = {about}{_plain(operand)}" if operand.value is not None else ""
    return f"{operand.name}{figure} ({operand.reading})"


def _repair(repair: Repair) -> str:
    return f"repair {repair.by}: {_quoted(repair.old)} became {_quoted(repair.new)}"


_SAID: Final[Mapping[type, Callable[[Any], str]]] = {
    Cell: _cell,
    Section: _section,
    Table: _table,
    Quantity: _quantity,
    Citation: _citation,
    Attachment: _attachment,
    Evidence: lambda evidence: f"metadata.{evidence.field}",
    Diagnostic: lambda fault: f"{fault.severity} {fault.code}: {fault.message}",
    Operand: _operand,
    Finding: str,
    Repair: _repair,
    Furniture: lambda furniture: f"furniture: {furniture.kind}",
    Paragraph: lambda paragraph: f"paragraph of {len(paragraph.text)} characters",
}
"""What is said of a value of each class, in one line."""


def _what(node: object) -> str:
    """One line that says what a value is."""
    say = _SAID.get(type(node))
    return cut(say(node) if say else type(node).__name__.lower(), 4 * WINDOW)


def _quoted(text: str) -> str:
    return f"“{cut(text, 30)}”" if text else "nothing"
