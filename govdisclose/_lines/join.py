"""Prose that an extractor cut at a fixed width: its lines become paragraphs again.

A line of a PDF ends where the page ends, not where the paragraph does. Whether a break
is one of these is told from the lines around it: it stands near the usual width, no
mark ends a sentence there, and no heading, row or furniture follows. Each break that
goes is an edit by `hard_wraps`, so that spans and the replay need nothing of their own;
page numbers and running heads between the two halves of a sentence go with it.

Guarantees:

1. No line of a table is touched. (Tables are read before.)
2. Joining what was joined yields no edit: it is repeated until nothing is left to join.
3. A few passes, each linear in the length of the text. A text with one long line, which is most of them, costs a look
   at each line's length and last character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from attrs import frozen

from govdisclose._lexicon.terminals import terminal
from govdisclose._lines.line import FURNITURE, PROSE, TABLE, Line
from govdisclose._lines.shape import shape_items, shape_line
from govdisclose.text import Edit, Text

NAME: Final = "hard_wraps"

_LONGEST: Final = 120  # characters: no page is wider, so a text with a longer line was not cut at a width
_NARROWEST: Final = 36  # columns
_SLACK: Final = 6  # columns that a full line may lack: the indent of a paragraph, and a mark that may not open a line
_SLACK_CHARACTERS: Final = 1
_WRAPS_LEAST: Final = 2  # breaks that make a text a wrapped one
_STOPS: Final = frozenset("。;!?")
_ENDS: Final = frozenset("。;!?:")
_OPENS: Final = frozenset(
    "《〈(“‘、,"
)  # a line that ends in one of these goes on, whatever its width
_CLOSES: Final = frozenset(
    "》〉)”’、,。;"
)  # a line that begins with one of these goes on with the one above
_PASSES_MOST: Final = 8
_STICKING_OUT: Final = 8  # of so many lines, one may stick out
_STICKS_MOST: Final = 8  # columns by which it does
_INDENT_MOST: Final = 40
_LATIN_BLANK: Final = " "
_BESIDE_FIGURES: Final = re.compile(
    r"(?<=[^\x00-\x7f]) (?=[!-~])|(?<=[!-~]) (?=[^\x00-\x7f])"
)
_PAIRS: Final = ("()", "《》", "“”")
_CLOSERS: Final = frozenset(pair[1] for pair in _PAIRS)
_BRACKET: Final = re.compile(f"[{''.join(_PAIRS)}]")
_CLOSED_WITHIN: Final = (
    6  # lines in which a parenthesis is closed that a line left open
)
_LINES_MOST: Final = 100  # of a paragraph that no mark ends, and that is looked at again from its second line on
_TOKEN: Final = re.compile(r"[!-~]{1,40}|.[,。;:、)》”]?")
_LONG_TOKEN: Final = re.compile(r"([!-~]{24})[!-~]+")  # an address: it may stick out
_COLUMNS: Final = re.compile(
    r"[\t|]|\S {2,}\S"
)  # cells, or figures one below the other
_LABELLED: Final = re.compile(r"[^\s:,。]{2,6}:|" + terminal("ITEM"))
_PAGE_NUMBER: Final = re.compile(terminal("PAGE_NUMBER") + r"|\d{1,3}")
_TITLE_ENDS: Final = re.compile(
    r"(?:情况|工作|措施|问题|建设|概述|事项|方面|公开|制度|机制|打算|方向|附表|报告|说明|引言)$"
)
_TAIL_MOST: Final = 24  # columns of what is left of a title on its second line
_TITLE_MOST: Final = 60
_RUNNING_SIZES: Final = (6, 40)  # characters of a running head
_ITS_TITLE: Final = re.compile(
    r"[^,。;:、]{0,24}" + terminal("YEAR") + r"[^,。;:、]{0,24}(?:年报|报告)"
)  # once is enough
_RUNNING_LEAST: Final = 2  # times that it stands beside a page number


def join_lines(text: Text, lines: list[Line]) -> tuple[Text, list[Line]]:
    r"""The text without its hard wraps, and its lines (shaped, those of tables marked)
    with the offsets of that text.

    Where 一是, 二是 … begin lines now, they are headings.

    >>> from govdisclose._lines.line import split_lines
    >>> from govdisclose._lines.shape import shape_lines
    >>> from govdisclose.text import Source
    >>> text = Text(Source("全年召开会议12\n3次,\n培训两次。"))
    >>> lines = shape_lines(text.shadow, split_lines(text.shadow))
    >>> join_lines(text, lines)[0].string  # one break tells nothing of a width; a comma at the end of a line does
    '全年召开会议12\n3次,培训两次。'
    """
    for _ in range(_PASSES_MOST):
        groups = _groups(text, lines)
        if not groups:
            break
        text, lines = _joined(text, lines, groups)
    return text, shape_items(text.shadow, lines)


@frozen
class _Group:
    """Indexes of the lines of one paragraph, without the furniture between them."""

    lines: tuple[int, ...]
    heading: bool  # a heading that breaks off, and nothing else
    wraps: int  # how many of its breaks stand at the usual width


@frozen
class _Width:
    """The usual width of the lines of a text, in columns and in characters."""

    text: Text
    columns: int
    characters: int

    def is_full(self, line: Line, below: Line) -> bool:
        """Whether the first word of the line below had no room on the line."""
        m = _TOKEN.match(self.text.shadow, below.start, below.end)
        token = self.text.string[below.start : m.end()] if m else ""
        if line.end - line.start + len(token) > self.characters - _SLACK_CHARACTERS:
            return True
        return _extent(self.text.string, line) + _columns(token) > self.columns - _SLACK


def _extent(string: str, line: Line) -> int:
    """The columns of a line with its indent, without the blanks that an extractor sets
    beside figures.

    They are those of the text as it is printed: a full-width comma takes two.
    """
    begin = string.rfind("\n", max(0, line.start - _INDENT_MOST), line.start) + 1
    indent = string[begin : line.start] if begin else ""
    words = string[line.start : line.end]
    if _LATIN_BLANK in words:
        words = _BESIDE_FIGURES.sub("", words)
    return _columns(words) + (_columns(indent) if indent.isspace() else 0)


def _columns(text: str) -> int:
    return len(text) if text.isascii() else sum(map(_width, text))


@lru_cache(maxsize=8192)
def _width(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1


def _groups(text: Text, lines: Sequence[Line]) -> list[_Group]:
    """The paragraphs and headings that stand on several lines."""
    shadow = text.shadow
    width = _usual_width(text, lines)
    if width is not None:
        groups = list(_groups_at(shadow, lines, width, _page_furniture(shadow, lines)))
        if sum(g.wraps for g in groups if not g.heading) >= _WRAPS_LEAST:
            return groups
    return list(_groups_at(shadow, lines, None, frozenset()))


def _groups_at(
    shadow: str, lines: Sequence[Line], width: _Width | None, passed: frozenset[int]
) -> Iterator[_Group]:
    i = 0
    while i < len(lines):
        group, i = _group(shadow, lines, i, width, passed)
        if group is not None:
            yield group


def _usual_width(text: Text, lines: Sequence[Line]) -> _Width | None:
    """The width at which the text was cut; None where its lines are too few, too long
    or too short for one.

    A few lines may stick out: what an extractor makes of figures is wider than it was printed.
    """
    shadow, string = text.shadow, text.string
    measured = [line for line in lines if line.type not in (TABLE, FURNITURE)]
    if len(measured) <= _WRAPS_LEAST + 1:
        return None
    columns: list[int] = []
    characters: list[int] = []
    for line in measured:
        if line.end - line.start > _LONGEST and not _LONG_TOKEN.search(
            shadow, line.start, line.end
        ):
            return None
        if _COLUMNS.search(shadow, line.start, line.end):
            continue
        words = _LONG_TOKEN.sub(r"\1", string[line.start : line.end])
        characters.append(len(words))
        columns.append(
            _extent(string, line)
            if len(words) == line.end - line.start
            else _columns(words)
        )
    out = len(columns) // _STICKING_OUT
    columns.sort(reverse=True)
    characters.sort(reverse=True)
    if not columns or not _NARROWEST <= columns[out] <= 2 * _LONGEST:
        return None
    if columns[0] > columns[out] + _STICKS_MOST:
        out = 0  # that line is no longer one of a page of this width
    return _Width(text, columns[out], characters[out])


def _page_furniture(shadow: str, lines: Sequence[Line]) -> frozenset[int]:
    """The lines that are page numbers, and the running heads beside them."""
    numbers = [
        i
        for i, line in enumerate(lines)
        if line.type in (PROSE, FURNITURE)
        and _PAGE_NUMBER.fullmatch(shadow, line.start, line.end)
        and not (i and _is_bare(shadow, lines[i - 1]))
        and not (i + 1 < len(lines) and _is_bare(shadow, lines[i + 1]))
    ]
    beside = [j for i in numbers for j in (i - 1, i + 1) if 0 <= j < len(lines)]
    heads = Counter(
        shadow[lines[j].start : lines[j].end]
        for j in beside
        if lines[j].type in (PROSE, FURNITURE)
        and _RUNNING_SIZES[0] <= lines[j].end - lines[j].start <= _RUNNING_SIZES[1]
    )
    running = {
        j
        for j in beside
        if (head := shadow[lines[j].start : lines[j].end]) in heads
        and (heads[head] >= _RUNNING_LEAST or _ITS_TITLE.fullmatch(head))
        and head[-1] not in _ENDS
    }
    return frozenset(numbers) | running


def _is_bare(shadow: str, line: Line) -> bool:
    return shadow[line.start : line.end].isdecimal()


def _group(
    shadow: str,
    lines: Sequence[Line],
    i: int,
    width: _Width | None,
    passed: frozenset[int],
) -> tuple[_Group | None, int]:
    """The paragraph that begins on line `i`, if it goes on behind it, and the line from
    which to look on.

    Where lines go on to one that nothing ends, no paragraph begins on any of them, but
    perhaps inside a parenthesis."""
    line = lines[i]
    if shadow[line.end - 1] in "。!?" or line.type in (TABLE, FURNITURE) or i in passed:
        return None, i + 1
    if _COLUMNS.search(shadow, line.start, line.end):
        return None, i + 1
    if (
        width is not None
        and line.title is not None
        and line.body >= line.end
        and shadow[line.end - 1] != ":"
    ):
        following = _following(shadow, lines, i, passed)
        if following is None or not width.is_full(line, lines[following]):
            return None, i + 1
        if _is_rest(shadow, line, lines[following]):
            return _Group((i, following), heading=True, wraps=1), following + 1
        if _TITLE_ENDS.search(shadow, line.start, line.title[1]):
            return None, i + 1  # a title that fills its line by chance
    members, wraps, opened, inside = [i], 0, 0, False
    while (following := _following(shadow, lines, members[-1], passed)) is not None:
        line, below = lines[members[-1]], lines[following]
        opened = _opened(shadow, line, opened)
        inside = inside or opened > 0
        if _ends(shadow, line, below, opened) or _is_copy(shadow, line, below):
            break
        full = width is not None and width.is_full(line, below)
        if (
            not full
            and not _goes_on(shadow, line, below)
            and not (opened and _closes(shadow, lines, following))
        ):
            break
        if full:
            torn = shadow[line.end - 1].isdecimal() and shadow[below.start].isdecimal()
            wraps += 1 + (torn or opened > 0 or following > members[-1] + 1)
        members.append(following)
    if len(members) == 1:
        return None, i + 1
    if following is not None and shadow[lines[members[-1]].end - 1] not in _ENDS:
        # lines that end without a mark, one below the other, are a list
        return None, i + 1 if inside and len(members) <= _LINES_MOST else members[
            -1
        ] + 1
    return _Group(tuple(members), heading=False, wraps=wraps), members[-1] + 1


def _ends(shadow: str, line: Line, below: Line, opened: int) -> bool:
    """Whether a mark ends the sentence.

    A semicolon does not inside parentheses, nor a colon where its value, in digits or
    Latin letters, stands below."""
    last = shadow[line.end - 1]
    if last == ";" and opened:
        return False
    return last in _STOPS or (last == ":" and not shadow[below.start].isascii())


def _opened(shadow: str, line: Line, before: int) -> int:
    """How many brackets are open at the end of a line."""
    opened = sum(
        shadow.count(a, line.start, line.end) - shadow.count(b, line.start, line.end)
        for a, b in _PAIRS
    )
    return max(0, before + opened)


def _closes(shadow: str, lines: Sequence[Line], i: int) -> bool:
    """Whether a bracket is closed soon, before any is opened."""
    for line in lines[i : i + _CLOSED_WITHIN]:
        if line.type != PROSE:
            return False
        if m := _BRACKET.search(shadow, line.start, line.end):
            return m.group() in _CLOSERS
    return False


def _goes_on(shadow: str, line: Line, below: Line) -> bool:
    """Whether the marks at a break say that the sentence goes on: a comma before it, a
    closing bracket behind it."""
    if shadow[below.start] in _CLOSES:
        return True
    if (
        shadow[line.end - 1] not in _OPENS
        or line.end - line.start < 2
        or line.marker_end >= line.end
    ):
        return False  # 三、 alone is a marker
    return not _LABELLED.match(shadow, below.start, below.end)


def _is_copy(shadow: str, line: Line, below: Line) -> bool:
    """A title that is printed twice."""
    return line.end - line.start == below.end - below.start and shadow.startswith(
        shadow[line.start : line.end], below.start
    )


def _following(
    shadow: str, lines: Sequence[Line], i: int, passed: frozenset[int]
) -> int | None:
    """The line that a sentence of line `i` would go on with; None where a heading, a
    row or a gap follows."""
    j = i + 1
    while j < len(lines) and j in passed:
        j += 1
    if j >= len(lines) or lines[j].type != PROSE:
        return None
    if _COLUMNS.search(shadow, lines[j].start, lines[j].end):
        return None
    return (
        j
        if j > i + 1 or shadow.count("\n", lines[i].end, lines[j].start) == 1
        else None
    )


def _is_rest(shadow: str, heading: Line, below: Line) -> bool:
    """Whether a line is the rest of the title above: short, without a mark, and the
    title is not at its end."""
    title = heading.title or (heading.end, heading.end)
    words = shadow[below.start : below.end]
    if (
        _ENDS & set(words)
        or _columns(words) > _TAIL_MOST
        or title[1] - title[0] + len(words) > _TITLE_MOST
    ):
        return False
    return bool(_TITLE_ENDS.search(words)) or not _TITLE_ENDS.search(shadow, *title)


def _joined(
    text: Text, lines: list[Line], groups: Sequence[_Group]
) -> tuple[Text, list[Line]]:
    if not groups:
        return text, lines
    edits: list[Edit] = []
    heads: dict[int, int] = {}  # the first line of a group, and the last
    gone: set[int] = set()
    for group in groups:
        for a, b in zip(group.lines, group.lines[1:], strict=False):
            edits.append(
                Edit(
                    lines[a].end,
                    lines[b].start,
                    _between(text.shadow, lines[a].end, lines[b].start),
                )
            )
            gone.update(range(a + 1, b + 1))
        heads[group.lines[0]] = group.lines[-1]
    new = text.apply(edits, by=NAME)
    out: list[Line] = []
    shift = at = 0
    for i, line in enumerate(lines):
        if i in gone:
            continue
        while at < len(edits) and edits[at].end <= line.start:
            shift += len(edits[at].new) - (edits[at].end - edits[at].start)
            at += 1
        if i not in heads:
            out.append(line.moved(shift))
            continue
        start = line.start + shift
        while at < len(edits) and edits[at].end <= lines[heads[i]].start:
            shift += len(edits[at].new) - (edits[at].end - edits[at].start)
            at += 1
        whole = Line(PROSE, start, lines[heads[i]].end + shift)
        out.append(shape_line(new.shadow, whole))
    return new, out


_LATIN: Final = re.compile(r"[!-~]{1,60}")
_TAIL: Final = re.compile(r"[!-~]{1,60}\Z")


def _between(shadow: str, end: int, start: int) -> str:
    """What parts two halves of a line: a blank between two words in Latin letters, but
    not inside an address."""
    if not (_is_latin(shadow[end - 1]) and _is_latin(shadow[start])):
        return ""
    before, behind = (
        _TAIL.search(shadow, max(0, end - 60), end),
        _LATIN.match(shadow, start),
    )
    word = (before.group() if before else "") + (behind.group() if behind else "")
    return "" if "." in word or "@" in word or "/" in word else " "


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
