"""A form as its file has it: tables, columns, rows, and the relations between its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from attrs import field, frozen

from govdisclose._late import html_of
from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import LabelKey, label_key, without_notes
from govdisclose.form.relation import Formula, parse_formula

Names = tuple[str, ...]
KeyFrom = Literal["row", "cell", "column"]
NATIONAL: Final = "national"
"""The jurisdiction of the forms that the State Council issued."""
_GLUED_MOST: Final = 24  # words over figures in one cell


def _keys(names: Iterable[str]) -> Iterator[LabelKey]:
    return (label_key(half_width(name)) for name in names)


class Place(NamedTuple):
    """Where a label leads: a row of a table of a form, by its index."""

    form: str
    table: str
    row: int


@frozen(repr=False)
class Column:
    """A column of figures. `period` says what time it counts (`year`, `cumulative` …),
    `role` how."""

    key: str
    label: str
    aliases: Names = field(default=(), converter=tuple)
    label_regex: str | None = None
    period: str | None = None
    role: str | None = None
    unit: str | None = None
    group: str | None = None
    supergroup: str | None = None

    @property
    def names(self) -> Names:
        """The label and its aliases."""
        return (self.label, *self.aliases)

    @cached_property
    def path(self) -> tuple[LabelKey, ...]:
        """The groups that it stands under, in normal form, the outer first."""
        return tuple(_keys([word for word in (self.supergroup, self.group) if word]))

    @cached_property
    def keys(self) -> frozenset[LabelKey]:
        """Its names in normal form, with their notes and without."""
        keys = list(_keys(self.names))
        return frozenset([*keys, *map(without_notes, keys)])

    def is_named(self, key: LabelKey) -> bool:
        """Whether a word in normal form heads it."""
        if key in self.keys:
            return True
        dated = self.label_regex
        return dated is not None and re.fullmatch(dated, key) is not None

    def __repr__(self) -> str:
        return f"<Column {self.key}: {self.label}>"


@frozen(repr=False)
class Row:
    """A row of the form. `group` rows are headings that carry no figure by design.

    `other_units` are units that reports print as well as `unit`. An `optional` row is one
    that not every report on the form has; `years` are those in which the form had it, where
    that is known.
    """

    key: str
    label: str
    parent: str | None = None
    enumerator: str = ""
    aliases: Names = field(default=(), converter=tuple)
    unit: str | None = None
    other_units: Names = field(default=(), converter=tuple)
    group: bool = False
    optional: bool = False
    years: str | None = None
    code: str | None = None
    definition: str | None = None
    prose: Names = field(default=(), converter=tuple)

    @property
    def names(self) -> Names:
        """The label and its aliases."""
        return (self.label, *self.aliases)

    def __repr__(self) -> str:
        return f"<Row {self.key}: {self.label}>"


@frozen(repr=False)
class FormTable:
    """One table of a form. `key_from` tells what the indicator is: the row, the cell (row@column),
    or the column."""

    id: str
    title: str
    key_from: KeyFrom
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
    caption: bool = False  # the title stands over the table in a cell of its own

    @property
    def main_column(self) -> str | None:
        """The column that a row alone means, or None where several may be meant.

        The reported year; else the total; else the year to date, which the return of December has
        for the year (the forms of Shanghai print a column for the month beside it); else the only
        one.
        """
        year = [c.key for c in self.columns if c.period == "year" or c.key == "value"]
        total = [c.key for c in self.columns if c.key == "total"]
        to_date = [c.key for c in self.columns if c.period == "year_to_date"]
        every = [c.key for c in self.columns]
        return next(
            (keys[0] for keys in (year, total, to_date, every) if len(keys) == 1), None
        )

    @cached_property
    def words_by_key(self) -> Mapping[LabelKey, str]:
        """The words over the figures in normal form, each with what it is; with the last thing if
        it is several."""
        words = {label_key(half_width(label)): kind for label, kind in self.words()}
        return MappingProxyType(words)

    @cached_property
    def columns_by_key(self) -> Mapping[LabelKey, Column]:
        """The columns by their labels and aliases in normal form."""
        by_key = {}
        for column in self.columns:
            by_key.update(dict.fromkeys(_keys(column.names), column))
        return MappingProxyType(by_key)

    @cached_property
    def head_word(self) -> re.Pattern[str]:
        """A word over the figures in normal form, the longest first."""
        whole = [*self.words_by_key, *self.columns_by_key]
        words = {key for word in whole for key in (word, without_notes(word)) if key}
        dated = [c.label_regex.strip("^$") for c in self.columns if c.label_regex]
        known = [re.escape(word) for word in sorted(words, key=len, reverse=True)]
        return re.compile("|".join([*known, *dated]) or "(?!)")

    @cached_property
    def head_words(self) -> re.Pattern[str]:
        """Words over the figures in normal form, glued to each other."""
        return re.compile(f"(?:{self.head_word.pattern}){{1,{_GLUED_MOST}}}+")

    def words(self) -> Iterator[tuple[str, str]]:
        """The words over the figures, each with what it is: stub, unit, code, group, column …"""
        groups = [
            name
            for column in self.columns
            for name in (column.group, column.supergroup)
        ]
        columns = [name for column in self.columns for name in column.names]
        kinds: dict[str, Sequence[str | None]] = {
            "stub": (self.stub_header, *self.stub_header_aliases),
            "unit": (self.unit_header, *self.unit_header_aliases),
            "code": (self.code_header,),
            "ordinal": (self.ordinal_header,),
            "group": (self.super_header, *groups),
            "column": columns,
            "caption": (self.title, *self.title_aliases) if self.caption else (),
        }
        for kind, labels in kinds.items():
            yield from ((label, kind) for label in labels if label)

    def __repr__(self) -> str:
        return (
            f"<FormTable {self.id}: {len(self.rows)} rows, {len(self.columns)} columns>"
        )


@frozen(repr=False)
class Relation:
    """A relation between figures of a form (勾稽关系).

    `rule` is the relation in one line, as `grammars/relation.lark` explains; `formula` is that
    line, parsed. `status` says where it comes from: `official` (printed on the form or in its
    notice), `definitional` (it follows from the layout of the form), `system` (a known data-entry
    system enforces it), `usual` (it has legitimate exceptions). `wording` is the official sentence,
    where the form prints one. `since` is the first year reported on that it binds.
    """

    id: str
    name: str
    name_zh: str
    table: str
    rule: str
    severity: Literal["error", "warning", "info"]
    status: Literal["official", "definitional", "system", "usual"]
    source: str
    wording: str | None = None
    since: int | None = None

    @property
    def formula(self) -> Formula:
        """The relation, parsed on first use."""
        return parse_formula(self.rule)

    def __repr__(self) -> str:
        return f"<Relation {self.id}: {self.rule}>"


@frozen
class Derived:
    """A figure that prose states in one and the form splits: `rule` has it as the sum of several
    rows or columns."""

    key: str
    rule: str
    note: str

    @property
    def formula(self) -> Formula:
        """The rule, parsed on first use."""
        return parse_formula(self.rule)


@frozen
class Part:
    """A part of the report that the notice asks for: the kind of its section, and its title."""

    kind: str
    title: str


@frozen(repr=False)
class Form:
    """An official form: its tables, the years reported on with it, and the notice that
    issued it. `parts` are those that a report must have, in order. `prose_from` is the
    first year whose sentences speak of its rows in its words, where that is before the
    form itself."""

    _repr_html_ = html_of

    id: str
    title: str
    jurisdiction: str
    first_year: int
    last_year: int
    issuing_notice: str
    tables: tuple[FormTable, ...]
    relations: tuple[Relation, ...] = ()
    derived: tuple[Derived, ...] = ()
    parts: tuple[Part, ...] = ()
    notice_title: str | None = None
    notice_date: str | None = None
    prose_from: int | None = None

    def covers(self, year: int) -> bool:
        """Whether the form is made for reports on a year."""
        return self.first_year <= year <= self.last_year

    def __repr__(self) -> str:
        rows = sum(len(table.rows) for table in self.tables)
        tables = f"{len(self.tables)} table{'s' * (len(self.tables) != 1)}"
        return f"<Form {self.id}: {self.title}, {tables}, {rows} rows>"
