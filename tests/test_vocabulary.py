"""Words and patterns in the TOML files of a room: each holds to its own examples, and is asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import govdisclose
from govdisclose._document.words import WORDS as DOCUMENT
from govdisclose._lexicon import body
from govdisclose._lexicon.vocabulary import Vocabulary, vocabulary
from govdisclose._lines.furniture import WORDS as FURNITURE
from govdisclose._lines.furniture import furniture_kind
from govdisclose._lines.shape import WORDS as SHAPE
from govdisclose._metadata.page import WORDS

ROOMS = {
    "_document": DOCUMENT,
    "_metadata": WORDS,
    "_lexicon": body.words(),
    "_lines": FURNITURE,
    "_lines/shape": SHAPE,
}
ENTRIES = [(room, name) for room, words in ROOMS.items() for name in words.entries]


@pytest.mark.parametrize(("room", "name"), ENTRIES)
def test_a_pattern_finds_what_it_is_for_and_nothing_of_what_it_is_not(
    room: str, name: str
) -> None:
    words = ROOMS[room]
    entry = words.entries[name]
    apply = (
        getattr(words[name], entry.get("how", "search"))
        if "chars" not in entry
        else None
    )
    assert apply is None or all(apply(text) for text in entry.get("is", ()))
    assert apply is None or not any(apply(text) for text in entry.get("not", ()))


@pytest.mark.parametrize(("room", "name"), ENTRIES)
def test_every_pattern_has_an_example(room: str, name: str) -> None:
    entry = ROOMS[room].entries[name]
    assert "pattern" not in entry or name == "date" or entry.get("is")


@pytest.mark.parametrize("room", ROOMS)
def test_every_entry_is_asked_for_by_code_or_by_another_entry(room: str) -> None:
    folder = Path(govdisclose.__file__).parent / room.partition("/")[0]
    code = "\n".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    patterns = "\n".join(
        str(e.get("pattern", "")) for e in ROOMS[room].entries.values()
    )
    unused = {
        name
        for name in ROOMS[room].entries
        if not name.startswith("kind_")
        and room != "_lines"  # all of them are asked at once
        and f'"{name}"' not in code
        and not re.search(rf"\${name}(?![a-z_0-9])", patterns)
    }
    assert unused == set()


EXAMPLES = [
    (kind, text) for kind, entry in FURNITURE.entries.items() for text in entry["is"]
]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_furniture_is_of_the_kind_of_its_example_and_of_no_other(
    kind: str, text: str
) -> None:
    assert furniture_kind(text, 0, len(text)) == kind


@pytest.mark.parametrize(
    "text", [text for entry in FURNITURE.entries.values() for text in entry["not"]]
)
def test_what_is_no_furniture_of_one_kind_may_be_of_another_only_with_an_example(
    text: str,
) -> None:
    kind = furniture_kind(text, 0, len(text))
    assert kind is None or text in FURNITURE.entries[kind]["is"]


def test_a_name_that_no_file_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        WORDS["nothing of the sort"]


def test_a_name_given_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="organ has an entry already"):
        vocabulary("govdisclose._metadata", organ="局")


def test_words_stand_for_themselves() -> None:
    words = Vocabulary(
        {"mark": {"words": ["(", "a.b"]}, "two": {"pattern": "^ $mark $mark $"}}
    )
    assert words["two"].fullmatch("(a.b")
    assert not words["two"].fullmatch("(aab")
