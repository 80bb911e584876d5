"""How tables are printed: by pages, by converters, by people who paste them."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from unicodedata import east_asian_width

from attrs import evolve

from attacks.sheet import Box, Draft, Line, Sheet, each_line, matrix, unclear

Rows = list[list[Box]]
Style = Callable[[Rows], str]

SECTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "二、": "主动公开政府信息情况",
        "三、": "收到和处理政府信息公开申请情况",
        "四、": "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    }
)
NUMBERED: Final = "一二三四五六七八九"


def _shown(rows: Rows, covered: str | None = "") -> list[list[str]]:
    """The texts; covered places are blank, their text again (`=`), or not there (None)."""
    out = []
    for row in rows:
        kept = [box for box in row if not (box.covered and covered is None)]
        out.append(["" if box.covered and covered == "" else box.text for box in kept])
    return out


def _delimited(
    before: str, between: str, after: str, covered: str | None = ""
) -> Style:
    def print_rows(rows: Rows) -> str:
        return "".join(
            before + between.join(row) + after + "\n" for row in _shown(rows, covered)
        )

    return print_rows


def _markdown(rows: Rows) -> str:
    shown = _shown(rows, "=")
    size = max(map(len, shown))
    lines = ["| " + " | ".join(row) + " |\n" for row in shown]
    return lines[0] + "|" + " --- |" * size + "\n" + "".join(lines[1:]) + "\n"


def _csv(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(_shown(rows, "="))
    return out.getvalue()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _widths(shown: Sequence[Sequence[str]]) -> list[int]:
    size = max(map(len, shown))
    return [
        max(_width(row[i]) if i < len(row) else 0 for row in shown) for i in range(size)
    ]


def _padded(shown: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    widths = _widths(shown)
    for row in shown:
        yield [text + " " * (widths[i] - _width(text)) for i, text in enumerate(row)]


def _aligned(rows: Rows) -> str:
    return "".join("   ".join(row).rstrip() + "\n" for row in _padded(_shown(rows)))


def _boxed(rows: Rows) -> str:
    shown = _shown(rows)
    size = max(map(len, shown))
    full = [row + [""] * (size - len(row)) for row in shown]
    edges = ["─" * (width + 2) for width in _widths(full)]
    rule = "├" + "┼".join(edges) + "┤\n"
    body = rule.join("│ " + " │ ".join(row) + " │\n" for row in _padded(full))
    return "┌" + "┬".join(edges) + "┐\n" + body + "└" + "┴".join(edges) + "┘\n"


def _ruled(rows: Rows) -> str:
    """As pandoc and tabulate draw a grid."""
    shown = _shown(rows)
    size = max(map(len, shown))
    full = [row + [""] * (size - len(row)) for row in shown]
    rule = "+" + "+".join("-" * (width + 2) for width in _widths(full)) + "+\n"
    return (
        rule
        + rule.join("| " + " | ".join(row) + " |\n" for row in _padded(full))
        + rule
    )


def _cells(rows: Rows) -> str:
    return "".join(
        box.text + "\n" for row in rows for box in row if box.text and not box.covered
    )


def _cells_apart(rows: Rows) -> str:
    """A cell, then an empty line, as converters of Word files do it; blank cells leave an empty line more."""
    return "".join(box.text + "\n\n" for row in rows for box in row if not box.covered)


def _bars_apart(rows: Rows) -> str:
    return "".join(
        f"{box.text} |\n" if box.text else "|\n"
        for row in rows
        for box in row
        if not box.covered
    )


def _listed(rows: Rows) -> str:
    """Label：figure and unit, one a line, without the head: how a table is told in a letter."""
    lines = []
    for row in rows:
        words: dict[str, str] = {}
        for box in row:
            if not box.covered:
                words[box.role] = " ".join(
                    filter(None, (words.get(box.role), box.text))
                )
        if "head" not in words:
            lines.append(
                f"{words.get('label', '')}：{words.get('value', '')}{words.get('unit', '')}\n"
            )
    return "".join(lines)


def _transposed(rows: Rows) -> str:
    shown = _shown(rows, "=")
    size = max(map(len, shown))
    full = [row + [""] * (size - len(row)) for row in shown]
    return "".join(" | ".join(row) + " |\n" for row in zip(*full, strict=True))


def _html_cells(rows: Rows, attributes: str = "") -> str:
    out = [f"<table{attributes}>\n"]
    for r, row in enumerate(rows):
        cells = []
        for i, box in enumerate(row):
            if box.covered:
                continue
            across = _run(row, i)
            down = _run([line[i] if i < len(line) else Box("") for line in rows[r:]], 0)
            spans = (f' colspan="{across}"' if across > 1 else "") + (
                f' rowspan="{down}"' if down > 1 else ""
            )
            text = box.text if box.text.startswith("<") else html.escape(box.text)
            cells.append(f"<td{spans}>{text}</td>")
        out.append("<tr>" + "".join(cells) + "</tr>\n")
    return "".join(out) + "</table>\n"


def _run(boxes: Sequence[Box], at: int) -> int:
    """How many places from there on the cell takes."""
    size = 1
    while (
        at + size < len(boxes)
        and boxes[at + size].covered
        and boxes[at + size].text == boxes[at].text
    ):
        size += 1
    return size


STYLES: Final[Mapping[str, Style]] = MappingProxyType(
    {
        "pipes": _delimited("", " | ", " |"),
        "tight": _delimited("|", "|", "|"),
        "open": _delimited("", "|", "", None),
        "tabs": _delimited("", "\t", ""),
        "markdown": _markdown,
        "csv": _csv,
        "boxed": _boxed,
        "ruled": _ruled,
        "aligned": _aligned,
        "spaced": _delimited("", " ", "", None),
        "cells": _cells,
        "cells_apart": _cells_apart,
        "bars_apart": _bars_apart,
        "listed": _listed,
        "transposed": _transposed,
        "html_inside": _html_cells,
        "html": _html_cells,
    }
)
KEEP_BLANKS: Final = (
    "pipes",
    "tight",
    "tabs",
    "markdown",
    "csv",
    "boxed",
    "ruled",
    "html",
    "html_inside",
)
KEEP_BLANKS_TOO: Final = ("open", "cells_apart", "bars_apart", "transposed")
APART: Final = ("markdown", "csv", "ruled", "boxed", "html_inside", "html")
USUAL: Final = (
    "pipes",
    "tight",
    "tabs",
    "markdown",
    "csv",
    "aligned",
    "html",
    "cells",
    "boxed",
)


def settled(drafted: Draft) -> Draft:
    """The draft with the values marked as unclear that the style cannot tell: those of a row that lost a blank."""
    if drafted.style in KEEP_BLANKS or drafted.style in KEEP_BLANKS_TOO:
        return drafted

    def blank_lost(line: Line) -> Line:
        blank = any(not value.text for value in line.values)
        if blank and len(line.values) > 1:
            return evolve(line, values=tuple(unclear(value) for value in line.values))
        return line

    return each_line(drafted, blank_lost)


def text_of(drafted: Draft) -> str:
    """The whole report."""
    pieces = [
        drafted.title or f"{drafted.issuer}{drafted.year}年政府信息公开工作年度报告",
        f"本报告所列数据的统计期限自{drafted.year}年1月1日起至{drafted.year}年12月31日止。",
        "一、总体情况",
        "本单位认真落实条例，完善制度，加强培训，公开工作平稳有序。",
    ]
    headings = dict.fromkeys(map(_heading, drafted.sheets))
    for heading in headings:
        pieces.append(heading)
        pieces += [
            _table(drafted, sheet)
            for sheet in drafted.sheets
            if _heading(sheet) == heading
        ]
    pieces.append(
        f"{NUMBERED[len(headings) + 1]}、其他需要报告的事项\n无其他需要报告的事项。"
    )
    return "\n".join((*pieces, *drafted.notes, ""))


def _heading(sheet: Sheet) -> str:
    """The heading of the section in which the form has the table; older forms are annexed."""
    section = sheet.table.section or ""
    return section + SECTIONS[section] if section in SECTIONS else "二、附表"


def _table(drafted: Draft, sheet: Sheet) -> str:
    # Markdown and its like need an empty line before a table.
    apart = [""] if drafted.style in APART else []
    return "\n".join(
        (
            *sheet.captions,
            *apart,
            STYLES[drafted.style](matrix(sheet)).rstrip("\n"),
            *apart,
        )
    )


def page_of(drafted: Draft) -> bytes:
    """The whole report as a web page."""
    lines = text_of(drafted).split("\n")
    out, inside = [], False
    for line in lines:
        inside = (inside or line.startswith("<table")) and not line.startswith(
            "</table>"
        )
        out.append(
            line
            if inside or line.startswith("</table>") or not line
            else f"<p>{line}</p>"
        )
    body = "\n".join(out)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>\n{body}\n</body></html>".encode()
