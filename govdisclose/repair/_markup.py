"""Tables that are written down in some markup: HTML in the text, commas, rules of dashes.

Each becomes rows of cells with a bar behind each, the one way that the reader of tables
knows, so that there is no second reader. The markup says where a cell ends; what a cell
holds is left as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from govdisclose.text import Doubt, Edit

_BAR: Final = "|"

# --- HTML

_TABLE: Final = re.compile(
    r"(?:<(?:html|body|div)>\s{0,8}){0,3}<table\b", re.IGNORECASE
)
_TABLE_END: Final = re.compile(
    r"</table\s{0,8}>(?:\s{0,8}</(?:html|body|div)>){0,3}", re.IGNORECASE
)
_TABLE_MOST: Final = 200_000  # characters of a table
_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z]{1,10})(?P<rest>(?:[\s/][^<>]{0,400})?)>|\s*\n\s*|\|"
)
_PLAIN_TAGS: Final = frozenset(
    [
        "html",
        "body",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "col",
        "tr",
        "td",
        "th",
        "p",
        "div",
        "span",
        "b",
        "strong",
        "font",
        "center",
        "br",
    ]
)
_CELL_TAGS: Final = frozenset(("td", "th"))
_INK: Final = re.compile(
    r"none|hidden|through|white|#fff|opacity|size:\s{0,4}0", re.IGNORECASE
)


def html_tables(string: str) -> Iterator[Edit | Doubt]:
    r"""Set tables of HTML that stand in plain or Markdown text in rows of bars.

    Refused: tags that say that a person sees less, or something else, than is written
    (struck out, hidden, raised). They stay, and make the cell unreadable.

    >>> [edit.new for edit in html_tables("<table><tr><td>规章</td><td>1</td></tr></table>")]
    ['\n', ' |', ' |\n']
    """
    if "<" not in string:
        return  # a fiftieth of the time of the search, and most texts end here
    end = 0
    while (opened := _TABLE.search(string, end)) is not None:
        closed = _TABLE_END.search(string, opened.end(), opened.end() + _TABLE_MOST)
        if closed is None:
            return
        end = closed.end()
        yield from _joined(string, _html_edits(string, opened.start(), end))


def _html_edits(string: str, start: int, end: int) -> Iterator[Edit]:
    for m in _TAG.finditer(string, start, end):
        name = (m["name"] or "").lower()
        if m.group() == _BAR:
            yield Edit(m.start(), m.end(), "/")
        elif not name:
            yield Edit(m.start(), m.end(), "")
        elif name in _CELL_TAGS and m["end"]:
            yield Edit(m.start(), m.end(), " |")
        elif name == "tr" or name == "table":
            yield Edit(
                m.start(), m.end(), "\n" if m["end"] == "" or name == "table" else ""
            )
        elif name in _PLAIN_TAGS and not _INK.search(m["rest"]):
            yield Edit(m.start(), m.end(), "")


def _joined(string: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits, those made one that touch each other; two figures that nothing parts
    any more get a blank."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and last.end == edit.start:
            new = last.new + edit.new
            last = Edit(
                last.start,
                edit.end,
                "\n"
                if new.strip() == "" and "\n" in new
                else new.replace("\n\n", "\n"),
            )
            continue
        if last is not None:
            yield _apart(string, last)
        last = edit
    if last is not None:
        yield _apart(string, last)


def _apart(string: str, edit: Edit) -> Edit:
    before, after = (
        string[max(0, edit.start - 1) : edit.start],
        string[edit.end : edit.end + 1],
    )
    if (
        edit.new == ""
        and before.isalnum()
        and after.isalnum()
        and (before.isdigit() or after.isdigit())
    ):
        return Edit(edit.start, edit.end, " ")
    return edit


# --- Markdown

_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED_LEAST: Final = 2
_BOLD: Final = re.compile(
    r"(?<=\|)[ \t]{0,40}(\*\*|__)(?=[^\s*_])[^|*_\n]{1,120}(\1)(?=[ \t]{0,40}(?:\||$))",
    re.MULTILINE,
)
_BREAK: Final = re.compile(r"[ \t]?<br\s?/?>[ \t]?", re.IGNORECASE)


def markdown_marks(string: str) -> Iterator[Edit | Doubt]:
    r"""Take off what Markdown puts into cells: escapes, bold type, breaks of lines.

    An escaped bar is no bar.

    >>> [edit.new for edit in markdown_marks(r"1\.属于 | **12** | 本年<br>制发 | 1\.5 |")]
    ['', '', '', '', '']
    """
    edits = [
        Edit(m.start(i), m.end(i), "") for m in _BOLD.finditer(string) for i in (1, 2)
    ]
    escapes = list(_ESCAPED.finditer(string)) if "\\" in string else []
    if len(escapes) >= _ESCAPED_LEAST:
        edits += [
            Edit(m.start(), m.start() + 1, "")
            if m[1] != _BAR
            else Edit(m.start(), m.end(), "/")
            for m in escapes
        ]
    if "<" in string:
        edits += [
            _apart(string, Edit(m.start(), m.end(), ""))
            for m in _BREAK.finditer(string)
            if _in_row(string, m.start())
        ]
    yield from sorted(edits)


_ROW_MOST: Final = 400  # characters of a line of a table, on one side of a cell


def _in_row(string: str, at: int) -> bool:
    """Whether a bar stands on the line of a place."""
    begin = string.rfind("\n", max(0, at - _ROW_MOST), at) + 1
    end = string.find("\n", at, at + _ROW_MOST)
    return (
        string.find(
            _BAR, begin or max(0, at - _ROW_MOST), end if end >= 0 else at + _ROW_MOST
        )
        >= 0
    )


# --- commas

_FIELD: Final = r'(?:"(?:[^"]|""){0,200}+"|[^,"\n]{0,200}+)'
_COMMA_ROW: Final = re.compile(
    rf"^{_FIELD}(?:,{_FIELD}){{1,40}}+[ \t\r]{{0,8}}$", re.MULTILINE
)
_NOTE: Final = re.compile("（[^（）\n]{0,80}）")
_COMMA_CELL: Final = re.compile(_FIELD)
_HINT: Final = re.compile(
    r',"?-?[\d.,]{0,20}"?\r?$|^"?\d{1,20}"?,(?=[^\d\s])', re.MULTILINE
)
_FIGURE: Final = re.compile(r'"?-?\d[\d,]*(?:\.\d+)?"?|"?"?')
_FIGURED_LEAST: Final = 2  # rows with a label and figures
_BARE_LEAST: Final = 5  # figures of a row that has no label


def comma_rows(string: str) -> Iterator[Edit | Doubt]:
    r"""Set rows of comma-separated values in bars.

    Rows with figures must follow each other. Refused: commas in figures (收到申请数 1,356),
    which stand behind digits.

    >>> rows = '规章,1,0\n行政规范性文件,12,"1,146"\n'
    >>> [edit.new for edit in comma_rows(rows)]
    [' | ', ' | ', ' |', ' | ', ' | ', '', '', ' |']
    """
    if _HINT.search(string) is None:
        return
    rows = [m for m in _COMMA_ROW.finditer(string) if _is_comma_row(m.group())]
    for block in _blocks(string, rows):
        cells = [_COMMA_CELL.findall(m.group().rstrip()) for m in block]
        figured = sum([_is_figured(row) for row in cells])
        if figured >= _FIGURED_LEAST or (
            figured and len(block) > figured and len(cells[-1]) >= _BARE_LEAST
        ):
            for m in block:
                yield from _comma_edits(m)


def _is_comma_row(row: str) -> bool:
    if (
        _BAR in row
        or "。" in row
        or ("，" in _NOTE.sub("", row) and not _ends_with_figure(row))
    ):
        return False
    first = row.partition(",")[0].strip('" ')
    return not first[-1:].isdigit() or _is_bare(row) or _begins_with_count(row)


def _begins_with_count(row: str) -> bool:
    """Whether a figure is the first cell, and words the second: 1,收到申请数,条,5."""
    first, second, *rest = row.split(",")
    return bool(rest) and first.strip('" ').isdecimal() and not second[:1].isdecimal()


def _ends_with_figure(row: str) -> bool:
    return _FIGURE.fullmatch(row.rpartition(",")[2].strip()) is not None


def _is_bare(row: str) -> bool:
    """Whether a row is of figures alone."""
    cells = row.split(",")
    return len(cells) >= _BARE_LEAST and all(
        _FIGURE.fullmatch(cell.strip()) for cell in cells
    )


def _is_figured(cells: Sequence[str]) -> bool:
    behind = [cell.strip() for cell in cells[1:]]
    if len(cells) > _FIGURED_LEAST and cells[0].strip('" ').isdecimal():
        return True
    return (
        any(cell.strip('"') for cell in behind)
        and _FIGURE.fullmatch(behind[-1]) is not None
    )


def _blocks(
    string: str, rows: Sequence[re.Match[str]]
) -> Iterator[list[re.Match[str]]]:
    """Rows that follow each other."""
    block: list[re.Match[str]] = []
    for m in rows:
        if block and string[block[-1].end() : m.start()].strip():
            yield block
            block = []
        block.append(m)
    if block:
        yield block


def _comma_edits(row: re.Match[str]) -> Iterator[Edit]:
    quoted = False
    for i, c in enumerate(row.group().rstrip(), row.start()):
        if c == '"':
            quoted = not quoted
            yield Edit(i, i + 1, "")
        elif c == "," and not quoted:
            yield Edit(i, i + 1, " | ")
        elif c == "\n":
            yield _apart(row.string, Edit(i, i + 1, ""))
    end = row.start() + len(row.group().rstrip())
    yield Edit(end, end, " |")


# --- rules of dashes

_BARS: Final = "|│┃║"
_RULE: Final = re.compile(
    r"[ \t]{0,8}[+┌┏╔├┣╠╟└┗╚╞┠][-=:+─━═┄┈│┃║┬┳╦┼╋╬┴┻╩┤┫╣╢┐┓╗┘┛╝╤╧╪╫╡┨┯┷┿╂]{2,2000}[ \t\r]{0,8}$"
)
_LINE: Final = re.compile(r"[^\n]+")
_RULES_LEAST: Final = 2
_BETWEEN_LEAST: Final = 4  # rules of a table that has one between any two rows


def ruled_rows(string: str) -> Iterator[Edit | Doubt]:
    """Take the rules off tables that are drawn with characters, and make rows of the
    lines between them.

    Where rules part all rows, the lines between two are one row, whose cells run over
    them: the words go to the line that has the figures. Bars of boxes become plain
    ones."""
    if (
        "+-" not in string
        and "+=" not in string
        and not any(bar in string for bar in _BARS[1:])
    ):
        return
    lines = [m.span() for m in _LINE.finditer(string)]
    for ruled, spans in groupby(lines, lambda span: _is_ruled(string, *span)):
        block = list(spans)
        rules = (
            [i for i, span in enumerate(block) if _is_rule(string, *span)]
            if ruled
            else []
        )
        if len(rules) >= _RULES_LEAST:
            yield from _ruled_edits(string, block, rules)


def _is_ruled(string: str, start: int, end: int) -> bool:
    begin = (
        start
        + len(string[start : start + 8])
        - len(string[start : start + 8].lstrip(" \t"))
    )
    return string[begin : begin + 1] in tuple(_BARS) or _is_rule(string, start, end)


def _is_rule(string: str, start: int, end: int) -> bool:
    return _RULE.fullmatch(string, start, end) is not None


def _ruled_edits(
    string: str, block: Sequence[tuple[int, int]], rules: Sequence[int]
) -> Iterator[Edit]:
    between = len(rules) >= _BETWEEN_LEAST
    done = 0
    for rule in [*rules, len(block)]:
        rows = block[done:rule]
        cells = [_cells(string, *row) for row in rows]
        if between and len(rows) > 1 and len({len(row) for row in cells}) == 1:
            yield from _one_row(string, rows, cells)
        else:
            for row in rows:
                yield from _plain_bars(string, *row)
        if rule < len(block):
            yield _whole_line(string, *block[rule])
        done = rule + 1


def _cells(string: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line, between its bars."""
    bars = [i for i in range(start, end) if string[i] in _BARS]
    return [_stripped(string, a + 1, b) for a, b in pairwise(bars)]


def _stripped(string: str, start: int, end: int) -> tuple[int, int]:
    text = string[start:end]
    begin = start + len(text) - len(text.lstrip())
    return (begin, begin + len(text.strip())) if text.strip() else (start, start)


def _one_row(
    string: str,
    rows: Sequence[tuple[int, int]],
    cells: Sequence[Sequence[tuple[int, int]]],
) -> Iterator[Edit]:
    """The lines of a row made one: that with the most figures, which takes in the words
    of the others."""
    figures = [sum([string[a:b].isdigit() for a, b in row]) for row in cells]
    base = figures.index(max(figures))
    for row in rows[:base]:
        yield _whole_line(string, *row)
    edits = list(_plain_bars(string, *rows[base]))
    for i, (start, end) in enumerate(cells[base]):
        above = [string[slice(*row[i])] for row in cells[:base]]
        below = [string[slice(*row[i])] for row in cells[base + 1 :]]
        edits += _taken_in(string, start, end, _glued(above), _glued(below))
    yield from sorted(edits)
    for row in rows[base + 1 :]:
        yield _whole_line(string, *row)


def _taken_in(
    string: str, start: int, end: int, above: str, below: str
) -> Iterator[Edit]:
    if start == end:
        if above + below:
            yield Edit(start, start, _glued([above, below]))
        return
    if above:
        yield Edit(start, start, _glued([above, string[start:end]])[: -(end - start)])
    if below:
        yield Edit(end, end, _glued([string[start:end], below])[end - start :])


def _glued(parts: Iterable[str]) -> str:
    """Parts of a cell in one; two figures stay apart."""
    out = ""
    for part in parts:
        out += " " + part if out[-1:].isdigit() and part[:1].isdigit() else part
    return out


def _plain_bars(string: str, start: int, end: int) -> Iterator[Edit]:
    return (Edit(i, i + 1, _BAR) for i in range(start, end) if string[i] in _BARS[1:])


def _whole_line(string: str, start: int, end: int) -> Edit:
    """The edit that takes a line away."""
    if start and string[start - 1] == "\n":
        return Edit(start - 1, end, "")
    return Edit(start, min(end + 1, len(string)), "")
