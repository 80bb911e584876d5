"""Lines by shape: what each line of a report looks like, before anyone knows what it means.

Guarantees:

1. Every line that is not blank is in the list, in order, stripped; nothing else is.
2. The shape of a line depends on that line alone.
3. One pass, linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from govdisclose._lexicon.numeral import read_ordinal
from govdisclose._lexicon.section_kind import title_length
from govdisclose._lexicon.terminals import terminal, words
from govdisclose._lexicon.vocabulary import vocabulary
from govdisclose._lines.furniture import furniture_kind
from govdisclose._lines.line import FURNITURE, PROSE, Line

WORDS: Final = vocabulary("govdisclose._lines", ("shape.toml",))
_CN: Final = "".join(words("NUMERAL"))
_ORDINAL_WORD: Final = terminal("ORDINAL")

# The five classes of markers, on the shadow (half-width) text.
MARKERS: Final = tuple((level, terminal(f"MARKER_{level}")) for level in range(1, 6))
_MARKER: Final = re.compile(
    "|".join(f"(?P<m{level}>{shape})" for level, shape in MARKERS)
)
_MARKER_STARTS: Final = frozenset(_CN + "第(㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩0123456789?*#") | {
    chr(c) for c in range(0x2460, 0x2488)
}
_DECORATION: Final = re.compile(
    r"(?:\?{1,8}|\*{1,4}|#{1,6})\s{0,4}"
)  # lost bytes, Markdown
_ORDINAL: Final = re.compile(
    rf"{_ORDINAL_WORD}|{terminal('COUNT')}|{terminal('ENCLOSED')}"
)

# Prefaces that stand without a number.
_PREFACE_MOST: Final = 16
_PREFACE: Final = re.compile(rf"{terminal('PREFACE_ALONE')}\s{{0,2}}:?$")
_PREFACE_RUN_IN: Final = re.compile(
    rf"(?P<title>{terminal('PREFACE')})\s{{0,2}}:\s{{0,4}}(?=\S)"
)

# Titles. A heading may run into its text: the title is what stands before the first mark of a sentence.
# A colon in an address is none; ? inside a line is a character that was lost.
_SENTENCE_MARK: Final = re.compile(r"[。;!]|:(?!//)|\?(?=\s|$)")
# A title that runs into its items: 主要做法1.加强组织领导……2.把握重点
_BEFORE_ITEMS: Final = re.compile(
    rf"(?:{terminal('YEAR')}年度?)?[^\s。;!?:,\d]{{2,28}}?(?=\s?(?:1\s?[.、](?!\d)|一是))"
)
_SECOND_ITEM: Final = re.compile(r"(?<!\d)2\s?[.、](?!\d)|二是")
_TITLE_MOST: Final = 60  # characters of a title without any mark behind it
_RUN_IN_MOST: Final = 32  # characters of a title that ends in a mark
_BY_BLANK_MOST: Final = (
    25  # characters of a title behind a marker that has a blank for its point
)
_STATED: Final = re.compile(rf"\d\s?{terminal('UNIT_OF_STATEMENT')}")
_SHORT_LINE: Final = 24  # characters of a line without a comma that may say 本机关 and be a title: 本机关主动公开数量
_BEFORE_BLANK: Final = re.compile(
    r"[^\s。;!?:]{4,30}(?=\s{1,4}(?:[^\s。;!?:]{8}|[^\s。;!?:]{4,7}。))"
)  # a blank is all that parts it from its text

_LOST: Final = re.compile(
    r"\s*(?:\?{2,}|(?<=\s)\?)$"
)  # lost characters behind a title, not in it

_ROW_ENDS: Final = frozenset("0123456789/—无-")

_BARS_OF_ROW: Final = (
    2  # a line with so many is a row of a table, even where no table was recognised
)
# What a line of a table of contents ends in: the leader and the number of a page.
_LEADERS: Final = re.compile(r"(?:\.{4,}|…{2,}|·{4,})\s{0,4}\d{1,3}$")
_LEADER_REACH: Final = 24
_LISTED: Final = re.compile(rf",(?={_ORDINAL_WORD}、|\({_ORDINAL_WORD}\))")
_LISTED_LEAST: Final = 3
_LISTED_BY_BLANKS: Final = re.compile(
    rf"一、[^\s。,;!?:]{{2,30}}(?:\s{{1,8}}(?:{_ORDINAL_WORD}、|\({_ORDINAL_WORD}\))[^\s。,;!?:]{{2,30}}){{2,40}}\s{{0,8}}"
)


def lists_contents(shadow: str, start: int, end: int) -> bool:
    """Whether a line lists the headings of a page, with commas or nothing but blanks between them:
    一、概述,(一)领导。,(二)队伍。,二、公开情况

    >>> lists_contents("一、概述,(一)领导。,(二)队伍。,二、公开情况,", 0, 24), lists_contents("一、概述", 0, 4)
    (True, False)
    """
    if _LISTED_BY_BLANKS.fullmatch(shadow, start, end):
        return True
    if shadow.find(",二、", start, end) < 0:
        return False
    return len(_LISTED.findall(shadow, start, end)) >= _LISTED_LEAST


def shape_lines(shadow: str, lines: Iterable[Line]) -> list[Line]:
    r"""The lines, each with its shape.

    >>> from govdisclose._lines.line import split_lines
    >>> shadow = "一、概述\n2018年,某局……。\n(一) 某事。全年3件。\n打印 关闭"
    >>> [line.type for line in shape_lines(shadow, split_lines(shadow))]
    ['H1', 'PROSE', 'H2', 'FURNITURE']
    """
    return shape_contents(shadow, [shape_line(shadow, line) for line in lines])


_CONTENTS_LEAST: Final = 3  # headings that list the parts of a report
_AROUND: Final = " ;,。:"


def shape_contents(shadow: str, lines: list[Line]) -> list[Line]:
    r"""The lines, with furniture made of a list of the parts that stands before them, a line each.

    It counts from 1 without text between, and the first part has the words of its first line.

    >>> from govdisclose._lines.line import split_lines
    >>> shadow = "本报告分三部分:\n1.概述;\n2.依申请公开情况;\n3.收费。\n一、概述\n无。"
    >>> [line.type for line in shape_contents(shadow, shape_lines(shadow, split_lines(shadow)))]
    ['PROSE', 'FURNITURE', 'FURNITURE', 'FURNITURE', 'H1', 'PROSE']
    """
    first = next(
        (i for i, line in enumerate(lines) if line.is_heading and line.number),
        len(lines),
    )
    last = first
    while (
        last < len(lines)
        and lines[last].type == lines[first].type
        and lines[last].number == last - first + 1
    ):
        last += 1
    if last - first < _CONTENTS_LEAST:
        return lines
    part = next((line for line in lines[last:] if line.type == "H1"), None)
    listed = shadow[lines[first].marker_end : lines[first].end].strip(_AROUND)
    if (
        part is None
        or part.title is None
        or part.number != 1
        or shadow[slice(*part.title)].strip(_AROUND) != listed
    ):
        return lines
    contents = (line.as_type(FURNITURE, "contents") for line in lines[first:last])
    return [*lines[:first], *contents, *lines[last:]]


_ITEM: Final = re.compile(rf"({_ORDINAL_WORD})是[、:,]?")
_PROMOTED: Final = 2  # the level of items that take the place of (一) (二)
_ITEM_LEVEL: Final = 3
_DEEPEST: Final = 5
_ITEMS_LEAST: Final = 2


class _Item(NamedTuple):
    """A line that begins with 一是, 二是 …: which it is, where that ends, and its number."""

    at: int
    marker_end: int
    number: int


def shape_items(shadow: str, lines: Sequence[Line]) -> list[Line]:
    r"""The lines, with headings made of 一是, 二是 … where at least these two begin lines of one part.

    They stand one level below the heading above them, but not above level 3. Where that
    is of level 1, the part has no (一), and all of them have titles, they take the place
    of (一) (二): level 2. Inside a paragraph they head nothing.

    >>> from govdisclose._lines.line import split_lines
    >>> shadow = "二、公开情况\n一是主动公开情况。全年3条。\n二是依申请公开情况。无。"
    >>> lines = shape_items(shadow, shape_lines(shadow, split_lines(shadow)))
    >>> [(line.type, line.number) for line in lines]
    [('H1', 2), ('H2', 1), ('H2', 2)]
    """
    out = list(lines)
    above = 0
    items: list[_Item] = []
    for i, line in enumerate(lines):
        if line.type[0] == "H":
            _make_items(shadow, out, items, above, line)
            above, items = line.level, []
        elif (
            line.type == PROSE
            and shadow[line.start] in _CN
            and (m := _ITEM.match(shadow, line.start, line.end))
        ):
            number = read_ordinal(m[1])
            if number is not None and number == (items[-1].number + 1 if items else 1):
                items.append(_Item(i, m.end(), number))
    _make_items(shadow, out, items, above, None)
    return out


def _make_items(
    shadow: str,
    lines: list[Line],
    items: Sequence[_Item],
    above: int,
    following: Line | None,
) -> None:
    """Put headings in the place of `items`, between a heading of level `above` and the
    one that follows."""
    if len(items) < _ITEMS_LEAST or above >= _DEEPEST:
        return
    titles = [_title(shadow, item.marker_end, lines[item.at].end) for item in items]
    level = max(_ITEM_LEVEL, above + 1)
    if (
        above <= 1
        and all(title for title, _ in titles)
        and (following is None or following.level <= 1)
    ):
        level = _PROMOTED
    for item, (title, body) in zip(items, titles, strict=True):
        line = lines[item.at]
        heading = Line(
            f"H{level}", line.start, line.end, item.number, item.marker_end, title, body
        )
        lines[item.at] = heading


def shape_line(shadow: str, line: Line) -> Line:
    """The line with its shape."""
    start, end = line.start, line.end
    last = shadow[end - 1]
    if last.isdigit() and _LEADERS.search(shadow, max(start, end - _LEADER_REACH), end):
        return line.as_type(FURNITURE, "contents")
    if shadow[start] == "一" and lists_contents(shadow, start, end):
        return line.as_type(FURNITURE, "contents")
    if shadow[start] in _MARKER_STARTS:
        at = start
        if shadow[start] in "?*#" and (m := _DECORATION.match(shadow, start, end)):
            at = m.end()
        m = _MARKER.match(shadow, at, end)
        if (
            m
            and shadow.count("|", at, end) < _BARS_OF_ROW
            and (heading := _heading(shadow, line, m))
        ):
            return heading
    if kind := furniture_kind(shadow, start, end):
        return line.as_type(FURNITURE, kind)
    if end - start <= _PREFACE_MOST and _PREFACE.match(shadow, start, end):
        title = (start, end - 1 if last == ":" else end)
        return Line("H0", start, end, None, start, title, end)
    if shadow[start] in "引前编" and (m := _PREFACE_RUN_IN.match(shadow, start, end)):
        return Line("H0", start, end, None, start, m.span("title"), m.end())
    return line


def _heading(shadow: str, line: Line, marker: re.Match[str]) -> Line | None:
    """The heading that `line` is behind its marker; None if it is none."""
    level = marker.lastgroup[1]  # type: ignore[index]  # every alternative is named
    here, end = marker.end(), line.end
    found = _ORDINAL.search(shadow, marker.start(), here)
    number = read_ordinal(found.group()) if found else None
    if number is None or (here == end and level in "345"):
        return None
    while here < end and (shadow[here].isspace() or shadow[here] == "*"):
        here += 1
    title, body = _title(shadow, here, end)
    if (
        title is not None
        and shadow[title[1] - 1] in _ROW_ENDS
        and WORDS["row_end"].search(shadow, title[0], title[1])
    ):
        return None
    by_blank = level == "1" and shadow[marker.end() - 1].isspace()
    if by_blank and (
        title is None or title[1] - title[0] > _BY_BLANK_MOST or body < end
    ):
        return None  # 一 些同志……: a sentence, not a heading
    return Line(f"H{level}", line.start, end, number, marker.end(), title, body)


def _title(shadow: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """The range of the title in `[start, end)`, or None, and where the text behind it begins.

    A title ends at the first mark of a sentence. What is longer than a title can be,
    states a figure, or says who did something, is a numbered paragraph without a title
    of its own."""
    if start >= end:
        return None, end
    if (m := _BEFORE_ITEMS.match(shadow, start, end)) and _SECOND_ITEM.search(
        shadow, m.end() + 2, end
    ):
        return m.span(), m.end()
    mark = _SENTENCE_MARK.search(shadow, start, min(end, start + _TITLE_MOST + 1))
    stop = mark.start() if mark else end
    if stop - start > (_RUN_IN_MOST if mark else _TITLE_MOST):
        return _glued(shadow, start, end)
    whole = (
        mark is None
        and stop - start <= _SHORT_LINE
        and shadow.find(",", start, stop) < 0
    )
    whole = whole or WORDS["about_itself"].match(shadow, start, stop) is not None
    if (_STATED if whole else WORDS["statement"]).search(shadow, start, stop) or (
        mark and mark.group() == ";"
    ):
        return _glued(shadow, start, end)
    if (mark or shadow.find("无", start, stop) >= 0) and (
        known := title_length(shadow[start:stop])
    ):
        rest = shadow[start + known : stop]
        if rest.strip() == "无" or (
            rest[:1].isspace() and (mark or rest.lstrip()[0] == "无")
        ):
            # 其他需要报告的事项 无。 概述 2018年,我局……。 其他事项 无其他需要报告的事项
            return (start, start + known), stop - len(rest.lstrip())
    if mark and WORDS["glued_title"].match(shadow, start, stop):
        return _glued(shadow, start, end)  # 依申请公开情况2018年未收到申请。
    body = mark.end() if mark else end
    while body < end and shadow[body].isspace():
        body += 1
    while stop > start and shadow[stop - 1] in " ,*#":
        stop -= 1
    if (
        stop - start > 2
        and shadow[stop - 1] == "?"
        and (lost := _LOST.search(shadow, start, stop))
    ):
        stop = lost.start()
    return ((start, stop) if stop > start else None), body


def _glued(shadow: str, start: int, end: int) -> tuple[tuple[int, int] | None, int]:
    """A title that runs into its text without any mark: 办理情况2018年,我局……"""
    m = WORDS["glued_title"].match(shadow, start, min(end, start + _RUN_IN_MOST))
    stop = (
        m.end()
        if m and not WORDS["statement"].search(shadow, start, m.end())
        else start
    )
    stop = max(
        stop, start + title_length(shadow[start : min(end, start + _TITLE_MOST)])
    )
    if (
        stop == start
        and (m := _BEFORE_BLANK.match(shadow, start, end))
        and not WORDS["statement"].search(shadow, start, m.end())
    ):
        stop = m.end()
    if stop == start:
        return None, start
    body = stop
    while body < end and shadow[body].isspace():
        body += 1
    return (start, stop), body
