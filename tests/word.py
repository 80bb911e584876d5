"""Word files for tests: packages out of raw XML, and whole reports out of the drafts of `govdisclose.testing`."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final
from xml.sax.saxutils import escape

from govdisclose.read import Limits
from govdisclose.read.word import read_word
from govdisclose.testing import Draft, Grid
from govdisclose.text import Source

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES: Final = MappingProxyType(
    {
        "w": _W,
        "r": _R,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "o": "urn:schemas-microsoft-com:office:office",
        "v": "urn:schemas-microsoft-com:vml",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    }
)
_DECLARED: Final = " ".join(
    f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items()
)
_KINDS: Final = (
    "styles",
    "numbering",
    "footnotes",
    "endnotes",
    "comments",
    "header",
    "footer",
)
CONTENT_TYPE: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """An archive of those parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(
    body: str, content_type: str = CONTENT_TYPE, relations: str = "", **others: str
) -> dict[str, bytes | str]:
    """The parts of a Word file with that body; `others` are the insides of styles, numbering, footnotes ..."""
    kinds = [kind for kind in _KINDS if kind in others]
    links = "".join(
        f'<Relationship Id="i{i}" Type="{_R}/{k}" Target="{k}.xml"/>'
        for i, k in enumerate(kinds)
    )
    roots = {"header": "hdr", "footer": "ftr"}
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {_DECLARED}><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">{links}{relations}</Relationships>',
        **{
            f"word/{kind}.xml": f"<w:{roots.get(kind, kind)} {_DECLARED}>{others[kind]}</w:{roots.get(kind, kind)}>"
            for kind in kinds
        },
    }


def word(body: str, **others: str) -> bytes:
    """A Word file with that body."""
    return zipped(parts_of(body, **others))


def read(data: bytes, limits: Limits | None = None) -> Source:
    """The source of a Word file."""
    return read_word(data, "report.docx", limits or Limits())


def lines(body: str, **others: str) -> list[str]:
    """The lines that a body is read as, without blank ones."""
    return [
        line for line in read(word(body, **others)).text.split("\n") if line.strip()
    ]


# --- XML


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    props = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", inner: str = "") -> str:
    """A paragraph; `inner` stands behind the text."""
    props = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{props}{run(text) if text else ''}{inner}</w:p>"


def numbered(text: str, level: int = 0, num: int = 1) -> str:
    """A paragraph of a list."""
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    )


def cell(text: str = "", properties: str = "", inner: str | None = None) -> str:
    """A cell of a table."""
    props = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{props}{paragraph(text) if inner is None else inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; what is no XML becomes a cell."""
    props = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{props}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """The property of a cell that covers several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


def level(i: int, kind: str, pattern: str, more: str = "", start: int = 1) -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    """One list of those levels, by the number 1; `more` are other lists."""
    return (
        f'<w:abstractNum w:abstractNumId="1">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>{more}'
    )


# --- whole reports

HEADINGS: Final = lists(
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCountingThousand", "(%2)", '<w:suff w:val="nothing"/>'),
)
"""The lists that `write_report` numbers its headings by."""


def write_report(
    draft: Draft, automatic: bool = False, moved: random.Random | None = None
) -> bytes:
    """A draft as a Word file, merged cells merged.

    `automatic`: the numbers of headings are left to Word. `moved`: tables that stand together are one table, and the
    borders of every row are a little off those of the row above, as if moved by hand.
    """
    parts: list[str] = []
    grids: list[Grid] = []
    for block in draft.blocks:
        if block.rows is not None and moved is not None:
            grids.append(block.rows)
            continue
        if grids:
            parts += (_write_moved(grids, moved or random.Random(0)), paragraph())
            grids = []
        if block.rows is not None:
            parts.append(write_table(block.rows))
        elif automatic and block.outline is not None:
            depth, _, title = block.outline
            parts.append(numbered(block.text[block.text.index(title) :], depth - 1))
        else:
            parts.append(paragraph(block.text))
    if grids:
        parts.append(_write_moved(grids, moved or random.Random(0)))
    return word("".join((*parts, paragraph())), numbering=HEADINGS)


def write_table(rows: Grid) -> str:
    """The XML of a grid."""
    width = max(map(len, rows))
    borders = list(range(width + 1))
    return table(
        *(_written(rows, i, borders, borders) for i in range(len(rows))),
        widths=(900,) * width,
    )


_PAGE: Final = 9000  # width of a page, in twentieths of a point
_OFF: Final = 45  # how far a border may be from where it belongs


def _write_moved(grids: Sequence[Grid], rng: random.Random) -> str:
    """Several grids as one table over the width of the page, no two rows with quite the same borders."""
    placed: list[tuple[Grid, int, list[int]]] = []
    for rows in grids:
        width = max(map(len, rows))
        inner = [_PAGE * j // width for j in range(1, width)]
        placed += [
            (rows, i, [0, *(x + rng.randint(-_OFF, _OFF) for x in inner), _PAGE])
            for i in range(len(rows))
        ]
    # A cell that goes on from above has to begin and end where that one does.
    for rows, i, own in placed:
        for j, c in enumerate(rows[i]):
            if c.role == "under":
                above = next(o for r, k, o in placed if r is rows and k == i - 1)
                own[j : j + 2] = above[j : j + 2]
    borders = sorted({x for _, _, own in placed for x in own})
    widths = tuple(right - left for left, right in pairwise(borders))
    return table(
        *(_written(rows, i, own, borders) for rows, i, own in placed), widths=widths
    )


def _written(rows: Grid, i: int, own: Sequence[int], borders: Sequence[int]) -> str:
    """The XML of a row whose borders stand at `own`, in a table that has `borders`."""
    return row(*_cells(rows, i, [borders.index(x) for x in own]))


def _cells(rows: Grid, i: int, at: Sequence[int]) -> Iterator[str]:
    """The cells of a row; those below a merged cell go on from it, as wide as it is."""
    j = 0
    while j < len(rows[i]):
        top = i
        while rows[top][j].role == "under":
            top -= 1
        wide = 1
        while j + wide < len(rows[top]) and rows[top][j + wide].role == "over":
            wide += 1
        below = (
            i + 1 < len(rows)
            and j < len(rows[i + 1])
            and rows[i + 1][j].role == "under"
        )
        columns = at[j + wide] - at[j]
        properties = span(columns) if columns > 1 else ""
        if top < i:
            properties += "<w:vMerge/>"
        elif below:
            properties += '<w:vMerge w:val="restart"/>'
        yield cell("" if top < i else rows[i][j].text, properties)
        j += wide
