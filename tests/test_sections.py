"""Kinds of sections: each title and each example of `sections.toml` is of the kind that it stands under."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

import pytest

from govdisclose._lexicon.section_kind import section_kind

SECTIONS = tomllib.loads(
    resources.files("govdisclose._lexicon").joinpath("sections.toml").read_text("utf-8")
)["section"]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section["kind"])
def test_a_title_is_of_the_kind_that_it_stands_under(
    section: dict[str, Any],
) -> None:
    titles = (*section["titles"], *section.get("examples", ()))
    assert {title: section_kind(title) for title in titles} == dict.fromkeys(
        titles, section["kind"]
    )
