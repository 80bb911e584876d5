"""What `read` makes of a file: which format it is, what is refused and how, and how text is decoded."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from threading import Thread
from typing import Any

import docx
import pytest
from attrs import evolve
from hypothesis import example, given
from hypothesis import strategies as st

import govdisclose as gd
from govdisclose.errors import SourceError
from govdisclose.read import Limits, read
from govdisclose.read.delimited import pieces
from govdisclose.read.format import FORMATS, recognise_format

TEXT = "云溪市青石区水利局2018年政府信息公开工作年度报告\n一、概述\n全年主动公开政府信息120条，收到申请5件。\n"
TRADITIONAL = "雲溪市青石區水利局2018年政府資訊公開工作年度報告\n一、概述\n全年主動公開政府資訊120條，收到申請5件。\n"


def packed(*names: str) -> bytes:
    """A zip file with files of those names in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def compound(stream: str) -> bytes:
    """The beginning of a compound file (OLE 2), and the name of a stream in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("年报.txt"))
    return out.getvalue()


# --- what it is given -------------------------------------------------------------------------------------------------


def test_a_path_bytes_and_a_file_object_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_text(TEXT, "utf-8", newline="")
    with path.open("rb") as binary, path.open(encoding="utf-8", newline="") as text:
        sources = [
            read(path),
            read(str(path)),
            read(path.read_bytes()),
            read(binary),
            read(text),
        ]
    assert {source.text for source in sources} == {TEXT}
    assert [source.name for source in sources] == [
        str(path),
        str(path),
        None,
        str(path),
        str(path),
    ]
    assert read(path, name="甲").name == "甲"


def test_parse_file_is_read_and_parse(tmp_path: Path) -> None:
    path = tmp_path / "年报.txt"
    path.write_text(TEXT, "gb18030")
    assert gd.parse_file(path) == gd.parse(gd.read(path)) == gd.parse(TEXT)


def test_what_is_no_file_is_refused_as_a_type_error() -> None:
    with pytest.raises(
        TypeError, match="takes a path, bytes or a file object, not int"
    ):
        read(7)  # type: ignore[arg-type]


def test_a_file_over_the_limit_is_not_read_whole(tmp_path: Path) -> None:
    """At most one byte more than the limit is taken from a file that never ends."""

    class Endless:
        taken = 0

        def read(self, size: int = -1, /) -> bytes:
            assert size >= 0
            self.taken += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(
        gd.SourceError, match=r"larger than 1,000 bytes \(limit: size\)"
    ):
        read(endless, limits=Limits(size=1000))
    assert endless.taken == 1001


def test_text_over_the_limit_of_characters_is_refused() -> None:
    for data in (
        b"x" * 11,
        ("一" * 11).encode(),
        b"x" * 50,
        ("一" * 11).encode("utf-16"),
    ):
        with pytest.raises(gd.SourceError, match="limit: characters"):
            read(data, limits=Limits(characters=10))


# --- formats ----------------------------------------------------------------------------------------------------------

REFUSED = {
    "workbook (.xlsx)": packed("[Content_Types].xml", "xl/workbook.xml"),
    "presentation (.pptx)": packed("[Content_Types].xml", "ppt/presentation.xml"),
    "OFD document": packed("OFD.xml", "Doc_0/Document.xml"),
    "OpenDocument": packed("mimetype", "content.xml"),
    "zip archive": packed("年报.doc"),
    "old Word or WPS document (.doc, .wps)": compound("WordDocument"),
    "old Excel": compound("Workbook"),
    "old PowerPoint": compound("PowerPoint Document"),
    "password-protected": compound("EncryptedPackage"),
    "old Office": compound("Other"),
    "rich text": b"{\\rtf1\\ansi",
    "web archive": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
    "Word document in one XML file": b'<?xml version="1.0"?><w:wordDocument xmlns:w="x">',
    "spreadsheet in one XML file": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    "picture (PNG)": b"\x89PNG\r\n\x1a\n",
    "picture (JPEG)": b"\xff\xd8\xff\xe0",
    "picture (GIF)": b"GIF89a",
    "picture (BMP)": b"BM\x10\x00\x00\x00\x00\x00\x00\x00",
    "picture (TIFF)": b"II*\0",
    "picture (WebP)": b"RIFF\x10\x00\x00\x00WEBP",
    "gzip": b"\x1f\x8b\x08",
    "RAR": b"Rar!\x1a\x07\x01",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "bzip2": b"BZh9",
    "xz": b"\xfd7zXZ\0",
    "tar": tar(),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_format_and_what_to_do(
    name: str,
) -> None:
    """Told by content: the name of the file says something else."""
    with pytest.raises(gd.SourceError) as caught:
        read(REFUSED[name], name="年报.txt")
    message = str(caught.value)
    assert message.startswith("年报.txt: ")
    assert name in message
    assert any(
        word in message
        for word in ("soffice", "unpack", "export", "OCR", "browser", "password")
    )
    assert "\n" not in message


def test_every_format_that_is_refused_has_a_case() -> None:
    refused = {format_.name for format_ in FORMATS if format_.reader is None}
    assert {recognise_format(data).name for data in REFUSED.values()} == refused


@pytest.mark.parametrize(
    "text",
    [
        "<某某局>2018年年报",
        "(<http://a.gov.cn/>)一、概述",
        "《关于印发<报告格式>的通知》",
        "5 < 7，a</b",
        "BMW一、概述",
        "From: 某局",
    ],
)
def test_text_that_looks_a_little_like_another_format_is_text(text: str) -> None:
    assert recognise_format(text.encode()).name == "text"
    assert read(text.encode()).text == text


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><p>x",
        "\r\n  <html>",
        '<?xml version="1.0"?>\n<html xmlns="x">',
        "<!-- saved -->\n<div>年报</div>",
        "年报<p>一、</p><p>二、</p><p>三、</p>",
        "<TABLE BORDER=1>",
    ],
)
def test_a_page_is_a_page_in_any_encoding(page: str) -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "gb18030"):
        assert recognise_format(page.encode(encoding, "ignore")).name == "a web page"


def test_the_wrong_ending_is_noted_and_does_no_harm() -> None:
    source = read(TEXT.encode(), name="年报.pdf")
    assert source.text == TEXT
    (notice,) = source.notices
    assert notice.code == "misnamed-file"
    assert "a PDF file" in notice.detail
    assert read(TEXT.encode(), name="年报.txt").notices == ()
    assert read(TEXT.encode(), name="年报").notices == ()


@pytest.mark.parametrize(
    ("library", "extra", "data"),
    [("lxml", "html", b"<html>"), ("pypdfium2", "pdf", b"%PDF-1.4")],
)
def test_a_missing_library_says_the_command_that_installs_it(
    library: str, extra: str, data: bytes
) -> None:
    """In a process of its own, in which the library is not to be had."""
    code = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "import govdisclose as gd\n"
        f"try: gd.read({data!r}, name='a')\n"
        "except gd.MissingExtra as error: print(error); assert isinstance(error, ImportError)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert f"needs {library}" in done.stdout, done.stderr
    assert f"pip install 'govdisclose[{extra}]'" in done.stdout


# --- decoding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "gb18030",
        "gbk",
    ],
)
def test_each_encoding_is_recognised(encoding: str) -> None:
    source = read(TEXT.encode(encoding))
    assert source.text == TEXT
    assert source.notices == ()


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs", "gbk", "gb18030"])
def test_traditional_text_is_told_by_what_it_is_encoded_in(encoding: str) -> None:
    """GBK has the traditional characters, too: neither is read as the other."""
    source = read(TRADITIONAL.encode(encoding))
    assert source.text == TRADITIONAL
    assert source.notices == ()


@pytest.mark.parametrize("encoding", ["gb18030", "big5hkscs"])
@example(
    text=["政府工作年度", *["人民代表大"] * 6]
)  # as GB18030, hardly a Chinese character, and half of them usual
@given(
    text=st.lists(
        st.sampled_from(
            [
                "政府工作年度",
                "全年公文",
                "本年收到申告",
                "一月至三月",
                "行政管理",
                "人民代表大",
                "12",
                "。",
            ]
        ),
        min_size=3,
    )
)
def test_common_words_in_either_encoding_are_never_read_as_the_other(
    encoding: str, text: list[str]
) -> None:
    """Characters that both encodings have; what is misread would have to be as usual as they are."""
    joined = "".join(text)
    source = read(joined.encode(encoding))
    assert source.text == joined or source.notices


def test_utf_16_is_told_from_its_swapped_form_even_with_many_characters_that_end_in_nul() -> (
    None
):
    text = "一" * 50 + "。\n" + "一、概述2018" * 3  # U+4E00: its second byte is NUL
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read(text.encode(encoding)).text == text


def test_the_caller_knows_better_than_detection_and_a_mark_better_than_the_caller() -> (
    None
):
    few = "攰攲"
    assert read(
        few.encode("big5hkscs", "ignore") + "政".encode("big5"), encoding="big5"
    ).text.endswith("政")
    assert read(few.encode("gb18030"), encoding="gb2312").text == few
    assert read(TEXT.encode("utf-8-sig"), encoding="gbk").text == TEXT
    with pytest.raises(gd.SourceError, match="there is no encoding 'klingon'"):
        read(TEXT.encode(), encoding="klingon")
    for codec in ("base64", "zip", "rot13", "idna", "a\0b"):
        with pytest.raises(gd.SourceError, match="there is no encoding"):
            read(TEXT.encode(), encoding=codec)
    with pytest.raises(gd.SourceError, match="not UTF-8 text"):
        read(TEXT.encode("gbk"), encoding="utf-8")


def test_a_few_broken_bytes_are_marked_and_many_are_refused() -> None:
    broken = TEXT.encode("gb18030") * 5 + b"\xff"
    source = read(broken)
    assert source.text == TEXT * 5 + "\N{REPLACEMENT CHARACTER}"
    assert [notice.code for notice in source.notices] == [
        "undecodable-bytes",
        "lost-characters",
    ]
    assert source.notices[0].start == len(TEXT) * 5
    for bad in (
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf\xff",
        b"\xff\xff\xff",
        b"plain\x00text",
        bytes(99),
    ):
        with pytest.raises(gd.SourceError):
            read(bad)


@given(st.binary())
def test_any_bytes_are_text_or_a_source_error(data: bytes) -> None:
    try:
        text = read(data).text
    except gd.SourceError:
        return
    assert text.encode("utf-8").decode("utf-8") == text


@given(st.text("一二三年度报告公开政府信息、。（）0123456789\r\n", min_size=1))
def test_chinese_text_survives_utf_8(text: str) -> None:
    assert read(text.encode()).text == text


@pytest.mark.parametrize(
    ("was", "read_as"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "gb18030"),
        ("gb18030", "latin-1"),
        ("big5", "gb18030"),
        ("gbk", "big5hkscs"),
    ],
)
def test_text_that_was_decoded_wrongly_before_is_called_garbled(
    was: str, read_as: str
) -> None:
    text = TRADITIONAL if was == "big5" else TEXT
    garbled = text.encode(was).decode(read_as, errors="ignore")
    source = read(garbled.encode())
    assert source.text == garbled
    assert "misread-characters" in [notice.code for notice in source.notices]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TRADITIONAL,
        "Annual report 2018",
        "",
        "一",
        "naïve café " * 9,
        "攰攲攴攷" * 9,
    ],
)
def test_sound_text_is_not_called_garbled(text: str) -> None:
    assert read(text.encode()).notices == ()


def test_what_is_struck_out_is_no_part_of_a_figure_in_a_page_or_a_word_file() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("收到")
    paragraph.add_run("8").font.strike = True
    paragraph.add_run("7件")
    data = io.BytesIO()
    document.save(data)
    assert read(data.getvalue()).text == "收到7件\n"
    assert (
        read("<html><body><p>收到<s>8</s>7件</p></body></html>".encode()).text
        == "收到7件\n"
    )


class Raw:
    """A file that gives less than it is asked for, as raw files and sockets do."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int = -1, /) -> bytes:
        piece, self._data = self._data[:7], self._data[7:]
        return piece


def test_a_raw_file_is_read_to_its_end() -> None:
    assert read(Raw(TEXT.encode())).text == TEXT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_nobody_writes_to_is_refused_and_one_with_a_writer_is_read(
    tmp_path: Path,
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(SourceError, match="nobody writes"):
        read(pipe)
    writer = Thread(target=pipe.write_bytes, args=(TEXT.encode() * 9000,))
    writer.start()
    assert read(pipe).text == TEXT * 9000
    writer.join()


@pytest.mark.parametrize("bound", ["size", "seconds", "pages", "elements"])
@pytest.mark.parametrize("value", [float("inf"), float("nan"), -1])
def test_a_limit_that_bounds_nothing_is_refused(bound: str, value: float) -> None:
    changes: dict[str, Any] = {bound: value}
    with pytest.raises(ValueError, match=bound):
        evolve(Limits(), **changes)


def test_word_files_need_nothing_that_is_not_there() -> None:
    code = (
        "import sys; sys.modules['lxml'] = None\n"
        "import io, zipfile; import govdisclose as gd\n"
        "out = io.BytesIO(); pack = zipfile.ZipFile(out, 'w')\n"
        "name = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'\n"
        "pack.writestr('word/document.xml', f'<w:document xmlns:w=\"{name}\"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p>'\n"
        "    '</w:body></w:document>'); pack.close()\n"
        "print(gd.read(out.getvalue()).text)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["x"], done.stderr


# --- values apart by commas, and JSON


def test_values_apart_by_commas_are_rows_and_blanks_keep_their_place() -> None:
    source = read(
        '一、概述\n指标,本年,累计\n规章,,3\n"其他,含网站","1,234",\n合计,1,3\n二、其他\n'.encode()
    )
    rows = [line for line in source.text.splitlines() if line.startswith("|")]
    assert rows == [
        "| 指标 | 本年 | 累计 |",
        "| 规章 | | 3 |",
        "| 其他,含网站 | 1,234 | |",
        "| 合计 | 1 | 3 |",
    ]
    assert source.text.splitlines()[0] == "一、概述"
    assert source.text.splitlines()[-1] == "二、其他"


@pytest.mark.parametrize(
    "text",
    [
        "收到1,234件\n办结1,200件\n结转34,000件\n",
        "甲,乙。\n丙,丁。\n戊,己。\n",
        "a,b\nc,d\n",
        "| a,b |\n| c,d |\n| e,f |\n",
        '{"一":\n',
    ],
)
def test_commas_of_figures_and_of_sentences_delimit_nothing(text: str) -> None:
    assert read(text.encode()).text == text


_VALUES = st.text('甲乙12,"', max_size=2)


@given(
    st.lists(
        st.tuples(_VALUES.map("项".__add__), _VALUES, _VALUES).map(list),
        min_size=3,
        max_size=6,
    )
)
def test_what_a_csv_writer_wrote_is_what_is_read(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    assert pieces(out.getvalue()) == [rows]


def test_records_of_json_are_rows_under_their_names() -> None:
    data = '{"标题": "某局年度报告", "统计表": [{"指标": "规章", "本年": 3}, {"指标": "其他", "本年": null, "累计": 1.50}]}'
    assert read(data.encode(), name="a.json").text.split("\n") == [
        "标题：某局年度报告",
        "统计表",
        "",
        "| 指标 | 本年 | 累计 |",
        "| 规章 | 3 | |",
        "| 其他 | | 1.50 |",
        "",
        "",
    ]
    with pytest.raises(SourceError, match="nest"):
        read(("[" * 100_000).encode() + b"[[1]]" + b"]" * 100_000)
