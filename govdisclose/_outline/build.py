"""Outline and tables to the public values: sections, paragraphs, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from govdisclose._lexicon.section_kind import section_kind
from govdisclose._lines.line import FURNITURE, PROSE, SIGNED, TITLE, Line
from govdisclose._outline.skeleton import Node
from govdisclose.report import Furniture, Paragraph, Section
from govdisclose.text import Text

_CJK: Final = r"[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Blanks that a converter left between characters; those between Latin words stay.
_SQUEEZED: Final = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")


def squeeze(text: str) -> str:
    """`text` without the blanks that stand next to a Chinese character.

    >>> squeeze("一 套 App Store 概 述")
    '一套App Store概述'
    """
    parts = text.split()
    return parts[0] if len(parts) == 1 else _SQUEEZED.sub("", " ".join(parts))


def paragraph(text: Text, start: int, end: int) -> Paragraph:
    """The paragraph `[start, end)` of the repaired text."""
    span = text.span(start, end)
    return Paragraph(text.string[start:end], text.source.slice(span), span, text.source)


def _paragraphs(text: Text, node: Node) -> Iterator[Paragraph]:
    heading = node.heading
    if heading is not None and heading.body < heading.end:
        yield paragraph(text, heading.body, heading.end)
    for line in node.lines:
        if line.type == PROSE:
            yield paragraph(text, line.start, line.end)


def build_sections(text: Text, root: Node) -> tuple[tuple[Paragraph, ...], tuple[Section, ...]]:
    """What stands before the first section, and the sections.

    The title and the signature are in neither. The recursion is as deep as there are classes of markers.
    """
    return tuple(_paragraphs(text, root)), tuple(_section(text, node) for node in root.nodes)


def _section(text: Text, node: Node) -> Section:
    line = node.heading
    assert line is not None  # only the root has none
    title = squeeze(text.string[slice(*line.title)]) if line.title else None
    stop = line.title[1] if line.title else max(line.marker_end, line.start)
    while stop > line.start and text.string[stop - 1].isspace():
        stop -= 1
    span = text.span(line.start, stop)
    return Section(
        level=line.level,
        number=line.number,
        marker="".join(text.string[line.start : line.marker_end].split()).lstrip("*#?"),
        title=title,
        kind="preamble" if line.level == 0 else section_kind(title),
        raw=text.source.slice(span),
        span=span,
        paragraphs=tuple(_paragraphs(text, node)),
        sections=tuple(_section(text, below) for below in node.nodes),
        source=text.source,
    )


def build_furniture(text: Text, lines: Iterable[Line]) -> Iterator[Furniture]:
    """The lines of the page that are no part of the report, in order."""
    for line in lines:
        if line.type == FURNITURE:
            span = text.span(line.start, line.end)
            yield Furniture(line.kind, text.source.slice(span), span, text.source)


def prose_ranges(lines: Iterable[Line]) -> Iterator[tuple[int, int]]:
    """Where prose stands: paragraphs, and what runs on behind a heading."""
    for line in lines:
        if line.type in (PROSE, TITLE, SIGNED):
            yield line.start, line.end
        elif line.type[0] == "H" and line.body < line.end:
            yield line.body, line.end
