"""Web pages: the report found among the furniture of a page, its tables cell by cell.

How it goes: `tree` makes the tree, without what nobody sees (or `told`, of what a
browser made). `walk` goes once through
it and makes a flat list of blocks (lines and tables), and of containers, each of which
is a range of blocks; `line` is the line that is put together, `grid` makes tables,
`lists` numbers. `article` finds the container that holds the report, and what else of
the page belongs to it: title, index header, attachments.

Guarantees:

1. Nothing is fetched, no entity of a document type is followed, nothing that a browser would hide is read.
2. A block that is left out stands outside the report's container and is no part of its header, or is a menu. In doubt a
   block stays: `parse` knows furniture, too.
3. In a table a cell that spans rows is written in each of them, unless it is a figure; a cell that spans columns is
   written once, because pages often err in their colspan and hardly ever in the number of cells.
4. Time and memory grow with the page, not with what it says of itself (`colspan="1000000000"`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from govdisclose.read.dialect import Writer
from govdisclose.read.html.article import LITTLE, kept
from govdisclose.read.html.told import Piece, tree_of
from govdisclose.read.html.tree import as_seen, bounded, tree, without_invisible
from govdisclose.read.html.walk import Walk
from govdisclose.read.limits import Limits
from govdisclose.read.text import decode, mojibake
from govdisclose.text import Notice, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEAD: Final = 4096  # bytes in which a page says its encoding
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,256}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""",
    re.IGNORECASE,
)


# Without any of these a page is text with tables in it, as converters to Markdown write it: its lines are lines.
_SHAPED: Final = re.compile(
    r"<(?:p|div|br|body|html|li|h[1-6]|center|section|article)\b", re.IGNORECASE
)


def read_html(
    data: bytes, name: str | None, limits: Limits, encoding: str | None = None
) -> Source:
    """A web page as a source: title, index header, text and tables of the report that is on it."""
    text, notices = page_text(data, limits, encoding)
    return _source(tree(text), text, notices, name, limits)


def read_told(
    pieces: Iterable[Piece],
    text: str,
    notices: Iterable[Notice],
    name: str | None,
    limits: Limits,
) -> Source:
    """A web page whose tree a browser made and told; `text` and `notices` are those of
    `page_text`, and `text` is what it made the tree of. Needs no library."""
    return _source(as_seen(tree_of(pieces), text), text, notices, name, limits)


def page_text(
    data: bytes, limits: Limits, encoding: str | None = None
) -> tuple[str, Sequence[Notice]]:
    """The text of a page with its tags, and what is to be said of its encoding. Raises
    `SourceError` where it has more than `limits` allow."""
    declared = _DECLARED.search(data[:_HEAD].replace(b"\0", b""))
    text, _, notices = decode(
        data, limits.size, encoding, declared[1].decode("latin-1") if declared else None
    )
    return without_invisible(bounded(text, limits)), notices


def _source(
    root: _Element | None,
    text: str,
    notices: Iterable[Notice],
    name: str | None,
    limits: Limits,
) -> Source:
    walk = Walk(limits, verbatim=not _SHAPED.search(text))
    if root is not None:
        walk.go(root)
    blocks = list(kept(walk))
    writer = Writer(limits)
    # Their places are those of the page, and not of the text that is read from it.
    writer.add(notice._replace(start=None, end=None) for notice in notices)
    if sum(block.weight for block in blocks) < (
        LITTLE if walk.frames or walk.scripts else 1
    ):
        writer.add([_empty(walk)])
    for block in blocks:
        if block.picture:
            writer.notice("picture-not-read", f"a picture of {block.picture} pixels")
        elif block.rows is not None:
            writer.table(block.rows)
        else:
            writer.line(block.text, links=block.links)
    writer.add(mojibake(writer.text()))
    return writer.source(name)


def _empty(walk: Walk) -> Notice:
    """What to say of a page that has no text."""
    if walk.frames:
        shown = ", ".join(walk.frames[:3])[:200]
        said = (
            f"what it shows is in {shown}: read that instead",
            f"内容在 {shown} 中，请改读该文件",
        )
    elif walk.scripts:
        said = (
            "scripts put it in when the page is shown: open it in a browser and save it from there",
            "正文由脚本填充，请在浏览器中打开后另存",
        )
    else:
        said = "there is nothing on the page", "页面空白"
    return Notice("no-text", said[0], detail_zh=said[1])
