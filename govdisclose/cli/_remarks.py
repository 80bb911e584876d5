"""What was found wrong with a report, drawn for a person: by kind, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

import click

from govdisclose.cli._language import READINGS, Language
from govdisclose.cli._screen import SEVERITY_COLOURS, aligned, title
from govdisclose.diagnostic import Severity
from govdisclose.explain import Node, cut, display_width, pointed, stated, visible, wrap
from govdisclose.finding import Finding, Operand
from govdisclose.report import Report
from govdisclose.text import Mark, Source, Span
from govdisclose.view._place import Places
from govdisclose.view.checked import (
    extent,
    is_about_completeness,
    said,
    suspects,
)
from govdisclose.view.drawn import suspect_text
from govdisclose.view.findings import COUNTED
from govdisclose.view.listing import (
    LEVELS,
    Linted,
    Remark,
    kind_of,
    relation_of,
    verdict_of,
)
from govdisclose.view.named import Names
from govdisclose.view.words import words

_WIDTH: Final = 80
_LABEL: Final = 44
_SNIPPET: Final = 64  # columns of a source line; indent and number stand before it
_LONGEST: Final = 600  # characters of a message
_PLURALS: Final = {"error": "errors", "warning": "warnings", "holds": "hold"}
_NAMES: Final = {
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "info": ("info", "提示"),
    "explained": ("explained", "可解释"),
    "undecided": ("undecided", "未定"),
    "holds": ("holds", "相符"),
}
_COLOURS: Final = {
    **SEVERITY_COLOURS,
    "explained": "cyan",
    "undecided": "bright_black",
    "holds": "green",
}


def mark_zh(mark: Mark) -> str:
    """The place in a file: `第3页表2第5行第1列`."""
    named = (
        ("第{}页", mark.page),
        ("表{}", mark.table),
        ("第{}行", mark.row),
        ("第{}列", mark.column),
    )
    return "".join(
        words.format(number) for words, number in named if number is not None
    )


def standing_of(remark: Remark) -> str:
    """How bad it is, if it fails; else its verdict."""
    verdict = verdict_of(remark)
    return remark.severity if verdict == "fails" else verdict


class Screen:
    """Draws remarks in one language; finds the lines of each text once. `named`: a
    place begins with its file."""

    __slots__ = ("_lang", "_named", "_places")

    def __init__(self, lang: Language, named: bool = False) -> None:
        self._lang = lang
        self._named = named
        self._places = Places()

    def _in(self, english: str, chinese: str) -> str:
        return chinese if self._lang == "zh" else english

    def heading(self, one: Linted) -> Iterator[str]:
        """The name of the report, its body and its year; of a series, of each."""
        if one.series:
            yield title(self._in("between the years", "年度之间"))
        for report in one.series or (one.report,):
            if report is not None:
                yield self._name(report, indent="  " * bool(one.series))

    @staticmethod
    def _name(report: Report, indent: str) -> str:
        m = report.metadata
        said = " ".join(filter(None, (m.issuer, str(m.year) if m.year else "")))
        name = visible((report.source and report.source.name) or "report")
        return indent + title(name) + (f"  {visible(said)}" if said else "")

    def first(self, one: Linted, report: Report) -> Iterator[str]:
        """What comes before all else: how much was looked at, and which figure is probably
        wrong."""
        named, names = said(self._lang), Names(report)
        yield from wrap(extent(one, report, self._lang), _WIDTH)
        for found in suspects(one):
            expects = suspect_text(found, words(self._lang))
            told = f"{names.of(found.operand)}{named['colon']}{expects}"
            name = named["suspect"]
            head, *rest = wrap(told, _WIDTH - 4 - display_width(name))
            yield f"  {click.style(name, fg='red')}  {head}"
            yield from (" " * (4 + display_width(name)) + line for line in rest)

    def groups(self, remarks: Iterable[Remark]) -> Iterator[str]:
        """By kind: what is missing, then the worst first; within a kind by place."""
        by_code: dict[str, list[Remark]] = {}
        for remark in remarks:
            by_code.setdefault(remark.code, []).append(remark)
        for code, found in sorted(
            by_code.items(),
            key=lambda item: (
                not is_about_completeness(item[0]),
                min(COUNTED.index(standing_of(r)) for r in item[1]),
            ),
        ):
            kind = kind_of(code)
            yield ""
            yield title(f"{self._in(kind.title, kind.title_zh)} [{code}]")
            for remark in found:
                yield from self._remark(remark)

    def _remark(self, remark: Remark) -> Iterator[str]:
        standing = standing_of(remark)
        message = self._message(remark)
        relation = relation_of(remark)
        said = f"{self._at(remark)}{message}{f' [{relation}]' if relation else ''}"
        name = self._in(*_NAMES[standing])
        first, *rest = wrap(said[:_LONGEST], _WIDTH - 4 - display_width(name))
        yield f"  {click.style(name, fg=_COLOURS[standing])}  {first}"
        yield from (" " * (4 + display_width(name)) + line for line in rest)
        if standing in ("holds", "undecided"):
            return
        if remark.span is not None and remark.source is not None:
            yield from self._snippet(remark.source, remark.span)
        if isinstance(remark, Finding) and len(remark.operands) > 1:
            yield from self._operands(remark.operands)

    def _snippet(self, source: Source, span: Span) -> Iterator[str]:
        """The line with the place underlined; its number only where whoever reads this has
        the lines before them, as in a text file."""
        for line in pointed(self._places.lines(source), span, _SNIPPET):
            yield f"    {line[line.index('|') :] if source.marks else line}"

    def _message(self, remark: Remark) -> str:
        """What it says; of a diagnostic without its title, which stands above, or what
        that means."""
        if isinstance(remark, Finding):
            return self._in(remark.message, remark.message_zh)
        kind = kind_of(remark.code)
        detail = self._in(
            remark.message.removeprefix(kind.title).removeprefix(": "),
            remark.message_zh.removeprefix(kind.title_zh).removeprefix(
                "\N{FULLWIDTH COLON}"
            ),
        )
        return detail or self._in(kind.meaning, kind.meaning_zh)

    def _at(self, node: Node) -> str:
        file = (
            f"{PurePath(node.source.name).name}:"
            if self._named and node.source and node.source.name
            else ""
        )
        if mark := self._places.mark(node):
            return f"{file}{self._in(str(mark), mark_zh(mark))} "
        place = self._places.in_file(node)
        return f"{file}{place[0]}:{place[1]} " if place else ""

    def _operands(self, operands: Iterable[Operand]) -> Iterator[str]:
        rows = [
            (self._at(o).strip(), cut(o.label, _LABEL), self._value(o))
            for o in operands
        ]
        return aligned(rows, right=(0, 2), indent=6)

    def _value(self, operand: Operand) -> str:
        if operand.value is None:
            return self._in(*READINGS.get(operand.reading, READINGS["absent"]))
        about = self._in("about ", "约") if operand.approximate else ""
        return about + stated(operand)

    def summary(
        self, counts: Counter[str], shown: Counter[str], threshold: Severity
    ) -> Iterator[str]:
        """What was found, and how much of it is not listed."""
        found = [(name, n) for name in COUNTED if (n := shown[name])]
        more = [(name, n) for name in COUNTED if (n := counts[name] - shown[name])]
        bad = any(
            name in LEVELS and LEVELS[name] >= LEVELS[threshold] for name, _ in found
        )
        yield ""
        line = self._counted(found)
        if not bad:
            line = self._in("nothing fails", "未发现不符") + (
                self._in("; ", "；") + line if line else ""
            )
        if more:
            line += (
                self._in("; not listed: ", "；未列出：")
                + self._counted(more)
                + self._in(" (--all)", "（--all 可列出）")
            )
        for text in wrap(line, _WIDTH):
            yield click.style(text, fg="red" if bad else "green")

    def _counted(self, counts: Iterable[tuple[str, int]]) -> str:
        if self._lang == "zh":
            return "，".join(f"{_NAMES[name][1]}{n}" for name, n in counts)
        return ", ".join(
            f"{n} {_PLURALS.get(name, name) if n > 1 else _NAMES[name][0]}"
            for name, n in counts
        )
