"""What of a page belongs to the report: its container, its title, its index header, its
attachments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain
from typing import Final

from govdisclose.read.html.block import LONG, MENU_LINKS_OUTSIDE, Block, line_block
from govdisclose.read.html.elements import OWN_NUMBER
from govdisclose.read.html.walk import Walk
from govdisclose.read.html.words import label, pattern, squeezed

_HEAD_MOST: Final = 40  # lines and tables among which the index header is
_LABEL_MOST: Final = 20  # characters of a label of the header, blanks among them
_VALUE_MOST: Final = 60  # characters of what stands beside a label of the header
_MOST_OF_IT: Final = 0.8  # share of the text that the report's container must have
_MENU_MOST: Final = 120  # characters of a menu that are no links; what has more is no menu, whatever it is called
_FOOT_MOST: Final = (
    100  # characters of a container with words of furniture that is all furniture
)
_MENU_LINKS: Final = (
    0.6  # share of characters in links of what is a menu, whatever it is called
)
LITTLE: Final = 40  # characters of a page that is nothing but a shell


def kept(walk: Walk) -> Iterator[Block]:
    """The blocks that belong to the report, in the order of the page; its title first,
    if the page shows none."""
    blocks = walk.blocks
    feet = _feet(walk)
    start, end = _article(walk, feet)
    last = max(
        (i for i, b in enumerate(blocks) if b.weight and i not in feet),
        default=len(blocks),
    )
    dropped = _menus(walk, start, end) | {i for i in feet if i > last}
    kept: list[Block] = []
    for i, block in enumerate(blocks):
        if i in dropped and not block.links:
            continue
        if start <= i < end or (_of_header(block) if i < start else _of_end(block)):
            kept.append(block)
    kept = [*_labelled(kept[:_HEAD_MOST]), *kept[_HEAD_MOST:]]
    if not any(
        pattern("report").search(squeezed(b.text))
        for b in kept
        if len(b.text) < _MENU_MOST
    ) and (title := _title_of(walk)):
        kept.insert(0, line_block(title))
    if (day := walk.meta.get("pubdate")) and not any(map(_is_dated, kept[:_HEAD_MOST])):
        kept.insert(1, line_block(f"发布日期:{day}"))
    yield from kept


def _is_dated(block: Block) -> bool:
    return bool(
        pattern("dated").search(
            squeezed(
                block.text or "".join(chain.from_iterable((block.rows or [])[:20]))
            )
        )
    )


def _sums(values: Iterable[int]) -> list[int]:
    return list(accumulate(values, initial=0))


def _article(walk: Walk, feet: set[int]) -> tuple[int, int]:
    """The range of blocks of the innermost container that holds nearly all of the text.

    It is not looked for inside of one that has text of its own, beside other
    containers; headings do not count."""
    containers = walk.containers
    weights = _sums(0 if i in feet else b.weight for i, b in enumerate(walk.blocks))
    plain = _sums(
        0 if i in feet or b.heading else b.weight for i, b in enumerate(walk.blocks)
    )
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
        if (
            own
            or not inside
            or containers[best].points
            or inside < _MOST_OF_IT * (weights[end] - weights[start])
        ):
            break
        here, start, end = best, containers[best].start, containers[best].end
    return start, end


def _feet(walk: Walk) -> set[int]:
    """The blocks of small containers in which there are words of furniture."""
    weights, signs = (
        _sums(b.weight for b in walk.blocks),
        _sums(b.signs for b in walk.blocks),
    )
    out: set[int] = set()
    done = -1
    for c in walk.containers:
        weight = weights[c.end] - weights[c.start]
        if (
            c.end > done
            and signs[c.end] > signs[c.start]
            and weight <= min(_FOOT_MOST, weights[-1] // 2)
        ):
            out.update(range(c.start, c.end))
            done = c.end
    return out


def _menus(walk: Walk, start: int, end: int) -> set[int]:
    """The blocks of menus, of lists of links, and of the end of the page."""
    blocks = walk.blocks
    weights, linked, sizes = (
        _sums(b.weight for b in blocks),
        _sums(b.linked for b in blocks),
        _sums(b.size for b in blocks),
    )
    signs = _sums(b.signs for b in blocks)
    out: set[int] = set()
    done = -1  # a menu in a menu need not be looked at
    for c in walk.containers:
        if c.end <= done or (c.start <= start and end <= c.end):
            continue
        weight, size = weights[c.end] - weights[c.start], sizes[c.end] - sizes[c.start]
        named = c.menu and weight <= _MENU_MOST
        share = _MENU_LINKS if start < c.end and c.start < end else MENU_LINKS_OUTSIDE
        links = c.end - c.start > 1 and linked[c.end] - linked[c.start] >= max(
            share * size, 1
        )
        foot = (
            end <= c.start
            and signs[c.end] > signs[c.start]
            and weight <= 2 * _MENU_MOST
        )
        if named or links or foot:
            out.update(range(c.start, c.end))
            done = c.end
    return out


def _of_header(block: Block) -> bool:
    """Whether what stands before the report is of it: its title, its index header, a
    sentence, a heading."""
    if block.rows is not None:
        return (
            any(
                pattern("header").match(squeezed(cell))
                for row in block.rows[:12]
                for cell in row[:8]
            )
            or block.weight > LONG
        )
    text = squeezed(block.text)
    if pattern("header").match(text) or pattern("dated").search(text) or block.links:
        return True
    told = (
        block.heading
        or pattern("report").search(text)
        or pattern("sentence").search(text)
        or OWN_NUMBER.match(text)
    )
    return block.weight > 0 and bool(told)


def _of_end(block: Block) -> bool:
    return block.weight > 0 or bool(block.links)


def _labelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Labels of the index header that stand on a line of their own, with their value
    behind them."""
    held: Block | None = None
    for block in blocks:
        if held is None and (block.rows is not None or len(block.text) > _LABEL_MOST):
            yield block
            continue
        text = squeezed(block.text)
        if held is not None:
            if (
                block.rows is None
                and len(text) <= _VALUE_MOST
                and not block.links
                and not label().match(text)
            ):
                colon = "" if held.text.endswith((":", "\N{FULLWIDTH COLON}")) else ":"
                yield line_block(f"{held.text}{colon}{block.text}")
                held = None
                continue
            yield held
            held = None
        if block.rows is None and label().fullmatch(text):
            held = block
        else:
            yield block
    if held is not None:
        yield held


_SITE: Final = re.compile(r"\s*[-_|–—>]+\s*")


def _title_of(walk: Walk) -> str:
    """The title of the report by what the page says in its head, without the name of the site."""
    for said in (walk.meta.get("articletitle", ""), walk.title):
        for part in _SITE.split(said[:400]):
            if pattern("report").search(squeezed(part)):
                return part
    return ""
