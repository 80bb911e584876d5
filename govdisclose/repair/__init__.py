"""Repairs of damaged text, each a function that yields edits.

A repair takes a string and yields `Edit`s (and `Doubt`s where it sees several readings): in order, without overlap,
with the offsets of that string. It never returns text; `Text.apply` makes the edits, and so the map to the source,
the list of explanations and the replay come for free. To add a repair, write one function, add its name to
`REPAIRS`, and add one JSON case.

Guarantees of `repair`:

1. It never raises on a `str`, and takes time linear in its length.
2. Repairing what was repaired yields no edit. Each repair ends in a form that it leaves alone, and no later repair
   makes what an earlier one mends. Where this shapes a rule, the comment there says so.
3. A place with several readings is left as it is, and reported as a `Doubt`.
4. Clean simplified text costs a few searches and no edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from html import unescape
from typing import Final, NamedTuple, TypeAlias
from unicodedata import normalize

from govdisclose.text import Doubt, Edit, Source, Text

Repair: TypeAlias = Callable[[str], Iterator[Edit | Doubt]]

_HAN: Final = "〇㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff"


def _is_han(char: str) -> bool:
    """Whether `char` is in `_HAN`; as a pattern that would take 4 ms to compile at import."""
    return (
        "一" <= char <= "鿿"
        or "㐀" <= char <= "䶿"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
        or char == "〇"
    )


# --- invisible characters ---------------------------------------------------------------------------------------

_INVISIBLES: Final = (
    "["
    "\N{SOFT HYPHEN}"
    "\N{ZERO WIDTH SPACE}-\N{RIGHT-TO-LEFT MARK}"
    "\N{LEFT-TO-RIGHT EMBEDDING}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{WORD JOINER}-\N{INVISIBLE PLUS}"
    "\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}"
    "\ue000-\uf8ff"  # private use: glyphs of a font that did not come along
    "\N{ZERO WIDTH NO-BREAK SPACE}"
    "]"
)
# One, then more: a search for "one or more" does not use the fast scan for a class.
_INVISIBLE: Final = re.compile(f"{_INVISIBLES}{_INVISIBLES}*+")


def invisible_characters(string: str) -> Iterator[Edit | Doubt]:
    r"""Delete what has no visible form: zero-width and direction marks, soft hyphens, BOMs, private-use glyphs.

    NUL and lone surrogates stay: they are damage that a reader of the text should see.

    >>> list(invisible_characters("公\u200b开"))
    [Edit(start=1, end=2, new='', by='')]
    """
    for found in _INVISIBLE.finditer(string):
        yield Edit(found.start(), found.end(), "")


# --- HTML entities ----------------------------------------------------------------------------------------------

_ENTITY_CLUSTER: Final = re.compile("&[0-9A-Za-z#;&]*+")
_NUMBER: Final = re.compile("#(?:[0-9]{1,8}|[xX][0-9A-Fa-f]{1,8})")
_ENTITY_LENGTH: Final = 33  # "CounterClockwiseContourIntegral", the longest name, with room


@lru_cache(4096)
def _entity(name: str) -> str | None:
    """What `&name;` stands for, or None if it stands for nothing; "" for a character without visible form.

    Refused: names without a semicolon (`&copy` in an address is a parameter), numbers that are no character, and
    fjlig, the one name for several ASCII letters.
    """
    if name.startswith("#"):
        value = unescape(f"&{name};") if _NUMBER.fullmatch(name) else ""
        if value == "\N{REPLACEMENT CHARACTER}":
            return None
    else:
        from html.entities import html5  # 2,231 names, wanted by few texts

        value = html5.get(f"{name};", "")
    if not value or (len(value) > 1 and value.isascii()):
        return None
    return _INVISIBLE.sub("", value)


class _Piece(NamedTuple):
    """One character after decoding, and where it was made from; `char` is "" for one that has no visible form."""

    char: str
    start: int
    end: int


def html_entities(string: str) -> Iterator[Edit | Doubt]:
    r"""Decode entities that were left in the text, escaped once or several times.

    Each character of a cluster goes on a stack. When a semicolon lands there and completes an entity, the entity
    is taken off and its character is put on by the same rule. So no complete entity is ever left on the stack, how
    deep the escaping may be, and a second run finds nothing. The step back is bounded by the longest name, so the
    time is linear.

    >>> list(html_entities("规章&amp;nbsp;3"))
    [Edit(start=2, end=12, new='\xa0', by='')]
    """
    if "&" not in string:
        return
    for cluster in _ENTITY_CLUSTER.finditer(string):
        if ";" in cluster[0]:
            for char, start, end in _decoded(cluster[0], cluster.start()):
                if end - start != 1 or not char:
                    yield Edit(start, end, char)


def _ampersand(stack: list[_Piece]) -> int | None:
    """Where the entity that the last piece, a semicolon, may close would begin."""
    for i in range(len(stack) - 2, max(-1, len(stack) - 2 * _ENTITY_LENGTH), -1):
        if stack[i].char == "&":
            return i
        if stack[i].char == ";":
            break
    return None


def _decoded(cluster: str, offset: int) -> list[_Piece]:
    stack: list[_Piece] = []
    for at, char in enumerate(cluster, offset):
        stack.append(_Piece(char, at, at + 1))
        while stack and stack[-1].char == ";":
            low = _ampersand(stack)
            value = None if low is None else _entity("".join([piece.char for piece in stack[low + 1 : -1]]))
            if low is None or value is None:
                break
            start = stack[low].start
            del stack[low:]
            if not value and stack and not stack[-1].char:
                start = stack.pop().start  # neighbours without form are one piece: the step back stays bounded
            stack.append(_Piece(value, start, at + 1))
    return stack


# --- pinyin glosses ---------------------------------------------------------------------------------------------

_SYLLABLES: Final = frozenset(
    f"{initial}{final}"
    for initial, finals in {
        "": "ai an ang ao a ei en eng er e ou o",
        "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
        "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
        "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
        "f": "a an ang ei en eng o ou u",
        "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
        "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
        "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo v ve",
        "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
        "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
        "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
        "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
        "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
        "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
        "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
        "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
        "y": "a an ang ao e i in ing o ong ou u uan ue un",
        "w": "a ai an ang ei en eng o u",
    }.items()
    for final in finals.split()
)
# How fonts and keyboards stand in for a tone mark or a letter of pinyin.
_LOOKALIKES: Final = str.maketrans(
    {
        "\N{LATIN SMALL LETTER SCRIPT G}": "g",
        "\N{LATIN SMALL LETTER ALPHA}": "a",
        "\N{COMBINING BREVE}": "\N{COMBINING CARON}",
    }
)
_TONES: Final = re.compile(
    "[\N{COMBINING MACRON}\N{COMBINING ACUTE ACCENT}\N{COMBINING CARON}\N{COMBINING GRAVE ACCENT}]"
)
_PINYIN_LETTER: Final = "a-zà-ǜɑɡ\u0300-\u030c"
_GLOSS: Final = f"[(（]([{_PINYIN_LETTER}]{{1,9}})[)）]"
_PINYIN: Final = re.compile(_GLOSS)


@cache
def _glosses() -> re.Pattern[str]:
    """A run of what may be glosses; compiled on first use."""
    return re.compile(f"[(（](?<=[{_HAN}].)([{_PINYIN_LETTER}]{{1,9}})[)）]((?:[(（][{_PINYIN_LETTER}]{{1,9}}[)）])*+)")


@lru_cache(4096)
def _syllable(latin: str) -> tuple[str, bool] | None:
    """The toneless syllable, ü as v, and whether it carried a tone mark; None if it is no syllable of pinyin."""
    base, tones = _TONES.subn("", normalize("NFD", latin).translate(_LOOKALIKES))
    base = base.replace("u\N{COMBINING DIAERESIS}", "v")
    return (base, tones == 1) if tones < 2 and base in _SYLLABLES else None


def pinyin_glosses(string: str) -> Iterator[Edit | Doubt]:
    """Delete the reading that some converters print after a converted character: 網(wǎng), 数(shù)(shu).

    One syllable in lower case, in half- or full-width parentheses, right after a Chinese character; a run of them
    goes in one edit. With a tone mark it always goes. Without one it goes after a traditional character, after a
    gloss that goes, or, from three letters, in a text with two toned glosses or more. Refused: a single letter
    without tone mark, which is the mark of a list (第三条(a)项), and two letters such as (ai) after a simplified
    character, which are more often an abbreviation.

    All this evidence can only shrink when glosses go, so what was left once is left again.

    >>> list(pinyin_glosses("互聯網(wǎng)站(App)"))
    [Edit(start=3, end=9, new='', by='')]
    """
    found: list[tuple[int, list[tuple[int, str, bool]]]] = []
    toned = 0
    for run in _glosses().finditer(string):
        glosses: list[tuple[int, str, bool]] = []
        for end, latin in _each(run):
            syllable = _syllable(latin)
            if syllable is None:
                break
            glosses.append((end, *syllable))
            toned += syllable[1]
        if glosses:
            found.append((run.start(), glosses))
    for start, glosses in found:
        stop, last = start, ""
        for end, base, has_tone in glosses:
            if not (
                has_tone
                or (last and (base == last or len(base) > 1))
                or (len(base) > 2 and toned > 1)
                or (len(base) > 1 and string[start - 1] in _script().pure)
            ):
                break
            stop, last = end, base
        if stop > start:
            yield Edit(start, stop, "")


def _each(run: re.Match[str]) -> Iterable[tuple[int, str]]:
    """The ends and the Latin of the glosses in a run; nearly always it is one."""
    if not run[2]:
        return ((run.end(), run[1]),)
    return [(run.start() + gloss.end(), gloss[1]) for gloss in _PINYIN.finditer(run[0])]


# --- lost characters --------------------------------------------------------------------------------------------

_CLOSERS: Final = {
    "\N{LEFT TORTOISE SHELL BRACKET}": "\N{RIGHT TORTOISE SHELL BRACKET}",
    "\N{SMALL LEFT TORTOISE SHELL BRACKET}": "\N{SMALL RIGHT TORTOISE SHELL BRACKET}",
    "\N{LEFT BLACK LENTICULAR BRACKET}": "\N{RIGHT BLACK LENTICULAR BRACKET}",
    "\N{FULLWIDTH LEFT SQUARE BRACKET}": "\N{FULLWIDTH RIGHT SQUARE BRACKET}",
    "\N{FULLWIDTH LEFT PARENTHESIS}": "\N{FULLWIDTH RIGHT PARENTHESIS}",
    "[": "]",
    "(": ")",
}
_AFTER_CENTURY: Final = "[0-9]{2}(?:(年)(?P<rest>[0-9]{2,4})(?=[日止])|(?P<digits>[0-9]{1,5})(?![0-9]))"
# Two patterns rather than one: each has a literal to search for, which is three times as fast as a class.
_YEARS: Final = (re.compile(f"20{_AFTER_CENTURY}"), re.compile(f"19{_AFTER_CENTURY}"))
_DOCUMENT: Final = re.compile("[ \N{IDEOGRAPHIC SPACE}]?[号號](.?)", re.DOTALL)
# The far end of a range. It fits the end before and after its own repair alike; so do the other contexts here.
_RANGE_END: Final = re.compile("[至到](?:(?:19|20)[0-9]{2}年?[0-9]|[0-9]{1,2}月|[0-9]{3,4}日)")
_RANGE_START: Final = re.compile(r"(?:[自从從]|截[至止]|[日号止起0-9][至到])\Z")
_STOP: Final = re.compile(r"(?:[^\S\n]*(?:[止起至到。;；、)）—~～，\n]|,(?![0-9])|\Z))(?!\s*日)")
_DAY: Final = re.compile(r"月([0-9]{1,2})(?:(?=止)|(?=[。;；)），]|,(?![0-9])|\n|\Z)(?!\s*日)|(?=[至到]))")
_MONTH_BEFORE: Final = re.compile(
    r"(?P<anchor>[自从從至到止])?(?<![0-9])(?:(?:19|20)[0-9]{2}年?)?(?P<month>[0-9]{1,2})\Z"
)
_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_day(year: int, month: int, day: int) -> bool:
    if month == 2 and day == 29:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month]


def lost_characters(string: str) -> Iterator[Edit | Doubt]:
    """Put back single characters that were lost between digits, where only one reading is possible.

    - Dates: 201811日 is 2018年1月1日, 20155月 is 2015年5月, 20181231止 is 2018年12月31日止. A date needs an anchor
      (日, 月, 止, or 自, 截至 and the like before it), a year from 1949 to 2099 that no letter, digit, point, stroke
      or hyphen precedes, and a day that exists. 2018111日 could be two days: a `Doubt`, and no edit.
    - Document symbols: 〔2018285号 is 〔2018〕285号, in every kind of bracket; 政办2018〕43号 is 政办〔2018〕43号.
    - Markers at the start of a line: 1） is （1） where both styles count through one sequence, and (一重点工作 is
      (一)重点工作 where it fits between its neighbours. Otherwise they stay: 1） is also a style of its own.

    Only the lost characters are inserted, never a digit changed, so offsets stay exact.

    >>> [edit.new for edit in lost_characters("自201811日至20181231日止")]
    ['年', '月', '年', '月']
    >>> list(lost_characters("2018111日"))
    [Doubt(start=0, end=8, candidates=('2018年1月11日', '2018年11月1日'), by='')]
    """
    if any(digit in string for digit in _FULL_WIDTH):
        string = string.translate(_HALF_WIDTH)  # of the same length: what is inserted has the same place
    found: list[Edit | Doubt] = []
    for pattern in _YEARS:
        for match in pattern.finditer(string):
            found += _after_year(string, match)
    found += _lost_opener(string)
    found += _lost_day(string)
    found += _lost_month(string)
    found += _markers(string)
    found.sort(key=lambda item: item[:2])
    yield from found


def _after_year(string: str, match: re.Match[str]) -> Iterator[Edit | Doubt]:
    start, end = match.span()
    before = string[start - 1] if start else "\n"
    digits = match["digits"]
    if digits and before in _CLOSERS:
        if _is_symbol(string, start, end):
            yield Edit(start + 4, start + 4, _CLOSERS[before])
        return
    if (before.isascii() and before.isalnum()) or before in "./-_" or before.isdecimal():
        return
    year = string[start : start + 4]
    if int(year) < 1949:
        return
    after = string[end : end + 1]
    if digits and after == "月":
        if len(digits) <= 2 and 1 <= int(digits) <= 12:
            yield Edit(start + 4, start + 4, "年")
        return
    tail = digits or match["rest"]
    if len(tail) > 4:
        return
    has_day = after == "日"
    if not has_day and after != "止" and not _stands_as_date(string, start, end, tail):
        return
    cuts = [k for k in (1, 2) if 1 <= len(tail) - k <= 2 and _is_day(int(year), int(tail[:k]), int(tail[k:]))]
    readings = [f"{year}年{tail[:k]}月{tail[k:]}日" for k in cuts]
    if not has_day and len(tail) <= 2 and 1 <= int(tail) <= 12:
        cuts.append(len(tail))
        readings.append(f"{year}年{tail}月")
    if len(cuts) == 1:
        cut, at = cuts[0], end - len(tail)
        if digits:
            yield Edit(at, at, "年")
        yield Edit(at + cut, at + cut, "月")
        if not has_day and cut < len(tail):
            yield Edit(end, end, "日")
    elif cuts:
        yield Doubt(start, end + has_day, tuple(readings))


_OPENERS: Final = {
    "\N{RIGHT TORTOISE SHELL BRACKET}": "\N{LEFT TORTOISE SHELL BRACKET}",
    "\N{SMALL RIGHT TORTOISE SHELL BRACKET}": "\N{SMALL LEFT TORTOISE SHELL BRACKET}",
}
_SERIAL: Final = re.compile("[ \N{IDEOGRAPHIC SPACE}]?第?[0-9]{1,5}[ \N{IDEOGRAPHIC SPACE}]?[号號]")


def _lost_opener(string: str) -> Iterator[Edit | Doubt]:
    """政办2018〕43号: the year stands between an organ's name and a bracket that nothing opened.

    Refused: anything but four digits of a year, and a closing bracket of a kind that also closes other things.
    """
    for closer, opener in _OPENERS.items():
        at = string.find(closer)
        while at >= 0:
            year = string[max(0, at - 4) : at]
            if (
                at > 4
                and year[:2] in {"19", "20"}
                and year.isascii()
                and year.isdecimal()
                and _is_han(string[at - 5])
                and _SERIAL.match(string, at + 1)
            ):
                yield Edit(at - 4, at - 4, opener)
            at = string.find(closer, at + 1)


def _is_symbol(string: str, start: int, end: int) -> bool:
    """Whether year and digits, right after an opening bracket, are a document symbol that lost its closing one.

    Refused: (2018285号) and 〔2018285号〕, where the bracket is closed, and a parenthesis without an organ's name
    before it.
    """
    document = _DOCUMENT.match(string, end)
    opener = string[start - 1]
    if not document or document[1] == _CLOSERS[opener] or (opener in "(（" and document[1] in set(")）")):
        return False
    return opener not in "(（" or (start > 1 and _is_han(string[start - 2]))


def _stands_as_date(string: str, start: int, end: int, tail: str) -> bool:
    """Whether a run of digits without 日, 月 or 止 after it is shown to be a date by what stands around it.

    Eight digits between the words of a range, or fewer from 自 to the other end of the range. Refused: 增加到
    20181231, and every run that a unit follows.
    """
    before = string[max(0, start - 2) : start]
    if not _RANGE_START.search(before):
        return False
    if len(tail) == 4 and _STOP.match(string, end):
        return True
    return before[-1] in "自从從" and len(tail) > 1 and _RANGE_END.match(string, end) is not None


def _lost_day(string: str) -> Iterator[Edit | Doubt]:
    """至12月31止, 截至2020年12月31，: the day is there and its 日 is lost.

    Refused: 1月1至3日 and 30、31日, where it was never written, and 12月3,500, a figure.
    """
    for match in _DAY.finditer(string):
        before = _MONTH_BEFORE.search(string, max(0, match.start() - 9), match.start())
        if before is None or not _is_day(2000, int(before["month"]), int(match[1])):
            continue
        end = match.end()
        after = string[end : end + 1]
        if after != "止" and (not before["anchor"] or (after in {"至", "到"} and not _RANGE_END.match(string, end))):
            continue
        yield Edit(end, end, "日")


_FULL_WIDTH: Final = tuple(chr(0xFF10 + i) for i in range(10))
_HALF_WIDTH: Final = {0xFF10 + i: 0x30 + i for i in range(10)}
_ENDS_OF_RANGE: Final = (re.compile("至([0-9]{3,4})日"), re.compile("到([0-9]{3,4})日"))  # two, for the same reason


def _lost_month(string: str) -> Iterator[Edit | Doubt]:
    """自2018年1月1日至1231日: the end of a range without a year, with its 月 lost.

    Refused: 1月1至31日, where a day of the same month is meant, and 至111日, which could be two days.
    """
    for match in (match for pattern in _ENDS_OF_RANGE for match in pattern.finditer(string)):
        at, tail = match.start(1), match[1]
        before = string[at - 2 : at - 1]
        if before not in {"日", "起"} and not before.isdecimal():
            continue
        cuts = [k for k in (1, 2) if 1 <= len(tail) - k <= 2 and _is_day(2000, int(tail[:k]), int(tail[k:]))]
        if len(cuts) == 1:
            yield Edit(at + cuts[0], at + cuts[0], "月")


_BREAKS: Final = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"))
_ORDINALS: Final = {
    f"{ten}{one}": n
    for n, (ten, one) in enumerate(((ten, one) for ten in ("", "十", "二十") for one in ("", *"一二三四五六七八九")), 0)
    if n
}
_MARKER: Final = re.compile(
    r"\n[^\S\n]*+(?:"
    r"(?P<bare>[0-9]{1,2})(?P<closer>[)）])(?=[^\S\n]{0,4}[^\s0-9,，。.;；、)）])"
    r"|[(（](?:(?P<full>[0-9]{1,2})[)）]|(?P<ordinal>[一二三四五六七八九十]{1,3}+)(?P<next>.?)))"
)
# A marker that may have lost a parenthesis: most texts have none, and are done after this search.
_DAMAGED: Final = re.compile(r"\n[^\S\n]*+(?:[0-9]{1,2}[)）]|[(（][一二三四五六七八九十]{1,3}+[^)）])")
_TO_PARENTHESIS: Final = re.compile(r"[^()（）\n]*+([)）]?)")
# After one of these a Chinese numeral is a quantity and not the number of a heading.
_COUNTED: Final = frozenset("百千万萬亿億零〇两兩年月日个個次条條项項件季届屆期些类類级級般是")


def _markers(string: str) -> Iterator[Edit | Doubt]:
    lines = "\n" + (string.translate(_BREAKS) if len(string.splitlines()) > string.count("\n") + 1 else string)
    if not _DAMAGED.search(lines):
        return
    numbers: list[tuple[int, bool, int, str]] = []  # number, whole, place in the string, what to insert
    ordinals: list[tuple[int, bool, int, str]] = []
    for match in _MARKER.finditer(lines):
        if bare := match["bare"]:
            if not _inside_parenthesis(lines, match.start()):
                numbers.append((int(bare), False, match.start("bare") - 1, "(" if match["closer"] == ")" else "（"))
        elif full := match["full"]:
            numbers.append((int(full), True, 0, ""))
        elif number := _ORDINALS.get(match["ordinal"]):
            at = match.end("ordinal")
            if match["next"] in {")", "）"}:
                ordinals.append((number, True, 0, ""))
            elif _is_han(match["next"]) and match["next"] not in _COUNTED and not _to_closer(lines, at):
                ordinals.append((number, False, at - 1, ")" if lines[match.start("ordinal") - 1] == "(" else "）"))
    if _counts_through(numbers):
        for _, whole, at, new in numbers:
            if not whole:
                yield Edit(at, at, new)
    if any(whole for _, whole, _, _ in ordinals):
        for i, (number, whole, at, new) in enumerate(ordinals):
            if not whole and _fits(ordinals, i, number):
                yield Edit(at, at, new)


def _to_closer(lines: str, at: int) -> str:
    """The closing parenthesis that comes first of all parentheses in the rest of the line, or "".

    The whole rest of the line, rather than a window of it: a window would slide when a date in it is mended.
    """
    match = _TO_PARENTHESIS.match(lines, at)
    return match[1] if match else ""


def _inside_parenthesis(lines: str, at: int) -> bool:
    """Whether the line that ends at `at` leaves a parenthesis open, so that "1)" closes it.

    Openers that this repair may close (of a marker, of a document symbol) do not count: else a second run would
    see another answer.
    """
    line = lines[lines.rfind("\n", 0, at) + 1 : at].lstrip()[1:]
    opened = max(line.rfind("("), line.rfind("（"))
    return opened > max(line.rfind(")"), line.rfind("）")) and line[opened + 1 : opened + 3] not in {"19", "20"}


def _counts_through(numbers: list[tuple[int, bool, int, str]]) -> bool:
    """Whether 1） and （n） are one sequence: somewhere one follows the other by one, and not its own kind.

    1） 2） （3） is one sequence that lost characters. （1） 1） 2） （2） is two levels, and stays.
    """
    last = {True: 0, False: 0}
    before: tuple[int, bool] | None = None
    for number, whole, _, _ in numbers:
        if before == (number - 1, not whole) and last[whole] != number - 1:
            return True
        last[whole] = number
        before = number, whole
    return False


def _fits(ordinals: list[tuple[int, bool, int, str]], i: int, number: int) -> bool:
    """Whether the number stands where its neighbours leave room for just this one.

    Refused: (三公经费, as the rest of a broken line, between （二） and （三）.
    """
    before = ordinals[i - 1][0] if i else 0
    after = ordinals[i + 1][0] if i + 1 < len(ordinals) else None
    if (before != number - 1 and number != 1) or after not in {None, 1, number + 1}:
        return False
    return (before == number - 1 and i > 0) or after == number + 1


# --- traditional script -----------------------------------------------------------------------------------------


class _Script(NamedTuple):
    """The tables of OpenCC's t2s, in the shape that conversion wants them."""

    pure: frozenset[str]  # characters that only traditional text has
    is_pure: re.Pattern[str]
    changing: re.Pattern[str]  # a stretch of a line, from the first to the last character that may change
    table: list[int]  # by code point, for the basic plane
    astral: dict[str, str]  # the others
    phrases: dict[str, str]
    triggers: re.Pattern[str]  # a character of a phrase that the phrase converts in its own way
    pairs: dict[str, list[tuple[int, str]]]  # two characters with a trigger: phrases, and where they stand in them


_THRESHOLD: Final = 3
# Characters of one edit at most, but for its ends. An edit is cut where another one lies within it, and each cut
# copies the rest: a report on one line with thousands of glosses would take the square of its length.
_STRETCH: Final = 198
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _dictionary(name: str) -> dict[str, str]:
    """A dictionary of OpenCC: key, tab, values; the first value is OpenCC's own choice."""
    from importlib import resources  # 10 ms, and most texts are simplified

    text = resources.files("opencc").joinpath("dictionary", name).read_text("utf-8")
    rows = (line.strip().split("\t") for line in text.splitlines() if line.strip())
    return {key: values.split(" ")[0] for key, values in rows}


@cache
def _script() -> _Script:
    characters, phrases = _dictionary("TSCharacters.txt"), _dictionary("TSPhrases.txt")
    changed = {old: new for old, new in characters.items() if old != new}
    table = list(range(0x10000))
    for old, new in changed.items():
        if old <= "\uffff":
            table[ord(old)] = ord(new)
    # What conversion can write is never pure: so converted text has no pure character, and is not converted again.
    written = {*"".join(changed.values()), *"".join(phrases.values())}
    pure = frozenset(old for old in changed if old <= "\uffff" and old not in written and not _in_gb2312(old))
    pairs: dict[str, list[tuple[int, str]]] = {}
    triggers: set[str] = set()
    changing = {"著", *changed}
    for phrase, new in phrases.items():
        # A phrase that changes nothing of its own still keeps others from its characters; it goes by its last one.
        own = next((i for i, char in enumerate(phrase) if changed.get(char, char) != new[i]), len(phrase) - 1)
        triggers.add(phrase[own])
        changing.update(old_char for old_char, char in zip(phrase, new, strict=True) if old_char != char)
        i = max(0, own - 1)
        pairs.setdefault(phrase[i : i + 2], []).append((i, phrase))
    # One range for all other planes: `re` tries single characters of theirs one by one.
    plane = "".join(sorted(char for char in changing if char <= "\uffff"))
    any_change = f"[{plane}\U00010000-\U0010ffff]"
    return _Script(
        pure,
        re.compile(f"[{''.join(sorted(pure))}]"),
        re.compile(f"{any_change}(?:[^\n]{{0,{_STRETCH}}}{any_change})?"),
        table,
        {old: new for old, new in changed.items() if old > "\uffff"},
        phrases,
        re.compile(f"[{''.join(sorted(triggers))}]"),
        pairs,
    )


def _is_traditional(string: str) -> bool:
    """Whether three different characters of the string are purely traditional; see `traditional_script`."""
    try:
        string.encode("gb2312")
    except UnicodeEncodeError:
        pass
    else:
        return False  # a third of the time of the search, and most texts end here
    seen: set[str] = set()
    for found in _script().is_pure.finditer(string):
        seen.add(found[0])
        if len(seen) >= _THRESHOLD:
            return True
    return False


def _phrases(string: str) -> list[tuple[int, str]]:
    """The phrases of the string with their places, as OpenCC picks them: longest first, then leftmost, no overlap."""
    script = _script()
    found: set[tuple[int, int, str]] = set()
    for trigger in script.triggers.finditer(string):
        at = trigger.start()
        for pair in (at - 1, at) if at else (at,):
            for offset, phrase in script.pairs.get(string[pair : pair + 2], ()):
                if pair >= offset and string.startswith(phrase, pair - offset):
                    found.add((-len(phrase), pair - offset, phrase))
    if not found:
        return []
    taken: set[int] = set()
    chosen: list[tuple[int, str]] = []
    for size, start, phrase in sorted(found):
        places = range(start, start - size)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append((start, phrase))
    return sorted(chosen)


def _simplified(string: str) -> str:
    """The string as OpenCC's t2s converts it; the length never changes."""
    script = _script()
    new = string.translate(script.table)
    if script.astral and _ASTRAL.search(string):
        new = _ASTRAL.sub(lambda match: script.astral.get(match[0], match[0]), new)
    phrases = _phrases(string)
    if not phrases:
        return new
    parts: list[str] = []
    done = 0
    for start, phrase in phrases:
        parts += (new[done:start], script.phrases[phrase])
        done = start + len(phrase)
    return "".join((*parts, new[done:]))


# OpenCC leaves every 著 as it is, and the Taiwan table damages 显著 and 土著. So only these two kinds become 着:
# after a verb that takes it (沿著, 意味著) unless a word such as 著作 begins there, and before what it heads (著力).
_ZHE: Final = re.compile(
    "著(?:(?<=[沿随朝有味跟顺本接绕在临挥借凭带伴]著)(?![作名述称录书者文译])"
    "|(?<![显土原编名专论译巨遗合拙卓昭]著)(?=[力重眼手实陆装落想急]))"
)


def traditional_script(string: str) -> Iterator[Edit | Doubt]:
    """Fold traditional script to simplified, with OpenCC's own tables.

    There is one edit for each line that changes; in a long line, one for each 200 characters.

    Only a text that is traditional is folded: one with at least three different characters that simplified text
    does not have. Such a character is in OpenCC's table, is not in GB 2312 and is never the result of a conversion
    (3,733 of the 3,751 that it changes in the basic plane). One or two may stand in the names of a simplified text,
    while a paragraph of traditional prose has many; a short heading alone may have too few, and then stays.
    Characters that are right in both scripts (乾, 於, 著) never count, and are not touched in simplified text.

    The result is that of `opencc.OpenCC("t2s").convert`, but for 著, which becomes 着 in 著力, 沿著 and the like.
    The words stay: 資訊 becomes 资讯, not 信息.

    >>> list(traditional_script("著力做好政務公開與復議工作"))
    [Edit(start=0, end=11, new='着力做好政务公开与复议', by='')]
    """
    if not _is_traditional(string):
        return
    new = _simplified(string)
    if "著" in new:
        new = _ZHE.sub("着", new)
    for line in _script().changing.finditer(string):
        first, last = line.span()
        # What may change need not: 乾 stays in 乾隆.
        while first < last and string[first] == new[first]:
            first += 1
        while first < last and string[last - 1] == new[last - 1]:
            last -= 1
        if first < last:
            yield Edit(first, last, new[first:last])


# --- folded lines -----------------------------------------------------------------------------------------------

_FOLDS: Final = (24, 60)  # characters of a line that was folded
_UNFOLDED: Final = re.compile(r"[^\n]{62}")
_FOLDED_LEAST: Final = 5  # lines of that one length
_FOLDED_RUN: Final = 3  # that stand one below the other
_LINE: Final = re.compile(r"([^\r\n]*)(\r?\n|\Z)")
_SENTENCE_ENDS: Final = frozenset("。；;！!？?：:")
_NEW_LINE: Final = re.compile(r"[(（]?[一二三四五六七八九十0-9①-⑳]{1,3}[)）、.．]")
_CELLS: Final = re.compile(r"[|\t]|  ")


def folded_lines(string: str) -> Iterator[Edit | Doubt]:
    r"""Undo a fold: a break after every so many characters, whatever stands there, tables and all.

    The longest lines are then many, all of one length, and the sentences run on behind them. What a printer or PDF
    breaks has lines of about one length; that is left to `hard_wraps`, which knows lines and tables. Refused: rows of
    cells, lines that end in a mark more often than not, and lines that are followed by enumerators.

    When nothing more can be unfolded the repair is done, so a second run finds nothing; each round has longer lines,
    and there are few lengths to go through.

    >>> text = "全年通过各类渠道公开信息共计一千二百三十四条次以上并认"
    >>> len(list(folded_lines("\n".join([text] * 5 + ["真。"]))))
    5
    """
    if _UNFOLDED.search(string):
        return
    lines = [(m[1], m.start(2), m.end(2)) for m in _LINE.finditer(string)]
    while (new := _unfolded(lines)) is not None:
        lines = new
    kept = {start for _, start, _ in lines}
    for m in _LINE.finditer(string):
        if m.start(2) not in kept:
            yield Edit(m.start(2), m.end(2), "")


_Lines: TypeAlias = list[tuple[str, int, int]]  # a line, and the range of its break


def _unfolded(lines: _Lines) -> _Lines | None:
    """The lines with the folds between them undone; None if there are none."""
    size = max((len(line) for line, _, _ in lines), default=0)
    if not _FOLDS[0] <= size <= _FOLDS[1]:
        return None
    full = [len(line) == size for line, _, _ in lines]
    full[-1] = False
    count = sum(full)
    near = sum(size - 3 <= len(line) < size for line, _, _ in lines)
    if count < _FOLDED_LEAST or 5 * near > count or not any(all(full[i : i + _FOLDED_RUN]) for i in range(len(full))):
        return None
    doubts = sum(
        line[-1] in _SENTENCE_ENDS or bool(_NEW_LINE.match(below) or _CELLS.search(line)) or not below
        for (line, _, _), (below, _, _), is_full in zip(lines, lines[1:], full, strict=False)
        if is_full
    )
    if 4 * doubts > count:
        return None
    out: _Lines = []
    parts: list[str] = []
    for (line, start, end), is_full in zip(lines, full, strict=True):
        parts.append(line)
        if not is_full:
            out.append(("".join(parts), start, end))
            parts = []
    return out


# --- all of them ------------------------------------------------------------------------------------------------

# In order: what hides a pattern goes first, and the fold of the script, which changes no length, goes last.
REPAIRS: Final[tuple[Repair, ...]] = (
    invisible_characters,
    html_entities,
    folded_lines,
    pinyin_glosses,
    lost_characters,
    traditional_script,
)


def repair(source: Source) -> tuple[Text, list[Doubt]]:
    """The repaired text of a source, and the places that have several readings and were left.

    `Text.edits` names the repair that made each edit. The doubts have the offsets of the source. Never raises on
    a source whose text is a `str`.

    >>> text, doubts = repair(Source("統(tǒng)計期限自201811日起，開放"))
    >>> text.string, doubts
    ('统计期限自2018年1月1日起，开放', [])
    """
    text = Text(source)
    doubts: list[Doubt] = []
    for function in REPAIRS:
        name = getattr(function, "__name__", "")
        edits: list[Edit] = []
        for item in function(text.string):
            if isinstance(item, Edit):
                edits.append(item)
            else:
                start, end = text.span(item.start, item.end)
                doubts.append(Doubt(start, end, item.candidates, name))
        if edits:
            text = text.apply(edits, by=name)
    return text, doubts
