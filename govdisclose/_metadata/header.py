"""The header of the page: index number, document number, day of publication, and who put it up.

Guarantees:

1. A value stands behind its label, or has a shape that no other value has.
2. The day is that of publication: another (更新时间, 成文日期) only where nothing is surer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdisclose._lines.line import TABLE
from govdisclose._metadata.clues import Header, Title
from govdisclose._metadata.page import WORDS, Dated, Found, Page, dated, name_at, says

_REACH: Final = (
    1500  # characters of page header before the title, or from the beginning
)
_BEHIND: Final = 600  # characters behind the title
_LINE: Final = 100  # characters of a line of the header
_HEAD_LINES: Final = 12  # lines that are near the title where there is none
_COLUMNS_LEAST: Final = 3  # of a header that is a small table
_VALUES_MOST: Final = 200  # characters of its row of values
_FOOT: Final = 800  # characters of the foot of the page
_DAY_RANKS: Final = (  # the surest first
    ("days_published", 0),
    ("days_issued", 1),
    ("days_added", 2),
    ("days_bare", 2),
    ("days_made", 3),
)
_NO_RANK: Final = 9


def read_header(page: Page, title: Title | None, notice: int | None) -> Header:
    """What the header says; the number of a notice that sends the report is the document's."""
    labels = _labels(page, title)
    near = [i for i in _near(page, title, notice) if page.lines[i].type != TABLE]
    index = _labelled_index(page, labels) or _bare_index(page, near)
    organs = [organ for label in labels if (organ := _organ(page, label))]
    if not index:
        index, organ = _in_columns(page)
        organs += [organ] if organ else []
    document = _labelled_document(page, labels) or _own_number(page, near)
    published = (
        _labelled_day(page, labels) or _day_of_source(page, near) or _day_in_foot(page)
    )
    return Header(index, _with_usual_brackets(document), published, tuple(organs))


# --- labels


def _labels(page: Page, title: Title | None) -> list[re.Match[str]]:
    start = max(0, title.shown.start - _REACH) if title else 0
    end = min(page.front, title.shown.end + _BEHIND if title else _REACH)
    if not says(page, "header_words", start, end):
        return []
    return list(WORDS["header_label"].finditer(page.shadow, start, end))


def _labelled_index(page: Page, labels: Sequence[re.Match[str]]) -> Found | None:
    values = (_index_number(page, m.end()) for m in labels if m.lastgroup == "index")
    return next((value for value in values if value), None)


def _index_number(page: Page, at: int) -> Found | None:
    m = WORDS["index_value"].match(page.shadow, at, at + 90)
    if m is None:
        return None
    value = m["value"]
    if cut := WORDS["next_label"].search(value, 1):
        value = value[: cut.start()]
    if not any(c.isdigit() for c in value) or "None" in value or "?" in value:
        return None
    if WORDS["next_label"].match(value):
        return None
    return name_at(page, m.start("value"), m.start("value") + len(value))


def _labelled_document(page: Page, labels: Sequence[re.Match[str]]) -> Found | None:
    for label in labels:
        if label.lastgroup == "document":
            m = WORDS["document_value"].match(page.shadow, label.end())
            if m:
                return name_at(page, *m.span("value"))
    return None


def _organ(page: Page, label: re.Match[str]) -> Found | None:
    if label.lastgroup != "organ":
        return None
    m = WORDS["header_organ"].match(page.shadow, label.end(), label.end() + 60)
    return name_at(page, *m.span("value")) if m else None


def _labelled_day(page: Page, labels: Sequence[re.Match[str]]) -> Dated | None:
    """The day behind the label that most surely means publication; of two, the first."""
    best, best_rank = None, _NO_RANK
    for label in labels:
        rank = _day_rank(page.shadow, label) if label.lastgroup == "day" else _NO_RANK
        if rank >= best_rank:
            continue
        m = WORDS["header_date"].match(page.shadow, label.end(), label.end() + 50)
        if m and (day := dated(page, *m.span("date"))):
            best, best_rank = day, rank
    return best


def _day_rank(shadow: str, label: re.Match[str]) -> int:
    """How surely a label means the day of publication; 9 if it means another time."""
    word = shadow[label.start()] + "".join(label["day"].split())[:1]
    for name, rank in _DAY_RANKS:
        if word in WORDS.words(name):
            before = shadow[label.start() - 1 : label.start()]
            other = name == "days_bare" and "\u3400" <= before <= "\u9fff"  # 更新时间
            return _NO_RANK if other else rank
    return _NO_RANK


# --- lines near the title


def _near(page: Page, title: Title | None, notice: int | None) -> Iterator[int]:
    """The lines around a notice and around the title; without a title, the head is near it."""
    if notice is not None:
        yield from range(max(0, notice - 3), min(page.first, notice + 4))
    if title and title.lines:
        yield from range(
            max(0, title.lines[0] - 6), min(page.first, title.lines[-1] + 4)
        )
    else:
        yield from range(min(page.first, _HEAD_LINES))


def _own_number(page: Page, near: Sequence[int]) -> Found | None:
    for i in near:
        line = page.lines[i]
        m = WORDS["own_number"].fullmatch(page.shadow, line.start, line.end)
        if m and page.size(i) <= _LINE:
            return name_at(page, *m.span("value"))
    return None


def _day_of_source(page: Page, near: Sequence[int]) -> Dated | None:
    """The day on the line that says where the page has the text from.

    某网站 www.x.cn 2014-03-25 10:21 来源:某部网站
    """
    for i in near:
        line = page.lines[i]
        place = line.start, line.end
        m = None
        source = page.shadow.find("来源", *place) > 0
        if source and page.size(i) <= _LINE and page.shadow.find("。", *place) < 0:
            m = WORDS["bare_date"].search(page.shadow, *place)
        first = page.shadow[line.start]
        if m is None and first in "12":
            m = WORDS["bare_date"].match(page.shadow, *place)
        elif m is None and first in "信来":
            m = WORDS["source_date"].match(page.shadow, *place)
        if m and (day := dated(page, *m.span("date"))):
            return day
    return None


def _bare_index(page: Page, near: Sequence[int]) -> Found | None:
    for i in near:
        line = page.lines[i]
        if m := WORDS["bare_index"].fullmatch(page.shadow, line.start, line.end):
            return name_at(page, *m.span())
    return None


# --- a header that is a small table


def _in_columns(page: Page) -> tuple[Found | None, Found | None]:
    """Index number and organ of a header with a row of labels, and the values below it."""
    for i in range(min(page.first, len(page.lines) - 1)):
        row = _row_of_labels(page, i)
        if row is None:
            continue
        index, organ = (
            _first_value(row, x) for x in ("index_columns", "organ_columns")
        )
        numbered = index is not None and any(c.isdigit() for c in index.value)
        return (index if numbered else None), (organ if organ and organ.value else None)
    return None, None


def _row_of_labels(page: Page, i: int) -> dict[str, Found] | None:
    """The values on the line below, by the labels of line `i`; None if it has none."""
    line, below = page.lines[i], page.lines[i + 1]
    if page.shadow[line.start] != "索" or page.size(i + 1) > _VALUES_MOST:
        return None
    labels = ["".join(s.split()) for s in page.shadow[line.start : line.end].split("|")]
    if labels[0] not in WORDS.words("index_columns") or len(labels) < _COLUMNS_LEAST:
        return None
    found: dict[str, Found] = {}
    at = below.start
    values = page.shadow[below.start : below.end].split("|")
    for label, value in zip(labels, values, strict=False):
        found[label] = name_at(page, at, at + len(value))
        at += len(value) + 1
    return found


def _first_value(row: dict[str, Found], name: str) -> Found | None:
    return next((row[label] for label in WORDS.words(name) if label in row), None)


# --- the foot


def _day_in_foot(page: Page) -> Dated | None:
    """发布日期 in the foot of the page."""
    low = max(page.front, len(page.shadow) - _FOOT)
    for word in WORDS.words("foot_days"):
        at = page.shadow.rfind(word, low) + len(word)
        if at >= len(word):
            m = WORDS["foot_date"].match(page.shadow, at, at + 56)
            if m:
                return dated(page, *m.span("date"))
    return None


_OPENING: Final = (
    "[【﹝(\N{FULLWIDTH LEFT SQUARE BRACKET}\N{FULLWIDTH LEFT PARENTHESIS}"
)
_CLOSING: Final = (
    "]】﹞)\N{FULLWIDTH RIGHT SQUARE BRACKET}\N{FULLWIDTH RIGHT PARENTHESIS}"
)
_USUAL: Final = str.maketrans(_OPENING + _CLOSING, 6 * "〔" + 6 * "〕")


def _with_usual_brackets(document: Found | None) -> Found | None:
    """教办〔2017〕2号 in whatever brackets it is printed; those of a citation are the same."""
    return document and document._replace(value=document.value.translate(_USUAL))
