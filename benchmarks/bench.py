"""The budgets of the parser, each beside what is measured: `make bench`.

Everything is measured in one run on one machine, so that a ratio means something where a time does not. Times are of
the processor, not of the clock on the wall: another process on the machine does not count. The best of several runs
is taken, and each run that grows gets a text of its own, so that no cache is flattered.

    python benchmarks/bench.py            all of it, exit code 0
    python benchmarks/bench.py --strict   exit code 1 if a budget is exceeded
    python benchmarks/bench.py speed growth    only these parts
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from time import process_time
from typing import Final, Literal, NamedTuple, TypeAlias

from govdisclose import Source, check, parse
from govdisclose._document.completeness import wholeness
from govdisclose._document.kind import tell_kind
from govdisclose._document.place import contradictions
from govdisclose._lines.cut import cut_lines
from govdisclose._lines.join import join_lines
from govdisclose._lines.shape import MARKERS, shape_lines
from govdisclose._metadata import read_metadata
from govdisclose._outline.read import read_outline
from govdisclose._prose.read import read_prose
from govdisclose._prose.statement import linked
from govdisclose._tables.read import read_tables
from govdisclose.examples import __name__ as examples
from govdisclose.repair import repair
from govdisclose.testing import LAYOUTS, fill, make_report, render, width

GOLD: Final = (
    Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
)  # real reports, where there are any
SIZE: Final = 5000  # characters of a report, the unit of all times

MS_MOST: Final = 2.5
FLOORS_MOST: Final = 20.0
TRADITIONAL_MOST: Final = 2.0
GROWTH_MOST: Final = 11.0
IMPORT_MOST: Final = 1.3
MEMORY_MOST: Final = 150.0  # MB
CHECK_MOST: Final = 0.5  # of the time that parsing the report takes
FLAT_MOST: Final = 1.05  # peak after the whole stream, over the peak after half of it


class Row(NamedTuple):
    """One line of the result: what was measured, and the budget it has, if any."""

    name: str
    measured: float
    form: str = "{:.2f} ms"
    most: float | None = None
    note: str = ""

    @property
    def over(self) -> bool:
        """Whether the budget is exceeded."""
        return self.most is not None and self.measured > self.most

    def __str__(self) -> str:
        verdict = "" if self.most is None else "over" if self.over else "ok"
        budget = "" if self.most is None else f"<= {self.form.format(self.most)}"
        name = self.name + " " * (40 - width(self.name))
        return f"{name}{self.form.format(self.measured):>11}  {budget:>13}  {verdict:<4}  {self.note}".rstrip()


# --- texts

_SENTENCES: Final = (
    "我局高度重视政府信息公开工作,把公开透明作为机关建设的基本要求,由主要负责人总负责、分管负责人具体抓",
    "全年通过门户网站主动公开各类信息{a}条,其中机构职能类{b}条、工作动态类{a}条、财政资金类{b}条",
    "围绕群众关心的饮水安全、河道整治和农田灌溉等事项,及时发布进展,回应疑问,接受社会监督",
    "召开新闻发布会{b}次,组织在线访谈{b}期,答复来信{a}件,网站访问量约{a}万人次,同比增长{b}.{b}%",
    "修订《云溪市水利信息公开管理办法》(云水发〔2018〕{b}号),明确了公开的范围、程序、时限和责任",
    "坚持先审查、后公开,严格执行保密审查制度,确保公开的内容真实、准确、完整",
    "举办业务培训班{b}期,参训人员{a}人次,有关人员的业务水平和服务意识得到明显提高",
    "从总体上看,工作中仍有不足,主要是内容不够丰富、形式不够多样、更新不够及时,需要在今后的工作中加以改进",
)
_HEADINGS: Final = ("一、", "(一)", "1.", "(1)", "①")


def paragraph(rng: random.Random) -> str:
    """A paragraph of two to six sentences, with figures of its own."""
    sentences = rng.choices(_SENTENCES, k=rng.randint(2, 6))
    return (
        "".join(
            f"{s.format(a=rng.randrange(10, 10_000), b=rng.randrange(1, 99))}。"
            for s in sentences
        )
        + "\n"
    )


def prose(size: int, rng: random.Random) -> str:
    """Paragraphs of about `size` characters in all."""
    out: list[str] = []
    while size > 0:
        out.append(paragraph(rng))
        size -= len(out[-1])
    return "".join(out)


def made(rng: random.Random, form: str | None = None, layout: str = "pipe_rows") -> str:
    """A made-up report, filled up with paragraphs to the size of a whole one."""
    head, mark, table = make_report(rng, form, layout).text.partition("附表\n")
    lines = head.splitlines(keepends=True)
    lacking = SIZE - len(head) - len(mark) - len(table)
    while lacking > 0:
        more = paragraph(rng)
        # a form whose tables stand in their sections has no annex: all goes before the first of them
        lines.insert(rng.randint(3, len(lines)) if mark or form is None else 2, more)
        lacking -= len(more)
    return "".join((*lines, mark, table))


def made_stream(count: int) -> Iterator[str]:
    """Different reports, of all the layouts in turn; every third has no table."""
    layouts, forms = sorted(LAYOUTS), ("national-2014", "fujian-2018", None)
    for seed in range(count):
        yield made(
            random.Random(seed), forms[seed % 3], layouts[seed // 3 % len(layouts)]
        )


@cache
def reports() -> Mapping[str, str]:
    """Whole reports by name: made up, the bundled one, and real ones."""
    from importlib import resources

    out = {"prose": made(random.Random(1))}
    for layout in ("pipe_rows", "bar_closed", "bare", "aligned"):
        out[f"national-2014, {layout}"] = made(
            random.Random(2), "national-2014", layout
        )
    out["fujian-2018, glued"] = made(random.Random(3), "fujian-2018", "glued")
    out["bundled example"] = (
        resources.files(examples).joinpath("example.txt").read_text("utf-8")
    )
    for file in sorted(GOLD.glob("*.txt")):
        out[f"real report {file.name[:3]}"] = file.read_text("utf-8")
    return out


# --- clocks


def once(work: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    start = process_time()
    work()
    return (process_time() - start) * 1000


def _floors(text: str, times: int) -> None:
    for _ in range(times):
        floor(text)


def best(work: Callable[[], object], runs: int = 30) -> float:
    """Milliseconds of the best of several runs."""
    return min(once(work) for _ in range(runs))


# --- the parts

_MARKER: Final = re.compile("|".join(shape for _, shape in MARKERS))


def floor(text: str) -> int:
    """The least that any reader does: split into lines, match one compiled pattern on each."""
    match = _MARKER.match
    return sum(match(line) is not None for line in text.splitlines())


def speed() -> Iterator[Row]:
    """Time of a report, over the floor, and without the help of any cache."""
    for name, text in reports().items():
        parse(text)
        parsed = best(lambda text=text: parse(text)) * SIZE / len(text)  # type: ignore[misc]
        twenty = partial(_floors, text, 20)
        least = best(twenty) / 20 * SIZE / len(text)
        note = (
            f"{len(text)} characters, {text.count(chr(10))} lines, floor {least:.3f} ms"
        )
        yield Row(name, parsed, most=MS_MOST, note=note)
        yield Row("  over the floor", parsed / least, "{:.1f} x", FLOORS_MOST)
    texts = list(made_stream(300))
    taken = [once(lambda text=text: parse(text)) for text in texts]  # type: ignore[misc]
    mean = sum(taken) * SIZE / sum(map(len, texts))
    yield Row(
        "stream, each text once: mean", mean, most=MS_MOST, note="300 different reports"
    )
    slow = sorted(ms * SIZE / len(text) for ms, text in zip(taken, texts, strict=True))[
        -15
    ]
    yield Row("stream, each text once: slowest 5 %", slow, note="or longer")


def stages() -> Iterator[Row]:
    """What each stage takes of one report with a table. The stages are those of `govdisclose._pipeline.parse`."""
    text = reports()["national-2014, pipe_rows"]
    whole = best(lambda: parse(text))
    runs = [dict(_staged(text)) for _ in range(30)]
    least = {name: min(run[name] for run in runs) for name in runs[0]}
    for name, ms in least.items():
        yield Row(name, ms, note=f"{ms / whole:6.1%} of parse")
    inside = sum(ms for name, ms in least.items() if name != "to_dict")
    yield Row(
        "parse, all stages",
        whole,
        note=f"{inside / whole:.1%} of it in the stages above, without to_dict",
    )


def _staged(string: str) -> Iterator[tuple[str, float]]:
    """The stages in order, each with its milliseconds."""
    last = process_time()

    def lap(name: str) -> tuple[str, float]:
        nonlocal last
        before, last = last, process_time()
        return name, (last - before) * 1000

    text, _ = repair(Source(string))
    yield lap("repair")
    lines = cut_lines(text.shadow)
    yield lap("cut")
    lines = shape_lines(text.shadow, lines)
    yield lap("shape")
    (tables, lines), _ = read_tables(text, lines)
    yield lap("tables")
    text, lines = join_lines(text, lines)
    yield lap("join")
    (metadata, lines), _ = read_metadata(text, lines)
    yield lap("metadata")
    outline, _ = read_outline(text, lines)
    yield lap("outline")
    read_prose(text, lines, tables)
    yield lap("prose")
    tell_kind(text, lines, metadata, outline.sections, tables)
    list(wholeness(text, lines, outline.sections, tables))
    contradictions(text, metadata)
    yield lap("kind")
    report = parse(string)
    lap("")
    linked(report)
    yield lap("links")
    report.to_dict()
    yield lap("to_dict")


def checks() -> Iterator[Row]:
    """What checking a report takes, as a share of parsing it."""
    texts = {**reports()}
    for form in ("national-2019", "national-2021", "shanghai-2008"):
        texts[f"{form}, pipe_rows"] = made(random.Random(4), form)
    for name, text in texts.items():
        report = parse(text)
        check(report)
        checked, parsed = best(lambda: check(report)), best(lambda: parse(text))  # noqa: B023  # called at once
        yield Row(
            name,
            checked / parsed,
            "{:.2f} x",
            CHECK_MOST,
            f"{checked:.2f} ms of {parsed:.2f} ms",
        )


def script() -> Iterator[Row]:
    """The same reports in traditional and in simplified script."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for name in ("prose", "national-2014, pipe_rows", "bundled example"):
        simplified = reports()[name]
        traditional: str = convert(simplified)
        parse(traditional)
        before, after = (
            best(lambda: parse(simplified)),  # noqa: B023
            best(lambda: parse(traditional)),  # noqa: B023
        )  # called at once
        note = f"{before:.2f} ms, {after:.2f} ms"
        yield Row(
            f"traditional, {name}", after / before, "{:.2f} x", TRADITIONAL_MOST, note
        )


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
                    lambda: f"{rng.choice(_HEADINGS)}概述{rng.random()}\n",
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
            f"{rng.choice(_HEADINGS)}概述{rng.random()}\n" for _ in range(n)
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


def _fresh(code: str) -> str:
    """What a fresh interpreter prints for `code`. It may keep its bytecode, as that of an installed package is kept."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONDONTWRITEBYTECODE"
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env=env,
    ).stdout


def imports() -> Iterator[Row]:
    """The import against that of the libraries, each in fresh processes, without the start of the interpreter."""

    def seconds(names: str) -> float:
        return float(
            _fresh(
                f"from time import process_time as t\na = t()\nimport {names}\nprint(t() - a)"
            )
        )

    ours, theirs = [], []
    for _ in range(7):
        ours.append(seconds("govdisclose"))
        theirs.append(seconds("lark, attrs, regex"))
    note = f"{min(ours) * 1000:.0f} ms, {min(theirs) * 1000:.0f} ms"
    yield Row(
        "import, over lark, attrs and regex",
        min(ours) / min(theirs),
        "{:.2f} x",
        IMPORT_MOST,
        note,
    )


STREAM: Final = 2000


def _peak() -> float:
    """The most memory that this process has had so far, in MB of a million bytes.

    On Linux `ru_maxrss` of a new process begins with the peak of the one that started it, so the kernel's own mark is
    read there.
    """
    status = Path("/proc/self/status")
    if status.exists() and (
        mark := re.search(r"VmHWM:\s*(\d+) kB", status.read_text("ascii", "replace"))
    ):
        return int(mark[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def run_stream(count: int) -> None:
    """Parse `count` different reports, and print the peak of memory before, at half and at the end."""
    print(_peak())
    for done, text in enumerate(made_stream(count), 1):
        parse(text).to_dict()
        if done in (count // 2, count):
            print(_peak())


def memory() -> Iterator[Row]:
    """Peak memory of one process that parses a stream of reports."""
    here = str(Path(__file__).resolve().parent)
    code = f"import sys\nsys.path.insert(0, {here!r})\nimport bench\nbench.run_stream({STREAM})"
    start, half, end = map(float, _fresh(code).split())
    note = f"{STREAM} reports; {start:.0f} MB before, {half:.0f} MB at half"
    yield Row("peak memory", end, "{:.0f} MB", MEMORY_MOST, note)
    yield Row("peak memory, end over half", end / half, "{:.2f} x", FLAT_MOST)


Part = Literal["speed", "stages", "checks", "script", "growth", "import", "memory"]

PARTS: Final[Mapping[Part, tuple[str, Callable[[], Iterable[Row]]]]] = {
    "speed": (f"parse, for {SIZE} characters", speed),
    "stages": ("stages of one report", stages),
    "checks": ("check, as a share of parse", checks),
    "script": ("traditional against simplified", script),
    "growth": ("growth: ten times the text", growth),
    "import": ("import", imports),
    "memory": ("memory", memory),
}


def main() -> int:
    """Print the parts that are asked for; 1 if `--strict` and a budget is exceeded."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"of {', '.join(PARTS)}; all by default",
    )
    options.add_argument(
        "--strict", action="store_true", help="exit with 1 if a budget is exceeded"
    )
    given = options.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        options.error(f"no such part: {', '.join(sorted(unknown))}")
    over = 0
    for part, (title, rows) in PARTS.items():
        if given.parts and part not in given.parts:
            continue
        print(f"\n{title}\n{'-' * 72}")
        for row in rows():
            over += row.over
            print(row, flush=True)
    print(f"\n{over} over budget" if over else "\nwithin every budget")
    return 1 if over and given.strict else 0


if __name__ == "__main__":
    sys.exit(main())
