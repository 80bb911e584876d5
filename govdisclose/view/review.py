"""Many reports on one page: what fails in each, and every doubtful figure with room for
a correction.

The corrections go out as a CSV: `file, table, row, column, value, note`, and `read,
start, end` to tell by. `value` is what a person says, `read` what was read; a figure
that was confirmed has both the same. `gd.panel(corrections=…)` takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from govdisclose.checks import check
from govdisclose.finding import Finding
from govdisclose.report import Cell, Report, Table
from govdisclose.view.drawn import figure
from govdisclose.view.markup import asset, element, page
from govdisclose.view.page import in_order, is_doubtful
from govdisclose.view.words import Language, words

_AROUND = 24  # characters of the source on either side of a figure
_HEADS = ("stub", "source", "value", "confirm", "correction", "note")


def corrections_page(reports: Iterable[Report], language: Language = "zh") -> str:
    """The page of many reports as HTML, in Chinese or in English.

    >>> corrections_page([Report()], "en").count("<table")
    0
    """
    named = words(language)
    save = element("button", named["save"], id="save", type="button")
    body = element(
        "body",
        element(
            "header",
            element("h1", named["doubtful_figures"]),
            element("div", save, class_="tools"),
        ),
        element(
            "main", *(_report(report, language) for report in reports), class_="review"
        ),
    )
    return page(named["doubtful_figures"], language, body, asset("review.js"))


def _report(report: Report, language: Language) -> Element:
    named = words(language)
    name = (
        (report.source.name if report.source else None)
        or report.metadata.title
        or named["report"]
    )
    failing = [f for f in in_order(check(report)) if f.verdict == "fails"]
    doubtful = [
        (table, cell)
        for table in report.tables
        for cell in table.cells
        if is_doubtful(cell) and cell.row and cell.column
    ]
    part = element("section", element("h2", name, id=name))
    said = " · ".join(
        str(v) for v in (report.metadata.issuer, report.metadata.year) if v
    )
    part.append(element("p", said or named["nothing"]))
    if failing:
        part.append(element("ul", *(_failing(f, language) for f in failing)))
    if doubtful:
        head = element(
            "tr", *(element("th", named[word], scope="col") for word in _HEADS)
        )
        rows = element("tbody", *_rows(report, name, doubtful, named))
        part.append(
            element(
                "div", element("table", element("thead", head), rows), class_="scroll"
            )
        )
    return part


def _failing(finding: Finding, language: Language) -> Element:
    message = finding.message_zh if language == "zh" else finding.message
    return element(
        "li",
        f"{words(language)[finding.severity]} · {message}",
        class_=finding.severity,
    )


def _rows(
    report: Report,
    name: str,
    doubtful: Sequence[tuple[Table, Cell]],
    named: Mapping[str, str],
) -> Iterator[Element]:
    text = report.source.text if report.source else ""
    for table, cell in doubtful:
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
        yield element(
            "tr",
            element("th", cell.label, scope="row", title=", ".join(cell.diagnostics)),
            context,
            element("td", read or named.get(cell.reading, ""), class_="figure"),
            element(
                "td",
                element(
                    "input",
                    type="checkbox",
                    class_="right",
                    aria_label=named["confirm"],
                ),
            ),
            element("td", _input("value", named["correction"])),
            element("td", _input("note", named["note"])),
            data_row=cell.row or "",
            data_column=cell.column or "",
            data_table=table.table or "",
            data_file=name,
            data_start=str(begin),
            data_end=str(end),
            data_read=read,
        )


def _input(name: str, label: str) -> Element:
    return element("input", type="text", class_=name, aria_label=label)
