"""The catalogue: all forms, and the one index from what they print to where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from attrs import frozen

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import (
    LabelKey,
    label_key,
    start_of,
    variants,
    without_notes,
    without_variants,
)
from govdisclose.form.model import Form, FormTable, Place, Row
from govdisclose.form.spelling import CATALOGUE, Spellings, limits, meant

K = TypeVar("K")
V = TypeVar("V")


class Inexact(NamedTuple):
    """The rows that a label must mean that is not spelled right, and what is missing of it at its
    end."""

    places: tuple[Place, ...]
    rest: str


@frozen(eq=False, repr=False)
class Catalogue:
    """All forms, and what they print, in normal form.

    `places` leads from labels of rows to the rows, `headed` from labels with the heads before them;
    `headers` from words over figures to what they are, `header_forms` to the forms that print them.
    `starts` are the first two characters of all of these, `fragments` what a narrow column cuts a
    header word into, `counts` the numbers of rows where the form prints them, `unlabelled` the
    words over tables whose one row of figures has no label.
    """

    forms: Mapping[str, Form]
    tables: Mapping[tuple[str, str], FormTable]
    rows: Mapping[Place, Row]
    labels: Mapping[Place, LabelKey]
    counts: Mapping[Place, str]
    units: frozenset[str]
    places: Mapping[LabelKey, tuple[Place, ...]]
    headed: Mapping[LabelKey, tuple[Place, ...]]
    headers: Mapping[LabelKey, str]
    header_forms: Mapping[LabelKey, frozenset[str]]
    header_patterns: re.Pattern[str]
    header_word: re.Pattern[str]
    header_words: re.Pattern[str]
    unlabelled: re.Pattern[str]
    fragments: frozenset[str]
    starts: frozenset[str]

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self.forms)} forms: {', '.join(self.forms)}>"

    def may_be_known(self, text: str) -> bool:
        """A quick no for most lines: whether a label or header of some form begins like the
        half-width `text`."""
        return start_of(text) in self.starts

    def find(self, text: str) -> tuple[Place, ...]:
        """The rows that the half-width `text` may be the label of; empty when there is none.

        >>> from govdisclose.form import catalogue
        >>> catalogue().find("(一) 收到申请数")[0]
        Place(form='national-2014', table='main', row=21)
        """
        key = label_key(text)
        found = self._find(key)
        if found is None and (plain := without_variants(key)) != key:
            found = self._find(plain)
        return found or ()

    def _find(self, key: LabelKey) -> tuple[Place, ...] | None:
        if found := self.places.get(key):
            return found
        short = without_notes(key)
        return self.places.get(short) or self.headed.get(key) or self.headed.get(short)

    def rest_of(self, place: Place, text: str) -> str:
        """What is missing of the label of a row at its end, such as the rest of a note; empty if
        nothing is."""
        full, key = self.labels[place], label_key(text)
        return full[len(key) :] if full.startswith(key) else ""

    def find_inexact(self, text: str) -> Inexact | None:
        """The rows that a cut or misspelled label must mean: None if it is not near one label
        alone. `spelling.toml` has the limits.

        >>> from govdisclose.form import catalogue
        >>> catalogue().find_inexact("1.属于国家秘蜜").places[0].table
        'requests'
        """
        return _find_inexact(self, label_key(text))

    def is_header(self, text: str) -> bool:
        """Whether the half-width `text` heads a column in some form: 统计数, 2018年度."""
        key = label_key(text)
        if key in self.headers or self.header_patterns.fullmatch(key) is not None:
            return True
        return "(" in key and without_notes(key) in self.headers

    def words_in(self, text: str) -> Sequence[str]:
        """The header words that `text` is, or is glued of."""
        key = label_key(text)
        if key in self.headers:
            return [key]
        if "(" in key and self.header_words.fullmatch(key) is None:
            key = without_notes(key)
        if self.header_words.fullmatch(key):
            return self.header_word.findall(key)
        return self.unlabelled.findall(key)

    def printed_by(self, text: str) -> frozenset[str]:
        """The forms that print the half-width `text` over their figures."""
        return self.header_forms.get(label_key(text), frozenset())

    def is_headers(self, text: str) -> bool:
        """Whether `text` is nothing but header words, glued to each other: 统 计 指 标单位统计数."""
        key = label_key(text)
        whole = self.header_words.fullmatch(key) is not None
        return whole or (
            "(" in key and self.header_words.fullmatch(without_notes(key)) is not None
        )

    def table(self, place: Place) -> FormTable:
        """The table that a place is in."""
        return self.tables[place[:2]]


@lru_cache(maxsize=2048)
def _find_inexact(forms: Catalogue, key: LabelKey) -> Inexact | None:
    spelled = _spelled(forms)
    for limit in limits():
        if limit.among != CATALOGUE:
            continue
        if (found := meant(key, list(spelled.values()), limit)) is not None:
            return Inexact(list(spelled)[found.row], found.rest)
    return None


@lru_cache(maxsize=8)
def _spelled(forms: Catalogue) -> Mapping[tuple[Place, ...], Spellings]:
    """The labels of any form, by the rows that they name."""
    return _grouped((places, key) for key, places in forms.places.items())


# --- how the index is made ------------------------------------------------------------------------


def index(forms: Iterable[Form]) -> Catalogue:
    """The catalogue of these forms."""
    by_id = {form.id: form for form in forms}
    tables = {
        (form.id, table.id): table for form in by_id.values() for table in form.tables
    }
    rows = dict(_rows(tables))
    places = _grouped(_labels(rows))
    headed = _grouped(_heads(rows, tables))
    headers = dict(_headers(tables))
    patterns = _patterns(tables.values())
    words = "|".join(map(re.escape, sorted(headers, key=len, reverse=True)))
    any_pattern = "|".join(patterns) or "(?!)"
    return Catalogue(
        forms=MappingProxyType(by_id),
        tables=MappingProxyType(tables),
        rows=MappingProxyType(rows),
        labels=MappingProxyType(
            {place: _key(row.label) for place, row in rows.items()}
        ),
        counts=MappingProxyType(dict(_counts(rows, tables))),
        units=frozenset(
            unit
            for row in rows.values()
            for unit in (row.unit, *row.other_units)
            if unit
        ),
        places=places,
        headed=MappingProxyType(
            {key: found for key, found in headed.items() if key not in places}
        ),
        headers=MappingProxyType(headers),
        header_forms=MappingProxyType(_printers(tables)),
        header_patterns=re.compile(any_pattern),
        header_word=re.compile(f"{words}|{any_pattern}"),
        header_words=re.compile(f"(?:{words}|{any_pattern}){{1,24}}+"),
        unlabelled=re.compile("|".join(_unlabelled(tables.values())) or "(?!)"),
        fragments=frozenset(_fragments(headers)),
        starts=frozenset(
            key[:2] for key in (*places, *headers, *patterns, *variants())
        ),
    )


_Tables = Mapping[tuple[str, str], FormTable]
_Rows = Mapping[Place, Row]


def _key(label: str) -> LabelKey:
    return label_key(half_width(label))


def _both(key: LabelKey) -> tuple[LabelKey, ...]:
    """A label with and without its notes."""
    return tuple(k for k in (key, without_notes(key)) if k)


def _grouped(pairs: Iterable[tuple[K, V]]) -> Mapping[K, tuple[V, ...]]:
    """The values of each key, each once, in order."""
    found: dict[K, dict[V, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return MappingProxyType({key: tuple(values) for key, values in found.items()})


def _rows(tables: _Tables) -> Iterator[tuple[Place, Row]]:
    for (form, name), table in tables.items():
        for i, row in enumerate(table.rows):
            yield Place(form, name, i), row


def _labels(rows: _Rows) -> Iterator[tuple[LabelKey, Place]]:
    for place, row in rows.items():
        for name in row.names:
            yield from ((key, place) for key in _both(_key(name)))


def _heads(rows: _Rows, tables: _Tables) -> Iterator[tuple[LabelKey, Place]]:
    """Labels with the heads that stand before them in cells of their own: (三)不予公开1.属于国家秘密."""
    for place, row in rows.items():
        table = tables[place[:2]]
        if table.super_header is not None:
            for label in _with_heads(table, row):
                yield from ((key, place) for key in _both(label_key(label)))


def _with_heads(table: FormTable, row: Row) -> Iterator[str]:
    """What stands for a row, read with one head before it, then with two."""
    by_key = {other.key: other for other in table.rows}
    labels = _printed(row)
    while row.parent in by_key:
        row = by_key[row.parent]
        labels = [head + label for head in _printed(row) for label in labels]
        yield from labels


def _printed(row: Row) -> list[str]:
    return [half_width(row.enumerator + name) for name in row.names]


def _headers(tables: _Tables) -> Iterator[tuple[LabelKey, str]]:
    """The words that stand over figures, each with what it is."""
    for table in tables.values():
        for word, kind in table.words():
            yield from ((key, kind) for key in _both(_key(word)))


def _printers(tables: _Tables) -> dict[LabelKey, frozenset[str]]:
    """The forms that print each word over figures."""
    words = (
        (key, form) for (form, _), table in tables.items() for key in _words(table)
    )
    return {key: frozenset(forms) for key, forms in _grouped(words).items()}


def _words(table: FormTable) -> Iterator[LabelKey]:
    for word, _ in table.words():
        yield from _both(_key(word))


def _counts(rows: _Rows, tables: _Tables) -> Iterator[tuple[Place, str]]:
    """The number that a row has where the form counts its rows."""
    for place in rows:
        if tables[place[:2]].ordinal_header:
            yield place, str(place.row + 1)


def _fragments(headers: Iterable[LabelKey]) -> Iterator[str]:
    """What a header word may be cut into: its beginnings and ends of two characters and more."""
    for word in headers:
        for cut in range(2, len(word)):
            yield word[:cut]
            if cut < len(word) - 1:
                yield word[cut:]


def _patterns(tables: Iterable[FormTable]) -> list[str]:
    """Patterns of column labels that hold a year."""
    columns = [column for table in tables for column in table.columns]
    return list(
        dict.fromkeys(c.label_regex.strip("^$") for c in columns if c.label_regex)
    )


def _unlabelled(tables: Iterable[FormTable]) -> list[str]:
    """The words over tables whose one row of figures has no label, as patterns."""
    words = [
        word
        for table in tables
        if table.key_from == "column"
        for word, kind in table.words()
        if kind in ("column", "group")
    ]
    return [re.escape(word) for word in dict.fromkeys(words)]
