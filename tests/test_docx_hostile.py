"""Word files that are broken or mean harm: bounded time and memory, and one sentence that says what and where."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from attrs import evolve
from growth import grows_as_a_line
from hypothesis import given
from hypothesis import strategies as st
from word import (
    cell,
    level,
    lists,
    numbered,
    paragraph,
    parts_of,
    read,
    row,
    run,
    span,
    table,
    word,
    write_report,
    zipped,
)

from govdisclose import parse
from govdisclose.errors import SourceError
from govdisclose.read import Limits
from govdisclose.testing import draft_report

SOUND = word(paragraph("甲"))
DOCUMENT = "word/document.xml"


def refused(data: bytes, limits: Limits | None = None, seconds: float = 5.0) -> str:
    """What the reader says, which it must say soon."""
    start = time.process_time()
    with pytest.raises(SourceError) as found:
        read(data, limits)
    assert time.process_time() - start < seconds
    return str(found.value)


def with_part(name: str, content: bytes | str) -> bytes:
    """A sound file with one part changed."""
    return zipped({**parts_of(paragraph("甲")), name: content})


# --- archives


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"PK\x03\x04" + b"x" * 50,
        SOUND[:40],
        SOUND[: len(SOUND) // 2],
        SOUND[:-30],
    ],
    ids=["nothing", "two bytes", "noise", "40 bytes", "half", "all but its end"],
)
def test_a_file_that_is_cut_off_is_refused(data: bytes) -> None:
    assert "cut off or is no ZIP archive" in refused(data)


def test_a_file_over_the_limit_of_size_is_refused_unread() -> None:
    assert "limit: size" in refused(SOUND, Limits(size=100))


def test_an_archive_that_declares_too_much_is_refused() -> None:
    bomb = with_part("word/media/image1.emf", b"\0" * 5_000_000)
    assert len(bomb) < 20_000
    assert "says that it holds 5,00" in refused(bomb, Limits(unpacked=1_000_000))


def test_an_archive_that_declares_too_little_is_stopped_at_the_limit() -> None:
    """The declared sizes are set to 100; what comes out is counted."""
    content = str(parts_of(paragraph("甲"))[DOCUMENT]).encode() + b" " * 30_000_000
    bomb = bytearray(with_part(DOCUMENT, content))
    for signature, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = bomb.find(signature)
        while at >= 0:
            if struct.unpack_from("<I", bomb, at + place)[0] == len(content):
                struct.pack_into("<I", bomb, at + place, 100)
            at = bomb.find(signature, at + 4)
    message = refused(bytes(bomb), Limits(unpacked=1_000_000))
    assert DOCUMENT in message


def test_a_part_that_goes_over_what_is_left_is_stopped() -> None:
    assert "limit: unpacked" in refused(
        with_part(DOCUMENT, " " * 3000), Limits(unpacked=2500)
    )


def test_an_archive_of_many_entries_is_refused_before_they_are_read() -> None:
    entry = b"PK\x01\x02" + b"\0" * 42
    assert "limit: entries" in refused(entry * 1_000_000)


def test_parts_that_share_their_bytes_are_counted_each_time() -> None:
    """What makes the flattest bombs: here every entry points to the same bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 10_000_000)
        info = archive.infolist()[0]
        for i in range(100):
            twin = zipfile.ZipInfo(f"word/{i}")
            twin.CRC, twin.compress_size, twin.file_size = (
                info.CRC,
                info.compress_size,
                info.file_size,
            )
            twin.header_offset, twin.compress_type = (
                info.header_offset,
                info.compress_type,
            )
            archive.filelist.append(twin)
    assert "limit: unpacked" in refused(data.getvalue())


def test_a_damaged_part_is_named() -> None:
    spoiled = bytearray(SOUND)
    at = spoiled.find(DOCUMENT.encode()) + len(DOCUMENT) + 10
    spoiled[at : at + 20] = b"\xff" * 20
    assert f"the part {DOCUMENT} cannot be unpacked" in refused(bytes(spoiled))


def test_an_entry_with_a_password_is_refused() -> None:
    locked = bytearray(SOUND)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.find(signature)
        while at >= 0:
            locked[at + place] |= 1
            at = locked.find(signature, at + 4)
    assert "protected by a password" in refused(bytes(locked))


def test_a_way_of_compression_that_word_does_not_know_is_refused() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts_of(paragraph("甲")).items():
            archive.writestr(name, content)
    assert "compressed by method 14" in refused(data.getvalue())


# --- parts


def test_a_file_without_its_text_is_refused() -> None:
    parts = parts_of("")
    del parts[DOCUMENT]
    assert refused(zipped(parts)) == f"the part {DOCUMENT} is missing from the file"


def test_a_workbook_is_no_text_of_word() -> None:
    assert "is no text of Word" in refused(
        with_part(DOCUMENT, "<workbook xmlns='urn:x'/>")
    )


@pytest.mark.parametrize(
    "name", [DOCUMENT, "word/_rels/document.xml.rels", "_rels/.rels"]
)
@pytest.mark.parametrize(
    "content",
    ["", "<w:document", "<a></b>", "\0", b"\xff\xfe\0", b"<a>\xff</a>", "<a>&x;</a>"],
)
def test_a_part_that_is_no_xml_is_named_with_the_fault(
    name: str, content: bytes | str
) -> None:
    assert name in refused(with_part(name, content))


@pytest.mark.parametrize("kind", ["styles", "numbering", "footnotes"])
def test_a_broken_part_beside_the_text_is_named(kind: str) -> None:
    body = paragraph("甲", inner='<w:r><w:footnoteReference w:id="1"/></w:r>')
    parts = parts_of(body, **{kind: ""})
    assert f"word/{kind}.xml" in refused(zipped({**parts, f"word/{kind}.xml": "<w:"}))


ENTITIES = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 20))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE w [<!ENTITY e0 "x">{ENTITIES}]>',
        '<!DOCTYPE w [<!ENTITY e19 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE w [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_neither_expanded_nor_fetched(doctype: str, encoding: str) -> None:
    text = f'{doctype}<w:document xmlns:w="x"><w:body a="&e19;">&e19;</w:body></w:document>'
    assert "document type declaration" in refused(
        with_part(DOCUMENT, text.encode(encoding))
    )


def test_an_encoding_that_hides_markup_is_not_believed() -> None:
    """In UTF-7 a bracket need not look like one; parts are UTF-8 or UTF-16 by the rules."""
    text = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE w SYSTEM +ACI-http://127.0.0.1:9/+ACIAPg-<w/>'
    assert DOCUMENT in refused(with_part(DOCUMENT, text))


def test_deep_nesting_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000
    assert "depth" in refused(word(body))


def test_tables_nested_as_deep_as_the_limit_are_read() -> None:
    body = paragraph("甲")
    for _ in range(60):
        body = table(row(cell(inner=body)))
    assert read(word(body)).text.strip() == "甲"


def test_the_limit_of_depth_can_be_set_lower() -> None:
    body = (
        "<w:sdt><w:sdtContent>" * 20 + paragraph("甲") + "</w:sdtContent></w:sdt>" * 20
    )
    assert "limit: depth" in refused(word(body), Limits(depth=30))


@pytest.mark.parametrize(
    "inner",
    ["<a/>" * 3_000_000, "<a " + " ".join(f"a{i}=''" for i in range(2_000_001)) + "/>"],
)
def test_too_many_elements_or_attributes_are_refused(inner: str) -> None:
    assert "limit: elements" in refused(with_part(DOCUMENT, inner))


def test_text_over_the_limit_is_refused() -> None:
    assert "limit: characters" in refused(
        word(paragraph("甲" * 2000)), Limits(characters=1000)
    )


# --- tables


def test_a_span_of_a_thousand_million_columns_costs_nothing() -> None:
    body = table(
        row(cell("收到", span(999_999_999)), cell("5", span(10**30))), row("办结", "4")
    )
    start = time.process_time()
    assert read(word(body)).text == "\n| 收到 | 5 |\n| 办结 | 4 |\n\n"
    assert time.process_time() - start < 1


def test_a_label_over_many_rows_does_not_multiply() -> None:
    rows = row(cell("", "<w:vMerge/>"), "1") * 1000
    body = table(row(cell("长" * 10_000, '<w:vMerge w:val="restart"/>'), "1"), rows)
    assert "limit: characters" in refused(word(body))


def test_a_table_of_a_million_cells_is_refused() -> None:
    assert "limit:" in refused(
        word("<w:tbl>" + f"<w:tr>{'<w:tc/>' * 10}</w:tr>" * 100_000 + "</w:tbl>"),
        seconds=10,
    )


def test_the_limit_of_cells_holds_over_all_tables() -> None:
    assert "limit: cells" in refused(word(table(row("a", "b")) * 10), Limits(cells=15))


@pytest.mark.parametrize(
    "body",
    [
        "<w:tc><w:p/></w:tc>",
        "<w:tr><w:tc><w:p/></w:tc></w:tr>",
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        "<w:tbl><w:tc><w:p/></w:tc></w:tbl>",
        "<w:p><w:p><w:p/></w:p></w:p>",
        "<w:r><w:t>x</w:t></w:r>",
        "<w:t>x</w:t>",
        f"<w:p><w:tbl><w:tr><w:tc>{run('x')}</w:tc></w:tr></w:tbl></w:p>",
        "<w:tbl><w:tr><w:tr><w:tc/></w:tr></w:tr></w:tbl>",
        "<w:txbxContent><w:txbxContent/></w:txbxContent>",
        "<mc:AlternateContent/>",
        "<w:sdt/>",
        "<w:object/>",
        "<w:p><w:r><w:fldChar/></w:r></w:p>",
        "<w:p><w:pPr><w:numPr/></w:pPr></w:p>",
        "<v:imagedata/>",
        "<pic:pic/>",
        "<wp:inline/>",
        "<w:footnoteReference/>",
        table(row(cell("a", span(-5)), cell("b", '<w:gridSpan w:val="x"/>'))),
        table(
            row(
                "a",
                properties='<w:gridBefore w:val="-3"/><w:gridAfter w:val="999999999"/>',
            )
        ),
    ],
)
def test_elements_out_of_place_do_no_harm(body: str) -> None:
    parse(read(word(body + paragraph("甲"))))


def test_a_pattern_of_numbers_does_not_multiply() -> None:
    """A number of five thousand characters before each of ten thousand paragraphs would be 50 MB."""
    body = "".join(numbered("甲") for _ in range(10_000))
    numbering = lists(level(0, "decimal", "长" * 5000 + "%1"))
    assert len(read(word(body, numbering=numbering)).text) < 1_000_000


def test_many_references_to_one_long_note_print_it_once() -> None:
    body = paragraph("甲", inner='<w:r><w:footnoteReference w:id="1"/></w:r>' * 20_000)
    note = f'<w:footnote w:id="1">{paragraph("长" * 100) * 100}</w:footnote>'
    assert len(read(word(body, footnotes=note)).text) < 20_000


# --- any bytes


REPORT = write_report(draft_report(random.Random(3), "fujian-2018"), automatic=True)


@given(
    st.lists(
        st.tuples(st.integers(0, len(REPORT) - 1), st.integers(0, 255)), max_size=8
    ),
    st.integers(0, len(REPORT)),
)
def test_changed_bytes_end_in_a_source_or_a_sentence(
    changes: list[tuple[int, int]], end: int
) -> None:
    data = bytearray(REPORT)
    for at, byte in changes:
        data[at] = byte
    for broken in (bytes(data), bytes(data[:end])):
        with contextlib.suppress(SourceError):
            read(broken)


XML = str(parts_of(table(row("收到", cell("5", span(2)))) + numbered("甲"))[DOCUMENT])


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(XML)),
            st.integers(0, 40),
            st.sampled_from(
                ("", "<", ">", "/", '"', "w:", "1", "&#0;", "<w:tc>", "</w:p>")
            ),
        ),
        max_size=4,
    )
)
def test_changed_xml_ends_in_a_source_or_a_sentence(
    changes: list[tuple[int, int, str]],
) -> None:
    text = XML
    for at, length, new in changes:
        text = text[:at] + new + text[at + length :]
    with contextlib.suppress(SourceError):
        parse(read(with_part(DOCUMENT, text)))


# --- time


OPEN_FIELD = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda n: word(paragraph("全年公开信息12条。") * n),
        lambda n: word(table(*[row("收到", "5")] * (n // 4))),
        lambda n: word(numbered("甲") * n, numbering=lists(level(0, "decimal", "%1."))),
        lambda n: word(paragraph("收到", "<w:rPr><w:del/></w:rPr>") * n),
        lambda n: word(
            "<w:p>"
            + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * n
            + run("甲") * n
            + "</w:p>"
        ),
        lambda n: word(
            "".join(f"<w:p>{OPEN_FIELD}{run('甲')}</w:p>" for _ in range(n // 4))
        ),
        lambda n: word(
            table(
                row(
                    *(cell("甲", '<w:hMerge w:val="continue"/>') for _ in range(n // 4))
                )
            )
        ),
    ],
    ids=[
        "paragraphs",
        "rows",
        "numbers",
        "deleted marks",
        "open fields",
        "open results",
        "merged cells",
    ],
)
def test_ten_times_the_file_takes_about_ten_times_the_time(
    make: Callable[[int], bytes],
) -> None:
    limits = evolve(Limits(), elements=20_000_000, cells=2_000_000)
    assert grows_as_a_line(lambda data: read(data, limits), make(2_000), make(20_000))
