"""The words of web pages in `words.toml`, as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words() -> dict[str, dict[str, Any]]:
    """The tables of `words.toml`: `patterns`, `examples` that have one, `others` that have none."""
    text = (
        resources.files("govdisclose.read.html")
        .joinpath("words.toml")
        .read_text("utf-8")
    )
    return tomllib.loads(text)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Any of the patterns of a table."""
    return re.compile("|".join(words()[name]["patterns"]))


@cache
def label() -> re.Pattern[str]:
    """A label of the index header, with or without its colon."""
    return re.compile(f"(?:{pattern('header').pattern})[:：]?")


def is_furniture(text: str) -> bool:
    """Whether it has words of the frame of a page."""
    return pattern("furniture").search(text) is not None


def squeezed(text: str) -> str:
    """The beginning of a text without blanks, which is what the patterns are held against."""
    return "".join(text[:400].split())
