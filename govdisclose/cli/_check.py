"""`govdisclose check FILE…`: what is wrong with reports, for a person or for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import click
from attrs import frozen

from govdisclose._pipeline import parse
from govdisclose.cli._config import narrowed, read_config
from govdisclose.cli._files import Opened, open_file, read_all
from govdisclose.cli._language import Language, language, speaking
from govdisclose.cli._lint import (
    FileRow,
    How,
    file_row,
    files_lines,
    lint,
    lint_series,
)
from govdisclose.cli._paper import PAPERS, Sheet, paper, sheet
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
from govdisclose.report.json_text import as_json
from govdisclose.text import Source
from govdisclose.view.checked import said
from govdisclose.view.findings import as_dict
from govdisclose.view.github import commands
from govdisclose.view.listing import Linted, Remark, selection, verdict_of
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
    type=click.Choice(["text", "html", "docx", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="To read; a report to pass on (docx needs the extra docx); JSON; SARIF 2.1.0; or notes in a GitHub workflow.",
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
    how = How(
        shape,
        wanted,
        read_config(config),
        threshold,
        everything,
        language(lang),
        asked.quiet,
        asked.single,
    )
    if shape == "docx" and asked.output is None:
        refuse("a Word file needs a name: add -o report.docx")
    if series:
        if shape in PAPERS:
            refuse("--series is told as text, json, sarif or github")
        if len(asked.names) < 2:
            refuse(
                "--series needs the reports of two years or more: name several files"
            )
        _check_series(context, asked, how)
    else:
        end: Callable[[Sequence[Any]], str | bytes] = _nothing
        if shape == "sarif":
            end = partial(_sarif, speech=how.speech)
        elif shape in PAPERS:
            end = partial(paper, how=how)
        elif _is_table_first(how):
            end = partial(_together, how=how)
        stream(context, partial(_lint_file, how=how), asked, end, shape == "text")


def _is_table_first(how: How) -> bool:
    return how.shape == "text" and not (how.quiet or how.single)


def _lint_file(name: str, how: How) -> Done:
    opened = open_file(name)
    if opened.source is None:
        error = opened.error or ""
        return Done(error=error, extra=_unread(FileRow(name, error=error), how))
    report = parse(opened.source)
    one = lint(report, narrowed(how.wanted, how.ignores, name))
    listed = one.listed(how.threshold, how.everything)
    failed = one.has_problem(how.threshold)
    codes = Counter(r.code for r in one.remarks if verdict_of(r) == "fails")
    if how.quiet and not failed and how.shape not in PAPERS:
        return Done(failed=False, codes=codes)
    text, extra = _written(one, listed, opened, how)
    return Done(text, failed, codes=codes, extra=extra)


def _unread(row: FileRow, how: How) -> Any:
    """What is told of a file that cannot be read, beside the line on standard error."""
    if how.shape in PAPERS:
        return Sheet(row)
    return _Counted(row, Counter()) if _is_table_first(how) else None


def _written(
    one: Linted, listed: Sequence[Remark], opened: Opened, how: How
) -> tuple[str | bytes, Any]:
    """What is printed of a file at once, and what is kept for the end."""
    report = one.report
    assert report is not None
    match how.shape:
        case "sarif":
            return "", (report.source, listed)
        case "json":
            made = {**named(opened, report), **as_dict(one, how.threshold)}
            return as_json(made, 2 if how.single else None).encode("utf-8"), None
        case "github":
            return "\n".join(commands(listed, how.speech)), None
        case "text":
            text = "\n".join(_one_text(one, listed, how))
            if not _is_table_first(how):
                return text, None
            shown = Counter(map(standing_of, listed))
            return "", _Counted(file_row(opened.name, one), shown, text)
        case _:
            return "", sheet(file_row(opened.name, one), one, how)


@frozen
class _Counted:
    """A file that was read or not: its row, and how much of what was found is listed."""

    row: FileRow
    shown: Counter[str]
    text: str = ""


def _nothing(_: Sequence[Any]) -> str:
    return ""


def _together(files: Sequence[_Counted], how: How) -> str:
    """Several files: a table of them, then each, then the counts of all."""
    read = [one for one in files if not one.row.error]
    found = sum((one.row.counts for one in read), Counter[str]())
    shown = sum((one.shown for one in read), Counter[str]())
    words = said(how.speech)
    table = files_lines([one.row for one in files], how.speech)
    all_ = words["all_files"].format(n=len(read))
    parts = [
        "\n".join([title(words["files"]), *table]),
        *(one.text for one in read if one.text),
        "\n".join(
            [title(all_), *Screen(how.speech).summary(found, shown, how.threshold)]
        ),
    ]
    return "\n\n".join(parts)


def _sarif(found: Sequence[tuple[Source, Sequence[Remark]]], speech: Language) -> str:
    sources = [source for source, _ in found]
    remarks = [remark for _, listed in found for remark in listed]
    return sarif_json(sources, remarks, version("govdisclose"), speech)


def _check_series(context: click.Context, asked: Many, how: How) -> None:
    """What the reports say of each other; all of them are read first."""
    groups = bodies(in_years(parse(source) for source in read_all(asked.names)))
    for note in notes(groups, how.speech):
        click.echo(f"govdisclose: {note}", err=True)
    one = lint_series(groups, how.wanted)
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


# --- for reading ------------------------------------------------------------------------------------------------------


def _one_text(one: Linted, listed: Sequence[Remark], how: How) -> Iterator[str]:
    """A file: its name, what is missing or suspect, what is listed by kind, how much was
    looked at, and a line that counts."""
    screen = Screen(how.speech, named=bool(one.series))
    yield from screen.heading(one)
    if one.report is not None and not how.quiet:
        yield from screen.first(one, one.report)
    yield from screen.groups(listed)
    if not how.quiet:
        yield from screen.summary(
            one.counts(), Counter(map(standing_of, listed)), how.threshold
        )
