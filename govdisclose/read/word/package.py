"""A package of the Open Packaging Conventions (ISO/IEC 29500-2): a ZIP archive of parts
that name each other.

Guarantees:

1. A part is unpacked when it is asked for, in pieces, and counted; nothing trusts the
size that an entry declares. 2. No document type, no entity and no outside reference is
ever followed. 3. What cannot be read ends in `SourceError`, which names the part."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError, XMLParser, fromstring

from govdisclose.errors import SourceError
from govdisclose.read.limits import Limits

_ENTRY: Final = (
    b"PK\x01\x02"  # what an entry of the directory of an archive begins with
)
_PIECE: Final = 1 << 16
_METHODS: Final = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
)  # the two that ISO/IEC 29500-2 allows
_ENCRYPTED: Final = 0x1  # bit of the flags of an entry

# The strict namespaces of ISO/IEC 29500-1, and the transitional ones of 29500-4 that everybody writes.
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME: Final = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(\w{1,40})(/[\w/]{1,80})?"
)


class Package:
    """The parts of a package by name (`word/document.xml`), without regard to case, as
    the rules of packages have it.

    Raises `SourceError` where the archive is broken or over a limit.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.size:
            raise SourceError(
                f"the file has {len(data):,} bytes, more than {limits.size:,} (limit: size)"
            )
        if (
            data.count(_ENTRY) > limits.entries
        ):  # before the directory is read: a million entries take seconds
            raise SourceError(
                f"the archive has more than {limits.entries:,} entries (limit: entries)"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise SourceError(
                f"the file is cut off or is no ZIP archive ({error}); copy or save it again"
            ) from error
        entries = self._archive.infolist()
        declared = sum(entry.file_size for entry in entries)
        if declared > limits.unpacked:
            raise SourceError(
                f"the archive says that it holds {declared:,} bytes, more than {limits.unpacked:,} (limit: unpacked)"
            )
        self._limits = limits
        self._left = limits.unpacked
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._double: set[str] = set()
        for entry in entries:
            name = entry.filename.replace("\\", "/").lstrip("/").lower()
            if name in self._entries:
                self._double.add(name)
            self._entries[name] = entry

    def is_double(self, name: str) -> bool:
        """Whether the archive has two entries of that name."""
        return name.lower() in self._double

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def part(self, name: str) -> bytes:
        """The bytes of a part, unpacked; raises `SourceError` if there is no such part."""
        entry = self._entries.get(name.lower())
        if entry is None:
            raise SourceError(f"the part {name} is missing from the file")
        if entry.flag_bits & _ENCRYPTED:
            raise SourceError(
                f"the part {name} is protected by a password; save the file without one"
            )
        if entry.compress_type not in _METHODS:
            raise SourceError(
                f"the part {name} is compressed by method {entry.compress_type}, not by deflate"
            )
        pieces: list[bytes] = []
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise SourceError(
                            f"the parts up to {name} unpack to more than {self._limits.unpacked:,} bytes (limit: unpacked)"
                        )
                    pieces.append(piece)
        except SourceError:
            raise
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            ValueError,
            OSError,
        ) as error:
            raise SourceError(f"the part {name} cannot be unpacked: {error}") from error
        return b"".join(pieces)

    def tree(self, name: str) -> Element:
        """The root element of a part of XML, in the transitional namespaces; raises
        `SourceError`."""
        return _parsed(self.part(name), name, self._limits)

    def related(self, name: str) -> dict[str, list[str]]:
        """The parts that a part (or the package, by the name "") refers to, by the last
        word of the kind of relation.

        References to what lies outside the file are not among them.
        """
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, list[str]] = {}
        if rels not in self:
            return found
        for relation in self.tree(rels):
            target = unquote(str(relation.get("Target", "")))
            if relation.get("TargetMode") == "External" or not target:
                continue
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            path = posixpath.normpath(posixpath.join("/", folder, target))
            found.setdefault(kind, []).append(path.lstrip("/"))
        return found


def _parsed(data: bytes, name: str, limits: Limits) -> Element:
    """The root of `data`, which is UTF-8 or UTF-16 by the rules of packages, whatever
    its declaration says."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise SourceError(
                f"the part {name} is not the UTF-16 that it begins as: {error}"
            ) from error
    if b"<!DOCTYPE" in data:
        raise SourceError(
            f"the part {name} has a document type declaration, which no Word file has; it was not read"
        )
    if (
        data.count(b"<") + data.count(b"=") > limits.elements
    ):  # each of these takes a hundred bytes and more
        raise SourceError(
            f"the part {name} has more than {limits.elements:,} tags and attributes (limit: elements)"
        )
    if _STRICT in data:
        data = _STRICT_NAME.sub(_transitional, data)
    try:
        return fromstring(data, XMLParser(encoding="utf-8"))
    except ParseError as error:
        raise SourceError(f"the part {name} cannot be read as XML: {error}") from error


def _transitional(strict: re.Match[bytes]) -> bytes:
    room, rest = strict.group(1), strict.group(2) or b""
    return b"http://schemas.openxmlformats.org/" + room + b"/2006" + rest
