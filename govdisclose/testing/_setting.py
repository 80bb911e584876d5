"""What stands around a report and inside its prose: letters, page breaks, items,
altered copies; and look-alikes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve

from govdisclose.report import Kind
from govdisclose.testing._layout import ONE_LINE, width
from govdisclose.testing._report import NUMERALS, Block, Draft, MadeReport


def in_a_letter(draft: Draft, rng: random.Random) -> Draft:
    """A letter with a number and numbered paragraphs sends the report; its number is
    that of the whole document."""
    if draft.layout in ONE_LINE or not any(b.kind == "title" for b in draft.blocks):
        return draft
    issuer, year = draft.metadata["issuer"], draft.metadata["year"]
    number = f"云办函〔{int(str(year)) + 1}〕{rng.randint(1, 90)}号"
    letter = [
        Block("page", f"{issuer}关于报送{year}年政府信息公开工作年度报告的函"),
        Block("page", number),
        Block("page", "市政府办公室:"),
        Block("page", "一、我单位已按要求完成编制工作。"),
        Block("page", "二、现随函报送,请予审核。"),
        Block("page", f"{int(str(year)) + 1}年1月{rng.randint(10, 28)}日"),
    ]
    metadata = MappingProxyType({**draft.metadata, "document_number": number})
    return evolve(draft, blocks=(*letter, *draft.blocks), metadata=metadata)


def with_items(draft: Draft, _: random.Random) -> Draft:
    """The parts (一) (二) of a part begin with 一是 二是 instead, on lines of their own."""
    if draft.layout in ONE_LINE:
        return draft
    runs: dict[int, int] = {}  # where each level 2 stands: the index of its level 1
    first = -1
    for i, block in enumerate(draft.blocks):
        if block.outline and block.outline[0] == 1:
            first = i
        elif block.outline and block.outline[0] == 2:
            runs[i] = first
    several = {first for first in runs.values() if list(runs.values()).count(first) > 1}
    blocks = list(draft.blocks)
    for i, first in runs.items():
        outline = blocks[i].outline
        if first in several and outline and outline[1]:
            text = blocks[i].text.replace(
                f"({NUMERALS[outline[1] - 1]})", f"{NUMERALS[outline[1] - 1]}是", 1
            )
            blocks[i] = evolve(blocks[i], text=text)
    return evolve(draft, blocks=tuple(blocks))


def with_announced_parts(draft: Draft, rng: random.Random) -> Draft:
    """The report says before its first part of how many parts it is made."""
    titles = [b.outline[2] for b in draft.blocks if b.outline and b.outline[0] == 1]
    if not 1 < len(titles) <= len(NUMERALS):
        return draft
    count = NUMERALS[len(titles) - 1] if rng.random() < 0.7 else str(len(titles))
    sentence = f"本报告由{'、'.join(titles)}等{count}个部分组成。"
    at = next(i for i, b in enumerate(draft.blocks) if b.outline)
    return evolve(
        draft, blocks=(*draft.blocks[:at], Block("prose", sentence), *draft.blocks[at:])
    )


def mirrored(draft: Draft, _: random.Random) -> Draft:
    """A copy on another site, whose domain stands where the government's stood. What is
    said stays what is said."""
    site = "www.example.com"
    at = next((i for i, b in enumerate(draft.blocks) if b.outline), len(draft.blocks))
    sentence = f"本报告的电子版可在“市人民政府门户网站”({site})下载。"
    metadata = MappingProxyType({**draft.metadata, "contact.website": site})
    return evolve(
        draft,
        blocks=(*draft.blocks[:at], Block("prose", sentence), *draft.blocks[at:]),
        metadata=metadata,
    )


_COLUMNS: Final = (60, 72, 80)
_CELLS: Final = re.compile(r"[|\t]|\S {2,}\S|\d \d|^\s")


def page_breaks(text: str, rng: random.Random) -> str:
    """Prose wrapped as in a PDF, with a page number and a running head inside some paragraphs."""
    lines = text.splitlines()
    if len(lines) < 4:
        return text
    columns, page = rng.choice(_COLUMNS), 1
    out: list[str] = []
    for line in lines:
        if width(line) <= columns or _CELLS.search(line):
            out.append(line)
            continue
        pieces = _wrapped(line, columns)
        for i, piece in enumerate(pieces):
            out.append(piece)
            if i + 1 < len(pieces) and rng.random() < 0.4:
                out += [f"- {page} -", "某某市2018年政务公开年报"]
                page += 1
    return "".join(f"{line}\n" for line in out)


def _wrapped(text: str, columns: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for c in text:
        if used + width(c) > columns:
            pieces.append(piece)
            piece, used = "", 0
        piece += c
        used += width(c)
    return [*pieces, piece]


# --- look-alikes

_PLACES: Final = ("云溪市水利局", "北川县民政局", "东平镇人民政府")


def _interpretation(rng: random.Random, issuer: str, year: int) -> str:
    title = rng.choice(
        (
            f"《{issuer}{year}年政府信息公开工作年度报告》解读",
            f"一图读懂:{issuer}{year}年政府信息公开工作年度报告",
        )
    )
    return f"{title}\n一、编制背景\n按照条例要求编制。\n二、主要内容\n全年主动公开政府信息{rng.randint(1, 900)}条。\n"


def _blank_form(rng: random.Random, _: str, year: int) -> str:
    title = rng.choice(
        ("政府信息公开工作年度报告格式", "****年政府信息公开工作年度报告")
    )
    return f"{title}\n一、总体情况\n****年,****局认真落实条例。\n二、主动公开政府信息情况\n三、其他需要报告的事项\n"


def _statistics_list(rng: random.Random, issuer: str, year: int) -> str:
    part = rng.choice(("第一季度", "第三季度", "上半年", "6月份"))
    return f"{issuer}{year}年{part}政府信息公开情况统计\n主动公开政府信息{rng.randint(1, 90)}条\n收到申请{rng.randint(0, 9)}件\n"


def _notice(rng: random.Random, issuer: str, year: int) -> str:
    return (
        f"{issuer}关于做好{year}年政府信息公开工作年度报告编制工作的通知\n各科室:\n"
        f"请于{year + 1}年1月{rng.randint(5, 28)}日前报送。\n"
    )


def _other(rng: random.Random, issuer: str, year: int) -> str:
    return f"{issuer}于{year}年召开安全生产会议{rng.randint(1, 9)}次。\n会议要求抓好落实。\n"


LOOK_ALIKES: Final[Mapping[Kind, Callable[[random.Random, str, int], str]]] = (
    MappingProxyType(
        {
            "interpretation": _interpretation,
            "blank-form": _blank_form,
            "statistics-list": _statistics_list,
            "notice": _notice,
            "other": _other,
        }
    )
)
"""Texts that look like reports and are none, by kind."""


def make_look_alike(rng: random.Random, kind: Kind) -> MadeReport:
    """A text that looks like a report and is of that kind; one of `LOOK_ALIKES`. Raises
    KeyError for any other."""
    issuer, year = rng.choice(_PLACES), rng.randint(2008, 2024)
    return MadeReport(
        LOOK_ALIKES[kind](rng, issuer, year), issuer, year, (), None, layout="text"
    )
