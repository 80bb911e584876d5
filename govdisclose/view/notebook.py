"""Values as a notebook shows them: compact, escaped, without a script, and to be read
where the style is stripped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import singledispatch
from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.checks import check
from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import Finding
from govdisclose.form import Form, FormTable
from govdisclose.report import Cell, Report, Section, Table
from govdisclose.view.drawn import cell_element, no_reference, table_element
from govdisclose.view.markup import asset, element, markup
from govdisclose.view.page import in_order, operand_text
from govdisclose.view.words import Language, words

_FAULTS_MOST: Final = 8
_CUT: Final = 80


def html_of(value: object, language: Language = "zh") -> str:
    """A value as HTML: a report, a section, a table, a cell, a finding, a diagnostic, a form.

    Raises TypeError for anything else.

    >>> from govdisclose.text import Span
    >>> "5" in html_of(Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(0, 1)))
    True
    """
    box = element("div", element("style", asset("notebook.css")), class_="govdisclose")
    box.extend(drawn(value, language))
    return markup(box)


@singledispatch
def drawn(value: object, language: Language) -> Iterable[Element]:
    """The elements that a value is drawn with."""
    raise TypeError(f"no picture of a {type(value).__name__}")


@drawn.register
def _report(report: Report, language: Language) -> Iterable[Element]:
    named = words(language)
    metadata = report.metadata
    yield element("strong", metadata.title or named["report"])
    said = [str(part) for part in (metadata.issuer, metadata.year, report.kind) if part]
    yield element("p", " · ".join(said))
    findings = in_order(check(report))
    verdicts = Counter(finding.verdict for finding in findings)
    counts = {
        name: str(verdicts[name])
        for name in ("holds", "fails", "explained", "undecided")
    }
    yield element("p", named["checked"].format(n=len(findings), **counts))
    failing = [finding for finding in findings if finding.verdict == "fails"]
    yield element(
        "ul", *(item for f in failing[:_FAULTS_MOST] for item in drawn(f, language))
    )
    titles = [f"{section.marker}{section.title or ''}" for section in report.sections]
    yield element("p", "　".join(titles))
    for table in report.tables:
        summary = element(
            "summary", f"{table.title or named['tables']} ({len(table.cells)})"
        )
        yield element("details", summary, table_element(table, language))


@drawn.register
def _section(section: Section, language: Language) -> Iterable[Element]:
    yield element("strong", f"{section.marker}{section.title or ''}")
    yield from (
        element("p", _short(paragraph.text)) for paragraph in section.paragraphs
    )
    below = [f"{part.marker}{part.title or ''}" for part in section.sections]
    yield element("ul", *(element("li", title) for title in below))


@drawn.register
def _table(table: Table, language: Language) -> Iterable[Element]:
    yield table_element(table, language)


@drawn.register
def _cell(cell: Cell, language: Language) -> Iterable[Element]:
    named = words(language)
    label = element("th", cell.label, scope="row")
    unit = element("td", cell.unit or "", class_="unit")
    key = f"{cell.row}@{cell.column}" if cell.row else cell.label
    row = element("tr", label, unit, cell_element(cell, key, language, no_reference))
    raw = element(
        "tr",
        element("th", named["source"], scope="row"),
        element("td", cell.raw, colspan="2"),
    )
    yield element("table", element("tbody", row, raw))


@drawn.register
def _finding(finding: Finding, language: Language) -> Iterable[Element]:
    named = words(language)
    message = finding.message_zh if language == "zh" else finding.message
    operands = "; ".join(operand_text(operand, named) for operand in finding.operands)
    standing = finding.severity if finding.verdict == "fails" else finding.verdict
    yield element(
        "li",
        f"{named[standing]} · {message}",
        element("small", operands),
        class_=standing,
    )


@drawn.register
def _diagnostic(fault: Diagnostic, language: Language) -> Iterable[Element]:
    message = (fault.message_zh if language == "zh" else "") or fault.message
    yield element(
        "li", f"{words(language)[fault.severity]} · {message}", class_=fault.severity
    )


@drawn.register
def _form(form: Form, language: Language) -> Iterable[Element]:
    yield element("strong", form.title)
    years = f"{form.first_year}–{form.last_year if form.last_year < 9999 else ''}"
    yield element(
        "p",
        " · ".join(
            [form.id, years, *([form.issuing_notice] if form.issuing_notice else [])]
        ),
    )
    for table in form.tables:
        summary = element(
            "summary", f"{table.title} ({len(table.rows)} × {len(table.columns)})"
        )
        yield element("details", summary, _blank(table, language))


def _blank(table: FormTable, language: Language) -> Element:
    """The blank table, with keys beside the labels."""
    rows = [
        element(
            "tr",
            element("th", row.enumerator + row.label, scope="row"),
            element("td", row.key),
        )
        for row in table.rows
    ]
    return element("div", element("table", element("tbody", *rows)), class_="scroll")


def _short(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"
