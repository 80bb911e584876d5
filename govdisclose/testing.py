"""Made-up reports for tests: filled forms, printed in every layout, with the figures that a reader should find.

For authors of other extractors as much as for this package's own tests. Nothing here needs hypothesis; `tests` and
other users wrap these functions in strategies. All functions are pure: the same random generator state, the same text.

    >>> import random
    >>> filled = fill("fujian-2018", random.Random(1))
    >>> text = render(filled, "pipe_rows")
    >>> len(text.splitlines()), sorted(LAYOUTS)[:3]
    (16, ['aligned', 'bar_alone', 'bar_closed'])
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple
from unicodedata import east_asian_width

from attrs import frozen

from govdisclose.form import FormTable, Row, catalogue

Key = tuple[str, str, str]
"""Where a figure belongs: table, row, column."""


@frozen
class Filled:
    """A form with figures in it. A figure of None is a cell left blank; `year` is the year reported on."""

    form: str
    year: int
    figures: Mapping[Key, int | None]


class GridCell(NamedTuple):
    """A printed cell and, if it is a figure, where it belongs."""

    text: str
    key: Key | None = None


Grid = list[list[GridCell]]


def fill(form: str, rng: random.Random, blanks: float = 0.2) -> Filled:
    """A form filled at random: figures of one to six digits, many noughts, and some cells left blank.

    Rows that are headings by design are blank or marked as the form does, and now and then filled in all the same, as
    real ones are.
    """
    figures: dict[Key, int | None] = {}
    for table in catalogue().forms[form].tables:
        for row in table.rows:
            for column in table.columns:
                chance = 0.7 if row.group else blanks
                figures[table.id, row.key, column.key] = None if rng.random() < chance else _figure(rng)
    return Filled(form, rng.randint(2008, 2025), MappingProxyType(figures))


def _figure(rng: random.Random) -> int:
    return 0 if rng.random() < 0.4 else rng.randrange(10 ** rng.randint(1, 6))


def grid(filled: Filled, table: FormTable) -> Grid:
    """The cells of a table as the form prints them, row by row, header first."""
    has_units = table.unit_header is not None
    header = [GridCell(table.stub_header or "")]
    if has_units:
        header.append(GridCell(table.unit_header or ""))
    header += [GridCell(f"{filled.year}年度" if column.label_regex else column.label) for column in table.columns]
    return [header, *(_grid_row(filled, table, row, has_units) for row in table.rows)]


def _grid_row(filled: Filled, table: FormTable, row: Row, has_units: bool) -> list[GridCell]:
    cells = [GridCell(row.enumerator + row.label)]
    if has_units:
        cells.append(GridCell(row.unit or ("——" if row.group else "")))
    for column in table.columns:
        key = (table.id, row.key, column.key)
        figure = filled.figures[key]
        cells.append(GridCell("" if figure is None else str(figure), key))
    return cells


def width(text: str) -> int:
    """Columns that `text` takes on a terminal: two for wide characters."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _bar_closed(rows: Grid) -> str:
    return "".join(f"{cell.text} |\n" if cell.text else "|\n" for row in rows for cell in row)


def _bar_alone(rows: Grid) -> str:
    return "".join(f"{cell.text}\n|\n" if cell.text else "|\n" for row in rows for cell in row)


def _paragraphs(rows: Grid) -> str:
    return "".join(f"{cell.text}\N{NO-BREAK SPACE}\n\n" for row in rows for cell in row)


def _glued(rows: Grid) -> str:
    return "".join("    " + "".join(cell.text for cell in row) + "\n" for row in rows)


def _pipe_rows(rows: Grid) -> str:
    return "".join(" | ".join(cell.text for cell in row) + " |\n" for row in rows)


def _markdown(rows: Grid) -> str:
    lines = ["| " + " | ".join(cell.text for cell in row) + " |\n" for row in rows]
    return "".join([lines[0], "|" + "---|" * len(rows[0]) + "\n", *lines[1:]])


def _tabs(rows: Grid) -> str:
    return "".join("\t".join(cell.text for cell in row) + "\n" for row in rows)


def _aligned(rows: Grid) -> str:
    widths = [max(width(row[i].text) for row in rows) for i in range(len(rows[0]))]
    return "".join(
        "  ".join(_padded(c.text, w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


def _padded(text: str, size: int) -> str:
    return text + " " * (size - width(text))


def _bare(rows: Grid) -> str:
    return "".join(f"{cell.text}\n" for row in rows for cell in row if cell.text)


LAYOUTS: Final[Mapping[str, Callable[[Grid], str]]] = MappingProxyType(
    {
        "bar_closed": _bar_closed,
        "bar_alone": _bar_alone,
        "paragraphs": _paragraphs,
        "glued": _glued,
        "pipe_rows": _pipe_rows,
        "markdown": _markdown,
        "tabs": _tabs,
        "aligned": _aligned,
        "bare": _bare,
    }
)
"""How a grid is printed. In `glued`, `aligned` and `bare` a blank cell leaves no trace."""

LOSSY: Final = frozenset(("glued", "aligned", "bare"))
"""Layouts in which a figure cannot always be told from its neighbours: a reader may abstain there, but not err."""


def render(filled: Filled, layout: str) -> str:
    """The tables of a filled form as text, in one of `LAYOUTS`."""
    return "\n".join(LAYOUTS[layout](grid(filled, table)) for table in catalogue().forms[filled.form].tables)


_ISSUERS: Final = ("云溪市青石区水利局", "北川县民政局", "临江市人民政府办公室", "东平镇人民政府", "南屏省教育厅")
_TITLES: Final = (
    "概述", "总体情况", "主动公开政府信息情况", "政府信息依申请公开办理情况", "公开渠道建设情况",
    "存在的主要问题及改进措施", "其他需要报告的事项", "加强领导,落实责任", "回应社会关切情况",
)  # fmt: skip
_SENTENCES: Final = (
    "我单位认真落实各项公开要求,工作有序开展。", "全年共主动公开信息{n}条。", "召开新闻发布会{n}次,在线访谈{n}次。",
    "网站访问量{n}余人次,同比增长{n}%。", "根据《某省政府信息公开规定》(某政发〔2018〕{n}号)要求,完善了制度。",
)  # fmt: skip
_CHINESE: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


@frozen
class MadeReport:
    """A report made up: its text and what it says. `outline` is (level, number, title) in order."""

    text: str
    issuer: str
    year: int
    outline: Sequence[tuple[int, int, str]]
    filled: Filled | None


def make_report(rng: random.Random, form: str | None = None, layout: str = "pipe_rows") -> MadeReport:
    """A whole report: title, period, contact, sections on two levels, a table at the end if `form` is given."""
    issuer, year = rng.choice(_ISSUERS), rng.randint(2008, 2025)
    lines = [
        f"{issuer}{year}年政府信息公开工作年度报告",
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    ]
    outline: list[tuple[int, int, str]] = []
    titles = rng.sample(_TITLES, rng.randint(2, 6))
    for number, title in enumerate(titles, 1):
        outline.append((1, number, title))
        lines.append(f"{_CHINESE[number - 1]}、{title}")
        for below in range(1, rng.choice((0, 0, 2, 3)) + 1):
            sub = rng.choice(("强化组织", "规范流程", "拓宽渠道"))
            outline.append((2, below, sub))
            lines.append(f"({_CHINESE[below - 1]}){sub}。{_sentence(rng)}")
        lines.append(_sentence(rng))
    filled = fill(form, rng) if form else None
    if filled:
        lines += ["附表", render(filled, layout)]
    return MadeReport("\n".join(lines) + "\n", issuer, year, tuple(outline), filled)


def _sentence(rng: random.Random) -> str:
    return rng.choice(_SENTENCES).replace("{n}", str(rng.randint(1, 900)))
