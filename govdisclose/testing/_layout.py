"""How a grid is printed by the pages, converters and extractors of the world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType
from typing import Final, Literal
from unicodedata import east_asian_width

from govdisclose.form import catalogue
from govdisclose.testing._fill import Filled
from govdisclose.testing._grid import Grid, GridCell, grid

Spans = Literal["dropped", "blank", "repeated"]
"""What is printed where a merged cell covers others: nothing, a blank cell, or its text again."""


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for wide characters."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def spread(rows: Grid, spans: Spans) -> Grid:
    """The grid with the covered places gone, blank, or filled with the text of the cell
    that covers them."""
    if spans == "dropped":
        return [[cell for cell in row if not cell.covered] for row in rows]
    return [
        [
            cell._replace(text="") if cell.covered and spans == "blank" else cell
            for cell in row
        ]
        for row in rows
    ]


# --- the nine of a page of text


def _bar_closed(rows: Grid) -> str:
    return "".join(
        f"{cell.text} |\n" if cell.text else "|\n" for row in rows for cell in row
    )


def _bar_alone(rows: Grid) -> str:
    return "".join(
        f"{cell.text}\n|\n" if cell.text else "|\n" for row in rows for cell in row
    )


def _paragraphs(rows: Grid) -> str:
    return "".join(f"{cell.text}\N{NO-BREAK SPACE}\n\n" for row in rows for cell in row)


def _glued(rows: Grid) -> str:
    return "".join("    " + "".join(cell.text for cell in row) + "\n" for row in rows)


def _pipe_rows(rows: Grid) -> str:
    return "".join(" | ".join(cell.text for cell in row) + " |\n" for row in rows)


def _markdown(rows: Grid) -> str:
    lines = ["| " + " | ".join(cell.text for cell in row) + " |\n" for row in rows]
    return "".join([lines[0], "|" + "---|" * len(rows[0]) + "\n", *lines[1:]])


def _tabs(rows: Grid) -> str:
    return "".join("\t".join(cell.text for cell in row) + "\n" for row in rows)


def _aligned(rows: Grid) -> str:
    size = max(map(len, rows))
    widths = [
        max((width(row[i].text) for row in rows if i < len(row)), default=0)
        for i in range(size)
    ]
    return "".join(
        "  ".join(
            _padded(c.text, w) for c, w in zip(row, widths, strict=False)
        ).rstrip()
        + "\n"
        for row in rows
    )


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _bare(rows: Grid) -> str:
    return "".join(f"{cell.text}\n" for row in rows for cell in row if cell.text)


# --- merged cells, one line


def _padded_pipes(rows: Grid) -> str:
    """Cells apart by bars; all that merged cells cover, and what lacks to the widest
    row, is one run of bars."""
    size = max(map(len, rows))
    out = []
    for row in rows:
        shown = [cell.text for cell in row if not cell.covered]
        out.append(" | ".join(shown) + " |" + "|" * (size - len(shown)) + "\n")
    return "".join(out)


def _one_line(rows: Grid) -> str:
    return "".join(cell.text for row in rows for cell in row)


def _one_line_spaced(rows: Grid) -> str:
    return " ".join(cell.text for row in rows for cell in row if cell.text)


# --- PDF

_LABEL: Final = 26  # columns of a terminal, of the widest label column
_OUTER: Final = (
    2,
    8,
)  # of the columns of outer heads: one character a line, four characters a line
_HEAD: Final = 8  # of a column of figures
_UNIT: Final = 6


def _pdf_columns(rows: Grid) -> str:
    """The page as it looks: columns apart by blanks, labels on several lines with their
    figures between them."""
    return "".join(f"{line}\n" for line in _canvas(rows))


def _pdf_plain(rows: Grid) -> str:
    """The same in reading order: rows on one line apart by single blanks, merged heads
    on lines of their own."""
    body = next(
        (i for i, row in enumerate(rows) if any(cell.key for cell in row)), len(rows)
    )
    out = [" ".join(line.split()) for line in _canvas(rows[:body])]
    vertical: list[
        str
    ] = []  # the outermost head, one character a line, all along its rows
    beside: list[str] = []  # the head of a few rows, on lines between the first of them
    for i, row in enumerate(rows[body:]):
        for column, cell in enumerate(row):
            if cell.role == "outer" and column == 0:
                vertical += _wrapped(cell.text, _OUTER[0])
            elif cell.role == "outer":
                beside += _wrapped(cell.text, _OUTER[1])
        if vertical and i % 2:
            out.append(vertical.pop(0))
        if beside:
            out.append(beside.pop(0))
        out += _plain_row(row, i)
    return "".join(f"{line}\n" for line in [*out, *beside, *vertical])


def _plain_row(row: Sequence[GridCell], number: int) -> Iterator[str]:
    heads = [
        cell.text
        for cell in row
        if cell.role in ("label", "stray", "header", "caption")
    ]
    rest = " ".join(
        cell.text
        for cell in row
        if cell.role in ("value", "unit", "code") and cell.text
    )
    *before, last = _wrapped("".join(heads), _LABEL + 8) or [""]
    between = before and number % 3  # the figures stand in the middle of the height
    lines = [*before, rest, last] if between else [*before, f"{last} {rest}"]
    return (line.strip() for line in lines if line.strip())


def _pdf_raw(rows: Grid) -> str:
    """Figures apart from their labels: all figures first, row by row, then all words."""
    figures = [
        [cell.text for cell in row if cell.role == "value" and cell.text]
        for row in rows
    ]
    words = [
        cell.text
        for row in rows
        for cell in row
        if cell.role != "value" and not cell.covered and cell.text
    ]
    return "".join(f"{' '.join(line)}\n" for line in figures if line) + "".join(
        f"{word}\n" for word in words
    )


def _pdf_by_column(rows: Grid) -> str:
    """Column after column: first the words, then the figures of each column, one a line."""
    columns = max(map(len, rows))
    cells = [row[i] for i in range(columns) for row in rows if i < len(row)]
    return "".join(f"{cell.text}\n" for cell in cells if cell.text and not cell.covered)


def extent(rows: Grid, row: int, column: int) -> tuple[int, int]:
    """Rows and columns that a cell takes."""
    below = takewhile(
        lambda r: column < len(r) and r[column].role == "under", rows[row + 1 :]
    )
    beside = takewhile(lambda c: c.role == "over", rows[row][column + 1 :])
    return 1 + sum(1 for _ in below), 1 + sum(1 for _ in beside)


def _wrapped(text: str, size: int) -> list[str]:
    """`text` cut into lines of at most `size` columns; a figure is never cut."""
    if not text:
        return []
    if text.isascii():
        return [text]
    lines, line, used = [], "", 0
    for c in text:
        wide = width(c)
        if used + wide > size and line:
            lines.append(line)
            line, used = "", 0
        line += c
        used += wide
    return [*lines, line]


def _column_widths(rows: Grid) -> list[int]:
    out = []
    for column in range(max(map(len, rows))):
        own = [
            row[column] for row in rows if column < len(row) and not row[column].covered
        ]
        roles = {cell.role for cell in own}
        if "outer" in roles:
            size = _OUTER[min(column, 1)]
        elif "label" in roles:
            size = min(_LABEL, max(width(c.text) for c in own if c.role == "label"))
        elif "unit" in roles or "code" in roles:
            size = _UNIT
        else:
            size = _HEAD
        figures = [width(c.text) for c in own if c.key or c.text.isascii()]
        out.append(max([size, *figures]))
    return out


def _canvas(rows: Grid) -> Iterator[str]:
    """The grid drawn: every cell wrapped to its width and set in the middle of its height."""
    if not rows:
        return
    widths = _column_widths(rows)
    starts = [sum(w + 2 for w in widths[:i]) for i in range(len(widths))]
    blocks: list[tuple[int, int, int, list[str]]] = []  # row, rows, column, lines
    heights = [1] * len(rows)
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if cell.covered or not cell.text:
                continue
            tall, wide = extent(rows, i, j)
            lines = _wrapped(cell.text, sum(widths[j : j + wide]) + 2 * (wide - 1))
            blocks.append((i, tall, j, lines))
            if tall == 1:
                # An even number of lines leaves no middle one: the figures get a line of their own between them.
                room = len(lines) + (
                    len(lines) % 2 == 0 and any(c.key for c in row) and i % 2
                )
                heights[i] = max(heights[i], room)
    for i, tall, _, lines in blocks:
        heights[i + tall - 1] += max(0, len(lines) - sum(heights[i : i + tall]))
    tops = [sum(heights[:i]) for i in range(len(rows))]
    placed: dict[int, list[tuple[int, str]]] = {}
    for i, tall, j, lines in blocks:
        room = sum(heights[i : i + tall])
        gap = room - len(lines)
        split = tall == 1 and gap % 2 == 1 and len(lines) % 2 == 0
        top = tops[i] + gap // 2
        for n, line in enumerate(lines):
            at = top + n + (split and n >= len(lines) // 2)
            placed.setdefault(at, []).append((starts[j], line))
    for at in range(sum(heights)):
        yield _drawn(sorted(placed.get(at, ())))


def _drawn(pieces: Sequence[tuple[int, str]]) -> str:
    out, used = "", 0
    for start, text in pieces:
        gap = max(start - used, 2 if used else 0)
        out += " " * gap + text
        used += gap + width(text)
    return out


Printer = Callable[[Grid], str]

LAYOUTS: Final[Mapping[str, Printer]] = MappingProxyType(
    {
        "bar_closed": _bar_closed,
        "bar_alone": _bar_alone,
        "paragraphs": _paragraphs,
        "glued": _glued,
        "pipe_rows": _pipe_rows,
        "markdown": _markdown,
        "tabs": _tabs,
        "aligned": _aligned,
        "bare": _bare,
    }
)
"""How a page of text prints a grid. In `glued`, `aligned` and `bare` a blank cell leaves no trace."""

EXTRACTED: Final[Mapping[str, Printer]] = MappingProxyType(
    {
        "pdf_columns": _pdf_columns,
        "pdf_plain": _pdf_plain,
        "pdf_raw": _pdf_raw,
        "pdf_by_column": _pdf_by_column,
        "padded_pipes": _padded_pipes,
        "merged_repeated": _pipe_rows,
        "one_line": _one_line,
        "one_line_spaced": _one_line_spaced,
    }
)
"""What extractors and converters make of a grid: PDF, merged cells, everything on one line."""

ALL_LAYOUTS: Final[Mapping[str, Printer]] = MappingProxyType({**LAYOUTS, **EXTRACTED})

LOSSY: Final = frozenset(
    (
        "glued",
        "aligned",
        "bare",
        "pdf_columns",
        "pdf_plain",
        "pdf_raw",
        "pdf_by_column",
        "one_line",
        "one_line_spaced",
    )
)
"""Layouts in which a figure cannot always be told from its neighbours: a reader may abstain there, but not err."""

FUSED: Final = frozenset(("glued", "one_line"))
"""Layouts in which nothing stands between the figures of a row."""

SHUFFLED: Final = frozenset(("pdf_raw", "pdf_by_column"))
"""Layouts in which figures stand apart from their labels: only the form as a whole can bring them together."""

ONE_LINE: Final = frozenset(("one_line", "one_line_spaced"))

_USUAL_SPANS: Final[Mapping[str, tuple[Spans, ...]]] = MappingProxyType(
    {
        "markdown": ("blank", "repeated"),
        "tabs": ("blank", "dropped"),
        "aligned": ("blank",),
        "pipe_rows": ("dropped", "blank", "repeated"),
        "bar_closed": ("dropped", "blank"),
        "bar_alone": ("dropped", "blank"),
        "merged_repeated": ("repeated",),
    }
)
_AS_DRAWN: Final = frozenset(
    ("pdf_columns", "pdf_plain", "pdf_raw", "pdf_by_column", "padded_pipes")
)


def usual_spans(layout: str) -> tuple[Spans, ...]:
    """What real converters of that layout do with merged cells, the most usual first."""
    return _USUAL_SPANS.get(layout, ("dropped",))


def print_grid(rows: Grid, layout: str, spans: Spans | None = None) -> str:
    """A grid as text, in one of `ALL_LAYOUTS`; `spans` as in `spread`, by default what
    is usual in that layout."""
    if layout not in _AS_DRAWN:
        rows = spread(rows, spans or usual_spans(layout)[0])
    return ALL_LAYOUTS[layout](rows)


def render(filled: Filled, layout: str, spans: Spans | None = None) -> str:
    """The tables of a filled form as text, in one of `ALL_LAYOUTS`."""
    tables = catalogue().forms[filled.form].tables
    return {"one_line": "", "one_line_spaced": " "}.get(layout, "\n").join(
        print_grid(grid(filled, table), layout, spans) for table in tables
    )
