"""Rows with a cell too few or too many, labels and values on different lines, and shapes in which tables are pasted."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from attrs import evolve

from attacks.heads import DELIMITED, LINES
from attacks.kind import Change, Kind, anything, many_columns, one_column, with_unit
from attacks.page import STYLES
from attacks.sheet import (
    Draft,
    Line,
    Sheet,
    Value,
    disowned,
    each_line,
    each_sheet,
    unclear,
)
from govdisclose.form import FormTable

_SOME: Final = 0.2
UNPADDED: Final = tuple(style for style in LINES if style != "boxed")
"""Styles in which a row may be short: a box is drawn with all its cells."""


def _some_lines(change: Callable[[Line, random.Random], Line]) -> Change:
    """A fifth of the rows, of those with several figures."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_line(line: Line) -> Line:
            hit = len(line.values) > 1 and rng.random() < _SOME
            return change(line, rng) if hit else line

        return each_line(drafted, on_line)

    return on_draft


def _open(line: Line, values: list[Value]) -> Line:
    return evolve(line, values=tuple(unclear(value) for value in values))


def _cell_lost(line: Line, rng: random.Random) -> Line:
    """One cell is not there, and nothing marks its place."""
    at = rng.randrange(len(line.values))
    return _open(line, [value for i, value in enumerate(line.values) if i != at])


def _cell_split(line: Line, rng: random.Random) -> Line:
    """A figure in two cells; what follows is one place further."""
    long = [
        i
        for i, value in enumerate(line.values)
        if len(value.text) > 1 and value.text.isdigit()
    ]
    if not long:
        return line
    at = rng.choice(long)
    text = line.values[at].text
    parts = [Value(text[:1]), Value(text[1:])]
    return _open(line, [*line.values[:at], *parts, *line.values[at + 1 :]])


def _surplus(line: Line, rng: random.Random) -> Line:
    """A figure too many, somewhere in the row."""
    at = rng.randrange(len(line.values) + 1)
    return _open(
        line, [*line.values[:at], Value(str(rng.randint(1, 99))), *line.values[at:]]
    )


def _blanks_vanished(drafted: Draft, rng: random.Random) -> Draft:
    """Half of the rows that had blank cells lost them; the others keep theirs."""

    def on_line(line: Line) -> Line:
        kept = [value for value in line.values if value.text]
        if len(kept) == len(line.values) or len(line.values) == 1 or rng.random() < 0.5:
            return line
        return _open(line, kept)

    return each_line(_blanked(0.2)(drafted, rng), on_line)


def _blanked(share: float) -> Change:
    """That share of the figures is not filled in, noughts or not."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_line(line: Line) -> Line:
            values = (
                evolve(value, text="", want=None) if rng.random() < share else value
                for value in line.values
            )
            return evolve(line, values=tuple(values))

        return each_line(drafted, on_line)

    return on_draft


def _padded(drafted: Draft, rng: random.Random) -> Draft:
    more = rng.randint(1, 3)
    return each_line(
        drafted, lambda line: evolve(line, values=(*line.values, *[Value("")] * more))
    )


def _keyless(line: Line) -> Line:
    return evolve(line, values=tuple(Value("") for _ in line.values))


def _total_above(drafted: Draft, rng: random.Random) -> Draft:
    """The figures of the last rows stand a line above their labels."""

    def on_sheet(sheet: Sheet) -> Sheet:
        lines: list[Line] = []
        for line in sheet.lines:
            is_total = line.row is not None and line.row.key.endswith("total")
            bare = evolve(
                line, labels=(), unit="", values=tuple(map(unclear, line.values))
            )
            lines += [bare, _keyless(line)] if is_total else [line]
        return evolve(sheet, lines=tuple(lines))

    return each_sheet(drafted, on_sheet)


def _values_below(drafted: Draft, rng: random.Random) -> Draft:
    """Every label on a row, its figures on the next."""

    def on_sheet(sheet: Sheet) -> Sheet:
        lines: list[Line] = []
        for line in sheet.lines:
            lines += [_keyless(line), evolve(line, labels=(), unit="")]
        return evolve(sheet, lines=tuple(lines))

    return each_sheet(drafted, on_sheet)


def _stranger(drafted: Draft, rng: random.Random) -> Draft:
    """A row of figures without a label, in the midst."""

    def on_sheet(sheet: Sheet) -> Sheet:
        at = rng.randrange(1, max(2, len(sheet.lines)))
        width = len(sheet.heads)
        extra = Line((), tuple(Value(str(rng.randint(1, 99))) for _ in range(width)))
        return evolve(sheet, lines=(*sheet.lines[:at], extra, *sheet.lines[at:]))

    return each_sheet(drafted, on_sheet)


def _values_above(drafted: Draft, rng: random.Random) -> Draft:
    """Every row of figures, and its label on the row below: which way round it is, the first and last row tell."""

    def on_sheet(sheet: Sheet) -> Sheet:
        lines: list[Line] = []
        for line in sheet.lines:
            lines += [
                evolve(_open(line, list(line.values)), labels=(), unit=""),
                _keyless(line),
            ]
        return evolve(sheet, lines=tuple(lines))

    return each_sheet(drafted, on_sheet)


def _labels_lost(drafted: Draft, rng: random.Random) -> Draft:
    """A fifth of the rows has figures and no label: nobody can say whose they are."""

    def on_line(line: Line) -> Line:
        if rng.random() > _SOME:
            return line
        return evolve(
            line,
            labels=("",) * len(line.labels),
            values=tuple(map(disowned, line.values)),
        )

    return each_line(drafted, on_line)


def _labels_strange(drafted: Draft, rng: random.Random) -> Draft:
    """A fifth of the rows counts something that the form does not have."""
    words = ("街道代办事项数", "热线转办数", "集中答复会商数", "窗口线下受理数")

    def on_line(line: Line) -> Line:
        if not line.labels or rng.random() > _SOME:
            return line
        labels = (*line.labels[:-1], rng.choice(words))
        return evolve(line, labels=labels, values=tuple(map(disowned, line.values)))

    return each_line(drafted, on_line)


def _between(*texts: str) -> Change:
    """A line of words and figures between two rows, in the first cell."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_sheet(sheet: Sheet) -> Sheet:
            at = rng.randrange(1, max(2, len(sheet.lines)))
            deep = max(1, len(sheet.lines[0].labels))
            text = rng.choice(texts).replace("{n}", str(rng.randint(2, 99)))
            values = tuple(Value("") for _ in sheet.heads)
            extra = Line((text, *[""] * (deep - 1)), values)
            return evolve(sheet, lines=(*sheet.lines[:at], extra, *sheet.lines[at:]))

        return each_sheet(drafted, on_sheet)

    return on_draft


def _relabelled(change: Callable[[Line], str]) -> Change:
    """Labels as officials write them."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_line(line: Line) -> Line:
            return (
                evolve(line, labels=(*line.labels[:-1], change(line)))
                if line.labels
                else line
            )

        return each_line(drafted, on_line)

    return on_draft


def _unnumbered(line: Line) -> str:
    return line.row.label if line.row is not None else line.labels[-1]


def _spaced(line: Line) -> str:
    label = line.labels[-1]
    return " ".join(label) if len(label) < 8 else label


def _rows_missing(drafted: Draft, rng: random.Random) -> Draft:
    def on_sheet(sheet: Sheet) -> Sheet:
        kept = tuple(line for line in sheet.lines if rng.random() > _SOME)
        return evolve(sheet, lines=kept or sheet.lines[:1])

    return each_sheet(drafted, on_sheet)


def _shuffled(drafted: Draft, rng: random.Random) -> Draft:
    def on_sheet(sheet: Sheet) -> Sheet:
        return evolve(sheet, lines=tuple(rng.sample(sheet.lines, len(sheet.lines))))

    return each_sheet(drafted, on_sheet)


def _own_labels(table: FormTable) -> bool:
    """Every row is known by its label alone, without the rows around it."""
    labels = [row.label for row in table.rows]
    return table.super_header is None and 2 < len(labels) == len(set(labels))


def _twice(drafted: Draft, rng: random.Random) -> Draft:
    """The page holds every table twice: one for the screen, one for print."""
    return evolve(
        drafted, sheets=tuple(s for sheet in drafted.sheets for s in (sheet, sheet))
    )


def _figure_in_unit(drafted: Draft, rng: random.Random) -> Draft:
    """Figure and unit in the cell of the unit; the cell of the figure is empty."""

    def on_line(line: Line) -> Line:
        if len(line.values) != 1 or not line.values[0].text or rng.random() > 2 * _SOME:
            return line
        value = line.values[0]
        hidden = evolve(value, text="", unclear=True)
        return evolve(line, unit=value.text + line.unit, values=(hidden,))

    return each_line(drafted, on_line)


def _numbered(drafted: Draft, rng: random.Random) -> Draft:
    """A column of ordinals before the labels, as spreadsheets have it."""

    def on_sheet(sheet: Sheet) -> Sheet:
        own = any(kind == "ordinal" for kind, _ in sheet.stubs) or not sheet.stubs
        return (
            sheet if own else evolve(sheet, stubs=(("ordinal", "序号"), *sheet.stubs))
        )

    return each_sheet(drafted, on_sheet)


def _shifted(drafted: Draft, rng: random.Random) -> Draft:
    """All figures one column to the right, the last ones gone: where the totals show it, nothing can be trusted."""

    def on_sheet(sheet: Sheet) -> Sheet:
        moved = []
        for line in sheet.lines:
            texts = ["", *(value.text for value in line.values[:-1])]
            pairs = zip(line.values, texts, strict=True)
            moved.append(
                evolve(
                    line, values=tuple(evolve(v, text=t, want=None) for v, t in pairs)
                )
            )
        seen = sum(_does_not_add_up(line) for line in moved)
        return evolve(sheet, lines=tuple(moved)) if seen * 2 > len(moved) else sheet

    return each_sheet(drafted, on_sheet)


def _does_not_add_up(line: Line) -> bool:
    figures = [int(value.text) if value.text.isdigit() else 0 for value in line.values]
    return sum(figures[:-1]) != figures[-1]


def _same(drafted: Draft, rng: random.Random) -> Draft:
    return drafted


def _has_stub(table: FormTable) -> bool:
    return table.stub_header is not None


def _is_requests(table: FormTable) -> bool:
    return table.id == "requests"


def _has_total(table: FormTable) -> bool:
    return many_columns(table) and any(row.key.endswith("total") for row in table.rows)


ROWS: Final = (
    Kind("row-cell-lost", _some_lines(_cell_lost), many_columns, UNPADDED),
    Kind("row-cell-split", _some_lines(_cell_split), many_columns, LINES),
    Kind("row-cell-surplus", _some_lines(_surplus), many_columns, LINES),
    Kind("row-blanks-vanished", _blanks_vanished, many_columns, UNPADDED),
    Kind("row-padding-behind", _padded, styles=DELIMITED),
    Kind("row-total-above", _total_above, _has_total, LINES),
    Kind("row-values-below", _values_below, _has_stub, LINES),
    Kind("row-without-label", _stranger, _has_stub, LINES),
    Kind("row-values-above", _values_above, _has_stub, LINES),
    Kind("row-label-lost", _labels_lost, _has_stub, DELIMITED),
    Kind("row-label-strange", _labels_strange, _has_stub, LINES),
    Kind(
        "row-note-between",
        _between("注：其中含上年结转{n}件", "（续表）", "以上含代办{n}件"),
        _has_stub,
        LINES,
    ),
    Kind(
        "row-page-between", _between("- {n} -", "第{n}页", "{n}"), _has_stub, DELIMITED
    ),
    Kind("label-unnumbered", _relabelled(_unnumbered), _has_stub, LINES),
    Kind("label-spaced", _relabelled(_spaced), _has_stub, DELIMITED),
    Kind(
        "label-noted",
        _relabelled(lambda line: line.labels[-1] + "（含结转）"),
        _has_stub,
        LINES,
    ),
    Kind(
        "label-colon",
        _relabelled(lambda line: line.labels[-1] + "："),
        _has_stub,
        LINES,
    ),
    Kind("row-missing", _rows_missing, _has_stub, LINES),
    Kind("row-shuffled", _shuffled, _own_labels, LINES),
    Kind("row-figure-in-unit-cell", _figure_in_unit, with_unit, LINES),
    Kind("row-ordinals-before", _numbered, styles=DELIMITED),
    Kind("row-figures-shifted", _shifted, _is_requests, DELIMITED),
    Kind("table-twice", _twice),
    *(
        Kind(f"blanks-{int(100 * share):02}", _blanked(share), styles=DELIMITED)
        for share in (0.05, 0.2, 0.4)
    ),
    *(
        Kind(
            f"style-{style.replace('_', '-')}",
            _same,
            one_column if style == "listed" else anything,
            (style,),
        )
        for style in STYLES
    ),
)
