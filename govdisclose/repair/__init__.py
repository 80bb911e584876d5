"""Repairs of damaged text, each a function that yields edits.

A repair takes a string and yields `Edit`s (and `Doubt`s where it sees several readings): in order,
without overlap, with the offsets of that string. It never returns text; `Text.apply` makes the
edits, and so the map to the source, the list of explanations and the replay come for free. To add a
repair, write one function, add its name to `REPAIRS`, and add one JSON case.

Guarantees of `repair`:

1. It never raises on a `str`, and takes time linear in its length.
2. Repairing what was repaired yields no edit. Each repair ends in a form that it leaves alone, and
   no later repair makes what an earlier one mends. Where this shapes a rule, the comment there says
   so.
3. A place with several readings is left as it is, and reported as a `Doubt`.
4. Clean simplified text costs a few searches and no edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from govdisclose.repair._entities import html_entities
from govdisclose.repair._folds import folded_lines
from govdisclose.repair._glosses import pinyin_glosses
from govdisclose.repair._invisible import invisible_characters
from govdisclose.repair._lost import lost_characters
from govdisclose.repair._markup import (
    comma_rows,
    html_tables,
    markdown_marks,
    ruled_rows,
)
from govdisclose.repair._script import traditional_script
from govdisclose.repair._spaced import spaced_characters
from govdisclose.repair._twins import twin_characters
from govdisclose.text import Doubt, Edit, Source, Text

__all__ = [
    "REPAIRS",
    "Repair",
    "comma_rows",
    "folded_lines",
    "html_entities",
    "html_tables",
    "invisible_characters",
    "lost_characters",
    "markdown_marks",
    "pinyin_glosses",
    "repair",
    "ruled_rows",
    "spaced_characters",
    "traditional_script",
    "twin_characters",
]

Repair: TypeAlias = Callable[[str], Iterator[Edit | Doubt]]

# In order: what hides a pattern goes first, and the fold of the script, which changes no length,
# goes last.
REPAIRS: Final[tuple[Repair, ...]] = (
    invisible_characters,
    html_entities,
    twin_characters,
    html_tables,
    markdown_marks,
    ruled_rows,
    comma_rows,
    spaced_characters,
    folded_lines,
    pinyin_glosses,
    lost_characters,
    traditional_script,
)


def repair(source: Source) -> tuple[Text, list[Doubt]]:
    """The repaired text of a source, and the places that have several readings and were left.

    `Text.edits` names the repair that made each edit. The doubts have the offsets of the source.
    Never raises on a source whose text is a `str`.

    >>> text, doubts = repair(Source("統(tǒng)計期限自201811日起，開放"))
    >>> text.string, doubts
    ('统计期限自2018年1月1日起，开放', [])
    """
    text = Text(source)
    doubts: list[Doubt] = []
    for function in REPAIRS:
        name = getattr(function, "__name__", "")
        edits: list[Edit] = []
        for item in function(text.string):
            if isinstance(item, Edit):
                edits.append(item)
            else:
                start, end = text.span(item.start, item.end)
                doubts.append(Doubt(start, end, item.candidates, name))
        if edits:
            text = text.apply(edits, by=name)
    return text, doubts
