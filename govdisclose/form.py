"""The official forms: what a blank one prints, row by row, and which of them a filled table follows.

A form is a TOML file in `govdisclose/catalogue`; everything that code knows of a form it knows from there. Labels are
compared in a normal form (`label_key`), so a label seen in the wild is one alias, and a new form is one file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, NewType

from attrs import field, frozen

LabelKey = NewType("LabelKey", str)
"""A label in normal form: what `label_key` returns."""

Names = tuple[str, ...]


@frozen
class Column:
    """A column of figures. `period` says what time it counts (`year`, `cumulative` …), `role` how."""

    key: str
    label: str
    aliases: Names = field(default=(), converter=tuple)
    label_regex: str | None = None
    period: str | None = None
    role: str | None = None
    unit: str | None = None
    group: str | None = None
    supergroup: str | None = None


@frozen
class Row:
    """A row of the form. `group` rows are headings that carry no figure by design; `subset` rows are 其中 rows."""

    key: str
    label: str
    parent: str | None = None
    enumerator: str = ""
    aliases: Names = field(default=(), converter=tuple)
    unit: str | None = None
    unit_inferred: bool = False
    group: bool = False
    subset: bool = False
    code: str | None = None
    definition: str | None = None
    prose: Names = field(default=(), converter=tuple)


@frozen
class FormTable:
    """One table of a form. `key_from` tells what the indicator is: the row, the cell (row@column), or the column."""

    id: str
    title: str
    key_from: Literal["row", "cell", "column"]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title_aliases: Names = field(default=(), converter=tuple)
    section: str | None = None
    stub_header: str | None = None
    stub_header_aliases: Names = field(default=(), converter=tuple)
    unit_header: str | None = None
    unit_header_aliases: Names = field(default=(), converter=tuple)
    code_header: str | None = None
    ordinal_header: str | None = None
    super_header: str | None = None


@frozen
class Relation:
    """A relation between figures of a form (勾稽关系).

    `kind`: `sum` (the one on the left is the sum of the right), `equal`, `at_least` (the sum of the left covers that of
    the right), `balance` (both sums are the same). With `axis` `rows` the operands are row keys, judged in every
    column; with `columns` they are column keys, judged in every row. `status` says where the relation comes from.
    """

    id: str
    table: str
    kind: Literal["sum", "equal", "at_least", "balance"]
    axis: Literal["rows", "columns"]
    scope: str
    left: Names = field(converter=tuple)
    right: Names = field(converter=tuple)
    severity: Literal["error", "warning", "info"]
    status: Literal["official", "definitional", "system", "usual"]
    source: str
    tolerance: Decimal = field(default=Decimal(0), converter=Decimal)
    only_if: str | None = None
    cross_year: bool = False


@frozen
class Derived:
    """A figure that prose states in one and the form splits: the sum of several rows or columns."""

    key: str
    sum_of: Names = field(converter=tuple)
    note: str


@frozen
class Form:
    """An official form: its tables, the years reported on with it, and the notice that issued it."""

    id: str
    title: str
    jurisdiction: str
    first_year: int
    last_year: int
    issuing_notice: str
    tables: tuple[FormTable, ...]
    complete: bool
    fingerprint: Names = field(converter=tuple)
    relations: tuple[Relation, ...] = ()
    derived: tuple[Derived, ...] = ()
    years_note: str | None = None
    notice_title: str | None = None
    notice_date: str | None = None
    incomplete_note: str | None = None


_ENUMERATOR: Final = re.compile(
    r"(?:其中[::]?)?"
    r"(?:第?[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)、?|\(\d{1,2}\)|\d{1,2}[.、)])?"
    r"(?:其中[::]?)?"
)
# The first two characters of a label, wherever its blanks are.
_START: Final = re.compile(
    r"\s*(?:其\s*中\s*[::]?\s*)?"
    r"(?:第?[一二三四五六七八九十]{1,3}\s*[、.]|\(\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*\)\s*、?|\d{1,2}\s*[.、)])?\s*"
    r"(?:其\s*中\s*[::]?\s*)?[“”\"‘’《]*\s*([^\s“”\"《])\s*[“”\"《]*\s*([^\s“”\"《])"
)
# What is dropped from a label on both sides before comparing: blanks, quotes and separating points.
_DROPPED: Final = dict.fromkeys(
    map(ord, " \t\r\n\v\f\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}“”\"‘’'、,。;:·*《》<>〈〉?")
)
_NOTE: Final = re.compile(r"\([^()]*\)?")
_HALF_WIDTH: Final = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)}


def bare(text: str) -> str:
    """`text` (half-width) without blanks and without its enumerator: what is left to compare.

    >>> bare("其中: 1. 政府网站公开数")
    '政府网站公开数'
    """
    squeezed = "".join(text.split())
    return squeezed[_ENUMERATOR.match(squeezed).end() :]  # type: ignore[union-attr]  # it matches the empty string


def label_key(text: str) -> LabelKey:
    """The normal form of a label, given in half-width text: no blanks, enumerator, quotes or points.

    >>> label_key("(三) 从事政府信息公开 工作人员数")
    '从事政府信息公开工作人员数'
    """
    return LabelKey(bare(text).translate(_DROPPED))


def without_notes(key: LabelKey) -> LabelKey:
    """The label without what stands in parentheses, such as (不同渠道和方式公开相同信息计1条)."""
    return LabelKey(_NOTE.sub("", key)) if "(" in key else key


class Place(NamedTuple):
    """Where a label leads: a row of a table of a form, by its index."""

    form: str
    table: str
    row: int


@frozen
class Catalogue:
    """All forms, and the one index from labels to rows."""

    forms: Mapping[str, Form]
    places: Mapping[LabelKey, tuple[Place, ...]]
    headers: Mapping[LabelKey, str]
    header_patterns: re.Pattern[str]
    header_words: re.Pattern[str]
    units: frozenset[str]
    starts: frozenset[str]
    rows: Mapping[Place, Row]

    def may_be_known(self, text: str) -> bool:
        """A quick no for most lines: whether a label or a header of some form begins like the half-width `text`."""
        m = _START.match(text)
        return m is not None and m[1] + m[2] in self.starts

    def find(self, text: str) -> tuple[Place, ...]:
        """The rows that the half-width `text` may be the label of; empty when there is none.

        >>> catalogue().find("(一) 收到申请数")[0]
        Place(form='national-2014', table='main', row=21)
        """
        key = label_key(text)
        found = self.places.get(key)
        if found is None and "(" in key:
            found = self.places.get(without_notes(key))
        return found or ()

    def is_header(self, text: str) -> bool:
        """Whether the half-width `text` heads a column in some form: 统计数, 2018年度."""
        key = label_key(text)
        return key in self.headers or self.header_patterns.fullmatch(key) is not None

    def is_headers(self, text: str) -> bool:
        """Whether `text` is nothing but header words, glued to each other: 统 计 指 标单位统计数."""
        return self.header_words.fullmatch(label_key(text)) is not None

    def table(self, place: Place) -> FormTable:
        """The table that a place is in."""
        return next(t for t in self.forms[place.form].tables if t.id == place.table)


def _half_width(text: str) -> str:
    return text.translate(_HALF_WIDTH)


def _form(data: Mapping[str, Any]) -> Form:
    tables = tuple(
        FormTable(
            **{**t, "columns": tuple(Column(**c) for c in t["columns"]), "rows": tuple(Row(**r) for r in t["rows"])}
        )
        for t in data["table"]
    )
    plain = {k: v for k, v in data.items() if k not in ("table", "relation", "derived")}
    relations = tuple(Relation(**r) for r in data.get("relation", ()))
    derived = tuple(Derived(**d) for d in data.get("derived", ()))
    return Form(**plain, tables=tables, relations=relations, derived=derived)


def _labels(row: Row) -> Iterator[LabelKey]:
    for label in (row.label, *row.aliases):
        key = label_key(_half_width(label))
        yield key
        yield without_notes(key)


def _headers(forms: Iterable[Form]) -> Iterator[tuple[LabelKey, str]]:
    """The words that head columns, each with what it heads: `stub`, `unit`, or `column`."""
    for form in forms:
        for table in form.tables:
            for label in (table.stub_header, *table.stub_header_aliases):
                if label:
                    yield label_key(_half_width(label)), "stub"
            for label in (table.unit_header, *table.unit_header_aliases):
                if label:
                    yield label_key(_half_width(label)), "unit"
            for column in table.columns:
                for label in (column.label, *column.aliases):
                    yield label_key(_half_width(label)), "column"


def _patterns(forms: Iterable[Form]) -> Iterator[str]:
    for form in forms:
        for table in form.tables:
            yield from (c.label_regex.strip("^$") for c in table.columns if c.label_regex)


@cache
def catalogue() -> Catalogue:
    """The forms that ship with the package, read once a process."""
    files = [f for f in resources.files("govdisclose.catalogue").iterdir() if f.name.endswith(".toml")]
    forms = {
        form.id: form
        for form in (_form(tomllib.loads(f.read_text("utf-8"))) for f in sorted(files, key=lambda f: f.name))
    }
    places: dict[LabelKey, dict[Place, None]] = {}
    for form in forms.values():
        for table in form.tables:
            for i, row in enumerate(table.rows):
                for key in _labels(row):
                    if key:
                        places.setdefault(key, {})[Place(form.id, table.id, i)] = None
    headers = dict(_headers(forms.values()))
    patterns = "|".join(dict.fromkeys(_patterns(forms.values()))) or r"(?!)"
    words = "|".join(map(re.escape, sorted(headers, key=len, reverse=True)))
    rows = {
        Place(form.id, table.id, i): row
        for form in forms.values()
        for table in form.tables
        for i, row in enumerate(table.rows)
    }
    return Catalogue(
        rows=MappingProxyType(rows),
        forms=MappingProxyType(forms),
        places=MappingProxyType({key: tuple(found) for key, found in places.items()}),
        headers=MappingProxyType(headers),
        header_patterns=re.compile(patterns),
        header_words=re.compile(f"(?:{words}|{patterns}){{1,24}}+"),
        starts=frozenset(key[:2] for key in (*places, *headers, *_patterns(forms.values()))),
        units=frozenset(r.unit for f in forms.values() for t in f.tables for r in t.rows if r.unit),
    )
