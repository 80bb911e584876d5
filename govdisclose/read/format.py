"""What a file is, told by its content: one table of formats, each with its reader or
the sentence that refuses it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

HEAD: Final = 4096  # bytes at the beginning in which a format says what it is
_DIRECTORY: Final = 1 << 20  # bytes of the directory of a zip file that are looked at
_TAIL: Final = (
    22 + 0xFFFF
)  # the end record of a zip file, and the longest comment behind it


class Format(NamedTuple):
    """A kind of file: what it is called, its usual name endings, and what to do with it.

    `reader` is the room in `govdisclose.read` whose function of that name reads it
    (`pdf`: `read_pdf`), `needs` the libraries that the module imports, `extra` what
    brings them, `encoded` whether it takes an encoding, `resident` whether it takes a
    process that is kept for many files; or `advice` is how to make something of it that
    can be read."""

    name: str
    endings: tuple[str, ...]
    found_in: Callable[[bytes], bool]
    reader: str | None = None
    needs: tuple[str, ...] = ()
    extra: str | None = None
    encoded: bool = False
    resident: bool = False
    advice: str = ""


def _begins(*signatures: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signatures)


def _zip_with(*names: bytes) -> Callable[[bytes], bool]:
    """A zip file whose directory names one of these."""
    return lambda data: (
        data.startswith(b"PK\x03\x04")
        and any(name in _zip_directory(data) for name in names)
    )


def _zip_directory(data: bytes) -> bytes:
    """The names in a zip file: its directory, or, where the end is cut off, its beginning."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - _TAIL))
    if end < 0 or end + 20 > len(data):
        return data[: 16 * HEAD]
    size, start = (
        int.from_bytes(data[end + at : end + at + 4], "little") for at in (12, 16)
    )
    return data[start : start + min(size, _DIRECTORY)]


def _compound_with(*streams: str) -> Callable[[bytes], bool]:
    """A compound file (OLE 2) that has one of these streams; their names stand in it as UTF-16."""
    names = [stream.encode("utf-16-le") for stream in streams]
    return lambda data: (
        data.startswith(_COMPOUND) and any(name in data for name in names)
    )


_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|base|script|style|center|div|table|tbody|tr|td|th|p|br|span|font|"
    rb"h[1-6]|article|section|main|ul|ol|li|dl|b|strong|a|img|frameset|iframe|form|o:p)\b[^<>]{0,512}>",
    re.IGNORECASE,
)
_CLOSED: Final = re.compile(
    rb"</(?:p|td|tr|div|table|span|html|body)\s*>", re.IGNORECASE
)
_CLOSED_IN_HTML: Final = (
    3  # closing tags in the beginning of what does not begin with a tag
)


def _ascii_of(data: bytes) -> bytes:
    """The beginning without the NULs of UTF-16, without byte-order mark and blanks."""
    return data[: 16 * HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")


def _is_html(data: bytes) -> bool:
    """Begins with a tag that HTML has, or has several closed ones. `<某某>` in a text is
    not a tag."""
    head = _ascii_of(data)
    if head.startswith(b"<") and _TAG.search(head):
        return True
    return b"</" in head and sum(1 for _ in _CLOSED.finditer(head)) >= _CLOSED_IN_HTML


def _is_xml_of(*marks: bytes) -> Callable[[bytes], bool]:
    def found(data: bytes) -> bool:
        head = _ascii_of(data)[:HEAD]
        return head.startswith(b"<?xml") and any(mark in head for mark in marks)

    return found


def _is_mht(data: bytes) -> bool:
    head = data[:HEAD].lower()
    return (
        head.startswith((b"mime-version:", b"from:", b"message-id:"))
        and b"multipart/related" in head
    )


def _is_bitmap(data: bytes) -> bool:
    return data[:2] == b"BM" and data[6:10] == bytes(4)


_OFFICE: Final = "convert it with LibreOffice: soffice --headless --convert-to {} FILE"
SAVE_AS_DOCX: Final = "open it in WPS or Word and save it as .docx (File, Save as)"
_TO_DOCX: Final = f"{SAVE_AS_DOCX}, or {_OFFICE.format('docx')}"
_TO_HTML: Final = _OFFICE.format("html")
_TO_PDF: Final = _OFFICE.format("pdf")
_UNPACK: Final = "unpack it, and read the files that were in it"

FORMATS: Final = (
    Format(
        "a PDF file",
        (".pdf",),
        lambda data: b"%PDF-" in data[:1024],
        "pdf",
        (),
        "pdf",
        resident=True,
    ),
    Format(
        "a Word document (.docx)",
        (".docx", ".docm", ".dotx", ".dotm"),
        _zip_with(b"word/"),
        "word",
    ),
    Format("an Excel workbook (.xlsx)", (".xlsx",), _zip_with(b"xl/"), advice=_TO_HTML),
    Format(
        "a PowerPoint presentation (.pptx)",
        (".pptx",),
        _zip_with(b"ppt/"),
        advice=_TO_PDF,
    ),
    Format(
        "an OFD document (.ofd)",
        (".ofd",),
        _zip_with(b"OFD.xml"),
        advice="open it in an OFD reader such as WPS Office and export it as PDF; LibreOffice cannot read it",
    ),
    Format(
        "an OpenDocument file (.odt, .ods)",
        (".odt", ".ods"),
        _zip_with(b"content.xml"),
        advice=_TO_DOCX,
    ),
    Format(
        "a zip archive",
        (".zip",),
        _begins(b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"),
        advice=_UNPACK,
    ),
    Format(
        "a password-protected Office document",
        (),
        _compound_with("EncryptedPackage", "EncryptionInfo"),
        advice="open it with its password and save it without one",
    ),
    Format(
        "an old Word or WPS document (.doc, .wps)",
        (".doc", ".wps"),
        _compound_with("WordDocument"),
        advice=_TO_DOCX,
    ),
    Format(
        "an old Excel workbook (.xls, .et)",
        (".xls", ".et"),
        _compound_with("Workbook", "Book"),
        advice=_TO_HTML,
    ),
    Format(
        "an old PowerPoint presentation (.ppt)",
        (".ppt", ".dps"),
        _compound_with("PowerPoint Document"),
        advice=_TO_PDF,
    ),
    Format("an old Office or WPS file", (), _begins(_COMPOUND), advice=_TO_DOCX),
    Format("a rich text file (.rtf)", (".rtf",), _begins(b"{\\rtf"), advice=_TO_DOCX),
    Format(
        "a web archive (.mht)",
        (".mht", ".mhtml"),
        _is_mht,
        advice="open it in a browser and save it as a web page (HTML)",
    ),
    Format(
        "a Word document in one XML file",
        (),
        _is_xml_of(b"w:wordDocument", b"schemas.microsoft.com/office/2006/xmlPackage"),
        advice=_TO_DOCX,
    ),
    Format(
        "a spreadsheet in one XML file",
        (),
        _is_xml_of(b"urn:schemas-microsoft-com:office:spreadsheet"),
        advice=_TO_HTML,
    ),
    *(
        Format(
            f"a picture ({kind})",
            endings,
            found,
            advice="it needs text recognition (OCR) first",
        )
        for kind, endings, found in (
            ("PNG", (".png",), _begins(b"\x89PNG")),
            ("JPEG", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
            ("GIF", (".gif",), _begins(b"GIF87a", b"GIF89a")),
            ("BMP", (".bmp",), _is_bitmap),
            ("TIFF", (".tif", ".tiff"), _begins(b"II*\0", b"MM\0*")),
            (
                "WebP",
                (".webp",),
                lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
            ),
        )
    ),
    *(
        Format(f"a {kind} archive", endings, found, advice=_UNPACK)
        for kind, endings, found in (
            ("gzip", (".gz", ".tgz"), _begins(b"\x1f\x8b")),
            ("RAR", (".rar",), _begins(b"Rar!\x1a\x07")),
            ("7z", (".7z",), _begins(b"7z\xbc\xaf\x27\x1c")),
            ("bzip2", (".bz2",), _begins(b"BZh")),
            ("xz", (".xz",), _begins(b"\xfd7zXZ\0")),
            ("tar", (".tar",), lambda data: data[257:262] == b"ustar"),
        )
    ),
    Format(
        "a web page",
        (".html", ".htm", ".shtml", ".xhtml"),
        _is_html,
        "html",
        ("lxml",),
        "html",
        encoded=True,
    ),
)
"""Tried in order: the first that the content fits. What fits none is text."""

TEXT: Final = Format(
    "text",
    (".txt", ".text", ".md", ".csv", ".tsv", ".json", ".log"),
    lambda _: True,
    "text",
    encoded=True,
)


def recognise_format(data: bytes) -> Format:
    r"""The format of a file by its content.

    >>> recognise_format(b"%PDF-1.7\n").name, recognise_format("一、概述".encode()).name
    ('a PDF file', 'text')
    """
    return next((f for f in FORMATS if f.found_in(data)), TEXT)


def named_formats(name: str) -> Iterator[Format]:
    """The formats whose files are usually named like this one.

    >>> [f.name for f in named_formats("年报.PDF")]
    ['a PDF file']
    """
    ending = name.lower()
    return (f for f in (*FORMATS, TEXT) if f.endings and ending.endswith(f.endings))
