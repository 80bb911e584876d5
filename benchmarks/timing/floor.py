"""The fair floor of a text: the least that any reader of it must do to give what `parse` gives.

One scan (the shadow, one pattern of lines, one look-up for each cell, figures and documents by their patterns), and
making the very objects that the report is made of, each once, from what is at hand. No judgement, no doubt, no form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import attrs

from govdisclose import Report, Source
from govdisclose._lexicon.labels import label_key
from govdisclose._lines.shape import MARKERS
from govdisclose._prose.citations import document_pattern
from govdisclose._prose.measure import figure_pattern
from govdisclose.form import catalogue
from govdisclose.text import Span, Text

_MARKER: Final = re.compile("|".join(shape for _, shape in MARKERS))
_CELL: Final = re.compile(r"[^|\t\n]+")
_WORDS_MOST: Final = 40  # characters of a cell; what is longer is a sentence


def floor(string: str, report: Report) -> Callable[[], object]:
    """The work that is the floor of a text, of which `report` was read."""
    plan = list(_made(report))
    known = {label_key(word) for word in catalogue().headers}

    def work() -> object:
        shadow = Text(Source(string)).shadow
        marks = [_MARKER.match(line) for line in shadow.splitlines()]
        cells = [
            cell in known for cell in _CELL.findall(shadow) if len(cell) <= _WORDS_MOST
        ]
        figures = [m.span() for m in figure_pattern().finditer(shadow)]
        documents = [m.span() for m in document_pattern().finditer(shadow)]
        values = [make() for make in plan]
        return marks, cells, figures, documents, values

    return work


def _made(report: Report) -> Iterator[Callable[[], object]]:
    """What makes every value that a report holds, from its members."""
    todo: list[Any] = [report]
    while todo:
        value = todo.pop()
        if isinstance(value, Span):
            yield partial(Span, *value)
        elif isinstance(value, tuple):
            todo += value
        elif attrs.has(type(value)) and not isinstance(value, Source):
            fields = [f for f in attrs.fields(type(value)) if f.init]
            members = {f: getattr(value, f.name) for f in fields}
            todo += members.values()
            in_order = [member for f, member in members.items() if not f.kw_only]
            named = {f.alias: member for f, member in members.items() if f.kw_only}
            cls: Callable[..., object] = type(value)
            yield partial(cls, *in_order, **named)
