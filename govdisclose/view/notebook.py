"""Values as a notebook shows them: compact, escaped, without a script, and to be read
where the style is stripped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.checks import check
from govdisclose.diagnostic import Diagnostic
from govdisclose.finding import VERDICTS, Finding, Findings
from govdisclose.form import Form, FormTable
from govdisclose.report import Cell, Report, Section, Table
from govdisclose.view.drawn import cell_element, no_reference, table_element
from govdisclose.view.heads import stack_of
from govdisclose.view.markup import asset, element, markup
from govdisclose.view.page import in_order, operand_text
from govdisclose.view.words import Language, spoken, words

_FAULTS_MOST: Final = 8
_FINDINGS_MOST: Final = 200
_CUT: Final = 80


def html_of(value: object, language: Language | None = None) -> str:
    """A value as HTML: a report, a section, a table, a cell, findings, a diagnostic, a form.

    Without a language it speaks that of the locale. Raises TypeError for anything else.

    >>> from govdisclose.text import Span
    >>> "5" in html_of(Cell("requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(0, 1)))
    True
    """
    return boxed(drawn(value, spoken(language)))


def boxed(elements: Iterable[Element]) -> str:
    """The elements in a box with its own style, as HTML."""
    box = element("div", element("style", asset("notebook.css")), class_="govdisclose")
    box.extend(elements)
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
    kind = named[f"kind.{report.kind}"]
    said = [str(part) for part in (metadata.issuer, metadata.year, kind) if part]
    yield element("p", " · ".join(said))
    yield from drawn(check(report), language)
    titles = [f"{section.marker}{section.title or ''}" for section in report.sections]
    if titles:
        yield element("p", "\N{IDEOGRAPHIC SPACE}".join(titles))
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
    if below:
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
    begin, end = cell.span
    place = str(cell.place) if cell.place else f"[{begin}:{end}]"
    notes = [(named["source"], f"{cell.raw or named['blank']}  {place}"), ("", key)]
    notes += [("", code) for code in cell.diagnostics]
    more = (
        element("tr", element("th", word), element("td", said, colspan="2"))
        for word, said in notes
    )
    yield element("table", element("tbody", row, *more))


@drawn.register
def _findings(findings: Findings, language: Language) -> Iterable[Element]:
    """How much was checked; what fails or is explained, the worst first; the rest folded away."""
    named = words(language)
    counts = Counter(finding.verdict for finding in findings)
    verdicts = {verdict: str(counts[verdict]) for verdict in VERDICTS}
    yield element("p", named["checked"].format(n=len(findings), **verdicts))
    ordered = in_order(findings)
    told = [f for f in ordered if f.verdict in ("fails", "explained")]
    yield from _listed(told[:_FAULTS_MOST], language)
    rest = [*told[_FAULTS_MOST:], *ordered[len(told) :]][:_FINDINGS_MOST]
    if rest:
        summary = element(
            "summary", named["more"].format(n=len(findings) - len(told[:_FAULTS_MOST]))
        )
        yield element("details", summary, *_listed(rest, language))


def _listed(findings: Sequence[Finding], language: Language) -> Iterable[Element]:
    if findings:
        yield element("ul", *(_item(finding, language) for finding in findings))


@drawn.register
def _finding(finding: Finding, language: Language) -> Iterable[Element]:
    yield from _listed([finding], language)


def _item(finding: Finding, language: Language) -> Element:
    named = words(language)
    message = finding.message_zh if language == "zh" else finding.message
    operands = "; ".join(operand_text(operand, named) for operand in finding.operands)
    standing = finding.severity if finding.verdict == "fails" else finding.verdict
    return element(
        "li",
        f"{named[standing]} · {message}",
        *([element("br"), element("small", operands)] if operands else []),
        class_=standing,
    )


@drawn.register
def _diagnostic(fault: Diagnostic, language: Language) -> Iterable[Element]:
    message = (fault.message_zh if language == "zh" else "") or fault.message
    said = f"{words(language)[fault.severity]} · {message}"
    yield element("ul", element("li", said, class_=fault.severity))


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
        yield element("details", summary, _blank(table))
    if form.relations:
        word = words(language)["relations"]
        summary = element("summary", f"{word} ({len(form.relations)})")
        yield element("details", summary, _relations(form, language))


def _blank(table: FormTable) -> Element:
    """What can be asked of a table: the keys of its rows beside their labels, and of its columns."""
    keys = [(row.enumerator + row.label, row.key) for row in table.rows if row.label]
    if len(table.columns) > 1:
        heads = ((" · ".join(stack_of(c, None)), f"@{c.key}") for c in table.columns)
        keys += heads
    return _pairs(keys)


def _relations(form: Form, language: Language) -> Element:
    named = ((r.name_zh if language == "zh" else r.name, r) for r in form.relations)
    return _pairs([(name, relation.rule) for name, relation in named])


def _pairs(pairs: Sequence[tuple[str, str]]) -> Element:
    rows = (
        element(
            "tr",
            element("th", word, scope="row"),
            element("td", element("code", said)),
        )
        for word, said in pairs
    )
    return element("div", element("table", element("tbody", *rows)), class_="scroll")


def _short(text: str) -> str:
    return text if len(text) <= _CUT else f"{text[:_CUT]}…"
