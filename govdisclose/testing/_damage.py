"""What happens to reports on their way: kinds of damage, each of which says what a
reader can still find.

A damage that works on the draft changes cells and blocks, and with them the account: a
figure whose cell is gone is expected to be absent, and one that can no longer be told
from its neighbours is put under `unclear`. A damage that works on the text leaves every
figure and every word readable."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import evolve, frozen

from govdisclose.form import catalogue
from govdisclose.testing._fill import Key, fill
from govdisclose.testing._grid import Grid, GridCell, grid
from govdisclose.testing._layout import FUSED, ONE_LINE, SHUFFLED
from govdisclose.testing._report import Block, Draft, shows_figure
from govdisclose.testing._setting import (
    in_a_letter,
    mirrored,
    page_breaks,
    with_announced_parts,
    with_items,
)

OnDraft = Callable[[Draft, random.Random], Draft]
OnText = Callable[[str, random.Random], str]


def _draft_as_it_is(draft: Draft, _: random.Random) -> Draft:
    return draft


def _text_as_it_is(text: str, _: random.Random) -> str:
    return text


@frozen
class Damage:
    """One kind of damage: to the draft, which keeps the account of what can be found,
    or to the text, or to both."""

    name: str
    meaning: str
    on_draft: OnDraft = _draft_as_it_is
    on_text: OnText = _text_as_it_is


# --- tools


def _cells(change: Callable[[GridCell, random.Random], GridCell]) -> OnDraft:
    """A damage that treats every cell by itself."""

    def on_draft(draft: Draft, rng: random.Random) -> Draft:
        return draft.with_rows(
            lambda _, rows: [[change(cell, rng) for cell in row] for row in rows]
        )

    return on_draft


def _values(text: Callable[[str, random.Random], str]) -> OnDraft:
    return _cells(
        lambda cell, rng: cell._replace(text=text(cell.text, rng)) if cell.key else cell
    )


def _labels(
    text: Callable[[str, random.Random], str], roles: Sequence[str] = ("label", "outer")
) -> OnDraft:
    """Every label in its own way; the places that a label covers show the same."""

    def on_draft(draft: Draft, rng: random.Random) -> Draft:
        return draft.with_rows(
            lambda _, rows: _relabelled(rows, lambda old: text(old, rng), roles)
        )

    return on_draft


def _relabelled(rows: Grid, text: Callable[[str], str], roles: Sequence[str]) -> Grid:
    known: dict[str, str] = {}
    out: Grid = []
    for row in rows:
        new = []
        for cell in row:
            if cell.role in roles:
                known[cell.text] = text(cell.text)
            new.append(
                cell._replace(text=known.get(cell.text, cell.text))
                if cell.role in roles or cell.covered
                else cell
            )
        out.append(new)
    return out


def _some(
    share: float, text: Callable[[str, random.Random], str]
) -> Callable[[str, random.Random], str]:
    return lambda old, rng: text(old, rng) if rng.random() < share else old


def _body(rows: Grid) -> list[int]:
    """The indexes of the rows that hold figures."""
    return [i for i, row in enumerate(rows) if any(cell.key for cell in row)]


def _keys(row: Iterable[GridCell]) -> frozenset[Key]:
    return frozenset(cell.key for cell in row if cell.key is not None)


def _rewritten(*rules: tuple[str, str]) -> Callable[[str, random.Random], str]:
    """A text changed by those patterns, one after the other."""
    compiled = [(re.compile(pattern), new) for pattern, new in rules]

    def text(old: str, _: random.Random) -> str:
        for pattern, new in compiled:
            old = pattern.sub(new, old)
        return old

    return text


def _swept(table: Mapping[str, str]) -> OnText:
    characters = str.maketrans(dict(table))
    return lambda text, _: text.translate(characters)


def _by_line(change: Callable[[str, random.Random], str]) -> OnText:
    return lambda text, rng: "".join(
        change(line, rng) for line in text.splitlines(keepends=True)
    )


def _both(*parts: OnDraft) -> OnDraft:
    def on_draft(draft: Draft, rng: random.Random) -> Draft:
        for part in parts:
            draft = part(draft, rng)
        return draft

    return on_draft


# --- figures


def _noughts(mark: str) -> OnDraft:
    return _values(lambda text, _: mark if text == "0" else text)


def _one_row_blank(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        body = _body(rows)
        if not body:  # another damage cut the table off below its head
            return rows
        at = rng.choice(body)
        row = [cell._replace(text="") if cell.key else cell for cell in rows[at]]
        return [*rows[:at], row, *rows[at + 1 :]]

    return draft.with_rows(change)


def _thousands(comma: str) -> OnDraft:
    return _values(
        lambda text, _: (
            f"{int(text):,}".replace(",", comma) if text.isdecimal() else text
        )
    )


def _unit_in_cell(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        out: Grid = []
        for row in rows:
            unit = (
                next(
                    (
                        cell.text
                        for cell in row
                        if cell.role == "unit" and cell.text != "——"
                    ),
                    "件",
                )
                or "件"
            )
            shown = rng.random() < 0.5
            out.append(
                [
                    cell._replace(text=cell.text + unit)
                    if shown and cell.key and cell.text.isdecimal()
                    else cell
                    for cell in row
                ]
            )
        return out

    return draft.with_rows(change)


def _units_gone(draft: Draft, rng: random.Random) -> Draft:
    if rng.random() < 0.5:
        return _cells(
            lambda cell, _: cell._replace(text="") if cell.role == "unit" else cell
        )(draft, rng)

    def without(_: Block, rows: Grid) -> Grid:
        columns = {
            i for row in rows for i, cell in enumerate(row) if cell.role == "unit"
        }
        return [
            [cell for i, cell in enumerate(row) if i not in columns] for row in rows
        ]

    return draft.with_rows(without)


def _value_cut(draft: Draft, rng: random.Random) -> Draft:
    """A figure that runs over two lines: the row is as good as lost, but must not be misread."""
    unclear: set[Key] = set()

    def change(_: Block, rows: Grid) -> Grid:
        out: Grid = []
        for row in rows:
            long = [i for i, cell in enumerate(row) if cell.key and len(cell.text) > 2]
            if long and rng.random() < 0.1:
                at = rng.choice(long)
                cut = rng.randint(1, len(row[at].text) - 1)
                text = f"{row[at].text[:cut]}{_break(draft)}{row[at].text[cut:]}"
                unclear.update(_keys(row))
                out.append([*row[:at], row[at]._replace(text=text), *row[at + 1 :]])
            else:
                out.append(row)
        return out

    changed = draft.with_rows(change)
    return evolve(changed, unclear=changed.unclear | unclear)


def _break(draft: Draft) -> str:
    """How a line break inside a cell looks in that layout."""
    if draft.layout in ONE_LINE:
        return " "
    if draft.layout == "markdown":
        return "<br>"
    return (
        "" if draft.layout.startswith("pdf") else "\n"
    )  # PDF has labels on several lines anyway


# --- labels


_STRAY_CHARACTERS: Final = "的人中大会民之有重水"


def _typo(count: int) -> OnDraft:
    def text(old: str, rng: random.Random) -> str:
        places = [i for i, c in enumerate(old) if "一" < c <= "龥" and i > 2]
        if len(places) < 3 * count or rng.random() < 0.8:
            return old
        for at in rng.sample(places, count):
            old = old[:at] + rng.choice(_STRAY_CHARACTERS) + old[at + 1 :]
        return old

    return _labels(text)


def _cut(roles: Sequence[str]) -> OnDraft:
    def on_draft(draft: Draft, rng: random.Random) -> Draft:
        def text(old: str, rng: random.Random) -> str:
            if len(old) < 5 or rng.random() < 0.7:
                return old
            at = rng.randint(3, len(old) - 2)
            return f"{old[:at]}{_break(draft)}{old[at:]}"

        return _labels(text, roles)(draft, rng)

    return on_draft


def _lost_letter(old: str, rng: random.Random) -> str:
    """A label without one of its characters: 2.其他法律行政规禁止公开."""
    places = [i for i, c in enumerate(old) if "一" < c <= "龥" and i > 2]
    if len(places) < 4 or rng.random() < 0.8:
        return old
    at = rng.choice(places)
    return old[:at] + old[at + 1 :]


def _head_lost(old: str, _: random.Random) -> str:
    """The first line of a header cell, where the second is lost: 本年新 for 本年新制作数量."""
    return (
        old[: (len(old) + 1) // 2] if len(old) > 4 and not old[0].isdecimal() else old
    )


def _spaced(old: str, _: random.Random) -> str:
    return " ".join(old)


# --- rows and columns


def _with_stray(pool: Sequence[str]) -> OnDraft:
    """A line between two rows that is no row."""

    def on_draft(draft: Draft, rng: random.Random) -> Draft:
        def change(_: Block, rows: Grid) -> Grid:
            body = _body(rows)
            if len(body) < 2:
                return rows
            at = rng.choice(body[1:])
            text = rng.choice(pool).replace("{n}", str(rng.randint(1, 900)))
            return [*rows[:at], [GridCell(text, None, "stray")], *rows[at:]]

        return draft.with_rows(change)

    return on_draft


def _bare_page_number(draft: Draft, rng: random.Random) -> Draft:
    """A page number without dashes between two rows: nobody can tell it from a figure
    of the rows beside it.

    Only where pages are, and only after a row that lacks no figure: otherwise it would
    be the very figure that lacks."""
    if draft.layout not in ("pdf_columns", "pdf_plain", "bare"):
        return draft
    unclear: set[Key] = set()

    def change(_: Block, rows: Grid) -> Grid:
        body = _body(rows)
        full = [
            i
            for i in body[1:]
            if all(shows_figure(c.text) for c in rows[i - 1] if c.key)
            and _keys(rows[i - 1])
        ]
        if not full:
            return rows
        at = rng.choice(full)
        unclear.update(_keys(rows[at - 1]) | _keys(rows[at]))
        return [
            *rows[:at],
            [GridCell(str(rng.randint(1, 12)), None, "stray")],
            *rows[at:],
        ]

    changed = draft.with_rows(change)
    return evolve(changed, unclear=changed.unclear | unclear)


def _extra_row(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        body = [
            i
            for i in _body(rows)
            if any(c.role == "label" for c in rows[i]) and rows[i][0].role != "outer"
        ]
        if len(body) < 2:
            return rows
        at = rng.choice(body[1:])
        if any(cell.role == "outer" for cell in rows[at]):
            return rows
        name = rng.choice(
            ("街道代办便民服务事项数", "集中答复会商数量", "窗口线下受理数量")
        )
        row = [
            cell._replace(text=name)
            if cell.role in ("label", "over")
            else cell._replace(text=str(rng.randint(0, 99)), key=None)
            if cell.key
            else cell._replace(text="")
            if cell.role == "code"
            else cell
            for cell in rows[at]
        ]
        return [*rows[:at], row, *rows[at:]]

    return draft.with_rows(change)


def _extra_column(draft: Draft, rng: random.Random) -> Draft:
    if draft.layout in FUSED:
        return draft  # a figure more in a run of digits is beyond anyone
    name = rng.choice(("其中本级", "法人小计", "上年数", "部门合计"))

    def change(block: Block, rows: Grid) -> Grid:
        body = _body(rows)
        if not body or block.table == "remedies":
            return rows
        first = True
        out: Grid = []
        for i, row in enumerate(rows):
            if i in body:
                cell = GridCell(str(rng.randint(0, 99)))
            elif row and all(c.role in ("caption", "over") for c in row):
                cell = row[-1]._replace(role="over")
            else:
                cell = GridCell(name, None, "header" if first else "under")
                first = False
            out.append([*row, cell])
        return out

    return draft.with_rows(change)


def _counted(draft: Draft, _: random.Random) -> Draft:
    """A column that counts the rows stands before the labels: 1, 2, 3."""
    if draft.layout in FUSED or draft.layout in SHUFFLED:
        return draft  # a figure more in a run of digits is beyond anyone

    def change(_: Block, rows: Grid) -> Grid:
        body = [i for i in _body(rows) if any(c.role == "label" for c in rows[i])]
        if len(body) < 4 or any(c.role == "code" for row in rows for c in row):
            return rows
        out: Grid = []
        for i, row in enumerate(rows):
            if i in body:
                first = GridCell(str(body.index(i) + 1), None, "code")
            elif row and row[0].role == "caption":
                first = row[0]
            else:
                first = GridCell("序号" if i == body[0] - 1 else "", None, "header")
            rest = [row[0]._replace(role="over"), *row[1:]] if first is row[0] else row
            out.append([first, *rest])
        return out

    return draft.with_rows(change)


def _tables_missing(draft: Draft, _: random.Random) -> Draft:
    """Only the headings: the tables were images. No figure can be found, which is not
    the same as noughts."""
    return evolve(
        draft, blocks=tuple(block for block in draft.blocks if block.rows is None)
    )


def _row_missing(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        body = _body(rows)
        if len(body) < 2:
            return rows
        at = rng.choice(body)
        gone, rest = rows[at], [list(row) for row in rows[at + 1 :]]
        for i, cell in enumerate(gone):
            if cell.role == "outer" and rest and rest[0][i].role == "under":
                rest[0][i] = rest[0][i]._replace(role="outer")
        return [*rows[:at], *rest]

    return draft.with_rows(change)


def _rows_swapped(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        shapes = [tuple(cell.role for cell in row) for row in rows]
        pairs = [
            i
            for i in _body(rows)
            if i + 1 < len(rows)
            and shapes[i] == shapes[i + 1]
            and "outer" not in shapes[i]
            and "label" in shapes[i]
        ]
        if not pairs:
            return rows
        at = rng.choice(pairs)
        return [*rows[:at], rows[at + 1], rows[at], *rows[at + 2 :]]

    return draft.with_rows(change)


def _headers_repeated(draft: Draft, rng: random.Random) -> Draft:
    def change(_: Block, rows: Grid) -> Grid:
        body = _body(rows)
        if len(body) < 4:
            return rows
        header = [
            row for row in rows[: body[0]] if any(cell.role == "header" for cell in row)
        ]
        places = [
            i for i in body[1:] if not any(cell.role == "under" for cell in rows[i])
        ]
        at = rng.choice(places or body[-1:])
        return [*rows[:at], *header, *rows[at:]]

    return draft.with_rows(change)


def _without_rows(role: str) -> OnDraft:
    def on_draft(draft: Draft, _: random.Random) -> Draft:
        if role == "header" and draft.layout in FUSED:
            return draft  # only the header says that the figure of a row and the number of the next are two
        changed = draft.with_rows(
            lambda _, rows: [
                row
                for row in rows
                if not row or (row[0].role != role and not _in_header(row, role))
            ]
        )
        if role == "caption":
            kept = tuple(b for b in changed.blocks if b.kind != "line")
            return evolve(changed, blocks=kept)
        across = [
            rows
            for _, _, rows in changed.tables()
            if not any(c.role == "label" for row in rows for c in row)
        ]
        return evolve(
            changed,
            unclear=changed.unclear
            | {key for rows in across for row in rows for key in _keys(row)},
        )

    return on_draft


def _in_header(row: Sequence[GridCell], role: str) -> bool:
    return (
        role == "header"
        and not _keys(row)
        and not any(c.role in ("label", "caption", "stray") for c in row)
    )


def _truncated(draft: Draft, rng: random.Random) -> Draft:
    """The text ends in the middle of a table, or before it, with half a label."""
    tables = list(draft.tables())
    if not tables:
        return draft
    at, block, rows = rng.choice(tables)
    body = [i for i in _body(rows) if any(c.role == "label" for c in rows[i])]
    if not body:
        return evolve(draft, blocks=draft.blocks[:at])
    cut = rng.choice(body)
    label = next(c for c in rows[cut] if c.role == "label")
    half = GridCell(label.text[: max(1, len(label.text) // 2)], None, "label")
    last = [half, *[half._replace(role="over")] * (len(rows[cut]) - 1)]
    return evolve(
        draft, blocks=(*draft.blocks[:at], evolve(block, rows=[*rows[:cut], last]))
    )


def _other_year_after(draft: Draft, rng: random.Random) -> Draft:
    if draft.filled is None:
        return draft
    other = evolve(fill(draft.filled.form, rng, blanks=0), year=draft.filled.year - 1)
    forms = {table.id: table for table in catalogue().forms[other.form].tables}
    tables = [
        evolve(
            block,
            rows=[
                [c._replace(key=None) for c in row]
                for row in grid(other, forms[block.table])
            ],
        )
        for _, block, _ in draft.tables()
        if block.table is not None
    ]
    return evolve(
        draft,
        blocks=(
            *draft.blocks,
            Block("line", f"附:{other.year}年度政府信息公开情况统计表"),
            *tables,
        ),
    )


def _other_year_beside(draft: Draft, rng: random.Random) -> Draft:
    """The figures of last year in columns of their own: whose they are, only the header
    might tell."""
    if draft.filled is None or draft.layout in FUSED:
        return draft
    year = draft.filled.year
    unclear: set[Key] = set()

    def change(_: Block, rows: Grid) -> Grid:
        body = _body(rows)
        if not body:
            return rows
        size = max(len(_keys(rows[i])) for i in body)
        out: Grid = []
        for i, row in enumerate(rows):
            if i in body:
                unclear.update(_keys(row))
                out.append(
                    [*row, *[GridCell(str(rng.randint(0, 999))) for _ in range(size)]]
                )
            else:
                out.append([*row, *row[-size:]])
        years = [GridCell("", None, "header")] * (len(rows[0]) - size)
        for shown in (year, year - 1):
            years += [
                GridCell(f"{shown}年", None, "header"),
                *[GridCell(f"{shown}年", None, "over")] * (size - 1),
            ]
        return [years, *out]

    changed = draft.with_rows(change)
    return evolve(changed, unclear=changed.unclear | unclear)


def _partly_blank_unclear(draft: Draft, _: random.Random) -> Draft:
    """Where the marks of blank cells go, a row that has some blank is not to be told."""
    lost = {
        key
        for _, _, rows in draft.tables()
        for row in rows
        if len(_keys(row)) > 1
        and any(cell.key and not shows_figure(cell.text) for cell in row)
        for key in _keys(row)
    }
    return evolve(draft, unclear=draft.unclear | lost)


def _all_unclear(draft: Draft, _: random.Random) -> Draft:
    return evolve(
        draft,
        unclear=draft.unclear
        | {key for _, _, rows in draft.tables() for row in rows for key in _keys(row)},
    )


# --- blocks


_REWORDED: Final = MappingProxyType(
    {
        "概述": "基本情况",
        "总体情况": "政府信息公开工作总体情况",
        "主动公开政府信息情况": "政府信息主动公开情况",
        "收到和处理政府信息公开申请情况": "政府信息公开申请办理情况",
        "政府信息公开行政复议、行政诉讼情况": "因政府信息公开被申请复议和提起诉讼情况",
        "政府信息依申请公开办理情况": "依申请公开工作情况",
        "公开渠道建设情况": "公开平台和渠道建设",
        "存在的主要问题及改进措施": "主要问题和下一步打算",
        "存在的主要问题及改进情况": "问题不足及改进方向",
        "其他需要报告的事项": "需要说明的其他事项",
    }
)


def _headings_reworded(draft: Draft, _: random.Random) -> Draft:
    return evolve(draft, blocks=tuple(_reworded(block) for block in draft.blocks))


def _reworded(block: Block) -> Block:
    if block.outline is None or block.outline[2] not in _REWORDED:
        return block
    level, number, title = block.outline
    new = _REWORDED[title]
    return evolve(
        block, text=block.text.replace(title, new, 1), outline=(level, number, new)
    )


def _mojibake(draft: Draft, rng: random.Random) -> Draft:
    """Question marks before headings, in prose and in a few labels."""

    def block(b: Block) -> Block:
        if b.kind == "heading" and rng.random() < 0.4:
            return evolve(b, text="?" * rng.randint(2, 6) + b.text)
        if (
            b.kind == "prose"
            and "(地址" not in b.text
            and "统计期限" not in b.text
            and len(b.text) > 8
        ):
            at = rng.randint(2, 6)
            return evolve(b, text=b.text[:at] + "??" + b.text[at + 1 :])
        return b

    def label(old: str, rng: random.Random) -> str:
        if len(old) < 8 or rng.random() < 0.85:
            return old
        at = rng.randint(5, len(old) - 2)
        return f"{old[:at]}?{old[at + 1 :]}"

    changed = _labels(label)(draft, rng)
    return evolve(changed, blocks=tuple(map(block, changed.blocks)))


def _title_missing(draft: Draft, _: random.Random) -> Draft:
    return evolve(
        draft,
        blocks=tuple(b for b in draft.blocks if b.kind != "title"),
        metadata=MappingProxyType({**draft.metadata, "title": None, "issuer": None}),
    )


def _in_a_notice(draft: Draft, rng: random.Random) -> Draft:
    issuer, year = draft.metadata["issuer"], draft.metadata["year"]
    before = (
        Block("page", "各股室、下属各单位:"),
        Block(
            "page",
            f"现将《{issuer}{year}年政府信息公开工作年度报告》印发给你们,请遵照执行。",
        ),
        Block("page", f"附件:{issuer}{year}年政府信息公开工作年度报告"),
        Block("page", f"{rng.randint(1, 28)}号文附件"),
    )
    return evolve(draft, blocks=(*before[: rng.randint(2, 3)], *draft.blocks))


_BEFORE: Final = (
    "当前位置:首页 > 政府信息公开 > 政府信息公开年报",
    "字号:大 中 小 打印 关闭",
    "来源:办公室 浏览次数:128",
    "分享到:",
    "登录 注册",
    "视力保护色:",
)
_AFTER: Final = (
    "打印本页 关闭窗口",
    "扫一扫在手机打开当前页",
    "附件下载",
    "上一篇:没有了",
    "网站地图 联系我们",
)


def _furniture(draft: Draft, rng: random.Random) -> Draft:
    before = [Block("page", text) for text in rng.sample(_BEFORE, 3)]
    after = [Block("page", text) for text in rng.sample(_AFTER, 3)]
    return evolve(draft, blocks=(*before, *draft.blocks, *after))


# --- texts


def _inserted_lines(pool: Sequence[str], every: int) -> OnText:
    def on_text(text: str, rng: random.Random) -> str:
        lines = text.splitlines(keepends=True)
        out: list[str] = []
        due = rng.randint(5, every)
        for i, line in enumerate(lines):
            out.append(line)
            if i == due and i + 1 < len(lines):
                out.append(
                    rng.choice(pool).replace("{n}", str(rng.randint(2, 20))) + "\n"
                )
                due += rng.randint(every // 2, every)
        return "".join(out)

    return on_text


def _deduplicated(text: str, _: random.Random) -> str:
    """Lines that were seen before are gone, as some extractors do against menus."""
    return "".join(dict.fromkeys(text.splitlines(keepends=True)))


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("s2t").convert
    return convert


def _traditional(text: str, _: random.Random) -> str:
    return _converter()(text)


_READ: Final = (
    "開kāi 務wù 報bào 業yè 農nóng 數shù 據jù 條tiáo 電diàn 話huà 編biān 郵yóu 網wǎng 門mén 關guān 請qǐng 實shí 發fā 總zǒng "
    "結jié 處chù 體tǐ 機jī 構gòu 財cái 車chē 產chǎn 會huì 議yì 訴sù 訟sòng 復fù 維wéi 與yǔ 縣xiàn 鎮zhèn 統tǒng 計jì 標biāo "
    "單dān 項xiàng 績jì 類lèi 調diào 組zǔ 織zhī 個gè 無wú 應yīng"
)
_READINGS: Final = MappingProxyType({pair[0]: pair[1:] for pair in _READ.split()})


def _glossed(text: str, rng: random.Random) -> str:
    """Converted characters carry their reading in parentheses: 農(nóng)業(yè)."""
    return "".join(
        f"{c}({_READINGS[c]})" if c in _READINGS and rng.random() < 0.8 else c
        for c in _converter()(text)
    )


_TAIWAN: Final = (
    ("门户网站", "入口网站"),
    ("信息", "资讯"),
    ("文件", "档案"),
    ("程序", "程式"),
    ("群众", "民众"),
)


def _taiwan(text: str) -> str:
    for old, new in _TAIWAN:
        text = text.replace(old, new)
    return text


def _taiwan_words(draft: Draft, rng: random.Random) -> Draft:
    """Other words stand in headings and titles too; readers keep them."""
    blocks = tuple(
        evolve(
            b,
            text=_taiwan(b.text),
            outline=b.outline and (b.outline[0], b.outline[1], _taiwan(b.outline[2])),
        )
        for b in draft.blocks
    )
    metadata = {
        k: _taiwan(v) if isinstance(v, str) else v for k, v in draft.metadata.items()
    }
    changed = evolve(draft, blocks=blocks, metadata=MappingProxyType(metadata))
    return _cells(lambda cell, _: cell._replace(text=_taiwan(cell.text)))(changed, rng)


def _lost_characters(text: str, rng: random.Random) -> str:
    """Single characters between digits are gone, of dates and document numbers."""
    lost = rng.choice(
        ("年月", "年", "日", "〕")
    )  # not 月 and 日 at once: 2018年11起 may be of January or of November

    def date(m: re.Match[str]) -> str:
        return "".join(c for c in m[0] if c not in lost)

    return re.sub(r"\d{4}年\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号", date, text)


def _no_newline(text: str, _: random.Random) -> str:
    return ("" if "|" in text or "\N{NO-BREAK SPACE}" in text else " ").join(
        text.splitlines()
    )


def _zero_width(text: str, rng: random.Random) -> str:
    marks = ("\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}")
    return "".join(c + rng.choice(marks) if rng.random() < 0.02 else c for c in text)


def _filler_bars(text: str, rng: random.Random) -> str:
    return _inserted_lines(("|" * 40, "|" * 7, "| | | | | |"), 30)(text, rng)


def _margins(line: str, rng: random.Random) -> str:
    blanks = ("", "", "  ", "\N{IDEOGRAPHIC SPACE}\N{IDEOGRAPHIC SPACE}", "    ")
    body = line.rstrip("\n")
    return rng.choice(blanks) + body + rng.choice(("", " ", "   ")) + line[len(body) :]


def _hard_wrapped(line: str, _: random.Random) -> str:
    if (
        "|" in line
        or "\t" in line
        or "  " in line.strip()
        or len(line) <= 38
        or re.search(r"\d \d", line)
    ):
        return line
    return "\n".join(line[i : i + 38] for i in range(0, len(line), 38))


_FULL_DIGITS: Final = {str(i): chr(0xFF10 + i) for i in range(10)}
_FULL_MARKS: Final = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"}
_NOTES: Final = (
    "（含下级单位）",
    "（不同渠道和方式公开相同信息计1条）",
    "(单位按法人计，共3类)",
    "（见说明2）",
)


def _noted(old: str, rng: random.Random) -> str:
    return (
        old + rng.choice(_NOTES)
        if rng.random() < 0.25 and "（" not in old and "(" not in old[4:]
        else old
    )


def _list() -> Iterator[Damage]:
    yield Damage("zeros_blank", "every 0 is a blank cell", _noughts(""))
    yield Damage("zeros_slash", "every 0 is a slash", _noughts("/"))
    yield Damage("zeros_dash", "every 0 is a dash", _noughts("——"))
    yield Damage("zeros_none", "every 0 is 无", _noughts("无"))
    yield Damage(
        "zeros_nbsp", "every 0 is a no-break space", _noughts("\N{NO-BREAK SPACE}")
    )
    yield Damage(
        "cells_blank",
        "a tenth of the cells are blank",
        _values(_some(0.1, lambda *_: "")),
    )
    yield Damage("row_blank", "a row of each table is blank", _one_row_blank)
    yield Damage("thousands_separators", "1,234", _thousands(","))
    yield Damage("thousands_full_width", "1，234", _thousands("，"))
    yield Damage("unit_in_cell", "the unit stands behind the figure", _unit_in_cell)
    yield Damage("units_gone", "no units, or no column of units", _units_gone)
    yield Damage("value_cut", "a figure over two lines", _value_cut)
    yield Damage("full_width_digits", "１２３", on_text=_swept(_FULL_DIGITS))
    yield Damage(
        "sentence_in_table",
        "a sentence with a figure between rows",
        _with_stray(
            (
                "全年共受理投诉{n}件，均已按期办结。",
                "注:以上数据为全系统{n}家单位汇总数。",
            )
        ),
    )
    yield Damage(
        "note_after_row",
        "a note with a figure below a row",
        _with_stray(
            ("(其中{n}件为上年结转)", "备注:含下属单位{n}家", "（说明：本项含{n}件）")
        ),
    )
    yield Damage(
        "furniture_inside",
        "page furniture between rows",
        _with_stray(("打印本页 关闭窗口", "上一页 下一页", "扫一扫在手机打开当前页")),
    )
    yield Damage(
        "bare_page_number",
        "a page number without dashes between rows",
        _bare_page_number,
    )
    yield Damage(
        "page_numbers",
        "page numbers between lines",
        on_text=_inserted_lines(
            ("- {n} -", "— {n} —", "第{n}页", "第 {n} 页 共 30 页"), 24
        ),
    )
    yield Damage("extra_row", "a local indicator", _extra_row)
    yield Damage("extra_column", "a local column", _extra_column)
    yield Damage("count_column", "a column of counts before the labels", _counted)
    yield Damage("tables_missing", "the tables were images", _tables_missing)
    yield Damage("row_missing", "a row of each table is gone", _row_missing)
    yield Damage("rows_swapped", "two rows change places", _rows_swapped)
    yield Damage(
        "headers_repeated", "the header again in the middle", _headers_repeated
    )
    yield Damage("header_lost", "no header lines", _without_rows("header"))
    yield Damage("caption_lost", "no captions", _without_rows("caption"))
    yield Damage("header_cut", "header cells on two lines", _cut(("header",)))
    yield Damage(
        "header_half_lost",
        "header cells without their second line",
        _labels(_head_lost, ("header",)),
    )
    yield Damage("label_cut", "labels on two lines", _cut(("label",)))
    yield Damage(
        "label_character_lost",
        "some labels without one character",
        _labels(_lost_letter),
    )
    yield Damage("label_typo", "a wrong character in some labels", _typo(1))
    yield Damage("label_two_typos", "two wrong characters in some labels", _typo(2))
    yield Damage(
        "label_notes",
        "notes behind labels, some with figures",
        _labels(_noted, ("label",)),
    )
    yield Damage(
        "label_blanks",
        "blanks between the characters of labels",
        _labels(_spaced, ("label", "outer", "header")),
    )
    yield Damage(
        "enumerators_lost",
        "labels without their numbers",
        _labels(
            _rewritten(
                (
                    r"^(其中:)?(?:[一二三四五六七八九]、|\([一二三四五六七八九十\d]+\)|\d+\.)",
                    r"\1",
                )
            )
        ),
    )
    yield Damage(
        "enumerators_full_width",
        "（一） and １．",
        _labels(
            _rewritten(
                (r"^(其中:)?\((.{1,2})\)", r"\1（\2）"), (r"^(其中:)?(\d)\.", r"\1\2．")
            )
        ),
    )
    yield Damage(
        "enumerators_changed",
        "1、 for 1. and (一)、 for (一)",
        _labels(
            _rewritten(
                (r"^(其中:)?\((.{1,2})\)", r"\1(\2)、"),
                (r"^(其中:)?(\d+)\.", r"\1\2、"),
            )
        ),
    )
    yield Damage(
        "among_them_lost", "labels without 其中", _labels(_rewritten((r"^其中:", "")))
    )
    yield Damage("headings_reworded", "headings in other words", _headings_reworded)
    yield Damage("title_missing", "no title", _title_missing)
    yield Damage("in_a_notice", "the report is the annex of a notice", _in_a_notice)
    yield Damage(
        "in_a_letter", "a letter with numbered paragraphs sends the report", in_a_letter
    )
    yield Damage("items", "一是 and 二是 for (一) and (二)", with_items)
    yield Damage(
        "parts_announced", "the report says how many parts it has", with_announced_parts
    )
    yield Damage("mirrored", "a copy on another site, with its domain", mirrored)
    yield Damage(
        "page_breaks",
        "prose wrapped as in a PDF, with page numbers and running heads in it",
        on_text=page_breaks,
    )
    yield Damage("furniture_around", "page furniture before and after", _furniture)
    yield Damage("truncated", "the text ends in a table", _truncated)
    yield Damage(
        "other_year_after", "the tables of another year follow", _other_year_after
    )
    yield Damage(
        "other_year_beside",
        "the columns of another year stand beside",
        _other_year_beside,
    )
    yield Damage("deduplicated", "repeated lines are gone", _all_unclear, _deduplicated)
    yield Damage("mojibake", "question marks for lost characters", _mojibake)
    yield Damage(
        "lost_characters",
        "single characters of dates and symbols are gone",
        on_text=_lost_characters,
    )
    yield Damage("traditional", "traditional script", on_text=_traditional)
    yield Damage(
        "traditional_glossed", "traditional script with readings", on_text=_glossed
    )
    yield Damage(
        "taiwan_words",
        "traditional script in the words of Taiwan",
        _taiwan_words,
        _traditional,
    )
    yield Damage("full_width_marks", "（），：；", on_text=_swept(_FULL_MARKS))
    yield Damage(
        "straight_quotes",
        "straight quotation marks",
        on_text=_swept({"“": '"', "”": '"'}),
    )
    yield Damage(
        "crlf",
        "line ends of Windows",
        on_text=lambda text, _: text.replace("\n", "\r\n"),
    )
    yield Damage("no_newline", "no line ends", on_text=_no_newline)
    yield Damage(
        "blank_lines",
        "a blank line after every line",
        on_text=lambda text, _: text.replace("\n", "\n\n"),
    )
    yield Damage("margins", "blanks before and after lines", on_text=_by_line(_margins))
    yield Damage(
        "hard_wrapped", "prose cut at 38 characters", on_text=_by_line(_hard_wrapped)
    )
    yield Damage("tabs_for_spaces", "tabs", on_text=_swept({" ": "\t"}))
    yield Damage(
        "nbsp_for_spaces",
        "no-break spaces",
        on_text=_swept({" ": "\N{NO-BREAK SPACE}"}),
    )
    yield Damage(
        "wide_spaces",
        "ideographic spaces",
        on_text=_swept({" ": "\N{IDEOGRAPHIC SPACE}"}),
    )
    yield Damage("zero_width", "characters without width", on_text=_zero_width)
    yield Damage(
        "entities",
        "HTML entities",
        on_text=_swept(
            {" ": "&nbsp;", "“": "&ldquo;", "”": "&rdquo;", "<": "&lt;", ">": "&gt;"}
        ),
    )
    yield Damage(
        "bars_lost",
        "no bar at the end of a line",
        _partly_blank_unclear,
        _by_line(lambda line, _: re.sub(r" ?\|(?=\n?$)", "", line)),
    )
    yield Damage("filler_bars", "lines of nothing but bars", on_text=_filler_bars)


DAMAGES: Final[Mapping[str, Damage]] = MappingProxyType(
    {damage.name: damage for damage in _list()}
)
"""The kinds of damage, by name."""
