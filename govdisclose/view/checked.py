"""The report of a check, to be passed on: what is missing first, then the one figure that
is probably wrong, then what fails; and how much was looked at.

Places are named by the words of the report (table, row, column, section), for whoever
reads this has the report before them, and no text with numbered lines.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.metadata import version
from types import MappingProxyType
from typing import Any, Final

from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import CHECKS, Finding, Findings, Operand, Suspect
from govdisclose.form import catalogue
from govdisclose.report import Report
from govdisclose.view.block import Block, Grid, Heading, Item, Items, Paragraph, Tone
from govdisclose.view.drawn import figure
from govdisclose.view.listing import LEVELS, Linted, is_problem, kind_of, verdict_of
from govdisclose.view.named import Names
from govdisclose.view.words import Language

_TONES: Final[Mapping[str, Tone]] = {"error": "bad", "warning": "doubt"}
_SHOWN_MOST: Final = 30  # operands of one finding
_FEW: Final = 4  # operands that are all shown; of more the noughts are left out


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("govdisclose.view").joinpath("checked.toml")
    return MappingProxyType(tomllib.loads(text.read_text("utf-8")))


def said(language: Language) -> Mapping[str, str]:
    """The words of one language by their keys."""
    words: Mapping[str, str] = _data()[language]
    return words


def is_about_completeness(code: str) -> bool:
    """Whether a code says that something is missing."""
    return code in _data()["complete"]


def suspects(one: Linted) -> tuple[Suspect, ...]:
    """The figures that are probably wrong, each once, those that mend most first."""
    return Findings(_findings(one)).suspects


def checked(one: Linted, language: Language) -> Iterator[Block]:
    """The blocks of the report of a check of one report."""
    report, words = one.report, said(language)
    assert report is not None
    yield Heading(words["title"], 1)
    yield _conclusion(one, words)
    yield Grid(tuple(_about(report, words)))
    yield Paragraph(extent(one, report, language))
    yield from _completeness(one, report, language)
    yield from _suspects(one, Names(report), words)
    yield from _failures(one, Names(report), language)
    yield Paragraph(words["made"].format(version=version("govdisclose")))


def _about(report: Report, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    metadata = report.metadata
    if report.source and report.source.name:
        yield words["file"], report.source.name
    yield words["report"], metadata.title or words["unknown"]
    yield words["issuer"], metadata.issuer or words["unknown"]
    yield words["year"], str(metadata.year or words["unknown"])
    forms = dict.fromkeys(t.form for t in report.tables if t.form)
    titles = (catalogue().forms[form].title for form in forms)
    yield words["form"], words["join"].join(titles) or words["unknown"]


def _conclusion(one: Linted, words: Mapping[str, str]) -> Paragraph:
    counts: Counter[str] = Counter(
        f.severity if f.verdict == "fails" else f.verdict for f in _findings(one)
    )
    named = {name: counts[name] for name in ("explained", *LEVELS)}
    besides = counts["explained"] or counts["info"]
    more = words["besides"].format(**named) if besides else ""
    if fails := counts["error"] + counts["warning"]:
        return Paragraph(words["found"].format(fails=fails, **named) + more, "bad")
    return Paragraph(words["sound"] + more, "good")


def extent(one: Linted, report: Report, language: Language) -> str:
    """What was checked, and how much of it, in a sentence."""
    words = said(language)
    findings = _findings(one)
    if not findings:
        return words["nothing_checked"]
    kinds = Counter(finding.code for finding in findings)
    named = (
        words["kind"].format(title=_title(code, language), n=n)
        for code, n in kinds.most_common()
    )
    verdicts = Counter(finding.verdict for finding in findings)
    cells = sum(c.value is not None for table in report.tables for c in table.cells)
    return words["extent"].format(
        n=len(findings),
        kinds=words["join"].join(named),
        holds=verdicts["holds"],
        fails=verdicts["fails"],
        explained=verdicts["explained"],
        undecided=verdicts["undecided"],
        tables=len(report.tables),
        cells=cells,
        quantities=len(report.quantities),
    )


def _completeness(one: Linted, report: Report, language: Language) -> Iterator[Block]:
    words = said(language)
    yield Heading(words["completeness"])
    missing = [
        remark
        for remark in one.remarks
        if is_about_completeness(remark.code) and verdict_of(remark) == "fails"
    ]
    if missing:
        yield Items(tuple(Item(_message(r, language), (), "doubt") for r in missing))
    elif any(table.form for table in report.tables):
        yield Paragraph(words["whole"], "good")
    else:
        yield Paragraph(words["no_form"], "doubt")


def _suspects(one: Linted, names: Names, words: Mapping[str, str]) -> Iterator[Block]:
    found = suspects(one)
    if not found:
        return
    yield Heading(words["suspects"])
    yield Paragraph(words["suspects_note"])
    rows = tuple(
        (
            names.of(one.operand),
            value_of(one.operand, words),
            figure(one.value),
            words["mended"].format(n=one.mends),
        )
        for one in found
    )
    yield Grid(rows, tuple(words[w] for w in ("place", "printed", "expected", "mends")))


def _failures(one: Linted, names: Names, language: Language) -> Iterator[Block]:
    words = said(language)
    findings = _findings(one)
    fails = [f for f in findings if is_problem(f, "warning")]
    fails.sort(key=lambda f: -LEVELS[f.severity])
    explained = [f for f in findings if f.verdict == "explained"]
    notes = [f for f in findings if f.verdict == "fails" and f.severity == "info"]
    for key, listed in (("fails", fails), ("explained", explained), ("notes", notes)):
        if listed:
            yield Heading(words[key])
            yield Items(tuple(_item(f, names, language) for f in listed))
    reading = [
        remark
        for remark in one.remarks
        if isinstance(remark, Diagnostic)
        and is_problem(remark, "warning")
        and not is_about_completeness(remark.code)
    ]
    if reading:
        yield Heading(words["reading"])
        yield Items(tuple(Item(_message(note, language)) for note in reading))


def _item(finding: Finding, names: Names, language: Language) -> Item:
    words = said(language)
    standing = finding.severity if finding.verdict == "fails" else finding.verdict
    text = words["item"].format(
        standing=words[standing],
        title=_title(finding.code, language),
        message=_message(finding, language),
    )
    every = len(finding.operands) <= _FEW
    stated = (o for o in finding.operands if every or o.value or o.value is None)
    notes = tuple(
        words["operand"].format(place=names.of(o), value=value_of(o, words))
        for o in stated
    )
    return Item(text, notes[:_SHOWN_MOST], _TONES.get(standing, ""))


def value_of(operand: Operand, words: Mapping[str, str]) -> str:
    """The figure of an operand, or what stands for it."""
    if operand.value is None:
        return words.get(operand.reading, words["absent"])
    return words["about"] * operand.approximate + figure(operand.value)


def _findings(one: Linted) -> Sequence[Finding]:
    return [remark for remark in one.remarks if isinstance(remark, Finding)]


def _title(code: str, language: Language) -> str:
    kind = CHECKS[code]
    return kind.title_zh if language == "zh" else kind.title


def _message(remark: Finding | Diagnostic, language: Language) -> str:
    zh = language == "zh"
    kind = kind_of(remark.code)
    message = remark.message_zh if zh else remark.message
    return message or (kind.title_zh if zh else kind.title)
