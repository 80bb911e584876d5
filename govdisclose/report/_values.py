"""The parts of a report. A class is the table of its fields: `_fields` makes the contract of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from attrs import frozen

from govdisclose._late import html_of
from govdisclose._lexicon.body import BodyKind, Level, body_kind, body_level
from govdisclose.report._fields import DEEPEST, HERE, Bounds, Figure, OnlyWhere, hidden
from govdisclose.report._sections import find_section
from govdisclose.report._short import count, cut, heading, told
from govdisclose.text import Mark, Source, Span

Reading = Literal["number", "blank", "dash", "none", "unreadable"]
"""What stands in a cell: a figure, one of three ways to say that there is none, or what nobody can
read."""


@frozen
class Period:
    """The statistical period, both ends included."""

    start: date
    end: date


@frozen
class Contact:
    """How to reach the office that answers for the report, as printed (no blanks in numbers and
    addresses)."""

    address: str | None = None
    postcode: str | None = None
    phone: tuple[str, ...] = ()
    fax: tuple[str, ...] = ()
    email: tuple[str, ...] = ()
    website: tuple[str, ...] = ()


@frozen(repr=False)
class Evidence:
    """The place that a field of the metadata was read from; `field` is dotted, such as
    `contact.phone`."""

    field: str
    raw: Annotated[str, HERE]
    span: Span
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told("Evidence", f"{self.field}:", self.raw)


@frozen(repr=False)
class Metadata:
    """Who reports on what year, and when. What the text does not say is None; nothing is assumed.

    `title` and `issuer` are repaired and simplified; `issuer` is the full name where the text has
    it, also when the title has a short one. `year` is the year reported on. `published` is the day
    the page was put up, `signed` the day under the signature.
    """

    title: str | None = None
    issuer: str | None = None
    year: Annotated[int | None, "The year reported on."] = None
    period: Period | None = None
    published: date | None = None
    signed: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    contact: Contact = Contact()
    evidence: Annotated[tuple[Evidence, ...], "Where each field was read from."] = ()

    @property
    def issuer_level(self) -> Level | None:
        """The level of government that the issuer's name tells: ministry, province, city, county
        or township. None where it does not tell: a 市 may be of two levels."""
        return body_level(self.issuer)

    @property
    def issuer_kind(self) -> BodyKind | None:
        """The kind of body that the issuer's name tells: government, department, university …"""
        return body_kind(self.issuer)

    def __repr__(self) -> str:
        return told("Metadata", self.issuer or "(no issuer)", self.year or "(no year)")


@frozen(repr=False)
class Paragraph:
    """A paragraph of prose: `text` is repaired, simplified and stripped; `raw` is the source."""

    text: str
    raw: Annotated[str, HERE]
    span: Span
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told("Paragraph", self.text)


@frozen(repr=False)
class Section:
    r"""A numbered part of the report with all below it.

    `level` is the class of the marker (0 a preface without number, 1 一、 2 （一） 3 1. 4 （1） 5 ①),
    `number` its ordinal, `title` the text without the marker, or None for a numbered paragraph.
    `kind` is a key of the section catalogue or `unclassified`. `raw` and `span` are those of the
    heading.

    >>> from govdisclose import parse
    >>> section = parse("一、概述\n全年公开信息14万余条。\n（一）依据\n根据规定。\n")["一"]
    >>> section.title, section.kind, section.raw, section["（一）"].level
    ('概述', 'overview', '一、概述', 2)
    """

    _repr_html_ = html_of

    level: Annotated[
        int,
        "The class of the marker: 0 a preface without number, 1 一、 2 （一） 3 1. 4 （1） 5 ①.",
        Bounds(0, DEEPEST - 1, "a level"),
    ]
    number: int | None
    marker: str
    title: Annotated[str | None, "Without the marker; null for a numbered paragraph."]
    kind: str
    raw: Annotated[str, HERE]
    span: Span
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()
    source: Source | None = hidden()

    def __getitem__(self, key: str | int) -> Section:
        """The part right below with this number, written as a marker (`"（一）"`, `"(一)"`), a title,
        or an int.

        Raises `UnknownKey` where there is none, and `AmbiguousKey` where several go by that key.
        """
        return find_section(
            self.sections, key, f"section {heading(self.marker, self.title)}"
        )

    def __repr__(self) -> str:
        name = heading(self.marker, self.title)
        lines = count(len(self.paragraphs), "paragraph")
        below = count(len(self.sections), "section")
        return f"<Section {name} [{cut(self.kind, 30)}]: {lines}, {below}>"

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the text."""
        stack = [self]
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.sections))


@frozen(repr=False)
class Cell:
    """One cell of a table.

    `row` and `column` are keys of the form, or None where the form has no such row or column.
    `value` is a figure where `reading` is `number`, else None. `unit` is printed, or filled in from
    the form if `unit_inferred`. `inferred` says that the arithmetic of the form, not the layout,
    put the figure here. `diagnostics` are codes.

    >>> from importlib.resources import files
    >>> from govdisclose import parse
    >>> text = files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")
    >>> cell = parse(text).cell("requests.received")
    >>> cell
    <Cell requests.received@value: 37 件>
    >>> cell.label, cell.value, cell.unit, cell.reading, cell.span
    ('（一）收到申请数', 37, '件', 'number', Span(start=2560, end=2562))
    """

    _repr_html_ = html_of

    row: Annotated[
        str | None, "Key of the row in the form; null where the form has no such row."
    ]
    column: str | None
    label: str
    value: Annotated[
        Figure | None,
        "Null unless reading is number.",
        OnlyWhere("reading", "number"),
    ]
    unit: str | None
    reading: Reading
    raw: Annotated[str, HERE]
    span: Span
    inferred: Annotated[bool, "The arithmetic of the form put the figure here."] = False
    unit_inferred: Annotated[
        bool, "The unit is that of the form; it is not printed."
    ] = False
    diagnostics: Annotated[tuple[str, ...], "Codes of diagnostics on this cell."] = ()
    source: Source | None = hidden()

    @property
    def place(self) -> Mark | None:
        """Where in a file this stands: page, table, row and column, as far as known; None for plain
        text."""
        return self.source.place(self.span) if self.source else None

    def __repr__(self) -> str:
        row = self.row or f"“{cut(self.label, 20)}”"
        said = figure(self.value, self.unit) if self.value is not None else self.reading
        notes = ", ".join(["inferred"] * self.inferred + [*self.diagnostics])
        return told(
            "Cell", f"{row}@{self.column or '?'}:", said, notes and f"({notes})"
        )


def figure(value: Figure, unit: str | None, about: bool = False) -> str:
    """A figure with its unit, as a repr has it.

    >>> figure(140000, "条", about=True)
    'about 140000 条'
    """
    exact = value if isinstance(value, int) else format(value, "f")
    return f"{'about ' * about}{exact} {unit or ''}".rstrip()


@frozen(repr=False)
class Table:
    """A statistical table. `form` and `table` are keys of the catalogue, None where no form fits.

    Where columns of one kind stand side by side (2017年 | 2018年, 本级 | 全市), each is a table with the
    word over it as its `side`; those that are not the report's own carry a diagnostic on each cell.

    >>> from importlib.resources import files
    >>> from govdisclose import parse
    >>> text = files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")
    >>> parse(text).tables
    (<Table national-2014 main: 65 cells, 56 with figures>,)
    """

    _repr_html_ = html_of

    form: str | None
    table: str | None
    title: str | None
    span: Span
    cells: tuple[Cell, ...] = ()
    source: Source | None = hidden()
    side: Annotated[
        str | None, "The word over a column that stands beside others of its kind."
    ] = None

    def __repr__(self) -> str:
        figures = sum(cell.value is not None for cell in self.cells)
        said = f"{count(len(self.cells), 'cell')}, {figures:,} with figures"
        return told(
            "Table", self.form or "of no known form", f"{self.table or '?'}:", said
        )


@frozen(repr=False)
class Quantity:
    r"""A figure stated in prose: 14万余条 is 140000, 条, approximate. `indicator` is its key where it
    is known.

    >>> from govdisclose import parse
    >>> parse("一、概述\n全年公开信息14万余条。").quantities
    (<Quantity about 140000 条>,)
    """

    value: Figure
    unit: str | None
    approximate: bool
    raw: Annotated[str, HERE]
    span: Span
    indicator: str | None = None
    source: Source | None = hidden()

    @property
    def place(self) -> Mark | None:
        """Where in a file this stands: page, table, row and column, as far as known; None for plain
        text."""
        return self.source.place(self.span) if self.source else None

    def __repr__(self) -> str:
        said = figure(self.value, self.unit, self.approximate)
        return told("Quantity", said, self.indicator and f"({self.indicator})")


@frozen(repr=False)
class Citation:
    r"""A cited document: its symbol in standard form (国办发〔2018〕23号), its title, or both.

    >>> from govdisclose import parse
    >>> (cited,) = parse("一、概述\n根据国办发[2018]23号文件。").citations
    >>> cited, cited.raw
    (<Citation 国办发〔2018〕23号>, '国办发[2018]23号')
    """

    symbol: str | None
    title: str | None
    raw: Annotated[str, HERE]
    span: Span
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told("Citation", self.symbol, self.title and f"《{self.title}》")


@frozen(repr=False)
class Attachment:
    r"""A file that the report names as attached: its name as shown, its format, and where a link
    leads.

    `format` is the ending of the name or of the target, in small letters, or None; `target` is as
    the page writes it.

    >>> from govdisclose import parse
    >>> [(a.name, a.format, a.target) for a in parse("一、概述\n已公开。\n附件：统计表.xls").attachments]
    [('统计表.xls', 'xls', None)]
    """

    name: str
    format: str | None
    target: str | None
    raw: Annotated[str, HERE]
    span: Span
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told("Attachment", self.name, self.target and f"({self.target})")


@frozen(repr=False)
class Repair:
    """A change made to the text before it was read: `old` at `span` of the source became `new`. See
    `replay`."""

    by: str
    span: Span
    old: Annotated[str, HERE]
    new: str
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told(
            "Repair",
            f"{self.by}:",
            f"{cut(self.old, 16)!r} became {cut(self.new, 16)!r}",
        )


@frozen(repr=False)
class Furniture:
    """A line of the page that is not part of the report: a breadcrumb, a toolbar, a counter."""

    kind: str
    raw: Annotated[str, HERE]
    span: Span
    source: Source | None = hidden()

    def __repr__(self) -> str:
        return told("Furniture", f"{self.kind}:", self.raw)
