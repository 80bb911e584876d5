"""What stands in the cell of a figure besides digits: tails, marks for none, units, notes, ink that does not count."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from attrs import evolve

from attacks.heads import DELIMITED, LINES
from attacks.kind import Change, Kind, with_money
from attacks.sheet import Draft, Line, Sheet, Value, each_line, each_sheet
from govdisclose.form import FormTable
from govdisclose.report import Figure

_HIT: Final = 0.2
Printed = Callable[[str, random.Random], str]


def _on_figures(
    printed: Printed, says: Callable[[Value, str], Value], *, counts: bool = False
) -> Change:
    """A fifth of the whole figures are printed in that way; `says` gives the truth about the new text.

    `counts`: no sums of money, which may be 2018.12 万元.
    """

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_line(line: Line) -> Line:
            values = []
            for value in line.values:
                hit = (
                    value.text.isdigit()
                    and value.key is not None
                    and not (counts and _may_be_money(line, value))
                    and rng.random() < _HIT
                )
                text = printed(value.text, rng) if hit else value.text
                values.append(says(value, text) if text != value.text else value)
            return evolve(line, values=tuple(values))

        return each_line(drafted, on_line)

    return on_draft


def _may_be_money(line: Line, value: Value) -> bool:
    unit = line.row.unit if line.row is not None else ""
    return unit in ("", None, "元", "万元") or (value.key or "")[-1] == "amount"


def _no_figure(value: Value, text: str) -> Value:
    return evolve(value, text=text, want=None)


def _perhaps(value: Value, text: str) -> Value:
    """A reader may take the figure as it was, or none."""
    return evolve(value, text=text, unclear=True)


def _ten_thousandfold(value: Value, text: str) -> Value:
    """A reader may take 12万 for 120000, or for no figure of a form that counts in ones."""
    if not isinstance(value.want, int):
        return _perhaps(value, text)
    return evolve(value, text=text, want=value.want * 10_000, unclear=True)


def _plainly(value: Value, text: str) -> Value:
    return evolve(value, text=text)


def _inside(mark: str) -> Printed:
    """The mark before the last three digits, or behind the first."""

    def printed(text: str, rng: random.Random) -> str:
        at = len(text) - 3 if len(text) > 3 else 1
        return text[:at] + mark + text[at:] if len(text) > 1 else text

    return printed


def _behind(tail: str) -> Printed:
    return lambda text, rng: text + tail


def _before(mark: str) -> Printed:
    return lambda text, rng: mark + text


def _between(mark: str) -> Printed:
    return lambda text, rng: f"{text}{mark}{rng.randint(1, 99)}"


def _instead(*texts: str) -> Printed:
    return lambda text, rng: rng.choice(texts)


def _zero_as(letter: str) -> Printed:
    return lambda text, rng: text.replace("0", letter) if len(text) > 1 else text


def _one_as(letter: str) -> Printed:
    return lambda text, rng: text.replace("1", letter) if len(text) > 1 else text


def _full_width(text: str, rng: random.Random) -> str:
    return "".join(chr(ord(c) + 0xFEE0) for c in text)


def _grouped(mark: str) -> Printed:
    return lambda text, rng: f"{int(text):,}".replace(",", mark)


def _leading(text: str, rng: random.Random) -> str:
    return "0" + text if text != "0" else text


def _wrapped(before: str, after: str) -> Printed:
    return lambda text, rng: before + text + after


# --- units

Unit = tuple[str, Callable[[Figure], Figure]]


def _in_unit(unit: str, *, in_cell: bool) -> Change:
    """Amounts are printed in another unit than that of the form, in the cell of the figure or in that of the unit."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_line(line: Line) -> Line:
            if (
                line.row is None
                or line.row.unit not in ("元", "万元")
                or not line.values
            ):
                return line
            values = []
            for value in line.values:
                if value.want is None:
                    values.append(value)
                    continue
                text = value.text + (unit if in_cell else "")
                values.append(evolve(value, text=text, unit=unit))
            return evolve(
                line, values=tuple(values), unit=line.unit if in_cell else unit
            )

        return each_line(drafted, on_line)

    return on_draft


def _in_head(unit: str) -> Change:
    """The head of the amounts says another unit: 本年收费金额（单位：元）."""

    def on_draft(drafted: Draft, rng: random.Random) -> Draft:
        def on_sheet(sheet: Sheet) -> Sheet:
            money = [
                any("单位：万元" in word for word in head.words) for head in sheet.heads
            ]
            heads = (
                evolve(h, words=tuple(w.replace("万元", unit) for w in h.words))
                for h in sheet.heads
            )
            lines = (
                evolve(
                    line,
                    values=tuple(
                        evolve(v, unit=unit) if m else v
                        for v, m in zip(line.values, money, strict=True)
                    ),
                )
                for line in sheet.lines
            )
            return evolve(sheet, heads=tuple(heads), lines=tuple(lines))

        return each_sheet(drafted, on_sheet)

    return on_draft


def _head_of_money(table: FormTable) -> bool:
    return any("单位：万元" in column.label for column in table.columns)


# --- tables of the kinds

_INSIDE: Final = {
    "apostrophe": "\N{RIGHT SINGLE QUOTATION MARK}",
    "straight-apostrophe": "'",
    "backtick": "`",
    "ideographic-comma": "、",
    "arabic-comma": "\N{ARABIC COMMA}",
    "full-stop": "。",
    "middle-dot": "·",
    "blank": " ",
    "blank-point": " .",
    "colon": "：",
    "underscore": "_",
    "tilde": "~",
    "semicolon": "；",
}
_BEHIND: Final = {
    "circled-note": "①",
    "superscript": "²",
    "asterisk": "*",
    "question": "？",
    "exclamation": "!",
    "plus": "+",
    "more": "余",
    "minus": "－",
    "bracketed-note": "（注1）",
    "of-them": "（其中网络3）",
    "hundreds": "百",
    "dagger": "†",
    "dots": "…",
    "comma": "，",
    "letter": "a",
    "radical": "⼀",
}
_NO_FIGURE: Final = {
    "range": _between("～"),
    "range-hyphen": _between("-"),
    "range-word": _between("至"),
    "slash": _between("/"),
    "date": _instead("2018/12/31", "2018-12-31", "12月31日", "2018.12.31"),
    "clock": _instead("12:30", "8：00"),
    "percent": _behind("%"),
    "permille": _behind("‰"),
    "minus-before": _before("–"),
    "leading-zero": _leading,
    "two-figures": _between(" "),
    "two-figures-comma": _between("，"),
    "times": _between("×"),
    "sum": _between("+"),
    "less-than": _before("＜"),
    "more-than": _before(">"),
    "not-more": _before("不足"),
    "ordinal": _wrapped("第", "项"),
    "points": _instead("1.2.3", "3..5", ".5."),
    "fraction": _instead("½", "3½", "1/2"),
    "text": _instead(
        "见附件3", "详见第2页", "另附", "待核实", "未统计", "2项在办", "3家单位"
    ),
}
_PERHAPS: Final = {
    "about": _before("约"),
    "letter-o": _zero_as("O"),
    "letter-l": _one_as("l"),
    "ring-zero": _zero_as("○"),
    "bracketed": _wrapped("(", ")"),
    "quoted": _wrapped("“", "”"),
    "equals": _before("="),
    "number-sign": _before("#"),
}
_NONE: Final = (
    "-",
    "－－",
    "/",
    "／",
    "无",
    "×",
    "※",
    "*",
    "N/A",
    "null",
    "nan",
    "None",
    "…",
    "□",
    "□□",
    "?",
    "＿",
    "空",
    "暂无",
)
_PLAIN: Final = {
    "full-width": _full_width,
    "thousands": _grouped(","),
    "thousands-full-width": _grouped("，"),
}
_HTML: Final = {
    "struck": _wrapped("<del>9</del>", ""),
    "struck-s": _wrapped("<s>31</s> ", ""),
    "hidden": _wrapped("<span style='display:none'>9</span>", ""),
    "invisible": _wrapped("<span style='visibility:hidden'>9</span>", ""),
    "white": _wrapped("<span style='color:#fff'>9</span>", ""),
    "size-nought": _wrapped("<span style='font-size:0'>9</span>", ""),
    "note-raised": lambda text, rng: f"<span>{text}</span><sup>1</sup>",
    "note-raised-style": lambda text, rng: (
        f"<span>{text}</span><span style='vertical-align:super'>2</span>"
    ),
    "comment": _wrapped("<!-- 9 -->", ""),
    "script": _wrapped("<script>9</script>", ""),
    "bold": _wrapped("<b>", "</b>"),
    "font": _wrapped("<font color='red'>", "</font>"),
}
_HTML_NONE: Final = {
    "image": _wrapped("<img src='4.gif'>", ""),
    "image-behind": lambda text, rng: f"<b>{text}</b><img src='4.gif'>",
    "two-paragraphs": lambda text, rng: f"<p>{text}</p><p>{rng.randint(1, 9)}</p>",
}

FIGURES: Final = (
    *(
        Kind(f"tail-{name}", _on_figures(_inside(mark), _perhaps), styles=LINES)
        for name, mark in _INSIDE.items()
    ),
    *(
        Kind(f"tail-{name}", _on_figures(_behind(mark), _perhaps), styles=LINES)
        for name, mark in _BEHIND.items()
    ),
    *(
        Kind(f"no-figure-{name}", _on_figures(how, _no_figure), styles=LINES)
        for name, how in _NO_FIGURE.items()
    ),
    *(
        Kind(f"perhaps-{name}", _on_figures(how, _perhaps), styles=LINES)
        for name, how in _PERHAPS.items()
    ),
    *(
        Kind(f"plain-{name}", _on_figures(how, _plainly), styles=DELIMITED)
        for name, how in _PLAIN.items()
    ),
    Kind(
        "tail-ten-thousands",
        _on_figures(_behind("万"), _ten_thousandfold, counts=True),
        styles=LINES,
    ),
    Kind(
        "no-figure-month",
        _on_figures(_instead("2018.12", "2018.1"), _no_figure, counts=True),
        styles=LINES,
    ),
    Kind("marks-for-none", _on_figures(_instead(*_NONE), _no_figure), styles=DELIMITED),
    *(
        Kind(f"ink-{name}", _on_figures(how, _plainly), styles=("html",))
        for name, how in _HTML.items()
    ),
    *(
        Kind(f"ink-{name}", _on_figures(how, _no_figure), styles=("html",))
        for name, how in _HTML_NONE.items()
    ),
    Kind(
        "ink-struck-markdown",
        _on_figures(_wrapped("~~9~~ ", ""), _perhaps),
        styles=("markdown",),
    ),
    Kind(
        "ink-bold-markdown",
        _on_figures(_wrapped("**", "**"), _plainly),
        styles=("markdown",),
    ),
    *(
        Kind(f"unit-in-cell-{i}", _in_unit(unit, in_cell=True), with_money, LINES)
        for i, unit in enumerate(("元", "千元", "百万元", "亿元", "万美元"))
    ),
    *(
        Kind(f"unit-in-head-{i}", _in_head(unit), _head_of_money, DELIMITED)
        for i, unit in enumerate(("元", "千元", "百万元", "亿元"))
    ),
    *(
        Kind(
            f"unit-beside-{i}",
            _in_unit(unit, in_cell=False),
            lambda t: with_money(t) and t.unit_header is not None,
            LINES,
        )
        for i, unit in enumerate(("元", "千元", "百万元", "亿元", "万美元"))
    ),
)
