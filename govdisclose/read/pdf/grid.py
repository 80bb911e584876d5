"""Tables ruled by lines: from ruling lines to cells, and from cells to text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve, field, frozen

from govdisclose.errors import SourceError
from govdisclose.read.limits import Clock
from govdisclose.read.pdf.figures import centre, figures_in
from govdisclose.read.pdf.lines import Line, joined, lines_of, turned
from govdisclose.read.pdf.page import Glyph, Page, Rule

_TOUCH: Final = 3.0  # points: how far lines that meet may miss each other
_SAME_X: Final = 4.0  # lines nearer than this are one line: no column is that narrow
_SAME_Y: Final = 4.0
_SHORT: Final = 6.0  # what is shorter, after its pieces were joined, is not a border
_COVERED: Final = 0.6  # of the side of a cell: what makes it a border
_MOST_MEETINGS: Final = 400_000  # of lines on one page; a full table has some thousands


@frozen
class Cell:
    """A cell, from row `r0` to `r1` and column `c0` to `c1` (half-open), its text,
    whether its last line is full."""

    r0: int
    c0: int
    r1: int
    c1: int
    text: str = ""
    full: bool = False


@frozen
class Ruled:
    """A table of a page: its column and row edges, and cells that cover all of it, none
    over another."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...] = field(repr=False)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.ys) - 1, len(self.xs) - 1

    def grid(self) -> list[list[Cell]]:
        """The cell at each place; a merged one at all of its places."""
        rows, columns = self.shape
        out: list[list[Cell]] = [[_NO_CELL] * columns for _ in range(rows)]
        for cell in self.cells:
            for r in range(cell.r0, cell.r1):
                for c in range(cell.c0, cell.c1):
                    out[r][c] = cell
        return out


_NO_CELL: Final = Cell(0, 0, 0, 0)


def ruled_tables(
    page: Page, most_cells: int, clock: Clock
) -> tuple[list[Ruled], list[Glyph]]:
    """The tables of a page, and the glyphs that stand in none of them. Frames around
    text are no tables.

    Raises `SourceError` where the lines of the page make more than `most_cells` cells.
    """
    across = [r for r in _whole(page.across) if r.x1 - r.x0 >= _SHORT]
    down = [
        _flip(r) for r in _whole([_flip(r) for r in page.down]) if r.x1 - r.x0 >= _SHORT
    ]
    frames = [
        frame
        for group in _connected(across, down, page.number)
        if (frame := _frame(page.number, *group, most_cells))
    ]
    frames.sort(
        key=_area
    )  # the innermost first: a glyph belongs to the smallest table that it stands in
    rest: list[Glyph] = list(page.glyphs)
    tables: list[Ruled] = []
    for frame in frames:
        clock.check(f"the tables on page {page.number} of the PDF are read")
        inside, outside = _split(rest, frame)
        if not inside:
            continue  # lines of a drawing, or of a box to be filled in by hand
        table = _slim(_with_text(frame, inside))
        if table is not None:
            tables.append(table)
            rest = outside
    return tables, rest


def _area(table: Ruled) -> float:
    return (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0])


def _flip(rule: Rule) -> Rule:
    return Rule(rule.y0, rule.x0, rule.y1, rule.x1)


# --- from lines to a frame of cells


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Lines along, those that lie on one another or follow each other made one."""
    out: list[Rule] = []
    level: list[Rule] = []
    for rule in sorted(rules, key=_y):
        if level and rule.y0 - level[0].y0 > 1.5:
            out += _runs(level)
            level = []
        level.append(rule)
    out += _runs(level)
    return out


def _y(rule: Rule) -> float:
    return rule.y0


def _runs(level: Sequence[Rule]) -> Iterator[Rule]:
    if not level:
        return
    y = sum(r.y0 for r in level) / len(level)
    start = end = None
    for rule in sorted(level):
        if start is None or end is None:
            start, end = rule.x0, rule.x1
        elif rule.x0 > end + _TOUCH:
            yield Rule(start, y, end, y)
            start, end = rule.x0, rule.x1
        else:
            end = max(end, rule.x1)
    if start is not None and end is not None:
        yield Rule(start, y, end, y)


def _connected(
    across: Sequence[Rule], down: Sequence[Rule], page: int
) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of lines that meet: those across and those down of each."""
    head = list(range(len(across) + len(down)))

    def find(i: int) -> int:
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    order = sorted(range(len(down)), key=lambda j: down[j].x0)
    at = [down[j].x0 for j in order]
    meetings = 0
    for i, line in enumerate(across):
        near = order[
            bisect_left(at, line.x0 - _TOUCH) : bisect_right(at, line.x1 + _TOUCH)
        ]
        meetings += len(near)
        if meetings > _MOST_MEETINGS:
            raise SourceError(
                f"page {page} of the PDF has more ruling lines than a table has"
            )
        for j in near:
            if down[j].y0 - _TOUCH <= line.y0 <= down[j].y1 + _TOUCH:
                head[find(len(across) + j)] = find(i)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, line in enumerate(across):
        groups.setdefault(find(i), ([], []))[0].append(line)
    for j, line in enumerate(down):
        groups.setdefault(find(len(across) + j), ([], []))[1].append(line)
    _adopt(groups)
    return [group for group in groups.values() if group[1]]


_BESIDE: Final = 45.0  # points: how high a row may be that has no line down at all


def _adopt(groups: dict[int, tuple[list[Rule], list[Rule]]]) -> None:
    """Give lines that meet none to the table right above or below that is as wide: a
    merged row with open sides."""
    tables = [group for group in groups.values() if group[0] and group[1]]
    lone = sorted((group[0][0] for group in groups.values() if not group[1]), key=_y)
    for across, _ in tables:
        left, right = min(r.x0 for r in across), max(r.x1 for r in across)
        fitting = [
            r
            for r in lone
            if abs(r.x0 - left) <= _SAME_X and abs(r.x1 - right) <= _SAME_X
        ]
        top, bottom = min(r.y0 for r in across), max(r.y0 for r in across)
        for line in fitting:
            if bottom < line.y0 <= bottom + _BESIDE:
                across.append(line)
                bottom = line.y0
        for line in reversed(fitting):
            if top > line.y0 >= top - _BESIDE:
                across.append(line)
                top = line.y0


def _frame(
    page: int, across: list[Rule], down: list[Rule], most_cells: int
) -> Ruled | None:
    """The cells that lines bound, without text; None where they bound none."""
    if len(across) < 2 or not down:
        return None
    left, right = min(r.x0 for r in across), max(r.x1 for r in across)
    top = min(*(r.y0 for r in down), *(r.y0 for r in across))
    bottom = max(*(r.y1 for r in down), *(r.y0 for r in across))
    # An open side: the lines run out where a border would be.
    down += [
        Rule(x, top, x, bottom)
        for x in (left, right)
        if all(abs(r.x0 - x) > 2 * _SAME_X for r in down)
    ]
    across += [
        Rule(left, y, right, y)
        for y in (top, bottom)
        if all(abs(r.y0 - y) > 2 * _SAME_Y for r in across)
    ]
    xs, ys = (
        _edges((r.x0 for r in down), _SAME_X),
        _edges((r.y0 for r in across), _SAME_Y),
    )
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    if rows * columns > most_cells:
        raise SourceError(
            f"page {page} of the PDF has a table of {rows * columns:,} cells (limit: cells)"
        )
    walls = _borders(down, xs, ys, vertical=True)
    floors = _borders(across, ys, xs, vertical=False)
    return Ruled(page, xs, ys, tuple(_merged(rows, columns, walls, floors)))


def _edges(values: Iterable[float], near: float) -> tuple[float, ...]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)


def _borders(
    rules: Iterable[Rule],
    levels: Sequence[float],
    steps: Sequence[float],
    *,
    vertical: bool,
) -> list[list[bool]]:
    """For each level (a column edge, say) and each step along it (a row): whether a
    line runs there."""
    covered = [[0.0] * (len(steps) - 1) for _ in levels]
    for rule in rules:
        level, start, end = (
            (rule.x0, rule.y0, rule.y1) if vertical else (rule.y0, rule.x0, rule.x1)
        )
        i = _nearest(levels, level)
        for k in range(max(0, bisect_right(steps, start) - 1), len(steps) - 1):
            if steps[k] >= end:
                break
            covered[i][k] += max(0.0, min(end, steps[k + 1]) - max(start, steps[k]))
    return [
        [
            length >= _COVERED * (steps[k + 1] - steps[k])
            for k, length in enumerate(lengths)
        ]
        for lengths in covered
    ]


def _nearest(levels: Sequence[float], level: float) -> int:
    i = bisect_left(levels, level)
    if i == 0:
        return 0
    if i == len(levels):
        return i - 1
    return i if levels[i] - level < level - levels[i - 1] else i - 1


def _merged(
    rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]
) -> Iterator[Cell]:
    """Cells grown from each free place: as far right, then as far down, as no line is
    in the way."""
    taken = [[False] * columns for _ in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if taken[r][c]:
                continue
            c1 = c + 1
            while c1 < columns and not walls[c1][r] and not taken[r][c1]:
                c1 += 1
            r1 = r + 1
            while r1 < rows and not any(floors[r1][c:c1]) and not any(taken[r1][c:c1]):
                if any(walls[k][r1] for k in range(c + 1, c1)) or (
                    c1 < columns and not walls[c1][r1]
                ):
                    break
                r1 += 1
            for k in range(r, r1):
                taken[k][c:c1] = [True] * (c1 - c)
            yield Cell(r, c, r1, c1)


# --- text into cells


def _split(glyphs: Iterable[Glyph], frame: Ruled) -> tuple[list[Glyph], list[Glyph]]:
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    left, right, top, bottom = frame.xs[0], frame.xs[-1], frame.ys[0], frame.ys[-1]
    for figure in figures_in(glyphs):
        x, y = centre(figure)
        within = left <= x <= right and top <= y <= bottom
        (inside if within else outside).extend(figure)
    return inside, outside


def _with_text(frame: Ruled, glyphs: Iterable[Glyph]) -> Ruled:
    places = frame.grid()
    rows, columns = frame.shape
    owned: dict[Cell, list[Glyph]] = {}
    for figure in figures_in(glyphs):
        x, y = centre(figure)
        r = min(max(bisect_right(frame.ys, y) - 1, 0), rows - 1)
        c = min(max(bisect_right(frame.xs, x) - 1, 0), columns - 1)
        owned.setdefault(places[r][c], []).extend(figure)
    return evolve(
        frame,
        cells=tuple(
            _filled(cell, owned[cell], frame) if cell in owned else cell
            for cell in frame.cells
        ),
    )


def _filled(cell: Cell, glyphs: list[Glyph], frame: Ruled) -> Cell:
    lines = [
        line
        for turn in sorted({g.turn for g in glyphs})
        for line in lines_of(turned(glyphs, turn))
    ]
    if not lines:
        return cell
    room = frame.xs[cell.c1] - frame.xs[cell.c0]
    text = ""
    for before, line in zip([None, *lines], lines, strict=False):
        text = line.text if before is None else _continued(text, before, line, room)
    return evolve(cell, text=text, full=_is_full(lines[-1], room))


def _is_full(line: Line, room: float) -> bool:
    """Whether one more character would have to go to the next line. Cells have some air
    at both sides."""
    return line.x1 - line.x0 + 2.2 * line.size > room


def _continued(text: str, before: Line, line: Line, room: float) -> str:
    """A cell's text with one more line. Two figures one above the other stay two,
    unless the first had no room."""
    if (
        text[-1:].isdecimal()
        and line.text[:1].isdecimal()
        and not _is_full(before, room)
    ):
        return f"{text} {line.text}"
    return joined(text, line.text)


# --- what is not a row, a column, or a table


def _slim(table: Ruled) -> Ruled | None:
    """The table without rows and columns that are only seams; None where it is a frame
    around text, not a table.

    A frame around one line has one column: `stitch` may find that it goes on.
    """
    table = _drop_seams(_drop_seams(table, axis=1), axis=0)
    _, columns = table.shape
    texts = sum(bool(cell.text) for cell in table.cells)
    return (
        table
        if (columns > 1 and texts > 1)
        or (texts == 1 and table.ys[-1] - table.ys[0] < _ONE_LINE)
        else None
    )


_ONE_LINE: Final = 60.0
"""A frame that is no higher than this may be the row of a table that the end of the page left alone."""


def _span(cell: Cell, axis: int) -> tuple[int, int]:
    return (cell.c0, cell.c1) if axis else (cell.r0, cell.r1)


def _drop_seams(table: Ruled, axis: int) -> Ruled:
    """Borders of rows that miss each other leave columns in which no cell stands alone:
    those go, thin ones first."""
    edges = list(table.xs if axis else table.ys)
    alive = [True] * (len(edges) - 1)
    spans = [_span(cell, axis) for cell in table.cells]
    left = [end - start for start, end in spans]
    over: list[list[int]] = [[] for _ in alive]
    for i, (start, end) in enumerate(spans):
        for k in range(start, end):
            over[k].append(i)
    for k in sorted(range(len(alive)), key=lambda k: edges[k + 1] - edges[k]):
        if all(left[i] > 1 for i in over[k]):
            alive[k] = False
            for i in over[k]:
                left[i] -= 1
    if all(alive):
        return table
    index = [0]
    for kept in alive:
        index.append(index[-1] + kept)
    kept_edges = (*(edges[k] for k, kept in enumerate(alive) if kept), edges[-1])
    cells = tuple(
        evolve(cell, c0=index[cell.c0], c1=index[cell.c1])
        if axis
        else evolve(cell, r0=index[cell.r0], r1=index[cell.r1])
        for cell in table.cells
    )
    return (
        evolve(table, xs=kept_edges, cells=cells)
        if axis
        else evolve(table, ys=kept_edges, cells=cells)
    )
