"""What `parse` returns: frozen values, all spans in characters of the string that the caller gave.

Guarantees:

1. For every value with both `raw` and `span`, `source.text[span.start:span.end] == raw`.
2. `Report.from_dict(report.to_dict()) == report`, and the same through JSON.
3. A figure is an `int` or a `Decimal`, never a `float`; a cell has a value only where its reading is `number`.

`source` on each value is a way back to the text for `explain`; it takes no part in equality and is not written out.

Read on in this order: the values, `Report`, how a section is found, how a figure is found, out (`to_dict`), and back in
(`from_dict`).
"""

from __future__ import annotations

import json
import re
import reprlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal, NoReturn, TypeAlias, get_args

from attrs import field, frozen

from govdisclose._lexicon.numeral import read_ordinal
from govdisclose.diagnostic import Diagnostic, Severity
from govdisclose.errors import AmbiguousKey, ContractError, UnknownKey
from govdisclose.form import FormTable, catalogue
from govdisclose.report.json_text import as_json
from govdisclose.text import Mark, Source, Span

if TYPE_CHECKING:  # concepts are read from their files when they are asked for
    from govdisclose.form.concepts import Crosswalk
    from govdisclose.report.series import Value

SCHEMA_VERSION: Final = 1
DEEPEST: Final = 6
"""How deep sections nest at most: a preface, and the five classes of markers. Recursion over sections ends there."""

Figure: TypeAlias = int | Decimal
Kind = Literal["annual-report", "interpretation", "blank-form", "statistics-list", "notice", "other"]
"""What a text is: an annual report, or a look-alike: a reading of one in words or pictures, a form not filled
in, statistics of a quarter or month, a notice about reports, or something else. `kinds.toml` has the words."""
Reading = Literal["number", "blank", "dash", "none", "unreadable"]


def _hidden() -> Any:
    return field(default=None, eq=False, repr=False)


@frozen
class Period:
    """The statistical period, both ends included."""

    start: date
    end: date


@frozen
class Contact:
    """How to reach the office that answers for the report, as printed (blanks inside numbers and addresses removed)."""

    address: str | None = None
    postcode: str | None = None
    phone: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    website: tuple[str, ...] = ()


@frozen
class Evidence:
    """The place that a field of the metadata was read from; `field` is dotted, such as `contact.phone`."""

    field: str
    raw: str
    span: Span
    source: Source | None = _hidden()


@frozen
class Metadata:
    """Who reports on what year, and when. What the text does not say is None; nothing is assumed.

    `title` and `issuer` are repaired and simplified; `issuer` is the full name where the text has it, also when the
    title has a short one. `year` is the year reported on. `published` is the day the page was put up, `signed` the
    day under the signature.
    """

    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    period: Period | None = None
    published: date | None = None
    signed: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    contact: Contact = Contact()
    evidence: tuple[Evidence, ...] = ()


@frozen
class Paragraph:
    """A paragraph of prose: `text` is repaired, simplified and stripped; `raw` is the source."""

    text: str
    raw: str
    span: Span
    source: Source | None = _hidden()


@frozen(repr=False)
class Section:
    r"""A numbered part of the report with all below it.

    `level` is the class of the marker (0 a preface without number, 1 一、 2 （一） 3 1. 4 （1） 5 ①), `number` its
    ordinal, `title` the text without the marker, or None for a numbered paragraph. `kind` is a key of the section
    catalogue or `unclassified`. `raw` and `span` are those of the heading.

    >>> from govdisclose import parse
    >>> section = parse("一、概述\n全年公开信息14万余条。\n（一）依据\n根据规定。\n")["一"]
    >>> section.title, section.kind, section.raw, section["（一）"].level
    ('概述', 'overview', '一、概述', 2)
    """

    level: int
    number: int | None
    marker: str
    title: str | None
    kind: str
    raw: str
    span: Span
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    source: Source | None = _hidden()

    def __getitem__(self, key: str | int) -> Section:
        """The part right below with this number, written as a marker (`"（一）"`, `"(一)"`), a title, or an int.

        Raises `UnknownKey` where there is none, and `AmbiguousKey` where several go by that key.
        """
        return _find(self.sections, key, f"section {_heading(self)}")

    def __repr__(self) -> str:
        counts = [_count(len(self.paragraphs), "paragraph"), _count(len(self.sections), "section")]
        return f"<Section {_heading(self)} [{_cut(self.kind, 30)}]: {', '.join(counts)}>"

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        stack = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.sections))


@frozen
class Cell:
    """One cell of a table.

    `row` and `column` are keys of the form, or None where the form has no such row or column. `value` is a figure
    where `reading` is `number`, else None. `unit` is printed, or filled in from the form if `unit_inferred`.
    `inferred` says that the arithmetic of the form, not the layout, put the figure here. `diagnostics` are codes.

    >>> from importlib.resources import files
    >>> from govdisclose import parse
    >>> cells = parse(files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")).cells
    >>> cell = next(cell for cell in cells if cell.row == "requests.received")
    >>> cell.label, cell.value, cell.unit, cell.reading, cell.span
    ('（一）收到申请数', 37, '件', 'number', Span(start=2560, end=2562))
    """

    row: str | None
    column: str | None
    label: str
    value: Figure | None
    unit: str | None
    reading: Reading
    raw: str
    span: Span
    inferred: bool = False
    unit_inferred: bool = False
    diagnostics: tuple[str, ...] = ()
    source: Source | None = _hidden()

    @property
    def place(self) -> Mark | None:
        """Where in a file this stands: page, table, row and column, as far as it is known; None for plain text."""
        return self.source.place(self.span) if self.source else None


@frozen
class Table:
    """A statistical table. `form` and `table` are keys of the catalogue, None where no form fits.

    >>> from importlib.resources import files
    >>> from govdisclose import parse
    >>> (table,) = parse(files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")).tables
    >>> table.form, table.table, len(table.cells)
    ('national-2014', 'main', 65)
    """

    form: str | None
    table: str | None
    title: str | None
    span: Span
    cells: tuple[Cell, ...] = ()
    source: Source | None = _hidden()


@frozen
class Quantity:
    r"""A figure stated in prose: 14万余条 is 140000, 条, approximate. `indicator` is its key where it is known.

    >>> from govdisclose import parse
    >>> (figure,) = parse("一、概述\n全年公开信息14万余条。").quantities
    >>> figure.value, figure.unit, figure.approximate, figure.raw
    (140000, '条', True, '14万余条')
    """

    value: Figure
    unit: str | None
    approximate: bool
    raw: str
    span: Span
    indicator: str | None = None
    source: Source | None = _hidden()

    @property
    def place(self) -> Mark | None:
        """Where in a file this stands: page, table, row and column, as far as it is known; None for plain text."""
        return self.source.place(self.span) if self.source else None


@frozen
class Citation:
    r"""A cited document: its symbol in standard form (国办发〔2018〕23号), its title, or both.

    >>> from govdisclose import parse
    >>> [(c.symbol, c.raw) for c in parse("一、概述\n根据国办发[2018]23号文件。").citations]
    [('国办发〔2018〕23号', '国办发[2018]23号')]
    """

    symbol: str | None
    title: str | None
    raw: str
    span: Span
    source: Source | None = _hidden()


@frozen
class Attachment:
    r"""A file that the report names as attached: its name as shown, its format (`xls`, `doc`), and where a link leads.

    `format` is the ending of the name or of the target, in small letters, or None; `target` is as the page writes it.

    >>> from govdisclose import parse
    >>> [(a.name, a.format, a.target) for a in parse("一、概述\n已公开。\n附件：统计表.xls").attachments]
    [('统计表.xls', 'xls', None)]
    """

    name: str
    format: str | None
    target: str | None
    raw: str
    span: Span
    source: Source | None = _hidden()


@frozen
class Repair:
    """A change made to the text before it was read: `old` at `span` of the source became `new`. See `replay`."""

    by: str
    span: Span
    old: str
    new: str
    source: Source | None = _hidden()


@frozen
class Furniture:
    """A line of the page that is not part of the report: a breadcrumb, a toolbar, a counter."""

    kind: str
    raw: str
    span: Span
    source: Source | None = _hidden()


@frozen(repr=False)
class Report:
    """A report, read. See `govdisclose.parse`.

    `kind` says whether it is an annual report at all. `preamble` is what stands before the first section. `repairs` are
    the changes made to the text before it was read, in order; applied to the source they give the text that was read.
    """

    metadata: Metadata = Metadata()
    preamble: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    repairs: tuple[Repair, ...] = ()
    kind: Kind = "annual-report"
    source: Source | None = _hidden()

    def __getitem__(self, key: str | int) -> Section:
        """The part of the report with this number, written as a marker, a title, or an int.

        `report["三"]`, `report["三、"]`, `report["第三部分"]`, `report[3]` and `report["主动公开情况"]` may all lead to
        the same section; parts of it are found the same way, `report["三"]["(一)"]`. Blanks and the width of
        characters do not matter. The class of the marker is kept (`"1."` is not `"一、"`), unless only one section
        has that number at all: reports nest the classes differently.

        Raises `UnknownKey` where there is none, and `AmbiguousKey` where several go by that key.

        >>> section = Section(1, 3, "三、", "主动公开情况", "proactive", "三、主动公开情况", Span(0, 8))
        >>> report = Report(sections=(section,))
        >>> report["三"] is report["三、"] is report[3] is report["主动公开情况"]
        True
        """
        return _find(self.sections, key, "the report")

    def walk(self) -> Iterator[Section]:
        """All sections, in the order of the text."""
        for section in self.sections:
            yield from section.walk()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all tables, in the order of the text."""
        return tuple(cell for table in self.tables for cell in table.cells)

    def cell(self, key: str) -> Cell | None:
        """The cell with this indicator key, or None where the report has no such cell.

        A key is `"row@column"`; a row alone, which means the column for the reported year (or else the column of
        totals); or a column alone in the tables that are keyed by column. Keys are those of `govdisclose.form`.

        Raises `UnknownKey` where no form has that key (the message lists the nearest), and `AmbiguousKey` where the
        key leaves several columns open, or the report states the indicator twice with different figures.

        >>> cell = Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(9, 10))
        >>> report = Report(tables=(Table("national-2014", "main", None, Span(0, 10), (cell,)),))
        >>> report.cell("requests.received").raw
        '5'
        """
        return _cell(self.tables, key)

    def value(self, key: str) -> Figure | None:
        """The figure with this indicator key in the tables; None where it is blank, unreadable or absent.

        Keys and errors are those of `cell`. A blank is not zero: to tell it from an absent row, ask for the cell.

        >>> Report().value("requests.received") is None
        True
        """
        cell = _cell(self.tables, key)
        return None if cell is None else cell.value

    def series(self, crosswalk: Crosswalk | None = None) -> tuple[Value, ...]:
        """Every concept on every form that the report follows: value, status, why, flags, and the cells it is made of.

        Concepts without a figure are there as well, with what is lacking. `crosswalk` is one of `govdisclose.concepts`;
        without it the package's own.

        >>> Report().series()
        ()
        """
        from govdisclose.form.concepts import concepts
        from govdisclose.report.series import series

        return series(self.tables, crosswalk or concepts())

    def concept(self, concept: str, crosswalk: Crosswalk | None = None) -> Value:
        """One concept, such as `requests.received`, whatever form the report follows. Its value may be None.

        Raises `UnknownKey` for a concept that there is not.

        >>> cell = Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(9, 10))
        >>> report = Report(tables=(Table("national-2014", "main", None, Span(0, 10), (cell,)),))
        >>> received = report.concept("requests.received")
        >>> received.value, received.status, received.why
        (5, 'D', 'there is no row for requests carried over, so some bodies counted those pending from the year before')
        """
        from govdisclose.form.concepts import concepts
        from govdisclose.report.series import concept_value

        return concept_value(self.tables, crosswalk or concepts(), concept)

    def why(self, key: str, lang: Literal["en", "zh"] = "en") -> str:
        """One sentence, in English or Chinese: why there is a figure for an indicator key or a concept, or why not.

        It tells a blank, a dash, 无, several readings, several figures, a row that is absent, a table that is absent,
        and a key of another form, with what this form has in its place. Raises `UnknownKey` where no form has the key.

        >>> cell = Cell("requests.received", "value", "收到申请数", None, "件", "blank", "", Span(9, 9))
        >>> report = Report(tables=(Table("national-2014", "main", None, Span(0, 9), (cell,)),))
        >>> report.why("requests.received")
        'Requests received (requests.received@value) is left blank: line 1, column 10'
        >>> report.why("requests.new", lang="zh")
        '报告所用的表式national-2014没有本年新收政府信息公开申请数量（requests.new），最接近的是requests.received（表中没有结转项，部分机关把上年未办结的申请计入）'
        """
        from govdisclose.report.why import why

        return why(self.tables, key, lang)

    def __repr__(self) -> str:
        who = _cut(self.metadata.issuer or "(no issuer)", 24)
        parts = [_count(sum(1 for _ in self.walk()), "section"), _tables_in_short(self.tables)]
        if self.quantities:
            parts.append(_count(len(self.quantities), "quantity", "quantities"))
        parts.append(_count(len(self.diagnostics), "diagnostic"))
        return f"<Report {who} {self.metadata.year or '(no year)'}: {', '.join(parts)}>"

    def to_dict(self) -> dict[str, Any]:
        """The report as plain dicts, lists, strings, ints and None: the contract that `json_schema()` states.

        Dates are ISO strings, spans are `[start, end]`. A figure is an int, or, where it has decimals, a string
        (`"9.6"`), because a float would not be exact.

        >>> Report().to_dict()["schema_version"]
        1
        """
        return {
            "schema_version": SCHEMA_VERSION,
            "kind": self.kind,
            "metadata": _metadata_out(self.metadata),
            "preamble": _paragraphs_out(self.preamble),
            "sections": _sections_out(self.sections),
            "tables": [_table_out(t) for t in self.tables],
            "quantities": [
                {
                    "value": q.value if q.value.__class__ is int else format(q.value, "f"),
                    "unit": q.unit,
                    "approximate": q.approximate,
                    "raw": q.raw,
                    "span": [*q.span],
                    "indicator": q.indicator,
                }
                for q in self.quantities
            ],
            "citations": [
                {"symbol": c.symbol, "title": c.title, "raw": c.raw, "span": [*c.span]} for c in self.citations
            ],
            "attachments": [
                {"name": a.name, "format": a.format, "target": a.target, "raw": a.raw, "span": [*a.span]}
                for a in self.attachments
            ],
            "furniture": [{"kind": f.kind, "raw": f.raw, "span": [*f.span]} for f in self.furniture],
            "diagnostics": [
                {
                    "code": d.code,
                    "severity": d.severity,
                    "message": d.message,
                    "span": None if d.span is None else [*d.span],
                }
                for d in self.diagnostics
            ],
            "repairs": [{"by": r.by, "span": [*r.span], "old": r.old, "new": r.new} for r in self.repairs],
        }

    def to_json(self, indent: int | None = None) -> str:
        """`to_dict` as JSON, with Chinese as it is; it can always be written as UTF-8.

        A lone surrogate (half of a character that was decoded wrongly) cannot: a report that holds one is written in
        ASCII, with escapes. JSON itself has no way to say two halves that stand next to each other and are not one
        character; these come back as that character.

        >>> Report(metadata=Metadata(issuer="某局")).to_json()[:45]
        '{"schema_version": 1, "kind": "annual-report"'
        """
        return as_json(self.to_dict(), indent)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], source: str | Source | None = None) -> Report:
        """The report that `to_dict` wrote: `Report.from_dict(report.to_dict()) == report`.

        `source` is the text that the report was read from. Given it, the values lead back to the text again, so that
        `explain` works on them.

        Raises `ContractError` where `data` does not follow the contract or was written by another version of it, and
        where `source` is not the text of this report; the message names the path, such as `tables[0].cells[3].value`.

        >>> Report.from_dict(Report().to_dict()) == Report()
        True
        """
        if not isinstance(data, Mapping):
            _wrong("report", "an object", data)
        version = data.get("schema_version")
        if version.__class__ is not int or version != SCHEMA_VERSION:
            _wrong("schema_version", f"{SCHEMA_VERSION}, the version that this govdisclose reads", version)
        report: Report = _REPORT(data, "", Source(source) if isinstance(source, str) else source)
        return report

    @classmethod
    def from_json(cls, written: str | bytes, source: str | Source | None = None) -> Report:
        """The report that `to_json` wrote. Raises `ContractError` where `from_dict` does, and where it is not JSON.

        >>> Report.from_json(Report().to_json()) == Report()
        True
        """
        try:
            data = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise ContractError(f"report: expected JSON as Report.to_json writes it: {error}") from error
        return cls.from_dict(data, source)


# --- in short ---------------------------------------------------------------------------------------------------------


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _cut(text: str, most: int) -> str:
    """`text` on one line, cut to `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _heading(section: Section) -> str:
    """The marker and the title of a section, short enough for a message."""
    return _cut(f"{section.marker} {section.title or ''}", 40)


def _tables_in_short(tables: tuple[Table, ...]) -> str:
    if not tables:
        return "no tables"
    cells = [c for t in tables for c in t.cells]
    forms = ", ".join(dict.fromkeys(t.form or "unknown form" for t in tables))
    figures = sum(c.value is not None for c in cells)
    return (
        f"{_count(len(tables), 'table')} ({_cut(forms, 24)}; {figures:,} of {_count(len(cells), 'cell')} with figures)"
    )


# --- how a section is found -------------------------------------------------------------------------------------------

# A key that is a marker, after NFKC without blanks. The last group is for the ordinal; the index is that of the level.
_CN: Final = "[〇零一二三四五六七八九十百]{1,7}"
_KEYS: Final = (
    (1, re.compile(rf"第({_CN}|[0-9]{{1,4}})部分[、:.,]?|({_CN})[、.,:]?")),
    (2, re.compile(rf"\(({_CN})\)[、.,:]?")),
    (3, re.compile(r"([0-9]{1,4})[、.,:]?")),
    (4, re.compile(r"\(?([0-9]{1,4})\)[、.,:]?")),
)
_CIRCLED: Final = re.compile(r"([\N{CIRCLED DIGIT ONE}-\N{CIRCLED NUMBER TWENTY}])[、.,:]?")
_LISTED: Final = 20  # sections that a message lists


def _plain(text: str) -> str:
    """`text` for comparing: characters of one width, no blanks. (㈠ becomes (一), ⑴ becomes (1), １． becomes 1.)"""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _marker(key: str) -> tuple[int, int] | None:
    """The level and the number that `key` is the marker of, or None."""
    squeezed = "".join(key.split())
    if circled := _CIRCLED.fullmatch(squeezed):  # before NFKC, which makes it a plain digit
        return _numbered(5, circled[1])
    plain = _plain(squeezed)
    for level, shape in _KEYS:
        if found := shape.fullmatch(plain):
            return _numbered(level, next(filter(None, found.groups())))
    return None


def _numbered(level: int, ordinal: str) -> tuple[int, int] | None:
    number = read_ordinal(ordinal)
    return None if number is None else (level, number)


def _find(sections: tuple[Section, ...], key: str | int, where: str) -> Section:
    """The one of `sections` that goes by `key`; `where` is what they are the parts of, for the message."""
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise TypeError(f"a section is found by str or int, not by {type(key).__name__}; use .sections for positions")
    found = _by_number(sections, None, key) if isinstance(key, int) else _by_text(sections, key)
    if not found:
        have = "; ".join(_heading(s) for s in sections[:_LISTED]) or "no sections"
        more = f"; and {len(sections) - _LISTED} more" if len(sections) > _LISTED else ""
        raise UnknownKey(f"{where} has no section {_cut(str(key), 40)!r}; it has: {have}{more}")
    if len(found) > 1:
        raise AmbiguousKey(
            f"{where} has {len(found)} sections {_cut(str(key), 40)!r}: {'; '.join(map(_heading, found[:_LISTED]))}; "
            "write a marker with its points or brackets, or a title, or take one from .sections"
        )
    return found[0]


def _by_text(sections: Iterable[Section], key: str) -> list[Section]:
    if marker := _marker(key):
        level, number = marker
        if found := _by_number(sections, level, number):
            return found
    plain = _plain(key)
    titled = [s for s in sections if plain and plain in (_plain(s.title or ""), _plain(s.marker + (s.title or "")))]
    if titled or not marker:
        return titled
    return _by_number(sections, None, marker[1])


def _by_number(sections: Iterable[Section], level: int | None, number: int) -> list[Section]:
    return [s for s in sections if s.number == number and level in (None, s.level)]


# --- how a figure is found --------------------------------------------------------------------------------------------


def _form_table(form: str | None, table: str | None) -> FormTable | None:
    found = catalogue().forms.get(form) if form else None
    return next((t for t in found.tables if t.id == table), None) if found else None


def _cell(tables: Iterable[Table], key: str) -> Cell | None:
    row, at, column = key.partition("@")
    found: list[Cell] = []
    for table in tables:
        if at:
            found += [c for c in table.cells if c.row == row and c.column == column]
            continue
        form = _form_table(table.form, table.table)
        if form and form.key_from == "column":
            found += [c for c in table.cells if c.column == key]
        else:
            found += _in_row(table, form, key)
    if not found:
        _require_known(key)
        return None
    figures = dict.fromkeys(c.value for c in found if c.value is not None)
    if len(figures) > 1:
        raise AmbiguousKey(
            f"the report states {key!r} {len(found)} times, with different figures ({', '.join(map(str, figures))}); "
            "look at the cells of report.tables"
        )
    return next((c for c in found if c.value is not None), found[0])


def _in_row(table: Table, form: FormTable | None, key: str) -> list[Cell]:
    cells = [c for c in table.cells if c.row == key]
    if not cells:
        return cells
    columns = [c.key for c in form.columns] if form else list(dict.fromkeys(c.column for c in cells if c.column))
    column = form.main_column if form else columns[0] if len(columns) == 1 else None
    if column is None:
        keys = ", ".join(f"{key}@{c}" for c in columns)
        raise AmbiguousKey(f"{key!r} has a figure in several columns; write one of: {keys}")
    return [c for c in cells if c.column == column]


@cache
def _known_keys() -> frozenset[str]:
    """Every key that `cell` may be asked for, over all forms."""
    keys: set[str] = set()
    for form in catalogue().forms.values():
        for table in form.tables:
            keys.update(x.key for x in (table.columns if table.key_from == "column" else table.rows))
            keys.update(f"{r.key}@{c.key}" for r in table.rows for c in table.columns)
    return frozenset(keys)


def _require_known(key: str) -> None:
    known = _known_keys()
    if key in known:
        return
    # A row or a label that is known tells more than the nearest spelling.
    near = sorted(k for k in known if k.startswith(f"{key.partition('@')[0]}@")) if "@" in key else []
    if not near:
        cat = catalogue()
        near = list(dict.fromkeys(cat.table(p).rows[p.row].key for p in cat.find(_plain(key))))
    near = near or get_close_matches(key, sorted(known), n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near[:5])}?" if near else ""
    raise UnknownKey(f"no form has an indicator {_cut(key, 60)!r}{hint} (`govdisclose forms` lists them)")


# --- out --------------------------------------------------------------------------------------------------------------


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _metadata_out(m: Metadata) -> dict[str, Any]:
    c = m.contact
    return {
        "title": m.title,
        "issuer": m.issuer,
        "year": m.year,
        "period": None if m.period is None else {"start": _day(m.period.start), "end": _day(m.period.end)},
        "published": _day(m.published),
        "signed": _day(m.signed),
        "index_number": m.index_number,
        "document_number": m.document_number,
        "contact": {
            "address": c.address,
            "postcode": c.postcode,
            "phone": [*c.phone],
            "fax": [*c.fax],
            "email": [*c.email],
            "website": [*c.website],
        },
        "evidence": [{"field": e.field, "raw": e.raw, "span": [*e.span]} for e in m.evidence],
    }


def _paragraphs_out(paragraphs: tuple[Paragraph, ...]) -> list[dict[str, Any]]:
    return [{"text": p.text, "raw": p.raw, "span": [*p.span]} for p in paragraphs]


def _sections_out(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    """Recursion, but not on the input: sections nest `DEEPEST` deep at most."""
    return [
        {
            "level": s.level,
            "number": s.number,
            "marker": s.marker,
            "title": s.title,
            "kind": s.kind,
            "raw": s.raw,
            "span": [*s.span],
            "paragraphs": _paragraphs_out(s.paragraphs),
            "sections": _sections_out(s.sections) if s.sections else [],
        }
        for s in sections
    ]


def _table_out(table: Table) -> dict[str, Any]:
    return {
        "form": table.form,
        "table": table.table,
        "title": table.title,
        "span": [*table.span],
        "cells": [
            {
                "row": c.row,
                "column": c.column,
                "label": c.label,
                "value": format(c.value, "f") if isinstance(c.value, Decimal) else c.value,
                "unit": c.unit,
                "reading": c.reading,
                "raw": c.raw,
                "span": [*c.span],
                "inferred": c.inferred,
                "unit_inferred": c.unit_inferred,
                "diagnostics": [*c.diagnostics],
            }
            for c in table.cells
        ],
    }


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `Report.to_dict` and `Report.to_json` write; a new dict each time.

    >>> json_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    written = resources.files("govdisclose.report").joinpath("report.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(written)
    return schema


# --- back in ----------------------------------------------------------------------------------------------------------
# Each reader takes a value, its path, and the source; it returns what it read, or raises ContractError with the path.

_Read: TypeAlias = Callable[[Any, str, Source | None], Any]


def _wrong(path: str, expected: str, found: object) -> NoReturn:
    raise ContractError(f"{path}: expected {expected}, found {reprlib.repr(found)}")


def _read_text(value: Any, path: str, _: Source | None) -> str:
    return value if isinstance(value, str) else _wrong(path, "a string", value)


def _read_flag(value: Any, path: str, _: Source | None) -> bool:
    return value if isinstance(value, bool) else _wrong(path, "true or false", value)


def _read_int(value: Any, path: str, _: Source | None) -> int:
    return value if value.__class__ is int else _wrong(path, "an integer", value)


def _read_level(value: Any, path: str, _: Source | None) -> int:
    return value if value.__class__ is int and 0 <= value < DEEPEST else _wrong(path, "a level from 0 to 5", value)


_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _read_figure(value: Any, path: str, _: Source | None) -> Figure:
    if value.__class__ is int:
        return int(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return _wrong(path, 'an integer, or a string such as "9.6"', value)


def _read_day(value: Any, path: str, _: Source | None) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return _wrong(path, "a day such as 2018-12-31", value)


def _read_span(value: Any, path: str, source: Source | None) -> Span:
    if not isinstance(value, list | tuple) or len(value) != 2 or any(x.__class__ is not int for x in value):
        _wrong(path, "[start, end]", value)
    if not 0 <= value[0] <= value[1]:
        _wrong(path, "[start, end] with 0 <= start <= end", value)
    if source is not None and value[1] > len(source.text):
        _wrong(path, f"a span inside the given source of {len(source.text)} characters", value)
    return Span(*value)


def _one_of(choices: tuple[str, ...]) -> _Read:
    def read(value: Any, path: str, _: Source | None) -> str:
        if isinstance(value, str) and value in choices:
            return value
        _wrong(path, f"one of {', '.join(choices)}", value)

    return read


def _or_null(inner: _Read) -> _Read:
    def read(value: Any, path: str, source: Source | None) -> Any:
        return None if value is None else inner(value, path, source)

    return read


def _list_of(inner: _Read) -> _Read:
    def read(value: Any, path: str, source: Source | None) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            _wrong(path, "a list", value)
        return tuple([inner(x, f"{path}[{i}]", source) for i, x in enumerate(value)])

    return read


def _read_nothing_deeper(value: Any, path: str, _: Source | None) -> tuple[()]:
    return () if value in ([], ()) else _wrong(path, f"no sections {DEEPEST} deep", value)


def _object(make: Callable[..., Any], fields: Mapping[str, _Read]) -> _Read:
    """A reader of objects that have just these members."""

    def read(value: Any, path: str, source: Source | None) -> Any:
        return make(**_members(fields, value, path, source))

    return read


def _node(make: Callable[..., Any], fields: Mapping[str, _Read], holds: str | None = "raw") -> _Read:
    """A reader of values that stand somewhere in the source; `holds` names the member that says what stands there."""

    def read(value: Any, path: str, source: Source | None) -> Any:
        members = _members(fields, value, path, source)
        if source is not None and holds and source.slice(members["span"]) != members[holds]:
            there = reprlib.repr(source.slice(members["span"]))
            _wrong(f"{path}.{holds}", f"{there} as in the given source", members[holds])
        return make(**members, source=source)

    return read


def _members(fields: Mapping[str, _Read], value: Any, path: str, source: Source | None) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        _wrong(path, "an object", value)
    if value.keys() != fields.keys():
        if missing := [name for name in fields if name not in value]:
            raise ContractError(f"{path or 'report'}: expected a member {missing[0]!r}, found none")
        extra = next(name for name in value if name not in fields)
        raise ContractError(f"{path or 'report'}: expected no member {extra!r}")
    before = f"{path}." if path else ""
    return {name: read(value[name], before + name, source) for name, read in fields.items()}


_TEXT: Final = _or_null(_read_text)
_TEXTS: Final = _list_of(_read_text)
_PARAGRAPHS: Final = _list_of(_node(Paragraph, {"text": _read_text, "raw": _read_text, "span": _read_span}))
_PERIOD: Final = _object(Period, {"start": _read_day, "end": _read_day})
_CONTACT: Final = _object(
    Contact,
    {"address": _TEXT, "postcode": _TEXT, "phone": _TEXTS, "fax": _TEXTS, "email": _TEXTS, "website": _TEXTS},
)
_METADATA: Final = _object(
    Metadata,
    {
        "title": _TEXT,
        "issuer": _TEXT,
        "year": _or_null(_read_int),
        "period": _or_null(_PERIOD),
        "published": _or_null(_read_day),
        "signed": _or_null(_read_day),
        "index_number": _TEXT,
        "document_number": _TEXT,
        "contact": _CONTACT,
        "evidence": _list_of(_node(Evidence, {"field": _read_text, "raw": _read_text, "span": _read_span})),
    },
)


def _section_with(below: _Read) -> _Read:
    return _node(
        Section,
        {
            "level": _read_level,
            "number": _or_null(_read_int),
            "marker": _read_text,
            "title": _TEXT,
            "kind": _read_text,
            "raw": _read_text,
            "span": _read_span,
            "paragraphs": _PARAGRAPHS,
            "sections": below,
        },
    )


def _sections_deep(levels: int) -> _Read:
    """A reader of sections that nest `levels` deep: one reader inside the other, so nothing deeper is followed."""
    read: _Read = _read_nothing_deeper
    for _ in range(levels):
        read = _list_of(_section_with(read))
    return read


_CELL: Final = _node(
    Cell,
    {
        "row": _TEXT,
        "column": _TEXT,
        "label": _read_text,
        "value": _or_null(_read_figure),
        "unit": _TEXT,
        "reading": _one_of(get_args(Reading)),
        "raw": _read_text,
        "span": _read_span,
        "inferred": _read_flag,
        "unit_inferred": _read_flag,
        "diagnostics": _TEXTS,
    },
)


def _read_cell(value: Any, path: str, source: Source | None) -> Cell:
    cell: Cell = _CELL(value, path, source)
    if cell.value is not None and cell.reading != "number":
        _wrong(f"{path}.value", f"null where reading is {cell.reading}", cell.value)
    return cell


_TABLE: Final = _node(
    Table,
    {"form": _TEXT, "table": _TEXT, "title": _TEXT, "span": _read_span, "cells": _list_of(_read_cell)},
    holds=None,
)
_QUANTITY: Final = _node(
    Quantity,
    {
        "value": _read_figure,
        "unit": _TEXT,
        "approximate": _read_flag,
        "raw": _read_text,
        "span": _read_span,
        "indicator": _TEXT,
    },
)
_CITATION: Final = _node(Citation, {"symbol": _TEXT, "title": _TEXT, "raw": _read_text, "span": _read_span})
_ATTACHMENT: Final = _node(
    Attachment, {"name": _read_text, "format": _TEXT, "target": _TEXT, "raw": _read_text, "span": _read_span}
)
_FURNITURE: Final = _node(Furniture, {"kind": _read_text, "raw": _read_text, "span": _read_span})
_DIAGNOSTIC: Final = _node(
    Diagnostic,
    {"code": _read_text, "severity": _one_of(get_args(Severity)), "message": _read_text, "span": _or_null(_read_span)},
    holds=None,
)
_REPAIR: Final = _node(
    Repair, {"by": _read_text, "span": _read_span, "old": _read_text, "new": _read_text}, holds="old"
)


def _make_report(schema_version: int, **members: Any) -> Report:
    return Report(**members)


_REPORT: Final = _node(
    _make_report,
    {
        "schema_version": _read_int,
        "kind": _one_of(get_args(Kind)),
        "metadata": _METADATA,
        "preamble": _PARAGRAPHS,
        "sections": _sections_deep(DEEPEST),
        "tables": _list_of(_TABLE),
        "quantities": _list_of(_QUANTITY),
        "citations": _list_of(_CITATION),
        "attachments": _list_of(_ATTACHMENT),
        "furniture": _list_of(_FURNITURE),
        "diagnostics": _list_of(_DIAGNOSTIC),
        "repairs": _list_of(_REPAIR),
    },
    holds=None,
)
