"""`parse`: the whole story."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from attrs import evolve

from govdisclose._document.absent import absent
from govdisclose._document.completeness import cut_figures, wholeness
from govdisclose._document.kind import tell_kind
from govdisclose._document.place import contradictions
from govdisclose._document.unread import unread_figures
from govdisclose._lines.cut import cut_lines
from govdisclose._lines.join import join_lines
from govdisclose._lines.line import Line
from govdisclose._lines.shape import shape_lines
from govdisclose._metadata import read_metadata
from govdisclose._outline.read import Outline, read_outline
from govdisclose._prose.read import Prose, read_prose
from govdisclose._prose.statement import linked
from govdisclose._tables.owner import Own, judge_owners
from govdisclose._tables.read import read_tables
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.errors import NotText
from govdisclose.read import DEFAULTS, File, Limits, read
from govdisclose.repair import repair
from govdisclose.report import Metadata, Repair, Report, Table
from govdisclose.text import Doubt, Source, Span, Text


def parse(text: str | Source) -> Report:
    r"""Read an annual report on government information disclosure, in whatever state its text is.

    Accepts any string and never raises on one: what is wrong with the report is in
    `Report.diagnostics`. Takes time linear in the length of the text.

    Raises `NotText` (a TypeError) for anything but a `str` or a `Source`.

    >>> report = parse("某市某局2018年政府信息公开年度报告\n一、概述\n全年公开信息12条。\n二、依申请公开情况\n无。")
    >>> report.metadata.issuer, report.metadata.year, report["一"].title, report.quantities[0].value
    ('某市某局', 2018, '概述', 12)
    """
    source = _as_source(text)
    repaired, doubts = repair(source)  # 1 characters: edits, and doubts
    lines = cut_lines(repaired.shadow)  # 2 one line, one thing
    lines = shape_lines(repaired.shadow, lines)  # 3 heading, prose, furniture
    (tables, lines), of_tables = read_tables(repaired, lines)  # 4 rows of a form
    repaired, lines = join_lines(repaired, lines)  # 5 paragraphs whole again
    (metadata, lines), of_metadata = read_metadata(repaired, lines)  # 6 who, what year
    tables, of_owners = judge_owners(
        tables, repaired, Own(metadata.year, metadata.issuer)
    )
    outline, of_numbers = read_outline(repaired, lines)  # 7 sections
    prose, of_prose = read_prose(
        repaired, lines, tables
    )  # 8 figures, citations, attachments
    faults = [
        *_of_source(source, doubts),
        *of_tables,
        *of_metadata,
        *of_owners,
        *of_prose,
        *of_numbers,
    ]
    return _finish(
        repaired, lines, tables, metadata, outline, prose, faults
    )  # 9 kind, whole, one place


def _finish(
    text: Text,
    lines: Sequence[Line],
    tables: Sequence[Table],
    metadata: Metadata,
    outline: Outline,
    prose: Prose,
    faults: Sequence[Diagnostic],
) -> Report:
    """The report: what the text is as a whole, all faults by place, and the figures
    linked to what they state."""
    kind, look_alike = tell_kind(text, lines, metadata, outline.sections, tables)
    of_whole = list(wholeness(text, lines, outline.sections, tables))
    tables = cut_figures(tables, of_whole, text.source)
    if not (of_whole or look_alike or prose.attachments):
        of_whole += absent(text.source, outline.sections, tables, faults)
    of_whole += contradictions(text, metadata)
    of_whole += unread_figures(text.source, tables, faults)
    report = Report(
        kind=kind,
        metadata=metadata,
        preamble=outline.preamble,
        sections=outline.sections,
        tables=tuple(tables),
        quantities=prose.quantities,
        citations=prose.citations,
        attachments=prose.attachments,
        furniture=outline.furniture,
        diagnostics=(*look_alike, *sorted([*faults, *of_whole], key=_place)),
        repairs=tuple(_repairs(text)),
        source=text.source,
    )
    return evolve(report, quantities=linked(report))


def parse_file(
    file: File,
    *,
    name: str | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULTS,
) -> Report:
    r"""`read` and `parse` in one: the report in a file of text, HTML, Word (.docx) or PDF.

    Arguments and errors are those of `govdisclose.read`.

    >>> parse_file("某市某局2018年政府信息公开年度报告\n一、概述\n".encode("gb18030")).metadata.year
    2018
    """
    return parse(read(file, name=name, encoding=encoding, limits=limits))


_TOGETHER: Final = (
    32  # reports read between two rests of the collector; so many are kept at once
)


def parse_many(texts: Iterable[str | Source]) -> Iterator[Report]:
    r"""Read many texts, one after the other, as they are asked for: `parse` of each, in order.

    The collector of garbage is paused while a few dozen are read, and takes its turn
    between them: a parse makes many values and no cycles, and looking through them
    again and again costs a tenth of the time.

    >>> [report.metadata.year for report in parse_many(["某市某局2018年政府信息公开年度报告\n一、概述\n"] * 2)]
    [2018, 2018]
    """
    for some in _bounded(texts, _TOGETHER):
        paused = gc.isenabled()
        gc.disable()
        try:
            made = [parse(text) for text in some]
        finally:
            if paused:
                gc.enable()
        yield from made


def _bounded(texts: Iterable[str | Source], size: int) -> Iterator[list[str | Source]]:
    """The texts in lists of so many."""
    rest = iter(texts)
    while some := list(islice(rest, size)):
        yield some


def _as_source(text: str | Source) -> Source:
    if isinstance(text, Source):
        return text
    if isinstance(text, str):
        return Source(text)
    if isinstance(text, bytes | bytearray | memoryview):
        raise NotText(
            "parse() takes a str, not bytes: decode them first, e.g. data.decode('utf-8'), "
            "or data.decode('gb18030') for most older pages"
        )
    raise NotText(f"parse() takes a str, not {type(text).__name__}")


def _place(fault: Diagnostic) -> int:
    return fault.span.start if fault.span else -1


def _of_source(source: Source, doubts: Iterable[Doubt]) -> Iterator[Diagnostic]:
    """What the reader of a file noted, and what the repairs could mend in several ways."""
    for code, detail, start, end, zh in source.notices:
        yield diagnose(
            code,
            detail,
            None if start is None or end is None else Span(start, end),
            source,
            zh,
        )
    for doubt in doubts:
        detail = f"{source.text[doubt.start : doubt.end]} may be {' or '.join(doubt.candidates)}"
        zh = (
            f"{source.text[doubt.start : doubt.end]}可能是{'或'.join(doubt.candidates)}"
        )
        yield diagnose(
            "ambiguous-repair", detail, Span(doubt.start, doubt.end), source, zh
        )


def _repairs(text: Text) -> Iterable[Repair]:
    for start, end, new, by in text.edits:
        yield Repair(
            by, Span(start, end), text.source.text[start:end], new, text.source
        )
