"""Ten times the text, how many times the time: on prose, tables, and what no page shows but an enemy makes."""

from __future__ import annotations

import gc
import random
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from govdisclose import parse
from govdisclose.testing import LAYOUTS, fill, render
from timing.clock import once
from timing.row import Row
from timing.texts import HEADINGS, SIZE, paragraph, prose

GROWTH_MOST: Final = 11.0

Make: TypeAlias = Callable[[int, random.Random], str]


def _rows(layout: str) -> Make:
    def text(size: int, rng: random.Random) -> str:
        out: list[str] = []
        while size > 0:
            out.append(render(fill("national-2014", rng), layout))
            size -= len(out[-1])
        return "".join(out)

    return text


def _mixed(size: int, rng: random.Random) -> str:
    """All of it, in no order: a heading, a paragraph, a table, brackets, figures, breaks of every kind."""
    out: list[str] = []
    while size > 0:
        out.append(
            rng.choice(
                (
                    lambda: f"{rng.choice(HEADINGS)}概述{rng.random()}\n",
                    lambda: paragraph(rng),
                    lambda: render(
                        fill("fujian-2018", rng), rng.choice(sorted(LAYOUTS))
                    ),
                    lambda: "".join(rng.choices("()（）《》〔〕[]【】", k=90)),
                    lambda: "".join(
                        rng.choices("0123456789,.年月日号第至|-—/ \t\r\n\v\0&;?", k=90)
                    ),
                    lambda: "\r\n",
                )
            )()
        )
        size -= len(out[-1])
    return "".join(out)


def _stating(size: int, rng: random.Random) -> str:
    """A report of one long paragraph, each figure of which is linked to its indicator."""
    return "某市某局2018年政府信息公开年度报告\n一、概述\n全年" + "".join(
        f"收到政府信息公开申请{i}件,答复{i}件,主动公开政府信息{i}条。"
        for i in range(size)
    )


_LABELS: Final = "收到申请数|件|5|\n当面申请数|件|2|\n网络申请数|件|3|\n"

# Each a name, the smaller size, and what makes a text of a size. The unit of a size is what the name says.
GROWING: Final[tuple[tuple[str, int, Make], ...]] = (
    ("characters of prose", 50_000, prose),
    ("characters of tables in rows", 20_000, _rows("pipe_rows")),
    ("characters of tables, a cell a line", 20_000, _rows("bare")),
    (
        "figures on one line",
        10_000,
        lambda n, rng: "".join(f"公开信息{rng.randrange(10**6)}条," for _ in range(n)),
    ),
    (
        "brackets on one line",
        100_000,
        lambda n, rng: "".join(rng.choices("()（）《》〔〕[]【】", k=n)),
    ),
    ("opening brackets on one line", 100_000, lambda n, rng: "(" * n),
    (
        "headings",
        10_000,
        lambda n, rng: "".join(f"一、概述{rng.random()}\n" for _ in range(n)),
    ),
    (
        "headings of all levels",
        3_000,
        lambda n, rng: "".join(
            f"{rng.choice(HEADINGS)}概述{rng.random()}\n" for _ in range(n)
        ),
    ),
    (
        "cells closed by bars",
        5_000,
        lambda n, rng: _LABELS + "".join(f"{rng.randrange(999)} |\n" for _ in range(n)),
    ),
    (
        "cells of unknown rows",
        5_000,
        lambda n, rng: (
            _LABELS + "".join(f"某数{rng.random()}|件|5|\n" for _ in range(n // 3))
        ),
    ),
    (
        "blank cells in one row",
        5_000,
        lambda n, rng: (
            "收到申请数|\n当面申请数|\n件|\n" + "|\n" * n + "网络申请数|\n件|\n"
        ),
    ),
    ("rows of one label", 2_000, lambda n, rng: _LABELS + "被依法纠错数|件|3|\n" * n),
    (
        "units after dashes",
        500,
        lambda n, rng: (
            "收到申请数\n当面申请数\n" + "—\n" * n + "5\n" + "件\n" * n + "网络申请数\n"
        ),
    ),
    ("labels among strays", 2_000, lambda n, rng: "收到申请数|件|5|\n无关\n" * n),
    ("digits", 100_000, lambda n, rng: "".join(rng.choices("0123456789", k=n))),
    (
        "digits and commas",
        50_000,
        lambda n, rng: "".join(rng.choices("0123456789,.", k=n)),
    ),
    ("bars", 100_000, lambda n, rng: "|" * n),
    ("lines of a bar", 20_000, lambda n, rng: "|\n" * n),
    (
        "blanks",
        100_000,
        lambda n, rng: "一、" + "".join(rng.choices(" \t\u3000\xa0", k=n)),
    ),
    (
        "line breaks",
        50_000,
        lambda n, rng: "".join(rng.choices(("\r\n", "\n", "\r", "\v", "\u2028"), k=n)),
    ),
    (
        "damaged dates",
        2_000,
        lambda n, rng: "".join(
            f"自20{rng.randrange(10, 30)}11日至20181231日,\n" for _ in range(n)
        ),
    ),
    (
        "glosses on one line, traditional",
        2_000,
        lambda n, rng: "農(nóng)業(yè)局報(bào)告," * n,
    ),
    ("entities", 3_000, lambda n, rng: "&amp;nbsp;规&ldquo;" * n),
    (
        "titles and symbols",
        5_000,
        lambda n, rng: "".join(
            f"《某办法》(某政发〔2018〕{rng.randrange(99)}号)" for _ in range(n)
        ),
    ),
    (
        "labels and figures on one line",
        1_500,
        lambda n, rng: "".join(
            f"收到申请数{i % 500}当面申请数{i % 300}" for i in range(n)
        ),
    ),
    (
        "words over figures on one line",
        1_000,
        lambda n, rng: "行政复议 行政诉讼 结果维持 结果纠正 尚未审结 总计 0 0 0 " * n,
    ),
    (
        "lines that go on",
        10_000,
        lambda n, rng: "".join(f"甲乙{i},\n" for i in range(n)) + "丙丁\n戊己\n",
    ),
    (
        "items 一是",
        5_000,
        lambda n, rng: "".join(f"一是主动公开{i}条。\n" for i in range(n)),
    ),
    ("figures that state indicators", 2_000, _stating),
    ("furniture", 5_000, lambda n, rng: "打印 关闭\n首页>某局>年报\n" * n),
    (
        "lone surrogates and NULs",
        100_000,
        lambda n, rng: "".join(rng.choices("\ud800\0", k=n)),
    ),
    ("characters of all of it", 50_000, _mixed),
)

_STEP: Final = 10
_ENOUGH: Final = 400.0  # milliseconds that one text may take and still be run again


def growth() -> Iterator[Row]:
    """Ten times the text, how many times the time."""
    for name, size, make in GROWING:
        small = min(_fresh_texts(make, size, 5))[0]
        large, length = min(_fresh_texts(make, size * _STEP, 3))
        note = f"{size * _STEP:,}: {large:.0f} ms, {large * SIZE / length:.2f} ms for {SIZE} characters"
        if large > small * GROWTH_MOST:
            # Many objects make the garbage collector run; whether that is all, one more look tells.
            gc.disable()
            bare = (
                min(_fresh_texts(make, size * _STEP, 1))[0]
                / min(_fresh_texts(make, size, 3))[0]
            )
            gc.enable()
            note += f"; {bare:.1f} x without the collector"
        yield Row(name, large / small, "{:.1f} x", GROWTH_MOST, note)


def _fresh_texts(make: Make, size: int, runs: int) -> Iterator[tuple[float, int]]:
    """Milliseconds and length of texts of one size, each parsed once; fewer where they take long."""
    for run in range(runs):
        text = make(size, random.Random(f"{size} {run}"))
        ms = once(lambda text=text: parse(text))  # type: ignore[misc]
        yield ms, len(text)
        if ms > _ENOUGH:
            return
