"""The end of a text: whether it ends, or breaks off in a sentence, a heading or a table.

Guarantees:

1. Furniture behind the end, on lines of its own or on the last, is not the end.
2. A text whose paragraphs have no stops is not blamed for one that has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from govdisclose._document.words import WORDS
from govdisclose._lexicon.section_kind import is_part_of_title
from govdisclose._lines.line import FURNITURE, PROSE, SIGNED, TABLE, TITLE, Line
from govdisclose._lines.shape import shape_line
from govdisclose._tables.stray import begins_label
from govdisclose.form import catalogue
from govdisclose.report import Table
from govdisclose.text import Text

LAST_LINES: Final = 12  # lines of furniture that may stand behind the end
_ROW_MOST: Final = 40  # characters of a row that breaks off
_CELLS_MOST: Final = 120  # characters of a row with all its cells
_RUNNING_LEAST: Final = 16  # characters of a line that is running text
_BEHIND_MOST: Final = 40  # characters of furniture behind the last stop of a line
_STYLE_LEAST: Final = 2  # paragraphs that make a style
_STYLE_LINES: Final = 60  # last paragraphs that tell whether the writer sets stops
# Of the rows up to the last one that is met: an extract chose its rows, a text that breaks off did
# not.
_KEPT: Final = 0.8


class Broken(NamedTuple):
    """The line that breaks off, and what it is, in English and in Chinese."""

    line: Line
    what: str
    zh: str


_TABLE_OPEN: Final = (
    "the last row of a table is not the form's last",
    "最后一张表未到末行",
)
_TITLE_OPEN: Final = "the last heading has no end", "最后一个标题没有结束"
_SENTENCE_OPEN: Final = "the last sentence has no end", "末句没有结束"


def broken_end(
    text: Text, lines: Sequence[Line], tables: Sequence[Table]
) -> Broken | None:
    """The last line of the report if it breaks off."""
    shadow = text.shadow
    row: Line | None = None  # what may be the beginning of a row
    for line in reversed(lines[-LAST_LINES:]):
        if line.type == FURNITURE:
            continue
        if line.type == TABLE:
            open_ = _table_open(tables) or _behind_the_cells(text, line, tables)
            whole = _broken_line(shadow, lines, row) if row else None
            return Broken(row or line, *_TABLE_OPEN) if open_ else whole
        if _ends_in_label(shadow, line):
            return Broken(row or line, *_TABLE_OPEN)
        short = line.end - line.start <= _ROW_MOST
        if row is None and short and begins_label(shadow[line.start : line.end]):
            row = line
            continue
        return _broken_line(shadow, lines, row or line)
    return None


def _behind_the_cells(text: Text, line: Line, tables: Sequence[Table]) -> bool:
    """Whether a line of a table holds a label behind the last figure that was read."""
    said = text.shadow[line.start : line.end]
    cells = tables[-1].cells if tables else ()
    if not cells or not WORDS["label_end"].search(said):
        return False
    return text.span(line.start, line.end).start >= max(cell.span.end for cell in cells)


def _ends_in_label(shadow: str, line: Line) -> bool:
    """Whether a line is a row of a table that was not read, and ends in a head or a label."""
    said = shadow[line.start : line.end]
    bars = "|" in said or "\t" in said
    if not bars or len(said) > _CELLS_MOST:
        return False
    return WORDS["label_end"].search(said) is not None


def open_end(shadow: str, lines: Sequence[Line]) -> Line | None:
    """The last line, if it has no end: a heading without text, a sentence without its mark.

    That alone proves nothing. Where parts that were announced are missing, it says why.
    """
    line = next((x for x in reversed(lines[-LAST_LINES:]) if x.type != FURNITURE), None)
    if (
        line is None
        or line.type == TABLE
        or shadow[line.end - 1] in WORDS.words("end_marks")
    ):
        return None
    headed = line.is_heading and line.body >= line.end
    return line if headed or line.end - line.start >= _RUNNING_LEAST else None


def _broken_line(shadow: str, lines: Sequence[Line], line: Line) -> Broken | None:
    if line.type in {SIGNED, TITLE}:
        return None
    last = shadow[line.end - 1]
    if last in WORDS.words("open_marks"):
        return Broken(line, *_SENTENCE_OPEN) if line.end - line.start > 1 else None
    if last in WORDS.words("end_marks"):
        return None
    if line.is_heading and line.body >= line.end:
        return Broken(line, *_TITLE_OPEN) if _title_open(shadow, lines, line) else None
    start = line.body if line.is_heading else line.start
    end = _without_furniture(shadow, start, line.end)
    if _sentence_open(shadow, start, end) and not _sets_no_stops(shadow, lines, line):
        return Broken(line, *_SENTENCE_OPEN)
    return None


# --- headings


def _title_open(shadow: str, lines: Sequence[Line], line: Line) -> bool:
    """Whether a heading without text was cut in its title."""
    title = shadow[slice(*line.title)] if line.title else ""
    if not title or _leaves_open(title) or is_part_of_title(title):
        return True
    return not _ends_as_title(title) and _should_have_text(shadow, lines, line)


def _ends_as_title(title: str) -> bool:
    return title.rstrip(" :.").endswith(WORDS.words("title_words"))


def _should_have_text(shadow: str, lines: Sequence[Line], line: Line) -> bool:
    """Whether the heading of this class before has text, so that this one should have it too."""
    if line.type == "H1":
        return True
    before = [x for x in lines if x.type == line.type and x.end < line.start]
    return bool(before) and shadow[before[-1].end - 1] in WORDS.words("end_marks")


# --- sentences


def _without_furniture(shadow: str, start: int, end: int) -> int:
    """Where a line ends without the furniture behind a blank: …处理费。 附件下载"""
    low = max(start, end - _BEHIND_MOST)
    while m := WORDS["last_word"].search(shadow, low, end):
        if shape_line(shadow, Line(PROSE, m.end(), end)).type != FURNITURE:
            return end
        end = m.start()
    return end


def _sentence_open(shadow: str, start: int, end: int) -> bool:
    said = shadow[start:end].strip()
    if not said or said[-1] in WORDS.words("end_marks"):
        return False
    if _leaves_open(said):
        return True
    last = said[max(said.rfind("。"), said.rfind(";")) + 1 :].strip()
    if WORDS["whole_line"].fullmatch(last):
        return False
    return WORDS["running"].search(said) is not None or not _ends_as_title(last)


def _leaves_open(said: str) -> bool:
    pairs = zip(WORDS.words("openers"), WORDS.words("closers"), strict=True)
    return any(said.count(opener) > said.count(closer) for opener, closer in pairs)


def _sets_no_stops(shadow: str, lines: Sequence[Line], last: Line) -> bool:
    """Whether more paragraphs of the report end without a mark than with one."""
    marks = WORDS.words("end_marks")
    before = [x for x in lines if x.end < last.start and _is_text(x)]
    long = [x for x in before if x.end - x.start >= _RUNNING_LEAST][-_STYLE_LINES:]
    open_ones = sum(shadow[x.end - 1] not in marks for x in long)
    return len(long) >= _STYLE_LEAST and 2 * open_ones > len(long)


def _is_text(line: Line) -> bool:
    return line.type == PROSE or (line.is_heading and line.body < line.end)


# --- tables


def _table_open(tables: Sequence[Table]) -> bool:
    """Whether the last table stops before the last row of its form."""
    rows = _printed_rows(tables[-1]) if tables else []
    filled = {cell.row for cell in tables[-1].cells} if tables else set()
    met = [i for i, key in enumerate(rows) if key in filled]
    return bool(met) and met[-1] < len(rows) - 1 and len(met) > met[-1] * _KEPT


def _printed_rows(table: Table) -> list[str]:
    """The keys of the rows that the form prints, in order; none where columns are the keys."""
    forms = catalogue().forms
    printed = forms[table.form].tables if table.form else ()
    form = next((t for t in printed if t.id == table.table), None)
    return [row.key for row in form.rows] if form and form.key_from != "column" else []
