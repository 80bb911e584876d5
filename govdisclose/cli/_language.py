"""In which language a command speaks: `--lang`, else the locale. The words that both
languages have side by side."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import click

Language = Literal["zh", "en"]
READINGS: Final = {
    "blank": ("(blank)", "（空白）"),
    "dash": ("(dash)", "（横线）"),
    "none": ("(none)", "（无）"),
    "unreadable": ("(unreadable)", "（无法识读）"),
    "absent": ("(absent)", "（未列）"),
    "number": ("(?)", "（？）"),
}
"""What stands for a figure that has no value, in English and Chinese."""
_VARIABLES: Final = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)  # the first that is set counts, as POSIX has it


def language(
    given: str | None, environment: Mapping[str, str] = os.environ
) -> Language:
    """The language asked for, else that of the locale: Chinese where it is a Chinese
    one, English elsewhere.

    >>> language(None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}), language(None, {"LANG": "de_DE"}), language("zh", {})
    ('zh', 'en', 'zh')
    """
    said = (
        given
        or next((v for v in map(environment.get, _VARIABLES) if v), None)
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


def speaking() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        default=None,
        help="Chinese or English; else as the locale says.",
    )
