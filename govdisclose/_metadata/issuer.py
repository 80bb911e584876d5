"""The body that reports, by its full name.

Guarantees:

1. A name is printed on the page; what is only relative (我局) or no body gives none.
2. With a name in the title, a fuller one must spell it out; without any, the title's name stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from govdisclose._metadata.clues import Clues
from govdisclose._metadata.names import body_of, part, within
from govdisclose._metadata.page import HEAD, WORDS, Found, name_at, says, squeezed
from govdisclose._metadata.title import organ_below

_COMPILES: Final = "preamble: compiles"
_ANSWERS: Final = "preamble: answers"
_PLACE_REACH: Final = 12  # characters before a local name in which its place stands
_NAME_ALONE: Final = 4  # characters of a name in a title that is enough by itself
_FORM_REACH: Final = 66  # characters behind 填报单位 that hold the name


class _Candidate(NamedTuple):
    """A name with its place on the page, and the body that it is of."""

    place: str
    name: Found
    body: Found


def read_issuer(clues: Clues) -> Found | None:
    """The body that reports.

    The first candidate that spells out the title's name wins, a fuller one over the same again; a
    local name is completed from another place on the page; then the title's own name, or what a
    report without one cites.
    """
    short = _name_in_title(clues)
    if found := _first_or_fuller(_spelled_by_candidates(clues, short), short):
        return found
    for value in _local_names(clues, short):
        if spelled := _spelled_out(clues, value):
            return spelled
    if not short:
        return _of_own_guide(clues) or _place_that_makes_it(clues)
    return _of_title(clues)


def _first_or_fuller(names: Iterable[Found], short: str) -> Found | None:
    """The first name; where that is only the title's again, one that has its place before it."""
    first: Found | None = None
    for name in names:
        if first is None and name.value != short:
            return name
        first = first or name
        before = name.value.removesuffix(short)
        if before != name.value and WORDS["place"].search(before):
            return name
    return first


def _spelled_by_candidates(clues: Clues, short: str) -> Iterator[Found]:
    for place, name in _candidates(clues):
        if body := body_of(clues.page, name):
            found = _spelled_by(clues, _Candidate(place, name, body), short)
            if found:
                yield found


def _name_in_title(clues: Clues) -> str:
    """The title's name; none for 我局, 本机关 and the like."""
    name = clues.title.name.value if clues.title and clues.title.name else ""
    if WORDS["relative"].match(name[:2]) and name[:1] in WORDS.words("our"):
        return ""
    return name


def _spelled_by(clues: Clues, candidate: _Candidate, short: str) -> Found | None:
    """The part of a body's name that is the full name of what the title says.

    The office of a body is not the body: 甲县人民政府 of 甲县人民政府办公室.
    """
    body, full = candidate.body, candidate.body.value
    if not short:
        return body
    if len(full) < len(short) or not within(short, full):
        return None
    if WORDS["place"].search(short):
        return _governs(clues, candidate, short)
    end = full.find(short) + len(short)
    named = end >= len(short) and WORDS["organ"].search(short)
    office = named and WORDS["office_behind"].fullmatch(full, end)
    return part(clues.page, body, end) if office else body


def _governs(clues: Clues, candidate: _Candidate, short: str) -> Found | None:
    """The government of the place in the title, or a department that compiles its own report."""
    place, name, body = candidate
    governing = WORDS["governing"].search(body.value) is not None
    if place == _ANSWERS:
        return body if governing and body == name else None
    if office := WORDS["government_office"].fullmatch(body.value):
        return part(clues.page, body, len(office["body"]))
    if governing:
        return body
    department = WORDS["department"].search(body.value, len(short)) is not None
    compiles = place == _COMPILES and body.value.startswith(short)
    return body if compiles and department else None


def _of_title(clues: Clues) -> Found | None:
    named = clues.title.name if clues.title else None
    if named is None or WORDS["office_of_place"].search(named.value):
        return named
    if body := body_of(clues.page, named):
        return body
    short = named.value
    if (
        WORDS["relative"].match(short)
        or WORDS["not_a_name"].search(short)
        or len(short) < 2
    ):
        return None
    return named if WORDS["place"].search(short) or len(short) >= _NAME_ALONE else None


# --- names that only mean something locally


def _local_names(clues: Clues, short: str) -> list[str]:
    """Names such as 市水利局: of the title, else of the candidates that are no full name."""
    found = {short: None}
    if not short:
        for _, name in _candidates(clues):
            if body_of(clues.page, name) is None:
                found[name.value] = None
    return [value for value in found if WORDS["local"].fullmatch(value)]


def _spelled_out(clues: Clues, local: str) -> Found | None:
    """The one full name on the page that ends in a local one; None if there are two.

    It must begin behind a blank or the mark that opens a title: else words of the sentence would
    be the place.
    """
    page = clues.page
    found: dict[str, Found] = {}
    at = page.shadow.find(local, 0, HEAD)
    while at >= 0:
        if m := WORDS["of_place"].search(page.shadow, max(0, at - _PLACE_REACH), at):
            name = name_at(page, m.start("place"), at + len(local))
            if not WORDS["not_a_name"].search(name.value) and "公开" not in name.value:
                found.setdefault(name.value, name)
        at = page.shadow.find(local, at + 1, HEAD)
    return next(iter(found.values())) if len(found) == 1 else None


# --- where nothing names a body


def _of_own_guide(clues: Clues) -> Found | None:
    """The one body whose guide or list of openness the report cites, which is its own."""
    page = clues.page
    if page.shadow.find("公开", 0, HEAD) < 0:
        return None
    guides = WORDS["own_guide"].finditer(page.shadow, 0, HEAD)
    names = [name_at(page, *m.span("name")) for m in guides]
    bodies = {
        body.value: body for name in reversed(names) if (body := body_of(page, name))
    }
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _place_that_makes_it(clues: Clues) -> Found | None:
    """由甲市乙区编制, 现公布甲县2018年年报: the place itself."""
    for pattern in ("by", "announces"):
        for name in _named_by(clues, pattern):
            office = WORDS["openness"].search(name.value)
            named = part(clues.page, name, office.start()) if office else name
            if not WORDS["whole_place"].fullmatch(named.value):
                continue
            if WORDS["relative"].match(named.value) or WORDS["not_a_name"].search(
                named.value
            ):
                continue
            return named
    return None


# --- candidates


def _candidates(clues: Clues) -> Iterator[tuple[str, Found]]:
    """Names that may be the issuer's, each with its place, the surest first."""
    for place, read in _PLACES:
        for name in read(clues):
            yield place, name


def _signs(clues: Clues) -> Iterator[Found]:
    if clues.signature.organ:
        yield clues.signature.organ


def _below_title(clues: Clues) -> Iterator[Found]:
    if clues.title and (organ := organ_below(clues.page, clues.title)):
        yield organ


def _in_other_titles(clues: Clues) -> Iterator[Found]:
    yield from clues.title.others if clues.title else ()


def _at_address(clues: Clues) -> Iterator[Found]:
    """A body that is its own address: 地址:甲县乙乡人民政府党政办公室."""
    page = clues.page
    for label in WORDS["contact_label"].finditer(page.shadow, *clues.preamble):
        if label.lastgroup == "address":
            m = WORDS["body_as_address"].match(page.shadow, label.end())
            if m:
                yield name_at(page, *m.span("name"))


def _fills_the_form(clues: Clues) -> Iterator[Found]:
    shadow = clues.page.shadow
    for word in WORDS.words("filled_by_label"):
        at = shadow.find(word) + len(word)
        if at >= len(word) and (
            m := WORDS["filled_by"].match(shadow, at, at + _FORM_REACH)
        ):
            yield name_at(clues.page, *m.span("name"))


def _named_by(clues: Clues, pattern: str) -> Iterator[Found]:
    """The names that a pattern finds in the preamble; if none, over the ends of its lines."""
    page = clues.page
    found = list(WORDS[pattern].finditer(page.shadow, *clues.preamble))
    for m in found:
        yield name_at(page, *m.span("name"))
    if not found and WORDS["wrapped"].search(page.shadow, *clues.preamble):
        yield from _over_line_ends(clues, pattern)


def _over_line_ends(clues: Clues, pattern: str) -> Iterator[Found]:
    """The names that a pattern finds where the lines of the preamble are cut anywhere."""
    begin, end = clues.preamble
    text = "".join(clues.page.shadow[begin:end].split())
    found = list(WORDS[pattern].finditer(text))
    places = squeezed(clues.page, begin, end)[1] if found else []
    for m in found:
        yield name_at(
            clues.page, places[m.start("name")], places[m.end("name") - 1] + 1
        )


def _compiles(clues: Clues) -> Iterator[Found]:
    for pattern in ("by", "announces", "from"):
        yield from _named_by(clues, pattern)
    if WORDS["made"].search(clues.page.shadow, *clues.preamble):
        yield from _named_by(clues, "makes")


def _answers(clues: Clues) -> Iterator[Found]:
    """The body to ask; without a name in the title, not who keeps the site.

    The office of a government answers for the whole government as often as for itself: it counts
    where it gathers from others, and then for the government.
    """
    named = clues.title is not None and clues.title.name is not None
    for name in _named_by(clues, "ask"):
        if named:
            yield name
        elif not WORDS["puts_up"].search(name.value):
            yield from _government_for_its_office(clues, name)


def _government_for_its_office(clues: Clues, name: Found) -> Iterator[Found]:
    office = WORDS["government_office"].match(name.value)
    if not office:
        yield name
    elif WORDS["gathers"].search(clues.page.shadow, *clues.preamble):
        yield part(clues.page, name, len(office["body"]))


def _calls_it_its_report(clues: Clues) -> Iterator[Found]:
    if says(clues.page, "report_words", *clues.preamble):
        yield from _named_by(clues, "its_report")


def _acts(clues: Clues) -> Iterator[Found]:
    page = clues.page
    for m in WORDS["opens"].finditer(page.shadow, clues.preamble[0], page.second):
        yield name_at(page, *m.span("name"))


def _puts_up(clues: Clues) -> Iterator[Found]:
    """Who put the page up, last: the header may have a later or a short name."""
    named = clues.title is not None and clues.title.name is not None
    for name in clues.header.organs:
        site = WORDS["of_site"].search(name.value)
        organ = part(clues.page, name, site.start()) if site else name
        keeps_site = WORDS["puts_up"].search(organ.value) or "政府办公" in organ.value
        if named or not keeps_site:
            yield organ


_PLACES: Final[tuple[tuple[str, Callable[[Clues], Iterator[Found]]], ...]] = (
    ("signature", _signs),
    ("below the title", _below_title),
    ("other titles", _in_other_titles),
    ("form", _fills_the_form),
    (_COMPILES, _compiles),
    (_ANSWERS, _answers),
    ("preamble: its report", _calls_it_its_report),
    ("first part: acts", _acts),
    ("header", _puts_up),
    ("address", _at_address),
)
