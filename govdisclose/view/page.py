"""The review page: a report beside its source, in one static file without outside resources.

The source stands on the left with all marks, the reading on the right, what the checks
found first. A click or the enter key on a mark shows its counterpart. The source shows
what stood where the text was repaired; the reading lists the repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from govdisclose.checks import check
from govdisclose.diagnostic import CODES, Diagnostic
from govdisclose.finding import CHECKS, Finding, Operand, Suspect
from govdisclose.form import catalogue
from govdisclose.report import Cell, Quantity, Repair, Report
from govdisclose.text import Span
from govdisclose.view.drawn import Reference, figure, suspect_text, table_element
from govdisclose.view.marks import (
    Stretch,
    cell_id,
    finding_id,
    marks_of,
    resting_on,
    stretches,
)
from govdisclose.view.markup import asset, element, page
from govdisclose.view.named import Names
from govdisclose.view.words import Language, words

_FIELDS = (
    "issuer",
    "year",
    "period",
    "published",
    "signed",
    "index_number",
    "document_number",
)
_STANDING = {"fails": 0, "undecided": 2, "explained": 1, "holds": 3}
_SEVERITY = {"error": 0, "warning": 1, "info": 2}


def review_page(report: Report, language: Language = "zh") -> str:
    r"""The page of one report as HTML, in Chinese or in English.

    >>> from govdisclose import parse
    >>> made = review_page(parse("某市某局2018年政府信息公开年度报告\n一、概述\n全年公开12条。"))
    >>> made.startswith("<!DOCTYPE html>"), "12条" in made
    (True, True)
    """
    named = words(language)
    found = check(report)
    findings = in_order(found)
    title = report.metadata.title or named["report"]
    panes = element(
        "main",
        _source(report, findings, named),
        _reading(report, findings, found.suspects, language),
        class_="panes",
    )
    body = element("body", _header(report, title, named), panes)
    return page(title, language, body, asset("page.js"))


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with the worst first: what fails by severity, then what is
    explained, undecided, and what holds."""
    return tuple(
        sorted(findings, key=lambda f: (_STANDING[f.verdict], _SEVERITY[f.severity]))
    )


def _header(report: Report, title: str, named: Mapping[str, str]) -> Element:
    said = element("dl")
    for name in _FIELDS:
        value = getattr(report.metadata, name)
        if value is None:
            continue
        shown = f"{value.start} – {value.end}" if name == "period" else str(value)
        said.append(element("div", element("dt", named[name]), element("dd", shown)))
    if report.kind != "annual-report":
        kind = element("dd", named[f"kind.{report.kind}"], class_="error")
        said.append(element("div", element("dt", named["kind"]), kind))
    search = element("input", type="search", id="search", aria_label=named["search"])
    doubtful = element("input", type="checkbox", id="doubtful")
    tools = element(
        "div",
        element("label", f"{named['search']} ", search),
        element("label", doubtful, f" {named['doubtful_only']}"),
        element("output", id="count"),
        element("span", named["legend"]),
        element("span", named["keys"], class_="keys"),
        class_="tools",
    )
    return element("header", element("h1", title), said, tools)


def _source(
    report: Report, findings: Sequence[Finding], named: Mapping[str, str]
) -> Element:
    text = report.source.text if report.source else ""
    pane = element(
        "section", element("h2", named["source"]), class_="source", lang="zh-CN"
    )
    if text:
        pane.append(
            element(
                "div",
                *(
                    _stretch(s, report.repairs, named)
                    for s in stretches(text, marks_of(report, findings))
                ),
            )
        )
    return pane


def _stretch(
    stretch: Stretch, repairs: Sequence[Repair], named: Mapping[str, str]
) -> Element | str:
    if not stretch.marks:
        return stretch.text
    look = " ".join([*stretch.kinds, *([] if stretch.text else ["empty"])])
    numbers = (mark.id[1:] for mark in stretch.marks if mark.kind == "repair")
    changes = " · ".join(repair_text(repairs[int(i)], named) for i in numbers)
    return element(
        "span",
        stretch.text,
        class_=look,
        data_m=" ".join(stretch.own) or None,
        data_o=" ".join(stretch.findings) or None,
        title=changes or None,
    )


def repair_text(repair: Repair, named: Mapping[str, str]) -> str:
    """What stood at a place, and what it was read as.

    >>> from govdisclose.text import Span
    >>> repair_text(Repair("lost_characters", Span(3, 3), "", "〕"), words("zh"))
    '原缺，补作“〕”'
    """
    form = "added" if not repair.old else "changed" if repair.new else "removed"
    return named[form].format(old=repair.old, new=repair.new)


def _reading(
    report: Report,
    findings: Sequence[Finding],
    suspects: Sequence[Suspect],
    language: Language,
) -> Element:
    named = words(language)
    pane = element("section", class_="reading")
    pane.extend(_suspects(report, suspects, named))
    pane.extend(_findings(findings, language))
    faults = enumerate(report.diagnostics)
    pane.extend(
        _listed(named["diagnostics"], (_diagnostic(i, d, language) for i, d in faults))
    )
    pane.append(element("h2", named["tables"]))
    judged = resting_on(findings)

    def refer(cell: Cell) -> Reference:
        return Reference(cell_id(cell), judged.get(cell.span, ()))

    pane.extend(table_element(table, language, refer) for table in report.tables)
    figures = enumerate(report.quantities)
    pane.extend(_listed(named["figures"], (_quantity(i, q, named) for i, q in figures)))
    cited = (
        _item(f"c{i}", " ".join(filter(None, (c.symbol, c.title))) or c.raw)
        for i, c in enumerate(report.citations)
    )
    pane.extend(_listed(named["citations"], cited))
    headings = (
        _item(
            f"h{s.span.start}",
            f"{s.marker}{s.title or ''}",
            class_=f"in{min(s.level, 5)}",
        )
        for s in report.walk()
    )
    pane.extend(_listed(named["outline"], headings))
    changes = (
        _item(f"r{i}", repair_text(r, named), r.by)
        for i, r in enumerate(report.repairs)
    )
    pane.extend(_listed(named["repairs"], changes))
    return pane


def _listed(title: str, items: Iterator[Element]) -> Iterator[Element]:
    made = list(items)
    if made:
        yield element("h2", f"{title} ({len(made)})")
        yield element("ul", *made)


def _item(
    mark: str | None,
    text: str,
    note: str | None = None,
    class_: str = "",
    title: str | None = None,
) -> Element:
    small = element("small", note) if note else None
    return element(
        "li",
        text,
        small,
        class_=class_ or None,
        title=title,
        data_m=mark,
    )


def _suspects(
    report: Report, suspects: Sequence[Suspect], named: Mapping[str, str]
) -> Iterator[Element]:
    """The figures that are probably wrong, with what they would be."""
    if not suspects:
        return
    marks = {Span(m.start, m.end): m.id for m in reversed(marks_of(report, ()))}
    places = Names(report)
    yield element("h2", named["suspects"])
    yield element(
        "ul",
        *(
            _item(
                marks.get(suspect.operand.span or Span(0, 0)),
                f"{places.of(suspect.operand)}{named['colon']}{suspect_text(suspect, named)}",
                class_="error",
            )
            for suspect in suspects
        ),
    )


def _findings(findings: Sequence[Finding], language: Language) -> Iterator[Element]:
    named = words(language)
    counts = Counter(finding.verdict for finding in findings)
    verdicts = {
        verdict: str(counts[verdict])
        for verdict in ("holds", "fails", "explained", "undecided")
    }
    yield element("h2", named["findings"])
    yield element("p", named["checked"].format(n=len(findings), **verdicts))
    told = [
        (i, f) for i, f in enumerate(findings) if f.verdict in ("fails", "explained")
    ]
    if told:
        yield element("ul", *(_finding(i, f, language) for i, f in told))
    rest = [
        (i, f) for i, f in enumerate(findings) if f.verdict in ("undecided", "holds")
    ]
    if rest:
        items = (_finding(i, f, language) for i, f in rest)
        summary = element("summary", named["more"].format(n=len(rest)))
        yield element("details", summary, element("ul", *items))


def _finding(i: int, finding: Finding, language: Language) -> Element:
    named = words(language)
    kind = CHECKS[finding.code]
    standing = finding.severity if finding.verdict == "fails" else finding.verdict
    message = finding.message_zh if language == "zh" else finding.message
    title = kind.title_zh if language == "zh" else kind.title
    said = message if message.startswith(title) else f"{title}{named['colon']}{message}"
    operands = "; ".join(operand_text(operand, named) for operand in finding.operands)
    return _item(
        finding_id(i),
        f"{named[standing]} · {said}",
        operands,
        class_=standing,
    )


def operand_text(operand: Operand, named: Mapping[str, str]) -> str:
    """An operand by its printed label, with its figure or what stands for it.

    >>> operand_text(Operand("requests.new@total", "本年新收", None, "blank"), words("zh"))
    '本年新收 （空）'
    """
    if operand.value is None:
        return f"{operand.label} {named.get(operand.reading, '')}".rstrip()
    return f"{operand.label} {named['about'] if operand.approximate else ''}{figure(operand.value)}"


def _diagnostic(i: int, fault: Diagnostic, language: Language) -> Element:
    named = words(language)
    kind = CODES[fault.code]
    message = (fault.message_zh if language == "zh" else fault.message) or fault.message
    note = kind.meaning_zh if language == "zh" else kind.meaning
    mark = f"d{i}" if fault.span is not None else None
    return _item(
        mark, f"{named[fault.severity]} · {message}", note, class_=fault.severity
    )


def _quantity(i: int, quantity: Quantity, named: Mapping[str, str]) -> Element:
    about = named["about"] if quantity.approximate else ""
    said = f"{about}{figure(quantity.value)}{quantity.unit or ''}"
    key = quantity.indicator
    return _item(f"q{i}", said, _label(key), title=key)


def _label(indicator: str | None) -> str | None:
    """What the forms print for an indicator of the prose."""
    rows = (
        row
        for form in catalogue().forms.values()
        for table in form.tables
        for row in table.rows
    )
    return next((row.label for row in rows if row.key == indicator), indicator)


def is_doubtful(cell: Cell) -> bool:
    """Whether a person should look at a cell: something is said of it, or it could not be read."""
    return bool(cell.diagnostics) or cell.inferred or cell.reading == "unreadable"
