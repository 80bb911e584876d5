"""The report as a whole: what is in it, how a part or a figure of it is found, and the way out and
back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias

from attrs import frozen

from govdisclose._late import html_of, page_of
from govdisclose.diagnostic import Diagnostic
from govdisclose.errors import ContractError
from govdisclose.report import _fields as contract
from govdisclose.report._fields import Figure, hidden
from govdisclose.report._sections import find_section
from govdisclose.report._short import count, cut
from govdisclose.report._values import (
    Attachment,
    Cell,
    Citation,
    Furniture,
    Metadata,
    Paragraph,
    Quantity,
    Repair,
    Section,
    Table,
)
from govdisclose.report.json_text import as_json
from govdisclose.text import Source

if TYPE_CHECKING:  # concepts are read from their files when they are asked for
    from govdisclose.form.concepts import Crosswalk
    from govdisclose.report.series import Value

SCHEMA_VERSION: Final = 1

Kind = Literal[
    "annual-report",
    "interpretation",
    "blank-form",
    "statistics-list",
    "notice",
    "other",
]
"""What a text is: an annual report, or a look-alike: a reading of one in words or pictures, a form
not filled
in, statistics of a quarter or month, a notice about reports, or something else. `kinds.toml` has
the words."""

_Kind: TypeAlias = Annotated[
    Kind, "Whether the text is an annual report, or looks like one."
]
_Preamble: TypeAlias = Annotated[
    tuple[Paragraph, ...], "What stands before the first section."
]
_Quantities: TypeAlias = Annotated[
    tuple[Quantity, ...], "Figures stated in prose, in order."
]
_Attachments: TypeAlias = Annotated[
    tuple[Attachment, ...], "Files named as attached to it."
]
_Furniture: TypeAlias = Annotated[
    tuple[Furniture, ...], "Lines of the page, not of the report."
]
_Repairs: TypeAlias = Annotated[
    tuple[Repair, ...],
    "Changes made to the text before it was read; applied to the text they give the repaired one.",
]


@frozen(repr=False)
class Report:
    """A report, read. See `govdisclose.parse`.

    `kind` says whether it is an annual report at all. `preamble` is what stands before the first
    section. `repairs` are the changes made to the text before it was read, in order; applied to the
    source they give the text that was read.
    """

    _repr_html_ = html_of

    kind: _Kind = "annual-report"
    metadata: Metadata = Metadata()
    preamble: _Preamble = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[Table, ...] = ()
    quantities: _Quantities = ()
    citations: tuple[Citation, ...] = ()
    attachments: _Attachments = ()
    furniture: _Furniture = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    repairs: _Repairs = ()
    source: Source | None = hidden()

    def __getitem__(self, key: str | int) -> Section:
        """The part of the report with this number, written as a marker, a title, or an int.

        `report["三"]`, `report["三、"]`, `report["第三部分"]`, `report[3]` and `report["主动公开情况"]` may all
        lead to the same section, `report["三"]["(一)"]` to a part of it. Blanks and width do not
        matter. The class of the marker does (`"1."` is not `"一、"`), unless only one section has
        that number at all.

        Raises `UnknownKey` where there is none, and `AmbiguousKey` where several go by that key.

        >>> from govdisclose.text import Span
        >>> section = Section(1, 3, "三、", "主动公开情况", "proactive", "三、主动公开情况", Span(0, 8))
        >>> report = Report(sections=(section,))
        >>> report["三"] is report["三、"] is report[3] is report["主动公开情况"]
        True
        """
        return find_section(self.sections, key, "the report")

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

        A key is `"row@column"`; a row alone, which means the column for the reported year (or else
        the column of totals); or a column alone in the tables that are keyed by column. Keys are
        those of `govdisclose.form`.

        Raises `UnknownKey` where no form has that key (the message lists the nearest), and
        `AmbiguousKey` where the key leaves several columns open, or the report states the indicator
        twice with different figures.

        >>> from govdisclose.text import Span
        >>> cell = Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(9, 10))
        >>> report = Report(tables=(Table("national-2014", "main", None, Span(0, 10), (cell,)),))
        >>> report.cell("requests.received").raw
        '5'
        """
        # brings the catalogue, which a report by itself does not need
        from govdisclose.report._keys import find_cell

        return find_cell(self.tables, key)

    def value(self, key: str) -> Figure | None:
        """The figure with this indicator key; None where it is blank, unreadable or absent.

        Keys and errors are those of `cell`. A blank is not zero: to tell it from an absent row, ask
        for the cell.

        >>> Report().value("requests.received") is None
        True
        """
        cell = self.cell(key)
        return None if cell is None else cell.value

    def view(self, path: str | PathLike[str], lang: Literal["zh", "en"] = "zh") -> Path:
        """Write the report beside its source as one page that needs nothing else; gives
        back where it is.

        Raises what writing to `path` raises.
        """
        written = Path(path)
        written.write_text(page_of(self, lang), "utf-8", newline="\n")
        return written

    def series(self, crosswalk: Crosswalk | None = None) -> tuple[Value, ...]:
        """Every concept on every form that the report follows: value, status, why, flags, and the
        cells it is made of.

        Concepts without a figure say what is lacking. `crosswalk` is one of `govdisclose.concepts`.

        >>> Report().series()
        ()
        """
        from govdisclose.form.concepts import concepts
        from govdisclose.report.series import series

        return series(self.tables, crosswalk or concepts())

    def concept(self, concept: str, crosswalk: Crosswalk | None = None) -> Value:
        """One concept, whatever form the report follows; its value may be None.

        Raises `UnknownKey` for a concept that there is not.

        >>> from govdisclose.text import Span
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
        """One sentence: why there is a figure for an indicator key or a concept, or why not.

        It tells a blank, a dash, 无, several readings or figures, a row or table that is absent,
        and a key of another form. Raises `UnknownKey` where no form has the key.

        >>> from govdisclose.text import Span
        >>> cell = Cell("requests.received", "value", "收到申请数", None, "件", "blank", "", Span(9, 9))
        >>> report = Report(tables=(Table("national-2014", "main", None, Span(0, 9), (cell,)),))
        >>> report.why("requests.received")
        'Requests received (requests.received@value) is left blank: line 1, column 10'
        """
        from govdisclose.report.why import why

        return why(self.tables, key, lang)

    def __repr__(self) -> str:
        return _in_short(self)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values: the contract that `json_schema()` states.

        Dates are ISO strings, spans are `[start, end]`. A figure is an int, or, where it has
        decimals, a string (`"9.6"`), because a float would not be exact.

        >>> Report().to_dict()["schema_version"]
        1
        """
        return {"schema_version": SCHEMA_VERSION, **contract.writer(Report)(self)}

    def to_json(self, indent: int | None = None) -> str:
        """`to_dict` as JSON, with Chinese as it is; it can always be written as UTF-8.

        A report that holds a lone surrogate is written in ASCII, with escapes; two halves that
        stand next to each other come back as one character.

        >>> Report(metadata=Metadata(issuer="某局")).to_json()[:45]
        '{"schema_version": 1, "kind": "annual-report"'
        """
        return as_json(self.to_dict(), indent)

    @classmethod
    def from_dict(
        cls, data: Mapping[str, Any], source: str | Source | None = None
    ) -> Report:
        """The report that `to_dict` wrote: `Report.from_dict(report.to_dict()) == report`.

        `source` is the text that the report was read from. Given it, the values lead back to the
        text again, so that `explain` works on them.

        Raises `ContractError` where `data` does not follow the contract or was written by another
        version of it, and where `source` is not the text of this report; the message names the
        path, such as `tables[0].cells[3].value`.

        >>> Report.from_dict(Report().to_dict()) == Report()
        True
        """
        try:
            return _read_report(
                data, Source(source) if isinstance(source, str) else source
            )
        except contract.Mismatch as mismatch:
            raise mismatch.error from None

    @classmethod
    def from_json(
        cls, written: str | bytes, source: str | Source | None = None
    ) -> Report:
        """The report that `to_json` wrote. Raises `ContractError` as `from_dict` does.

        >>> Report.from_json(Report().to_json()) == Report()
        True
        """
        try:
            data = json.loads(written)
        except (ValueError, RecursionError) as error:
            said = f"report: expected JSON as Report.to_json writes it: {error}"
            raise ContractError(said) from error
        return cls.from_dict(data, source)


def _in_short(report: Report) -> str:
    who = cut(report.metadata.issuer or "(no issuer)", 24)
    parts = [
        count(sum(1 for _ in report.walk()), "section"),
        _tables_in_short(report.tables),
    ]
    if report.quantities:
        parts.append(count(len(report.quantities), "quantity", "quantities"))
    parts.append(count(len(report.diagnostics), "diagnostic"))
    return f"<Report {who} {report.metadata.year or '(no year)'}: {', '.join(parts)}>"


def _tables_in_short(tables: tuple[Table, ...]) -> str:
    if not tables:
        return "no tables"
    cells = [cell for table in tables for cell in table.cells]
    forms = ", ".join(dict.fromkeys(table.form or "unknown form" for table in tables))
    figures = sum(cell.value is not None for cell in cells)
    said = f"{figures:,} of {count(len(cells), 'cell')} with figures"
    return f"{count(len(tables), 'table')} ({cut(forms, 24)}; {said})"


def _read_report(data: Any, source: Source | None) -> Report:
    if not isinstance(data, Mapping):
        contract.wrong("an object", data)
    version = data.get("schema_version")
    if version.__class__ is not int or version != SCHEMA_VERSION:
        expected = f"{SCHEMA_VERSION}, the version that this govdisclose reads"
        contract.wrong(expected, version, "schema_version")
    members = {name: value for name, value in data.items() if name != "schema_version"}
    report: Report = contract.reader(Report)(members, source)
    return report


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `Report.to_dict` and `Report.to_json` write; a new
    dict each time.

    >>> json_schema()["$schema"], [*json_schema()["$defs"]][:4]
    ('https://json-schema.org/draft/2020-12/schema', ['span', 'figure', 'day', 'metadata'])
    """
    made = contract.definitions(Report)
    report = made.pop("report")
    properties = {"schema_version": {"const": SCHEMA_VERSION}, **report["properties"]}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "govdisclose report",
        **report,
        "description": "What govdisclose.Report.to_dict() returns. "
        "Every span counts characters (Unicode code points) of the text that was read.",
        "properties": properties,
        "required": [*properties],
        "$defs": {**contract.SHARED, **made},
    }
    return deepcopy(schema)
