"""Web pages: the report found among the furniture of a page, its tables cell by cell.

How it goes: `_Walk` goes once through the tree and makes a flat list of blocks (lines and tables), and of containers,
each of which is a range of blocks. `_article` finds the container that holds the report, `_kept` what else of the page
belongs to it: title, index header, attachments.

Guarantees:

1. Nothing is fetched, no entity of a document type is followed, nothing that a browser would hide is read.
2. A block that is left out stands outside the report's container and is no part of its header, or is a menu. In doubt a
   block stays: `parse` knows furniture, too.
3. In a table a cell that spans rows is written in each of them, unless it is a figure; a cell that spans columns is
   written once, because pages often err in their colspan and hardly ever in the number of cells.
4. Time and memory grow with the page, not with what it says of itself (`colspan="1000000000"`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice
from typing import Final, NamedTuple

from attrs import define
from lxml import etree

from govdisclose.errors import SourceError
from govdisclose.read.dialect import Writer
from govdisclose.read.limits import Limits
from govdisclose.read.list_number import spell
from govdisclose.read.text import decode, mojibake
from govdisclose.text import Link, Notice, Source

_DEEPEST: Final = 2000  # libxml2 stops at 2048, and says nothing
_HEAD: Final = 4096  # bytes in which a page says its encoding
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,256}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)


# Without any of these a page is text with tables in it, as converters to Markdown write it: its lines are lines.
_SHAPED: Final = re.compile(r"<(?:p|div|br|body|html|li|h[1-6]|center|section|article)\b", re.IGNORECASE)


def read_html(data: bytes, name: str | None, limits: Limits, encoding: str | None = None) -> Source:
    """A web page as a source: title, index header, text and tables of the report that is on it."""
    declared = _DECLARED.search(data[:_HEAD].replace(b"\0", b""))
    text, _, notices = decode(data, limits.size, encoding, declared[1].decode("latin-1") if declared else None)
    if text.count("<") > limits.elements:  # what a tree costs is known before it is made
        raise SourceError(f"the page has more than {limits.elements:,} tags (limit: elements)")
    walk = _Walk(limits, verbatim=not _SHAPED.search(text))
    if (root := _tree(text)) is not None:
        walk.go(root)
    blocks = list(_kept(walk))
    writer = Writer(limits)
    # Their places are those of the page, and not of the text that is read from it.
    writer.add(notice._replace(start=None, end=None) for notice in notices)
    if sum(block.weight for block in blocks) < (_LITTLE if walk.frames or walk.scripts else 1):
        writer.add([walk.empty()])
    for block in blocks:
        if block.rows is not None:
            writer.table(block.rows)
        else:
            writer.line(block.text, links=block.links)
    writer.add(mojibake(writer.text()))
    return writer.source(name)


_INVISIBLE: Final = dict.fromkeys((0, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF))
_ANY_INVISIBLE: Final = re.compile("[\0\u00ad\u200b-\u200f\u2060\ufeff]")


def _tree(text: str) -> etree._Element | None:
    """The tree of a page; None where there is nothing in it."""
    if _ANY_INVISIBLE.search(text):
        text = text.translate(_INVISIBLE)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.XMLSyntaxError:  # "Document is empty"
        return None
    if root is None:  # a document type, and nothing behind it
        return None
    last = parser.error_log.last_error
    if (
        last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT
    ):  # where libxml2 stops, and leaves the rest
        raise SourceError("its elements nest too deep (limit: depth)")
    _mark_hidden(root, text)
    for raised in root.iter("sup", "sub"):
        if raised.text and raised.text.strip().isdigit():  # a note, and no part of the figure before it
            raised.text = f"[{raised.text.strip()}]"
    if text.count("<") <= _STRIPPED_MOST:
        etree.strip_tags(root, *_INLINE)
    return root


# Not on pages of a size that none has: the time it takes grows with the square of those beside each other.
_STRIPPED_MOST: Final = 200_000
# Elements that only say how text looks. They are most of a page that Word wrote, and gone before the walk.
_INLINE: Final = [
    "span",
    "font",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "o:p",
    "small",
    "big",
    "sub",
    "sup",
    "ins",
    "label",
    "abbr",
    "nobr",
]


_HIDDEN: Final = re.compile(
    r"line-through|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all", re.IGNORECASE
)
_HIDDEN_WORDS: Final = (
    "isplay",
    "ISPLAY",
    "isibility",
    "ISIBILITY",
    "mso-hide",
    "MSO-HIDE",
    "ine-through",
    "INE-THROUGH",
)  # in capitals or not
_MAY_BE_HIDDEN: Final = "//*[@hidden or @style[{}]]".format(" or ".join(f"contains(., '{w}')" for w in _HIDDEN_WORDS))


def _mark_hidden(root: etree._Element, text: str) -> None:
    """Empty what a browser would hide."""
    if "hidden" in text or any(word in text for word in _HIDDEN_WORDS):
        for element in etree.ETXPath(_MAY_BE_HIDDEN)(root):
            if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
                element.clear(keep_tail=True)
                element.tag = "template"


# --- text -------------------------------------------------------------------------------------------------------------

_WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d"
# A line break in the source of a page, between characters of which neither needs a blank: CSS Text 3, 4.1.3.
_BREAK: Final = re.compile(f"(?<=[{_WIDE}])[ \t\r\f\N{NO-BREAK SPACE}]*\n\\s*(?=[{_WIDE}])")
_ENTITY: Final = re.compile("&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});")


def _clean(text: str) -> str:
    """Text as a browser shows it on one line; entities that were escaped twice are resolved."""
    text = text.strip()
    if "\n" in text:
        text = _BREAK.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    words = text.split()
    return text if len(words) == 1 else " ".join(words)


# --- blocks and containers --------------------------------------------------------------------------------------------

_FURNITURE: Final = re.compile(  # letters as they are: without IGNORECASE the first characters are looked for all at once
    "版权所有|ICP备|主办[:：]|承办[:：]|今天是|欢迎您?访问|欢迎您?光临|公网安备|网站标识码|技术支持|主办单位|承办单位|浏览器|分辨率|当前位置|所在位置|现在的位置|打印本页|关闭窗口|"
    "字体[:：]|字号[:：]|扫一扫|分享到|网站地图|设为首页|加入收藏|[Cc]opyright|COPYRIGHT|All [Rr]ights"
)


@define
class _Block:
    """A line, or a table (`rows`). `links` are those that lead to files, `linked` the characters in links.

    `size` is its characters, `weight` those of them that may be of a report: no links, no furniture. `signs` is whether
    it has words of furniture.
    """

    text: str
    rows: list[list[str]] | None = None
    links: tuple[Link, ...] = ()
    linked: int = 0
    heading: bool = False
    size: int = 0
    weight: int = 0
    signs: bool = False


def _block(text: str, linked: int = 0, links: tuple[Link, ...] = (), heading: bool = False) -> _Block:
    signs = not text.endswith("。") and bool(_FURNITURE.search(text[:_LONG]))
    weight = 0 if signs or linked >= _MENU_LINKS_OUTSIDE * len(text) else len(text) - linked
    return _Block(text, None, links, linked, heading, len(text), weight, signs)


def _table_block(rows: list[list[str]], linked: int) -> _Block:
    size = sum(map(len, chain.from_iterable(rows)))
    return _Block("", rows, linked=linked, size=size, weight=max(0, size - linked))


@define
class _Container:
    """An element that holds blocks: the range of those in it, the index of the container around it, or -1."""

    start: int
    end: int
    inside: int
    menu: bool
    points: bool  # an ordered or unordered list


@define
class _List:
    """A list that is open: how its points are numbered, and the number of the next."""

    style: str
    next: int


class _Cell(NamedTuple):
    """A cell of a table as the page has it."""

    text: str
    rows: int
    columns: int


# --- the walk ---------------------------------------------------------------------------------------------------------

_KINDS: Final = {
    **dict.fromkeys(
        [
            "html",
            "body",
            "div",
            "center",
            "section",
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "nav",
            "form",
            "fieldset",
            "dl",
            "tbody",
            "thead",
            "tfoot",
            "td",
            "th",
            "figure",
            "details",
            "menu",
            "frameset",
            "noframes",
        ],
        "holder",
    ),
    **dict.fromkeys(
        [
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "dt",
            "dd",
            "caption",
            "blockquote",
            "address",
            "figcaption",
            "summary",
            "legend",
        ],
        "line",
    ),
    **dict.fromkeys(
        [
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "select",
            "datalist",
            "textarea",
            "button",
            "xml",
            "map",
            "audio",
            "video",
            "canvas",
            "applet",
            "rp",
            "rt",
            "del",
            "s",
            "strike",
        ],
        "skipped",
    ),
    **dict.fromkeys(["iframe", "frame", "embed", "object"], "frame"),
    **dict.fromkeys(["ol", "ul"], "list"),
    **dict.fromkeys(["br", "hr"], "break"),
    **{tag: tag for tag in ["script", "meta", "title", "a", "table", "tr", "li", "pre"]},
}
_HEADINGS: Final = frozenset(["h1", "h2", "h3"])
_FOOTERS: Final = frozenset(["nav", "footer", "aside", "menu"])
_MENU: Final = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu\w*|foot\w*|copyright|breadcrumbs?|crumbs?|sidebar|friend\w*|b?d?share\w*|toolbar|related|"
    r"login|search\w*|banner|qrcode|ewm|xgxx|yqlj|dqwz|weizhi)(?=$|[\s_-])",
    re.IGNORECASE,
)
_TITLE: Final = re.compile(r"(?:^|[\s_-])(?:\w{0,12}title|bt|biaoti|tit)(?=$|[\s_-])", re.IGNORECASE)
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s{0,9}:\s{0,9}([a-z-]{1,40})", re.IGNORECASE)
_LIST_TYPES: Final = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_OWN_NUMBER: Final = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．:：]|[①-⑳]")
_FILE: Final = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z|ceb)(?:$|[?#\s)）])", re.IGNORECASE)
_LINES_OF_LINK: Final = 3
_SIDE_BY_SIDE: Final = 200  # characters of a row of layout whose cells are shown on one line


class _Walk:
    """Goes through a tree once, and makes blocks and containers of it."""

    def __init__(self, limits: Limits, verbatim: bool) -> None:
        self._limits = limits
        self.blocks: list[_Block] = []
        self.containers: list[_Container] = []
        self.meta: dict[str, str] = {}
        self.title = ""
        self.frames: list[str] = []
        self.scripts = 0
        self._cells = 0
        self._parts: list[str] = []  # the line that is being put together
        self._links: list[tuple[int, int, str]] = []  # links in it: first part, part after the last, target
        self._link: tuple[int, str] | None = None  # the link that is open
        self._linked = 0  # lines that it has gone through
        self._inside: list[int] = []  # the containers that are open
        self._lists: list[_List] = []
        self._marker = ""  # the number of the point that begins here
        self._headings: list[int] = []  # how deep the headings are that are open
        self._beside = 0  # open cells of rows that are shown on one line
        self._verbatim = int(verbatim)  # open <pre>, and one for a page whose lines are lines

    def go(self, root: etree._Element) -> None:
        """Blocks and containers of the tree. Raises `SourceError` where it is too deep or its tables too large."""
        allowed = min(self._limits.depth, _DEEPEST)
        open_: list[tuple[str, int]] = []  # kind, and what stood before in `_beside`
        parts = self._parts
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                kind = _KINDS.get(str(element.tag), "inline")
                beside = self._beside
                if kind == "break":
                    self._flush()
                    kind = "skipped"
                elif kind != "inline" and not self._enter(kind, element, len(open_)):
                    kind = "skipped"
                    walker.skip_subtree()
                elif text := element.text:
                    self._add(text) if self._verbatim else parts.append(text)
                open_.append((kind, beside))
                if len(open_) > allowed:
                    raise SourceError(f"its elements nest deeper than {allowed:,} (limit: depth)")
            else:
                kind, beside = open_.pop()
                if kind not in ("inline", "skipped"):
                    self._leave(kind, len(open_))
                self._beside = beside
                if text := element.tail:
                    self._add(text) if self._verbatim else parts.append(text)
        self._flush()

    def _add(self, text: str) -> None:
        if self._verbatim and "\n" in text:
            for line in text.split("\n"):
                self._parts.append(line)
                self._flush()
        else:
            self._parts.append(text)

    def _enter(self, kind: str, element: etree._Element, depth: int) -> bool:
        """Begin an element that is more than inline; whether to look into it."""
        if kind in ("skipped", "script", "meta", "title", "frame"):
            self._note(kind, element)
            return False
        if kind == "a":
            self._close_link()
            target = element.get("href") or ""
            self._link = (len(self._parts), target) if target and not target.startswith("#") else None
            self._linked = 0
            return True
        if kind == "table" and self._table(element):
            return False
        if not (kind == "holder" and self._beside):
            self._flush()
        if kind in ("holder", "table", "tr", "list"):
            self._open(element)
        if kind == "tr":
            self._beside = int(_is_short(element))
        elif kind == "list":
            self._lists.append(_list_of(element))
        elif kind == "li":
            self._marker = _next_number(self._lists, element)
        elif kind == "pre":
            self._verbatim += 1
        if element.tag in _HEADINGS or (
            kind in ("holder", "line") and _TITLE.search(element.get("class") or element.get("id") or "")
        ):
            self._headings.append(depth)
        return True

    def _leave(self, kind: str, depth: int) -> None:
        if kind == "a":
            self._close_link()
            return
        if kind == "holder" and self._beside:
            self._parts.append(" ")
        else:
            self._flush()
        if kind in ("holder", "table", "tr", "list"):
            self.containers[self._inside.pop()].end = len(self.blocks)
        if kind == "list":
            self._lists.pop()
        elif kind == "pre":
            self._verbatim -= 1
        if self._headings and self._headings[-1] == depth:
            self._headings.pop()

    def _open(self, element: etree._Element) -> None:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        menu = element.tag in _FOOTERS or bool(len(names) > 1 and _MENU.search(names[:200]))
        self.containers.append(
            _Container(
                len(self.blocks), -1, self._inside[-1] if self._inside else -1, menu, element.tag in ("ol", "ul")
            )
        )
        self._inside.append(len(self.containers) - 1)

    def _note(self, kind: str, element: etree._Element) -> None:
        """Remember what is not text."""
        if kind == "title" and not self.title:
            self.title = _clean(element.text or "")
        elif kind == "meta" and (name := element.get("name")):
            self.meta.setdefault(name.lower(), _clean(element.get("content") or ""))
        elif kind == "frame" and (target := element.get("src") or element.get("data")):
            self.frames.append(target)
        elif kind == "script":
            self.scripts += 1

    def _close_link(self) -> None:
        if self._link is not None:
            first, target = self._link
            self._links.append((first, len(self._parts), target))
            self._link = None

    def _flush(self) -> None:
        """End the line."""
        if not self._parts:
            return
        text = _clean("".join(self._parts))
        parts: list[str] = []  # is only asked for where there are links
        links: list[tuple[int, int, str]] = []
        if self._links or self._link:
            parts = list(self._parts)
            links = self._links_within(len(parts))
        self._parts.clear()
        if not text:
            return
        if self._marker and not _OWN_NUMBER.match(text):
            text = self._marker + text
        self._marker = ""
        found: list[Link] = []
        at = linked = 0
        for first, last, target in links:
            shown = _clean("".join(parts[first:last]))
            linked += len(shown)
            if shown and at >= 0 and (_FILE.search(target) or _FILE.search(shown) or shown.startswith("附件")):
                at = text.find(shown, at)
                if at >= 0:  # if not, the places of those after it are not looked for, either
                    found.append(Link(at, at + len(shown), target))
        self.blocks.append(_block(text, linked, tuple(found), bool(self._headings)))

    def _links_within(self, parts: int) -> list[tuple[int, int, str]]:
        """The links of a line of so many parts; one that is still open goes on in the next, but not for ever."""
        still_open = self._link
        if still_open is not None:
            self._links.append((still_open[0], parts, still_open[1]))
            self._linked += 1
            self._link = (0, still_open[1]) if self._linked < _LINES_OF_LINK else None
        links, self._links = self._links, []
        return links

    # --- tables

    def _table(self, element: etree._Element) -> bool:
        """Take a table of data as one block; whether it is one. Tables for layout are walked like any other element."""
        if element.find(".//table") is not None and not _flatten(element):
            return False
        grid, captions, linked = _grid_of(element)
        if not _is_data(grid, linked):
            return False
        self._flush()
        self.blocks += map(_block, captions)
        rows: list[list[str]] = []
        for row in _expanded(grid):
            self._cells += len(row)
            if self._cells > self._limits.cells:
                raise SourceError(f"its tables have more than {self._limits.cells:,} cells (limit: cells)")
            rows.append(row)
        self.blocks.append(_table_block(rows, linked))
        return True

    # --- nothing there

    def empty(self) -> Notice:
        """What to say of a page that has no text."""
        if self.frames:
            shown = ", ".join(self.frames[:3])[:200]
            said = f"what it shows is in {shown}: read that instead", f"内容在 {shown} 中，请改读该文件"
        elif self.scripts:
            said = (
                "scripts put it in when the page is shown: open it in a browser and save it from there",
                "正文由脚本填充，请在浏览器中打开后另存",
            )
        else:
            said = "there is nothing on the page", "页面空白"
        return Notice("no-text", said[0], detail_zh=said[1])


def _is_short(row: etree._Element) -> bool:
    """Whether a row of layout has little text and nothing but text in it."""
    length = 0
    for text in row.itertext():
        length += len(text.strip())
        if length > _SIDE_BY_SIDE:
            return False
    return row.find(".//table") is None


def _list_of(element: etree._Element) -> _List:
    style = _LIST_STYLE.search(element.get("style") or "")
    if element.tag == "ul":
        return _List(style[1].lower() if style and style[1].lower() not in ("disc", "circle", "square") else "none", 1)
    kind = style[1].lower() if style else _LIST_TYPES.get(element.get("type") or "1", "decimal")
    return _List(kind, _count_of(element.get("start"), 9999))


# Each style of list as the format of Word that prints the same, with the mark that a browser sets behind it and the
# greatest number that both print alike. CSS Counter Styles Level 3, 6 and 7. All others are decimals.
_SPELLED: Final = {
    **dict.fromkeys(
        ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"), ("chineseCounting", "、", 99)
    ),
    "cjk-decimal": ("ideographDigital", "、", 9999),
    **{f"{case}-{word}": (f"{case}Letter", ".", 26) for case in ("lower", "upper") for word in ("alpha", "latin")},
    **{f"{case}-roman": (f"{case}Roman", ".", 3999) for case in ("lower", "upper")},
}
_DECIMAL: Final = ("decimal", ".", 9999)


def _next_number(lists: list[_List], element: etree._Element) -> str:
    """What a browser writes before the next point of the innermost list."""
    if not lists or lists[-1].style == "none":
        return ""
    if value := element.get("value"):
        lists[-1].next = _count_of(value, 9999)
    number = lists[-1].next
    lists[-1].next += 1
    kind, mark, most = _SPELLED.get(lists[-1].style, _DECIMAL)
    return spell(number, kind) + mark if number <= most else f"{number}."


# --- tables -----------------------------------------------------------------------------------------------------------

_COUNT: Final = re.compile(r"\s{0,99}\+?([0-9]{1,9})")
_MOST_ROWS, _MOST_COLUMNS = 65534, 1000  # HTML Living Standard, 4.9.12


def _count_of(value: str | None, most: int) -> int:
    """A count as a browser reads it: what is none is 1."""
    found = _COUNT.match(value or "")
    return min(max(1, int(found[1])), most) if found else 1


def _rows_of(value: str | None) -> int:
    """`rowspan`: 0 means all the rows that follow."""
    found = _COUNT.match(value or "")
    return _MOST_ROWS if found and not int(found[1]) else _count_of(value, _MOST_ROWS)


_BREAKS: Final = frozenset(
    ["br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "dt", "dd", "center", "pre", "blockquote"]
)
_LETTERS: Final = frozenset(("p", "div", "center"))  # one of these around all of a cell changes nothing


def _grid_of(table: etree._Element) -> tuple[list[list[_Cell]], list[str], int]:
    """The cells of a table row by row, its captions, and how many characters are in links."""
    grid: list[list[_Cell]] = []
    captions: list[str] = []
    linked = 0
    for element in table.iter("tr", "td", "th", "caption"):
        tag = element.tag
        if tag == "tr":
            grid.append([])
        else:
            text, in_links = _cell_text(element)
            linked += in_links
            if tag == "caption":
                captions += [text.replace(_CUT, " ")] if text else []
                continue
            if not grid:
                grid.append([])
            rows, columns = element.get("rowspan"), element.get("colspan")
            grid[-1].append(
                _Cell(text, _rows_of(rows) if rows else 1, _count_of(columns, _MOST_COLUMNS) if columns else 1)
            )
    return [part for row in grid for part in _told_apart(row)], captions, linked


def _flatten(table: etree._Element) -> bool:
    """Make text of the tables in a table, where each is of one cell, as editors paste them; whether all are."""
    if any(len(list(islice(one.iter("td", "th"), 2))) > 1 for one in table.iterdescendants("table")):
        return False
    for one in list(table.iterdescendants("table")):
        for element in one.iter("table", "tbody", "tr", "td", "th"):
            element.tag = "div"
    return True


def _told_apart(row: list[_Cell]) -> Iterator[list[_Cell]]:
    """A row whose cells all hold as many lines is as many rows, if what stands behind its label are figures."""
    lines = [cell.text.split(_CUT) for cell in row]
    several = {len(parts) for parts, cell in zip(lines, row, strict=True) if cell.text}
    if len(several) == 1 and several != {1} and sum(bool(cell.text) for cell in row) > 1:
        count = several.pop()
        figures = [sum(bool(_A_FIGURE.fullmatch(part)) for part in parts) for parts in lines[1:]]
        short = all(_A_FIGURE.fullmatch(part) or len(part) < 4 for parts in lines[1:] for part in parts)
        if short and count in figures:
            for i in range(count):
                yield [c._replace(text=parts[i] if c.text else "") for c, parts in zip(row, lines, strict=True)]
            return
    yield [
        cell if len(parts) == 1 else cell._replace(text=_joined(parts)) for cell, parts in zip(row, lines, strict=True)
    ]


_CUT: Final = "\v"  # where a cell breaks its line
_WIDE_AT: Final = re.compile(f"[{_WIDE}]")


def _joined(parts: Iterable[str]) -> str:
    """The lines of a cell as one; figures on lines of their own stay apart."""
    text = ""
    for part in parts:
        if text and text[-1].isdigit() and part[0].isdigit():
            text += " / "
        elif text and not (_WIDE_AT.match(text[-1]) and _WIDE_AT.match(part)):
            text += " "
        text += part
    return text


def _cell_text(cell: etree._Element) -> tuple[str, int]:
    """The text of a cell, its lines apart by `_CUT`, and how many characters of it are in links."""
    if len(cell) == 0:
        return _clean(cell.text or ""), 0
    if len(cell) == 1 and (only := cell[0]).tag in _LETTERS and len(only) == 0:
        return _cut(f"{cell.text or ''}{_CUT}{only.text or ''}{_CUT}{only.tail or ''}"), 0
    parts: list[str] = []
    linked = 0
    link = None
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walker:
        tag = str(element.tag)
        if tag in _BREAKS:
            parts.append(_CUT)
        if event == "start":
            if _KINDS.get(tag) in ("skipped", "script", "frame"):
                walker.skip_subtree()
            elif element.text:
                parts.append(element.text)
                linked += len(element.text.strip()) if link is not None else 0
            if tag == "a" and element.get("href"):
                link = element
                linked += len((element.text or "").strip())
        else:
            if element is link:
                link = None
            if element.tail and element is not cell:
                parts.append(element.tail)
                linked += len(element.tail.strip()) if link is not None else 0
    return _cut("".join(parts)), linked


def _cut(text: str) -> str:
    return _CUT.join(filter(None, map(_clean, text.split(_CUT))))


_LONG: Final = 200  # characters of a cell that is no cell of a table of figures


def _is_data(grid: Sequence[Sequence[_Cell]], linked: int) -> bool:
    """Whether a table without tables in it is one of data: rows of several short cells, and not mostly links."""
    cells = [cell for row in grid for cell in row]
    several = sum(len(row) > 1 for row in grid)
    if not several or 2 * linked > sum(len(cell.text) for cell in cells):
        return False
    long = sum(len(cell.text) > _LONG for cell in cells)
    if several == 1 and len(grid) == 1:
        return not long and any(_HEADER.match(_squeezed(cell.text)) for cell in cells)
    return 8 * long <= len(cells)


_A_FIGURE: Final = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．\s]*")


def _expanded(grid: Iterable[Sequence[_Cell]]) -> Iterator[list[str]]:
    """The texts of each row, with the cells that reach down from rows above at their columns."""
    above: list[tuple[int, int, int, str]] = []  # column, rows to go, columns, text
    for row in grid:
        out: list[str] = []
        below: list[tuple[int, int, int, str]] = []
        column, k = 0, 0
        for cell in (*row, None):
            while k < len(above) and (cell is None or above[k][0] <= column):
                at, rows, columns, text = above[k]
                out.append(text)
                column = max(column, at) + columns
                if rows > 1:
                    below.append((at, rows - 1, columns, text))
                k += 1
            if cell is not None:
                out.append(cell.text)
                if cell.rows > 1:
                    text = "" if _A_FIGURE.fullmatch(cell.text) else cell.text
                    below.append((column, cell.rows - 1, cell.columns, text))
                column += cell.columns
        above = sorted(below)
        if row:
            yield out


# --- what belongs to the report ---------------------------------------------------------------------------------------

_HEADER: Final = re.compile(
    "(?:信息)?(?:索引号|索取号|名称|标题|分类|来源)|发布(?:机构|机关|单位|日期|时间|者)|发文(?:机关|机构|字号|日期)|制发机关|公开(?:责任部门|日期|时间|形式)|"
    "责任部门|文号|成文日期|生成日期|产生日期|更新时间|主题(?:分类|词)|有效性|时效|日期|时间|来源|作者|组配分类|体裁"
)
_LABEL_ALONE: Final = re.compile(f"(?:{_HEADER.pattern})[:：]?")
_HEAD_MOST: Final = 40  # lines and tables among which the index header is
_LABEL_MOST: Final = 20  # characters of a label of the header, blanks among them
_VALUE_MOST: Final = 60  # characters of what stands beside a label of the header
_REPORT: Final = re.compile("信息公开.{0,12}(?:报告|年报)|(?:年度报告|年报).{0,12}信息公开")
_SENTENCE: Final = re.compile("。|；|，.{4,80}，|报告|[0-9]{4}[年-][0-9]{1,2}[月-]")
_MOST_OF_IT: Final = 0.8  # share of the text that the report's container must have
_MENU_MOST: Final = 120  # characters of a menu that are no links; what has more is no menu, whatever it is called
_FOOT_MOST: Final = 100  # characters of a container with words of furniture that is all furniture
_MENU_LINKS: Final = 0.6  # share of characters in links of what is a menu, whatever it is called
_MENU_LINKS_OUTSIDE: Final = 0.4  # the same outside of the report, where lists of news have dates beside the links
_LITTLE: Final = 40  # characters of a page that is nothing but a shell


def _squeezed(text: str) -> str:
    return "".join(text[:400].split())


def _kept(walk: _Walk) -> Iterator[_Block]:
    """The blocks that belong to the report, in the order of the page; its title first, if the page shows none."""
    blocks = walk.blocks
    feet = _feet(walk)
    start, end = _article(walk, feet)
    last = max((i for i, b in enumerate(blocks) if b.weight and i not in feet), default=len(blocks))
    dropped = _menus(walk, start, end) | {i for i in feet if i > last}
    kept: list[_Block] = []
    for i, block in enumerate(blocks):
        if i in dropped and not block.links:
            continue
        if start <= i < end or (_of_header(block) if i < start else _of_end(block)):
            kept.append(block)
    kept = [*_labelled(kept[:_HEAD_MOST]), *kept[_HEAD_MOST:]]
    if not any(_REPORT.search(_squeezed(b.text)) for b in kept if len(b.text) < _MENU_MOST) and (
        title := _title_of(walk)
    ):
        kept.insert(0, _block(title))
    if (day := walk.meta.get("pubdate")) and not any(map(_is_dated, kept[:_HEAD_MOST])):
        kept.insert(1, _block(f"发布日期:{day}"))
    yield from kept


def _is_dated(block: _Block) -> bool:
    return bool(_DATED.search(_squeezed(block.text or "".join(chain.from_iterable((block.rows or [])[:20])))))


_DATED: Final = re.compile("(?:日期|时间)[:：]?[0-9]{4}")


def _sums(values: Iterable[int]) -> list[int]:
    return list(accumulate(values, initial=0))


def _article(walk: _Walk, feet: set[int]) -> tuple[int, int]:
    """The range of blocks of the innermost container that holds nearly all of the text.

    It is not looked for inside of one that has text of its own, beside other containers; headings do not count.
    """
    containers = walk.containers
    weights = _sums(0 if i in feet else b.weight for i, b in enumerate(walk.blocks))
    plain = _sums(0 if i in feet or b.heading else b.weight for i, b in enumerate(walk.blocks))
    below: dict[int, list[int]] = {}
    for i, container in enumerate(containers):
        below.setdefault(container.inside, []).append(i)

    def within(sums: list[int], i: int) -> int:
        return sums[containers[i].end] - sums[containers[i].start]

    start, end, here = 0, len(walk.blocks), -1
    while inner := below.get(here):
        own = plain[end] - plain[start] - sum(within(plain, i) for i in inner)
        best = max(inner, key=lambda i: within(weights, i))
        inside = within(weights, best)
        if own or not inside or containers[best].points or inside < _MOST_OF_IT * (weights[end] - weights[start]):
            break
        here, start, end = best, containers[best].start, containers[best].end
    return start, end


def _feet(walk: _Walk) -> set[int]:
    """The blocks of small containers in which there are words of furniture."""
    weights, signs = _sums(b.weight for b in walk.blocks), _sums(b.signs for b in walk.blocks)
    out: set[int] = set()
    done = -1
    for c in walk.containers:
        weight = weights[c.end] - weights[c.start]
        if c.end > done and signs[c.end] > signs[c.start] and weight <= min(_FOOT_MOST, weights[-1] // 2):
            out.update(range(c.start, c.end))
            done = c.end
    return out


def _menus(walk: _Walk, start: int, end: int) -> set[int]:
    """The blocks of menus, of lists of links, and of the end of the page."""
    blocks = walk.blocks
    weights, linked, sizes = (
        _sums(b.weight for b in blocks), _sums(b.linked for b in blocks), _sums(b.size for b in blocks),
    )  # fmt: skip
    signs = _sums(b.signs for b in blocks)
    out: set[int] = set()
    done = -1  # a menu in a menu need not be looked at
    for c in walk.containers:
        if c.end <= done or (c.start <= start and end <= c.end):
            continue
        weight, size = weights[c.end] - weights[c.start], sizes[c.end] - sizes[c.start]
        named = c.menu and weight <= _MENU_MOST
        share = _MENU_LINKS if start < c.end and c.start < end else _MENU_LINKS_OUTSIDE
        links = c.end - c.start > 1 and linked[c.end] - linked[c.start] >= max(share * size, 1)
        foot = end <= c.start and signs[c.end] > signs[c.start] and weight <= 2 * _MENU_MOST
        if named or links or foot:
            out.update(range(c.start, c.end))
            done = c.end
    return out


def _of_header(block: _Block) -> bool:
    """Whether what stands before the report is of it: its title, its index header, a sentence, a heading."""
    if block.rows is not None:
        return (
            any(_HEADER.match(_squeezed(cell)) for row in block.rows[:12] for cell in row[:8]) or block.weight > _LONG
        )
    text = _squeezed(block.text)
    if _HEADER.match(text) or _DATED.search(text) or block.links:
        return True
    told = block.heading or _REPORT.search(text) or _SENTENCE.search(text) or _OWN_NUMBER.match(text)
    return block.weight > 0 and bool(told)


def _of_end(block: _Block) -> bool:
    return block.weight > 0 or bool(block.links)


def _labelled(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Labels of the index header that stand on a line of their own, with their value behind them."""
    label: _Block | None = None
    for block in blocks:
        if label is None and (block.rows is not None or len(block.text) > _LABEL_MOST):
            yield block
            continue
        text = _squeezed(block.text)
        if label is not None:
            if block.rows is None and len(text) <= _VALUE_MOST and not block.links and not _LABEL_ALONE.match(text):
                colon = "" if label.text.endswith((":", "\N{FULLWIDTH COLON}")) else ":"
                yield _block(f"{label.text}{colon}{block.text}")
                label = None
                continue
            yield label
            label = None
        if block.rows is None and _LABEL_ALONE.fullmatch(text):
            label = block
        else:
            yield block
    if label is not None:
        yield label


_SITE: Final = re.compile(r"\s*[-_|–—>]+\s*")


def _title_of(walk: _Walk) -> str:
    """The title of the report by what the page says in its head, without the name of the site."""
    for said in (walk.meta.get("articletitle", ""), walk.title):
        for part in _SITE.split(said[:400]):
            if _REPORT.search(_squeezed(part)):
                return part
    return ""
