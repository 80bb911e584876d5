"""Who reports, on what year, and when: title, issuer, period, dates, header and contact.

Guarantees:

1. Nothing is assumed: what the text does not say is None. A value that holds a lost character
   (`?`) is not given.
2. Each value has an `Evidence`, whose `raw` is what stands in the source at its `span`.
3. Only the head (up to `HEAD` characters, as a rule to the third section) and the tail (the last
   `TAIL_LINES` lines outside tables) are searched with patterns; every pattern is bounded. The
   rest of the text is only passed over.

The order of the search is the order of the page: header, title, preamble, first sections,
signature. Each field has a module; where it may stand is a tuple of places, the surest first; the
words are in the TOML files beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govdisclose._lines.line import PROSE, SIGNED, TITLE, Line
from govdisclose._metadata.clues import Clues, Title
from govdisclose._metadata.contact import as_contact, read_contact
from govdisclose._metadata.header import read_header
from govdisclose._metadata.issuer import read_issuer
from govdisclose._metadata.notice import release_notice
from govdisclose._metadata.page import PREAMBLE, Dated, Found, Page, find_page
from govdisclose._metadata.period import Range, read_period
from govdisclose._metadata.published import read_published
from govdisclose._metadata.signature import read_signature
from govdisclose._metadata.title import mark_furniture, read_title
from govdisclose._metadata.year import read_year
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Evidence, Metadata
from govdisclose.text import Text

Reading = tuple[Metadata, list[Line]]
_Indexes = frozenset[int]


def read_metadata(
    text: Text, lines: Sequence[Line]
) -> tuple[Reading, list[Diagnostic]]:
    r"""The metadata of a report and its lines, and what is wrong with it.

    `lines` are the lines of `text` in order. They come back with those marked that make up the
    title (also where it is printed twice), the organ and the date of a signature, and the
    furniture of the page above the title. Raises nothing on any text.

    The rules are those of the field: the title may have a short name, the full one stands in the
    signature or the preamble; a date on the cover is not the year reported on; a period is read
    only where the text speaks of one.

    >>> from govdisclose._lines.line import split_lines
    >>> from govdisclose._lines.shape import shape_lines
    >>> from govdisclose.text import Source, Text
    >>> text = Text(Source("丙市粮食局2016年政府信息公开年度报告\n一、概述\n丙市粮食局\n2017年1月9日"))
    >>> lines = shape_lines(text.shadow, split_lines(text.shadow))
    >>> (metadata, lines), faults = read_metadata(text, lines)
    >>> metadata.issuer, metadata.year, metadata.period, metadata.signed.isoformat()
    ('丙市粮食局', 2016, None, '2017-01-09')
    >>> [line.type for line in lines]
    ['TITLE', 'H1', 'SIGNED', 'SIGNED']
    """
    notice, lines = release_notice(text.shadow, lines)
    page = find_page(text, lines)
    title, titles = read_title(page)
    page = page.with_lines(mark_furniture(page, title, titles))
    clues = _clues(page, title, titles, notice)
    title_year = int(title.year.value) if title and title.year else None
    period = read_period(page, clues.begin, title_year)
    metadata = _metadata(text, clues, period)
    marked = _mark_taken(page.lines, titles, clues.signature.lines)
    return (metadata, marked), list(_conflicts(text, title_year, period))


def _mark_taken(
    lines: Sequence[Line], titles: _Indexes, signed: _Indexes
) -> list[Line]:
    """The lines, with those of the title and of the signature marked. A heading stays one."""
    out = list(lines)
    for name, taken in ((SIGNED, signed), (TITLE, titles)):
        for i in taken:
            if out[i].type == PROSE:
                out[i] = out[i].as_type(name)
    return out


def _clues(
    page: Page, title: Title | None, titles: frozenset[int], notice: int | None
) -> Clues:
    return Clues(
        page=page,
        title=title,
        header=read_header(page, title, notice),
        signature=read_signature(page, title, titles),
        preamble=_preamble(page, title.shown.end if title else 0),
    )


def _preamble(page: Page, begin: int) -> tuple[int, int]:
    """The range of the preamble; of the first part where there is none."""
    end = page.front if page.front - begin > 40 else page.second
    return begin, max(begin, min(end, begin + PREAMBLE, len(page.shadow)))


def _metadata(text: Text, clues: Clues, period: Range | None) -> Metadata:
    title, header, signature = clues.title, clues.header, clues.signature
    issuer = read_issuer(clues)
    year = read_year(clues, period)
    published = read_published(clues)
    contact = read_contact(clues.page, clues.begin, signature.start)
    found: list[tuple[str, Found | Dated | None]] = [
        ("title", title.shown if title else None),
        ("issuer", issuer),
        ("year", year),
        ("period", period[1] if period else None),
        ("published", published),
        ("signed", signature.date),
        ("index_number", header.index),
        ("document_number", header.document),
        *((f"contact.{name}", value) for name, value in contact),
    ]
    return Metadata(
        title=_value(title.shown if title else None),
        issuer=_value(issuer),
        year=int(year.value) if year else None,
        period=period[0] if period else None,
        published=published.value if published else None,
        signed=signature.date.value if signature.date else None,
        index_number=_value(header.index),
        document_number=_value(header.document),
        contact=as_contact(contact),
        evidence=tuple(_evidence(text, name, value) for name, value in found if value),
    )


def _value(found: Found | None) -> str | None:
    return found.value if found else None


def _evidence(text: Text, name: str, value: Found | Dated) -> Evidence:
    span = text.span(value.start, value.end)
    return Evidence(name, text.source.text[span.start : span.end], span, text.source)


def _conflicts(
    text: Text, year: int | None, period: Range | None
) -> Iterator[Diagnostic]:
    """The title's year, where the period is of another."""
    if year is None or period is None:
        return
    days, place = period
    if days.start.year <= year <= days.end.year:
        return
    detail = f"{year} in the title, {days.start} to {days.end} as the period"
    zh = f"标题为{year}年，统计期限为{days.start}至{days.end}"
    yield diagnose(
        "year-conflict", detail, text.span(place.start, place.end), text.source, zh
    )
