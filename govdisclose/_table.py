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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

from attrs import define, evolve, field

from govdisclose._align import Puzzle, Sums, Values, agreed, holds, placements, solve, splits, sums_of
from govdisclose._cell import (
    BLANK,
    DASH,
    HEADER,
    LABEL_MOST,
    NONE,
    NUMBER,
    TEXT,
    UNIT,
    Cutter,
    Token,
    is_cell,
    is_header,
    is_row,
    line_label,
)
from govdisclose._grammar import grammar
from govdisclose._kind import UNCLASSIFIED, section_kind
from govdisclose._line import PROSE, TABLE, Line, shape_line
from govdisclose._numeral import read_cell
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import (
    NATIONAL,
    Catalogue,
    Column,
    FormTable,
    Place,
    Row,
    catalogue,
    half_width,
    label_key,
    without_notes,
)
from govdisclose.report import Cell, Reading, Table
from govdisclose.text import Text

_HITS_LEAST: Final = 3  # labels that make a table
_SHOWN_MOST: Final = 40  # characters of a stray line that its diagnostic repeats
_WORDS_LEAST: Final = 8  # words over figures that make a table without labels
_LINE_MOST: Final = 400  # characters of a line that may be a row
_STRAYS_MOST: Final = 2  # lines between two rows that are no cells; twice as many again as there are cells
_STRAY_MOST: Final = 60  # characters of a line between rows that is not one
_SENTENCE_END: Final = "。;!?"
_CAPTION: Final = re.compile(
    r"(?:.{0,40}(?:统计表|情况表|统计报表|附表|附件\s{0,2}\d?)\s{0,2}:?$)|\(?\s?(?:19|20)\d\d\s?年度?\s?\)?$|填报单位|填表单位|报送单位|单位(?:名称)?[::]"
)
_TITLE: Final = re.compile(r"(?:统计表|情况表|统计报表|附表)\s{0,2}:?$")
_CAPTION_LINES: Final = 5
_HEADER_LINES: Final = 40
_BEHIND_MOST: Final = 200  # lines behind the last label that may be of the table
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
    unknown: bool = False  # rows of figures that no form has


def find_regions(shadow: str, lines: Sequence[Line]) -> list[Region]:
    """Where the tables are, in order.

    A table is a run of labels that some form knows with nothing but cells between them, or, for a table whose figures
    have no labels, a run of the words that stand over them.
    """
    hits = [
        Hit(i, places)
        for i, line in enumerate(lines)
        if line.end - line.start <= _LINE_MOST and (places := line_label(shadow, line))
    ]
    groups: list[list[Hit]] = [hits[:1]]
    for before, hit in pairwise(hits):
        if _joined(shadow, lines, before.line, hit.line):
            groups[-1].append(hit)
        else:
            groups.append([hit])
    found = [_widen(shadow, lines, group) for group in groups if len(group) >= _HITS_LEAST and _is_table(group)]
    if catalogue().unlabelled.search(shadow):
        found += _unlabelled_regions(shadow, lines, found)
    found += _unknown_regions(shadow, lines, found)
    return sorted(found, key=lambda region: region.first)


def _unlabelled_regions(shadow: str, lines: Sequence[Line], taken: Sequence[Region]) -> Iterator[Region]:
    """Runs of cells outside of other tables in which the words over an unlabelled row stand."""
    inside = {i for region in taken for i in range(region.first, region.last + 1)}
    words = catalogue().unlabelled
    first, last, count = 0, -1, 0
    for i in range(len(lines) + 1):
        if i < len(lines) and i not in inside and is_cell(shadow, lines[i]):
            if last < 0:
                first = i
            last = i
            count += len(words.findall("".join(shadow[lines[i].start : lines[i].end].split())))
            continue
        if last >= 0 and count >= _WORDS_LEAST:
            yield Region(first, last, [])
        last, count = -1, 0


def _unknown_regions(shadow: str, lines: Sequence[Line], taken: Sequence[Region]) -> Iterator[Region]:
    """Runs of rows with figures under a header or a caption, of which no form knows a label."""
    if "|" not in shadow and "\t" not in shadow:
        return
    inside = {i for region in taken for i in range(region.first, region.last + 1)}
    first = -1
    for i in range(len(lines) + 1):
        if i < len(lines) and i not in inside and _is_figured(shadow, lines[i]):
            first = i if first < 0 else first
            continue
        if first > 0 and i - first >= _HITS_LEAST and _is_headed(shadow, lines[first - 1]):
            yield Region(first - 1, i - 1, [], unknown=True)
        first = -1


def _is_figured(shadow: str, line: Line) -> bool:
    """Whether a line is a row of a label and at least one figure, apart by bars or tabs."""
    if line.end - line.start > LABEL_MOST:
        return False
    cells = [c.strip() for c in shadow[line.start : line.end].replace("\t", "|").split("|")]
    return len(cells) > 1 and bool(cells[0]) and not cells[0].isdecimal() and any(c.isdecimal() for c in cells[1:])


def _is_headed(shadow: str, line: Line) -> bool:
    words = shadow[line.start : line.end]
    return is_header(shadow, line) or (len(words) <= _STRAY_MOST and _TITLE.search(words) is not None)


def _joined(shadow: str, lines: Sequence[Line], a: int, b: int) -> bool:
    """Whether only cells, and not too many other short lines, stand between two labels."""
    strays = cells = 0
    for line in lines[a + 1 : b]:
        size = line.end - line.start
        if is_cell(shadow, line) or (size <= _LINE_MOST and is_row(shadow, line)):
            cells += 1
        elif size > _STRAY_MOST or shadow[line.end - 1] in _SENTENCE_END or _is_section(shadow, line):
            return False
        else:
            strays += 1
    return strays <= _STRAYS_MOST + 2 * cells


def _is_section(shadow: str, line: Line) -> bool:
    """Whether a line is the heading of a part of the report: a table does not go on behind it."""
    probe = Line(PROSE, line.start, line.end)
    shape_line(shadow, probe)
    return probe.type == "H1" and probe.title is not None and section_kind(shadow[slice(*probe.title)]) != UNCLASSIFIED


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
    first = _over_strays(shadow, lines, first)
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
    end = last + 2 * cells
    for i in range(last + 1, min(last + 1 + _BEHIND_MOST, len(lines))):
        line = lines[i]
        if _is_more(shadow, line):
            end = i + 2 * cells  # a row that no form knows, or what is left of the last label
        elif i > end or not is_cell(shadow, line) or is_header(shadow, line):
            break
        last = i
    return Region(first, last, hits, title)


def _is_more(shadow: str, line: Line) -> bool:
    """Whether a line behind the last label that is known goes on with the table."""
    if line.end - line.start > _STRAY_MOST or shadow[line.end - 1] in _SENTENCE_END or _is_section(shadow, line):
        return False
    if is_row(shadow, line) and any(c.isdecimal() for c in shadow[line.start : line.end]):
        return True
    return catalogue().may_be_known(shadow[line.start : line.end]) and (
        catalogue().find_inexact(shadow[line.start : line.end]) is not None
    )


def _over_strays(shadow: str, lines: Sequence[Line], first: int) -> int:
    """Where the header begins if a few short lines that are no cells (a corner cell in pieces) stand in it."""
    at = first
    for i in range(first - 1, max(first - 1 - _HEADER_LINES, -1), -1):
        line = lines[i]
        if line.end - line.start > _STRAY_MOST or shadow[line.end - 1] in _SENTENCE_END or _is_heading(shadow, line):
            break
        if is_header(shadow, line):
            at = i
    return at


def _is_heading(shadow: str, line: Line) -> bool:
    probe = Line(PROSE, line.start, line.end)
    shape_line(shadow, probe)
    return probe.type[0] == "H"


@define(eq=False)
class _Draft:
    """A region cut into rows, with the votes of its words for the forms."""

    region: Region
    lines: list[Line]
    parts: _Parts
    rows: list[_Row]
    votes: Counter[str]


def read_tables(text: Text, lines: Sequence[Line]) -> tuple[list[Table], list[Diagnostic]]:
    """The tables of the text. Their lines are marked TABLE, so that no one takes a row for a heading."""
    drafts = [_draft(text, lines, region) for region in find_regions(text.shadow, lines)]
    votes: Counter[str] = Counter()
    for draft in drafts:
        votes.update({} if draft.region.unknown else draft.votes)
    tables: list[Table] = []
    faults: list[Diagnostic] = []
    for draft in drafts:
        form = None if draft.region.unknown else recognise(draft.votes, votes, catalogue())
        reader = _Reader(text, draft, form)
        tables += reader.read()
        faults += reader.faults
    return tables, faults


def _draft(text: Text, lines: Sequence[Line], region: Region) -> _Draft:
    mine = lines[region.first : region.last + 1]
    for line in mine:
        line.type = TABLE
    mine = [line for line in mine if region.title is None or line.start >= region.title[1]]
    labelled = frozenset(lines[hit.line].start for hit in region.hits)
    parts: _Parts = grammar("table", _Reduce).run(Cutter(text.shadow, labelled).tokens(mine))
    rows = list(_split_unknown(parts.rows))
    words = [text.shadow[t.start : t.end] for header in parts.headers for t in header if t.type == HEADER]
    return _Draft(region, mine, parts, rows, ballot((row.label.places for row in rows), words, catalogue()))


class _Reader:
    """Reads one region by one form. What it finds wrong is in `faults`."""

    def __init__(self, text: Text, draft: _Draft, form: str | None) -> None:
        self._text = text
        self._forms = catalogue()
        self._draft = draft
        self._form = form
        self.faults: list[Diagnostic] = []

    def read(self) -> Iterator[Table]:
        draft, text = self._draft, self._text
        start, end = draft.lines[0].start, draft.lines[-1].end
        title = self._title()
        if self._form is None:
            self._fault("unknown-form", "", start, end)
            yield Table(None, None, title, text.span(start, end), (), text.source)
            return
        form = self._forms.forms[self._form]
        places = anchor([row.label.places for row in draft.rows], form.id, self._forms)
        owners = _owners(places)
        for table in form.tables:
            mine = [
                (row, place) for row, place, owner in zip(draft.rows, places, owners, strict=True) if owner == table.id
            ]
            if table.key_from == "column":
                cells = tuple(self._unlabelled(table, sums_of(table, form.relations)))
            elif any(place for _, place in mine):
                cells = tuple(self._cells(table, mine, sums_of(table, form.relations)))
            else:
                continue
            if cells:
                yield Table(form.id, table.id, title or table.title, text.span(start, end), cells, text.source)

    def _title(self) -> str | None:
        if self._draft.region.title is None:
            return None
        return "".join(self._text.string[slice(*self._draft.region.title)].split()).strip("|:")

    def _fault(self, code: str, detail: str, start: int, end: int) -> str:
        self.faults.append(diagnose(code, detail, self._text.span(start, end), self._text.source))
        return code

    def _label(self, token: Token) -> str:
        return "".join(self._text.string[token.start : token.end].split())

    def _raw(self, token: Token) -> str:
        return self._text.shadow[token.start : token.end]

    # --- rows with labels

    def _cells(self, table: FormTable, rows: Sequence[tuple[_Row, Place | None]], sums: Sums) -> Iterator[Cell]:
        columns = self._columns(table, rows[0][0].label.start)
        with_unit = table.unit_header is not None
        shapes = [_Shape.of(row.items, with_unit) for row, _ in rows]
        coded = self._drop_codes(table, rows, shapes)
        _mark_padding(shapes, len(columns))
        usual = _usual_width(shapes, len(columns))
        if len(columns) > len(table.columns) == usual and any(columns):
            columns = table.columns  # no row has a cell for what else the header seems to name
        elif columns == table.columns and usual == len(columns) + 1:
            columns = self._widened(columns, shapes, sums)
        kept = _blanks_kept(shapes, len(columns))
        slots = _value_slots([row for row, _ in rows], len(columns), with_unit + coded)
        aligned = [
            _by_slot(row.items, slots)
            if slots and row.label.slots == slots.stop and not _slid(row, slots, coded)
            else shape.align(len(columns), usual, kept)
            for (row, _), shape in zip(rows, shapes, strict=True)
        ]
        if None in aligned:
            aligned = _by_position(self._text.shadow, shapes, aligned, len(columns))
        solved = self._solve(table, columns, rows, shapes, aligned, sums)
        doubtful = self._suspect() or _lost_cells(shapes, aligned, len(columns)) or _surplus(shapes, len(columns))
        seen: set[str] = set()
        for (row, place), shape, values in zip(rows, shapes, aligned, strict=True):
            known = table.rows[place.row] if place is not None else None
            if not row.items and (known is None or (known.group and len(columns) > 1)):
                continue  # a heading, or text that no value follows
            for stray in shape.strays:
                self._fault("stray-line", self._raw(stray)[:_SHOWN_MOST], stray.start, stray.end)
            codes = self._row_faults(row, known, seen)
            counted = place is not None and _may_hold_count(self._draft.rows, row, place, shape, table)
            figured = values is not None and any(t is not None and t.type == NUMBER for t in values)
            if (
                (doubtful or counted)
                and figured
                and values is not None
                and not self._adds_up(values, columns, table, sums)
            ):
                codes.append(
                    self._fault("doubtful-cell", self._label(row.label), row.items[0].start, row.items[-1].end)
                )
            if known is not None and known.key in solved:
                yield from self._inferred(row, known, shape, columns, solved[known.key], codes)
            else:
                yield from self._row(row, known, shape, columns, values, codes)

    def _suspect(self) -> bool:
        """Whether labels and figures may have been printed apart: rows of a form of several tables stand without any.

        Only where no bars, tabs or blank lines show what is blank.
        """
        if self._form is None or len(self._forms.forms[self._form].tables) < _TABLES_LEAST:
            return False
        rows = [
            r for r in self._draft.rows if r.label.places and not all(self._forms.rows[p].group for p in r.label.places)
        ]
        items = [t for r in rows for t in r.items]
        return any(not r.items for r in rows) and not any(t.slot >= 0 or t.type == BLANK for t in items)

    def _row_faults(self, row: _Row, known: Row | None, seen: set[str]) -> list[str]:
        """What is wrong with the label of a row, as codes for its cells."""
        label = row.label
        codes = []
        if known is None:
            code = "ambiguous-row" if label.places else "unknown-row"
            codes.append(self._fault(code, self._label(label), label.start, label.end))
        elif known.key in seen:
            codes.append(self._fault("duplicate-row", known.label, label.start, label.end))
        else:
            seen.add(known.key)
        if known is not None and not label.exact:
            codes.append(
                self._fault("inexact-label", f"{self._label(label)} for {known.label}", label.start, label.end)
            )
        return codes

    def _columns(self, table: FormTable, before: int) -> tuple[Column | None, ...]:
        """The columns of figures, left to right: as the header over the rows has them, else as the form has them.

        A header is believed if it names every column of the form once; what else it names is no column of the form.
        Words on several lines (法人或其他组织 over 商业企业) do not tell the order, so there the form does.
        """
        if any(column.group or column.supergroup for column in table.columns):
            return table.columns
        for header in reversed(self._draft.parts.headers):
            if header[0].start < before:
                named = _named(table, [(token.type, self._raw(token)) for token in header])
                if named is not None:
                    return named
        return table.columns

    def _widened(
        self, columns: tuple[Column | None, ...], shapes: Sequence[_Shape], sums: Sums
    ) -> tuple[Column | None, ...]:
        """The columns with one more that is not of the form, where the sums of the rows tell which one it is."""
        size = len(columns) + 1
        rows = [[read_cell(self._raw(t)).value for t in s.values] for s in shapes if len(s.values) == size]
        rows = [row for row in rows if any(row)]
        if len(rows) < _EXTRA_ROWS_LEAST or not any(not covers for _, _, _, covers in sums.columns):
            return columns
        fits = [i for i in range(size) if all(holds(row[:i] + row[i + 1 :], sums) for row in rows)]
        return (*columns[: fits[0]], None, *columns[fits[0] :]) if len(fits) == 1 else columns

    def _drop_codes(
        self, table: FormTable, rows: Sequence[tuple[_Row, Place | None]], shapes: Sequence[_Shape]
    ) -> bool:
        """Take out the column of codes (01 to 56) or counts, which are numbers but not values. True if there is one."""
        if table.code_header is None and table.ordinal_header is None:
            return False
        coded = [
            shape
            for (_, place), shape in zip(rows, shapes, strict=True)
            if place and shape.values and self._raw(shape.values[0]).strip("* ") == _code(table, place)
        ]
        if len(coded) * 2 > len(rows):
            for shape in coded:
                del shape.values[0]
            return True
        glued = [
            (shape, len(_code(table, place)))
            for (_, place), shape in zip(rows, shapes, strict=True)
            if place and len(shape.values) == 1 and self._raw(shape.values[0]).startswith(_code(table, place))
        ]
        if table.code_header is not None and len(glued) * 4 > len(rows) * 3:
            for shape, size in glued:
                token = shape.values[0]
                shape.values[0] = evolve(token, start=token.start + size, text=token.text[size:])
        return False

    def _solve(
        self, table: FormTable, columns: Sequence[Column | None], rows: Sequence[tuple[_Row, Place | None]],
        shapes: Sequence[_Shape], aligned: Sequence[list[Token | None] | None], sums: Sums,
    ) -> dict[str, Puzzle]:  # fmt: skip
        """The rows that the layout leaves open and the relations of the form settle, at least in part."""
        if None not in aligned or tuple(columns) != table.columns or _deduplicated(shapes, len(columns)):
            return {}
        known: dict[str, Values] = {}
        puzzles: dict[str, Puzzle] = {}
        for (_, place), shape, values in zip(rows, shapes, aligned, strict=True):
            if place is None or table.rows[place.row].key in known:
                continue
            key = table.rows[place.row].key
            if values is not None:
                known[key] = tuple(read_cell(self._raw(t)).value if t and t.type == NUMBER else None for t in values)
            elif candidates := self._candidates(shape, len(columns), sums):
                puzzles[key] = Puzzle(candidates, [name for name, _, _, covers in sums.columns if not covers])
        solve(known, puzzles, sums)
        return {
            key: p
            for key, p in puzzles.items()
            if p.candidates and p.by and any(v is not None for v in agreed(p.candidates))
        }

    def _adds_up(
        self, values: list[Token | None], columns: Sequence[Column | None], table: FormTable, sums: Sums
    ) -> bool:
        """Whether the row has a sum, not of noughts alone, and it holds."""
        figures = [read_cell(self._raw(t)).value if t else None for t in values]
        exact = any(not covers for _, _, _, covers in sums.columns) and tuple(columns) == table.columns
        return exact and any(figures) and holds(figures, sums)

    def _candidates(self, shape: _Shape, columns: int, sums: Sums) -> list[Values]:
        tokens = [t for t in shape.values if t.type != BLANK]
        if any(t.type != NUMBER for t in tokens) or len(tokens) != len(shape.values):
            return []
        if len(tokens) == 1:
            return splits(self._raw(tokens[0]), sums, columns)
        figures = [read_cell(self._raw(t)).value for t in tokens]
        if len(figures) >= columns or any(f is None for f in figures):
            return []
        return placements([f for f in figures if f is not None], sums, columns)

    def _inferred(
        self, row: _Row, known: Row, shape: _Shape, columns: Sequence[Column | None], puzzle: Puzzle, codes: list[str]
    ) -> Iterator[Cell]:
        """The cells of a row that arithmetic settled: what all candidates agree on, and nothing for the rest."""
        label, (unit, by_form) = self._label(row.label), self._unit(shape, known)
        start, end = row.items[0].start, row.items[-1].end
        found = " ".join(self._raw(t) for t in shape.values)
        why = self._fault("inferred-cell", f"{label}: {found}, by {', '.join(puzzle.by)}", start, end)
        open_code = "ambiguous-cell"
        first = puzzle.candidates[0]
        if any(v is None for v in agreed(puzzle.candidates)):
            self._fault(open_code, f"{label}: {found}, {len(puzzle.candidates)} readings", start, end)
        places = _places(shape.values, first)
        for column, value, place in zip(columns, agreed(puzzle.candidates), places, strict=True):
            if value is None or place is None:
                yield self._cell(
                    known.key, column, label, None, unit, "unreadable", start, end, by_form, [*codes, open_code]
                )
            else:
                yield self._cell(
                    known.key, column, label, value, unit, "number", *place, by_form, [*codes, why], inferred=True
                )

    def _unit(self, shape: _Shape, known: Row | None) -> tuple[str | None, bool]:
        """The unit of a row, and whether the form and not the row has it."""
        if shape.unit is not None:
            return self._raw(shape.unit), False
        if known is not None and known.unit:
            return known.unit, True
        return None, False

    def _row(
        self, row: _Row, known: Row | None, shape: _Shape, columns: Sequence[Column | None],
        values: list[Token | None] | None, codes: list[str],
    ) -> Iterator[Cell]:  # fmt: skip
        text = self._text
        label, (unit, by_form) = self._label(row.label), self._unit(shape, known)
        if known is not None and shape.unit is not None and known.unit and unit != known.unit:
            codes.append(self._fault("unit-conflict", f"{unit}, {known.unit}", shape.unit.start, shape.unit.end))
        key = known.key if known else None
        if values is None:
            start, end = row.items[0].start, row.items[-1].end
            found = " ".join(self._raw(t) for t in shape.values if t.type != BLANK)
            codes.append(self._fault("ambiguous-cell", f"{label}: {found}", start, end))
            for column in columns:
                yield self._cell(key, column, label, None, unit, "unreadable", start, end, by_form, codes)
            return
        for column, token in zip(columns, values, strict=True):
            if token is None or token.type == BLANK:
                at = row.label.end if token is None else token.start
                yield self._cell(key, column, label, None, unit, "blank", at, at, by_form, codes)
                continue
            got = read_cell(text.shadow[token.start : token.end])
            own = list(codes)
            if got.reading == "unreadable":
                own.append(self._fault("unreadable-cell", f"{label}: {self._raw(token)}", token.start, token.end))
            if column is None:
                own.append(self._fault("unknown-column", f"{label}: {self._raw(token)}", token.start, token.end))
            yield self._cell(
                key,
                column,
                label,
                got.value,
                got.unit or unit,
                got.reading,
                token.start,
                token.end,
                by_form and not got.unit,
                own,
            )

    # --- one row without a label

    def _unlabelled(self, table: FormTable, sums: Sums) -> Iterator[Cell]:
        """The figures under the words of a table whose one row has no label."""
        words = {label_key(half_width(label)) for label, _ in table.words()}
        for header in self._draft.parts.headers:
            heads = [i for i, token in enumerate(header) if token.type == HEADER]
            said = sum(len(self._forms.unlabelled.findall(label_key(self._raw(header[i])))) for i in heads)
            named = sum(label_key(self._raw(header[i])) in words for i in heads)
            data = [t for t in header[heads[-1] + 1 :] if t.type in _VALUES and t.type != TEXT]
            if max(said, named) < _WORDS_LEAST or not data:
                continue
            row = table.rows[0]
            shape = _Shape(None, data)
            label = Token(HEADER, header[heads[-1]].start, header[heads[-1]].end)
            made = _Row(label, data)
            fits = _trimmed(data, len(table.columns))
            if len(fits) > 1:
                fits = [v for v in fits if holds([read_cell(self._raw(t)).value for t in v], sums)]
            if len(fits) == 1:
                figures = [read_cell(self._raw(t)).value for t in fits[0]]
                told = any(t.slot >= 0 for t in data) or holds(figures, sums)
                codes = [] if told else [self._fault("doubtful-cell", table.title, data[0].start, data[-1].end)]
                cells = self._row(made, row, shape, table.columns, list(fits[0]), codes)
            elif candidates := self._candidates(shape, len(table.columns), sums):
                cells = self._inferred(
                    made, row, shape, table.columns, Puzzle(candidates, [c[0] for c in sums.columns]), []
                )
            else:
                cells = self._row(made, row, shape, table.columns, None, [])
            for cell, column in zip(cells, table.columns, strict=True):
                yield evolve(cell, label=" ".join(w for w in (column.supergroup, column.group, column.label) if w))
            return

    def _cell(
        self, key: str | None, column: Column | None, label: str, value: Any, unit: str | None, reading: Reading,
        start: int, end: int, unit_inferred: bool, codes: Sequence[str], inferred: bool = False,
    ) -> Cell:  # fmt: skip
        span = self._text.span(start, end)
        return Cell(
            key, column.key if column else None, label, value, unit, reading, self._text.source.slice(span), span,
            inferred, unit_inferred, tuple(codes), self._text.source,
        )  # fmt: skip


def _trimmed(values: list[Token], columns: int) -> list[list[Token]]:
    """All ways to take surplus blanks off the two ends of a row."""
    filled = [i for i, token in enumerate(values) if token.type != BLANK]
    low, high = (filled[0], filled[-1]) if filled else (0, -1)
    first, last = max(0, high + 1 - columns), min(low, len(values) - columns)
    return [values[i : i + columns] for i in range(first, min(last, first + columns) + 1)]


def _code(table: FormTable, place: Place) -> str:
    """What the form prints in the column of codes or counts of a row."""
    return (table.rows[place.row].code or str(place.row + 1)).strip("*")


def _may_hold_count(rows: Sequence[_Row], row: _Row, place: Place, shape: _Shape, table: FormTable) -> bool:
    """Whether the last figure of a row may be, or end in, the count (序号) of a next row that was not recognised."""
    if table.ordinal_header is None or not shape.values or shape.values[-1].slots > 0:
        return False
    at = next(i for i, other in enumerate(rows) if other is row)
    following = rows[at + 1].label.places if at + 1 < len(rows) else ()
    if any(p.form == place.form and p.row == place.row + 1 for p in following):
        return False
    return shape.values[-1].text.endswith(str(place.row + 2))


def _owners(places: Sequence[Place | None]) -> list[str | None]:
    """The table that each row belongs to; a row that no form knows belongs to that of the row before it."""
    owners: list[str | None] = []
    owner = next((p.table for p in places if p), None)
    for place in places:
        owner = place.table if place else owner
        owners.append(owner)
    return owners


def _named(table: FormTable, header: Sequence[tuple[str, str]]) -> tuple[Column | None, ...] | None:
    """The columns that a header names, in its order; None unless it names each column of the table exactly once."""
    byname = {label_key(half_width(label)): c for c in table.columns for label in (c.label, *c.aliases)}
    other = {label_key(half_width(label)) for label, kind in table.words() if kind != "column"}
    out: list[Column | None] = []
    for kind, text in header:
        key = label_key(text)
        column = byname.get(key) or byname.get(without_notes(key))
        if column is None:
            column = next((c for c in table.columns if c.label_regex and re.fullmatch(c.label_regex, key)), None)
        if column is not None:
            out.append(column)
        elif kind == TEXT and key not in other:
            out.append(None)
    found = [c for c in out if c is not None]
    if len(found) == 2 * len(table.columns) and {c.key for c in found} == {c.key for c in table.columns}:
        return (None,) * len(out)  # two years side by side: nothing tells which is which
    if len(found) != len(table.columns) or len({c.key for c in found}) != len(found):
        return None
    return tuple(out)


def _places(tokens: Sequence[Token], values: Values) -> Iterator[tuple[int, int] | None]:
    """Where each figure of a candidate stands: the tokens in turn, or stretches of the one they ran together in."""
    if len(tokens) == 1 and sum(v is not None for v in values) > 1:
        at = tokens[0].start
        for value in values:
            size = 0 if value is None else len(str(value))
            yield (at, at + size) if size else None
            at += size
        return
    left = iter(tokens)
    for value in values:
        token = next(left) if value is not None else None
        yield (token.start, token.end) if token else None


@define(eq=False)
class _Shape:
    """What stands behind a label: its unit, and the values in order. `with_unit`: the form has a column of units."""

    unit: Token | None
    values: list[Token]
    with_unit: bool = False
    padded_behind: bool = False
    strays: list[Token] = field(factory=list)

    @classmethod
    def of(cls, items: Sequence[Token], with_unit: bool) -> _Shape:
        unit = None
        values: list[Token] = []
        figures = False
        strays: list[Token] = []
        for token in items:
            if token.type == TEXT and token.slot < 0:
                strays.append(token)
                continue
            if token.type == UNIT:
                if with_unit and unit is None and not figures:
                    unit = token
                    values.clear()  # a dash or a blank before the unit is a cell of no column of figures
            elif token.type in _VALUES:
                figures = figures or token.type == NUMBER
                values.append(token)
        return cls(unit, values, with_unit, False, strays)

    def align(self, columns: int, usual: int, kept: bool) -> list[Token | None] | None:
        """One value a column, or None where it cannot be told which value is whose.

        `usual` is the number of cells in most rows of the table; `kept` says that the table keeps its blank cells, so
        that what is missing from a row is missing at its end.
        """
        tight = [v for v in self.values if v.tight]
        if self._noughts(columns):
            token = self.values[0]
            return [evolve(token, start=i, end=i + 1) for i in range(token.start, token.end)]
        fits = self._fit(self.values, columns, usual)
        if fits is None and len(tight) < len(self.values):
            fits = self._fit(tight, columns, usual)
        known_unit = self.unit is not None or not self.with_unit
        if fits is None and kept and self.values and len(self.values) < columns and known_unit:
            fits = [*self.values, *[None] * (columns - len(self.values))]
        return fits

    def _noughts(self, columns: int) -> bool:
        """Whether the one figure is a nought for each column that ran together: no figure begins with a nought."""
        if len(self.values) != 1 or columns == 1:
            return False
        token = self.values[0]
        return token.type == NUMBER and token.text == "0" * columns

    def _fit(self, values: list[Token], columns: int, usual: int) -> list[Token | None] | None:
        no_unit = self.with_unit and self.unit is None and bool(values) and values[0].type in (BLANK, DASH)
        wanted = columns + no_unit
        if len(values) > wanted:
            ways = _trimmed(values, wanted)
            if not ways:
                return None
            values = ways[0] if len(ways) == 1 or self.padded_behind else []
            if not values:
                return None
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


def _value_slots(rows: Sequence[_Row], columns: int, between: int) -> range | None:
    """Which cells of a row are its figures, where bars or tabs count the cells: those behind the innermost label.

    None unless most rows have one number of cells, and just the columns are left of it.
    """
    widths = Counter(row.label.slots for row in rows if row.label.slots > 0 and row.items)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if count * 2 < len(rows):
        return None
    first = max(row.label.slot for row in rows if row.label.slots == width) + 1 + between
    return range(first, width) if width - first == columns else None


def _slid(row: _Row, slots: range, coded: bool) -> bool:
    """Whether a figure stands before the first column of figures: a bar was lost, and the cells slid."""
    before = [t for t in row.items if t.type == NUMBER and t.slot not in slots]
    return len(before) > coded


def _by_slot(items: Sequence[Token], slots: range) -> list[Token | None]:
    out: list[Token | None] = [None] * len(slots)
    for token in items:
        if token.slot in slots and token.slots == slots.stop:
            out[token.slot - slots.start] = token
    return out


def _mark_padding(shapes: Sequence[_Shape], columns: int) -> None:
    """Where rows have more cells than columns, note whether the surplus blanks stand behind the figures."""
    padded = [s for s in shapes if len(s.values) > columns + s.with_unit]
    ways = [_trimmed(s.values, columns) for s in padded]
    behind = all(any(w[0] is s.values[0] for w in found) for s, found in zip(padded, ways, strict=True))
    certain = any(len(found) == 1 for found in ways)
    for shape in padded:
        shape.padded_behind = behind and certain


def _blanks_kept(shapes: Iterable[_Shape], columns: int) -> bool:
    """Whether a whole row of the table has a blank cell before a figure: then its layout shows blank cells."""
    return any(
        len(s.values) == columns and any(a.type == BLANK and b.type == NUMBER for a, b in pairwise(s.values))
        for s in shapes
        if s.unit or not s.with_unit
    )


_TABLES_LEAST: Final = 2
_LOST_LEAST: Final = 3
_EXTRA_ROWS_LEAST: Final = 2


def _surplus(shapes: Sequence[_Shape], columns: int) -> bool:
    """Whether most rows have more cells than the form has columns: then a row with fewer has lost some."""
    with_unit = [s for s in shapes if s.unit is not None] or [s for s in shapes if not s.with_unit]
    most = columns if with_unit else columns + 1
    return _usual_width(with_unit or shapes, columns) > most


def _lost_cells(shapes: Sequence[_Shape], aligned: Sequence[list[Token | None] | None], columns: int) -> bool:
    """Whether so many rows of a table without bars could not be aligned that the whole ones may be chance.

    Labels and figures may have been printed apart, and then what stands behind a label is not its own.
    """
    if columns < 2 or any(t.slot >= 0 for s in shapes for t in s.values):
        return False
    if not any(t.type == BLANK for s in shapes for t in s.values) and not all(s.values for s in shapes):
        return True
    rows = [a for s, a in zip(shapes, aligned, strict=True) if s.values]
    lost = sum(a is None for a in rows)
    piled = any(sum(t.type == NUMBER for t in s.values) > columns for s in shapes)
    return piled or (lost >= _LOST_LEAST and lost * 3 > len(rows))


_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6—…“”]"
)
_FULL_ROWS_LEAST: Final = 2


def _by_position(
    shadow: str, shapes: Sequence[_Shape], aligned: list[list[Token | None] | None], columns: int
) -> list[list[Token | None] | None]:
    """Rows with too few figures, put in columns by where the figures stand on their lines, in a table set with blanks.

    The whole rows must agree on where each column begins, or where each ends; a figure that stands under none of them,
    or a table whose rows do not agree, tells nothing.
    """
    whole = [[t for t in row if t] for row in aligned if row is not None and all(row)]
    whole = [
        row for row in whole if "\n" not in shadow[row[0].start : row[-1].end] and all(_apart(shadow, t) for t in row)
    ]
    if columns < 2 or len(whole) < _FULL_ROWS_LEAST:
        return aligned
    for edge in (0, 1):
        ruled = [{_edge(shadow, row[i], edge) for row in whole} for i in range(columns)]
        if all(len(places) == 1 for places in ruled):
            at = {places.pop(): i for i, places in enumerate(ruled)}
            return [
                row if row is not None else _under(shadow, s.values, at, edge, columns)
                for s, row in zip(shapes, aligned, strict=True)
            ]
    return aligned


def _apart(shadow: str, token: Token) -> bool:
    """Whether two blanks at least stand before a cell."""
    return shadow[token.start - 2 : token.start].isspace()


def _edge(shadow: str, token: Token, edge: int) -> int:
    """The column of the screen where a cell begins or ends; wide characters take two."""
    before = shadow[shadow.rfind("\n", 0, token.start) + 1 : token.end if edge else token.start]
    return len(before) + len(_WIDE.findall(before))


def _under(
    shadow: str, values: Sequence[Token], at: Mapping[int, int], edge: int, columns: int
) -> list[Token | None] | None:
    out: list[Token | None] = [None] * columns
    for token in values:
        if token.type == BLANK:
            continue
        column = at.get(_edge(shadow, token, edge))
        if column is None or out[column] is not None:
            return None
        out[column] = token
    return out


_DEDUPLICATED_LEAST: Final = 3


def _deduplicated(shapes: Sequence[_Shape], columns: int) -> bool:
    """Whether repeated lines were removed: rows lack figures, and no figure of the table follows its like."""
    short = sum(1 < len(s.values) < columns for s in shapes)
    return short >= _DEDUPLICATED_LEAST and not any(
        a.type == b.type == NUMBER and _same(a, b) for s in shapes for a, b in pairwise(s.values)
    )


def _same(a: Token, b: Token) -> bool:
    return a.text == b.text


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


def ballot(labels: Iterable[tuple[Place, ...]], headers: Iterable[str], forms: Catalogue) -> Counter[str]:
    """How much the words of a table speak for each form; what only one form prints counts for more."""
    votes: Counter[str] = Counter()
    for places in labels:
        ids = {place.form for place in places}
        for form in ids:
            votes[form] += 1 if len(ids) > 1 else 3
    for word in (word for text in headers for word in forms.words_in(text)):
        printers = forms.printed_by(word)
        for form in printers:
            votes[form] += 1 if len(printers) > 1 else 3
    return votes


def recognise(votes: Counter[str], everywhere: Counter[str], forms: Catalogue) -> str | None:
    """The form that a table follows, by what it prints, never by the year; a tie is settled by the other tables."""
    votes = votes or everywhere
    if not votes:
        return None
    best = max(votes.values())
    tied = [form for form in forms.forms if votes[form] == best]
    return max(tied, key=lambda form: (everywhere[form], forms.forms[form].jurisdiction == NATIONAL))


def anchor(labels: Sequence[tuple[Place, ...]], form: str | None, forms: Catalogue) -> list[Place | None]:
    """The row of the form that each label names, in order; None where that cannot be told.

    A label that names several rows (被依法纠错数 under 四 and under 五) belongs to the parent of the row before it;
    else to the one that lies between its neighbours.
    """
    mine = [tuple(p for p in places if p.form == form) for places in labels]
    out: list[Place | None] = [places[0] if len(places) == 1 else None for places in mine]
    used = {p for p in out if p}
    last: Place | None = None
    afters: list[Place | None] = [None] * len(mine)
    for i in range(len(mine) - 2, -1, -1):
        afters[i] = out[i + 1] or afters[i + 1]
    for i, places in enumerate(mine):
        if len(places) > 1:
            free = [p for p in places if p not in used and (last is None or p.table != last.table or p.row > last.row)]
            kin = [p for p in free if last is not None and _akin(forms, last, p)]
            after = afters[i]
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
