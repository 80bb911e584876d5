"""Tables: what form they follow, and which figure belongs to which row and column.

Labels anchor; values belong to the label before them; nothing is handed on, nothing is
thrown away, and where the layout does not tell which column a figure stands in, the
cells carry no value.

The text goes through the rooms in this order: find the regions, cut them into cells,
recognise the form, settle the spelling of labels, part the cells into headers and rows;
then, table by table of the form, columns, layout, open rows, doubts, writing.

Guarantees:

1. A figure is only ever given to the row whose label stands before it, with no other
label between. 2. A row with fewer cells than columns gives no figure, unless the table
shows which cells are missing. 3. Every label and every figure of the region is in a
cell or in a diagnostic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from attrs import frozen

from govdisclose._lexicon.terminals import terminal
from govdisclose._lines.cell import HEADER, LABEL, Token
from govdisclose._lines.line import TABLE, Line
from govdisclose._solve.sums import shows_noughts, sums_in
from govdisclose._tables.adding_up import add_up
from govdisclose._tables.borrowed import blank_of
from govdisclose._tables.by_part import forms_in_parts, read_part, with_parts
from govdisclose._tables.codes import code_of, uncounted
from govdisclose._tables.cut import cut_table
from govdisclose._tables.find import Region, find_regions
from govdisclose._tables.labelled import read_labelled
from govdisclose._tables.open_rows import run_of
from govdisclose._tables.order import Ordered, in_order, is_apart
from govdisclose._tables.parts import read_parts
from govdisclose._tables.sheet import VALUES, PrintedRow, Sheet, Shown, Written
from govdisclose._tables.sides import Parted
from govdisclose._tables.spaces import MARK
from govdisclose._tables.spelling import settle
from govdisclose._tables.stray import release_rows
from govdisclose._tables.swallowed import swallowed
from govdisclose._tables.unlabelled import read_unlabelled
from govdisclose._tables.words_over import under_words
from govdisclose._tables.write import fault, write_apart
from govdisclose.diagnostic import Diagnostic
from govdisclose.form import Form, FormTable, anchor, ballot, catalogue, recognise
from govdisclose.report import Cell, Table
from govdisclose.text import Text

_TOP_MOST: Final = 400  # characters in which a report names its year
_YEAR: Final = re.compile(rf"(?P<year>{terminal('YEAR')})\s?年(?!\s?\d{{1,2}}\s?月)")
_SOLVED_MOST: Final = 24  # regions of a text whose open rows are solved: a report has fewer, and each costs time


@frozen(eq=False)
class _Draft:
    """A region cut into cells, with the votes of its words for the forms."""

    region: Region
    start: int
    end: int
    tokens: Sequence[Token]
    votes: Counter[str]


def read_tables(
    text: Text, lines: Sequence[Line]
) -> tuple[tuple[list[Table], list[Line]], list[Diagnostic]]:
    """The tables of the text and its lines, so marked that no one takes a row for a heading.

    Lines of tables are TABLE; a heading that is a row which no table took in is PROSE.
    """
    regions = find_regions(text.shadow, lines)
    regions = with_parts(text.shadow, lines, regions)
    drafts = [_draft(text, lines, region) for region in regions]
    sheets = _sheets(text, drafts)
    ordered = _ordered(sheets)
    shown = cache(
        lambda: shows_noughts(run for sheet in sheets for run in _runs(sheet))
    )
    tables: list[Table] = []
    faults: list[Diagnostic] = []
    for i, sheet in enumerate(sheets):
        found, wrong = _read(
            sheet, ordered[i] if ordered else None, shown if i < _SOLVED_MOST else None
        )
        tables += found
        faults += [*wrong, *swallowed(sheet, found, wrong)]
    tables, of_sums = add_up(tables)
    return (tables, release_rows(text.shadow, _marked(lines, regions))), [
        *faults,
        *of_sums,
    ]


def _marked(lines: Sequence[Line], regions: Iterable[Region]) -> list[Line]:
    """The lines, with those of the regions marked."""
    out = list(lines)
    for region in regions:
        for i in range(region.first, region.last + 1):
            out[i] = out[i].as_type(TABLE)
    return out


# --- from a region to a sheet


def _draft(text: Text, lines: Sequence[Line], region: Region) -> _Draft:
    mine = lines[region.first : region.last + 1]
    mine = [
        line for line in mine if region.title is None or line.start >= region.title[1]
    ]
    labelled = frozenset([lines[hit.line].start for hit in region.hits if hit.whole])
    marks = [
        m.start()
        for m in MARK.finditer(text.string, mine[0].start, _behind(lines, region))
    ]
    tokens = cut_table(text.shadow, mine, labelled, marks)
    words = [
        text.shadow[token.start : token.end] for token in tokens if token.type == HEADER
    ]
    labels = (token.places for token in tokens if token.type == LABEL)
    return _Draft(
        region, mine[0].start, mine[-1].end, tokens, ballot(labels, words, catalogue())
    )


def _behind(lines: Sequence[Line], region: Region) -> int:
    """Where the line behind a region begins, or the region ends if there is none."""
    after = lines[region.last + 1 : region.last + 2]
    return after[0].start if after else lines[region.last].end


def _sheets(text: Text, drafts: Sequence[_Draft]) -> list[Sheet]:
    """The regions, each by the form that it follows, or that the other tables of the
    report follow."""
    votes: Counter[str] = Counter()
    for draft in drafts:
        votes.update({} if draft.region.unknown else draft.votes)
    year = _first_year(text.shadow)
    return [_sheet(text, draft, votes, year) for draft in drafts]


def _first_year(shadow: str) -> int | None:
    """The first year that the text speaks of: that of the report, in most."""
    m = _YEAR.search(shadow, 0, _TOP_MOST)
    return int(m["year"]) if m else None


def _sheet(text: Text, draft: _Draft, votes: Counter[str], year: int | None) -> Sheet:
    forms = catalogue()
    mine = draft.votes
    if draft.region.part and not mine and not votes:
        mine = Counter(forms_in_parts())
    form = None
    if not draft.region.unknown:
        form = recognise(mine, votes, forms, year if draft.region.part else None)
    tokens = settle(draft.tokens, form) if form is not None else draft.tokens
    parts = read_parts(uncounted(text.shadow, tokens))
    rows = parts.rows
    if form is not None:
        places = anchor([row.label.places for row in rows], form, forms)
        pairs = zip(rows, places, strict=True)
        rows = tuple(
            [PrintedRow(row.label, row.items, row.unit, place) for row, place in pairs]
        )
    title = _title(text, draft.region)
    return Sheet(
        text,
        forms.forms[form] if form is not None else None,
        draft.start,
        draft.end,
        title,
        parts,
        rows,
        draft.region.part,
    )


def _title(text: Text, region: Region) -> str | None:
    if region.title is None:
        return None
    return "".join(text.string[slice(*region.title)].split()).strip("|:")


# --- what the sheets of a report tell together


def _ordered(sheets: Sequence[Sheet]) -> list[Mapping[str, Ordered]]:
    """For each sheet its tables whose figures stand apart, put in order; empty unless
    there is such a sheet.

    Where one table of a kind is refused, the one that is proven may be another year's:
    it is refused as well."""
    if not any(is_apart(sheet) for sheet in sheets):
        return []
    ordered = [in_order(sheet) for sheet in sheets]
    refused = {
        table
        for found in ordered
        for table, order in found.items()
        if order.apart is None
    }
    return [
        {
            table: Ordered(order.starts, None if table in refused else order.apart)
            for table, order in found.items()
        }
        for found in ordered
    ]


def _runs(sheet: Sheet) -> Iterator[tuple[str, int]]:
    """The figures of each row that ran together, and how many columns they belong to."""
    for row in sheet.rows:
        if row.place is None:
            continue
        table = catalogue().table(row.place)
        run = run_of(sheet, [token for token in row.items if token.type in VALUES])
        if table.code_header is not None:
            run = run.removeprefix(code_of(table, row.place))
        if run and len(table.columns) > 1:
            yield run, len(table.columns)
    for table in sheet.form.tables if sheet.form is not None else ():
        if table.key_from == "column":
            runs = [run_of(sheet, found.values) for found in under_words(sheet, table)]
            yield from ((run, len(table.columns)) for run in runs if run)


# --- from a sheet to tables


def _read(
    sheet: Sheet, ordered: Mapping[str, Ordered] | None, shown: Shown
) -> tuple[list[Table], list[Diagnostic]]:
    """The tables of a sheet. `ordered` is None unless some figures of the report stand
    apart from their labels."""
    text = sheet.text
    span = text.span(sheet.start, sheet.end)
    form = sheet.form
    if form is None:
        wrong = fault(sheet, "unknown-form", "", sheet.start, sheet.end)
        return [Table(None, None, sheet.title, span, (), text.source)], [wrong]
    tables: list[Table] = []
    faults: list[Diagnostic] = []
    owned = _owned(sheet)
    for table in form.tables:
        by = form.id
        sides: Parted = []
        cells: list[Cell] = []
        if sheet.part and table.key_from == "column":
            cells, wrongs = _read_part(sheet, form, table, shown)
        elif ordered is not None:
            cells, wrongs = _read_ordered(sheet, form, table, ordered.get(table.id))
        elif table.key_from == "column":
            cells, wrongs = read_unlabelled(sheet, form, table, shown, bare=True)
        elif any(row.place for row in owned.get(table.id, ())):
            blank = blank_of(sheet, form, table, owned[table.id])
            sides, wrongs = read_labelled(sheet, blank, shown)
            by = blank.form.id
        else:
            continue
        faults += wrongs
        title = sheet.title or table.title
        tables += [
            Table(by, table.id, title, span, tuple(some), text.source, side)
            for side, some in sides or [(None, cells)]
            if some
        ]
    return tables, faults


def _read_part(sheet: Sheet, form: Form, table: FormTable, shown: Shown) -> Written:
    """The cells of a table that the heading of its part tells: by its words all the same,
    where they stand."""
    by_words = read_unlabelled(sheet, form, table, shown, bare=False)
    if any(cell.value is not None for cell in by_words[0]):
        return by_words
    by_part = read_part(sheet, form, table, shown)
    return by_part if by_part[0] else by_words


def _owned(sheet: Sheet) -> dict[str, list[PrintedRow]]:
    """The rows by the table that they belong to; a row that no form knows belongs to
    that of the row before it."""
    out: dict[str, list[PrintedRow]] = {}
    owner = next((row.place.table for row in sheet.rows if row.place is not None), None)
    for row in sheet.rows:
        owner = row.place.table if row.place is not None else owner
        if owner is not None:
            out.setdefault(owner, []).append(row)
    return out


def _read_ordered(
    sheet: Sheet, form: Form, table: FormTable, order: Ordered | None
) -> Written:
    """The cells of a table whose figures stand apart from its labels: all, where that
    is proven, or none."""
    if order is None:
        return [], []
    if order.apart is None:
        ends = {cell.start: cell.end for cell in _cells(sheet)}
        wrong = fault(
            sheet, "figures-apart", table.title, order.starts[0], ends[order.starts[-1]]
        )
        return [], [wrong]
    sums = sums_in(form.id, table.id)
    return write_apart(
        sheet, table, order.apart, [name for name, *_ in (*sums.columns, *sums.rows)]
    )


def _cells(sheet: Sheet) -> Iterator[Token]:
    for header in sheet.parts.headers:
        yield from header.cells
    for row in sheet.rows:
        yield row.label
