"""Cells of a table: what one holds.

A cell is one thing, or a label with the unit and the values glued to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import enumerator, is_numbered
from govdisclose._lexicon.measures import is_measure
from govdisclose._lexicon.numeral import read_cell
from govdisclose._lexicon.terminals import terminal
from govdisclose.form import Catalogue, Place, catalogue
from govdisclose.form.spelling import EXACT

LABEL: Final = "LABEL"
HEADER: Final = "HEADER"
EITHER: Final = (
    "EITHER"  # 总计, 其他: a row's label or a column's; its place in the table tells
)
UNIT: Final = "UNIT"
NUMBER: Final = "NUMBER"
DASH: Final = "DASH"
NONE: Final = "NONE"
CODE: Final = "CODE"  # 35*: the number of a row in a form with codes
BLANK: Final = "BLANK"
NOTE: Final = "NOTE"
TEXT: Final = "TEXT"

LABEL_MOST: Final = (
    120  # characters of a line that may hold a label with its unit and value
)
_MARGIN_MOST: Final = 120  # blanks before what opens a line
UNITS: Final = terminal("UNIT_OF_FORM")
_VALUE: Final = (
    r"[-+]?\d[\d,]*(?:\.\d[\d,]*)*"  # several figures with points may have run together
)
# What may be glued behind a label: units, figures and dashes. A lone hyphen or slash must stand apart.
_PIECE: Final = re.compile(
    rf"{UNITS}|\d{{1,3}}\*{{1,2}}|—{{1,8}}|-{{2,8}}|_{{1,8}}|(?<=\s)[-/无](?=\s|$)|{_VALUE}"
)
_FIRST_PIECE: Final = re.compile(rf"\s*(?:{UNITS})")
# What may touch a figure on its left: a word, but none that is part of a number (约5, 第5, 二5, 5余), or its bracket.
_NUMERALS: Final = "〇零一二三四五六七八九十百千万亿廿卅约近余多第超逾"
_BORDER: Final = re.compile(
    rf"[\u3400-\u9fff)][\u3400-\u9fff](?<![{_NUMERALS}])[)〕]?:?$|^$|\s$"
)
_VAGUE: Final = re.compile(rf"(?:{terminal('VAGUE')})$")
# A figure and what touches it: 1’706, 12~15, 约12, 17①. It is none, and is kept whole.
_ODD: Final = re.compile(
    rf"(?<![\d.,])(?:(?![)\]〕\s\u3400-\u9fff]).|[{_NUMERALS}]){{0,8}}\d\S{{0,20}}$"
)
_ODD_MOST: Final = 24  # characters of a figure that is none
_READ_AS: Final = {
    "number": NUMBER,
    "dash": DASH,
    "none": NONE,
    "blank": BLANK,
    "unreadable": TEXT,
}
_HEADERS_LEAST: Final = (
    2  # words of a line that make it a header, whatever else stands in it
)
ORDINAL_MOST: Final = 3  # digits of a count of rows
_CODE: Final = re.compile(r"\d{1,3}\s?\*{1,3}$")
_ORDINAL: Final = re.compile(
    r"(\d{1,3})\s{0,8}(?![\d.、)|:,年])"
)  # a count of the rows, glued to their labels
_POINTS: Final = dict.fromkeys(
    map(ord, "、.")
)  # behind a numeral, one as good as the other
_PAGE: Final = re.compile(terminal("PAGE_NUMBER"))
PAGE_MOST: Final = 30  # characters of the number of a page
_WORD: Final = re.compile(r"\S+")
GAP: Final = re.compile(r"\s{2,}")
BARS: Final = re.compile(r"[|\t]")
APART: Final = re.compile(rf"{BARS.pattern}|{GAP.pattern}")
"""What parts the cells of a line: blanks, bars or tabs, or any of these."""
ROW_MOST: Final = 400  # characters of a line whose cells stand apart
SHORT_MOST: Final = 60  # characters of a line that is short, whatever stands in it
_BRACKETED: Final = re.compile(r"\([^()]*\)")
HEADS_MOST: Final = 4  # cells of a row that may stand before its label


class Token(NamedTuple):
    """A cell. Offsets are those of the repaired text; `places` are the rows that a LABEL may name.

    `tight` is False for a BLANK that only the space between lines suggests, and for a
    NUMBER that may be the count of the row behind it; `evidence` tells how it is known
    which row a LABEL means. `slot` is which cell of its row it
    is, of `slots`, where bars or tabs tell; else -1.

    A tuple and no class of attrs: a table has hundreds of cells, and this one is made
    three times as fast."""

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    tight: bool = True
    evidence: str = EXACT
    text: str = ""
    slot: int = -1
    slots: int = -1
    parts: tuple[
        tuple[int, int], ...
    ] = ()  # where a label stands that has its figures between its lines


class Piece(NamedTuple):
    """A part of a cell's text: what it is, where it stands in that text, and, for a
    LABEL, the rows it may name."""

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()


@lru_cache(maxsize=8192)
def pieces(cell: str) -> tuple[Piece, ...]:
    """What the half-width text of a cell holds: one thing, or a label with the unit and
    the values glued to it.

    Reports print the same cells over and over, so the last few thousand answers are kept.

    >>> [piece.type for piece in pieces("(一)收到申请数件5")]
    ['LABEL', 'UNIT', 'NUMBER']
    """
    size = len(cell)
    if not cell:
        return (Piece(BLANK, 0, 0),)
    if cell.isdigit() and cell.isascii():
        return (Piece(NUMBER, 0, size),)
    if size_without_notes(cell) > LABEL_MOST:
        return (Piece(TEXT, 0, size),)
    forms = catalogue()
    if cell in forms.units or is_measure(cell):
        return (Piece(UNIT, 0, size),)
    if forms.may_be_known(cell) and (found := _known(cell, forms)):
        return found
    if _CODE.match(cell):
        return (Piece(CODE, 0, size),)
    if (m := _ORDINAL.match(cell)) and (rest := pieces(cell[m.end() :]))[
        0
    ].type == LABEL:
        at = m.end()
        return (
            Piece(NUMBER, 0, len(m[1])),
            *(Piece(kind, a + at, b + at, places) for kind, a, b, places in rest),
        )
    if (cell[0] == "(" and cell[-1] == ")" and not is_numbered(cell)) or is_page(cell):
        return (Piece(NOTE, 0, size),)
    kind = _READ_AS[read_cell(cell).reading]
    if kind == TEXT:
        if size == 1 and not cell.isascii():
            return (
                Piece(NOTE, 0, size),
            )  # one character of a label that is written downwards
        return (Piece(HEADER, 0, size),) if _is_fragment(cell, forms) else _apart(cell)
    return (Piece(kind, 0, size),)


def size_without_notes(text: str) -> int:
    """How many characters a long text has outside of brackets: a label with a note of
    sixty characters is a short label. The size of the whole text where it is short, or
    longer than a row may be."""
    size = len(text)
    if not SHORT_MOST < size <= ROW_MOST or "(" not in text:
        return size
    return len(_BRACKETED.sub("", text))


def counts_columns(line: str) -> bool:
    """Whether a line counts the columns of a table from nought, as pandas names them where they have no names.

    >>> counts_columns("| 0 | 1 | 2 |"), counts_columns("   0   1"), counts_columns("0 | 0"), counts_columns("0")
    (True, True, False, False)
    """
    if len(line) > ROW_MOST or line[:1].strip(" \t|0"):
        return False
    cells = [words for cell in APART.split(line) if (words := cell.strip())]
    return len(cells) > 1 and cells == [str(i) for i in range(len(cells))]


def _is_fragment(cell: str, forms: Catalogue) -> bool:
    """Whether text is a line of a head; 2 0 are two figures."""
    words = "".join(cell.split())
    return words in forms.fragments and not words.isdecimal()


def is_page(text: str) -> bool:
    """Whether half-width text is the number of a page: - 3 -, 第3页 共8页."""
    return _PAGE.fullmatch(text) is not None


def _known(cell: str, forms: Catalogue) -> tuple[Piece, ...]:
    """A label or a header that some form prints; empty if the cell is neither."""
    if forms.is_header(cell):
        places = forms.find(cell)
        if places and is_numbered(cell):
            # 3.其他 is a row, (六)其他 is what is left of (六)其他处理
            number = enumerator(cell).translate(_POINTS)
            own = any(
                half_width(forms.rows[p].enumerator).translate(_POINTS) == number
                for p in places
            )
            return (
                Piece(LABEL, 0, len(cell), places)
                if own
                else Piece(TEXT, 0, len(cell)),
            )
        return (Piece(EITHER if places else HEADER, 0, len(cell), places),)
    found = _label(cell, forms)
    if found:
        return found
    return (Piece(HEADER, 0, len(cell)),) if forms.is_headers(cell) else ()


def _label(cell: str, forms: Catalogue) -> tuple[Piece, ...]:
    """A label that some form knows, alone or glued to its unit and values; empty if
    there is none."""
    if found := forms.find(cell):
        return (Piece(LABEL, 0, len(cell), found),)
    cut = tail(cell)
    if not 0 < cut < len(cell):
        return _odd_label(cell, forms)
    found = forms.find(cell[:cut])
    if not found and (m := _FIRST_PIECE.match(cell, cut)):
        # the tail took the last character of the label for a unit: 接受培训人次62
        cut = m.end()
        found = forms.find(cell[:cut])
    if not found:
        return _odd_label(cell, forms)
    return (Piece(LABEL, 0, len(cell[:cut].rstrip()), found), *_values(cell, cut))


_UNIT_BEHIND: Final = re.compile(rf"\s*(?:{UNITS})?\s*$")


def _odd_label(cell: str, forms: Catalogue) -> tuple[Piece, ...]:
    """A label with a figure behind it that is none, for what touches it: 收到申请数件1’706."""
    m = _ODD.search(cell, max(1, len(cell) - _ODD_MOST))
    if m is None:
        return ()
    cut = m.start()
    while cut > 0 and cell[cut - 1] in _NUMERALS:
        cut -= 1
    unit = _UNIT_BEHIND.search(cell, 0, cut)
    ends = (cut,) if unit is None else (unit.start(), cut)
    for end in ends:
        if end > 0 and (found := forms.find(cell[:end])):
            label = Piece(LABEL, 0, len(cell[:end].rstrip()), found)
            return (label, *_values(cell[:cut], end), Piece(TEXT, cut, len(cell)))
    return ()


def _values(cell: str, start: int) -> Iterator[Piece]:
    """The units and values glued or spaced behind a label."""
    return (
        Piece(
            NUMBER if m.group()[-1].isdecimal() else pieces(m.group())[0].type,
            m.start(),
            m.end(),
        )
        for m in _PIECE.finditer(cell, start)
    )


def _apart(cell: str) -> tuple[Piece, ...]:
    """Text that no form knows: in parts where only values or headers stand apart by
    blanks behind it, else whole."""
    parts = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(cell)]
    if len(parts) > 1:
        kinds = [pieces(part) for part, _, _ in parts]
        heads = sum(kind[0].type == HEADER for kind in kinds)
        known = (
            all(kind[0].type != TEXT for kind in kinds[1:]) or heads >= _HEADERS_LEAST
        )
        if all(len(kind) == 1 for kind in kinds) and known:
            return tuple(
                Piece(kind[0].type, a, b)
                for kind, (_, a, b) in zip(kinds, parts, strict=True)
            )
    cut = tail(cell)
    bordered = 1 < cut < len(cell) and _BORDER.search(cell, max(0, cut - 3), cut)
    if bordered and not _VAGUE.search(cell, max(0, cut - 3), cut):
        return (Piece(TEXT, 0, len(cell[:cut].rstrip())), *_values(cell, cut))
    return (Piece(TEXT, 0, len(cell)),)


def is_odd_figure(text: str) -> bool:
    """Whether text is no word but a figure that something not understood touches:
    1’706, 12~15, 约12.

    >>> is_odd_figure("1’706"), is_odd_figure("约12"), is_odd_figure("2018年另有3件"), is_odd_figure("——")
    (True, True, False, False)
    """
    if len(text) > _ODD_MOST or not any(c.isdecimal() for c in text):
        return False
    return (
        sum([c.isalpha() and not c.isascii() and c not in _NUMERALS for c in text]) <= 1
    )


def tail(cell: str) -> int:
    """Where the pieces begin that run up to the end of the cell, with only blanks
    between; its length if none do."""
    begin = done = 0
    for m in _PIECE.finditer(cell):
        if m.start() != done and not cell[done : m.start()].isspace():
            begin = m.start()
        done = m.end()
    return begin if done and not cell[done:].strip() else len(cell)


_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6—…“”]"
)


def opens_line(shadow: str, at: int) -> bool:
    """Whether nothing but a margin stands before `at` on its line."""
    before = shadow[max(0, at - _MARGIN_MOST) : at]
    return before.rstrip(" \t")[-1:] in ("\n", "\f", "")


def screen_column(shadow: str, at: int) -> int:
    """The column of the screen where `at` stands; wide characters take two.

    Nothing is set in columns behind `ROW_MOST` characters of a line; there any number
    that grows will do."""
    begin = shadow.rfind("\n", max(0, at - ROW_MOST), at) + 1
    if not begin and at > ROW_MOST:
        return at
    before = shadow[begin:at]
    return len(before) if before.isascii() else len(before) + len(_WIDE.findall(before))


def is_near_label(cell: str) -> bool:
    """Whether a cell is a label that is cut or misspelled, alone or before what is glued to it."""
    forms = catalogue()
    if forms.find_inexact(cell) is not None:
        return True
    words = cell[: tail(cell)]  # spelled right it is a label of its own, not near one
    return not forms.find(words) and forms.find_inexact(words) is not None


def is_group(places: Iterable[Place]) -> bool:
    """Whether a label names a heading of the form, which carries no figures."""
    rows = catalogue().rows
    return all(rows[place].group for place in places)
