"""Blocks as a page of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from govdisclose.view.block import Block, Grid, Heading, Item, Items, Paragraph
from govdisclose.view.markup import asset, element, page
from govdisclose.view.words import Language


def blocks_page(title: str, blocks: Iterable[Block], language: Language) -> str:
    """The blocks as one page that needs nothing else, and has no script.

    >>> "<p>没有</p>" in blocks_page("报告", [Paragraph("没有")], "zh")
    True
    """
    body = element("body", *elements(blocks), class_="paper")
    return page(title, language, body, style=asset("paper.css"))


def elements(blocks: Iterable[Block]) -> Iterator[Element]:
    """The blocks as elements."""
    for block in blocks:
        match block:
            case Heading(text, level):
                yield element(f"h{level}", text)
            case Paragraph(text, tone):
                yield element("p", text, class_=tone or None)
            case Items(items) if items:
                yield element("ul", *map(_item, items))
            case Grid(rows, head):
                yield element("div", _grid(rows, head), class_="scroll")


def _item(item: Item) -> Element:
    notes = (element("small", note) for note in item.notes)
    return element("li", item.text, *notes, class_=item.tone or None)


def _grid(rows: Iterable[tuple[str, ...]], head: tuple[str, ...]) -> Element:
    body = element("tbody")
    for first, *rest in rows:
        name = element("td" if head else "th", first)
        body.append(element("tr", name, *(element("td", cell) for cell in rest)))
    if not head:
        return element("table", body)
    heads = (element("th", word, scope="col") for word in head)
    return element("table", element("thead", element("tr", *heads)), body)
