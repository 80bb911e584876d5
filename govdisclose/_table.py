"""Tables: where they are, what form they follow, and which figure belongs to which row and column.

The rules are those of DESIGN.md: labels anchor; values belong to the label before them; nothing is handed on, nothing
is thrown away, and where the layout does not tell which column a figure stands in, the cells carry no value.

Guarantees:

1. A figure is only ever given to the row whose label stands before it, with no other label between.
2. A row with fewer cells than columns gives no figure, unless the table shows which cells are missing.
3. Every label and every figure of the region is in a cell or in a diagnostic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from attrs import define, field

from govdisclose._cell import (
    BLANK,
    DASH,
    HEADER,
    NONE,
    NUMBER,
    TEXT,
    UNIT,
    Cutter,
    Token,
    is_cell,
    line_label,
)
from govdisclose._grammar import grammar
from govdisclose._line import PROSE, TABLE, Line, shape
from govdisclose._numeral import read_cell
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import Catalogue, Column, FormTable, Place, Row, catalogue
from govdisclose.report import Cell, Reading, Table
from govdisclose.text import Text

_HITS_LEAST: Final = 3  # labels that make a table
_LINE_MOST: Final = 400  # characters of a line that may be a row
_STRAY_MOST: Final = 60  # characters of a line between rows that is not one
_SENTENCE_END: Final = "。;!?"
_CAPTION: Final = re.compile(
    r"(?:.{0,40}(?:统计表|情况表|统计报表|附表|附件\s{0,2}\d?)\s{0,2}:?$)|\(?\s?(?:19|20)\d\d\s?年度?\s?\)?$|填报单位|填表单位|报送单位|单位(?:名称)?[::]"
)
_TITLE: Final = re.compile(r"(?:统计表|情况表|统计报表|附表)\s{0,2}:?$")
_CAPTION_LINES: Final = 5
_VALUES: Final = frozenset((NUMBER, DASH, NONE, BLANK, TEXT))


@define(eq=False)
class _Row:
    label: Token
    items: list[Token]


@define(eq=False)
class _Parts:
    """What the grammar makes of a table."""

    lead: list[Token] = field(factory=list)
    headers: list[list[Token]] = field(factory=list)
    rows: list[_Row] = field(factory=list)


class _Reduce:
    """Reductions of the table grammar."""

    @staticmethod
    def table(children: list[Any]) -> _Parts:
        parts = _Parts()
        for kind, value in children:
            if kind == "row":
                parts.rows.append(_Row(value[0], value[1:]))
            elif kind == "header":
                parts.headers.append(value)
            else:
                parts.lead += value
        return parts

    @staticmethod
    def lead(children: list[Any]) -> tuple[str, list[Any]]:
        return "lead", children

    @staticmethod
    def header(children: list[Any]) -> tuple[str, list[Any]]:
        return "header", children

    @staticmethod
    def row(children: list[Any]) -> tuple[str, list[Any]]:
        return "row", children


class Hit(NamedTuple):
    """A line that begins with a label: its index, and the rows that the label may name."""

    line: int
    places: tuple[Place, ...]


@define(eq=False)
class Region:
    """The lines of one table, as a range of indexes into the list of lines, with the labels found in them."""

    first: int
    last: int
    hits: list[Hit]
    title: tuple[int, int] | None = None


def find_regions(shadow: str, lines: Sequence[Line]) -> list[Region]:
    """Where the tables are. A table is a run of labels that some form knows, with nothing but cells between them."""
    hits = [
        Hit(i, places)
        for i, line in enumerate(lines)
        if line.end - line.start <= _LINE_MOST and (places := line_label(shadow, line))
    ]
    if len(hits) < _HITS_LEAST:
        return []
    groups = [[hits[0]]]
    for before, hit in pairwise(hits):
        if _joined(shadow, lines, before.line, hit.line):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    return [_widen(shadow, lines, group) for group in groups if _is_table(group)]


def _joined(shadow: str, lines: Sequence[Line], a: int, b: int) -> bool:
    """Whether only cells, and not too many other short lines, stand between two labels."""
    strays = cells = 0
    for line in lines[a + 1 : b]:
        size = line.end - line.start
        if is_cell(shadow, line) or (size <= _LINE_MOST and "|" in shadow[line.start : line.end]):
            cells += 1
        elif size > _STRAY_MOST or shadow[line.end - 1] in _SENTENCE_END:
            return False
        else:
            strays += 1
    return strays <= 1 + cells


def _is_table(hits: list[Hit]) -> bool:
    """Headings of a report can be labels too (三、依申请公开情况): a table has rows that are not headings."""
    rows = catalogue().rows
    return sum(not all(rows[p].group for p in hit.places) for hit in hits) >= _HITS_LEAST


def _widen(shadow: str, lines: Sequence[Line], hits: list[Hit]) -> Region:
    """From the labels to the whole table: the header and the caption above, the last values below."""
    first, last = hits[0].line, hits[-1].line
    while first and is_cell(shadow, lines[first - 1]):
        first -= 1
    title = None
    for i in range(first - 1, max(first - 1 - _CAPTION_LINES, -1), -1):
        line = lines[i]
        words = shadow[line.start : line.end].strip("| ")
        if len(words) > _STRAY_MOST or not _CAPTION.match(words) or _is_heading(shadow, line):
            break
        first = i
        if title is None and _TITLE.search(words):
            title = (line.start, line.end)
    forms = catalogue()
    cells = max(len(forms.table(p).columns) for p in hits[-1].places) + 2  # with the unit, and a bar behind each
    for i in range(last + 1, min(last + 1 + 2 * cells, len(lines))):
        if not is_cell(shadow, lines[i]):
            break
        last = i
    return Region(first, last, hits, title)


def _is_heading(shadow: str, line: Line) -> bool:
    probe = Line(PROSE, line.start, line.end)
    shape(shadow, probe)
    return probe.type[0] == "H"


def read_tables(text: Text, lines: Sequence[Line]) -> tuple[list[Table], list[Diagnostic]]:
    """The tables of the text. Their lines are marked TABLE, so that no one takes a row for a heading."""
    tables: list[Table] = []
    faults: list[Diagnostic] = []
    for region in find_regions(text.shadow, lines):
        for line in lines[region.first : region.last + 1]:
            line.type = TABLE
        reader = _Reader(text, lines, region)
        tables += reader.read()
        faults += reader.faults
    return tables, faults


class _Reader:
    """Reads one region. What it finds wrong is in `faults`."""

    def __init__(self, text: Text, lines: Sequence[Line], region: Region) -> None:
        self._text = text
        self._forms = catalogue()
        self._region = region
        self._labelled = frozenset(lines[hit.line].start for hit in region.hits)
        self._lines = [
            line
            for line in lines[region.first : region.last + 1]
            if region.title is None or line.start >= region.title[1]
        ]
        self.faults: list[Diagnostic] = []

    def read(self) -> Iterator[Table]:
        tokens = Cutter(self._text.shadow, self._labelled).tokens(self._lines)
        parts: _Parts = grammar("table", _Reduce).run(tokens)
        rows = list(_split_unknown(parts.rows))
        words = [self._text.shadow[t.start : t.end] for header in parts.headers for t in header if t.type == HEADER]
        form = recognise((row.label.places for row in rows), words, self._forms)
        places = anchor([row.label.places for row in rows], form, self._forms)
        start, end = self._lines[0].start, self._lines[-1].end
        title = self._title()
        if form is None:
            self._fault("unknown-form", "", start, end)
            yield Table(None, None, title, self._text.span(start, end), (), self._text.source)
            return
        for table in self._forms.forms[form].tables:
            mine = [
                (row, place)
                for row, place in zip(rows, places, strict=True)
                if place is None or place.table == table.id
            ]
            if not any(place for _, place in mine):
                continue
            cells = tuple(self._cells(table, mine, parts.headers))
            yield Table(form, table.id, title or table.title, self._text.span(start, end), cells, self._text.source)

    def _title(self) -> str | None:
        if self._region.title is None:
            return None
        return "".join(self._text.string[slice(*self._region.title)].split()).strip("|:")

    def _fault(self, code: str, detail: str, start: int, end: int) -> str:
        self.faults.append(diagnose(code, detail, self._text.span(start, end), self._text.source))
        return code

    def _cells(
        self, table: FormTable, rows: Sequence[tuple[_Row, Place | None]], headers: list[list[Token]]
    ) -> Iterator[Cell]:
        columns = self._columns(table, headers)
        shapes = [_Shape.of(row.items) for row, _ in rows]
        usual = _usual_width(shapes, len(columns))
        kept = _blanks_kept(shapes, len(columns))
        seen: set[str] = set()
        for (row, place), found in zip(rows, shapes, strict=True):
            known = table.rows[place.row] if place is not None else None
            codes: list[str] = []
            if known is None:
                if not row.items:
                    continue
                label = self._label(row.label)
                code = "ambiguous-row" if row.label.places else "unknown-row"
                codes.append(self._fault(code, label, row.label.start, row.label.end))
            elif known.key in seen:
                codes.append(self._fault("duplicate-row", known.label, row.label.start, row.label.end))
            else:
                seen.add(known.key)
            yield from self._row(row, known, found.align(len(columns), usual, kept), found, columns, codes)

    def _columns(self, table: FormTable, headers: list[list[Token]]) -> tuple[Column | None, ...]:
        """The columns of figures, left to right: as the header of this table has them, else as the form has them."""
        return table.columns

    def _label(self, token: Token) -> str:
        return "".join(self._text.string[token.start : token.end].split())

    def _row(
        self,
        row: _Row,
        known: Row | None,
        values: list[Token | None] | None,
        shape: _Shape,
        columns: Sequence[Column | None],
        codes: list[str],
    ) -> Iterator[Cell]:
        text = self._text
        label = self._label(row.label)
        unit, unit_inferred = None, False
        if shape.unit is not None:
            unit = text.shadow[shape.unit.start : shape.unit.end]
        elif known is not None and known.unit:
            unit, unit_inferred = known.unit, True
        if known is not None and shape.unit is not None and known.unit and unit != known.unit:
            codes.append(self._fault("unit-conflict", f"{unit}, {known.unit}", shape.unit.start, shape.unit.end))
        key = known.key if known else None
        if values is None:
            start, end = row.items[0].start, row.items[-1].end
            found = " ".join(text.shadow[t.start : t.end] for t in shape.values if t.type != BLANK)
            codes.append(self._fault("ambiguous-cell", f"{label}: {found}", start, end))
            for column in columns:
                yield self._cell(key, column, label, None, unit, "unreadable", start, end, unit_inferred, codes)
            return
        for column, token in zip(columns, values, strict=True):
            if token is None or token.type == BLANK:
                at = row.label.end if token is None else token.start
                yield self._cell(key, column, label, None, unit, "blank", at, at, unit_inferred, codes)
                continue
            got = read_cell(text.shadow[token.start : token.end])
            own = list(codes)
            if got.reading == "unreadable":
                own.append(
                    self._fault(
                        "unreadable-cell", f"{label}: {text.shadow[token.start : token.end]}", token.start, token.end
                    )
                )
            inferred = unit_inferred and not got.unit
            yield self._cell(
                key, column, label, got.value, got.unit or unit, got.reading, token.start, token.end, inferred, own
            )

    def _cell(
        self, key: str | None, column: Column | None, label: str, value: Any, unit: str | None, reading: Reading,
        start: int, end: int, unit_inferred: bool, codes: Sequence[str],
    ) -> Cell:  # fmt: skip
        span = self._text.span(start, end)
        return Cell(
            key, column.key if column else None, label, value, unit, reading, self._text.source.slice(span), span,
            False, unit_inferred, tuple(codes), self._text.source,
        )  # fmt: skip


@define(eq=False)
class _Shape:
    """What stands behind a label: its unit, and the values in order."""

    unit: Token | None
    values: list[Token]

    @classmethod
    def of(cls, items: Sequence[Token]) -> _Shape:
        unit = None
        values: list[Token] = []
        for token in items:
            if token.type == UNIT and unit is None and not any(t.type == NUMBER for t in values):
                unit = token
                values.clear()  # a dash or a blank before the unit is a cell of no column of figures
            elif token.type in _VALUES:
                values.append(token)
        return cls(unit, values)

    def align(self, columns: int, usual: int, kept: bool) -> list[Token | None] | None:
        """One value a column, or None where it cannot be told which value is whose.

        `usual` is the number of cells in most rows of the table; `kept` says that the table keeps its blank cells, so
        that what is missing from a row is missing at its end.
        """
        tight = [v for v in self.values if v.tight]
        fits = self._fit(self.values, columns, usual)
        if fits is None and len(tight) < len(self.values):
            fits = self._fit(tight, columns, usual)
        if fits is None and kept and self.values and len(self.values) < columns and self.unit is not None:
            fits = [*self.values, *[None] * (columns - len(self.values))]
        return fits

    def _fit(self, values: list[Token], columns: int, usual: int) -> list[Token | None] | None:
        no_unit = self.unit is None and bool(values) and values[0].type in (BLANK, DASH)
        wanted = columns + no_unit
        while len(values) > wanted and values[-1].type == BLANK:
            values = values[:-1]
        if no_unit and len(values) == columns + 1:
            values = values[1:]  # the cell of the unit
        elif no_unit and columns == 1 and len(values) == 1 and values[0].type == DASH:
            values = []  # 一、主动公开情况——: the dash stands where the unit would
        elif no_unit and len(values) == columns > 1 and usual > columns:
            return None  # the unit's blank or the first column's: the other rows have one cell more
        if len(values) == columns:
            return list(values)
        return None if any(v.type == NUMBER for v in values) else [None] * columns


def _usual_width(shapes: Iterable[_Shape], columns: int) -> int:
    """How many cells stand behind a label in most rows of the table, the unit not counted if it is printed."""
    widths = Counter(len(s.values) for s in shapes if s.values)
    return widths.most_common(1)[0][0] if widths else columns


def _blanks_kept(shapes: Iterable[_Shape], columns: int) -> bool:
    """Whether a whole row of the table has a blank cell before a figure: then its layout shows blank cells."""
    return any(
        len(s.values) == columns and any(a.type == BLANK and b.type == NUMBER for a, b in pairwise(s.values))
        for s in shapes
        if s.unit
    )


def _split_unknown(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Text behind a label that is followed by a unit or a figure of its own is a row that no form knows."""
    for row in rows:
        items = row.items
        begin = 0
        label = row.label
        for i, token in enumerate(items):
            follows = items[i + 1].type if i + 1 < len(items) else ""
            if token.type == TEXT and follows in (UNIT, NUMBER):
                yield _Row(label, items[begin:i])
                label, begin = token, i + 1
        yield _Row(label, items[begin:])


def recognise(labels: Iterable[tuple[Place, ...]], headers: Iterable[str], forms: Catalogue) -> str | None:
    """The form that most of the labels lead to; what only one form prints counts for more. Never by the year."""
    votes: Counter[str] = Counter()
    for places in labels:
        ids = {place.form for place in places}
        for form in ids:
            votes[form] += 1 if len(ids) > 1 else 3
    for word in headers:
        for official in forms.forms.values():
            if word in official.fingerprint:
                votes[official.id] += 2
    if not votes:
        return None
    best = max(votes.values())
    return next(form for form in forms.forms if votes[form] == best)


def anchor(labels: Sequence[tuple[Place, ...]], form: str | None, forms: Catalogue) -> list[Place | None]:
    """The row of the form that each label names, in order; None where that cannot be told.

    A label that names several rows (被依法纠错数 under 四 and under 五) belongs to the parent of the row before it;
    else to the one that lies between its neighbours.
    """
    mine = [tuple(p for p in places if p.form == form) for places in labels]
    out: list[Place | None] = [places[0] if len(places) == 1 else None for places in mine]
    used = {p for p in out if p}
    last: Place | None = None
    for i, places in enumerate(mine):
        if len(places) > 1:
            free = [p for p in places if p not in used and (last is None or p.table != last.table or p.row > last.row)]
            kin = [p for p in free if last is not None and _akin(forms, last, p)]
            after = next((p for p in out[i + 1 :] if p), None)
            between = [p for p in free if after is None or p.table != after.table or p.row < after.row]
            chosen = kin if len(kin) == 1 else between
            if len(chosen) == 1:
                out[i] = chosen[0]
                used.add(chosen[0])
        last = out[i] or last
    return out


def _akin(forms: Catalogue, last: Place, place: Place) -> bool:
    """Whether `place` lies under the same parent as `last`, or under `last` itself."""
    if last.table != place.table:
        return False
    before, row = forms.rows[last], forms.rows[place]
    return row.parent is not None and row.parent in (before.parent, before.key)
