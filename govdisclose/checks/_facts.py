"""Checks of the metadata and the outline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from govdisclose._lexicon.numeral import read_chinese, read_number
from govdisclose._prose.passages import Passage
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason
from govdisclose.checks._sheet import told
from govdisclose.checks._words import WORDS
from govdisclose.diagnostic import CODES, Diagnostic
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.report import Evidence, Report, Section

# --- metadata


def _evidence(report: Report, *fields: str) -> Evidence | None:
    return next(
        (e for name in fields for e in report.metadata.evidence if e.field == name),
        None,
    )


def _operand(
    name: str, label: str, value: int | None, reading: str, found: Evidence | None
) -> Operand:
    if found is None:
        return Operand(name, label, value, reading)
    return Operand(name, found.raw, value, reading, False, found.span, found.source)


def _day(name: str, day: date, found: Evidence | None) -> Operand:
    return _operand(
        name,
        day.isoformat(),
        day.year * 10_000 + day.month * 100 + day.day,
        "date",
        found,
    )


def period_and_year(report: Report) -> Iterator[Finding]:
    """The statistical period against the year that the title reports on."""
    meta = report.metadata
    if meta.period is None or meta.year is None:
        return
    period = _day(
        "metadata.period.end",
        meta.period.end,
        _evidence(report, "period", "period.end", "period.start"),
    )
    year = _operand(
        "metadata.year",
        str(meta.year),
        meta.year,
        "number",
        _evidence(report, "title", "year"),
    )
    # short periods are true: a body was founded or dissolved; they only must lie in the year
    fits = (
        meta.period.start.year == meta.period.end.year == meta.year
        or _is_school_year(report)
    )
    said = f"{meta.year} {'=' if fits else '≠'} {meta.period.start.isoformat()} – {meta.period.end.isoformat()}"
    rule, verdict = RULES["metadata.period_year"], _verdict(fits)
    yield told("period-year", rule, verdict, (year, period), None, said, at=period)


def _verdict(fits: bool) -> Verdict:
    return "holds" if fits else "fails"


def _is_school_year(report: Report) -> bool:
    """Whether the period is the school year that the title names by its first or its last part."""
    period, year = report.metadata.period, report.metadata.year
    if period is None or year is None:
        return False
    first, last = period.start, period.end
    school = (first.month, first.day) == (9, 1) and (last.month, last.day) == (8, 31)
    return school and first.year + 1 == last.year and year in (first.year, last.year)


def dates_in_order(report: Report) -> Iterator[Finding]:
    """Signed after the period has ended, published when signed or later."""
    meta = report.metadata
    signed, published = _evidence(report, "signed"), _evidence(report, "published")
    if meta.signed is not None and meta.period is not None:
        end = _day(
            "metadata.period.end",
            meta.period.end,
            _evidence(report, "period", "period.end", "period.start"),
        )
        yield _ordered(
            "metadata.signed_after_period",
            _day("metadata.signed", meta.signed, signed),
            end,
            meta.signed,
            meta.period.end,
        )
    elif meta.published is not None and meta.period is not None:
        end = _day(
            "metadata.period.end",
            meta.period.end,
            _evidence(report, "period", "period.end", "period.start"),
        )
        day = _day("metadata.published", meta.published, published)
        yield _ordered(
            "metadata.published_after_signed", day, end, meta.published, meta.period.end
        )
    if meta.signed is not None and meta.published is not None:
        days = (
            _day("metadata.published", meta.published, published),
            _day("metadata.signed", meta.signed, signed),
        )
        yield _ordered(
            "metadata.published_after_signed", *days, meta.published, meta.signed
        )


def _ordered(
    rule: str, later: Operand, earlier: Operand, day: date, other: date
) -> Finding:
    fits = day >= other
    said = f"{day.isoformat()} {'>=' if fits else '<'} {other.isoformat()}"
    return told(
        "date-order",
        RULES[rule],
        "holds" if fits else "fails",
        (later, earlier),
        None,
        said,
    )


def domains(report: Report) -> Iterator[Finding]:
    """The websites that the report names: those of the administration lie under gov.cn."""
    rule, year = RULES["metadata.domain"], report.metadata.year
    if year and rule.since and year < rule.since:
        return  # www.police.sh.cn of 2007
    if WORDS["no_administration"].search(report.metadata.issuer or ""):
        return
    places = [e for e in report.metadata.evidence if e.field == "contact.website"]
    for i, website in enumerate(report.metadata.contact.website):
        m = WORDS["host"].match(website)
        host = m[1].lower().rstrip(".") if m else ""
        if "." not in host:
            continue
        fits = f".{host}".endswith((".gov.cn", ".edu.cn"))  # schools report as well
        found = places[i] if i < len(places) else None
        operand = _operand("metadata.contact.website", website, None, "words", found)
        yield told(
            "website-domain",
            rule,
            "holds" if fits else "fails",
            (operand,),
            None,
            host,
        )


# --- outline

_CUT: Final = frozenset(
    ("truncated", "truncated-report", "not-a-report")
)  # what says that parts may be missing
_PARTS_LEAST: Final = 2


def announced_parts(report: Report, passages: Sequence[Passage]) -> Iterator[Finding]:
    """The number of parts that the opening announces against those that are there."""
    top = _top(report.sections)
    limit = top[1].span.start if len(top) > 1 else 1 << 62
    for passage in passages:
        if passage.start >= limit:
            return
        for m in WORDS["announced_parts"].finditer(passage.text):
            announced = (
                read_number(m["n"]) if m["n"].isascii() else read_chinese(m["n"])
            )
            if (
                isinstance(announced, int)
                and announced >= _PARTS_LEAST
                and _composes(passage.text, m)
            ):
                yield _parts(report, passage, m, announced, top)
                return


def _parts(
    report: Report,
    passage: Passage,
    m: re.Match[str],
    announced: int,
    top: Sequence[Section],
) -> Finding:
    markers = "".join(s.marker for s in top)
    operands = (
        Operand(
            "announced parts",
            m.group(),
            announced,
            "prose",
            False,
            passage.span(*m.span()),
            passage.source,
        ),
        Operand(
            "parts found",
            markers,
            len(top),
            "number",
            False,
            top[0].span if top else None,
            passage.source,
        ),
    )
    fits = announced == len(top) or (
        announced == len(top) + 1 and _names_table(report, passage, m)
    )
    cut = not top or any(d.code in _CUT for d in report.diagnostics)
    verdict: Verdict = "holds" if fits else "undecided" if cut else "fails"
    said = f"{announced} {'=' if fits else '≠'} {len(top)}"
    reason: Reason | None = "doubtful" if verdict == "undecided" else None
    rule, difference = RULES["metadata.parts"], announced - len(top)
    return told("announced-parts", rule, verdict, operands, difference, said, reason)


def _names_table(report: Report, passage: Passage, m: re.Match[str]) -> bool:
    """Whether the table behind the report, which has no number, is one of the parts that are
    announced.
    """
    start, _ = passage.sentence(m.start())
    return bool(report.tables) and bool(
        WORDS["table_as_part"].search(passage.text, start, m.start())
    )


def _composes(text: str, m: re.Match[str]) -> bool:
    """Whether the number counts the parts of the report: it says 组成, or the report is
    what is divided."""
    if m.group().endswith(("组成", "构成")):
        return True
    return (
        WORDS["makes_up"].search(text[max(0, m.start() - 40) : m.end()]) is not None
        and "部分" in m.group()
    )


def _top(sections: Sequence[Section]) -> list[Section]:
    """The numbered parts of the report: its uppermost class of markers."""
    numbered = [s for s in sections if s.level > 0]
    level = min((s.level for s in numbered), default=0)
    return [s for s in numbered if s.level == level]


_NUMBERING: Final = frozenset(("number-skipped", "number-repeated", "number-missing"))


def numbering(report: Report) -> Iterator[Finding]:
    """The numbers of headings: a finding for each gap or repetition, or one that they run on."""
    faults = [d for d in report.diagnostics if d.code in _NUMBERING]
    yield from map(_misnumbered, faults)
    sections = [s for s in report.walk() if s.number is not None]
    if not faults and len(sections) > 1:
        first, last = (
            _numbered("first heading", sections[0]),
            _numbered("last heading", sections[-1]),
        )
        rule, said = RULES["outline.numbers"], f"{len(sections)}"
        yield told("numbering", rule, "holds", (first, last), None, said)


def _misnumbered(fault: Diagnostic) -> Finding:
    heading = fault.source.slice(fault.span) if fault.source and fault.span else ""
    operand = Operand(
        "heading", heading, None, "words", False, fault.span, fault.source
    )
    verdict: Verdict = "fails" if fault.severity != "info" else "undecided"
    said = fault.message, f"{CODES[fault.code].title_zh}：{heading}"
    return told("numbering", RULES["outline.numbers"], verdict, (operand,), None, said)


def _numbered(name: str, section: Section) -> Operand:
    return Operand(
        name, section.raw, section.number, "number", False, section.span, section.source
    )


def announced_tables(report: Report, passages: Sequence[Passage]) -> Iterator[Finding]:
    """A statistical table that is announced as an attachment, and whether the text has it."""
    rule = RULES["attachment.table"]
    for passage in passages:
        m = WORDS["announced_table"].search(passage.text)
        if m is None:
            continue
        operands = (
            Operand(
                "announced table",
                m.group(),
                1,
                "words",
                False,
                passage.span(*m.span()),
                passage.source,
            ),
            Operand("tables found", "", len(report.tables), "number"),
        )
        if report.tables:
            yield told(
                "announced-table",
                rule,
                "holds",
                operands,
                None,
                f"{m.group()} … {len(report.tables)}",
            )
        else:
            yield told(
                "announced-table",
                rule,
                "undecided",
                operands,
                None,
                m.group(),
                "attached",
            )
        return
