"""Words that pages are read by, from TOML files beside the code that needs them, with
examples tested both ways.

A file has tables by name:

    [plan]
    pattern = '计划|力争|{rate}'      # `{rate}` stands for the pattern of that name
    finds = ["计划公开3条"]
    passes = ["公开3条"]

`finds` are texts in which the pattern is found, `passes` texts in which it is not; a test reads all
of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import resources
from typing import Any, Final

from attrs import field, frozen

_NAMED: Final = re.compile(r"\{([a-z_]+)\}")


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen
class Words:
    """One table of a file of words: a pattern, and texts in which it is found or not found."""

    pattern: str
    finds: tuple[str, ...] = field(default=(), converter=_texts)
    passes: tuple[str, ...] = field(default=(), converter=_texts)


class Patterns(dict[str, re.Pattern[str]]):
    """The patterns of a file by their names; the file is read, and a pattern compiled, when first
    asked for.
    """

    def __init__(self, package: str, file: str) -> None:
        super().__init__()
        self._place = package, file

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The tables of the file, as TOML has them."""
        package, file = self._place
        return tomllib.loads(resources.files(package).joinpath(file).read_text("utf-8"))

    @cached_property
    def words(self) -> Mapping[str, Words]:
        """The tables that have a pattern."""
        rows = self.data.items()
        return {
            name: Words(**row)
            for name, row in rows
            if isinstance(row, dict) and "pattern" in row
        }

    def source(self, name: str) -> str:
        """The pattern of that name, with those that it names in their places."""
        return _NAMED.sub(
            lambda m: f"(?:{self.source(m[1])})", self.words[name].pattern
        )

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = re.compile(self.source(name))
        return pattern
