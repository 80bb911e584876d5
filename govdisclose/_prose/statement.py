"""What sentences state: figures of prose linked to indicators, with their period, their scope and
their range.

The patterns of `phrases.toml` and the prose phrases of the catalogue run over passages. A link is
only made where the unit fits and nothing between phrase and figure says that it is a change, a
share or a plan.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from attrs import evolve, frozen

from govdisclose._prose.amounts import amount_of
from govdisclose._prose.context import Period, Scope, period_of, scope_of
from govdisclose._prose.passages import Passage, passages
from govdisclose._prose.pattern import compile_phrase
from govdisclose._prose.phrases import Phrase, Reader, reader_of
from govdisclose._prose.words import WORDS
from govdisclose.form import NATIONAL, Form, catalogue
from govdisclose.form.relation import Amount
from govdisclose.report import Quantity, Report
from govdisclose.text import Source, Span


@frozen(eq=False)
class Statement:
    """An indicator stated in a sentence. `quantity` is None where it is said in words; `words` are
    those that link it.

    `passage` and `at` say where: the index of the passage and the place of the figure (or of the
    words) in it. `group` is the place where its sentence begins. `certain` says that nothing else
    goes by these words.
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
    """The forms whose phrases are looked for: those of the tables, or else the national one whose
    words the year has.
    """
    forms = catalogue().forms
    used = dict.fromkeys(table.form for table in report.tables if table.form in forms)
    if used:
        return tuple(forms[form] for form in used if form)
    year = report.metadata.year
    if year is None:
        return ()
    national = [form for form in forms.values() if form.jurisdiction == NATIONAL]
    return tuple(
        form
        for form in national
        if (form.prose_from or form.first_year) <= year <= form.last_year
    )


class _Place(NamedTuple):
    """A passage of a report, with what its statements are judged by."""

    passage: Passage
    number: int
    issuer: str
    year: int | None

    def period(self, at: int) -> Period:
        """What time the figure at `at` counts."""
        return period_of(self.passage, at, self.year)

    def scope(self, start: int, at: int) -> tuple[Scope | None, str | None]:
        """Whom the figure at `at` counts for, in a sentence that begins at `start`."""
        return scope_of(self.passage.text, start, at, self.issuer)


def _places(report: Report, found: Sequence[Passage]) -> list[_Place]:
    issuer, year = report.metadata.issuer or "", report.metadata.year
    return [_Place(passage, i, issuer, year) for i, passage in enumerate(found)]


def statements(
    report: Report, found: Sequence[Passage], forms: Iterable[Form], words: bool = True
) -> list[Statement]:
    """What the passages state, in order; `words` asks for what is said in words as well
    (未收到, 均已办结)."""
    places = _places(report, found)
    out: list[Statement] = []
    for form in forms:
        reader = reader_of(form.id)
        for place in places:
            mine = [_statement(link, place) for link in _links(reader, place.passage)]
            if words:
                mine += _in_words(reader, place)
                mine.sort(key=lambda s: s.at)
                mine += _all_of_it(reader, place.passage, mine)
            out += mine
    return out


_OF_APPLICATIONS: Final = "件"


_LEAD_MOST: Final = (
    48  # characters before a figure in which the words that link it stand
)


def _statement(link: _Link, place: _Place) -> Statement:
    quantity, phrase, words, at, start = link
    passage = place.passage
    scope, body = place.scope(start, at)
    return Statement(
        id=phrase.id,
        key=phrase.key,
        amount=amount_of(quantity),
        quantity=quantity,
        words=words,
        span=quantity.span,
        period=place.period(at),
        scope=scope,
        passage=place.number,
        at=at,
        group=start,
        source=passage.source,
        body=body,
        certain=_is_about(phrase, passage, start, at),
    )


def _is_about(phrase: Phrase, passage: Passage, start: int, end: int) -> bool:
    """Whether the sentence to `end`, or the title over it, says that the work is that
    of disclosure."""
    if phrase.about is None or re.search(phrase.about, passage.text[start:end]):
        return True
    return (
        phrase.under is not None and re.search(phrase.under, passage.titles) is not None
    )


class _Link(NamedTuple):
    """A figure and the words that link it to an indicator: the places of both in a passage, and of
    their sentence.
    """

    quantity: Quantity
    phrase: Phrase
    words: str
    at: int
    sentence: int


def _links(reader: Reader, passage: Passage) -> Iterator[_Link]:
    """The links of a passage; a part has never the indicator of the whole that is named
    before it."""
    given: dict[tuple[int, str], int] = {}
    for link in _all_links(reader, passage):
        whole = given.setdefault((link.sentence, link.phrase.key), link.at)
        if whole == link.at or not _is_part(passage.text, whole, link.at):
            yield link


def _is_part(text: str, whole: int, at: int) -> bool:
    """Whether the figure at `at` is a part of the one before it, and not that of another year."""
    if WORDS["year"].search(text, whole, at):
        return False
    return WORDS["parts_follow"].search(text, whole, at) is not None


def _all_links(reader: Reader, passage: Passage) -> Iterator[_Link]:
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


def _linking(
    reader: Reader, text: str, low: int, at: int, unit: str | None
) -> re.Match[str] | None:
    """The words that link the figure at `at` to an indicator of that unit: the first that do."""
    for start in reader.starts.finditer(text, low, at + 1):
        m = reader.figures[start.group()].match(text, start.start())
        if m is not None and unit in reader.by_name[str(m.lastgroup)].units:
            return m
    return None


def _counts(text: str, phrase: Phrase, sentence: int, words: int, at: int) -> bool:
    """Whether the figure is an amount of what the phrase says: no change, share or plan, and of
    nothing else.
    """
    if WORDS["no_amount"].search(text, words, at) or WORDS["bound_behind"].match(
        text, at + 1
    ):
        return False
    clause = max(sentence, *(text.rfind(mark, sentence, words) + 1 for mark in ",;"))
    if WORDS["plan"].search(text, clause, at):
        return False
    if phrase.unless and re.search(phrase.unless, text[clause:words]):
        return False
    if text[words - 1 : words] and WORDS["together"].search(text, clause, words):
        return False
    if _OF_APPLICATIONS not in phrase.units:
        return True
    low = clause if WORDS["of_information"].search(text, words, at) else sentence
    return not WORDS["of_other_work"].search(text, low, at)


def _in_words(reader: Reader, place: _Place) -> Iterator[Statement]:
    text = place.passage.text
    if not WORDS["worth_reading"].search(text):
        return
    for phrase, pattern in reader.none:
        for m in pattern.finditer(text):
            yield _none(phrase, m, place)


def _none(phrase: Phrase, m: re.Match[str], place: _Place) -> Statement:
    passage, at = place.passage, m.start()
    start, _ = passage.sentence(at)
    scope, body = place.scope(start, at)
    return Statement(
        id=phrase.id,
        key=phrase.key,
        amount=Amount.of(0),
        quantity=None,
        words=m.group(),
        span=passage.span(*m.span()),
        period=place.period(at),
        scope=scope,
        passage=place.number,
        at=at,
        group=start,
        source=passage.source,
        body=body,
        certain=_is_about(phrase, passage, start, m.end()),
    )


def _all_of_it(
    reader: Reader, passage: Passage, stated: Sequence[Statement]
) -> Iterator[Statement]:
    """均已办结: as many closed as were received, in the sentence before or the same. `stated` are in
    order.
    """
    places = [statement.at for statement in stated]
    for m in reader.all.finditer(passage.text):
        same_as = reader.by_name[str(m.lastgroup)].same_as
        group, _ = passage.sentence(m.start())
        before, _ = passage.sentence(max(0, group - 1))
        near = stated[bisect_left(places, before) : bisect_left(places, m.start())]
        figures = [s for s in near if s.key == same_as and s.quantity is not None]
        if figures:
            span = passage.span(*m.span())
            for phrase in _said_of_all(reader, same_as, m.group()):
                yield evolve(
                    figures[-1],
                    id=phrase.id,
                    key=phrase.key,
                    quantity=None,
                    words=m.group(),
                    span=span,
                    at=m.start(),
                    group=group,
                )


def _said_of_all(reader: Reader, same_as: str | None, words: str) -> Iterator[Phrase]:
    """The phrases that such words state as the same figure."""
    for phrase in reader.by_name.values():
        sources = phrase.all if phrase.same_as == same_as else ()
        if any(re.search(compile_phrase(source).regex, words) for source in sources):
            yield phrase


# --- links


def linked(report: Report) -> tuple[Quantity, ...]:
    """The quantities of the report, with the indicator of those that certainly state
    one for the year reported on."""
    forms = forms_of(report)
    if not report.quantities or not forms:
        return report.quantities
    keys: dict[int, str] = {}
    places = _places(report, passages(report, words=False))
    for form in forms:
        reader = reader_of(form.id)
        for place in places:
            for link in _links(reader, place.passage):
                if _is_certain(link, place):
                    keys.setdefault(link.quantity.span.start, link.phrase.key)
    return tuple([_with_key(q, keys.get(q.span.start)) for q in report.quantities])


def _is_certain(link: _Link, place: _Place) -> bool:
    """Whether the figure states its indicator for the year and the body reported on."""
    if not _is_about(link.phrase, place.passage, link.sentence, link.at):
        return False
    return (
        place.period(link.at) == "year"
        and place.scope(link.sentence, link.at)[0] != "other"
    )


def _with_key(q: Quantity, key: str | None) -> Quantity:
    if key is None:
        return q
    return Quantity(q.value, q.unit, q.approximate, q.raw, q.span, key, q.source)
