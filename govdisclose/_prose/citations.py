"""Documents cited in prose, by title, symbol or decree.

Guarantees, for any text and any ranges inside it:

1. `text.raw` of the place of a citation is its `raw`, and the place lies inside one of the ranges.
2. A symbol is in its standard form, whatever brackets are printed or lost.
3. A name that the report gives to a document for its own use (以下简称《公开条例》) is no citation.
4. One pass over each range; no pattern looks further than a fixed distance from where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from attrs import define, field

from govdisclose._lexicon.numeral import read_chinese
from govdisclose._lexicon.words import Patterns
from govdisclose._prose.measure import HAN_NUMERALS
from govdisclose.report import Citation
from govdisclose.text import Text

PATTERNS: Final = Patterns("govdisclose._prose", "citations.toml")
"""Words around citations, by their names there."""

_S: Final = r"[ \t]{0,2}"
_HAN: Final = f"[{HAN_NUMERALS}]"
_MORE_NUMBERS: Final = rf"(?:{_S}、{_S}[0-9]{{1,5}}){{1,9}}{_S}"
# 云政办发〔2019〕60号、61号 and 60、61号: what goes on behind a symbol, of the same organ
# and year unless another year is printed
_ALSO: Final = re.compile(
    rf"""{_S}(?:[、和及与]|,(?={_S}[〔\[【(])){_S}
    (?:[〔\[【(]{_S}(?P<year>(?:19|20)[0-9]{{2}}){_S}[〕\]】)]{_S})?
    第?{_S}(?P<serial>[0-9]{{1,5}}){_S}(?:[号號](?![楼院线会])|(?={_MORE_NUMBERS}[号號]))""",
    re.VERBOSE,
)


@cache
def document_pattern() -> re.Pattern[str]:
    """The pattern of a title, a symbol or a decree; compiled on first use."""
    codes_end = "".join(PATTERNS.data["codes_end"])
    return re.compile(
        rf"""[《〔\[【〈(令号{codes_end}](?:
      (?<=《)(?P<title>(?:[^《》]|《[^《》]{{0,80}}》){{1,150}}+)》
    | (?<=[〔\[【〈]){_S}(?P<year>(?:19|20)[0-9]{{2}})(?:{_S}年(?={_S}[〕\]】〉)]))?{_S}(?P<closing>[〕\]】〉)])?{_S}
      第?{_S}(?P<serial>[0-9]{{1,5}}){_S}
      (?:[号號]|(?={_MORE_NUMBERS}[号號])
        |(?(closing)(?P<lost>(?=[)。,;》]|文件|要求|精神|规定))|(?P<both>(?=[)》]))))
    | (?<=\(){_S}(?P<round>(?:19|20)[0-9]{{2}}){_S}[)〕]{_S}第?{_S}(?P<of_round>[0-9]{{1,5}}){_S}[号號]
    | (?<=[{codes_end}]){_S}(?P<bare>(?:19|20)[0-9]{{2}}){_S}第?{_S}(?P<of_bare>[0-9]{{1,4}}){_S}[号號](?![楼院线会])
    | (?<=令){_S}第?{_S}(?P<decree>[0-9]{{1,4}}|{_HAN}{{1,8}}){_S}[号號]
    | (?<=号)(?P<late>(?:国务院|主席)?令)
        )""",
        re.VERBOSE,
    )


_LATE_DECREE: Final = re.compile(rf"(第?){_S}([0-9]{{1,4}}|{_HAN}{{1,8}}){_S}\Z")
_MAY_GO_ON: Final = frozenset(" \t、,和及与")
_ORGAN_RUN: Final = re.compile(r"[\u3400-\u9fff]{1,24}\Z")
_LONGEST_ORGAN: Final = 12
_BEFORE_NAME: Final = 8


def read_citations(text: Text, ranges: Iterable[tuple[int, int]]) -> list[Citation]:
    """The documents cited in `ranges` (offsets of `text.string`), in order.

    `symbol` is in the standard form, whatever brackets and blanks are printed: 国办发〔2018〕23号,
    国务院令第711号. `title` is the text between 《 and 》 without white space. A title and the symbol right
    behind it are one citation. A title without a symbol counts if it ends as documents do; 《条例》
    alone, newspapers and columns do not.

    >>> from govdisclose.text import Source
    >>> prose = Text(Source("按照《云山市政务公开要点》(云政办发[2018] 7 号)和国务院令711号要求"))
    >>> [(c.symbol, c.title) for c in read_citations(prose, [(0, 40)])]
    [('云政办发〔2018〕7号', '云山市政务公开要点'), ('国务院令第711号', None)]
    """
    names: set[str] = set()
    return [
        c for low, high in ranges for c in _Walk(text, low, high, names).citations()
    ]


@define(eq=False)
class _Walk:
    """A walk over one range.

    `title` is the place of the last title, while a symbol may still join it; `floor` is where the
    last find ended: organs do not reach back over it. `names` are short names of documents, over
    all ranges.
    """

    text: Text
    low: int
    high: int
    names: set[str]
    title: tuple[int, int] | None = None
    floor: int = field(init=False)

    @floor.default
    def _begin(self) -> int:
        return self.low

    def citations(self) -> Iterator[Citation]:
        """What the range cites."""
        for m in document_pattern().finditer(self.text.shadow, self.low, self.high):
            if m["title"] is not None:
                yield from self.close()
                self.title, self.floor = m.span(), m.end()
            elif (
                m.start() >= self.floor
            ):  # else it was taken already, with the symbol before it
                yield from self.of_symbol(m)
        yield from self.close()

    def close(self) -> Iterator[Citation]:
        """The last title, if no symbol follows and it is that of a document."""
        if self.title is not None:
            title = _squeezed(self.text, self.title)
            if self.is_short_name(title):
                self.names.add(title)
            elif title not in self.names and _is_of_document(title):
                yield _citation(self.text, *self.title, None, title)
        self.title = None

    def is_short_name(self, title: str) -> bool:
        """Whether the report gives that name to a document here."""
        start = self.title[0] if self.title else 0
        before = max(self.low, start - _BEFORE_NAME)
        return (
            PATTERNS["short_name"].search(self.text.shadow, before, start) is not None
        )

    def of_symbol(self, m: re.Match[str]) -> Iterator[Citation]:
        """The citation of a symbol or a decree, with the title before it, and of those that go on
        behind it.
        """
        start, symbol = _symbol(self.text.shadow, m, self.floor)
        joins = PATTERNS["joins"]
        if (
            self.title
            and symbol
            and joins.fullmatch(self.text.shadow, self.title[1], start)
        ):
            title = _squeezed(self.text, self.title)
            yield _citation(self.text, self.title[0], m.end(), symbol, title)
            self.title = None
        else:
            yield from self.close()
            # 第492号令 says whose decree it is only through the title before it
            if symbol and not symbol.startswith("第"):
                yield _citation(self.text, start, m.end(), symbol, None)
        self.floor = m.end()
        year = m["year"] or m["round"] or m["bare"]
        if symbol and year:
            yield from self.more(symbol.partition("〔")[0], year)

    def more(self, organ: str, year: str) -> Iterator[Citation]:
        """What goes on behind a symbol: 60号、61号."""
        shadow = self.text.shadow
        while self.floor < self.high and shadow[self.floor] in _MAY_GO_ON:
            also = _ALSO.match(shadow, self.floor, self.high)
            if also is None:
                return
            year, self.floor = also["year"] or year, also.end()
            begin = self.floor - len(also[0].lstrip(" \t、,和及与"))
            symbol = _standard(organ, year, also["serial"])
            yield _citation(self.text, begin, self.floor, symbol, None)


def _citation(
    text: Text, start: int, end: int, symbol: str | None, title: str | None
) -> Citation:
    end = start + len(text.shadow[start:end].rstrip())
    span = text.span(start, end)
    return Citation(symbol, title, text.source.slice(span), span, source=text.source)


def _squeezed(text: Text, title: tuple[int, int]) -> str:
    return "".join(text.string[title[0] + 1 : title[1] - 1].split())


def _is_of_document(title: str) -> bool:
    plain = PATTERNS["version"].sub("", title)
    words = PATTERNS.data["documents"]
    return plain.endswith(tuple(words)) and plain not in words


def _standard(organ: str, year: str, serial: str) -> str:
    return f"{organ}〔{year}〕{int(serial)}号"


def _symbol(shadow: str, m: re.Match[str], floor: int) -> tuple[int, str | None]:
    """Where a symbol begins, and its standard form; None where it names no organ."""
    if m["late"] or m["decree"]:
        return _decree(shadow, m, floor)
    # the code of the office stands before the bracket, or ends with the character found where there is none
    end = m.start() + 1 if m["bare"] else m.start()
    start, organ = _organ(shadow, floor, end, "before_organ")
    lost = m["lost"] is not None or m["both"] is not None or m["bare"] is not None
    if len(organ) < 2 or (lost and organ[-1] not in PATTERNS.data["codes_end"]):
        return start, None
    year = m["year"] or m["round"] or m["bare"]
    return start, _standard(organ, year, m["serial"] or m["of_round"] or m["of_bare"])


def _decree(shadow: str, m: re.Match[str], floor: int) -> tuple[int, str | None]:
    """国务院令第711号, 国务院第492号令, 第492号国务院令."""
    at, serial = m.start(), m["decree"]
    if m["late"]:
        number = _LATE_DECREE.search(shadow, max(floor, m.start() - 12), m.start())
        if number is None:
            return m.start(), None
        at, serial = number.start(), number[2]
    figure = int(serial) if serial.isascii() else read_chinese(serial)
    if figure is None:
        return at, None
    if m["late"] and len(m["late"]) > 1:
        return at, f"{m['late']}第{figure}号"
    start, organ = _organ(shadow, floor, at, "before_decree")
    if organ and PATTERNS["gives_decrees"].search(organ):
        return start, f"{organ}令第{figure}号"
    return at, f"第{figure}号令" if m["late"] else None


def _organ(shadow: str, floor: int, end: int, before: str) -> tuple[int, str]:
    """The organ's characters directly before `end`, and where they begin; empty if it
    cannot be told where.

    `before` names the words of what stands before it.
    """
    near = shadow[max(floor, end - 26) : end]
    words = near.rstrip(" \t")
    m = _ORGAN_RUN.search(words)
    if m is None or len(near) - len(words) > 2:
        return end, ""
    start, organ = end - len(near) + m.start(), m[0]
    cut = PATTERNS[before].match(organ)
    if cut:
        start, organ = start + cut.end(), organ[cut.end() :]
    begins = cut is not None or start == floor or shadow[start - 1] in "》)、,"
    for name in ("and", "whose") if begins else ("whose",):
        word = PATTERNS[name].match(organ)
        if word:
            start, organ = start + word.end(), organ[word.end() :]
    return (start, organ) if len(organ) <= _LONGEST_ORGAN else (end, "")
