"""Rows that the layout leaves open: what the sums of the form say of them.

Guarantees:

1. A row is given to the solver only with all the figures that stand behind its label,
in their order. 2. Where two rows lead to one indicator, the first speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import BLANK, NUMBER, Token
from govdisclose._solve.balance import Puzzle
from govdisclose._solve.runs import Sums, figure_places
from govdisclose._solve.search import Figure
from govdisclose._solve.search import Values as Figures
from govdisclose._solve.sums import agreed, is_short, placements, solve_rows
from govdisclose._tables.gone import without_columns
from govdisclose._tables.sheet import Content, Grid, Sheet, Shown, is_as_form


@frozen(eq=False)
class _Open:
    """The rows of a table as the solver takes them, by their keys, and where each
    stands among the entries."""

    known: dict[str, Figures] = field(factory=dict)
    runs: dict[str, str] = field(factory=dict)
    short: dict[str, list[Figures]] = field(factory=dict)
    index: dict[str, int] = field(factory=dict)


def solved_rows(grid: Grid) -> dict[int, Puzzle]:
    """The entries, by index, that the layout leaves open and the relations of the form
    settle, at least in part."""
    if grid.shown is None or not is_as_form(grid.columns, grid.table):
        return {}
    if all(entry.values is not None for entry in grid.entries):
        return {}
    rows = _sorted_out(grid)
    if placed := without_columns(grid, rows.known):
        return placed
    shown = bool(rows.runs) and grid.shown()
    puzzles = solve_rows(
        rows.known, rows.runs, rows.short, grid.sums, grid.width, shown
    )
    return {
        rows.index[key]: puzzle
        for key, puzzle in puzzles.items()
        if puzzle.by and _tells(puzzle) and _is_whole(grid, rows.index[key], puzzle)
    }


def _is_whole(grid: Grid, i: int, puzzle: Puzzle) -> bool:
    """Whether no figure of a reading has a blank within it."""
    values = grid.entries[i].content.values
    places = stretches(grid.sheet, values, puzzle.candidates[0])
    said = [grid.sheet.text.shadow[slice(*place)] for place in places if place]
    return not any(" " in text for text in said)


def _sorted_out(grid: Grid) -> _Open:
    rows = _Open()
    for i, entry in enumerate(grid.entries):
        if entry.known is None or entry.known.key in rows.index:
            continue
        key, content = entry.known.key, entry.content
        rows.index[key] = i
        if entry.values is not None:
            rows.known[key] = tuple(
                [_figure(grid.sheet, token) for token in entry.values]
            )
        elif content.lost:
            run = "".join([run for _, run in _parted(grid.sheet, content.values)])
            if run and not is_short(run, grid.width):
                rows.runs[key] = run
        elif run := run_of(grid.sheet, content.values):
            rows.runs[key] = run
        elif candidates := _placements(grid.sheet, content, grid.width, grid.sums):
            rows.short[key] = candidates
    return rows


def solved_row(
    sheet: Sheet, content: Content, columns: int, sums: Sums, shown: Shown
) -> Puzzle | None:
    """What is left of a row that stands by itself, if anything can be told."""
    if shown is None:
        return None
    run = run_of(sheet, content.values)
    if run:
        puzzles = solve_rows({}, {"": run}, {}, sums, columns, shown())
    else:
        candidates = _placements(sheet, content, columns, sums)
        puzzles = solve_rows(
            {}, {}, {"": candidates} if candidates else {}, sums, columns, False
        )
    puzzle = puzzles.get("")
    return puzzle if puzzle is not None and _tells(puzzle) else None


def _tells(puzzle: Puzzle) -> bool:
    """Whether all candidates agree on a figure."""
    return any(value is not None for value in agreed(puzzle.candidates))


def run_of(sheet: Sheet, values: Sequence[Token]) -> str:
    """The text of figures with nothing between them; empty if something is, or if they are none."""
    values = _printed(values)
    if not values or any(token.type != NUMBER for token in values):
        return ""
    if any(a.end != b.start for a, b in pairwise(values)):
        return ""
    return sheet.text.shadow[values[0].start : values[-1].end]


def _printed(values: Sequence[Token]) -> list[Token]:
    """The cells without blanks that only the space between lines suggests."""
    return [token for token in values if token.tight or token.type != BLANK]


def _parted(sheet: Sheet, values: Sequence[Token]) -> list[tuple[int, str]]:
    """Figures that ran together but for single blanks between some, each stretch with
    where it stands; empty if more stands between them, or they are none.

    The blank is what a page leaves of a no-break space behind a figure in its cell."""
    values = _printed(values)
    if any(token.type != NUMBER for token in values):
        return []
    gaps = [sheet.text.shadow[a.end : b.start] for a, b in pairwise(values)]
    if any(len(gap) > 1 for gap in gaps):
        return []
    return [(token.start, sheet.raw(token)) for token in values]


def _placements(
    sheet: Sheet, content: Content, columns: int, sums: Sums
) -> list[Figures]:
    """All places that the figures of a row with fewer than columns may have."""
    last = max(
        [i for i, token in enumerate(content.values) if token.type != BLANK], default=-1
    )
    filled = content.values[
        : last + 1
    ]  # blanks behind the figures may be there to fill the row up
    if not 1 < len(filled) < columns:
        return []
    figures = [_figure(sheet, token) for token in filled]
    known = [figure for figure in figures if figure is not None]
    return placements(known, sums, columns) if len(known) == len(figures) else []


def _figure(sheet: Sheet, token: Token | None) -> Figure | None:
    if token is None or token.type != NUMBER:
        return None
    return read_cell(sheet.raw(token)).value


def stretches(
    sheet: Sheet, tokens: Sequence[Token], values: Figures
) -> Iterator[tuple[int, int] | None]:
    """Where each figure of a candidate stands: the tokens in turn, or stretches of the
    run they make."""
    filled = sum(value is not None for value in values)
    parts = _parted(sheet, tokens)
    if run_of(sheet, tokens) or len(parts) not in (0, filled):
        at = [start + i for start, part in parts for i in range(len(part))]
        run = "".join([part for _, part in parts])
        return (
            (at[place[0]], at[place[1] - 1] + 1) if place else None
            for place in figure_places(run, values)
        )
    left = iter(tokens)
    found = (next(left) if value is not None else None for value in values)
    return ((token.start, token.end) if token else None for token in found)
