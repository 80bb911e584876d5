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
from govdisclose._solve.sums import agreed, placements, solve_rows
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
    shown = bool(rows.runs) and grid.shown()
    puzzles = solve_rows(
        rows.known, rows.runs, rows.short, grid.sums, grid.width, shown
    )
    return {
        rows.index[key]: puzzle
        for key, puzzle in puzzles.items()
        if puzzle.by and _tells(puzzle)
    }


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
            continue
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
    values = [token for token in values if token.tight or token.type != BLANK]
    if not values or any(token.type != NUMBER for token in values):
        return ""
    if any(a.end != b.start for a, b in pairwise(values)):
        return ""
    return sheet.text.shadow[values[0].start : values[-1].end]


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
    if run := run_of(sheet, tokens):
        at = tokens[0].start
        return (
            (at + place[0], at + place[1]) if place else None
            for place in figure_places(run, values)
        )
    left = iter(tokens)
    found = (next(left) if value is not None else None for value in values)
    return ((token.start, token.end) if token else None for token in found)
