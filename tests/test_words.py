"""The files of words that pages are read by: each pattern finds its examples, and passes the others."""

from __future__ import annotations

import pytest

from govdisclose._lexicon.words import Patterns
from govdisclose._prose import citations, measure
from govdisclose._prose.words import WORDS
from govdisclose._tables.words import WORDS as TABLES
from govdisclose.checks import _words as checks
from govdisclose.repair._words import WORDS as REPAIR_WORDS

FILES = {
    "words": WORDS,
    "tables": TABLES,
    "quantities": measure.PATTERNS,
    "citations": citations.PATTERNS,
    "checks": checks.WORDS,
    "repair": REPAIR_WORDS,
}
NAMED = [(file, name) for file, patterns in FILES.items() for name in patterns.words]


@pytest.mark.parametrize(
    ("file", "name"), NAMED, ids=[f"{file}-{name}" for file, name in NAMED]
)
def test_a_pattern_finds_its_examples_and_passes_the_others(
    file: str, name: str
) -> None:
    patterns: Patterns = FILES[file]
    row = patterns.words[name]
    assert row.finds, "no example"
    for text in row.finds:
        assert patterns[name].search(text), text
    for text in row.passes:
        assert not patterns[name].search(text), text
