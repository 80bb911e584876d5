r"""Text with delimited values in it (CSV): its rows to rows of a table, all else as it stands.

What pandas, a spreadsheet or a script wrote: `规章,1,,3`, or `"1,234"` in quotes. A comma in a
sentence or in a figure (`1,234`) delimits nothing: rows are lines that follow each other, most of
them with as many values, most of which are short. A blank value keeps its place.

>>> pieces("一、概述\n规章,1,,3\n其他,\"1,234\",0,5\n合计,2,0,8\n")
['一、概述', [['规章', '1', '', '3'], ['其他', '1,234', '0', '5'], ['合计', '2', '0', '8']]]
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_LEAST: Final = 3  # rows of a table
_ALIKE: Final = 0.6  # of the rows have as many values
_LONG: Final = 120  # characters of a value: more are a sentence
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_STOP: Final = "\N{IDEOGRAPHIC FULL STOP}"
_OVER: Final = 20  # lines that a value in quotes runs over at most

Piece = str | list[list[str]]


def pieces(text: str) -> list[Piece]:
    """Lines, and tables of values, in the order of the text."""
    out: list[Piece] = []
    run: list[str] = []
    for line in _records(text.splitlines()):
        if _may_be_a_row(line):
            run.append(line)
            continue
        out += _told(run)
        run = []
        out.append(line)
    return out + _told(run)


def _records(lines: list[str]) -> Iterator[str]:
    """The lines, those that a value in quotes runs over as one."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        odd = sum(part.count('"') for part in held) % 2
        if odd and "," in held[0] and len(held) < _OVER:
            continue
        if odd:  # no value in quotes, but a quote
            yield from held
        else:
            yield " ".join(held)
        held = []
    yield from held


def _may_be_a_row(line: str) -> bool:
    return (
        "," in _THOUSANDS.sub("", line)
        and _STOP not in line
        and "|" not in line
        and "\t" not in line
    )


def _told(run: list[str]) -> list[Piece]:
    """The lines as a table, if they are one."""
    rows = [[value.strip() for value in row] for row in csv.reader(run)]
    counts = Counter(map(len, rows))
    usual, times = counts.most_common(1)[0] if rows else (0, 0)
    short = all(len(value) < _LONG for row in rows for value in row)
    if len(rows) < _LEAST or usual < 2 or times < _ALIKE * len(rows) or not short:
        return list(run)
    return [rows]
