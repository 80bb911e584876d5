"""Tables: what form they follow, and which figure belongs to which row and column.

Labels anchor; values belong to the label before them; nothing is handed on, nothing
is thrown away, and where the layout does not tell which column a figure stands in, the cells carry no value.

Guarantees:

1. A figure is only ever given to the row whose label stands before it, with no other label between.
2. A row with fewer cells than columns gives no figure, unless the table shows which cells are missing.
3. Every label and every figure of the region is in a cell or in a diagnostic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest
from typing import Any, Final

from attrs import define, evolve

from govdisclose._lexicon.grammar import grammar
from govdisclose._lexicon.labels import half_width, is_numbered, label_key, without_notes
from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import BLANK, CODE, DASH, HEADER, LABEL, NUMBER, TEXT, UNIT, Token, is_group
from govdisclose._lines.line import TABLE, Line
from govdisclose._solve.balance import Puzzle
from govdisclose._solve.runs import Sums, Values, figure_places, holds
from govdisclose._solve.sums import agreed, placements, shows_noughts, solve_rows, sums_in
from govdisclose._tables.cut import Cutter, uncounted
from govdisclose._tables.find import Region, find_regions
from govdisclose._tables.layout import (
    VALUES,
    LabelledRow,
    Shape,
    TableParts,
    apart,
    blanks_kept,
    by_position,
    by_slot,
    deduplicated,
    filled_width,
    glued,
    innermost,
    is_run,
    lost_cells,
    mark_lost,
    mark_padding,
    slid,
    surplus,
    trimmed,
    usual_width,
    value_slots,
)
from govdisclose._tables.order import Apart, bring_together, is_apart
from govdisclose._tables.spelling import settle
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import Column, FormTable, Place, Row, anchor, ballot, catalogue, recognise
from govdisclose.report import Cell, Reading, Table
from govdisclose.text import Text

_SHOWN_MOST: Final = 40  # characters of a stray line that its diagnostic repeats
_HEADS_MOST: Final = 4  # words of a header for each column: of the table, over several, of the labels
_WORDS_LEAST: Final = 8  # words over figures that make a table without labels
_TABLES_LEAST: Final = 2
_NO_CODE: Final = "* 人次万元条件篇个期场份"  # what may stand behind a code: marks, and its unit
_EXTRA_ROWS_LEAST: Final = 2
_LABELS_LEAST: Final = 8  # labels without a figure, under a line of figures, that make a table whose figures are apart
_ABOVE_MOST: Final = 400  # characters above a table that are looked at
_FIGURES: Final = "0123456789 \t,.+-"
_SOLVED_MOST: Final = 24  # regions of a text whose open rows are solved: a report has fewer, and each costs time
_READINGS_MOST: Final = 4  # readings of a row that its diagnostic lists


@define(eq=False)
class _Run:
    """Cells that follow each other: one token of the grammar. A label is a run of its own."""

    type: str
    cells: list[Token]


class _Reduce:
    """Reductions of the table grammar."""

    @staticmethod
    def table(children: list[Any]) -> TableParts:
        parts = TableParts()
        for kind, cells in children:
            if kind == "row":
                parts.rows.append(LabelledRow(cells[0], cells[1:]))
            elif kind == "header":
                parts.headers.append(cells)
            else:
                parts.lead += cells
        return parts

    @staticmethod
    def lead(children: list[_Run]) -> tuple[str, list[Token]]:
        return "lead", [cell for run in children for cell in run.cells]

    @staticmethod
    def header(children: list[_Run]) -> tuple[str, list[Token]]:
        return "header", [cell for run in children for cell in run.cells]

    @staticmethod
    def row(children: list[_Run]) -> tuple[str, list[Token]]:
        return "row", [cell for run in children for cell in run.cells]


_RUN_OF: Final = {LABEL: "LABEL", HEADER: "HEADERS"}  # of all other cells: CELLS


def read_parts(tokens: Iterable[Token]) -> TableParts:
    """The parts of the table that `tokens` are, in any order of any cells."""
    runs: list[_Run] = []
    cells: list[Token] = []
    last = ""
    for token in tokens:
        kind = _RUN_OF.get(token.type, "CELLS")
        if kind == last != LABEL:
            cells.append(token)
        else:
            cells, last = [token], kind
            runs.append(_Run(kind, cells))
    parts: TableParts = grammar("table", _Reduce).run(runs)
    return parts


@define(eq=False)
class _Draft:
    """A region cut into cells, with the votes of its words for the forms."""

    region: Region
    lines: list[Line]
    tokens: list[Token]
    votes: Counter[str]


def read_tables(text: Text, lines: Sequence[Line]) -> tuple[tuple[list[Table], list[Line]], list[Diagnostic]]:
    """The tables of the text and its lines, those of tables marked TABLE, so that no one takes a row for a heading."""
    regions = find_regions(text.shadow, lines)
    drafts = [_draft(text, lines, region) for region in regions]
    votes: Counter[str] = Counter()
    for draft in drafts:
        votes.update({} if draft.region.unknown else draft.votes)
    tables: list[Table] = []
    faults: list[Diagnostic] = []
    readers = [
        _Reader(text, draft, None if draft.region.unknown else recognise(draft.votes, votes, catalogue()))
        for draft in drafts
    ]
    shown = cache(lambda: shows_noughts(run for reader in readers for run in reader.runs()))
    apart = any(reader.is_apart() for reader in readers)
    # where one table of a kind is refused, the one that is proven may be another year's
    refused = {table for reader in readers for table in reader.bring_together()} if apart else set()
    for i, reader in enumerate(readers):
        tables += reader.read(shown, refused if apart else None, i < _SOLVED_MOST)
        faults += reader.faults
    return (tables, _marked(lines, regions)), faults


def _marked(lines: Sequence[Line], regions: Iterable[Region]) -> list[Line]:
    """The lines, with those of the regions marked."""
    out = list(lines)
    for region in regions:
        for i in range(region.first, region.last + 1):
            out[i] = out[i].as_type(TABLE)
    return out


def _draft(text: Text, lines: Sequence[Line], region: Region) -> _Draft:
    mine = lines[region.first : region.last + 1]
    mine = [line for line in mine if region.title is None or line.start >= region.title[1]]
    labelled = frozenset(lines[hit.line].start for hit in region.hits if hit.whole)
    tokens = Cutter(text.shadow, labelled).tokens(mine)
    words = [text.shadow[token.start : token.end] for token in tokens if token.type == HEADER]
    labels = (token.places for token in tokens if token.type == LABEL)
    return _Draft(region, mine, tokens, ballot(labels, words, catalogue()))


class _Reader:
    """Reads one region by one form. What it finds wrong is in `faults`."""

    def __init__(self, text: Text, draft: _Draft, form: str | None) -> None:
        self._text = text
        self._forms = catalogue()
        self._draft = draft
        self._form = form
        if form is not None:
            settle(draft.tokens, form)
        self._parts = read_parts(uncounted(text.shadow, draft.tokens))
        self._rows = list(_split_unknown(self._parts.rows))
        self._places: list[Place | None] = (
            anchor([row.label.places for row in self._rows], form, self._forms) if form is not None else []
        )
        self._shown: Callable[[], bool] = bool
        self._solving = False
        self._apart: dict[str, tuple[Sequence[int], Apart | None]] = {}
        self.faults: list[Diagnostic] = []

    def runs(self) -> Iterator[tuple[str, int]]:
        """The figures of each row that ran together, and how many columns they belong to."""
        for row, place in zip(self._rows, self._places, strict=False):
            if place is None:
                continue
            table = self._forms.table(place)
            run = self._run([t for t in row.items if t.type in VALUES])
            if table.code_header is not None:
                run = run.removeprefix(_code(table, place))
            if run and len(table.columns) > 1:
                yield run, len(table.columns)
        for table in self._forms.forms[self._form].tables if self._form is not None else ():
            if table.key_from == "column":
                runs = (self._run(data) for _, data in self._under_words(table))
                yield from ((run, len(table.columns)) for run in runs if run)

    def is_apart(self) -> bool:
        """Whether labels and figures of the region are printed apart."""
        labels, tokens = self._labels(), self._tokens()
        if not labels:
            return False
        start = self._draft.lines[0].start
        above = self._text.shadow[max(0, start - _ABOVE_MOST) : start].rstrip().rpartition("\n")[2]
        if len(labels) >= _LABELS_LEAST and above and not above.strip(_FIGURES):
            return not any(t.type in (NUMBER, BLANK) for t in tokens)
        return is_apart(tokens, labels, max(len(self._forms.table(place).columns) for place in labels.values()))

    def bring_together(self) -> Iterator[str]:
        """Put figures that stand apart into the order of the form, table by table. Which ones no order is proven for.

        What is found waits for `read`.
        """
        form = self._forms.forms[self._form] if self._form is not None else None
        for table in form.tables if form is not None else ():
            labels = self._labels()
            words = [t.start for header in self._over(table) for t in header] if table.key_from == "column" else []
            starts = words or [start for start, place in labels.items() if place.table == table.id]
            if form is not None and starts:
                sums = sums_in(form.id, table.id)
                found = bring_together(self._text.shadow, table, self._tokens(), labels, words, sums)
                self._apart[table.id] = starts, found
                if found is None:
                    yield table.id

    def read(self, shown: Callable[[], bool], refused: Collection[str] | None, solve: bool) -> Iterator[Table]:
        """The tables of the region.

        `shown` tells whether the report prints its noughts, `solve` whether rows that the layout leaves open are to be
        looked at. `refused` is None unless some of the report has figures apart from their labels: then none of the
        tables that it names is read.
        """
        self._shown, self._solving = shown, solve
        draft, text = self._draft, self._text
        start, end = draft.lines[0].start, draft.lines[-1].end
        title = self._title()
        if self._form is None:
            self._fault("unknown-form", "", start, end)
            yield Table(None, None, title, text.span(start, end), (), text.source)
            return
        form = self._forms.forms[self._form]
        places, owners = self._places, _owners(self._places)
        for table in form.tables:
            mine = [
                (row, place) for row, place, owner in zip(self._rows, places, owners, strict=True) if owner == table.id
            ]
            if refused is not None:
                cells = tuple(self._together(table, sums_in(form.id, table.id), table.id in refused))
            elif table.key_from == "column":
                cells = tuple(self._unlabelled(table, sums_in(form.id, table.id), refused is None))
            elif any(place for _, place in mine):
                cells = tuple(self._cells(table, mine, sums_in(form.id, table.id)))
            else:
                continue
            if cells:
                yield Table(form.id, table.id, title or table.title, text.span(start, end), cells, text.source)

    def _title(self) -> str | None:
        if self._draft.region.title is None:
            return None
        return "".join(self._text.string[slice(*self._draft.region.title)].split()).strip("|:")

    def _fault(self, code: str, detail: str, start: int, end: int, zh: str | None = None) -> str:
        self.faults.append(diagnose(code, detail, self._text.span(start, end), self._text.source, zh))
        return code

    def _label(self, token: Token) -> str:
        spans = token.parts or ((token.start, token.end),)
        return "".join("".join(self._text.string[start:end] for start, end in spans).split())

    def _raw(self, token: Token) -> str:
        return self._text.shadow[token.start : token.end]

    # --- figures apart from their labels

    def _tokens(self) -> list[Token]:
        """The cells of the region, in order."""
        parts = self._parts
        tokens = [*parts.lead, *(t for header in parts.headers for t in header)]
        for row, place in zip_longest(self._rows, self._places):
            items = list(row.items)
            first = next((i for i, t in enumerate(items) if t.type == NUMBER), -1)
            if place is not None and first >= 0 and self._raw(items[first]) == self._forms.rows[place].code:
                del items[first]  # the code of the row, which is no figure
            tokens += [row.label, *items]
        return sorted(tokens, key=lambda t: t.start)

    def _labels(self) -> dict[int, Place]:
        """The rows that the labels of the region name, by where they stand.

        A word that heads a column too (总计, 其他) is a label only with the number that the form gives the row.
        """
        return {
            row.label.start: place
            for row, place in zip(self._rows, self._places, strict=False)
            if place is not None
            and (
                is_numbered(text := self._raw(row.label))
                or not self._forms.rows[place].enumerator
                or not self._forms.is_header(text)
            )
        }

    def _together(self, table: FormTable, sums: Sums, refused: bool) -> Iterator[Cell]:
        """The cells of a table whose figures stand apart from its labels: all, where that is proven, or none."""
        starts, found = self._apart.get(table.id, ((), None))
        if not starts:
            return
        if found is None or refused:
            ends = {token.start: token.end for token in self._tokens()}
            self._fault("figures-apart", table.title, starts[0], ends[starts[-1]])
            return
        names = ", ".join(name for name, *_ in (*sums.columns, *sums.rows))
        tokens = [t for cells in found.cells.values() for t in cells]
        first, last = min(t.start for t in tokens), max(t.end for t in tokens)
        order, order_zh = ("row by row", "逐行") if found.by_row else ("column by column", "逐列")
        why = self._fault(
            "inferred-cell",
            f"{table.title}: {order}, by {names}",
            first,
            last,
            f"{table.title}: {order_zh}，依据{names}",
        )
        for row in table.rows:
            for column, token in zip(table.columns, found.cells.get(row.key, ()), strict=False):
                got = read_cell(self._raw(token))
                label = row.label or " ".join(w for w in (column.supergroup, column.group, column.label) if w)
                yield self._cell(
                    row.key, column, label, got.value, got.unit or row.unit, got.reading, token.start, token.end,
                    not got.unit, [why], inferred=True,
                )  # fmt: skip

    # --- rows with labels

    def _cells(self, table: FormTable, rows: Sequence[tuple[LabelledRow, Place | None]], sums: Sums) -> Iterator[Cell]:
        before = rows[0][0].label.start
        with_unit = table.unit_header is not None
        printed = [row for row, _ in rows]
        rows, coded = self._uncoded(table, rows)
        shapes = [Shape.of(row.items, with_unit) for row, _ in rows]
        columns = self._columns(table, before, shapes)
        self._unglue_codes(
            table, [(row, at, s) for (row, at), old, s in zip(rows, printed, shapes, strict=True) if row is old]
        )
        own = [s for (_, place), s in zip(rows, shapes, strict=True) if place and not table.rows[place.row].group]
        if deduplicated(self._text.shadow, own, len(columns)):
            yield from self._unread(table, rows, shapes, columns)
            return
        if len(columns) > 1:
            mark_lost(self._text.shadow, shapes)
        mark_padding(shapes, len(columns))
        usual = usual_width(shapes, len(columns))
        if len(columns) > len(table.columns) == usual and any(columns):
            columns = table.columns  # no row has a cell for what else the header seems to name
        elif columns == table.columns:
            columns = self._widened(columns, [row for row, _ in rows], shapes, with_unit + coded, sums)
        kept = blanks_kept(shapes, len(columns))
        slots = value_slots([row for row, _ in rows], len(columns), with_unit + coded)
        aligned = [
            by_slot(row.items, slots)
            if slots and row.label.slots == slots.stop and not slid(row, slots, coded)
            else shape.align(len(columns), usual, kept)
            for (row, _), shape in zip(rows, shapes, strict=True)
        ]
        if len(columns) > 1:
            aligned = [None if row and any(t and is_run(t) for t in row) else row for row in aligned]
        if None in aligned:
            aligned = by_position(self._text.shadow, shapes, aligned, len(columns), self._heads_over(before, columns))
        solved = self._solve(table, columns, rows, shapes, aligned, sums)
        doubtful = self._suspect() or lost_cells(shapes, aligned, len(columns)) or surplus(shapes, len(columns))
        seen: set[str] = set()
        for i, ((row, place), shape, values) in enumerate(zip(rows, shapes, aligned, strict=True)):
            known = table.rows[place.row] if place is not None else None
            if not row.items and (known is None or (known.group and len(columns) > 1)):
                continue  # a heading, or text that no value follows
            if known is not None and known.group and table.super_header is not None:
                known = None  # a merged head has no cells: the figures are those of a row whose label was lost
            for stray in shape.strays:
                self._fault("stray-line", self._raw(stray)[:_SHOWN_MOST], stray.start, stray.end)
            codes = self._row_faults(row, known, seen)
            counted = place is not None and _may_hold_count(self._rows, row, place, shape, table)
            figured = values is not None and any(t is not None and t.type == NUMBER for t in values)
            loose = bool(slots) and any(t.type == NUMBER and t.slot < 0 for t in row.items)  # the rest of a figure?
            if (
                (doubtful or counted or loose)
                and figured
                and values is not None
                and not self._adds_up(values, columns, table, sums)
            ):
                codes.append(
                    self._fault("doubtful-cell", self._label(row.label), row.items[0].start, row.items[-1].end)
                )
            if known is not None and i in solved:
                yield from self._inferred(row, known, shape, columns, solved[i], codes)
            else:
                yield from self._row(row, known, shape, columns, values, codes)

    def _unread(
        self, table: FormTable, rows: Sequence[tuple[LabelledRow, Place | None]], shapes: Sequence[Shape],
        columns: Sequence[Column | None],
    ) -> Iterator[Cell]:  # fmt: skip
        """The cells of a table that lost its repeated lines: what stands behind a label may be another row's."""
        start, end = rows[0][0].label.start, max((t.end for row, _ in rows for t in (row.label, *row.items)))
        code = self._fault("deduplicated-table", table.title, start, end)
        for (row, place), shape in zip(rows, shapes, strict=True):
            known = table.rows[place.row] if place is not None else None
            if row.items or (known is not None and not known.group):
                unit, by_form = self._unit(shape, known)
                first, last = (row.items or [row.label])[0], (row.items or [row.label])[-1]
                for column in columns:
                    yield self._cell(
                        known.key if known else None, column, self._label(row.label), None, unit, "unreadable",
                        first.start, last.end, by_form, [code],
                    )  # fmt: skip

    def _suspect(self) -> bool:
        """Whether labels and figures may have been printed apart: rows of a form of several tables stand without any.

        Only where no bars, tabs or blank lines show what is blank.
        """
        if self._form is None or len(self._forms.forms[self._form].tables) < _TABLES_LEAST:
            return False
        rows = [r for r in self._rows if r.label.places and not all(self._forms.rows[p].group for p in r.label.places)]
        items = [t for r in rows for t in r.items]
        return any(not r.items for r in rows) and not any(t.slot >= 0 or t.type == BLANK for t in items)

    def _row_faults(self, row: LabelledRow, known: Row | None, seen: set[str]) -> list[str]:
        """What is wrong with the label of a row, as codes for its cells."""
        label = row.label
        codes = []
        if known is None:
            code = "ambiguous-row" if label.places and not is_group(label.places) else "unknown-row"
            codes.append(self._fault(code, self._label(label), label.start, label.end))
        elif known.key in seen:
            codes.append(self._fault("duplicate-row", known.label, label.start, label.end))
        else:
            seen.add(known.key)
        if known is not None and not label.exact:
            said, zh = f"{self._label(label)} for {known.label}", f"{self._label(label)}，应为{known.label}"
            codes.append(self._fault("inexact-label", said, label.start, label.end, zh))
        return codes

    def _columns(self, table: FormTable, before: int, shapes: Sequence[Shape]) -> tuple[Column | None, ...]:
        """The columns of figures, left to right: as the header over the rows has them, else as the form has them.

        A header is believed if it names every column of the form once; what else it names is no column of the form.
        A word that a merged cell repeats is one column if every row repeats its figure as well.
        Words on several lines (法人或其他组织 over 商业企业) do not tell the order, so there the form does.
        """
        if any(column.group or column.supergroup for column in table.columns):
            return table.columns
        for header in reversed(self._parts.headers):
            if header[0].start < before:
                heads = _heads(table, [(token.type, self._raw(token)) for token in header])
                whole = [s.values for s in shapes if len(s.values) == len(heads)]
                named = _named(table, _once(heads, whole) if whole else heads)
                if named is not None:
                    return named
        return table.columns

    def _heads_over(self, before: int, columns: Sequence[Column | None]) -> list[Token]:
        """The words over the columns in the last header over the rows, if it names all of them in this order."""
        header = next((h for h in reversed(self._parts.headers) if h[0].start < before), [])
        return self._innermost(header, columns)

    def _innermost(self, header: Sequence[Token], columns: Sequence[Column | None]) -> list[Token]:
        heads = [word for token in header if token.type == HEADER for word in apart(self._text.shadow, token)]
        if len(heads) > _HEADS_MOST * len(columns):
            return []
        named = [t for t in innermost(self._text.shadow, heads) if any(_names(c, self._raw(t)) for c in columns)]
        own = len(named) == len(columns) and all(_names(c, self._raw(t)) for c, t in zip(columns, named, strict=True))
        return named if own else []

    def _widened(
        self, columns: tuple[Column | None, ...], rows: Sequence[LabelledRow], shapes: Sequence[Shape], between: int,
        sums: Sums,
    ) -> tuple[Column | None, ...]:  # fmt: skip
        """The columns with one more that is not of the form, where the sums of the rows tell which one it is."""
        size = len(columns) + 1
        if all(covers for *_, covers in sums.columns):
            return columns
        if slots := value_slots(rows, size, between):
            whole = [by_slot(row.items, slots) for row in rows if row.label.slots == slots.stop]
        elif size in (usual_width(shapes, len(columns)), filled_width(shapes)):
            whole = [list(s.values[:size]) for s in shapes if len(s.values) == size or filled_width([s]) == size]
        else:
            return columns
        read = [[read_cell(self._raw(t)).value if t is not None else None for t in values] for values in whole]
        full = [figures for figures in read if any(figures) and None not in figures]
        if len(full) < _EXTRA_ROWS_LEAST:
            return columns
        fits = [i for i in range(size) if all(holds(row[:i] + row[i + 1 :], sums) for row in full)]
        return (*columns[: fits[0]], None, *columns[fits[0] :]) if len(fits) == 1 else columns

    def _uncoded(
        self, table: FormTable, rows: Sequence[tuple[LabelledRow, Place | None]]
    ) -> tuple[Sequence[tuple[LabelledRow, Place | None]], bool]:
        """The rows without the column of codes (01 to 56) or counts, which are numbers but not values.

        True if there is such a column.
        """
        if table.code_header is None and table.ordinal_header is None:
            return rows, False
        at = [self._code_at(table, row, place) if place else -1 for row, place in rows]
        if sum(i >= 0 for i in at) * 2 > len(rows):
            return [
                (LabelledRow(row.label, [*row.items[:i], *row.items[i + 1 :]]) if i >= 0 else row, place)
                for (row, place), i in zip(rows, at, strict=True)
            ], True
        return rows, False

    def _code_at(self, table: FormTable, row: LabelledRow, place: Place) -> int:
        """Which item of a row is its code: the first of its values, if no code stands there already; -1 if none is."""
        first = next((i for i, t in enumerate(row.items) if t.type in VALUES and t.type not in (BLANK, DASH)), -1)
        if first < 0 or any(token.type == CODE for token in row.items):
            return -1
        return first if self._raw(row.items[first]).rstrip(_NO_CODE) == _code(table, place) else -1

    def _unglue_codes(self, table: FormTable, rows: Sequence[tuple[LabelledRow, Place | None, Shape]]) -> None:
        """Take the codes off the figures that they ran into, in rows whose code does not stand by itself.

        A row that does not begin with its code is not read, nor is any where many do not: what stands there may be
        codes of a form that nobody knows, and no figure can be told from them.
        """
        if table.code_header is None:
            return
        coded = [
            (shape, _code(table, place))
            for row, place, shape in rows
            if place and glued(self._text.shadow, shape) and not any(t.type == CODE for t in row.items)
        ]
        fits = [self._raw(shape.values[0]).startswith(code) for shape, code in coded]
        for (shape, code), fit in zip(coded, fits, strict=True):
            shape.lost = not fit or sum(fits) * 4 <= len(fits) * 3
            token = shape.values[0]
            if fit and token.text != code:
                shape.values[0] = evolve(token, start=token.start + len(code), text=token.text[len(code) :])
            elif fit:
                del shape.values[0]

    def _solve(
        self, table: FormTable, columns: Sequence[Column | None], rows: Sequence[tuple[LabelledRow, Place | None]],
        shapes: Sequence[Shape], aligned: Sequence[list[Token | None] | None], sums: Sums,
    ) -> dict[int, Puzzle]:  # fmt: skip
        """The rows, by index, that the layout leaves open and the relations of the form settle, at least in part.

        Where two rows lead to one indicator, the first speaks for it.
        """
        if not self._solving or None not in aligned or tuple(columns) != table.columns:
            return {}
        known: dict[str, Values] = {}
        runs: dict[str, str] = {}
        short: dict[str, list[Values]] = {}
        index: dict[str, int] = {}
        for i, ((_, place), shape, values) in enumerate(zip(rows, shapes, aligned, strict=True)):
            if place is None or table.rows[place.row].key in index:
                continue
            key = table.rows[place.row].key
            index[key] = i
            if values is not None:
                known[key] = tuple(read_cell(self._raw(t)).value if t and t.type == NUMBER else None for t in values)
            elif shape.lost:
                continue
            elif run := self._run(shape.values):
                runs[key] = run
            elif candidates := self._placements(shape, len(columns), sums):
                short[key] = candidates
        puzzles = solve_rows(known, runs, short, sums, len(columns), bool(runs) and self._shown())
        return {
            index[key]: p for key, p in puzzles.items() if p.by and any(v is not None for v in agreed(p.candidates))
        }

    def _adds_up(
        self, values: list[Token | None], columns: Sequence[Column | None], table: FormTable, sums: Sums
    ) -> bool:
        """Whether the row has a sum, not of noughts alone, and it holds."""
        figures = [read_cell(self._raw(t)).value if t else None for t in values]
        exact = any(not covers for _, _, _, covers in sums.columns) and tuple(columns) == table.columns
        return exact and any(figures) and holds(figures, sums)

    def _run(self, values: Sequence[Token]) -> str:
        """The text of figures with nothing between them; empty if something is, or if they are none."""
        values = [t for t in values if t.tight or t.type != BLANK]
        if not values or any(t.type != NUMBER for t in values) or any(a.end != b.start for a, b in pairwise(values)):
            return ""
        return self._text.shadow[values[0].start : values[-1].end]

    def _placements(self, shape: Shape, columns: int, sums: Sums) -> list[Values]:
        figures = [read_cell(self._raw(t)).value if t.type == NUMBER else None for t in shape.values]
        if not 1 < len(figures) < columns or any(f is None for f in figures):
            return []
        return placements([f for f in figures if f is not None], sums, columns)

    def _inferred(
        self,
        row: LabelledRow,
        known: Row,
        shape: Shape,
        columns: Sequence[Column | None],
        puzzle: Puzzle,
        codes: list[str],
    ) -> Iterator[Cell]:
        """The cells of a row that arithmetic settled: what all candidates agree on, and nothing for the rest."""
        label, (unit, by_form) = self._label(row.label), self._unit(shape, known)
        start, end = row.items[0].start, row.items[-1].end
        found = " ".join(self._raw(t) for t in shape.values)
        by, found_zh = ", ".join(puzzle.by), f"{label}: {found}"
        why = self._fault("inferred-cell", f"{label}: {found}, by {by}", start, end, f"{found_zh}，依据{by}")
        open_code = "ambiguous-cell"
        told = tuple(agreed(puzzle.candidates))
        if None in told:
            listed = _listed(puzzle.candidates)
            self._fault(open_code, f"{label}: {found}, {listed}", start, end, f"{found_zh}，可读作{listed}")
        places = self._stretches(shape.values, puzzle.candidates[0])
        for column, value, place in zip(columns, told, places, strict=True):
            if value is None or place is None:
                yield self._cell(
                    known.key, column, label, None, unit, "unreadable", start, end, by_form, [*codes, open_code]
                )
            else:
                yield self._cell(
                    known.key, column, label, value, unit, "number", *place, by_form, [*codes, why], inferred=True
                )

    def _stretches(self, tokens: Sequence[Token], values: Values) -> Iterator[tuple[int, int] | None]:
        """Where each figure of a candidate stands: the tokens in turn, or stretches of the run they make."""
        if run := self._run(tokens):
            at = tokens[0].start
            return ((at + place[0], at + place[1]) if place else None for place in figure_places(run, values))
        left = iter(tokens)
        found = (next(left) if value is not None else None for value in values)
        return ((token.start, token.end) if token else None for token in found)

    def _unit(self, shape: Shape, known: Row | None) -> tuple[str | None, bool]:
        """The unit of a row, and whether the form and not the row has it."""
        if shape.unit is not None:
            return self._raw(shape.unit), False
        if known is not None and known.unit:
            return known.unit, True
        return None, False

    def _row(
        self, row: LabelledRow, known: Row | None, shape: Shape, columns: Sequence[Column | None],
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

    def _unlabelled(self, table: FormTable, sums: Sums, blank: bool) -> Iterator[Cell]:
        """The figures under the words of a table whose one row has no label."""
        for label, data in self._under_words(table, blank):
            row = table.rows[0]
            shape = Shape(None, data)
            made = LabelledRow(label, data)
            fits = trimmed(data, len(table.columns)) if any(t.type != BLANK for t in data) else []
            # blanks of the header may stand before those of the row, and noughts add up anywhere
            narrowed = len(fits) > 1 or (len(data) > len(table.columns) and data[0].type == BLANK)
            if len(fits) > 1:
                fits = [v for v in fits if holds([read_cell(self._raw(t)).value for t in v], sums)]
            if all(t.type == BLANK for t in data):
                cells = self._row(made, row, shape, table.columns, [None] * len(table.columns), [])
            elif len(fits) == 1:
                figures = [read_cell(self._raw(t)).value for t in fits[0]]
                told = not narrowed and (any(t.slot >= 0 for t in data) or holds(figures, sums))
                codes = [] if told else [self._fault("doubtful-cell", table.title, data[0].start, data[-1].end)]
                cells = self._row(made, row, shape, table.columns, list(fits[0]), codes)
            elif placed := self._placed(table, label, shape):
                cells = self._row(made, row, shape, table.columns, placed, [])
            elif puzzle := self._open_row(shape, len(table.columns), sums):
                cells = self._inferred(made, row, shape, table.columns, puzzle, [])
            else:
                cells = self._row(made, row, shape, table.columns, None, [])
            for cell, column in zip(cells, table.columns, strict=True):
                yield _labelled(cell, " ".join([w for w in (column.supergroup, column.group, column.label) if w]))
            return

    def _placed(self, table: FormTable, label: Token, shape: Shape) -> list[Token | None] | None:
        """The figures of such a row by the words that they stand under, on a page with columns."""
        if any(t.slot >= 0 for t in shape.values):
            return None
        header = next(h for h in self._over(table) if any(t.start == label.start for t in h))
        heads = self._innermost([t for t in header if t.start <= label.start], table.columns)
        return by_position(self._text.shadow, [shape], [None], len(table.columns), heads)[0] if heads else None

    def _under_words(self, table: FormTable, blank: bool = False) -> Iterator[tuple[Token, list[Token]]]:
        """The figures of a table whose one row has no label, behind the last of the words over them.

        With `blank`, also the row that has none: where all the words stand and nothing behind them.
        """
        for header in self._over(table):
            last = max(i for i, token in enumerate(header) if token.type == HEADER)
            behind = header[last + 1 :]
            row_at = next((i for i, t in enumerate(behind) if t.slot == 0 < t.slots), 0)  # behind the line of the words
            data = [t for t in behind[row_at:] if t.type in VALUES and t.type != TEXT]
            if data or (blank and self._said(table, header) >= len(table.columns)):
                yield Token(HEADER, header[last].start, header[last].end), data

    def _over(self, table: FormTable) -> Iterator[list[Token]]:
        """The headers that hold the words over a table whose one row has no label."""
        return (header for header in self._parts.headers if self._said(table, header) >= _WORDS_LEAST)

    def _said(self, table: FormTable, header: Sequence[Token]) -> int:
        """How many words over the table a header holds."""
        heads = [token for token in header if token.type == HEADER]
        said = sum(len(self._forms.unlabelled.findall(label_key(self._raw(token)))) for token in heads)
        return max(said, sum(label_key(self._raw(token)) in table.words_by_key for token in heads))

    def _open_row(self, shape: Shape, columns: int, sums: Sums) -> Puzzle | None:
        """What is left of a row that stands by itself, if anything can be told."""
        if not self._solving:
            return None
        runs = {"": run} if (run := self._run(shape.values)) else {}
        short = {"": found} if not runs and (found := self._placements(shape, columns, sums)) else {}
        puzzle = solve_rows({}, runs, short, sums, columns, bool(runs) and self._shown()).get("")
        return puzzle if puzzle and any(v is not None for v in agreed(puzzle.candidates)) else None

    def _cell(
        self, key: str | None, column: Column | None, label: str, value: Any, unit: str | None, reading: Reading,
        start: int, end: int, unit_inferred: bool, codes: Sequence[str], inferred: bool = False,
    ) -> Cell:  # fmt: skip
        span = self._text.span(start, end)
        return Cell(
            key, column.key if column else None, label, value, unit, reading, self._text.source.slice(span), span,
            inferred, unit_inferred, tuple(codes), self._text.source,
        )  # fmt: skip


def _labelled(cell: Cell, label: str) -> Cell:
    """The cell with another label; `evolve` takes five times as long."""
    return Cell(
        cell.row, cell.column, label, cell.value, cell.unit, cell.reading, cell.raw, cell.span, cell.inferred,
        cell.unit_inferred, cell.diagnostics, cell.source,
    )  # fmt: skip


def _code(table: FormTable, place: Place) -> str:
    """What the form prints in the column of codes or counts of a row."""
    return (table.rows[place.row].code or str(place.row + 1)).strip("*")


def _may_hold_count(
    rows: Sequence[LabelledRow], row: LabelledRow, place: Place, shape: Shape, table: FormTable
) -> bool:
    """Whether the last figure of a row may be, or end in, the count (序号) of a next row that was not recognised."""
    if table.ordinal_header is None or not shape.values or shape.values[-1].slots > 0:
        return False
    at = next(i for i, other in enumerate(rows) if other.label is row.label)
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


def _heads(table: FormTable, header: Sequence[tuple[str, str]]) -> list[Column | None]:
    """The columns that a header names, in its order; None for one that the form does not have."""
    byname, words = table.columns_by_key, table.words_by_key
    out: list[Column | None] = []
    for kind, text in header:
        key = label_key(text)
        column = byname.get(key) or byname.get(without_notes(key))
        if column is None:
            column = next((c for c in table.columns if c.label_regex and re.fullmatch(c.label_regex, key)), None)
        other = words.get(key, "column") != "column"
        if column is None and kind == HEADER and not other:
            # the first line of a word that a narrow column has cut
            begun = {c.key: c for label, c in byname.items() if label.startswith(key)}
            column = next(iter(begun.values())) if len(begun) == 1 else None
        if column is not None:
            out.append(column)
        elif kind == TEXT and not other:
            out.append(None)
    return out


def _names(column: Column | None, text: str) -> bool:
    """Whether a word is that of a column, whichever columns of other groups have it too."""
    if column is None:
        return False
    key = label_key(text)
    return key in {label_key(half_width(label)) for label in (column.label, *column.aliases)} or (
        column.label_regex is not None and re.fullmatch(column.label_regex, key) is not None
    )


def _once(heads: Sequence[Column | None], rows: Sequence[Sequence[Token]]) -> list[Column | None]:
    """The heads without those that repeat the one before, where every row repeats its figure."""
    out = list(heads)
    for i in range(len(heads) - 1, 0, -1):
        if heads[i] is not None and heads[i] is heads[i - 1] and all(r[i].text == r[i - 1].text for r in rows):
            out[i] = None
    return out


def _named(table: FormTable, heads: Sequence[Column | None]) -> tuple[Column | None, ...] | None:
    """The heads, if they name each column of the table exactly once; else None."""
    found = [c for c in heads if c is not None]
    if len(found) == 2 * len(table.columns) and {c.key for c in found} == {c.key for c in table.columns}:
        return (None,) * len(heads)  # two years side by side: nothing tells which is which
    if len(found) != len(table.columns) or len({c.key for c in found}) != len(found):
        return None
    return tuple(heads)


def _listed(candidates: Sequence[Values]) -> str:
    """The readings of a row, as many as a reader would look at."""
    shown = [" ".join("_" if v is None else str(v) for v in values) for values in candidates[:_READINGS_MOST]]
    more = len(candidates) - len(shown)
    return "; ".join(shown) + (f"; {more} more" if more else "")


def _is_cut_figure(text: str) -> bool:
    """Whether text is a figure that runs over a line end."""
    return not any(c.isalpha() for c in text)


def _split_unknown(rows: Iterable[LabelledRow]) -> Iterator[LabelledRow]:
    """Text behind a label that is followed by a unit or a figure of its own is a row that no form knows.

    Not where bars or tabs count the cells of a row: there it is a cell of it.
    """
    for row in rows:
        items = row.items
        begin = 0
        label = row.label
        for i, token in enumerate(items):
            follows = items[i + 1].type if i + 1 < len(items) else ""
            if token.type == TEXT and token.slots < 0 and follows in (UNIT, NUMBER) and not _is_cut_figure(token.text):
                yield LabelledRow(label, items[begin:i])
                label, begin = token, i + 1
        yield LabelledRow(label, items[begin:])
