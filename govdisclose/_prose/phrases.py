"""How sentences state indicators: the rows of `phrases.toml`, and of a form all of them
as one reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

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


class Reader(NamedTuple):
    """The phrases of a form; `lastgroup` of a match names the phrase.

    `figures` has, for each character that a pattern begins with, those that do; `starts` finds such
    characters. A form without phrases has a reader that finds nothing.
    """

    starts: re.Pattern[str]
    figures: Mapping[str, re.Pattern[str]]
    units: frozenset[str]
    none: tuple[tuple[Phrase, re.Pattern[str]], ...]
    all: re.Pattern[str]
    by_name: Mapping[str, Phrase]


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
    none = [(p, re.compile(_union(p.none))) for p in by_name.values() if p.none]
    return Reader(
        re.compile(f"[{''.join(by_start)}]" if by_start else "(?!)"),
        {start: _named(sources) for start, sources in by_start.items()},
        frozenset(unit for phrase in by_name.values() for unit in phrase.units),
        tuple(none),
        _named({name: phrase.all for name, phrase in by_name.items() if phrase.all}),
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
