"""The commands that read one report, or list what is official; the group that all
commands belong to."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click

from govdisclose._pipeline import parse
from govdisclose.cli._check import check_command
from govdisclose.cli._demo import demo_command
from govdisclose.cli._diff import diff_command
from govdisclose.cli._files import read_all
from govdisclose.cli._forms import form_list, form_text
from govdisclose.cli._parse import parse_command
from govdisclose.cli._screen import WIDTH, refuse
from govdisclose.cli._tables import (
    batch_command,
    codebook_command,
    concepts_command,
    table_command,
)
from govdisclose.cli._text import rule_command, schema_command, text_command
from govdisclose.cli._view import review_command, view_command
from govdisclose.errors import AmbiguousKey, ContractError, UnknownKey
from govdisclose.explain import Node, explain, visible
from govdisclose.form import FORMS_VARIABLE, catalogue
from govdisclose.report import Evidence, Quantity, Report


class _Commands(click.Group):
    """A group that ends with one line where what it prints cannot be written: a full
    disk, a closed pipe."""

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError as error:
            click.echo(
                f"govdisclose: cannot write: {error.strerror or error}", err=True
            )
            sys.exit(2)


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": WIDTH,
    },
)
@click.version_option(package_name="govdisclose", message="govdisclose %(version)s")
@click.option(
    "--forms",
    metavar="FILE|FOLDER",
    help="Forms of your own besides, each a TOML file.",
)
def main(forms: str | None) -> None:
    """Read Chinese annual reports on government information disclosure (政府信息公开工作年度报告).

    Exit codes: 0 read, 1 read with errors in a report, 2 wrong use.
    """
    if forms is not None:
        try:
            catalogue(forms)
        except ContractError as error:
            refuse(visible(str(error)))
        os.environ[FORMS_VARIABLE] = forms
    if isinstance(
        sys.stdout, io.TextIOWrapper
    ):  # a terminal that cannot show Chinese gets question marks, not a crash
        sys.stdout.reconfigure(errors="replace")


def _has_error(report: Report) -> bool:
    return any(d.severity == "error" for d in report.diagnostics)


main.add_command(parse_command)


@main.command("explain")
@click.argument("file", metavar="FILE|-")
@click.argument("key")
@click.option(
    "--around",
    default=0,
    type=click.IntRange(0),
    help="Lines to show before and after.",
    show_default=True,
)
def _explain_command(file: str, key: str, around: int) -> None:
    """Show the place in FILE that a figure or a field was read from.

    KEY is an indicator (requests.received), a cell (requests.received@value), or a
    field (metadata.issuer)."""
    (source,) = read_all([file])
    report = parse(source)
    nodes = (
        _evidence(report, key) if key.startswith("metadata.") else _figures(report, key)
    )
    click.echo("\n\n".join(explain(node, around=around) for node in nodes))


def _evidence(report: Report, key: str) -> list[Evidence]:
    evidence = report.metadata.evidence
    wanted = key.removeprefix("metadata.")
    found = [
        e for e in evidence if wanted in (e.field, e.field.removeprefix("contact."))
    ]
    if not found:
        have = (
            ", ".join(dict.fromkeys(f"metadata.{e.field}" for e in evidence))
            or "no field of the metadata"
        )
        refuse(f"the report does not state {visible(key)}; it states {have}", 1)
    return found


def _figures(report: Report, key: str) -> Sequence[Node]:
    try:
        cell = report.cell(key)
    except (UnknownKey, AmbiguousKey) as error:
        refuse(visible(str(error)))
    if cell is not None:
        return [cell]
    stated: list[Quantity] = [q for q in report.quantities if q.indicator == key]
    return stated or refuse(f"the report does not state {visible(key)}", 1)


@main.command("forms")
@click.argument("form_id", required=False, metavar="[ID]")
def _forms_command(form_id: str | None) -> None:
    """List the official forms that are known; with ID, the rows of one with their keys."""
    forms = catalogue().forms
    if form_id is None:
        click.echo(form_list(forms.values()))
    elif form_id in forms:
        click.echo(form_text(forms[form_id]))
    else:
        near = get_close_matches(form_id, forms, n=1, cutoff=0) or ["none"]
        refuse(
            f"there is no form {visible(form_id)}; the nearest is {near[0]} (`govdisclose forms` lists all)"
        )


for _command in (
    check_command,
    diff_command,
    batch_command,
    table_command,
    concepts_command,
    codebook_command,
    text_command,
    demo_command,
    rule_command,
    schema_command,
    view_command,
    review_command,
):
    main.add_command(_command)
