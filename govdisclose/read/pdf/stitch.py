"""Tables that run over pages: their parts made one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve, frozen

from govdisclose.form import catalogue
from govdisclose.read.pdf.grid import Cell, Ruled
from govdisclose.read.pdf.lines import joined

_SAME_EDGE: Final = 6.0  # points: how far a column may move from one page to the next
_MOST_HEAD_ROWS: Final = 6


@frozen
class Table:
    """A table as it is written down: rows of texts, the page of each row."""

    rows: tuple[tuple[str, ...], ...]
    pages: tuple[int, ...]


def stitched(parts: Sequence[Ruled]) -> Table:
    """The parts of one table, in order, as one: without repeated heads, with rows and
    merged heads mended at the seams.

    All parts must go on from one another (`continues`).
    """
    xs = parts[0].xs
    for part in parts[1:]:
        xs = _common(xs, part.xs) or xs
    rows: list[list[Cell]] = []
    pages: list[int] = []
    for part in parts:
        more = _on(part, xs).grid()
        if rows:
            more = more[_repeated_head(rows, more) :]
            if not more:
                continue
            more = _mend(rows, more)
        rows += more
        pages += [part.page] * len(more)
    return Table(tuple(_texts_of(rows)), tuple(pages))


def _texts_of(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, ...]]:
    """The texts of each row: what is merged across stands once, what is merged
    downwards in each of its rows.

    Heads and figures of one table are often merged differently, and tables of different
    columns stand under one another in one frame; it is the count of cells that agrees,
    not their edges."""
    for row in rows:
        yield tuple(cell.text for column, cell in enumerate(row) if cell.c0 == column)


def continues(before: Ruled, after: Ruled) -> bool:
    """Whether the columns of two tables are the same, as far as both have them."""
    return _common(before.xs, after.xs) is not None


def _common(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...] | None:
    """The column edges of the table that has all, at the place of `a`; None if neither
    has those of the other."""
    if abs((a[-1] - a[0]) - (b[-1] - b[0])) > _SAME_EDGE:
        return None
    moved = [x - b[0] + a[0] for x in b]
    more, fewer = (a, moved) if len(a) >= len(moved) else (moved, a)
    if all(min(abs(x - y) for y in more) <= _SAME_EDGE for x in fewer):
        return tuple(more)
    return None


def _on(part: Ruled, xs: tuple[float, ...]) -> Ruled:
    """The part with its cells on the column edges `xs`."""
    if len(part.xs) == len(xs):
        return part
    shift = xs[0] - part.xs[0]
    place = [min(range(len(xs)), key=lambda i: abs(xs[i] - x - shift)) for x in part.xs]
    return evolve(
        part,
        xs=xs,
        cells=tuple(
            evolve(cell, c0=place[cell.c0], c1=place[cell.c1]) for cell in part.cells
        ),
    )


def _texts(row: Sequence[Cell]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]


def _repeated_head(
    rows: Sequence[Sequence[Cell]], more: Sequence[Sequence[Cell]]
) -> int:
    """How many rows at the top of the next part are the first rows of the table again."""
    count = 0
    while count < min(len(rows), len(more), _MOST_HEAD_ROWS) and _texts(
        rows[count]
    ) == _texts(more[count]):
        count += 1
    while count and any(cell.r1 > count for cell in more[count - 1]):
        count -= 1  # a head ends where its merged cells end
    return count if any(any(_texts(row)) for row in more[:count]) else 0


# --- the seam

_ENUMERATED: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]+\s*[)）]|\d+\s*[.．、)）](?!\d)|[①-⑳]|其中)"
)
_FIGURE: Final = re.compile(
    r"\s*(?:[-+−]?[\d,，.．\s]*\d[\d,，.．\s]*(?:万?元|件|条|次|人|个|%)?|[-—－/无]+)?\s*"
)


def _mend(rows: list[list[Cell]], more: list[list[Cell]]) -> list[list[Cell]]:
    """The next part of a table, what the page cut put together again; the last rows of
    `rows` change with it."""
    pairs = list(zip(rows[-1], more[0], strict=True))
    one_row = _is_one_row(pairs)
    for column, (a, b) in enumerate(pairs):
        text = _both(a, b) if one_row else _of_one_head(pairs, column)
        if text is not None:
            cell = Cell(0, a.c0, 2 if _is_tall(a, b) else 1, a.c1, text, b.full)
            for row in (*rows, *more):
                if row[column] is a or row[column] is b:
                    row[column] = cell
    return more[1:] if one_row else more


def _is_tall(a: Cell, b: Cell) -> bool:
    """Whether it is a head over several rows on either side."""
    return a.r1 - a.r0 > 1 or b.r1 - b.r0 > 1


def _both(a: Cell, b: Cell) -> str:
    return a.text if a.text == b.text else joined(a.text, b.text)


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _is_label(text: str) -> bool:
    return bool(catalogue().find(text))


def _is_one_row(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether the page cut a row in two.

    Then the figures are all on one side; and the label is all on the other, or goes on
    from a line that was full. Two rows of which one is blank look much the same: so
    what is a label of a form by itself, or begins with a number of its own, is a new
    row."""
    flat = [(a, b) for a, b in pairs if not _is_tall(a, b)]
    words = [(a, b) for a, b in flat if not (_is_figure(a.text) and _is_figure(b.text))]
    figures = [(a, b) for a, b in flat if _is_figure(a.text) and _is_figure(b.text)]
    above, below = any(a.text for a, _ in figures), any(b.text for _, b in figures)
    if not words or not figures or (above and below):
        return False
    cut = [(a, b) for a, b in words if a.text and b.text]
    if cut:
        return all(
            _is_label(_both(a, b)) or (a.full and _is_rest(b.text)) for a, b in cut
        )
    return (above and not any(a.text for a, _ in words)) or (
        below and not any(b.text for _, b in words)
    )


def _is_rest(text: str) -> bool:
    """Whether it may be the rest of a label, not one of its own."""
    return not _ENUMERATED.match(text) and not _is_label(text)


def _of_one_head(pairs: Sequence[tuple[Cell, Cell]], column: int) -> str | None:
    """The text of a head that is merged over the seam; None where the cells on both
    sides are two."""
    a, b = pairs[column]
    if (_is_figure(a.text) and _is_figure(b.text)) or a.text == b.text:
        return None
    if not _is_tall(a, b):
        # One row on each side: a blank beside a label of its own is the head of the row above.
        after = pairs[column + 1] if column + 1 < len(pairs) else None
        beside = (
            after is not None
            and after[0] is not a
            and after[1].text
            and not _is_figure(after[1].text)
        )
        if a.text and b.text:
            whole = _both(a, b)
            return whole if _is_label(whole) or catalogue().is_header(whole) else None
        return a.text if beside and a.text else None
    if b.text and _is_figure(b.text):
        return None  # the head of a column, and a figure under it
    if a.text and b.text:
        return (
            joined(a.text, b.text) if a.full and not _ENUMERATED.match(b.text) else None
        )
    return (
        a.text or b.text if b.r1 - b.r0 > 1 or _has_label_after(pairs, column) else None
    )


def _has_label_after(pairs: Sequence[tuple[Cell, Cell]], column: int) -> bool:
    """Whether the row below the seam has words to the right of `column`: then a blank
    there is a head, not a figure."""
    return any(b.text and not _is_figure(b.text) for _, b in pairs[column + 1 :])
