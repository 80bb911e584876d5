"""The normal form of labels, and the words that converters put for those of the forms."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import label_key, start_of, variants, without_variants
from govdisclose.form import catalogue

WRITTEN = tomllib.loads(
    resources.files("govdisclose._lexicon").joinpath("labels.toml").read_text("utf-8")
)
LABELS = sorted(
    {
        half_width(label)
        for form in catalogue().forms.values()
        for table in form.tables
        for row in table.rows
        for label in (row.label, *row.aliases)
    }
)


@pytest.mark.parametrize(("converted", "meant"), WRITTEN["examples"].items())
def test_a_label_in_the_words_of_a_converter_is_the_label_of_the_form(
    converted: str, meant: str
) -> None:
    """Each example has a word of a converter, and leads to the same rows as the label that it means."""
    assert converted != meant
    assert without_variants(label_key(converted)) == label_key(meant)
    assert catalogue().find(converted) == catalogue().find(meant)


def test_every_word_of_a_converter_has_an_example() -> None:
    """A word without an example is a word that nobody has seen."""
    shown = "".join(WRITTEN["examples"])
    assert [word for word in variants() if word not in shown] == []


@pytest.mark.parametrize("label", LABELS)
def test_the_words_of_the_forms_are_left_alone(label: str) -> None:
    """No label of a form holds a word that is exchanged; each begins with two characters that are told at once."""
    assert without_variants(label_key(label)) == label_key(label)
    assert start_of(label) == label_key(label)[:2]
