"""`govdisclose explain FILE KEY`: the place that a figure or a field was read from."""

from __future__ import annotations

from collections.abc import Sequence

import click

from govdisclose._pipeline import parse
from govdisclose.cli._files import read_all
from govdisclose.cli._screen import refuse
from govdisclose.errors import AmbiguousKey, UnknownKey
from govdisclose.explain import Node, explain, visible
from govdisclose.report import Evidence, Quantity, Report


@click.command("explain")
@click.argument("file", metavar="FILE|-")
@click.argument("key")
@click.option(
    "--around",
    default=0,
    type=click.IntRange(0),
    help="Lines to show before and after.",
    show_default=True,
)
def explain_command(file: str, key: str, around: int) -> None:
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
