"""What sentences state: figures of prose linked to indicators, with their period, their scope and their range.

A paragraph with figures becomes a passage: its half-width text without blanks, each figure with its unit one `#`.
The patterns of `phrases.toml` and the prose phrases of the catalogue run over that. A link is only made where the unit
fits and nothing between phrase and figure says that it is a change, a share or a plan.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from attrs import define, evolve, field, frozen

from govdisclose.form import NATIONAL, Form, Names, catalogue
from govdisclose.form.relation import Amount
from govdisclose.report import Figure, Paragraph, Quantity, Repair, Report
from govdisclose.text import Source, Span, shadow_of

FIGURE: Final = "#"
Period = Literal["year", "cumulative", "part", "other", "unsure"]
Scope = Literal["own", "whole", "other"]


# --- phrases


def _names(values: Iterable[str]) -> Names:
    return tuple(values)


@frozen
class Phrase:
    """A row of `phrases.toml`, which explains the members."""

    id: str
    forms: Names = field(converter=_names)
    key: str
    example: str
    patterns: Names = field(converter=_names)
    units: Names = field(converter=_names)
    none: Names = field(default=(), converter=_names)
    all: Names = field(default=(), converter=_names)
    same_as: str | None = None
    example_of_none: str | None = None
    unless: str | None = None
    about: str | None = None


@cache
def phrases() -> tuple[Phrase, ...]:
    """The phrases of the table, in order."""
    data = tomllib.loads(resources.files("govdisclose._prose").joinpath("phrases.toml").read_text("utf-8"))
    return tuple(Phrase(**row) for row in data["phrase"])


class _Reader(NamedTuple):
    """The phrases of a form; `lastgroup` of a match names the phrase.

    `figures` has, for each character that a pattern begins with, those that do; `starts` finds such characters.
    """

    starts: re.Pattern[str]
    figures: Mapping[str, re.Pattern[str]]
    units: frozenset[str]
    none: tuple[tuple[Phrase, re.Pattern[str]], ...]
    all: re.Pattern[str]
    by_name: Mapping[str, Phrase]


_GAP: Final = re.compile("\N{HORIZONTAL ELLIPSIS}([0-9]+)")


_PLAIN: Final = "(?:各类|各项|各|政府|政务|信息|类|共|合|总|计|数|量|了|为|达|到|约|近|的|:){0,8}?"


def _pattern(source: str) -> str:
    return _GAP.sub(lambda m: f"[^#,。;、(]{{0,{m[1]}}}?", source.replace("~", _PLAIN))


def phrases_of(form: str) -> Iterator[Phrase]:
    """The phrases of the table that are for this form, and those of its rows."""
    yield from (phrase for phrase in phrases() if form in phrase.forms)
    for table in catalogue().forms[form].tables:
        for row in table.rows:
            if row.prose:
                said = [f"{words}~#" for words in row.prose]
                yield Phrase(f"prose.{row.key}", [form], row.key, f"{row.prose[0]}1{row.unit}", said, _units(row.unit))


@cache
def _reader(form: str) -> _Reader:
    by_name = {f"p{i}": phrase for i, phrase in enumerate(phrases_of(form))}
    by_start: dict[str, dict[str, list[str]]] = {}
    for name, phrase in by_name.items():
        for source in phrase.patterns:
            for start in first_characters(source):
                by_start.setdefault(start, {}).setdefault(name, []).append(source)
    return _Reader(
        re.compile(f"[{''.join(by_start)}]"),
        {start: _union(patterns) for start, patterns in by_start.items()},
        frozenset(unit for phrase in by_name.values() for unit in phrase.units),
        tuple((phrase, re.compile(_pattern(source))) for phrase in by_name.values() for source in phrase.none),
        _union({name: phrase.all for name, phrase in by_name.items()}),
        by_name,
    )


def _union(named: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{'|'.join(map(_pattern, p))})" for name, p in named.items() if p) or "(?!)")


_BEHIND: Final = re.compile(r"\(\?<!?[^()]*\)")


def first_characters(pattern: str) -> frozenset[str]:
    """The characters that a match of `pattern` may begin with, as far as `phrases.toml` needs it.

    >>> sorted(first_characters("(?<!不)(?:办理)?(?:答|答复|[网])…4#"))
    ['办', '答', '网']
    """
    m = _BEHIND.match(pattern)
    if m:
        return first_characters(pattern[m.end() :])
    if pattern.startswith("["):
        return frozenset(pattern[1 : pattern.index("]")])
    if not pattern.startswith("(?:"):
        optional = first_characters(pattern[2:]) if pattern[1:2] == "?" else frozenset()
        return frozenset(pattern[0]) | optional
    end = pattern.index(")")
    found: frozenset[str] = frozenset().union(*map(first_characters, pattern[3:end].split("|")))
    return found | first_characters(pattern[end + 2 :]) if pattern[end + 1 : end + 2] == "?" else found


_ALIKE: Final = (
    ("件", "起", "项", "例", "宗", "份", "件次"),
    ("条", "条次"),
    ("次", "场", "场次", "期"),
    ("人", "人次", "名"),
    ("篇", "篇次", "条"),
    ("元", "万元"),
)
"""Measure words that count the same things; the first is the form's."""


def _units(unit: str | None) -> tuple[str, ...]:
    return next((units for units in _ALIKE if unit in units), (unit,) if unit else ())


# --- passages


class _Offsets:
    """From places in the source to places in the repaired text, and back."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        changed = [(end, len(r.new) - end + start) for r in repairs for start, end in [r.span]]
        changed = [(end, size) for end, size in changed if size]
        self._ends = [end for end, _ in changed]
        self._shifts = list(accumulate(size for _, size in changed))
        self._afters = [end + shift for end, shift in zip(self._ends, self._shifts, strict=True)]

    def forward(self, offset: int) -> int:
        if not self._ends:
            return offset
        i = bisect_right(self._ends, offset) - 1
        return offset if i < 0 else offset + self._shifts[i]

    def back(self, offset: int) -> int:
        i = bisect_right(self._afters, offset) - 1
        return offset if i < 0 else max(offset - self._shifts[i], self._ends[i])


@define(eq=False)
class Passage:
    """A paragraph as patterns see it.

    `figures` are its quantities, `at` where each `#` stands in `text`, `ends` where its sentences end. `start` is where
    the paragraph begins in the source.
    """

    text: str
    figures: tuple[Quantity, ...]
    at: tuple[int, ...]
    ends: tuple[int, ...]
    start: int
    source: Source | None
    _shadow: str
    _places: tuple[tuple[int, int], ...]  # of the figures, in the paragraph
    _offsets: _Offsets
    _runs: list[tuple[int, int]] = field(factory=list)

    def figure(self, at: int) -> Quantity | None:
        """The figure whose `#` stands there."""
        i = bisect_left(self.at, at)
        return self.figures[i] if i < len(self.at) and self.at[i] == at else None

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]` in the source."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, at: int) -> int:
        runs = self._runs or self._mapped()
        begin, local = runs[bisect_right(runs, (at, 1 << 62)) - 1]
        return self._offsets.back(self._offsets.forward(self.start) + local + at - begin)

    def _mapped(self) -> list[tuple[int, int]]:
        """Where runs without blanks begin, in `text` and in the paragraph; made when a place is first asked for."""
        size = done = 0
        for start, end in (*self._places, (len(self._shadow), 0)):
            for run in _RUN.finditer(self._shadow, done, start):
                self._runs.append((size, run.start()))
                size += run.end() - run.start()
            self._runs.append((size, start))
            size, done = size + 1, end
        return self._runs

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around `at` begins and ends; of a very long one, what is near."""
        i = bisect_left(self.ends, at)
        start = self.ends[i - 1] + 1 if i else 0
        end = self.ends[i] if i < len(self.ends) else len(self.text)
        return max(start, at - _NEAR_MOST), min(end, at + _NEAR_MOST)

    def between(self, low: int, high: int) -> tuple[int, ...]:
        """Where the figures in `text[low:high]` stand."""
        return self.at[bisect_left(self.at, low) : bisect_left(self.at, high)]


_NEAR_MOST: Final = 400  # characters of a sentence before and after a figure that are looked at: no work is quadratic
_RUN: Final = re.compile(r"\S+")
_END: Final = re.compile("[。!?]")
_WORTH: Final = re.compile("[未无]|没有|部分组成|部分构成|个部分|附[件表]")


def passages(report: Report, words: bool = True) -> list[Passage]:
    """The paragraphs that state a figure, in order; with `words` also those that may say it in words."""
    offsets = _Offsets(report.repairs)
    starts = [quantity.span.start for quantity in report.quantities]
    out = []
    for paragraph in _paragraphs(report):
        low = bisect_left(starts, paragraph.span.start)
        high = bisect_left(starts, paragraph.span.end, low)
        if high > low or (words and _WORTH.search(paragraph.text)):
            out.append(_passage(paragraph, report.quantities[low:high], offsets))
    return out


def _paragraphs(report: Report) -> Iterator[Paragraph]:
    yield from report.preamble
    for section in report.walk():
        yield from section.paragraphs


def _passage(paragraph: Paragraph, quantities: Sequence[Quantity], offsets: _Offsets) -> Passage:
    shadow = shadow_of(paragraph.text)
    if FIGURE in shadow:
        shadow = shadow.replace(FIGURE, "*")  # as good a mark, and none of ours
    base = offsets.forward(paragraph.span.start)
    parts: list[str] = []
    figures: list[Quantity] = []
    places: list[tuple[int, int]] = []
    at: list[int] = []
    size = done = 0
    for quantity in quantities:
        start, end = offsets.forward(quantity.span.start) - base, offsets.forward(quantity.span.end) - base
        if not done <= start < end <= len(shadow):
            continue
        before = "".join(shadow[done:start].split())
        parts += (before, FIGURE)
        size += len(before)
        figures.append(quantity)
        places.append((start, end))
        at.append(size)
        size, done = size + 1, end
    parts.append("".join(shadow[done:].split()))
    text = "".join(parts)
    ends = tuple([m.start() for m in _END.finditer(text)])
    return Passage(
        text, tuple(figures), tuple(at), ends, paragraph.span.start, paragraph.source, shadow, tuple(places), offsets
    )


# --- statements


@frozen(eq=False)
class Statement:
    """An indicator stated in a sentence. `quantity` is None where it is said in words; `words` are those that link it.

    `passage` and `at` say where: the index of the passage and the place of the figure (or of the words) in it.
    `group` is the place where its sentence begins. `certain` says that nothing else goes by these words.
    """

    id: str
    key: str
    amount: Amount
    quantity: Quantity | None
    words: str
    span: Span
    period: Period
    scope: Scope | None
    passage: int
    at: int
    group: int
    source: Source | None
    body: str | None = None
    certain: bool = True

    @property
    def plain(self) -> bool:
        """Whether it speaks of the year reported on and not of another body."""
        return self.period == "year" and self.scope != "other"


def forms_of(report: Report) -> tuple[Form, ...]:
    """The forms whose phrases are looked for: those of the tables, or else the national one of the year."""
    forms = catalogue().forms
    used = dict.fromkeys(table.form for table in report.tables if table.form in forms)
    if used:
        return tuple(forms[form] for form in used if form)
    year = report.metadata.year
    return tuple(
        form
        for form in forms.values()
        if year is not None and form.jurisdiction == NATIONAL and form.first_year <= year <= form.last_year
    )


def statements(report: Report, found: Sequence[Passage], forms: Iterable[Form], words: bool = True) -> list[Statement]:
    """What the passages state, in order; `words` asks for what is said in words as well (未收到, 均已办结)."""
    issuer, year = report.metadata.issuer or "", report.metadata.year
    out: list[Statement] = []
    for form in forms:
        reader = _reader(form.id)
        for i, passage in enumerate(found):
            mine = [_statement(link, passage, i, issuer, year) for link in _links(reader, passage)]
            if words:
                mine += _in_words(reader, passage, i, issuer, year)
                mine.sort(key=lambda s: s.at)
                mine += _all_of_it(reader, passage, i, mine)
            out += mine
    return out


_NOT_A_STATEMENT: Final = re.compile("[增减升降占率比较超]|提高|变动|除外")
_PLAN: Final = re.compile("计划|力争|预计|不少于|不低于|至少|目标|平均|人均|每[年月季周天次]|以上(?!数据)")
# What is answered, closed and received as well, in the unit of applications for information, and is none.
_ELSEWHERE: Final = re.compile("建议|提案|(?<!复)议案|信访|咨询|留言|来信|来电|热线|信箱|问政|诉求|工单|许可|处罚|审批")
_OF_APPLICATIONS: Final = "件"


_LEAD_MOST: Final = 48  # characters before a figure in which the words that link it stand


def _statement(link: _Link, passage: Passage, i: int, issuer: str, year: int | None) -> Statement:
    quantity, phrase, words, at, start = link
    scope, body = _scope(passage.text, start, at, issuer)
    return Statement(
        phrase.id, phrase.key, amount_of(quantity), quantity, words, quantity.span, _period(passage, at, year), scope, i, at,
        start, passage.source, body, _is_about(phrase, passage.text[start:at]),
    )  # fmt: skip


def _is_about(phrase: Phrase, sentence: str) -> bool:
    return phrase.about is None or re.search(phrase.about, sentence) is not None


class _Link(NamedTuple):
    """A figure and the words that link it to an indicator: the places of both in a passage, and of their sentence."""

    quantity: Quantity
    phrase: Phrase
    words: str
    at: int
    sentence: int


def _links(reader: _Reader, passage: Passage) -> Iterator[_Link]:
    text = passage.text
    low = 0
    for at, quantity in zip(passage.at, passage.figures, strict=True):
        if quantity.unit in reader.units:
            m = _linking(reader, text, max(low, at - _LEAD_MOST), at, quantity.unit)
            if m is not None:
                phrase = reader.by_name[str(m.lastgroup)]
                start, _ = passage.sentence(at)
                if _counts(text, phrase, start, m.start(), at):
                    yield _Link(quantity, phrase, m.group(), at, start)
        low = at + 1


def _linking(reader: _Reader, text: str, low: int, at: int, unit: str | None) -> re.Match[str] | None:
    """The words that link the figure at `at` to an indicator of that unit: the first that do."""
    for start in reader.starts.finditer(text, low, at + 1):
        m = reader.figures[start.group()].match(text, start.start())
        if m is not None and unit in reader.by_name[str(m.lastgroup)].units:
            return m
    return None


def _counts(text: str, phrase: Phrase, sentence: int, words: int, at: int) -> bool:
    """Whether the figure is an amount of what the phrase says: no change, share or plan, and of nothing else."""
    if _NOT_A_STATEMENT.search(text, words, at) or text.startswith(("以上", "以下", "以内"), at + 1):
        return False
    clause = max(sentence, text.rfind(",", sentence, words) + 1, text.rfind(";", sentence, words) + 1)
    if _PLAN.search(text, clause, at) or (phrase.unless and re.search(phrase.unless, text[clause:words])):
        return False
    return _OF_APPLICATIONS not in phrase.units or not _ELSEWHERE.search(text, clause, at)


def _in_words(reader: _Reader, passage: Passage, i: int, issuer: str, year: int | None) -> Iterator[Statement]:
    text = passage.text
    if not _WORTH.search(text):
        return
    for phrase, pattern in reader.none:
        for m in pattern.finditer(text):
            start, _ = passage.sentence(m.start())
            scope, body = _scope(text, start, m.start(), issuer)
            yield Statement(
                phrase.id, phrase.key, Amount.of(0), None, m.group(), passage.span(*m.span()),
                _period(passage, m.start(), year), scope, i, m.start(), start, passage.source, body,
                _is_about(phrase, text[start : m.end()]),
            )  # fmt: skip


def _all_of_it(reader: _Reader, passage: Passage, i: int, stated: Sequence[Statement]) -> Iterator[Statement]:
    """均已办结: as many closed as were received, in the sentence before or the same. `stated` are in order."""
    places = [statement.at for statement in stated]
    for m in reader.all.finditer(passage.text):
        first = reader.by_name[str(m.lastgroup)]
        group, _ = passage.sentence(m.start())
        before, _ = passage.sentence(max(0, group - 1))
        near = stated[bisect_left(places, before) : bisect_left(places, m.start())]
        whole = next((s for s in reversed(near) if s.key == first.same_as and s.quantity is not None), None)
        if whole is None:
            continue
        for phrase in reader.by_name.values():
            if phrase.same_as == first.same_as and any(re.search(_pattern(p), m.group()) for p in phrase.all):
                yield evolve(
                    whole, id=phrase.id, key=phrase.key, quantity=None, words=m.group(),
                    span=passage.span(*m.span()), at=m.start(), group=group,
                )  # fmt: skip


# --- period and scope

_WHOLE_YEAR: Final = re.compile("1月1日(?:起)?[至到-]*(?:20[0-9]{2}年)?12月31日(?:止)?|1[-至到~]12月")
_YEAR: Final = re.compile("(?<![0-9〔\\[(])((?:19|20)[0-9]{2})年|今年|本年|全年|年内|[去上]一?年(?!度?结转)|前年|往年")
_STOCK: Final = re.compile("累计|历年|截[至止]|(?<!年)以来|总计")
_PART: Final = re.compile("[上下]半年|[一二三四1-4]季度|[0-9一二三四五六七八九十]月份?|当月|本月|期间")
_OTHER: Final = frozenset("去上前往")


def _period(passage: Passage, at: int, year: int | None) -> Period:
    """What time the figure at `at` counts, by the words nearest before it.

    A year without more is the year of the report where none is named.
    """
    text = passage.text
    start, _ = passage.sentence(at)
    head = _WHOLE_YEAR.sub("", text[start:at])
    years = list(_YEAR.finditer(head))
    last = years[-1] if years else None
    if last is None and start:  # the year that an earlier sentence of the paragraph names still goes on
        earlier = {int(m[1]) for m in _YEAR.finditer(text, max(0, start - _NEAR_MOST), start) if m[1]}
        if earlier and year is not None and year not in earlier:
            return "unsure"
    stocks = list(_STOCK.finditer(head))
    stock = stocks[-1] if stocks else None
    if stock is not None and (last is None or stock.start() > last.start()):
        near = last is not None and not set(",;") & set(head[last.end() : stock.start()])
        open_ended = near or any(m.group()[0] == "截" for m in stocks)  # 截至年底: since when, is not said
        return "cumulative" if stock.group() == "历年" or not open_ended else "unsure"
    if _PART.search(head, last.end() if last else 0):
        return "part"
    if last is None:
        return "year"
    if last[1]:
        return "year" if year is None or int(last[1]) == year else "other"
    return "other" if last.group()[0] in _OTHER else "year"


_SCOPE: Final = re.compile(
    "(?P<whole>全[市县区省州旗盟]|各[县区市乡镇街部单地级有科直]|市县|全系统)"
    "|(?P<own>[我本](?:[局委办厅处院所中馆部会署区县市镇乡省州机单级街站])|[省市县区]本级|[省市县区]级(?!以上|各)|全[局委办厅处院]|机关)"
    "|(?P<body>(?:[省市县区州旗]|[\u4e00-\u9fff]{2,4}[省市县区州旗镇乡])[\u4e00-\u9fff]{0,12}?(?:人民政府|政府办公[室厅]|办公[室厅]|局|委员会|委|厅|中心|街道办事处|街道|镇|乡))(?![长员托会域属])"
)
_BODY_MOST: Final = 40


def _scope(text: str, start: int, at: int, issuer: str) -> tuple[Scope | None, str | None]:
    """Whom the figure at `at` counts for, by the words of its sentence; None where nothing says it."""
    last: re.Match[str] | None = None
    for m in _SCOPE.finditer(text, max(start, at - _BODY_MOST), at):
        last = m
    if last is None:
        return None, None
    if last["whole"]:
        return "whole", last.group()
    if last["own"] or _abbreviates(last["body"], issuer):
        return "own", last.group()
    return "other", last.group()


def _abbreviates(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in that order: 市质监局, 某市质量技术监督局."""
    letters = iter(name)
    return all(c in letters for c in short)


# --- ranges

_SCALE: Final = re.compile("[万亿萬億]")
_UP: Final = re.compile("[余餘多+来几幾]")
_NEAR: Final = re.compile("近|不足|不到")
_OVER: Final = re.compile("[超逾]|以上|至少|最少|不[少低]|突破|[上过過](?=[百千万萬])")
_UNDER: Final = re.compile("以[下内]|[最至]多|不[超多]")


def amount_of(quantity: Quantity) -> Amount:
    """The range that a figure stands for: 14万余 is 140,000 to 149,999; 7万 is a figure rounded to 10,000.

    >>> amount_of(Quantity(140000, "条", True, "14万余条", Span(0, 5)))[:3]
    (140000, 140000, 149999)
    >>> amount_of(Quantity(23, "条", False, "23条", Span(0, 3))).exact
    True
    """
    value, raw = quantity.value, quantity.raw
    scaled = bool(value) and isinstance(value, int) and _SCALE.search(raw) is not None
    if scaled and quantity.unit:  # 20万元 is an amount to the unit of 万元
        scaled = _SCALE.search(raw.replace(quantity.unit, "")) is not None
    if not quantity.approximate and not scaled:
        return Amount(value, value, value)
    step = _step(value)
    less = step - 1 if isinstance(value, int) else step
    if _UNDER.search(raw):
        return Amount(value, 0, value, False)
    if _OVER.search(raw):
        return Amount(value, value, None, False)
    if _NEAR.search(raw):
        return Amount(value, value - less, value, False)
    if _UP.search(raw):
        return Amount(value, value, value + less, False)
    if quantity.approximate:
        return Amount(value, value - less, value + less, False)
    half: Figure = step // 2 if isinstance(step, int) else step / 2
    return Amount(value, value - half, value + half, False)


def _step(value: Figure) -> Figure:
    """The place value of the last digit that is not nought."""
    if isinstance(value, int):
        step = 1
        while value and value % (step * 10) == 0:
            step *= 10
        return step
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


# --- links


def linked(report: Report) -> tuple[Quantity, ...]:
    """The quantities of the report, with the indicator of those that certainly state one for the year reported on."""
    forms = forms_of(report)
    if not report.quantities or not forms:
        return report.quantities
    issuer, year = report.metadata.issuer or "", report.metadata.year
    keys: dict[int, str] = {}
    found = passages(report, words=False)
    for form in forms:
        reader = _reader(form.id)
        for passage in found:
            for quantity, phrase, _, at, start in _links(reader, passage):
                known = quantity.span.start in keys or _period(passage, at, year) != "year"
                if known or not _is_about(phrase, passage.text[start:at]):
                    continue
                if _scope(passage.text, start, at, issuer)[0] != "other":
                    keys[quantity.span.start] = phrase.key
    if not keys:
        return report.quantities
    return tuple(
        [
            Quantity(q.value, q.unit, q.approximate, q.raw, q.span, keys[q.span.start], q.source)
            if q.span.start in keys
            else q
            for q in report.quantities
        ]
    )
