"""Lines that hold what should be many: a table, or a whole report, without line breaks.

Such a line is cut before each label of a table that stands in a run of labels and cells, and before each heading that
continues the count (一、 二、 三、). Nothing is changed: a line becomes several, with the same offsets.

Guarantees:

1. The lines that come out cover what the line that went in covered, but for white space.
2. A marker that does not continue the count of the headings before it, on this line or above, cuts nothing; nor does
   one that stands inside 《》 or in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import define

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import label_key, variants
from govdisclose._lexicon.numeral import read_ordinal
from govdisclose._lexicon.section_kind import (
    UNCLASSIFIED,
    known_title,
    section_kind,
    title_length,
)
from govdisclose._lexicon.terminals import terminal, words
from govdisclose._lines.cell import UNITS
from govdisclose._lines.line import PROSE, Line, split_lines
from govdisclose._lines.shape import lists_contents
from govdisclose.form import Place, catalogue

LONG: Final = 240  # characters from which a line may hold several
_TABLE_LEAST: Final = 60  # characters from which a line may hold a table
_ROW: Final = re.compile(
    r"[|\t]|\s\s"
)  # a line whose cells stand apart is one row, unless it is long
_FIGURED_LEAST: Final = (
    3  # labels with figures behind them that make a table of less than a LONG line
)

_BARRED: Final = re.compile(r"[|\t]")
_DIGITS_LEAST: Final = 8
_CLAUSE_END: Final = re.compile(r"[。,;!?]")
_UNBROKEN_LEAST: Final = 60  # characters of a table without a comma or a stop
_SPACED_OUT: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]) [\u4e00-\u9fff] (?=[\u4e00-\u9fff])"
)
_SPACED_LEAST: Final = 20
_GAPS_MOST: Final = 8  # unknown things between two labels
_GAP_MOST: Final = 60  # characters of one
_WORD_MOST: Final = 8  # characters of a word over the figures that no form has
_LABELS_LEAST: Final = 3
_WORDS_LEAST: Final = 8
_DIGIT: Final = re.compile(r"\d")
_NUMERALS: Final = words("NUMERAL")
_ORDINAL: Final = terminal("ORDINAL")
_AMONG: Final = "其 ?中 ?:?"
_DIGITS: Final = terminal("COUNT")
_NUMBERED: Final = rf"{_ORDINAL} ?、|\( ?{_ORDINAL} ?\) ?、?|\( ?{_DIGITS} ?\)|(?<!\d){_DIGITS} ?[.、](?! ?\d)"
_ENUMERATOR: Final = rf"(?:{_AMONG} ?)?(?:{_NUMBERED})(?: ?{_AMONG})?|{_AMONG}"


def cut_lines(shadow: str) -> list[Line]:
    """The lines of a text that are not blank, not yet shaped; those that hold several are cut."""
    out: list[Line] = []
    count = _Count(opened=_opens_a_line(shadow))
    for line in split_lines(shadow):
        rows: list[int] = []
        tables: list[tuple[int, int]] = []
        size = line.end - line.start
        if size >= LONG or (
            size >= _TABLE_LEAST and not _ROW.search(shadow, line.start, line.end)
        ):
            for cuts in _table_cuts(shadow, line):
                rows += cuts
                tables.append((min(cuts), max(cuts)))
        barred = size < LONG and _BARRED.search(shadow, line.start, line.end)
        headings = [] if barred else _heading_cuts(shadow, line, tables, count)
        if not rows and not headings:
            out.append(line)
            continue
        cuts = sorted({line.start, *rows, *headings, line.end})
        out += (part for a, b in pairwise(cuts) for part in _strip(shadow, a, b))
    return out


def _strip(shadow: str, start: int, end: int) -> Iterator[Line]:
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    if start < end:
        yield Line(PROSE, start, end)


# --- tables


def _trie(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` at a place, that looks at each character once.

    A blank may stand between any two characters: where a narrow column cut a label, one is left.
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a trie has no finite type
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def pattern(node: dict[str, dict], blank: str = " ?") -> str:  # type: ignore[type-arg]  # as above; as deep as the longest label
        branches = [re.escape(c) + pattern(below) for c, below in node.items() if c]
        if not branches:
            return ""
        joined = blank + (
            branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
        )
        return f"(?:{joined})?" if "" in node else joined

    return pattern(root, "")


_QUOTES: Final = (
    {0x201C: '"', 0x201D: '"'},
    {0x201C: "", 0x201D: ""},
)  # what may stand for the quotes of a label
_CONVERTERS: Final = {ours: theirs for theirs, ours in variants().items()}
_CONVERTED: Final = re.compile("|".join(_CONVERTERS))


def _converted(word: str) -> str:
    """A word as converters to traditional script have it."""
    return _CONVERTED.sub(lambda m: _CONVERTERS[m.group()], word)


@cache
def _scanner() -> re.Pattern[str]:
    """What a table is made of, token by token. A character that none of these takes ends the table."""
    forms = catalogue().forms.values()
    rows = [row for form in forms for table in form.tables for row in table.rows]
    labels = {
        half_width(label)
        for row in rows
        for label in (row.label, *row.aliases)
        if label
    }
    labels |= {re.sub(r"\([^()]*\)", "", label) for label in labels}
    labels |= set(map(_converted, labels))
    labels |= {label.translate(quotes) for label in labels for quotes in _QUOTES}
    words = {
        half_width(word)
        for form in forms
        for table in form.tables
        for word, _ in table.words()
    }
    words |= set(map(_converted, words))
    years = "|".join(
        {
            c.label_regex.strip("^$")
            for f in forms
            for t in f.tables
            for c in t.columns
            if c.label_regex
        }
    )
    return re.compile(
        rf"(?P<enumerator>{_ENUMERATOR})|(?P<label>{_trie(labels - words - {''})})|(?P<word>{_trie(words)}|{years})"
        rf"|(?P<number>{terminal('NUMBER')})|(?P<note>\([^()]{{1,80}}\))"
        rf"|(?P<unit>{UNITS})|(?P<mark>[\s|./:;,、*—-]|无)"
    )


def _table_cuts(shadow: str, line: Line) -> Iterator[list[int]]:
    """For each table in a line, where its rows begin and where it ends."""
    if len(_DIGIT.findall(shadow, line.start, line.end)) < _DIGITS_LEAST:
        return
    if (
        max(map(len, _CLAUSE_END.split(shadow[line.start : line.end])))
        < _UNBROKEN_LEAST
    ):
        return  # prose: a table has no commas and stops for many rows
    if len(_SPACED_OUT.findall(shadow, line.start, line.end)) < _SPACED_LEAST:
        yield from _runs(shadow, line)
        return
    kept = [i for i in range(line.start, line.end) if not _is_between(shadow, i)]
    squeezed = "".join(shadow[i] for i in kept)
    for cuts in _runs(squeezed, Line(PROSE, 0, len(squeezed))):
        yield [kept[cut] if cut < len(kept) else line.end for cut in cuts]


def _is_between(shadow: str, i: int) -> bool:
    """Whether a character is a blank that parts two characters of one word: 统 计 指 标."""
    return (
        shadow[i] == " "
        and 0 < i < len(shadow) - 1
        and not (shadow[i - 1].isdecimal() and shadow[i + 1].isdecimal())
    )


_MISSPELLED_MOST: Final = 40  # things on a line that are looked at for a label that is not spelled as the form has it
_UNKNOWN: Final = re.compile(rf"(?P<label>[^\d\s|。,;!?]{{6,60}}?)(?=(?:{UNITS})?\d)")


def _is_misspelled(text: str) -> bool:
    """Whether text without figures, of which no form knows the spelling, is the whole of a label all the same."""
    found = catalogue().find_inexact(text)
    return found is not None and not found.rest


class _Style(NamedTuple):
    """How a line is printed: whether it is no longer than a row may be, and whether it counts its rows (序号)."""

    short: bool
    counted: bool


class _Gap(NamedTuple):
    """Something unknown before a member of a run, and where the row begins that it opens; -1 if it opens none."""

    at: int
    cut: int


def _runs(shadow: str, line: Line) -> Iterator[list[int]]:
    """The cuts of each run of labels, figures and what else a table is made of.

    What is none of these ends the run; but for a word among those over the figures, and labels set off by blanks that
    no form spells so, where one that some form knows comes behind them.
    """
    run: list[re.Match[str]] = []
    gaps: list[_Gap] = []
    sure = labels = 0  # the members up to the last label, and how many labels there are
    begun = False
    style = _Style(
        line.end - line.start < LONG,
        any(
            kind == "ordinal" and shadow.find(word, line.start, line.end) >= 0
            for word, kind in catalogue().headers.items()
        ),
    )
    at, tries = line.start, _MISSPELLED_MOST
    while (m := _scanner().search(shadow, at, line.end)) is not None:
        if begun and m.start() != at:
            if tries and (near := _UNKNOWN.match(shadow, at, line.end)) is not None:
                tries -= 1
                m = near if _is_misspelled(near.group()) else m
            if (
                m.start() != at
                and m.lastgroup == "label"
                and not _blank_before(shadow, m)
            ):
                at = m.end()  # the end of a label that nobody can read
                continue
        at = m.end()
        if run and m.start() != run[-1].end():
            gap = (
                _passed(shadow, run, m, gaps, labels)
                if sum(g.at >= sure for g in gaps) < _GAPS_MOST
                else None
            )
            if gap is None:
                yield from _closed(shadow, run, gaps, sure, style)
                run, gaps, sure, labels = [], [], 0, 0
            else:
                gaps.append(gap)
        run.append(m)
        if m.lastgroup == "label":
            sure = len(run)
            labels += 1
            begun = True
    yield from _closed(shadow, run, gaps, sure, style)


def _closed(
    shadow: str,
    run: Sequence[re.Match[str]],
    gaps: Sequence[_Gap],
    sure: int,
    style: _Style,
) -> Iterator[list[int]]:
    """The cuts of a run, up to the first unknown thing behind its last label; what follows is runs of their own."""
    if len(run) <= _LABELS_LEAST:
        return  # most runs: a few figures of a sentence
    ends = [gap.at for gap in gaps if gap.at >= sure]
    for start, end in pairwise((0, *ends, len(run))):
        cuts = list(_run_cuts(shadow, run[start:end], style))
        if cuts:
            yield [
                *cuts,
                *(
                    gap.cut
                    for gap in gaps
                    if start < gap.at < end and min(cuts) < gap.cut
                ),
            ]


def _passed(
    shadow: str,
    run: Sequence[re.Match[str]],
    m: re.Match[str],
    gaps: Sequence[_Gap],
    labels: int,
) -> _Gap | None:
    """What stands between a run and `m`, if the table may go on behind it."""
    start = run[-1].end()
    text = shadow[start : m.start()]
    if len(text) > _GAP_MOST or _CLAUSE_END.search(text):
        return None
    since = run[gaps[-1].at if gaps else 0 :]
    if gaps and all(
        t.lastgroup in ("mark", "word") or not _blank_before(shadow, t)
        for t in since[1:]
    ):
        return _Gap(len(run), -1)  # the same label goes on
    head = len(run) - 1
    while (
        head
        and run[head].lastgroup in ("mark", "enumerator")
        and shadow[run[head].start()] != "—"
    ):
        head -= 1
    opener = run[-1] if run[-1].lastgroup == "enumerator" else None
    begin = opener.start() if opener else start
    if run[head].lastgroup == "word":
        return (
            _Gap(len(run), -1)
            if len(text) <= _WORD_MOST and shadow[begin - 1].isspace()
            else None
        )
    if labels < _LABELS_LEAST or not shadow[begin - 1].isspace():
        return None
    if section_kind(label_key(text)) != UNCLASSIFIED:
        return None
    return _Gap(len(run), begin)


def _blank_before(shadow: str, m: re.Match[str]) -> bool:
    return m.start() > 0 and shadow[m.start() - 1].isspace()


def _run_cuts(
    shadow: str, run: Sequence[re.Match[str]], style: _Style
) -> Iterator[int]:
    kinds = [m.lastgroup for m in run]
    # a word such as 总计 or 其他 is a label where figures went before
    labels = [
        i
        for i, m in enumerate(run)
        if m.lastgroup == "label" or _is_row(shadow, run, i)
    ]
    words = kinds.count("word")
    if "number" not in kinds or (len(labels) < _LABELS_LEAST and words < _WORDS_LEAST):
        return
    if (
        style.short
        and words < _WORDS_LEAST
        and _figured(kinds, labels) < _FIGURED_LEAST
    ):
        return  # one row, and the heads over it
    first, last = 0, len(run) - 1
    while kinds[first] in ("mark", "unit", "number"):
        first += 1  # 2018年 …… 12件: figures of the text before
    while kinds[last] in ("mark", "enumerator") or (
        kinds[last] == "word" and kinds[last - 1] == "enumerator"
    ):
        last -= (
            1  # (三、)其他 with nothing behind it begins the next part of the report
        )
    labels = [i for i in labels if i <= last]
    yield run[first].start()
    if not _runs_on(shadow, run, last):
        yield run[last].end()
    for i in labels:
        start = _row_start(shadow, run, i)
        yield start - (_count_before(shadow, run, i, start) if style.counted else 0)
    rows = set(labels)
    for a, b in pairwise(range(len(run))):
        if kinds[a] == "word" and a not in rows and _next_kind(kinds, b) == "number":
            yield run[a].end()
        if (
            kinds[b] == "word"
            and b not in rows
            and (a in rows or _last_kind(kinds, a) in _BEFORE_HEADER)
        ):
            yield run[b].start()


_CLOSES: Final = re.compile(
    rf"\s|[。;;,，!?|《“]|附|注|备注|说明|{_ORDINAL}、|\({_ORDINAL}\)|第|$"
)


def _runs_on(shadow: str, run: Sequence[re.Match[str]], last: int) -> bool:
    """Whether the last figure of a table runs into text that may be a label nobody can read, with its enumerator.

    Then the figure may hold digits of that enumerator, so it stays with the text and is not read.
    """
    if run[last].lastgroup != "number":
        return False
    end = run[last].end()
    return (
        shadow[end : end + 1] in ".、"
        if end < len(shadow) and shadow[end] in ".、"
        else not _CLOSES.match(shadow, end)
    )


def _figured(kinds: Sequence[str | None], labels: Sequence[int]) -> int:
    """How many labels have a figure behind them, before the next label."""
    ends = [*labels[1:], len(kinds)]
    return sum("number" in kinds[a:b] for a, b in zip(labels, ends, strict=True))


_BEFORE_HEADER: Final = ("number", "note", "unit", "label")


def _next_kind(kinds: Sequence[str | None], i: int) -> str | None:
    return next((kinds[k] for k in range(i, len(kinds)) if kinds[k] != "mark"), None)


def _last_kind(kinds: Sequence[str | None], i: int) -> str | None:
    return next((kinds[k] for k in range(i, -1, -1) if kinds[k] != "mark"), None)


def _is_row(shadow: str, run: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word that heads a column is the label of a row here: it has an enumerator, or figures behind it."""
    if run[i].lastgroup != "word" or not catalogue().find(run[i].group()):
        return False
    return i > 0 and (
        run[i - 1].lastgroup == "enumerator"
        or _row_start(shadow, run, i) < run[i].start()
    )


def _row_start(shadow: str, run: Sequence[re.Match[str]], i: int) -> int:
    """Where a row begins: at its enumerator, also one that ran into the figure before it (12014502.政府公报)."""
    start = run[i].start()
    at = i - 1
    while at > 0 and run[at].group().isspace():
        at -= 1
    if at >= 0 and run[at].lastgroup == "enumerator" and _follows(run[at : i + 1]):
        start = run[at].start()
        digits = _LEADING_DIGITS.match(run[at].group())
        ordinals = _ordinals(run[i])
        if (
            digits and digits.group() not in ordinals
        ):  # 02.政府网站: the nought is the figure before
            start += next(
                (
                    len(digits.group()) - len(o)
                    for o in ordinals
                    if digits.group().endswith(o)
                ),
                0,
            )
        return start
    if at > 0 and run[at].group() in ".、":
        at -= 1
        while at > 0 and run[at].group().isspace():
            at -= 1
        if run[at].lastgroup == "number" and _follows(run[at : i + 1]):
            end, figure = run[at].end(), run[at].group()
            return next(
                (end - len(o) for o in _ordinals(run[i]) if figure.endswith(o)), start
            )
    return start


def _follows(run: Sequence[re.Match[str]]) -> bool:
    """Whether nothing unknown stands between the members of a run."""
    return all(a.end() == b.start() for a, b in pairwise(run))


def _ordinals(label: re.Match[str]) -> list[str]:
    """The numbers that forms print before a label, the longest first."""
    found = {_ordinal(place) for place in _named(label.group())} - {""}
    return sorted(found, key=lambda o: (-len(o), o))


def _named(label: str) -> tuple[Place, ...]:
    """The rows that a label names, spelled as a form has it or nearly so."""
    if found := catalogue().find(label):
        return found
    near = catalogue().find_inexact(label)
    return near.places if near is not None else ()


def _count_before(shadow: str, run: Sequence[re.Match[str]], i: int, start: int) -> int:
    """The size of the count of a row (序号) that ran into the figure before it."""
    counts = {
        str(place.row + 1) for place in _named(run[i].group()) if _is_counted(place)
    }
    return max((len(c) for c in counts if shadow.endswith(c, 0, start)), default=0)


def _is_counted(place: Place) -> bool:
    return catalogue().table(place).ordinal_header is not None


_LEADING_DIGITS: Final = re.compile(r"\d+")


def _ordinal(place: Place) -> str:
    found = re.search(r"\d+", catalogue().rows[place].enumerator)
    return found.group() if found else ""


# --- headings

_SHORT: Final = 24  # characters from which a line may hold the heading of a next part
_BOUNDARY: Final = "。;;!?)）:： \t”》"
_MARKER: Final = re.compile(
    rf"(?P<first>(?:{_ORDINAL}|{terminal('PART')})\s{{0,2}}[、.:])|(?P<second>\({_ORDINAL}\))"
)
_STARTS: Final = frozenset((*_NUMERALS, *"第("))
_NUMERAL: Final = re.compile(_ORDINAL)
_TITLE_REACH: Final = 60
_BEFORE_CELLS: Final = re.compile(
    rf"\s{{0,4}}(?:\||第{_ORDINAL}条|\(本列数据|\d{{1,6}}\s\d)"
)
_INDENT_MOST: Final = 12
_HEADINGS_LEAST: Final = 2
_PAGE_LEAST: Final = 2  # parts of level 1 inside a line that make it a page
_ITEMS_LEAST: Final = 2
_THIRD: Final = re.compile(rf"(?<![\d.])(?P<number>{_DIGITS})\s?[、.](?![\d\s]*\d)")
_FOURTH: Final = re.compile(rf"\((?P<number>{_DIGITS})\)")
_BEFORE_BREAK: Final = re.compile(r"[^\s。;!?:,]{3,28}(?=\s[^\s。]{6,60}。)")
_RUNS_INTO: Final = re.compile(rf"(?:{_MARKER.pattern})[^\s。;!?:,\d]{{2,28}}")
_TO_NINETEEN: Final = (*_NUMERALS, *(f"十{numeral}" for numeral in _NUMERALS[:-1]))


@define
class _Count:
    """The numbers of the last headings: of level 1, and of level 2 below it."""

    opened: bool  # whether a line of its own begins with 一、 somewhere
    first: int = 0
    second: int = 0


def _heading_cuts(
    shadow: str, line: Line, tables: Sequence[tuple[int, int]], count: _Count
) -> list[int]:
    """Where a line has headings that count on, outside of its tables: 一、 二、 三、 and (一) (二) under each.

    The count goes on from the lines above. It is not opened inside a line if a line of its own opens it elsewhere: then
    一、 二、 in the middle of a paragraph are a list.
    """
    if shadow[line.start] == "一" and lists_contents(shadow, line.start, line.end):
        return []
    m = (
        _MARKER.match(shadow, line.start, line.end)
        if shadow[line.start] in _STARTS
        else None
    )
    level = m.lastgroup if m else None
    if m and level == "first":
        count.first, count.second = _number(m), 0
    elif m:
        count.second = _number(m)
    size = line.end - line.start
    if size < _SHORT or (size < LONG and not _may_go_on(shadow, line, level, count)):
        return []
    if count.opened and not count.first:
        return []
    before, inside = count.first, level is not None
    first: list[int] = []
    second: list[int] = []
    for m in _MARKER.finditer(shadow, line.start + 1, line.end):
        at = m.start()
        if shadow[at - 1] == "第" or any(a <= at < b for a, b in tables):
            continue
        number = _number(m)
        if (
            m.lastgroup == "first"
            and number == count.first + 1
            and _opens(shadow, line, m)
        ):
            first += (at, *_title_end(shadow, line, m))
            count.first, count.second, inside = number, 0, True
        elif (
            m.lastgroup == "second"
            and inside
            and number == count.second + 1
            and (_opens(shadow, line, m) or (first and not count.second))
        ):
            second.append(at)
            count.second = number
    if (
        not before
        and count.first < _HEADINGS_LEAST
        and not (first and _is_known(shadow, line, first[0]))
    ):
        count.first = before
        return []
    cuts = sorted({*first, *second})
    return (
        [*cuts, *_item_cuts(shadow, line, cuts, tables)]
        if len(first) >= _PAGE_LEAST
        else cuts
    )


def _item_cuts(
    shadow: str, line: Line, cuts: Sequence[int], tables: Sequence[tuple[int, int]]
) -> Iterator[int]:
    """Where items stand in the parts of a page that is one line: 1. 2. 3. in a part, (1) (2) in a part or an item.

    The rows of a table are numbered so, too: a part with one has no items.
    """
    for start, end in pairwise((*cuts, line.end)):
        if any(a < end and start < b for a, b in tables):
            continue
        items = list(_counted(shadow, start, end, _THIRD))
        yield from items
        for at in items:
            yield from _break_lost(shadow, at, end)
        for a, b in pairwise((start, *items, end)):
            yield from _counted(shadow, a, b, _FOURTH)


def _break_lost(shadow: str, at: int, end: int) -> Iterator[int]:
    """Where the title of an item ends, if a blank stands for the line end: 1、电视、报刊公告 通过县电视台公开。"""
    marker = _THIRD.match(shadow, at, end)
    title = _BEFORE_BREAK.match(shadow, marker.end(), end) if marker else None
    if title:
        yield title.end()


def _counted(
    shadow: str, start: int, end: int, marker: re.Pattern[str]
) -> Iterator[int]:
    """The places of `marker` in a range that count from 1 to 2 at least."""
    found: list[int] = []
    for m in marker.finditer(shadow, start + 1, end):
        if int(m["number"]) == len(found) + 1 and _may_begin_item(shadow, start, m):
            found.append(m.start())
    if len(found) >= _ITEMS_LEAST:
        yield from found


def _may_begin_item(shadow: str, start: int, m: re.Match[str]) -> bool:
    """Whether a sentence ends before a marker; the first may run on from the title of its part."""
    return shadow[m.start() - 1] in _BOUNDARY or (
        m["number"] == "1"
        and _RUNS_INTO.fullmatch(shadow, start, m.start()) is not None
    )


def _is_known(shadow: str, line: Line, at: int) -> bool:
    """Whether the heading at `at` has a title of the catalogue: it needs no second one to be believed."""
    m = _MARKER.match(shadow, at, line.end)
    return (
        m is not None
        and title_length(shadow[m.end() : min(line.end, m.end() + _TITLE_REACH)]) > 0
    )


def _title_end(shadow: str, line: Line, m: re.Match[str]) -> Iterator[int]:
    """Where a known title ends before cells, which would make a row of it."""
    at = m.end() + title_length(shadow[m.end() : min(line.end, m.end() + _TITLE_REACH)])
    if at > m.end() and _BEFORE_CELLS.match(shadow, at, line.end):
        yield at


def _opens_a_line(shadow: str) -> bool:
    """Whether a line of its own begins with 一、."""
    at = shadow.find("一、")
    while at >= 0:
        before = (
            f"\n{shadow[:at]}" if at < _INDENT_MOST else shadow[at - _INDENT_MOST : at]
        )
        if before.rstrip(" \t").endswith("\n"):
            return True
        at = shadow.find("一、", at + 1)
    return False


def _number(m: re.Match[str]) -> int:
    numeral = _NUMERAL.search(m.group())
    return (read_ordinal(numeral.group()) if numeral else None) or 0


def _may_go_on(shadow: str, line: Line, level: str | None, count: _Count) -> bool:
    """A quick test: whether the marker of the next heading stands in a line."""
    if (
        count.first < len(_TO_NINETEEN)
        and shadow.find(f"{_TO_NINETEEN[count.first]}、", line.start + 1, line.end) >= 0
    ):
        return True
    if level is None or count.second >= len(_TO_NINETEEN):
        return False
    return shadow.find(f"({_TO_NINETEEN[count.second]})", line.start + 1, line.end) >= 0


def _opens(shadow: str, line: Line, m: re.Match[str]) -> bool:
    """Whether a marker may open a heading: behind the end of a sentence or a figure, or before a known title."""
    at = m.start()
    if at == line.start:
        return True
    quoted = shadow.rfind("《", max(line.start, at - 80), at)
    if (quoted >= 0 and shadow.find("》", quoted, at) < 0) or shadow[at - 1] == "第":
        return False
    if shadow[at - 1] in _BOUNDARY or shadow[at - 1].isdecimal():
        return True
    return known_title(label_key(shadow[m.end() : m.end() + 40])) is not None
