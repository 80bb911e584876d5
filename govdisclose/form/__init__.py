"""The official forms: what a blank one prints, row by row, and which of them a filled table follows.

A form is a TOML file in `govdisclose/catalogue`; everything that code knows of a form it knows from there. Labels are
compared in a normal form (`label_key`), so a label seen in the wild is one alias, and a new form is one file.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple

from attrs import field, frozen

from govdisclose._lexicon.labels import (
    LabelKey,
    half_width,
    label_key,
    start_of,
    variants,
    without_notes,
    without_variants,
)
from govdisclose.form.relation import Formula, parse_formula

Names = tuple[str, ...]
NATIONAL: Final = "national"
"""The jurisdiction of the forms that the State Council issued."""


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
    caption: bool = False  # the title stands over the table in a cell of its own

    @property
    def main_column(self) -> str | None:
        """The column that a row alone means, or None where several may be meant.

        The reported year; else the total; else the year to date, which the return of December has for the year (the
        forms of Shanghai print a column for the month beside it); else the only one.
        """
        for wanted in (
            [c.key for c in self.columns if c.period == "year" or c.key == "value"],
            [c.key for c in self.columns if c.key == "total"],
            [c.key for c in self.columns if c.period == "year_to_date"],
            [c.key for c in self.columns],
        ):
            if len(wanted) == 1:
                return wanted[0]
        return None

    @cached_property
    def words_by_key(self) -> Mapping[LabelKey, str]:
        """The words over the figures in normal form, each with what it is; with the last thing if it is several."""
        return MappingProxyType({label_key(half_width(label)): kind for label, kind in self.words()})

    @cached_property
    def columns_by_key(self) -> Mapping[LabelKey, Column]:
        """The columns by their labels and aliases in normal form."""
        names = ((label, column) for column in self.columns for label in (column.label, *column.aliases))
        return MappingProxyType({label_key(half_width(label)): column for label, column in names})

    def words(self) -> Iterator[tuple[str, str]]:
        """The words that stand over the figures, each with what it is: stub, unit, code, group, column, caption …"""
        for kind, labels in (
            ("stub", (self.stub_header, *self.stub_header_aliases)),
            ("unit", (self.unit_header, *self.unit_header_aliases)),
            ("code", (self.code_header,)),
            ("ordinal", (self.ordinal_header,)),
            ("group", (self.super_header, *(c.group for c in self.columns), *(c.supergroup for c in self.columns))),
            ("column", tuple(label for c in self.columns for label in (c.label, *c.aliases))),
            ("caption", (self.title, *self.title_aliases) if self.caption else ()),
        ):
            yield from ((label, kind) for label in labels if label)


@frozen
class Relation:
    """A relation between figures of a form (勾稽关系).

    `rule` is the relation in one line, as `grammars/relation.lark` explains; `formula` is that line, parsed. `status`
    says where it comes from: `official` (printed on the form or in its notice), `definitional` (it follows from the
    layout of the form), `system` (a known data-entry system enforces it), `usual` (it has legitimate exceptions).
    `wording` is the official sentence, where the form prints one.
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

    @property
    def formula(self) -> Formula:
        """The relation, parsed on first use."""
        return parse_formula(self.rule)


@frozen
class Derived:
    """A figure that prose states in one and the form splits: `rule` has it as the sum of several rows or columns."""

    key: str
    rule: str
    note: str

    @property
    def formula(self) -> Formula:
        """The rule, parsed on first use."""
        return parse_formula(self.rule)


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


class Place(NamedTuple):
    """Where a label leads: a row of a table of a form, by its index."""

    form: str
    table: str
    row: int


class Inexact(NamedTuple):
    """A label that is not spelled as the form has it: the rows it must mean, and what is missing of it at its end."""

    places: tuple[Place, ...]
    rest: str


@frozen
class Catalogue:
    """All forms, and the one index from labels to rows."""

    forms: Mapping[str, Form]
    tables: Mapping[tuple[str, str], FormTable]
    places: Mapping[LabelKey, tuple[Place, ...]]
    headers: Mapping[LabelKey, str]
    header_patterns: re.Pattern[str]
    header_words: re.Pattern[str]
    units: frozenset[str]
    starts: frozenset[str]
    rows: Mapping[Place, Row]
    labels: Mapping[Place, LabelKey]
    counts: Mapping[Place, str]
    fragments: frozenset[str]
    unlabelled: re.Pattern[str]
    header_forms: Mapping[LabelKey, frozenset[str]]
    headed: Mapping[LabelKey, tuple[Place, ...]]

    def may_be_known(self, text: str) -> bool:
        """A quick no for most lines: whether a label or a header of some form begins like the half-width `text`."""
        return start_of(text) in self.starts

    def find(self, text: str) -> tuple[Place, ...]:
        """The rows that the half-width `text` may be the label of; empty when there is none.

        >>> catalogue().find("(一) 收到申请数")[0]
        Place(form='national-2014', table='main', row=21)
        """
        key = label_key(text)
        found = self.places.get(key)
        if found is None and "(" in key:
            found = self.places.get(without_notes(key))
        if found is None:
            found = self.headed.get(key) or self.headed.get(without_notes(key))
        if found is None and (plain := without_variants(key)) != key:
            return self.find(plain)
        return found or ()

    def rest_of(self, place: Place, text: str) -> str:
        """What is missing of the label of a row at its end, such as the rest of a note; empty if nothing is."""
        full, key = self.labels[place], label_key(text)
        return full[len(key) :] if full.startswith(key) else ""

    def find_inexact(self, text: str) -> Inexact | None:
        """The rows that a misspelled or cut label must mean: None if it is not near one label alone.

        A cut label is the beginning of one label only, at least six characters long. A misspelled one has at most one
        character wrong, missing or too many in six, two from ten on, and is nearer to one label than to all others.

        >>> catalogue().find_inexact("1.属于国家秘蜜").places[0].table
        'requests'
        """
        return _find_inexact(label_key(text))

    def is_header(self, text: str) -> bool:
        """Whether the half-width `text` heads a column in some form: 统计数, 2018年度."""
        key = label_key(text)
        return key in self.headers or self.header_patterns.fullmatch(key) is not None

    def words_in(self, text: str) -> Sequence[str]:
        """The header words that `text` is, or is glued of."""
        key = label_key(text)
        return [key] if key in self.headers else self.unlabelled.findall(key)

    def printed_by(self, text: str) -> frozenset[str]:
        """The forms that print the half-width `text` over their figures."""
        return self.header_forms.get(label_key(text), frozenset())

    def is_headers(self, text: str) -> bool:
        """Whether `text` is nothing but header words, glued to each other: 统 计 指 标单位统计数."""
        return self.header_words.fullmatch(label_key(text)) is not None

    def table(self, place: Place) -> FormTable:
        """The table that a place is in."""
        return self.tables[place[:2]]


_INEXACT_LEAST: Final = 6  # characters of a label that may be misspelled or cut
_INEXACT_MOST: Final = 60
_TWO_WRONG_FROM: Final = 10  # characters of a label that may have two of them wrong


@lru_cache(maxsize=2048)
def _find_inexact(key: LabelKey) -> Inexact | None:
    if not _INEXACT_LEAST <= len(key) <= _INEXACT_MOST:
        return None
    places = catalogue().places
    longer = [label for label in places if label.startswith(key)]
    rows = {places[label] for label in longer}
    if longer:
        return Inexact(places[longer[0]], max(longer, key=len)[len(key) :]) if len(rows) == 1 else None
    allowed = 2 if len(key) >= _TWO_WRONG_FROM else 1
    near: dict[tuple[Place, ...], int] = {}
    letters = set(key)
    for label, found in places.items():
        if abs(len(label) - len(key)) <= allowed and len(letters.difference(label)) <= allowed:
            wrong = distance(key, label, allowed)
            if wrong <= allowed:
                near[found] = min(wrong, near.get(found, wrong))
    if not near:
        return None
    least = min(near.values())
    best = [found for found, wrong in near.items() if wrong == least]
    return Inexact(best[0], "") if len(best) == 1 else None


def distance(a: str, b: str, most: int) -> int:
    """How many characters must be changed, added or dropped to make `b` of `a`; `most + 1` if it is more than that."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
        if min(row) > most:
            return most + 1
    return row[-1]


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
        key = label_key(half_width(label))
        yield key
        yield without_notes(key)


def _headed(table: FormTable, row: Row) -> Iterator[LabelKey]:
    """The label of a row with the heads that stand before it in cells of their own: (三)不予公开1.属于国家秘密."""
    by_key = {other.key: other for other in table.rows}
    labels = [half_width(row.enumerator + label) for label in (row.label, *row.aliases)]
    while table.super_header is not None and row.parent in by_key:
        row = by_key[row.parent]
        labels = [half_width(row.enumerator + head) + label for head in (row.label, *row.aliases) for label in labels]
        for label in labels:
            yield label_key(label)
            yield without_notes(label_key(label))


def _headers(forms: Iterable[Form]) -> Iterator[tuple[LabelKey, str]]:
    """The words that stand over figures, in normal form, each with what it is."""
    for form in forms:
        for table in form.tables:
            for label, kind in table.words():
                key = label_key(half_width(label))
                yield key, kind
                yield without_notes(key), kind


def _fragments(headers: Iterable[LabelKey]) -> Iterator[str]:
    """What a header word may be cut into by a narrow column: its beginnings and ends of two characters and more."""
    for word in headers:
        for cut in range(2, len(word)):
            yield word[:cut]
            if cut < len(word) - 1:
                yield word[cut:]


def _patterns(forms: Iterable[Form]) -> Iterator[str]:
    for form in forms:
        for table in form.tables:
            yield from (c.label_regex.strip("^$") for c in table.columns if c.label_regex)


def _unlabelled(forms: Iterable[Form]) -> Iterator[str]:
    """The words over tables whose one row of figures has no label."""
    return (
        label
        for form in forms
        for table in form.tables
        if table.key_from == "column"
        for label, kind in table.words()
        if kind in ("column", "group")
    )


@cache
def catalogue() -> Catalogue:
    """The forms that ship with the package, read once a process."""
    files = [f for f in resources.files("govdisclose.form").joinpath("data").iterdir() if f.name.endswith(".toml")]
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
    headed: dict[LabelKey, dict[Place, None]] = {}
    for form in forms.values():
        for table in form.tables:
            for i, row in enumerate(table.rows):
                for key in _headed(table, row):
                    headed.setdefault(key, {})[Place(form.id, table.id, i)] = None
    headers = {key: kind for key, kind in _headers(forms.values()) if key}
    patterns = "|".join(dict.fromkeys(_patterns(forms.values()))) or r"(?!)"
    words = "|".join(map(re.escape, sorted(headers, key=len, reverse=True)))
    rows = {
        Place(form.id, table.id, i): row
        for form in forms.values()
        for table in form.tables
        for i, row in enumerate(table.rows)
    }
    printed: dict[LabelKey, set[str]] = {}
    for form in forms.values():
        for key, _ in _headers([form]):
            printed.setdefault(key, set()).add(form.id)
    return Catalogue(
        headed=MappingProxyType({key: tuple(found) for key, found in headed.items() if key not in places}),
        header_forms=MappingProxyType({key: frozenset(ids) for key, ids in printed.items()}),
        rows=MappingProxyType(rows),
        counts=MappingProxyType(
            {
                Place(f.id, t.id, i): str(i + 1)
                for f in forms.values()
                for t in f.tables
                if t.ordinal_header
                for i in range(len(t.rows))
            }
        ),
        labels=MappingProxyType({place: label_key(half_width(row.label)) for place, row in rows.items()}),
        forms=MappingProxyType(forms),
        tables=MappingProxyType({(form.id, table.id): table for form in forms.values() for table in form.tables}),
        places=MappingProxyType({key: tuple(found) for key, found in places.items()}),
        headers=MappingProxyType(headers),
        header_patterns=re.compile(patterns),
        header_words=re.compile(f"(?:{words}|{patterns}){{1,24}}+"),
        starts=frozenset(key[:2] for key in (*places, *headers, *_patterns(forms.values()), *variants())),
        fragments=frozenset(_fragments(headers)),
        unlabelled=re.compile("|".join(map(re.escape, dict.fromkeys(_unlabelled(forms.values())))) or r"(?!)"),
        units=frozenset(r.unit for f in forms.values() for t in f.tables for r in t.rows if r.unit),
    )


# --- which form a table follows, and which row a label names


def ballot(labels: Iterable[tuple[Place, ...]], headers: Iterable[str], forms: Catalogue) -> Counter[str]:
    """How much the words of a table speak for each form; what only one form prints counts for more."""
    votes: Counter[str] = Counter()
    for places in labels:
        ids = {place.form for place in places}
        for form in ids:
            votes[form] += 1 if len(ids) > 1 else 3
    for word in (word for text in headers for word in forms.words_in(text)):
        printers = forms.printed_by(word)
        for form in printers:
            votes[form] += 1 if len(printers) > 1 else 3
    return votes


_FEW_VOTES: Final = 8  # of a fragment: three rows with a word over them


def recognise(votes: Counter[str], everywhere: Counter[str], forms: Catalogue) -> str | None:
    """The form that a table follows, by what it prints, never by the year; a tie is settled by the other tables.

    A few words do not speak against the rest of the report: a label cut at its beginning may be that of another form.
    """
    votes = votes or everywhere
    if not votes:
        return None
    best = max(votes.values())
    rest = everywhere - votes
    if best <= _FEW_VOTES and rest:
        most = max(rest.values())
        usual = [form for form in forms.forms if rest[form] == most > best and votes[form]]
        best = max((votes[form] for form in usual), default=best)
        votes = Counter({form: votes[form] for form in usual}) or votes
    tied = [form for form in forms.forms if votes[form] == best]
    return max(tied, key=lambda form: (everywhere[form], forms.forms[form].jurisdiction == NATIONAL))


def anchor(labels: Sequence[tuple[Place, ...]], form: str | None, forms: Catalogue) -> list[Place | None]:
    """The row of the form that each label names, in order; None where that cannot be told.

    A label that names several rows (被依法纠错数 under 四 and under 五) belongs to the parent of the row before it;
    else to the one that lies between its neighbours.
    """
    mine = [tuple(p for p in places if p.form == form) for places in labels]
    out: list[Place | None] = [places[0] if len(places) == 1 else None for places in mine]
    used = {p for p in out if p}
    last: Place | None = None
    afters: list[Place | None] = [None] * len(mine)
    for i in range(len(mine) - 2, -1, -1):
        afters[i] = out[i + 1] or afters[i + 1]
    for i, places in enumerate(mine):
        if len(places) > 1:
            free = [p for p in places if p not in used and (last is None or p.table != last.table or p.row > last.row)]
            kin = [p for p in free if last is not None and _akin(forms, last, p)]
            after = afters[i]
            between = [p for p in free if after is None or p.table != after.table or p.row < after.row]
            chosen = kin if len(kin) == 1 and kin[0] in between else between
            if len(chosen) == 1:
                out[i] = chosen[0]
                used.add(chosen[0])
        last = out[i] or last
    return out


def _akin(forms: Catalogue, last: Place, place: Place) -> bool:
    """Whether `place` lies under the same parent as `last`, or under `last` itself."""
    if last.table != place.table:
        return False
    before, row = forms.rows[last], forms.rows[place]
    return row.parent is not None and row.parent in (before.parent, before.key)
