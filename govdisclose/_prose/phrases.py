"""How sentences state indicators: the rows of `phrases.toml`, and of a form all of them
as one reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Final

from attrs import field, frozen

from govdisclose._prose.pattern import compile_phrase
from govdisclose.form import Names, catalogue


def _names(values: Iterable[str]) -> Names:
    return tuple(values)


@frozen
class Phrase:
    """A row of `phrases.toml`, which explains the members."""

    id: str
    forms: Names = field(converter=_names)
    key: str
    example: str
    patterns: Names = field(converter=_names)
    units: Names = field(converter=_names)
    none: Names = field(default=(), converter=_names)
    all: Names = field(default=(), converter=_names)
    same_as: str | None = None
    example_of_none: str | None = None
    unless: str | None = None
    about: str | None = None
    under: str | None = None


@cache
def phrases() -> tuple[Phrase, ...]:
    """The phrases of the table, in order."""
    data = tomllib.loads(
        resources.files("govdisclose._prose")
        .joinpath("phrases.toml")
        .read_text("utf-8")
    )
    return tuple(Phrase(**row) for row in data["phrase"])


class Figures(dict[str, re.Pattern[str]]):
    """For each character that a pattern begins with, those that do; compiled when a text has it."""

    def __init__(self, by_start: Mapping[str, Mapping[str, list[str]]]) -> None:
        super().__init__()
        self._by_start = by_start

    def __missing__(self, start: str) -> re.Pattern[str]:
        pattern = self[start] = _named(self._by_start[start])
        return pattern


@frozen(eq=False, slots=False)
class Reader:
    """The phrases of a form; `lastgroup` of a match names the phrase.

    `starts` finds the characters that `figures` begin with. A form without phrases has a reader
    that finds nothing.
    """

    starts: re.Pattern[str]
    figures: Figures
    units: frozenset[str]
    by_name: Mapping[str, Phrase]

    @cached_property
    def none(self) -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
        """What says in words that there is none."""
        said = [phrase for phrase in self.by_name.values() if phrase.none]
        return tuple([(phrase, re.compile(_union(phrase.none))) for phrase in said])

    @cached_property
    def all(self) -> re.Pattern[str]:
        """What says in words that it is as many as another."""
        named = self.by_name.items()
        return _named({name: phrase.all for name, phrase in named if phrase.all})


def phrases_of(form: str) -> Iterator[Phrase]:
    """The phrases of the table that are for this form, and those of its rows."""
    yield from (phrase for phrase in phrases() if form in phrase.forms)
    for table in catalogue().forms[form].tables:
        for row in table.rows:
            if row.prose:
                said = [f"{words}~#" for words in row.prose]
                example = f"{row.prose[0]}1{row.unit}"
                yield Phrase(
                    f"prose.{row.key}", [form], row.key, example, said, _units(row.unit)
                )


_ALIKE: Final = (
    ("件", "起", "项", "例", "宗", "份", "件次"),
    ("条", "条次"),
    ("次", "场", "场次", "期"),
    ("人", "人次", "名"),
    ("篇", "篇次", "条"),
    ("元", "万元"),
)
"""Measure words that count the same things; the first is the form's."""


def _units(unit: str | None) -> tuple[str, ...]:
    return next((units for units in _ALIKE if unit in units), (unit,) if unit else ())


@cache
def reader_of(form: str) -> Reader:
    """The reader of a form; made once a process."""
    by_name = {f"p{i}": phrase for i, phrase in enumerate(phrases_of(form))}
    by_start = _by_start(by_name)
    return Reader(
        re.compile(f"[{''.join(by_start)}]" if by_start else "(?!)"),
        Figures(by_start),
        frozenset(unit for phrase in by_name.values() for unit in phrase.units),
        by_name,
    )


def _by_start(by_name: Mapping[str, Phrase]) -> Mapping[str, Mapping[str, list[str]]]:
    """The patterns of figures by the characters that they may begin with, and by the names of their
    phrases.
    """
    by_start: dict[str, dict[str, list[str]]] = {}
    for name, phrase in by_name.items():
        for source in phrase.patterns:
            first = compile_phrase(source).first
            if first is None:
                raise ValueError(f"{phrase.id}: {source} may begin with any character")
            for start in sorted(first):
                by_start.setdefault(start, {}).setdefault(name, []).append(source)
    return by_start


def _named(sources: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """One pattern of all, whose groups have the names; it finds nothing where there is none."""
    groups = [f"(?P<{name}>{_union(patterns)})" for name, patterns in sources.items()]
    return re.compile("|".join(groups) or "(?!)")


def _union(patterns: Iterable[str]) -> str:
    return "|".join(compile_phrase(source).regex for source in patterns)
