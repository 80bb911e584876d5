"""`govdisclose view FILE` and `govdisclose review FILE…`: pages to look at."""

from __future__ import annotations

from pathlib import Path

import click

from govdisclose._pipeline import parse
from govdisclose.cli._files import names_of, open_file, read_all
from govdisclose.cli._language import language, speaking
from govdisclose.cli._screen import refuse, tell
from govdisclose.errors import ContractError
from govdisclose.explain import visible
from govdisclose.panel.corrections import decoded, read_corrections
from govdisclose.view.page import review_page
from govdisclose.view.review import corrections_page


@click.command("view")
@click.argument("file", metavar="FILE|-")
@click.option(
    "-o",
    "--output",
    default="report.html",
    show_default=True,
    help="Where to write the page.",
)
@click.option("--open", "opening", is_flag=True, help="Show it in the browser.")
@speaking()
def view_command(file: str, output: str, opening: bool, lang: str | None) -> None:
    """Write a page that shows a report beside its source: each figure, and the place it
    was read from."""
    (source,) = read_all((file,))
    _write(output, review_page(parse(source), language(lang)), opening)


@click.command("review")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    default="review.html",
    show_default=True,
    help="Where to write the page.",
)
@click.option("--open", "opening", is_flag=True, help="Show it in the browser.")
@click.option(
    "--corrections",
    metavar="CSV",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What was corrected before: it stands on the page again. The file is read, never written.",
)
@speaking()
def review_command(
    files: tuple[str, ...],
    output: str,
    opening: bool,
    corrections: Path | None,
    lang: str | None,
) -> None:
    """Write a page of all doubtful figures of many reports, where they can be confirmed
    or corrected. A folder gives all its files; those that cannot be read are listed."""
    known = _known(corrections) if corrections else ""
    opened = [open_file(name) for name in names_of(files)]
    reports = (parse(one.source) for one in opened if one.source is not None)
    unread = [one.error for one in opened if one.error is not None]
    for error in unread:
        tell(error)
    _write(output, corrections_page(reports, language(lang), known, unread), opening)
    if unread:
        raise click.exceptions.Exit(2)


def _known(corrections: Path) -> str:
    """What the file says; ends the command where a line of it is no correction."""
    try:
        read_corrections(corrections)
    except ContractError as error:
        refuse(visible(str(error)))
    return decoded(corrections.read_bytes())


def _write(output: str, page: str, opening: bool) -> None:
    path = Path(output)
    path.write_text(page, "utf-8", newline="\n")
    click.echo(str(path))
    if opening:
        click.launch(path.absolute().as_uri())
