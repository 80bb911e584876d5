"""Lines to the sections of a report, through `grammars/report.lark`, which accepts
every sequence of them.

Guarantees:

1. Every heading is in the outline once, in order; every line of text is in the section
that it follows. 2. No sequence of lines is refused, and each has one reading. (Tests
prove both.) 3. Faults of numbering are reported, never mended: they are in
`_outline/numbering.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from attrs import frozen

from govdisclose._lexicon.grammar import grammar
from govdisclose._lexicon.section_kind import section_kind
from govdisclose._lines.line import TABLE, Line
from govdisclose._outline.numbering import numbering_faults
from govdisclose.diagnostic import Diagnostic
from govdisclose.report import Furniture, Paragraph, Section
from govdisclose.text import Text

_CJK: Final = r"[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Blanks that a converter left between characters; those between Latin words stay.
_SQUEEZED: Final = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_DECORATION: Final = "*#?"  # before a marker: Markdown, and bytes that were lost


@frozen
class Outline:
    """What stands before the first section, the sections, and the lines of the page
    that are no part of the report."""

    preamble: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    furniture: tuple[Furniture, ...]


class Token(NamedTuple):
    """A line as the grammar has it; of the lines of one table, the first."""

    type: str
    line: Line
    text: Text


_Part: TypeAlias = Paragraph | Section | Furniture
_Kind = TypeVar("_Kind", Paragraph, Section, Furniture)


class _Transformer:
    """Reductions of the grammar to values. Each gives a list, so that furniture inside
    a section is handed up."""

    @staticmethod
    def report(below: list[list[_Part]]) -> Outline:
        parts = [part for found in below for part in found]
        return Outline(
            _only(Paragraph, parts), _only(Section, parts), _only(Furniture, parts)
        )

    @staticmethod
    def section(children: list[Any]) -> list[_Part]:
        heading, *below = children
        _, line, text = heading
        parts: list[_Part] = (
            [_paragraph(text, line.body, line.end)] if line.body < line.end else []
        )
        parts += [part for found in below for part in found]
        return [_section(text, line, parts), *_only(Furniture, parts)]

    section0 = section1 = section2 = section3 = section4 = section5 = section

    @staticmethod
    def paragraph(children: list[Token]) -> list[_Part]:
        ((_, line, text),) = children
        return [_paragraph(text, line.start, line.end)]

    @staticmethod
    def furniture(children: list[Token]) -> list[_Part]:
        ((_, line, text),) = children
        span = text.span(line.start, line.end)
        return [Furniture(line.kind, text.source.slice(span), span, text.source)]

    @staticmethod
    def elsewhere(children: list[Token]) -> list[_Part]:
        """Titles, signatures and tables have values of their own."""
        return []

    title = table = signature = elsewhere


def _only(kind: type[_Kind], parts: Iterable[_Part]) -> tuple[_Kind, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def read_outline(text: Text, lines: Sequence[Line]) -> tuple[Outline, list[Diagnostic]]:
    r"""The outline of `lines`, those of `text`, and the faults of its numbering.

    >>> from govdisclose._lines.line import split_lines
    >>> from govdisclose._lines.shape import shape_lines
    >>> from govdisclose.text import Source
    >>> text = Text(Source("前文。\n一、概述\n全年3件。\n(一)机构。无。"))
    >>> outline, faults = read_outline(text, shape_lines(text.shadow, split_lines(text.shadow)))
    >>> [paragraph.text for paragraph in outline.preamble], outline.sections[0].sections[0].title
    (['前文。'], '机构')
    """
    outline: Outline = grammar("report", _Transformer).run(tokens(text, lines))
    return outline, list(numbering_faults(text, lines))


def tokens(text: Text, lines: Iterable[Line]) -> Iterator[Token]:
    """The lines as tokens; those of a table are one, not hundreds."""
    before = ""
    for line in lines:
        if line.type != TABLE or before != TABLE:
            yield Token(line.type, line, text)
        before = line.type


def _paragraph(text: Text, start: int, end: int) -> Paragraph:
    span = text.span(start, end)
    return Paragraph(text.string[start:end], text.source.slice(span), span, text.source)


def _section(text: Text, line: Line, parts: Iterable[_Part]) -> Section:
    title = squeeze(text.string[slice(*line.title)]) if line.title else None
    stop = line.title[1] if line.title else max(line.marker_end, line.start)
    while stop > line.start and text.string[stop - 1].isspace():
        stop -= 1
    span = text.span(line.start, stop)
    marker = "".join(text.string[line.start : line.marker_end].split())
    return Section(
        level=line.level,
        number=line.number,
        marker=marker.lstrip(_DECORATION),
        title=title,
        kind="preamble" if line.level == 0 else section_kind(title),
        raw=text.source.slice(span),
        span=span,
        paragraphs=_only(Paragraph, parts),
        sections=_only(Section, parts),
        source=text.source,
    )


def squeeze(text: str) -> str:
    """`text` without the blanks that stand next to a Chinese character.

    >>> squeeze("一 套 App Store 概 述")
    '一套App Store概述'
    """
    parts = text.split()
    return parts[0] if len(parts) == 1 else _SQUEEZED.sub("", " ".join(parts))
