"""Many reports on one page: what fails in each, and every doubtful figure with room for
a correction.

Doubtful is what something was said of when it was read, what arithmetic put there, and what a
failing check rests on. The corrections go out as a CSV: `file` (or `sha256`, of a text without a
name), `table, row, column, value, note`, and `read, start, end` to tell by. `value` is what a
person says, `read` what was read; a figure that was confirmed has both the same.
`gd.panel(corrections=…)` takes it, and so does this page, which keeps what was said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final
from xml.etree.ElementTree import Element

from attrs import frozen

from govdisclose.checks import check
from govdisclose.diagnostic import CODES
from govdisclose.finding import Finding, Suspect
from govdisclose.form import Relation, catalogue
from govdisclose.report import Cell, Report, Table
from govdisclose.text import Span
from govdisclose.view.drawn import figure, suspect_text
from govdisclose.view.marks import places_of
from govdisclose.view.markup import asset, element, page
from govdisclose.view.named import form_table
from govdisclose.view.page import in_order, is_doubtful
from govdisclose.view.sentences import in_chinese
from govdisclose.view.words import Language, words

_AROUND: Final = 24  # characters of the source on either side of a figure
_HEADS: Final = ("stub", "reason", "source", "value", "confirm", "correction", "note")
_NUMBER: Final = r"[+\-]?[0-9]{1,18}(\.[0-9]{1,9})?|无|none|[\-—]+"
"""What may be typed as a correction; what is not a number says that there is none."""


def corrections_page(
    reports: Iterable[Report],
    language: Language = "zh",
    known: str = "",
    unread: Sequence[str] = (),
) -> str:
    """The page of many reports as HTML, in Chinese or in English; `known` is the CSV of what was
    said before, `unread` has a sentence for each file that could not be read.

    >>> corrections_page([Report()], "en").count("<tr data")
    0
    """
    named = words(language)
    found = [_review(i, report, named) for i, report in enumerate(reports)]
    save = element("button", named["save"], id="save", type="button")
    opening = element(
        "input", type="file", accept=".csv,text/csv", id="open", class_="unseen"
    )
    before = element("textarea", known.replace("\r", ""), id="known", hidden="hidden")
    tools = element(
        "div",
        save,
        element("label", named["open_corrections"], opening, class_="button"),
        element("output", id="count"),
        before,
        class_="tools",
    )
    header = element("header", element("h1", named["doubtful_figures"]), tools)
    parts = (_part(review, language) for review in found)
    main = element("main", _contents(found, named), class_="review")
    main.extend(_unread(unread, language))
    main.extend(parts)
    title = named["doubtful_figures"]
    return page(title, language, element("body", header, main), asset("review.js"))


@frozen
class _Doubt:
    """A cell that a person should look at, and why."""

    table: Table
    cell: Cell
    findings: tuple[Finding, ...]
    suspect: Suspect | None


@frozen
class _Review:
    """A report on the page: its anchor, its name, what fails in it and what is doubtful."""

    anchor: str
    name: str
    report: Report
    failing: tuple[Finding, ...]
    doubts: tuple[_Doubt, ...]


def _review(i: int, report: Report, named: Mapping[str, str]) -> _Review:
    own = report.source.name if report.source else None
    name = own or report.metadata.title or named["report"]
    found = check(report)
    failing = tuple(f for f in in_order(found) if f.verdict == "fails")
    doubts = sorted(
        _doubts(report, failing, found.suspects), key=lambda d: d.suspect is None
    )
    return _Review(f"report-{i}", name, report, failing, tuple(doubts))


def _doubts(
    report: Report, failing: Sequence[Finding], suspects: Sequence[Suspect]
) -> Iterator[_Doubt]:
    probably = {suspect.operand.span: suspect for suspect in suspects}
    rests: dict[Span, list[Finding]] = {}
    for finding in failing:
        for span in places_of(finding):
            rests.setdefault(span, []).append(finding)
    for table in report.tables:
        for cell in table.cells:
            if not (cell.row and cell.column):
                continue
            findings = rests.get(cell.span, ()) if cell.raw else ()
            if is_doubtful(cell) or findings:
                suspect = probably.get(cell.span) if findings else None
                yield _Doubt(table, cell, tuple(findings), suspect)


def _contents(found: Sequence[_Review], named: Mapping[str, str]) -> Element:
    """The files, with how much is to be looked at in each."""
    heads = ("file", "issuer", "year", "fails", "doubtful")
    head = element("tr", *(element("th", named[word], scope="col") for word in heads))
    body = element("tbody")
    for review in found:
        metadata = review.report.metadata
        link = element("a", review.name, href=f"#{review.anchor}")
        body.append(
            element(
                "tr",
                element("th", link, scope="row"),
                element("td", metadata.issuer or ""),
                element("td", str(metadata.year or ""), class_="figure"),
                element("td", str(len(review.failing)), class_="figure"),
                element("td", str(len(review.doubts)), class_="figure"),
            )
        )
    table = element("table", element("thead", head), body)
    return element("div", table, class_="scroll contents")


def _unread(unread: Sequence[str], language: Language) -> Iterator[Element]:
    if unread:
        said = (in_chinese(error) if language == "zh" else error for error in unread)
        yield element("h2", words(language)["unread"])
        yield element("ul", *(element("li", error, class_="error") for error in said))


def _part(review: _Review, language: Language) -> Element:
    named = words(language)
    part = element("section", element("h2", review.name, id=review.anchor))
    if review.failing:
        part.append(element("ul", *(_failing(f, language) for f in review.failing)))
    if not review.doubts:
        part.append(element("p", named["no_doubt"]))
        return part
    head = element("tr", *(element("th", named[word], scope="col") for word in _HEADS))
    rows = element("tbody", *(_row(review, doubt, language) for doubt in review.doubts))
    table = element("table", element("thead", head), rows)
    part.append(element("div", table, class_="scroll"))
    return part


def _failing(finding: Finding, language: Language) -> Element:
    message = finding.message_zh if language == "zh" else finding.message
    return element(
        "li",
        f"{words(language)[finding.severity]} · {message}",
        class_=finding.severity,
    )


def _row(review: _Review, doubt: _Doubt, language: Language) -> Element:
    named = words(language)
    cell, source = doubt.cell, review.report.source
    text = source.text if source else ""
    read = "" if cell.value is None else figure(cell.value)
    begin, end = cell.span
    context = element(
        "td",
        text[max(0, begin - _AROUND) : begin],
        element("mark", text[begin:end] or named["blank"]),
        text[end : end + _AROUND],
        class_="context",
        lang="zh-CN",
    )
    right = element(
        "input", type="checkbox", class_="right", aria_label=named["confirm"]
    )
    value = element(
        "input",
        type="text",
        class_="value",
        pattern=_NUMBER,
        inputmode="decimal",
        title=named["correction_hint"],
        placeholder=figure(doubt.suspect.value) if doubt.suspect else None,
        aria_label=named["correction"],
    )
    note = element("input", type="text", class_="note", aria_label=named["note"])
    return element(
        "tr",
        element("th", _name(doubt), scope="row", title=f"{cell.row}@{cell.column}"),
        element("td", *_reasons(doubt, language)),
        context,
        element("td", read or named.get(cell.reading, ""), class_="figure"),
        element("td", right, data_head=named["confirm"]),
        element("td", value, data_head=named["correction"]),
        element("td", note, data_head=named["note"]),
        data_row=cell.row or "",
        data_column=cell.column or "",
        data_table=doubt.table.table or "",
        data_start=str(begin),
        data_end=str(end),
        data_read=read,
        **_whose(review),
    )


def _whose(review: _Review) -> dict[str, str]:
    """What names the report in the CSV: its file, or the hash of a text that has none."""
    source = review.report.source
    if source is not None and source.name:
        return {"data_file": source.name.replace("\\", "/"), "data_sha256": ""}
    text = source.text if source else ""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {"data_file": "", "data_sha256": digest}


def _name(doubt: _Doubt) -> str:
    """The printed label of the row, and the form's of the column where there are several."""
    form = form_table(doubt.table)
    if form is None or len(form.columns) == 1:
        return doubt.cell.label
    heads = {column.key: column for column in form.columns}
    head = heads.get(doubt.cell.column or "")
    words_over = (head.supergroup, head.group, head.label) if head else ()
    said = (doubt.cell.label, *words_over)
    return " · ".join(dict.fromkeys(word for word in said if word))


def _reasons(doubt: _Doubt, language: Language) -> Iterator[Element]:
    """Why a figure is doubtful: what was said when it was read, and what fails."""
    relations = _relations(doubt.table)
    for code in doubt.cell.diagnostics:
        known = CODES.get(code)
        relation = relations.get(code)
        said = code
        if known is not None:
            said = known.title_zh if language == "zh" else known.title
        elif relation is not None:
            said = relation.name_zh if language == "zh" else relation.name
        yield element("div", said)
    for finding in doubt.findings:
        message = finding.message_zh if language == "zh" else finding.message
        yield element("div", message, class_=finding.severity)
    if doubt.suspect is not None:
        said = suspect_text(doubt.suspect, words(language))
        yield element("div", element("strong", said), class_="error")


def _relations(table: Table) -> Mapping[str, Relation]:
    form = catalogue().forms.get(table.form or "")
    return {relation.id: relation for relation in form.relations} if form else {}
