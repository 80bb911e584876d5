"""Texts to measure with: real reports where there are any, the bundled one, and made-up ones of their size."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from govdisclose.examples import __name__ as examples
from govdisclose.testing import LAYOUTS, make_report

GOLD: Final = Path(__file__).resolve().parents[3] / "shared" / "gold"
SIZE: Final = 5000  # characters of a made-up report

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
HEADINGS: Final = ("一、", "(一)", "1.", "(1)", "①")


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


CLEAN: Final = (
    ("national-2014", "pipe_rows"),
    ("national-2014", "bar_closed"),
    ("national-2014", "bare"),
    ("national-2014", "aligned"),
    ("national-2019", "pipe_rows"),
    ("national-2021", "pipe_rows"),
    ("national-2021", "tabs"),
    ("shanghai-2008", "pipe_rows"),
)
FUSED: Final = (
    ("fujian-2018", "glued"),
    ("national-2014", "one_line"),
    ("national-2021", "glued"),
    ("national-2021", "one_line"),
)
IN_ROWS: Final = "national-2021, pipe_rows"


@cache
def clean() -> Mapping[str, str]:
    """Prose, and tables whose cells are told by the layout."""
    tables = {
        f"{form}, {layout}": made(random.Random(2), form, layout)
        for form, layout in CLEAN
    }
    return {"prose": made(random.Random(1)), **tables}


@cache
def fused() -> Mapping[str, str]:
    """Tables whose digits run together."""
    return {
        f"{form}, {layout}": made(random.Random(3), form, layout)
        for form, layout in FUSED
    }


@cache
def real() -> Mapping[str, str]:
    """The bundled report, and real ones where there are any."""
    bundled = resources.files(examples).joinpath("example.txt").read_text("utf-8")
    files = sorted(GOLD.glob("*.txt"))
    given = {f"real report {file.name[:3]}": file.read_text("utf-8") for file in files}
    return {"bundled example": bundled, **given}


def whole() -> dict[str, str]:
    """All of these by name."""
    return {**clean(), **fused(), **real()}
