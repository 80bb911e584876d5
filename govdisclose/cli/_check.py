"""`govdisclose check FILE…`: what is wrong with reports, for a person or for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import PurePath
from typing import Any, Final

import click
from attrs import frozen

from govdisclose._pipeline import parse
from govdisclose.checks import check, check_series
from govdisclose.cli._config import Ignore, narrowed, read_config
from govdisclose.cli._files import open_file, read_all
from govdisclose.cli._language import READINGS, Language, language, speaking
from govdisclose.cli._screen import SEVERITY_COLOURS, aligned, refuse, title
from govdisclose.cli._series import bodies, in_years, notes
from govdisclose.cli._stream import (
    Done,
    Many,
    generator,
    many,
    many_files,
    named,
    put,
    stream,
    writing,
)
from govdisclose.diagnostic import Severity
from govdisclose.errors import UnknownKey
from govdisclose.explain import Node, cut, display_width, pointed, stated, visible, wrap
from govdisclose.finding import Finding, Operand
from govdisclose.report import Report
from govdisclose.report.json_text import as_json
from govdisclose.text import Mark, Source
from govdisclose.view._place import Places
from govdisclose.view.findings import COUNTED, as_dict
from govdisclose.view.github import commands
from govdisclose.view.listing import (
    LEVELS,
    Linted,
    Remark,
    Selection,
    in_order,
    kind_of,
    relation_of,
    selection,
    verdict_of,
)
from govdisclose.view.sarif import sarif_json

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


@click.command("check")
@many_files
@click.option(
    "--series",
    is_flag=True,
    help="The reports of one body for several years: check them against each other.",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="To read; everything as JSON; SARIF 2.1.0; or notes in a GitHub workflow.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Only these codes or relations; a beginning stands for all.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    help="Not these codes or relations; the longer name counts.",
)
@click.option(
    "--severity",
    "given",
    type=click.Choice(["error", "warning", "info"]),
    default=None,
    help="How bad a failure must be to be listed, and to end with 1: warning if not given, info with --series.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="List also what holds, what cannot be decided, and what is less bad.",
)
@click.option(
    "--config",
    metavar="FILE",
    help="What is passed over, and why; govdisclose.toml if it is there.",
)
@speaking()
@click.pass_context
def check_command(
    context: click.Context,
    /,
    series: bool,
    shape: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    given: Severity | None,
    everything: bool,
    config: str | None,
    lang: str | None,
    **options: Any,
) -> None:
    """Check reports: whether their figures add up, agree with the prose, and what could
    not be read.

    Exit codes: 0 nothing fails, 1 something does, 2 a file could not be read, or wrong use.
    """
    threshold: Severity = given or (
        "info" if series else "warning"
    )  # relations over two years have exceptions
    try:
        wanted = selection(select, ignore)
    except UnknownKey as error:
        refuse(visible(str(error)))
    asked = many(options)
    how = _How(
        shape,
        wanted,
        read_config(config),
        threshold,
        everything,
        language(lang),
        asked.quiet,
        asked.single,
    )
    if series:
        if len(asked.names) < 2:
            refuse(
                "--series needs the reports of two years or more: name several files"
            )
        _check_series(context, asked, how)
    elif shape == "sarif":
        stream(
            context,
            partial(_lint_file, how=how),
            asked,
            partial(_sarif, speech=how.speech),
        )
    else:
        summed = (
            partial(_together, how=how)
            if shape == "text" and not asked.quiet
            else _nothing
        )
        stream(
            context, partial(_lint_file, how=how), asked, summed, apart=shape == "text"
        )


@frozen
class _How:
    """What the options of `check` ask for."""

    shape: str
    wanted: Selection
    ignores: tuple[Ignore, ...]
    threshold: Severity
    everything: bool
    speech: Language
    quiet: bool
    single: bool


def _lint_file(name: str, how: _How) -> Done:
    opened = open_file(name)
    if opened.source is None:
        return Done(error=opened.error)
    report = parse(opened.source)
    one = _lint(report, narrowed(how.wanted, how.ignores, name))
    listed = one.listed(how.threshold, how.everything)
    failed = one.has_problem(how.threshold)
    codes = Counter(r.code for r in one.remarks if verdict_of(r) == "fails")
    if how.quiet and not failed:
        return Done(failed=False, codes=codes, extra=_Counted(one.counts(), Counter()))
    if how.shape == "sarif":
        return Done("", failed, codes=codes, extra=(report.source, listed))
    text: str | bytes = ""
    if how.shape == "json":
        made = {**named(opened, report), **as_dict(one, how.threshold)}
        text = as_json(made, 2 if how.single else None).encode("utf-8")
    elif how.shape == "github":
        text = "\n".join(commands(listed, how.speech))
    else:
        text = "\n".join(_one_text(one, listed, how))
    return Done(
        text,
        failed,
        codes=codes,
        extra=_Counted(one.counts(), Counter(map(_standing, listed))),
    )


@frozen
class _Counted:
    """How much was found in a file, and how much of it is listed."""

    found: Counter[str]
    shown: Counter[str]


def _nothing(_: Sequence[Any]) -> str:
    return ""


def _together(counted: Sequence[_Counted], how: _How) -> str:
    """The counts of all files, where there are several."""
    if len(counted) < 2:
        return ""
    zh = how.speech == "zh"
    found = sum((one.found for one in counted), Counter[str]())
    shown = sum((one.shown for one in counted), Counter[str]())
    head = title(f"{len(counted)}个文件" if zh else f"{len(counted)} files")
    return "\n".join(
        ["", head, *_Screen(how.speech).summary(found, shown, how.threshold)]
    )


def _sarif(found: Sequence[tuple[Source, Sequence[Remark]]], speech: Language) -> str:
    sources = [source for source, _ in found]
    remarks = [remark for _, listed in found for remark in listed]
    return sarif_json(sources, remarks, version("govdisclose"), speech)


def _check_series(context: click.Context, asked: Many, how: _How) -> None:
    """What the reports say of each other; all of them are read first."""
    groups = bodies(in_years(parse(source) for source in read_all(asked.names)))
    for note in notes(groups, how.speech):
        click.echo(f"govdisclose: {note}", err=True)
    one = _lint_series(groups, how.wanted)
    listed = one.listed(how.threshold, how.everything)
    failed = one.has_problem(how.threshold)
    text: str | bytes = ""
    if how.shape == "json":
        text = as_json(
            {"generator": generator(), **as_dict(one, how.threshold)}, 2
        ).encode("utf-8")
    elif how.shape == "sarif":
        sources = [
            report.source for group in groups for report in group if report.source
        ]
        text = sarif_json(sources, listed, version("govdisclose"), how.speech)
    elif how.shape == "github":
        text = "\n".join(commands(listed, how.speech))
    else:
        text = "\n".join(_one_text(one, listed, how))
    with writing(asked.output) as out:
        put(text, out)
    context.exit(1 if failed and not asked.exit_zero else 0)


def _lint(report: Report, wanted: Selection) -> Linted:
    remarks: list[Remark] = [*report.diagnostics, *check(report)]
    return Linted(
        in_order(r for r in remarks if wanted.takes(r.code, relation_of(r))), report
    )


def _lint_series(groups: Sequence[Sequence[Report]], wanted: Selection) -> Linted:
    """What the reports of each body say of each other, in the order of their years."""
    found = [finding for group in groups for finding in check_series(group)]
    return Linted(
        tuple(r for r in found if wanted.takes(r.code, r.relation)),
        series=tuple(r for group in groups for r in group),
    )


# --- for reading ------------------------------------------------------------------------------------------------------


def _one_text(one: Linted, listed: Sequence[Remark], how: _How) -> Iterator[str]:
    """A file: its name, what is listed by kind, and a line that counts."""
    screen = _Screen(how.speech, named=bool(one.series))
    yield from screen.heading(one)
    yield from screen.groups(listed)
    if not how.quiet:
        yield from screen.summary(
            one.counts(), Counter(map(_standing, listed)), how.threshold
        )


def _mark_zh(mark: Mark) -> str:
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


def _standing(remark: Remark) -> str:
    """How bad it is, if it fails; else its verdict."""
    verdict = verdict_of(remark)
    return remark.severity if verdict == "fails" else verdict


class _Screen:
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

    def groups(self, remarks: Iterable[Remark]) -> Iterator[str]:
        """By kind, the worst first; within a kind by place."""
        by_code: dict[str, list[Remark]] = {}
        for remark in remarks:
            by_code.setdefault(remark.code, []).append(remark)
        for code, found in sorted(
            by_code.items(),
            key=lambda item: min(COUNTED.index(_standing(r)) for r in item[1]),
        ):
            kind = kind_of(code)
            yield ""
            yield title(f"{self._in(kind.title, kind.title_zh)} [{code}]")
            for remark in found:
                yield from self._remark(remark)

    def _remark(self, remark: Remark) -> Iterator[str]:
        standing = _standing(remark)
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
            yield from (
                f"    {line}"
                for line in pointed(
                    self._places.lines(remark.source), remark.span, _SNIPPET
                )
            )
        if isinstance(remark, Finding) and len(remark.operands) > 1:
            yield from self._operands(remark.operands)

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
            return f"{file}{self._in(str(mark), _mark_zh(mark))} "
        place = self._places.of(node)
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
