"""The end of a report: the body that signs, and the day."""

from __future__ import annotations

from typing import Final

from govdisclose._lexicon.numeral import read_date
from govdisclose._lines.line import FURNITURE, PROSE, TABLE
from govdisclose._metadata.clues import Signature
from govdisclose._metadata.names import alone
from govdisclose._metadata.page import LONG, TAIL_LINES, WORDS, Dated, Found, Page, squeezed

_TABLES_BELOW: Final = 6  # lines from the end in which a row may be looked at: a signature among rows
_DATE_REACH: Final = 16  # characters at the end of a line in which a date shows
_NAME_MOST: Final = 50  # characters of the line with the name, above the day
_UNDATED_MOST: Final = 40  # the same where no day stands below


def read_signature(page: Page, after: int) -> Signature:
    """The body and the day at the end of the report, behind line `after`.

    Tables and furniture below are passed over. A body with its day wins over a day alone, and that
    over a body alone; a paragraph below tells that neither of those two is the signature.
    """
    tail = _tail(page, after)
    day_only = name_only = None
    paragraph = False  # whether a paragraph stands below
    for place, i in enumerate(tail):
        if _is_text(page, i):
            paragraph = paragraph or page.size(i) > LONG
        elif _has_date_mark(page, i):
            found = _dated_signature(page, tail, place)
            if found and found.organ:
                return found
            if found and day_only is None and not paragraph and i >= page.first:
                day_only = found
        elif name_only is None and not paragraph:
            name_only = _undated_signature(page, i)
    return day_only or name_only or Signature()


def _tail(page: Page, after: int) -> list[int]:
    """The last lines, from the end up, without furniture and tables."""
    tail: list[int] = []
    for i in range(len(page.lines) - 1, after, -1):
        kind = page.lines[i].type
        if kind == FURNITURE or (kind == TABLE and i < len(page.lines) - _TABLES_BELOW):
            continue
        tail.append(i)
        if len(tail) == TAIL_LINES:
            break
    return tail


def _is_text(page: Page, i: int) -> bool:
    return page.size(i) > 2 * LONG or page.shadow[page.lines[i].end - 1] in "。;"


def _has_date_mark(page: Page, i: int) -> bool:
    line = page.lines[i]
    low = max(line.start, line.end - _DATE_REACH)
    return WORDS["date_mark"].search(page.shadow, low, line.end) is not None


def _dated_signature(page: Page, tail: list[int], place: int) -> Signature | None:
    """The signature that a line with a day is, or ends: the name before the day or on the line above."""
    i = tail[place]
    line = page.lines[i]
    text, places = squeezed(page, line.start, line.end)  # 二 〇 一 九 年 is often set wide
    m = WORDS["signed"].fullmatch(text)
    if m is None:
        return None
    day = None
    if m["date"] and (on := read_date(m["date"])):
        day = Dated(on, places[m.start("date")], places[m.end("date") - 1] + 1)
    if m["organ"]:
        end = places[m.end("organ") - 1] + 1
        organ = _signing(page, places[m.start("organ")], end)
        return Signature(organ, day, frozenset({i}), line.start) if organ else None
    return _name_above(page, tail, place, day) or (Signature(None, day, frozenset({i}), line.start) if day else None)


def _name_above(page: Page, tail: list[int], place: int, day: Dated | None) -> Signature | None:
    if place + 1 == len(tail):
        return None
    i, above = tail[place], tail[place + 1]
    if page.size(above) > _NAME_MOST or _labelled_between(page, above, i):
        return None
    line = page.lines[above]
    organ = _signing(page, line.start, line.end)
    return Signature(organ, day, frozenset({i, above}), line.start) if organ else None


def _labelled_between(page: Page, above: int, i: int) -> bool:
    """Whether a label of the page header stands between two lines: then the lower is its value."""
    between = page.lines[above + 1 : i]
    return any(x.kind in {"index", "source"} for x in between if x.type == FURNITURE)


def _undated_signature(page: Page, i: int) -> Signature | None:
    line = page.lines[i]
    if i <= page.first or page.size(i) > _UNDATED_MOST or line.type != PROSE:
        return None
    if not _ends_report(page, i):
        return None
    organ = _signing(page, line.start, line.end)
    return Signature(organ, None, frozenset({i}), line.start) if organ else None


def _signing(page: Page, start: int, end: int) -> Found | None:
    m = WORDS["by_prefix"].match(page.shadow, start, end)
    return alone(page, m.end() if m else start, end)


def _ends_report(page: Page, i: int) -> bool:
    """Whether nothing but a table, an annex or furniture follows the line."""
    for line in page.lines[i + 1 : i + 4]:
        if line.type != FURNITURE:
            return line.type == TABLE or page.shadow[line.start] == "附"
    return True
