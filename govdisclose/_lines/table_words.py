"""What a table on one line is made of: labels, words over figures, figures, units, enumerators.

The words are those of the catalogue, as one pattern for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import variants
from govdisclose._lexicon.terminals import terminal
from govdisclose._lines.cell import UNITS
from govdisclose.form import catalogue

_ORDINAL: Final = terminal("ORDINAL")
_AMONG: Final = "其 ?中 ?:?"
_DIGITS: Final = terminal("COUNT")
_NUMBERED: Final = rf"{_ORDINAL} ?、|\( ?{_ORDINAL} ?\) ?、?|\( ?{_DIGITS} ?\)|(?<!\d){_DIGITS} ?[.、](?! ?\d)"
_ENUMERATOR: Final = rf"(?:{_AMONG} ?)?(?:{_NUMBERED})(?: ?{_AMONG})?|{_AMONG}"


def _trie(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` at a place, that looks at each character once.

    A blank may stand between any two characters: where a narrow column cut a label, one is left.
    """
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a trie has no finite type
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}

    def pattern(node: dict[str, dict], blank: str = " ?") -> str:  # type: ignore[type-arg]  # as above; as deep as the longest label
        branches = [re.escape(c) + pattern(below) for c, below in node.items() if c]
        if not branches:
            return ""
        joined = blank + (
            branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
        )
        return f"(?:{joined})?" if "" in node else joined

    return pattern(root, "")


_QUOTES: Final = (
    {0x201C: '"', 0x201D: '"'},
    {0x201C: "", 0x201D: ""},
)  # what may stand for the quotes of a label
_CONVERTERS: Final = {ours: theirs for theirs, ours in variants().items()}
_CONVERTED: Final = re.compile("|".join(_CONVERTERS))


def _converted(word: str) -> str:
    """A word as converters to traditional script have it."""
    return _CONVERTED.sub(lambda m: _CONVERTERS[m.group()], word)


@cache
def scanner() -> re.Pattern[str]:
    """What a table is made of, token by token. A character that none of these takes
    ends the table."""
    forms = catalogue().forms.values()
    rows = [row for form in forms for table in form.tables for row in table.rows]
    labels = {
        half_width(label)
        for row in rows
        for label in (row.label, *row.aliases)
        if label
    }
    labels |= {re.sub(r"\([^()]*\)", "", label) for label in labels}
    labels |= set(map(_converted, labels))
    labels |= {label.translate(quotes) for label in labels for quotes in _QUOTES}
    words = {
        half_width(word)
        for form in forms
        for table in form.tables
        for word, _ in table.words()
    }
    words |= set(map(_converted, words))
    years = "|".join(
        {
            c.label_regex.strip("^$")
            for f in forms
            for t in f.tables
            for c in t.columns
            if c.label_regex
        }
    )
    return re.compile(
        rf"(?P<enumerator>{_ENUMERATOR})|(?P<label>{_trie(labels - words - {''})})|(?P<word>{_trie(words)}|{years})"
        rf"|(?P<number>{terminal('NUMBER')})|(?P<note>\([^()]{{1,200}}\))"
        rf"|(?P<unit>{UNITS})|(?P<mark>[\s|./:;,、*_—-]|无)"
    )


UNKNOWN: Final = re.compile(rf"(?P<label>[^\d\s|。,;!?]{{6,60}}?)(?=(?:{UNITS})?\d)")
"""A label before a figure that may be spelled as no form has it."""
OWN_ROW: Final = re.compile(
    r"(?P<label>(?:[^\d\s|()。,;!?]|\([^()]{0,200}\)){2,60}+)"
    rf"(?=\s{{0,4}}(?:{UNITS})\s{{0,4}}\d|\s{{1,4}}\d[\d.]*\s{{1,4}}\d)"
)
"""A label that no form has, before a unit and a figure, or before figures."""
