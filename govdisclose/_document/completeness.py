"""Whether a report is whole: the parts that it announces, and its end.

Guarantees:

1. Nothing is changed or added; what is missing is a diagnostic.
2. A text that breaks off is not also blamed for the parts that are missing behind the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdisclose._lexicon.numeral import read_ordinal
from govdisclose._lines.line import FURNITURE, PROSE, TABLE, Line
from govdisclose._tables.stray import begins_label
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import catalogue
from govdisclose.report import Section, Table
from govdisclose.text import Text

_HEAD: Final = 4000  # characters in which a report says of what parts it is made
_PARTS: Final = re.compile(
    r"(?<!第)(?P<count>[一二三四五六七八九十]{1,3}|\d{1,2})\s{0,2}个?(?:大?部分|个方面)(?:组成|构成|内容|[。:,，]|$)"
)
_COUNT_MOST: Final = 8  # characters of a count and what it counts
_REACH: Final = 600  # characters before the count, in the same sentence
_SUBJECT: Final = re.compile(
    r"(?:本|该|全)(?:年度)?(?:报告|年报|文)|年度报告|报告(?:全文|内容|主要|由|共|包括|分)|年报由|全文"
)

_TABLE_OPEN: Final = "the last row of a table is not the form's last", "最后一张表未到末行"
_PARTS_OPEN: Final = "fewer parts than announced, and the last one has no end", "部分少于所称，且末行没有结束"
_SENTENCE_OPEN: Final = "the last sentence has no end", "末句没有结束"
_LAST_LINES: Final = 12  # lines of furniture that may stand behind the end
_ROW_MOST: Final = 40  # characters of a row that breaks off
_SHOWN: Final = 20  # characters of the end that the diagnostic points at
_RUNNING_LEAST: Final = 16  # characters of a line that is running text
_ENDS: Final = frozenset("。!?;:…”’\"')）》】]>|")
_GOES_ON: Final = frozenset(",、《〈(“‘-")
_RUNNING: Final = re.compile("[,。;]")
_OPENED: Final = (("《", "》"), ("(", ")"), ("“", "”"))
_DATE: Final = re.compile(r"[年月]\s?\S{1,3}\s?[日月]?$")
_KEPT: Final = (
    0.8  # of the rows up to the last one that is met: an extract chose its rows, a text that breaks off did not
)


def wholeness(
    text: Text, lines: Sequence[Line], sections: Sequence[Section], tables: Sequence[Table]
) -> Iterator[Diagnostic]:
    """What is not whole: the end that is missing, or the parts that were announced and are not there.

    `lines` are shaped, those of the signature among them. A count of parts is compared with the parts of level 1; a
    preface may be counted among them or not.
    """
    end = _broken_end(text.shadow, lines, tables)
    if end is not None:
        line, (what, zh) = end
        span = text.span(max(line.start, line.end - _SHOWN), line.end)
        yield diagnose("truncated", what, span, text.source, zh)
        return
    announced = _announced(text.shadow, lines)
    if announced is None or not sections:
        return
    count, place = announced
    prefaces = sum(s.level == 0 for s in sections)
    found = sum(s.level == 1 for s in sections)
    first = next((len(s.sections) for s in sections if s.level == 1), 0)  # 五个部分 may be those of the first part
    if found and count != first and not found <= count <= found + prefaces:
        if found < count and (last := _open_end(text.shadow, lines)):
            what, zh = _PARTS_OPEN
            yield diagnose("truncated", what, text.span(max(last.start, last.end - _SHOWN), last.end), text.source, zh)
            return
        said, zh = f"{count} announced, {found} found", f"所称{count}部分，实有{found}部分"
        yield diagnose("parts-mismatch", said, text.span(*place), text.source, zh)


def _open_end(shadow: str, lines: Sequence[Line]) -> Line | None:
    """The last line, if it has no end: a heading without text, a sentence without its mark.

    That alone proves nothing. Where parts that were announced are missing, it says why.
    """
    line = next((line for line in reversed(lines[-_LAST_LINES:]) if line.type != FURNITURE), None)
    if line is None or line.type == TABLE or shadow[line.end - 1] in _ENDS:
        return None
    headed = line.type[0] == "H" and line.body >= line.end
    return line if headed or line.end - line.start >= _RUNNING_LEAST else None


def _announced(shadow: str, lines: Sequence[Line]) -> tuple[int, tuple[int, int]] | None:
    """How many parts the report says it has, and where it says so."""
    first = next((line.start for line in lines if line.type == "H1"), len(shadow))
    for word in ("部分", "个方面"):
        at = shadow.find(word, 0, min(first, _HEAD))
        while at >= 0:
            m = _PARTS.search(shadow, max(0, at - _COUNT_MOST), at + _COUNT_MOST)
            begin = max(shadow.rfind("。", 0, at), shadow.rfind("\n", 0, at), at - _REACH) + 1
            if m and _SUBJECT.search(shadow, begin, m.start()):
                number = int(m["count"]) if m["count"].isdecimal() else read_ordinal(m["count"])
                if number and number > 1:
                    return number, m.span()
            at = shadow.find(word, at + 1, min(first, _HEAD))
    return None


def _broken_end(shadow: str, lines: Sequence[Line], tables: Sequence[Table]) -> tuple[Line, tuple[str, str]] | None:
    """The last line of the report if it breaks off, and what it is, in English and Chinese."""
    last: Line | None = None  # what may be the beginning of a row
    for line in reversed(lines[-_LAST_LINES:]):
        if line.type == FURNITURE:
            continue
        if line.type == TABLE:
            return (last or line, _TABLE_OPEN) if _breaks_off(tables) else None
        if last is None and line.end - line.start <= _ROW_MOST and begins_label(shadow[line.start : line.end]):
            last = line
            continue
        return (last or line, _SENTENCE_OPEN) if _runs_out(shadow, last or line) else None
    return None


def _runs_out(shadow: str, line: Line) -> bool:
    last = shadow[line.end - 1]
    if last in _GOES_ON:
        return line.end - line.start > 1
    body = line.body if line.type[0] == "H" else line.start
    if line.type != PROSE and body >= line.end:
        title = shadow[slice(*line.title)] if line.title else ""
        return any(title.count(opener) > title.count(closer) for opener, closer in _OPENED)
    if any(shadow.count(a, body, line.end) > shadow.count(b, body, line.end) for a, b in _OPENED):
        return last not in _ENDS
    if (
        last in _ENDS
        or line.end - body < _RUNNING_LEAST
        or shadow.find(":", body, line.end) >= 0
        or _DATE.search(shadow, max(body, line.end - 12), line.end)
    ):
        return False
    return _RUNNING.search(shadow, body, line.end) is not None


def _breaks_off(tables: Sequence[Table]) -> bool:
    """Whether the last table stops before the last row of its form."""
    table = tables[-1] if tables else None
    if table is None or table.form is None or table.table is None:
        return False
    form = next((t for t in catalogue().forms[table.form].tables if t.id == table.table), None)
    if form is None or form.key_from == "column":
        return False
    rows = [row.key for row in form.rows]
    met = {cell.row for cell in table.cells} & set(rows)
    if not met:
        return False
    last = max(i for i, key in enumerate(rows) if key in met)
    return last < len(rows) - 1 and len({r for r in rows[: last + 1] if r in met}) > last * _KEPT
