"""What values offer that is made in rooms above them: looked up by name when it is asked for.

So values import nothing of it, and a process that never shows a table never loads what draws one.
"""

from __future__ import annotations

from importlib import import_module


def html_of(value: object) -> str:
    """The value as a notebook shows it; see `govdisclose.view.notebook`."""
    return str(import_module("govdisclose.view.notebook").html_of(value))


def page_of(value: object, language: str) -> str:
    """The report as a page beside its source; see `govdisclose.view.page`."""
    return str(import_module("govdisclose.view.page").review_page(value, language))
