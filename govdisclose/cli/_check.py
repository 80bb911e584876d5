"""`govdisclose check FILE…`: what is wrong with reports, for a person or for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import click
from attrs import frozen

from govdisclose._pipeline import parse
from govdisclose.checks import check, check_series
from govdisclose.cli._config import Ignore, narrowed, read_config
from govdisclose.cli._files import open_file, read_all
from govdisclose.cli._language import Language, language, speaking
from govdisclose.cli._remarks import Screen, standing_of
from govdisclose.cli._screen import refuse, title
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
from govdisclose.explain import visible
from govdisclose.report import Report
from govdisclose.report.json_text import as_json
from govdisclose.text import Source
from govdisclose.view.findings import as_dict
from govdisclose.view.github import commands
from govdisclose.view.listing import (
    Linted,
    Remark,
    Selection,
    in_order,
    relation_of,
    selection,
    verdict_of,
)
from govdisclose.view.sarif import sarif_json


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
        extra=_Counted(one.counts(), Counter(map(standing_of, listed))),
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
        ["", head, *Screen(how.speech).summary(found, shown, how.threshold)]
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
    screen = Screen(how.speech, named=bool(one.series))
    yield from screen.heading(one)
    yield from screen.groups(listed)
    if not how.quiet:
        yield from screen.summary(
            one.counts(), Counter(map(standing_of, listed)), how.threshold
        )
