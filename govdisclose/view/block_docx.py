"""Blocks as a Word file; needs python-docx (extra `docx`)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Final

from govdisclose.errors import MissingExtra
from govdisclose.view.block import Block, Grid, Heading, Items, Paragraph, Tone
from govdisclose.view.markup import visible

_COLOURS: Final = {"bad": "A11212", "doubt": "8A5A00", "good": "1A6B2D"}
_FONT: Final = "SimSun"  # on every machine that has Chinese Word or WPS
_NOTE: Final = 9  # points


def blocks_docx(blocks: Iterable[Block]) -> bytes:
    """The blocks as a Word file. Raises `MissingExtra` where python-docx is not there."""
    try:
        import docx
    except ModuleNotFoundError as error:
        raise MissingExtra(
            "writing a Word file needs python-docx, which is not installed: pip install 'govdisclose[docx]'",
            name="docx",
        ) from error
    document = docx.Document()
    _set_font(document)
    for block in blocks:
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_font(document: Any) -> None:
    """A font that has Chinese characters, also where python-docx names only a Latin one."""
    from docx.oxml.ns import qn

    for style in document.styles:
        if style.type in (1, 2) and style.element.rPr is not None:
            fonts = style.element.rPr.get_or_add_rFonts()
            fonts.set(qn("w:eastAsia"), _FONT)
    normal = document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts()
    normal.set(qn("w:eastAsia"), _FONT)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(visible(text), level - 1)
        case Paragraph(text, tone):
            _write(document.add_paragraph(), text, tone)
        case Items(items):
            for item in items:
                point = document.add_paragraph(style="List Bullet")
                _write(point, item.text, item.tone)
                for note in item.notes:
                    point.add_run().add_break()
                    _write(point, note, "", _NOTE)
        case Grid(rows, head):
            lines = [head, *rows] if head else list(rows)
            if lines:
                _add_table(document, lines)


def _add_table(document: Any, lines: list[tuple[str, ...]]) -> None:
    table = document.add_table(len(lines), len(lines[0]), style="Table Grid")
    for line, cells in zip(table.rows, lines, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = visible(text)


def _write(paragraph: Any, text: str, tone: Tone, points: int | None = None) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(visible(text))
    if tone:
        run.font.color.rgb = RGBColor.from_string(_COLOURS[tone])
    if points is not None:
        run.font.size = Pt(points)
