"""`batch`, `table`, `concepts` and `codebook`: many reports as tables, and what the
columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govdisclose.batch import batch
from govdisclose.cli._files import names_of
from govdisclose.cli._language import Language, language, speaking
from govdisclose.cli._screen import aligned, refuse, title
from govdisclose.errors import ContractError, MissingExtra, UnknownKey
from govdisclose.explain import cut, visible
from govdisclose.form import catalogue
from govdisclose.form.concepts import STATUSES, Concept, Crosswalk, Reason, concepts
from govdisclose.panel import panel

_LABEL = 48


@click.command("batch")
@click.argument("files", nargs=-1, metavar="FOLDER|FILE...")
@click.argument("out", metavar="OUT")
@click.option(
    "--files-from",
    "lists",
    multiple=True,
    metavar="FILE|-",
    help="Read the files named in FILE, one a line.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help="Processes that read; else one a core.",
)
@click.option("--crosswalk", metavar="FILE", help="A crosswalk of your own.")
@click.option(
    "--corrections",
    metavar="FILE",
    help="Corrections by hand; OUT/corrections.csv if it is there.",
)
@click.option(
    "--limit",
    type=click.FloatRange(1),
    default=120,
    show_default=True,
    help="Seconds for one file at most.",
)
@click.option("-q", "--quiet", is_flag=True, help="Show no progress and no summary.")
@click.option(
    "--exit-zero", is_flag=True, help="End with 0, also where a file could not be read."
)
@click.pass_context
def batch_command(
    context: click.Context,
    files: tuple[str, ...],
    out: str,
    lists: tuple[str, ...],
    jobs: int | None,
    crosswalk: str | None,
    corrections: str | None,
    limit: float,
    quiet: bool,
    exit_zero: bool,
) -> None:
    """Read FOLDER into the folder OUT: Parquet tables of everything, and what they
    mean. Goes on where it ended.

    Exit codes: 0 all read, 1 a file could not be read, 2 wrong use.
    """
    given: Any = (
        files[0] if len(files) == 1 and not lists else list(names_of(files, lists))
    )
    if not given:
        refuse("name a folder or files to read, and after them the folder to write to")
    if isinstance(given, str) and not Path(given).exists():
        refuse(f"there is no folder {visible(given)}: check the name")
    try:
        summary = batch(
            given,
            out,
            jobs,
            crosswalk=crosswalk,
            corrections=corrections,
            limit=limit,
            progress=False if quiet else None,
        )
    except (ContractError, MissingExtra, OSError) as error:
        refuse(error)
    if not quiet:
        click.echo(visible_lines(str(summary)))
    context.exit(1 if summary.failures and not exit_zero else 0)


def visible_lines(text: str) -> str:
    """Text of several lines as it can be shown on a terminal."""
    return "\n".join(visible(line) for line in text.split("\n"))


@click.command("table")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER]...")
@click.option(
    "-o",
    "--output-file",
    "output",
    required=True,
    metavar="FILE",
    help="x.csv, x.xlsx, x.parquet or x.dta.",
)
@click.option(
    "--files-from",
    "lists",
    multiple=True,
    metavar="FILE|-",
    help="Read the files named in FILE, one a line.",
)
@click.option(
    "--concept",
    "wanted",
    multiple=True,
    metavar="ID",
    help="A column; all concepts if none is named.",
)
@click.option(
    "--comparable",
    type=click.Choice(["same", "near", "any"]),
    default="near",
    show_default=True,
    help="How far a definition may be from that of the newest form.",
)
@click.option("--crosswalk", metavar="FILE", help="A crosswalk of your own.")
@click.option("--corrections", metavar="FILE", help="Corrections by hand.")
@click.pass_context
def table_command(
    context: click.Context,
    files: tuple[str, ...],
    output: str,
    lists: tuple[str, ...],
    wanted: tuple[str, ...],
    comparable: Any,
    crosswalk: str | None,
    corrections: str | None,
) -> None:
    """Write one table: a row for each report, a column for each concept, and beside it
    how far it may be compared.

    Exit codes: 0 all read, 1 a file could not be read, 2 wrong use.
    """
    from govdisclose.panel.write import write_table

    names = [Path(name) for name in names_of(files, lists)]
    if not names:
        refuse("there is no file to read")
    try:
        gathered = panel(names, concepts(crosswalk), corrections)
        made = gathered.wide(wanted or list(gathered.crosswalk), comparable)
        write_table(made, Path(output))
    except (ContractError, MissingExtra, UnknownKey, OSError) as error:
        refuse(visible(str(error)))
    unread = [row for row in gathered.reports.rows() if row["status"] != "read"]
    for row in unread:
        click.echo(f"govdisclose: {visible(row['error'] or '')}", err=True)
    click.echo(f"{visible(output)}: {len(made):,} reports")
    context.exit(1 if unread else 0)


@click.command("concepts")
@click.argument("concept", required=False, metavar="[ID]")
@click.option("--crosswalk", metavar="FILE", help="A crosswalk of your own.")
@speaking()
def concepts_command(
    concept: str | None, crosswalk: str | None, lang: str | None
) -> None:
    """List the concepts: what figures of different forms may stand in one column; with
    ID, what each form has of it."""
    speech = language(lang)
    known = _crosswalk(crosswalk)
    if concept is None:
        rows = [
            (c.id, c.unit, cut(c.zh if speech == "zh" else c.en, _LABEL))
            for c in known.concepts.values()
        ]
        click.echo("\n".join(aligned(rows, indent=0)))
        return
    try:
        click.echo("\n".join(_concept(known[concept], speech)))
    except UnknownKey as error:
        refuse(visible(str(error)))


def _crosswalk(file: str | None) -> Crosswalk:
    try:
        return concepts(file)
    except ContractError as error:
        refuse(visible(str(error)))


def _concept(concept: Concept, lang: Language) -> list[str]:
    zh = lang == "zh"
    lines = [
        title(f"{concept.id}: {concept.zh if zh else concept.en} ({concept.unit})")
    ]
    universe = concept.universe_zh if zh else concept.universe
    lines += [f"  {universe}"] if universe else []
    rows = []
    for form in catalogue().forms:
        entry = concept.on(form)
        what = entry.take or (f"→ {entry.included_in}" if entry.included_in else "")
        rows.append(
            (form, entry.status, STATUSES[entry.status][zh], what, _said(entry.why, zh))
        )
    order = list(concept.entries)
    rows.sort(key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    for form, status, means, what, why in rows:
        lines += ["", f"  {form}  {status}  {means}"]
        lines += [f"    {text}" for text in (what, why) if text]
    return lines


def _said(reason: Reason | None, zh: bool) -> str:
    return "" if reason is None else reason.zh if zh else reason.en


@click.command("codebook")
@click.option(
    "-o",
    "--output-file",
    "output",
    metavar="FILE",
    help="x.csv or x.md; else CSV to standard output.",
)
@click.option("--crosswalk", metavar="FILE", help="A crosswalk of your own.")
def codebook_command(output: str | None, crosswalk: str | None) -> None:
    """Write the codebook: every concept and every row of every form, what it means, and
    what comparing it costs."""
    from govdisclose.panel.codebook import FORMATS

    known = _crosswalk(crosswalk)
    if output is None:
        click.echo(FORMATS[".csv"](known).encode("utf-8"), nl=False)
        return
    write = FORMATS.get(Path(output).suffix.lower())
    if write is None:
        refuse(f"{visible(output)}: a codebook is written as {' or '.join(FORMATS)}")
    try:
        Path(output).write_text(write(known), "utf-8", newline="")
    except OSError as error:
        refuse(f"{visible(output)} cannot be written: {error.strerror}")
