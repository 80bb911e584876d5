"""In which language a command speaks: `--lang`, else the locale. The words that both
languages have side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import click

from govdisclose.view.words import Language
from govdisclose.view.words import spoken as language

__all__ = ["READINGS", "Language", "language", "speaking"]

READINGS: Final = {
    "blank": ("(blank)", "（空白）"),
    "dash": ("(dash)", "（横线）"),
    "none": ("(none)", "（无）"),
    "unreadable": ("(unreadable)", "（无法识读）"),
    "absent": ("(absent)", "（未列）"),
    "number": ("(?)", "（？）"),
}
"""What stands for a figure that has no value, in English and Chinese."""


def speaking() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        help="Chinese or English; else as the locale says.",
    )
