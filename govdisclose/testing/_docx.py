"""A draft as a Word document, the way Word writes them: automatic numbers, merged
cells, text cut into runs.

Needs python-docx: `pip install govdisclose[testing-documents]`.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from govdisclose.testing._box import Box, boxes
from govdisclose.testing._grid import Grid
from govdisclose.testing._report import Block, Draft

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ABSTRACT, _NUMBERING = (
    "4711",
    "4712",
)  # ids that the template of python-docx does not use
_FORMATS = (
    ("chineseCountingThousand", "%1\N{IDEOGRAPHIC COMMA}"),
    ("chineseCountingThousand", "(%2)"),
)


def docx_document(draft: Draft, rng: random.Random) -> bytes:
    """The draft as the bytes of a .docx file. Three in four have automatic numbers for
    their headings."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    automatic = rng.random() < 0.75
    if automatic:
        _define_numbers(document, parse_xml)
    section = document.sections[0]
    section.header.paragraphs[0].text = str(draft.metadata["issuer"] or "年度报告")
    section.footer.paragraphs[0]._p.append(
        parse_xml(
            f'<w:fldSimple {_W} w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>'
        )
    )
    body = document.element.body
    counted = _Counter()
    for block in draft.blocks:
        if block.rows is not None:
            xml = [_table(block.rows, rng), f"<w:p {_W}/>"]
        elif automatic and counted.next_is(block):
            xml = [_paragraph(_unmarked(block), rng, numbered=_level(block))]
        else:
            xml = [_paragraph(block.text, rng, centred=block.kind == "title")]
        for element in xml:
            body.insert(
                len(body) - 1, parse_xml(element)
            )  # the last one holds the settings of the page
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Counter:
    """The numbers that Word would give."""

    def __init__(self) -> None:
        self._counts = [0, 0]

    def next_is(self, block: Block) -> bool:
        """Whether a heading has the number that Word would give it; counts it if so."""
        if block.outline is None or block.outline[0] > len(self._counts):
            return False
        level = block.outline[0] - 1
        if block.outline[1] != self._counts[level] + 1 or (
            level and not self._counts[0]
        ):
            return False
        self._counts[level] += 1
        self._counts[level + 1 :] = [0] * (len(self._counts) - level - 1)
        return True


def _level(block: Block) -> int:
    assert block.outline is not None
    return block.outline[0] - 1


def _unmarked(block: Block) -> str:
    """A heading without its marker."""
    assert block.outline is not None
    return block.text[block.text.index(block.outline[2]) :]


def _define_numbers(document: Any, parse_xml: Any) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(_FORMATS)
    )
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {_W} w:abstractNumId="{_ABSTRACT}">{levels}</w:abstractNum>'
    )
    numbering.insert(0, abstract)  # all of these stand before the w:num
    numbering.append(
        parse_xml(
            f'<w:num {_W} w:numId="{_NUMBERING}"><w:abstractNumId w:val="{_ABSTRACT}"/></w:num>'
        )
    )


def _runs(text: str, rng: random.Random) -> str:
    """The text cut into runs wherever Word once stopped, fonts changed, or somebody edited."""
    out, start = [], 0
    while start < len(text):
        end = start + rng.randint(1, 12)
        out.append(
            f'<w:r><w:t xml:space="preserve">{escape(text[start:end])}</w:t></w:r>'
        )
        start = end
    return "".join(out)


def _paragraph(
    text: str, rng: random.Random, numbered: int | None = None, centred: bool = False
) -> str:
    properties = '<w:jc w:val="center"/>' if centred else ""
    if numbered is not None:
        properties = (
            f'<w:numPr><w:ilvl w:val="{numbered}"/><w:numId w:val="{_NUMBERING}"/></w:numPr>'
            + properties
        )
    return f"<w:p {_W}><w:pPr>{properties}</w:pPr>{_runs(text, rng)}</w:p>"


def _table(rows: Grid, rng: random.Random) -> str:
    width = max(map(len, rows))
    grid = '<w:gridCol w:w="900"/>' * width
    printed = {(box.row, box.column): box for line in boxes(rows) for box in line}
    lines = "".join(
        f"<w:tr>{''.join(_cells(rows, i, printed, rng))}</w:tr>"
        for i in range(len(rows))
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tbl {_W}><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _cells(
    rows: Grid, i: int, printed: dict[tuple[int, int], Box], rng: random.Random
) -> Iterator[str]:
    """The cells of a row: a cell that begins above goes on with an empty one."""
    j = 0
    while j < len(rows[i]):
        box = printed.get((i, j))
        if box is not None:
            merge = '<w:vMerge w:val="restart"/>' if box.rows > 1 else ""
            yield _cell(box.text, box.columns, merge, rng)
            j += box.columns
            continue
        above = next(
            b for k in range(i - 1, -1, -1) if (b := printed.get((k, j))) is not None
        )
        yield _cell("", above.columns, "<w:vMerge/>", rng)
        j += above.columns


def _cell(text: str, columns: int, merge: str, rng: random.Random) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    cut = (
        len(text) // 2
        if len(text) > 5 and not text.isascii() and rng.random() < 0.15
        else 0
    )
    parts = [text[:cut], text[cut:]] if cut else [text]  # a label on two lines
    paragraphs = "".join(f"<w:p>{_runs(part, rng)}</w:p>" for part in parts)
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{paragraphs}</w:tc>"
