"""Bytes to text: which encoding, and whether the text was spoilt before it got here.

Guarantees:

1. What is decoded strictly is decoded whole; a file of which at most one character in twenty is broken is decoded with
   U+FFFD in their places and a notice; anything else is refused. Nothing is left out in silence.
2. GB18030 and Big5, which both give a reading to almost any bytes, are told apart by how usual the characters are that
   they give; where neither is clear, a notice says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from govdisclose._lexicon.vocabulary import vocabulary
from govdisclose.errors import SourceError
from govdisclose.read import delimited, records
from govdisclose.read.dialect import Writer
from govdisclose.read.limits import Limits
from govdisclose.text import Notice, Source

_WORDS: Final = vocabulary("govdisclose.read", ("text.toml",))
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_SAVE: Final = "open it in an editor and save it as UTF-8"
_MARKS: Final = (  # byte-order marks; that of UTF-32 begins with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WIDER: Final = {  # what pages call their encoding, and what they mean by it: the WHATWG Encoding Standard, 2024
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "latin-1": "cp1252",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
}
_ALIASES: Final = {
    "x-gbk": "gbk",
    "gb_2312-80": "gb2312",
    "gb18030-2022": "gb18030",
    "big5-hkscs": "big5hkscs",
    "utf8mb4": "utf-8",
}
_SAMPLE: Final = 1 << 14  # bytes that are looked at to tell encodings apart
_BROKEN: Final = 20  # one broken character among so many others is borne

_NO_LETTERS: Final = re.compile(
    "[\0-\x7f\u00b7\u2000-\u206f\u3000-\u303f\uff00-\uffef]+"
)  # what is none
_HAN: Final = re.compile("[\u3400-\u9fff]+")
_ENOUGH: Final = 0.2  # share of usual characters in Chinese text that was decoded rightly: at least a third, mostly half
_CLEARLY: Final = 2.0  # times that the better reading must have the share of the other


class Decoded(NamedTuple):
    """Text, the encoding it was in, and what to say about that."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def read_text(
    data: bytes, name: str | None, limits: Limits, encoding: str | None = None
) -> Source:
    """A text file as a source, with a notice of what is wrong with its characters.

    The text is exactly as it stands, unless it has rows of values apart by commas, or is JSON: then
    rows of values are rows of a table.
    """
    text, _, notices = decode(data, limits.characters, encoding)
    found = _with_tables(text)
    if found is None:
        return Source(text, name, notices=(*notices, *mojibake(text)))
    writer = Writer(limits)
    writer.add(notice._replace(start=None, end=None) for notice in notices)
    for piece in found:
        if isinstance(piece, str):
            writer.line(piece)
        else:
            writer.table(piece)
    writer.add(mojibake(writer.text()))
    return writer.source(name)


_JSON: Final = re.compile(r"\s*+(?:\{\s*+[\"}]|\[\s*+[\[{\"\]])")


def _with_tables(text: str) -> Sequence[str | list[list[str]]] | None:
    """The lines and tables of a text that is more than lines; None for any other."""
    if _JSON.match(text):
        return records.pieces(text)
    if text.count(",") < _LEAST_COMMAS:
        return None
    found = delimited.pieces(text)
    return found if any(isinstance(piece, list) for piece in found) else None


_LEAST_COMMAS: Final = 3


def decode(
    data: bytes, most: int, encoding: str | None = None, declared: str | None = None
) -> Decoded:
    r"""The text of some bytes, at most `most` characters. A byte-order mark is not part of it.

    By its byte-order mark, else as `encoding` says (that of the caller, who knows),
    else UTF-16 by its NULs, else UTF-8, else as `declared` (that of the file about
    itself, which often errs), else GB18030 or Big5.

    Raises `SourceError` for what is no text, for an encoding that there is not, and for
    text over a limit.

    >>> decode("政府信息公开".encode("gbk"), 100).encoding
    'gb18030'
    """
    decoded = _found(data, encoding, declared) if len(data) <= 4 * most else None
    if decoded is None or len(decoded.text) > most:
        raise SourceError(
            f"the text is longer than {most:,} characters (limit: characters)"
        )
    return decoded


def _found(data: bytes, encoding: str | None, declared: str | None) -> Decoded:
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _mostly(data[len(mark) :], marked)
    if encoding is not None:
        return _mostly(data, known_encoding(encoding))
    return _of_nuls(data) if b"\0" in data else _unmarked(data, declared)


def known_encoding(name: str) -> str:
    """The codec for an encoding by that name; raises `SourceError` where there is none.

    >>> known_encoding("GB2312"), known_encoding("big5"), known_encoding("utf8")
    ('gb18030', 'big5hkscs', 'utf-8')
    """
    name = name.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name)).name
        # codecs of bytes to bytes (base64, zip) have names too, and some of them unpack
        if not codecs.lookup(found)._is_text_encoding or found in (
            "idna",
            "punycode",
            "unicode_escape",
            "undefined",
        ):
            raise LookupError
    except (LookupError, ValueError) as error:  # ValueError: a name that holds NUL
        raise SourceError(
            f"there is no encoding {name[:40]!r}: use one such as utf-8, gb18030, big5, or none to have it found"
        ) from error
    return _WIDER.get(found, found)


def _foreign(text: str) -> int:
    """How many characters are not ASCII."""
    return len(text) - len(text.encode("ascii", errors="ignore"))


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _mostly(data: bytes, encoding: str) -> Decoded:
    """The text in that encoding, where nearly all of it is; else `SourceError`."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        at = error.start
    text = data.decode(encoding, errors="replace")
    broken = text.count(REPLACEMENT)
    if broken * _BROKEN > _foreign(text):
        raise SourceError(
            f"it is not {encoding.upper()} text, or it is damaged (first at byte {at:,}): {_SAVE}"
        )
    spot = text.index(REPLACEMENT)
    detail = f"{broken:,} in {encoding.upper()}, the first at byte {at:,}"
    detail_zh = f"{encoding.upper()}，共{broken:,}处，首见于第{at:,}字节"
    return Decoded(
        text,
        encoding,
        (Notice("undecodable-bytes", detail, spot, spot + 1, detail_zh),),
    )


def _of_nuls(data: bytes) -> Decoded:
    found = [
        Decoded(text, e)
        for e in ("utf-16-le", "utf-16-be")
        if (text := _strictly(data, e)) and _looks_chinese(text)
    ]
    if len(found) != 1:
        raise SourceError(
            "a binary file of no known format, not text: convert it to text first"
        )
    return found[0]


def _looks_chinese(text: str) -> bool:
    """Whether nearly all of the beginning is Chinese or ASCII: UTF-16 with its bytes
    swapped is neither."""
    head = text[:4096]
    usual = sum(
        c in "\t\r\n"
        or " " <= c <= "~"
        or "\u3000" <= c <= "\u303f"
        or "\u4e00" <= c <= "\u9fff"
        or "！" <= c <= "～"
        for c in head
    )
    return usual >= 0.9 * len(head)


def _unmarked(data: bytes, declared: str | None) -> Decoded:
    if (text := _strictly(data, "utf-8")) is not None:
        # Two bytes of GBK may be one letter of UTF-8, of a script that no report is in (一 is һ, 联通 is ͨ).
        foreign = not (text.isascii() or _HAN.search(text)) and _strictly(
            data, "gb18030"
        )
        if foreign and _share(foreign) >= 2 * _ENOUGH:
            return Decoded(foreign, "gb18030")
        return Decoded(text, "utf-8")
    if _is_nearly_utf8(data):  # GB18030 would give it a reading, too
        return _mostly(data, "utf-8")
    said = _said(declared)
    sample = data[:_SAMPLE]
    shares = {
        e: _share(sample.decode(e, errors="ignore")) for e in ("gb18030", "big5hkscs")
    }
    best = max(shares, key=lambda e: (shares[e], e == said, e == "gb18030"))
    other = min(shares.values())
    if shares[best] >= _ENOUGH and shares[best] >= _CLEARLY * other:
        return _mostly(data, best)
    # No Chinese that could tell, or too little of it.
    whole = [e for e in (said, *shares) if e and _strictly(data, e) is not None]
    if not whole:
        raise SourceError(
            f"neither UTF-8, UTF-16, GB18030 nor Big5 text, or it is damaged: {_SAVE}"
        )
    chosen = whole[0]
    decoded = _mostly(data, chosen)
    if said:
        return decoded
    detail = f"read as {chosen.upper()}; with `encoding` you can say what it is"
    at = _first_foreign(decoded.text)
    detail_zh = f"按{chosen.upper()}读取；可用 encoding 指明"
    return decoded._replace(
        notices=(
            Notice("doubtful-encoding", detail, at, at + 1, detail_zh),
            *decoded.notices,
        )
    )


def _first_foreign(text: str) -> int:
    """Where the first character stands that is not ASCII, or the end."""
    return next((i for i, c in enumerate(text) if not c.isascii()), len(text))


def _said(declared: str | None) -> str | None:
    """The encoding that a file claims for itself, unless there is none by that name, or
    UTF-8, which it is not."""
    try:
        said = known_encoding(declared) if declared else None
    except SourceError:
        return None
    return None if said is None or said.startswith("utf") else said


def _is_nearly_utf8(data: bytes) -> bool:
    """Whether it is UTF-8 but for a few characters."""
    for part in (
        data[:_SAMPLE],
        data,
    ):  # the beginning tells of nearly every file that it is not
        text = part.decode("utf-8", errors="replace")
        if (text.count(REPLACEMENT) - 1) * _BROKEN > _foreign(
            text
        ):  # one may be cut by the end
            return False
    return text.count(REPLACEMENT) * _BROKEN <= _foreign(text)


def _share(text: str) -> float:
    """Of the letters that are not ASCII, how many are usual Chinese ones."""
    letters = _NO_LETTERS.sub("", text)
    usual = frozenset(_WORDS.source("usual"))
    return sum(map(usual.__contains__, letters)) / len(letters) if letters else 0.0


# --- spoilt before ----------------------------------------------------------------------------------------------------

# U+FFFD was written as UTF-8 and read as GBK; the two others are memory that nobody wrote to, read as GBK.
_MISREAD: Final = (  # (what it was, what it was read as)
    ("utf-8", "latin-1"),
    ("utf-8", "cp1252"),
    ("utf-8", "gb18030"),
    ("utf-8", "big5hkscs"),
    ("gb18030", "latin-1"),
    ("gb18030", "cp1252"),
    ("big5hkscs", "latin-1"),
    ("big5hkscs", "gb18030"),
    ("gb18030", "big5hkscs"),
)
_CHARACTERS: Final = 4096  # that are looked at
_FEW: Final = 12  # characters that are not ASCII, below which nothing can be said


def mojibake(text: str) -> Iterator[Notice]:
    """What is wrong with the characters of a text that was decoded as its file says:
    lost ones, and misread ones.

    >>> [n.code for n in mojibake("政府信息公开工作年度报告".encode().decode("latin-1"))]
    ['misread-characters']
    """
    for mark in _WORDS.words("lost"):
        if (start := text.find(mark)) >= 0:
            count = text.count(mark)
            detail = f"{mark} at {count:,} place{'s' * (count > 1)}"
            yield Notice(
                "lost-characters",
                detail,
                start,
                start + len(mark),
                f"{mark}，共{count:,}处",
            )
    head = text[:_CHARACTERS]
    if _foreign(head) < _FEW or _share(head) >= _ENOUGH:
        return
    for was, read_as in _MISREAD:
        if (
            _share(head.encode(read_as, errors="ignore").decode(was, errors="ignore"))
            >= _ENOUGH
        ):
            first = _first_foreign(head)
            detail = f"{was.upper()} that was read as {read_as.upper()}"
            detail_zh = f"原为{was.upper()}，被当作{read_as.upper()}"
            yield Notice("misread-characters", detail, first, first + 1, detail_zh)
            return
