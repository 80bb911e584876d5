"""What all commands print with: columns that line up, titles, and how a command is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NoReturn

import click

from govdisclose.explain import display_width, pad
from govdisclose.view.words import spoken

Rows = Sequence[Sequence[str]]

WIDTH: Final = 100
SEVERITY_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


def aligned(rows: Rows, right: Sequence[int] = (), indent: int = 2) -> Iterator[str]:
    """Each row as one line, its columns padded to the widest; the columns `right` are
    aligned to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        parts = [
            " " * (width - display_width(text)) + text
            if i in right
            else pad(text, width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield (" " * indent + "  ".join(parts)).rstrip()


def title(text: str) -> str:
    return click.style(text, bold=True)


def counted(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def tell(message: object) -> None:
    """One line on standard error, in the language that the command is called in."""
    said = " ".join(str(message).split())
    context = click.get_current_context(silent=True)
    if spoken(context.params.get("lang") if context else None) == "zh":
        from govdisclose.view.sentences import (
            in_chinese,  # for nobody who speaks English
        )

        said = in_chinese(said)
    click.echo("govdisclose: " + said, err=True)


def refuse(message: object, code: Literal[1, 2] = 2) -> NoReturn:
    """End with one line on standard error."""
    tell(message)
    raise click.exceptions.Exit(code)
