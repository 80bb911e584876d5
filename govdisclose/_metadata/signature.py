"""Who signs a report, and when: at its end, before an annex, below a notice, or on a cover.

Guarantees:

1. A body with its day wins over a day alone, and that over a body alone.
2. The day on which a notice sends the report is its day of signing, if the report has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from govdisclose._lexicon.numeral import read_date
from govdisclose._lines.line import FURNITURE, PROSE, TABLE
from govdisclose._metadata.clues import Signature, Title
from govdisclose._metadata.names import alone
from govdisclose._metadata.page import (
    LONG,
    TAIL_LINES,
    WORDS,
    Dated,
    Found,
    Page,
    dated,
    first_of,
    name_at,
    squeezed,
)

_TABLES_BELOW: Final = 6  # lines from the end in which a row may be looked at
_DATE_REACH: Final = 16  # characters at the end of a line in which a date shows
_NAME_MOST: Final = 50  # characters of the line with the name, above the day
_UNDATED_MOST: Final = 40  # the same where no day stands below
_ANNEX_REACH: Final = 80  # characters before an annex that may be a signature
_ANNEXES: Final = 8  # words for an annex that are looked at
_COVER_MOST: Final = 30  # characters of a line of a cover


@frozen
class _Asked:
    """The page, the report's title, and the lines of all titles on it."""

    page: Page
    title: Title | None
    titles: frozenset[int]


def read_signature(
    page: Page, title: Title | None, titles: frozenset[int]
) -> Signature:
    """The body that signs and the day, with the lines that they take up."""
    asked = _Asked(page, title, titles)
    found = first_of(_PLACES, asked) or Signature()
    if found.date:
        return found
    other = first_of(_DAYS, asked)
    return (
        evolve(found, date=other.date, lines=found.lines | other.lines)
        if other
        else found
    )


# --- at the end


def _at_end(asked: _Asked) -> Signature | None:
    """The signature at the end of the report; tables and furniture below are passed over."""
    page, title = asked.page, asked.title
    after = title.lines[-1] if title and title.lines else -1
    tail = list(_tail(page, after))
    day_only = None
    for i, above in _short_lines(page, tail):
        if not _has_date_mark(page, i) or _is_of_page(page, i):
            continue
        found = _dated_signature(page, i, above)
        if found is None:
            continue
        if found.organ:
            return found
        if i >= page.first and not _paragraph_below(page, tail, i):
            day_only = day_only or found
    return day_only or _name_only(page, tail)


def _tail(page: Page, after: int) -> Iterator[int]:
    """The last lines, from the end up, without furniture and tables."""
    left = TAIL_LINES
    for i in range(len(page.lines) - 1, after, -1):
        kind = page.lines[i].type
        row = kind == TABLE and i < len(page.lines) - _TABLES_BELOW
        if kind == FURNITURE or row:
            continue
        if not left:
            return
        left -= 1
        yield i


def _short_lines(page: Page, tail: list[int]) -> Iterator[tuple[int, int | None]]:
    """The lines that are no text, each with the line above it."""
    for i, above in zip(tail, [*tail[1:], None], strict=False):
        if not _is_text(page, i):
            yield i, above


def _is_text(page: Page, i: int) -> bool:
    return page.size(i) > 2 * LONG or page.shadow[page.lines[i].end - 1] in "。;"


def _paragraph_below(page: Page, tail: list[int], i: int) -> bool:
    return any(_is_text(page, j) and page.size(j) > LONG for j in tail if j > i)


def _has_date_mark(page: Page, i: int) -> bool:
    line = page.lines[i]
    low = max(line.start, line.end - _DATE_REACH)
    return WORDS["date_mark"].search(page.shadow, low, line.end) is not None


def _is_of_page(page: Page, i: int) -> bool:
    """Whether a day above the first part is written as pages do it, and not as reports:
    2018-01-08."""
    line = page.lines[i]
    above = i < page.first < len(page.lines)
    return above and page.shadow.find("年", line.start, line.end) < 0


def _dated_signature(page: Page, i: int, above: int | None) -> Signature | None:
    """The signature that a line with a day is, or ends: the name before the day or above it."""
    line = page.lines[i]
    text, places = squeezed(
        page, line.start, line.end
    )  # 二 〇 一 九 年 is often set wide
    m = WORDS["signed"].fullmatch(text)
    if m is None:
        return None
    day = None
    if m["date"] and (on := read_date(m["date"])):
        day = Dated(on, places[m.start("date")], places[m.end("date") - 1] + 1)
    if m["organ"]:
        organ = _signing(page, places[m.start("organ")], places[m.end("organ") - 1] + 1)
        return Signature(organ, day, frozenset({i}), line.start) if organ else None
    if found := _name_above(page, i, above, day):
        return found
    return Signature(None, day, frozenset({i}), line.start) if day else None


def _name_above(
    page: Page, i: int, above: int | None, day: Dated | None
) -> Signature | None:
    if (
        above is None
        or page.size(above) > _NAME_MOST
        or _labelled_between(page, above, i)
    ):
        return None
    line = page.lines[above]
    organ = _signing(page, line.start, line.end)
    return Signature(organ, day, frozenset({i, above}), line.start) if organ else None


def _labelled_between(page: Page, above: int, i: int) -> bool:
    """Whether a label of the page header stands between two lines: then the lower is its value."""
    between = page.lines[above + 1 : i]
    return any(x.kind in {"index", "source"} for x in between if x.type == FURNITURE)


def _name_only(page: Page, tail: list[int]) -> Signature | None:
    """A body that signs without a day: nothing but a table, an annex or furniture follows it."""
    for i, _ in _short_lines(page, tail):
        line = page.lines[i]
        short = page.size(i) <= _UNDATED_MOST and line.type == PROSE
        if (
            i <= page.first
            or not short
            or _has_date_mark(page, i)
            or not _ends_report(page, i)
        ):
            continue
        organ = _signing(page, line.start, line.end)
        if organ and not _paragraph_below(page, tail, i):
            return Signature(organ, None, frozenset({i}), line.start)
    return None


def _signing(page: Page, start: int, end: int) -> Found | None:
    m = WORDS["by_prefix"].match(page.shadow, start, end)
    return alone(page, m.end() if m else start, end)


def _ends_report(page: Page, i: int) -> bool:
    """Whether nothing but a table, an annex or furniture follows the line."""
    for line in page.lines[i + 1 : i + 4]:
        if line.type != FURNITURE:
            return line.type == TABLE or page.shadow[line.start] == "附"
    return True


# --- within a line


def _before_annex(asked: _Asked) -> Signature | None:
    """…日常化。 甲县人民政府 2012年1月12日 附件1:…: on a page without line ends."""
    page = asked.page
    begin = asked.title.shown.end if asked.title else page.front
    for m, _ in zip(
        WORDS["annex"].finditer(page.shadow, begin), range(_ANNEXES), strict=False
    ):
        low = max(begin, m.start() - _ANNEX_REACH)
        signed = WORDS["signed_before"].search(page.shadow, low, m.start())
        day = dated(page, *signed.span("date")) if signed else None
        if signed and day:
            organ = alone(page, *signed.span("organ")) if signed["organ"] else None
            return Signature(organ, day)
    return None


# --- above the report


def _of_notice(asked: _Asked) -> Signature | None:
    """The day below a notice or an announcement that the report follows."""
    page, title = asked.page, asked.title
    last = title.lines[0] if title and title.lines else 0
    first = min((i for i in asked.titles if _announces(page, i)), default=last)
    between = range(last - 1, first, -1)
    above = [i for i in between if page.lines[i].kind not in {"index", "source"}]
    for i, name in _short_lines(page, above):
        found = _dated_signature(page, i, name) if _has_date_mark(page, i) else None
        if found and found.date:
            return Signature(None, found.date, found.lines)
    return None


def _announces(page: Page, i: int) -> bool:
    place = page.lines[i].start, page.lines[i].end
    found = WORDS["notice"].search(page.shadow, *place)
    return bool(found or WORDS["announcement"].search(page.shadow, *place))


def _on_cover(asked: _Asked) -> Signature | None:
    """A body or a place, and the day below it, that open a page without a title."""
    page = asked.page
    if asked.title or page.first < 2 or max(page.size(0), page.size(1)) > _COVER_MOST:
        return None
    name, day = page.lines[0], page.lines[1]
    m = WORDS["alone_date"].fullmatch(page.shadow, day.start, day.end)
    organ = name_at(page, name.start, name.end)
    place = WORDS["whole_place"].fullmatch(organ.value) or WORDS["organ"].search(
        organ.value
    )
    on = dated(page, *m.span("date")) if m and place else None
    return Signature(organ, on, frozenset({0, 1})) if on else None


_PLACES: Final = (
    ("end", _at_end),
    ("before an annex", _before_annex),
    ("cover", _on_cover),
)
# Where only the day counts: who sends a report need not be who reports.
_DAYS: Final = (("notice", _of_notice),)
