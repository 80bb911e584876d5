"""`govdisclose parse FILE…`: what is in reports, to read or as JSON."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

import click

from govdisclose._pipeline import parse
from govdisclose.cli._files import open_file
from govdisclose.cli._stream import Done, many, many_files, named, stream
from govdisclose.cli._summary import summary
from govdisclose.report import Report
from govdisclose.report.json_text import as_json


@click.command("parse")
@many_files
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A summary to read, or JSON: one object for one file, one line each for several.",
)
@click.pass_context
def parse_command(context: click.Context, /, shape: str, **options: Any) -> None:
    """Read reports from files of text, HTML, Word (.docx) or PDF, from folders of them,
    or from standard input (-).

    Exit codes: 0 read, 1 a report has an error, 2 a file could not be read, or wrong use.
    """
    asked = many(options)
    work = partial(_read, shape=shape, single=asked.single, quiet=asked.quiet)
    stream(context, work, asked, apart=shape == "text")


def _read(name: str, shape: str, single: bool, quiet: bool) -> Done:
    opened = open_file(name)
    if opened.source is None:
        return Done(error=opened.error)
    report = parse(opened.source)
    failed = any(d.severity == "error" for d in report.diagnostics)
    codes = Counter(d.code for d in report.diagnostics)
    if quiet and not failed:
        return Done(failed=failed, codes=codes)
    if shape == "text":
        return Done(summary(report), failed, codes=codes)
    made = {**named(opened, report), **placed(report)}
    return Done(
        as_json(made, 2 if single else None).encode("utf-8"), failed, codes=codes
    )


def placed(report: Report) -> dict[str, Any]:
    """The report as plain values; figures from a file that is no plain text say where
    in it they stand (`place`)."""
    made = report.to_dict()
    if report.source is None or not report.source.marks:
        return made
    marks = [node.place for node in report.cells] + [
        node.place for node in report.quantities
    ]
    for mark, plain in zip(marks, _figures(made), strict=True):
        plain["place"] = None if mark is None else str(mark)
    return made


def _figures(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *(cell for table in made["tables"] for cell in table["cells"]),
        *made["quantities"],
    ]
