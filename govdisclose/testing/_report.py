"""Whole reports: a draft of blocks, and the text made of it together with what a reader
should find."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from attrs import evolve, field, frozen

from govdisclose.form import FormTable, catalogue
from govdisclose.report import Figure
from govdisclose.testing._fill import Filled, Key, fill
from govdisclose.testing._grid import Grid, grid
from govdisclose.testing._layout import (
    FUSED,
    LOSSY,
    ONE_LINE,
    SHUFFLED,
    Spans,
    print_grid,
    usual_spans,
    width,
)
from govdisclose.testing._told import Run, run_of, shows_noughts, untold

Outline = tuple[int, int | None, str]
"""A heading: level, number, title."""

MARKS: Final = frozenset(("/", "——", "--", "-", "无", "\N{NO-BREAK SPACE}"))
"""What stands in a cell for no figure."""


@frozen
class Block:
    """A part of a report: a line of text, a heading, a paragraph, or a table."""

    kind: Literal["title", "line", "heading", "prose", "table", "page"]
    text: str = ""
    outline: Outline | None = None
    rows: Grid | None = None
    table: str | None = None


@frozen
class Draft:
    """A report before it is printed: its blocks, and what a reader should find.

    Figures that should be found are those whose cells stand in the grids. `unclear` are
    those that nobody can tell from the text: a reader may abstain there, but not err.
    `metadata` has the keys of `Metadata`, nested ones with a point: `period.start`."""

    filled: Filled | None
    layout: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, object]
    spans: Spans | None = None
    unclear: frozenset[Key] = frozenset()
    apart: bool = True  # whether a blank line stands between two tables

    def tables(self) -> Iterator[tuple[int, Block, Grid]]:
        """Index, block and grid of each table."""
        for i, block in enumerate(self.blocks):
            if block.rows is not None:
                yield i, block, block.rows

    def with_rows(self, change: Callable[[Block, Grid], Grid]) -> Draft:
        """The draft with every grid replaced by what `change` makes of it."""
        return evolve(
            self,
            blocks=tuple(
                b if b.rows is None else evolve(b, rows=change(b, b.rows))
                for b in self.blocks
            ),
        )


@frozen
class MadeReport:
    """A report made up: its text and what it says.

    `outline` is (level, number, title) in order. `expected` holds every figure of the
    form: None where the text shows none. A reader may abstain on a figure in `unclear`,
    but not err. `metadata` is what the text says of the report."""

    text: str
    issuer: str
    year: int
    outline: Sequence[Outline]
    filled: Filled | None
    expected: Mapping[Key, Figure | None] = field(factory=dict)
    unclear: frozenset[Key] = frozenset()
    metadata: Mapping[str, object] = field(factory=dict)
    layout: str = "pipe_rows"


_ISSUERS: Final = (
    "云溪市青石区水利局",
    "北川县民政局",
    "临江市人民政府办公室",
    "东平镇人民政府",
    "南屏省教育厅",
)
_TITLES: Final = (
    "概述",
    "总体情况",
    "主动公开政府信息情况",
    "政府信息依申请公开办理情况",
    "公开渠道建设情况",
    "存在的主要问题及改进措施",
    "其他需要报告的事项",
    "加强领导,落实责任",
    "回应社会关切情况",
)
_SUBTITLES: Final = ("强化组织", "规范流程", "拓宽渠道")
_SENTENCES: Final = (
    "我单位认真落实各项公开要求,工作有序开展。",
    "全年共主动公开信息{total}条。",
    "召开新闻发布会{conferences}次,在线访谈{interviews}次。",
    "网站访问量{n}余人次,同比增长{n}%。",
    "根据《某省政府信息公开规定》(某政发〔2018〕{n}号)要求,完善了制度。",
)
_LONG: Final = (
    "一年来,我单位坚持以公开为常态、不公开为例外,围绕群众关心的重点事项,通过政府网站公开信息{n}条,通过微信公众号公开信息{n}条。",
    "按照统一部署,对照年度要点逐项分解任务,明确责任人和完成时限,全年组织专题培训{n}次,参加人员{n}人次。",
)
# What the sentences state, and the rows that state it as well: the report agrees with itself.
_STATED: Final = MappingProxyType(
    {
        "total": ("proactive.total", "proactive.documents"),
        "conferences": ("response.channels.press_conferences",),
        "interviews": ("response.channels.online_interviews",),
    }
)
NUMERALS: Final = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
)
_OFFICIAL: Final = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
_OFFICIAL_SUBS: Final = (
    "主动公开",
    "依申请公开",
    "政府信息管理",
    "政府信息公开平台建设",
    "监督保障",
)


def draft_report(
    rng: random.Random,
    form: str | None = None,
    layout: str = "pipe_rows",
    blanks: float = 0.2,
    on_filled: Callable[[Filled], Filled] | None = None,
) -> Draft:
    """A report before it is printed: title, period, contact, sections, and the tables
    of `form` where they belong.

    `on_filled` may change the figures before they are printed, for example by `break_relation`.
    """
    filled = fill(form, rng, blanks) if form else None
    if filled is not None and on_filled is not None:
        filled = on_filled(filled)
    issuer, year = (
        rng.choice(_ISSUERS),
        filled.year if filled else rng.randint(2008, 2025),
    )
    blocks, metadata = _opening(rng, issuer, year)
    said = _said(filled, year)
    if filled and any(table.section for table in catalogue().forms[filled.form].tables):
        blocks += _official(rng, filled, said)
    else:
        blocks += _free(rng, said)
        if filled:
            blocks.append(Block("line", "附表"))
            blocks += [
                _table(filled, table) for table in catalogue().forms[filled.form].tables
            ]
    spans = rng.choice(usual_spans(layout))
    return Draft(
        filled,
        layout,
        tuple(blocks),
        MappingProxyType(metadata),
        spans,
        apart=rng.random() < 0.5,
    )


def _opening(
    rng: random.Random, issuer: str, year: int
) -> tuple[list[Block], dict[str, object]]:
    title = f"{issuer}{year}年政府信息公开工作年度报告"
    address = f"{rng.choice(('文昌', '解放', '滨河'))}路{rng.randint(1, 300)}号"
    postcode, phone = (
        f"3230{rng.randint(10, 99)}",
        f"0578-{rng.randint(2000000, 8999999)}",
    )
    email = f"xxgk{rng.randint(1, 99)}@example.gov.cn"
    blocks = [
        Block("title", title),
        Block(
            "prose", f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        ),
        Block(
            "prose",
            f"如对本报告有疑问,请与我单位办公室联系(地址:{address};邮编:{postcode};电话:{phone};电子邮箱:{email})。",
        ),
    ]
    metadata: dict[str, object] = {
        "title": title,
        "issuer": issuer,
        "year": year,
        "period.start": f"{year}-01-01",
        "period.end": f"{year}-12-31",
        "contact.address": address,
        "contact.postcode": postcode,
        "contact.phone": phone,
        "contact.email": email,
    }
    return blocks, metadata


def heading(level: int, number: int, title: str, body: str = "") -> Block:
    """A heading of level 1 (一、) or 2 ((一), with its text run in)."""
    marker = f"{NUMERALS[number - 1]}、" if level == 1 else f"({NUMERALS[number - 1]})"
    return Block(
        "heading",
        f"{marker}{title}{'。' if body else ''}{body}",
        (level, number, title),
    )


def _free(rng: random.Random, said: Mapping[str, str]) -> list[Block]:
    out: list[Block] = []
    for number, title in enumerate(rng.sample(_TITLES, rng.randint(2, 6)), 1):
        out.append(heading(1, number, title))
        out += [
            heading(2, below, rng.choice(_SUBTITLES), sentence(rng, said))
            for below in range(1, rng.choice((0, 0, 2, 3)) + 1)
        ]
        out.append(Block("prose", sentence(rng, said)))
    return out


def _official(
    rng: random.Random, filled: Filled, said: Mapping[str, str]
) -> list[Block]:
    """The six parts of the notices of 2019 and 2021, with their tables inside."""
    tables = catalogue().forms[filled.form].tables
    out: list[Block] = []
    for number, title in enumerate(_OFFICIAL, 1):
        mine = [
            table for table in tables if table.section == f"{NUMERALS[number - 1]}、"
        ]
        out.append(heading(1, number, title))
        if mine:
            out += [_table(filled, table) for table in mine]
        elif number == 1 and rng.random() < 0.7:
            out += [
                heading(2, i, sub, sentence(rng, said, _LONG))
                for i, sub in enumerate(_OFFICIAL_SUBS, 1)
            ]
        else:
            out += [
                Block("prose", sentence(rng, said, _LONG)),
                Block("prose", sentence(rng, said)),
            ]
    return out


def _table(filled: Filled, table: FormTable) -> Block:
    return Block("table", rows=grid(filled, table), table=table.id)


def _said(filled: Filled | None, year: int) -> dict[str, str]:
    """The figures that sentences state: those of the form where it has them, else ones
    that stay the same."""
    rng = random.Random(year)
    out = {name: str(rng.randint(1, 900)) for name in _STATED}
    if filled is not None:
        for table in catalogue().forms[filled.form].tables:
            column = table.main_column or "year"
            for name, rows in _STATED.items():
                figures = [filled.figures.get((table.id, row, column)) for row in rows]
                out[name] = next(
                    (str(figure) for figure in figures if figure is not None), out[name]
                )
    return out


def sentence(
    rng: random.Random, said: Mapping[str, str], pool: Sequence[str] = _SENTENCES
) -> str:
    """A sentence of a report, some with figures; `said` has those that the tables may
    state as well."""
    template = rng.choice(pool)
    return template.format(n=rng.randint(1, 900), **said)


# --- printing

_PAGE: Final = 34  # lines of a page of PDF
_LINE: Final = 70  # columns of a line of PDF


def finish(draft: Draft, on_text: Callable[[str], str] = str) -> MadeReport:
    """The report as text, with what should be found in it."""
    filled = draft.filled
    return MadeReport(
        on_text(_printed(draft)),
        str(draft.metadata["issuer"] or ""),
        int(str(draft.metadata["year"])),
        tuple(b.outline for b in draft.blocks if b.outline is not None),
        filled,
        _expected(draft),
        draft.unclear | frozenset(_indistinct(draft)),
        draft.metadata,
        draft.layout,
    )


def _printed(draft: Draft) -> str:
    if draft.layout in ONE_LINE:
        between = "" if draft.layout == "one_line" else " "
        return between.join(
            print_grid(b.rows, draft.layout, draft.spans)
            if b.rows is not None
            else b.text
            for b in draft.blocks
        )
    out: list[str] = []
    before: Block | None = None
    pdf = draft.layout.startswith("pdf")
    for block in draft.blocks:
        if block.rows is None:
            out += [
                f"{line}\n" for line in (_wrapped(block.text) if pdf else [block.text])
            ]
        else:
            text = print_grid(block.rows, draft.layout, draft.spans)
            if (
                before is not None
                and before.rows is not None
                and (draft.apart or draft.layout == "markdown")
            ):
                out.append("\n")
            out += text.splitlines(keepends=True)
        before = block
    return "".join(_paged(out) if pdf else out)


def _wrapped(text: str) -> Iterator[str]:
    line, used = "", 0
    for c in text:
        if used + width(c) > _LINE:
            yield line
            line, used = "", 0
        line += c
        used += width(c)
    yield line


def _paged(lines: Sequence[str]) -> Iterator[str]:
    for i, line in enumerate(lines, 1):
        yield line
        if not i % _PAGE:
            yield f"- {i // _PAGE} -\n"


# --- what is to be found


def shows_figure(text: str) -> bool:
    """Whether the text of a cell is a figure, and not blank or a mark for none."""
    return bool(text.strip()) and text.strip() not in MARKS


def _expected(draft: Draft) -> dict[Key, Figure | None]:
    if draft.filled is None:
        return {}
    shown = {
        cell.key
        for _, _, rows in draft.tables()
        for row in rows
        for cell in row
        if cell.key is not None and shows_figure(cell.text)
    }
    return {
        key: figure if key in shown else None
        for key, figure in draft.filled.figures.items()
    }


def _indistinct(draft: Draft) -> Iterator[Key]:
    """The figures that the layout does not let anyone tell from their neighbours."""
    if draft.layout in FUSED:
        yield from _fused(draft)
        return
    for _, _, rows in draft.tables():
        for row in rows:
            cells = [cell for cell in row if cell.role == "value"]
            keys = [cell.key for cell in cells if cell.key is not None]
            lost = sum(not cell.text.strip() for cell in cells)
            if draft.layout in SHUFFLED or (
                draft.layout in LOSSY and 0 < lost < len(cells)
            ):
                yield from keys


def _fused(draft: Draft) -> Iterator[Key]:
    """The same where nothing stands between the figures of a row; see `_told`."""
    if draft.filled is None:
        return
    form = catalogue().forms[draft.filled.form]
    tables = {table.id: table for table in form.tables}
    values = [
        (block.table, [[c for c in row if c.role == "value"] for row in rows])
        for _, block, rows in draft.tables()
    ]
    shown = shows_noughts(
        [run for _, rows in values for row in rows if (run := run_of(row))]
    )
    for name, rows in values:
        if name is None or len(tables[name].columns) == 1:
            continue
        runs: list[Run] = []
        known: dict[str, tuple[Figure | None, ...]] = {}
        for row in rows:
            keys = [cell.key for cell in row if cell.key is not None]
            if not keys:
                continue
            if run := run_of(row):
                runs.append(run)
            elif not any(cell.text.strip() for cell in row):
                known[keys[0][1]] = (None,) * len(keys)
            else:
                yield from keys  # marks among figures
        yield from untold(tables[name], form.relations, runs, known, shown)
