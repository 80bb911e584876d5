"""The title of a report: its words, its lines, and the body and the year that it names.

Guarantees:

1. The title is the report's own: of a page with several, the one that names most.
2. What heads a part, a table or a notice is no title of a report.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from govdisclose._lines.furniture import ATTACHMENTS
from govdisclose._lines.line import FURNITURE, PROSE, TABLE, Line
from govdisclose._metadata.clues import Title
from govdisclose._metadata.names import alone, body_of
from govdisclose._metadata.page import (
    LONG,
    TITLE_LINES,
    WORDS,
    Dated,
    Found,
    Page,
    as_int,
    dated,
    name_at,
    shown,
    squeezed,
)

_INSIDE_REACH: Final = 400
_ONE_LINE_LINES: Final = 3  # of the first lines
_ONE_LINE: Final = 150  # characters of a line that may hold more than the title
_MOST_LINES: Final = 4  # of a title
_SHORT: Final = 40  # characters of a line that holds a name or a day
_YEAR_LINE: Final = 16  # characters of a line that holds a year or a month
_END_LINE: Final = 30  # characters of the second line of a title that breaks off

Named = tuple[Found | None, Found | None]  # name and year
Range = tuple[
    int, int, list[int]
]  # of a title: start, end, and its lines; none if text runs on


def read_title(page: Page) -> tuple[Title | None, frozenset[int]]:
    """The report's own title, and the lines of all titles.

    Several lines may look like one (the page's and the article's, a notice that sends the report):
    what names the issuer and the year wins over what does not, any title over the title of a
    notice, the first over the later.
    """
    scored = list(_titles(page))
    if not scored:
        return None, frozenset()
    best = max(scored, key=lambda pair: pair[0])[
        1
    ]  # the first of those with the same score
    taken = {i for _, title in scored for i in title.lines}
    names = [title.name for _, title in scored if title.name]
    if best.lines:
        taken |= _cover(page, best, taken)
    others = tuple(name for name in names if name != best.name)
    return Title(best.shown, best.lines, best.name, best.year, others), frozenset(taken)


def _titles(page: Page) -> Iterator[tuple[int, Title]]:
    """The titles of the page, in order, and how much each tells."""
    taken: set[int] = set()
    for i in range(min(page.first, TITLE_LINES)):
        if i in taken or not _may_be_title(page, i):
            continue
        title = _title_at(page, i)
        score = _score(page, title) if title else None
        if title is not None and score is not None:
            taken.update(title.lines)
            yield score, title


def _may_be_title(page: Page, i: int) -> bool:
    """A quick test: whether the line speaks of openness, and is no file to download."""
    line = page.lines[i]
    long = i < _ONE_LINE_LINES and page.size(i) > _ONE_LINE
    reach = line.start + (_INSIDE_REACH if long else LONG)
    if page.shadow.endswith(ATTACHMENTS, line.start, line.end):
        return False
    return page.shadow.find("公开", line.start, min(line.end, reach)) >= 0


def _score(page: Page, title: Title) -> int | None:
    """How much a title tells; None for what heads a part or is an entry of a menu."""
    value = title.shown.value
    notice = bool(WORDS["notice"].search(value))
    year = bool(title.year or WORDS["two_years"].search(value))
    if not WORDS["reports"].search(value) and not (title.name and year):
        return None  # 工作情况, of no body or no year, heads a part
    if not title.name and not year and not notice:
        return None  # 政府信息公开年报 alone is an entry of the menu
    known = (
        title.name is not None and body_of(page, title.name) is not None
    )  # 水务局 alone is not
    announces = bool(WORDS["announcement"].search(value))
    return 2 * bool(title.name) + year + known - 3 * notice - announces


def _title_at(page: Page, i: int) -> Title | None:
    """The title that line `i` holds, with the lines around it that belong to it."""
    where = _range(page, i)
    if where is None:
        return None
    start, end, own = where
    size = len(squeezed(page, start, end)[0])
    if size > 2 * LONG or WORDS["no_title"].search(page.shadow, start, end):
        return None
    if page.shadow[start] == "《" and page.shadow[end - 1] == "》":
        start, end = start + 1, end - 1
    name, year = _named(page, start, end)
    title = Title(shown(page, start, end), tuple(own), name, year)
    if not own:
        return _with_body_above(page, title, i)
    return _with_year_below(page, _with_lines_above(page, title))


def _with_body_above(page: Page, title: Title, i: int) -> Title:
    """A title that runs into its text on line `i`, with the body on a line of its own above it."""
    above = page.lines[i - 1] if i else None
    if title.name or above is None or page.lines[i].start != title.shown.start:
        return title
    organ = alone(page, above.start, above.end) if page.size(i - 1) <= _SHORT else None
    if organ is None or above.type == TABLE:
        return title
    return Title(shown(page, above.start, title.shown.end), (i - 1,), organ, title.year)


def _with_lines_above(page: Page, title: Title) -> Title:
    """The title with the lines above it: the body, the year, the first half of a title."""
    while title.lines and title.lines[0] and len(title.lines) < _MOST_LINES:
        above = title.lines[0] - 1
        found = _line_above(page, above, title)
        if found is None:
            break
        name, year = found
        whole = shown(page, page.lines[above].start, title.shown.end)
        title = Title(whole, (above, *title.lines), name, year)
    return title


def _line_above(page: Page, i: int, title: Title) -> Named | None:
    """Name and year of a title with line `i` above it; None if the line is no part of the title."""
    line = page.lines[i]
    if (title.name and title.year) or line.type == TABLE or page.size(i) > _SHORT:
        return None
    place = line.start, line.end
    if title.name is None and (organ := alone(page, *place)):
        return organ, title.year
    if (
        title.name is None
        and title.year is None
        and (named := _both_above(page, place, title))
    ):
        return named
    if title.year is None and WORDS["title_year"].fullmatch(page.shadow, *place):
        return title.name, _year_of(page, *place)
    return None


def _both_above(page: Page, place: tuple[int, int], title: Title) -> Named | None:
    """Both on the line above: 甲县人民政府2016年, or the first half of a title cut in two."""
    if m := WORDS["organ_year"].fullmatch(page.shadow, *place):
        return name_at(page, *m.span("name")), _year_of(page, *place)
    if WORDS["title_year"].fullmatch(page.shadow, *place):
        return None
    if WORDS["broken_off"].fullmatch(page.shadow, *place):
        return _named(page, place[0], title.shown.end)
    return None


def _with_year_below(page: Page, title: Title) -> Title:
    """The title with a year that stands on the line below it: (2016年度)."""
    below = title.lines[-1] + 1 if title.lines else page.first
    if title.year is not None or below >= page.first or page.size(below) > _YEAR_LINE:
        return title
    line = page.lines[below]
    if not WORDS["title_year"].fullmatch(page.shadow, line.start, line.end):
        return title
    year = _year_of(page, line.start, line.end)
    whole = shown(page, title.shown.start, line.end)
    return Title(whole, (*title.lines, below), title.name, year)


# --- where a title stands


def _range(page: Page, i: int) -> Range | None:
    """The range of a title that begins on line `i`, and its lines: none where the text runs on."""
    if page.lines[i].type == TABLE:
        return None
    if found := _whole_line(page, i) or _two_lines(page, i) or _labelled(page, i):
        return found
    start, end = page.lines[i].start, page.lines[i].end
    m = WORDS["glued"].match(page.shadow, start, end)
    if m and m["shown"].startswith("《"):
        return None  # a title that is spoken of, and broken off
    if m and m.end() - start <= LONG:
        return start, m.end(), []
    long = i < _ONE_LINE_LINES and end - start > LONG
    return (_inside(page, start, end) or _wide(page, start, end)) if long else None


def _whole_line(page: Page, i: int) -> Range | None:
    line = page.lines[i]
    if page.size(i) > 2 * LONG:
        return None
    m = WORDS["title"].fullmatch(page.shadow, line.start, line.end)
    return (*m.span("shown"), [i]) if m else None


def _two_lines(page: Page, i: int) -> Range | None:
    """A title that breaks off, and ends on the next line."""
    if page.size(i) > LONG or i + 1 >= page.first or page.size(i + 1) > _END_LINE:
        return None
    line, below = page.lines[i], page.lines[i + 1]
    if not WORDS["title_end"].fullmatch(page.shadow, below.start, below.end):
        return None
    first, second = (
        squeezed(page, line.start, line.end),
        squeezed(page, below.start, below.end),
    )
    places = first[1] + second[1]
    m = WORDS["title"].fullmatch(first[0] + second[0])
    if m is None:
        return None
    return places[m.start("shown")], places[m.end("shown") - 1] + 1, [i, i + 1]


def _labelled(page: Page, i: int) -> Range | None:
    """A title behind its label, on a line with the other labels of the page."""
    line = page.lines[i]
    end = min(line.end, line.start + _INSIDE_REACH)
    m = WORDS["labelled_title"].search(page.shadow, line.start, end)
    return (*m.span("shown"), []) if m else None


def _inside(page: Page, start: int, end: int) -> Range | None:
    """A title behind furniture on a long line."""
    if end - start <= _ONE_LINE:
        return None
    m = WORDS["inside"].search(page.shadow, start, min(end, start + _INSIDE_REACH))
    return (*m.span("shown"), []) if m else None


def _wide(page: Page, start: int, end: int) -> Range | None:
    """A title that begins a line, with blanks where a page was wrapped: 甲旗 2021 年政府信息 公开年报 根据…"""
    text, places = squeezed(page, start, min(end, start + _ONE_LINE))
    m = WORDS["glued"].match(text)
    if m is None or m.end() > LONG or text[0] == "《":
        return None
    if not WORDS["year"].search(m["shown"]):
        return None
    return start, places[m.end() - 1] + 1, []


# --- what a title names


def _named(page: Page, start: int, end: int) -> Named:
    """The name and the year that a title holds; of a notice to others, who gives it."""
    text, places = squeezed(page, start, end)
    name = None
    for pattern in ("inner_name", "gives_notice", "in_title"):
        m = WORDS[pattern].match(text)
        if m and not WORDS["no_one"].fullmatch(m["name"]):
            name = name_at(page, places[m.start("name")], places[m.end("name") - 1] + 1)
            break
    return name, _year_of(page, start, end)


def _year_of(page: Page, start: int, end: int) -> Found | None:
    """The year that a title names, as digits; None where it names a run of years."""
    if WORDS["two_years"].search(page.shadow, start, end):
        return None
    m = WORDS["year"].search(page.shadow, start, end)
    year = as_int(m[0]) if m else None
    return Found(str(year), m.start(), m.end()) if m and year else None


# --- what stands below a title


def organ_below(page: Page, title: Title) -> Found | None:
    """The organ on the line below the title, where it has that line for itself."""
    i = title.lines[-1] + 1 if title.lines else page.first
    if i >= page.first or page.size(i) > _SHORT or page.lines[i].type == TABLE:
        return None
    return alone(page, page.lines[i].start, page.lines[i].end)


def day_behind(page: Page, title: Title) -> Dated | None:
    """The day behind the title on its line."""
    if not title.lines:
        return None
    end = page.lines[title.lines[-1]].end
    m = WORDS["day_behind"].fullmatch(page.shadow, title.shown.end, end)
    return dated(page, *m.span("date")) if m else None


def day_below(page: Page, title: Title) -> Dated | None:
    """A day that stands alone just below the title.

    One in parentheses is as often the day of signing: it is not taken.
    """
    if not title.lines:
        return None
    below = title.lines[-1] + 1
    for i in range(below, min(page.first, below + 2)):
        line = page.lines[i]
        m = WORDS["alone_date"].fullmatch(page.shadow, line.start, line.end)
        if m and page.size(i) <= _SHORT:
            return dated(page, *m.span("date"))
    return None


def _cover(page: Page, title: Title, taken: set[int]) -> set[int]:
    """The lines of a cover below the title: the body, and a month without a day."""
    i = title.lines[-1] + 1
    if i in taken or not organ_below(page, title):
        return set()
    if i + 1 < page.first and page.size(i + 1) <= _YEAR_LINE:
        month = page.lines[i + 1]
        if WORDS["cover_date"].fullmatch(page.shadow, month.start, month.end):
            return {i, i + 1}
    return {i}


# --- what stands above a title


def mark_furniture(
    page: Page, title: Title | None, titles: frozenset[int]
) -> list[Line]:
    """All lines; the short ones above the title, and the document's own number, are furniture."""
    lines = list(page.lines)
    above = title.lines[0] if title and title.lines else -1
    for i in range(min(page.first, TITLE_LINES)):
        free = lines[i].type == PROSE and i not in titles and page.size(i) <= 100
        kind = _kind_of_furniture(page, i, above) if free else ""
        if kind:
            lines[i] = lines[i].as_type(FURNITURE, kind)
    return lines


def _kind_of_furniture(page: Page, i: int, above: int) -> str:
    """What furniture line `i` is; the title stands on line `above`."""
    line = page.lines[i]
    if WORDS["own_number"].fullmatch(page.shadow, line.start, line.end):
        return "index"
    navigation = i < above and page.size(i) <= 80 and not _speaks(page, i, above)
    return "navigation" if navigation else ""


def _speaks(page: Page, i: int, above: int) -> bool:
    """Whether a line above the title is a sentence, or the name of a body close to it."""
    line = page.lines[i]
    if WORDS["sentence"].search(page.shadow, line.start, line.end):
        return True
    return i >= above - 2 and alone(page, line.start, line.end) is not None
