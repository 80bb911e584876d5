"""What is fuzzed: for each reader and for `parse`, bytes in, and what must hold of what comes out.

A target may raise nothing. `SourceError` is an answer of a reader, and caught; all else is a fault. Nothing here needs
atheris: `tests/test_fuzz.py` runs the targets on the files that they once failed on, and on their seeds.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import govdisclose as gd
from govdisclose.errors import SourceError
from govdisclose.report import Report
from govdisclose.testing import ALL_LAYOUTS, make_document, make_report
from govdisclose.text import Source

LIMITS: Final = gd.Limits(
    size=1 << 20, characters=200_000, cells=20_000, pages=20, seconds=20.0
)
_FORMS: Final = (
    "anhui-2014",
    "fujian-2018",
    "national-2021",
)  # small ones first: speed finds more than size


class Target(NamedTuple):
    """One thing to fuzz: what to do with some bytes, and bytes to begin with."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]


# --- what must hold


def hold(report: Report) -> None:
    """What holds of every report: places are exact, and it comes back from what it writes."""
    source = report.source
    assert source is not None
    nodes: tuple[Any, ...] = (
        *report.cells,
        *report.quantities,
        *report.citations,
        *report.attachments,
        *report.furniture,
        *report.preamble,
        *report.walk(),
        *report.metadata.evidence,
    )
    for node in nodes:
        assert source.slice(node.span) == node.raw, node
    for fault in report.diagnostics:
        assert fault.span is None or 0 <= fault.span.start <= fault.span.end <= len(
            source.text
        ), fault
    for repair in report.repairs:
        assert source.slice(repair.span) == repair.old, repair
    assert Report.from_dict(report.to_dict()) == report
    for finding in gd.check(report):
        assert finding.verdict in ("holds", "fails", "explained", "undecided")


def hold_of_source(source: Source) -> None:
    """What holds of what a reader returns: marks in order and inside of the text, notices of known codes."""
    end = 0
    for mark in source.marks:
        assert end <= mark.start <= mark.end <= len(source.text), mark
        end = mark.end
    for link in source.links:
        assert 0 <= link.start <= link.end <= len(source.text), link
    for notice in source.notices:
        assert notice.code in gd.CODES, notice
    hold(gd.parse(source))


def _read(data: bytes) -> None:
    try:
        source = gd.read(data, name="年报", limits=LIMITS)
    except SourceError:
        return
    hold_of_source(source)


# --- text


def _parse(data: bytes) -> None:
    hold(gd.parse(data.decode("utf-8", errors="surrogateescape")))


def _texts() -> Iterator[bytes]:
    for i, layout in enumerate(sorted(ALL_LAYOUTS)):
        yield make_report(random.Random(i), _FORMS[i % 2], layout).text.encode()


def _encoded() -> Iterator[bytes]:
    text = make_report(random.Random(1), "anhui-2014").text
    for encoding in ("gb18030", "utf-16", "utf-8-sig", "utf-32"):
        yield text.encode(encoding)
    yield "雲溪市水利局2018年政府資訊公開工作年度報告".encode("big5")
    yield "政府信息公开".encode().decode("latin-1").encode()


# --- web pages


def _html(data: bytes) -> None:
    _read(b"<html>" + data)


def _pages() -> Iterator[bytes]:
    for i, kind in enumerate(("html_article", "html_nested", "html_word")):
        yield make_document(random.Random(i), _FORMS[i], kind).data
    yield b"<ol type=i><li>1<li hidden>2<td rowspan=0><td colspan=9>3<caption>x<a href=a.doc>y</a><pre>\n</pre>"


# --- Word files: the parts are fuzzed, not the packing, which zipfile does

_PARTS: Final = (
    "word/document.xml",
    "word/numbering.xml",
    "word/styles.xml",
    "word/footnotes.xml",
)
_BETWEEN: Final = b"\0"


def _docx(data: bytes) -> None:
    if data[:2] == b"PK":
        _read(data)
        return
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, part in zip(_PARTS, data.split(_BETWEEN), strict=False):
            packed.writestr(name, part)
        rels = "".join(
            f'<Relationship Id="r{i}" Target="{name.partition("/")[2]}" Type="http://schemas.openxmlformats.org/officeDocument/'
            f'2006/relationships/{name.partition("/")[2].partition(".")[0]}"/>'
            for i, name in enumerate(_PARTS[1:])
        )
        packed.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>',
        )
    _read(out.getvalue())


def _words() -> Iterator[bytes]:
    for i in range(3):
        data = make_document(random.Random(i), _FORMS[i], "docx").data
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            yield _BETWEEN.join(
                packed.read(name) if name in names else b"" for name in _PARTS
            )
    yield data


# --- PDF: the file as it is; and what the worker says of its pages


def _pdf(data: bytes) -> None:
    _read(b"%PDF-1.4\n" + data)


def _pdfs() -> Iterator[bytes]:
    yield make_document(random.Random(1), "anhui-2014", "pdf").data
    yield make_document(random.Random(2), "fujian-2018", "pdf_unruled").data


_GLYPH: Final = 9  # bytes of a glyph or a rule of the made-up pages: kind, four numbers of two bytes
_LETTERS: Final = "一二三主动公开政府信息数件条合计其中:、()0123456789 -/——\n"


def _page_of(data: bytes) -> dict[str, Any]:
    """A message of the worker, made of bytes."""
    page: dict[str, Any] = {
        "box": [0, 0, 59500, 84200],
        "rules": [],
        "images": [],
        "shapes": 0,
        "text": [],
        "boxes": [],
        "origins": [],
        "turns": [],
        "runs": [],
        "pale": [],
        "hidden": [],
    }
    for i in range(0, len(data) - _GLYPH + 1, _GLYPH):
        kind = data[i]
        a, b, c, d = (
            2 * int.from_bytes(data[i + j : i + j + 2], "big") for j in (1, 3, 5, 7)
        )
        if kind < 64:
            page["rules"].append([min(a, c), min(b, d), max(a, c), max(b, d)])
        elif kind < 68:
            page["images"].append([min(a, c), min(b, d), max(a, c), max(b, d)])
        else:
            page["text"].append(
                c if kind == 255 else ord(_LETTERS[c // 2 % len(_LETTERS)])
            )
            size = d % 2000
            page["boxes"] += (a, b, a + size, b + size)
            page["origins"] += (a, b)
            page["runs"].append(kind)
            page["pale"].append(kind % 2)
            page["turns"].append(kind % 4 if kind > 250 else -1 if kind == 250 else 0)
    return page


def _pdf_pages(data: bytes) -> None:
    pages = [_page_of(part) for part in data.split(b"\xff\xff\xff\xff")[:4]]
    from govdisclose.read.pdf import read_pdf

    try:
        source = read_pdf(
            b"%PDF-1.4\nendobj startxref",
            None,
            LIMITS,
            lambda _data, _limits: iter(pages),
        )
    except SourceError:
        return
    hold_of_source(source)


def _drawn() -> Iterator[bytes]:
    def item(kind: int, *numbers: int) -> bytes:
        return bytes([kind]) + b"".join((n // 2).to_bytes(2, "big") for n in numbers)

    lines = [item(0, 5000, 70000 - 2000 * i, 50000, 70000 - 2000 * i) for i in range(5)]
    lines += [
        item(0, 5000 + 15000 * i, 62000, 5000 + 15000 * i, 70000) for i in range(4)
    ]
    text = [
        item(100, 5500 + 15000 * j, 68500 - 2000 * i, 2 * (7 * i + j), 1000)
        for i in range(4)
        for j in range(3)
    ]
    yield b"".join(lines + text)
    yield b"".join(text) + b"\xff\xff\xff\xff" + b"".join(lines)


TARGETS: Final[Mapping[str, Target]] = MappingProxyType(
    {
        "parse": Target(_parse, _texts),
        "text": Target(_read, _encoded),
        "html": Target(_html, _pages),
        "docx": Target(_docx, _words),
        "pdf": Target(_pdf, _pdfs),
        "pdf_pages": Target(_pdf_pages, _drawn),
    }
)
