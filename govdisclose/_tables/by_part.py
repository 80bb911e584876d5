"""Tables that only the heading of their part tells: figures below 行政复议、行政诉讼情况, whatever
became of the words over them.

In text made from a PDF the words over the one row of such a table are cut, stacked or
mixed, and no two tools break them alike. The heading of the part says which table it
is; the count of the figures, the sums of the form and what is left of the words say
whether they stand in its order.

Guarantees:

1. All figures of the row stand in one run, with no word between.
2. They are as many as the form has columns and all its sums hold, or the sums leave one way
   to place them.
3. Nothing that is left of the words over them speaks for another order.
4. Figures that are not read are in a region, so that a diagnostic speaks of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby, pairwise
from typing import Final

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import label_key
from govdisclose._lexicon.section_kind import UNCLASSIFIED, section_kind
from govdisclose._lines.cell import BLANK, DASH, LABEL_MOST, NONE, NUMBER, Token, pieces
from govdisclose._lines.line import FURNITURE, Line
from govdisclose._lines.row import is_cell
from govdisclose._solve.sums import sums_in
from govdisclose._tables.columns import columns_over
from govdisclose._tables.find import Region
from govdisclose._tables.open_rows import solved_row
from govdisclose._tables.order import Apart
from govdisclose._tables.sheet import (
    Content,
    PrintedRow,
    Sheet,
    Shown,
    Written,
    is_as_form,
)
from govdisclose._tables.unlabelled import adds_up
from govdisclose._tables.write import RowHead, column_label, write_apart, write_solved
from govdisclose.form import Form, FormTable, catalogue

_STRAY_MOST: Final = (
    60  # characters of a line between words and figures that is neither
)
_ROW_MOST: Final = 400  # characters of a line whose cells stand apart
_FIGURES_LEAST: Final = 2  # of a part; one may be the number of a page
_ROW_LEAST: Final = 3  # figures of a line that has words as well
_SENTENCE_END: Final = "。;!?"
_VALUES: Final = frozenset((NUMBER, DASH, NONE, BLANK))


# --- where they are


def with_parts(
    shadow: str, lines: Sequence[Line], regions: Sequence[Region]
) -> list[Region]:
    """The regions, with those of figures that only the heading of their part tells.

    They take the place of regions of words alone; where rows with labels stand in the
    part, or the heading is itself a row, there are none."""
    firsts = [region.first for region in regions]
    gone: set[int] = set()
    found: list[Region] = []
    for first, last in _parts(shadow, lines):
        low, high = bisect_left(firsts, first), bisect_left(firsts, last)
        if low and regions[low - 1].last >= first - 1:
            continue
        inside = regions[low:high]
        if any(r.unknown or _has_rows(shadow, lines, r) for r in inside):
            continue
        new = [
            Region(*ends, part=True) for ends in _stretches(shadow, lines, first, last)
        ]
        if new and not any(_holds(r, n) for r in inside for n in new):
            found += new
            gone.update(
                i for i in range(low, high) if any(_meet(regions[i], n) for n in new)
            )
    kept = [region for i, region in enumerate(regions) if i not in gone]
    return sorted([*kept, *found], key=lambda region: region.first)


def _parts(shadow: str, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines below each heading of a part that is a table whose one row has no label."""
    heads = [i for i, line in enumerate(lines) if line.type == "H1"]
    for head, following in pairwise([*heads, len(lines)]):
        title = lines[head].title
        if title is not None and section_kind(shadow[slice(*title)]) in _kinds():
            yield head + 1, following


@cache
def _kinds() -> frozenset[str]:
    """The kinds of such parts."""
    forms = catalogue().forms
    titles = [
        t.title
        for name in forms_in_parts()
        for t in forms[name].tables
        if _has_no_label(t)
    ]
    return frozenset(map(section_kind, titles)) - {UNCLASSIFIED}


@cache
def forms_in_parts() -> tuple[str, ...]:
    """The forms that have such a part."""
    forms = catalogue().forms.items()
    return tuple([name for name, form in forms if any(map(_has_no_label, form.tables))])


def _has_no_label(table: FormTable) -> bool:
    return table.key_from == "column"


def _has_rows(shadow: str, lines: Sequence[Line], region: Region) -> bool:
    """Whether a region has labels that are no words over columns as well (总计, 其他)."""
    words = [shadow[lines[hit.line].start : lines[hit.line].end] for hit in region.hits]
    return not all(_is_words(line) for line in words)


def _is_words(line: str) -> bool:
    return all(catalogue().is_headers(word) for word in line.split())


def _holds(region: Region, new: Region) -> bool:
    return region.first <= new.first and new.last <= region.last


def _meet(region: Region, new: Region) -> bool:
    return region.first <= new.last and new.first <= region.last


def _stretches(
    shadow: str, lines: Sequence[Line], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Lines up to the last that has figures, between sentences and headings."""
    begin = end = -1
    figures = 0
    for i in range(first, last + 1):
        if i == last or _parts_tables(shadow, lines[i]):
            if figures >= _FIGURES_LEAST:
                yield begin, end
            begin = end = -1
            figures = 0
            continue
        begin = i if begin < 0 else begin
        if count := _figures(shadow[lines[i].start : lines[i].end]):
            figures += count
            end = i


def _parts_tables(shadow: str, line: Line) -> bool:
    """Whether a line is no part of a table, and ends one."""
    if is_cell(shadow, line) or line.type == FURNITURE:
        return False
    words = "".join(shadow[line.start : min(line.end, line.start + _ROW_MOST)].split())
    return line.is_heading or len(words) > _STRAY_MOST or words[-1] in _SENTENCE_END


def _figures(text: str) -> int:
    """How many figures a line has; none if it has words, and few figures."""
    if len(text) > _ROW_MOST:
        return 0
    cells = text.replace("|", "\t").replace("  ", "\t").split("\t")
    kinds = [
        piece.type
        for cell in cells
        if len(cell) <= LABEL_MOST
        for piece in pieces(cell.strip())
    ]
    count = kinds.count(NUMBER)
    return count if count >= _ROW_LEAST or _VALUES.issuperset(kinds) else 0


# --- what they say


def read_part(sheet: Sheet, form: Form, table: FormTable, shown: Shown) -> Written:
    """The cells of the row, in the order of the form; none where nothing tells that it is theirs."""
    cells = [cell for cell in sheet.cells if cell.tight or cell.type != BLANK]
    values = _only_run(cells)
    over = [cell for cell in cells if not values or cell.start < values[0].start]
    columns = columns_over(sheet, table, over)
    if (
        not values
        or not is_as_form(columns, table)
        or _speak_against(sheet, table, over)
    ):
        return [], []
    sums, known = sums_in(form.id, table.id), table.rows[0]
    if len(values) == len(columns):
        if not adds_up(sheet, table, columns, values, sums):
            return [], []
        apart = Apart({known.key: values}, by_row=True)
        return write_apart(sheet, table, apart, [name for name, *_ in sums.columns])
    content = Content(None, values)
    puzzle = solved_row(sheet, content, len(columns), sums, shown)
    if puzzle is None:
        return [], []
    labels = [column_label(column) for column in table.columns]
    said = over[-1] if over else values[0]
    head = RowHead(known.key, table.title, labels, known.unit or None, bool(known.unit))
    row = PrintedRow(said, values)
    return write_solved(sheet, row, content, head, columns, puzzle)


def _only_run(cells: Iterable[Token]) -> tuple[Token, ...]:
    """The figures, if they follow each other with no word between, and the blanks among them."""
    runs = [tuple(run) for is_value, run in groupby(cells, _is_value) if is_value]
    figured = [run for run in runs if any(cell.type == NUMBER for cell in run)]
    return figured[0] if len(figured) == 1 else ()


def _is_value(cell: Token) -> bool:
    return cell.type in _VALUES


def _speak_against(sheet: Sheet, table: FormTable, over: Sequence[Token]) -> bool:
    """Whether what is left of the words stands in another order than the form's.

    Words that stand side by side, each on as many lines as its column leaves it, are in
    order on each line; words below each other are in order from line to line."""
    lines = _lines(sheet, over)
    groups, names = _marks(table)
    first = [at for at in _first_of(groups, lines) if at >= 0]
    if first != sorted(first):
        return True
    told = [_told(names, line) for line in lines]
    if _in_rounds(_once([mark for marks in told for mark in marks])):
        return False
    alone = _once([marks[0] for marks in told if len(set(marks)) == 1])
    return not all(_in_rounds(marks) for marks in (*told, alone))


def _lines(sheet: Sheet, cells: Sequence[Token]) -> list[str]:
    """The words line by line, without blanks."""
    out: list[str] = []
    end = -1
    for cell in cells:
        if end < 0 or "\n" in sheet.text.shadow[end : cell.start]:
            out.append("")
        out[-1] += "".join(sheet.raw(cell).split())
        end = cell.end
    return out


@cache
def _marks(table: FormTable) -> tuple[list[str], Mapping[str, int]]:
    """The characters that only one word over the columns has: for each group those of
    its word, and for each of the others which column of its group it names."""
    paths = [column.path for column in table.columns]
    groups = list(dict.fromkeys([word for path in paths for word in path]))
    names = list(dict.fromkeys([label_key(half_width(c.label)) for c in table.columns]))
    count = Counter([c for word in (*groups, *names) for c in set(word)])
    alone = [[c for c in word if count[c] == 1] for word in groups]
    marks = {c: i for i, word in enumerate(names) for c in word if count[c] == 1}
    return ["".join(word) for word in alone], marks


def _first_of(groups: Iterable[str], lines: Iterable[str]) -> Iterator[int]:
    """Where the first mark of each group stands; -1 where none does."""
    text = "".join(lines)
    for marks in groups:
        yield min([at for c in marks if (at := text.find(c)) >= 0], default=-1)


def _told(names: Mapping[str, int], line: str) -> list[int]:
    """The columns that the marks of a line name."""
    return _once([names[c] for c in line if c in names])


def _once(marks: Iterable[int]) -> list[int]:
    """Marks, those that follow each other and are the same made one."""
    return [mark for mark, _ in groupby(marks)]


def _in_rounds(marks: Sequence[int]) -> bool:
    """Whether marks rise, and begin again no more often than they must.

    >>> _in_rounds([0, 1, 3, 0, 1, 2, 3]), _in_rounds([3, 0, 1, 2]), _in_rounds([])
    (True, False, True)
    """
    rounds = 1 + sum([b <= a for a, b in pairwise(marks)])
    return rounds <= max(Counter(marks).values(), default=1)
