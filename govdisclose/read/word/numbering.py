"""The automatic numbers of a Word file: what stands before a paragraph on the page and
is not in its text.

Source: ISO/IEC 29500-1, 17.9.

Guarantees:

1. A list counts its paragraphs in the order in which they are asked for;
`Numbering.next` is called once for each. 2. What the file leaves open or states wrongly
(no such list, no such level) gives no number."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from attrs import define, frozen

from govdisclose.read.list_number import spell
from govdisclose.read.word.names import child, integer, is_on, text_of, w
from govdisclose.read.word.styles import Styles

_LEVELS: Final = 9
_PATTERN_MOST: Final = 60  # characters of what is printed around the numbers
_PLACE: Final = re.compile(r"%([1-9])")
_WORD: Final = re.compile(r"[\u3400-\u9fff]")
_CLOSED: Final = (
    "、）)】〕："  # behind these a title needs no blank to be told from its number
)
_LINKS_MOST: Final = 8  # lists that are defined by reference to each other


@frozen
class Level:
    """How one level of a list is numbered. `pattern` has `%1` to `%9` for the numbers
    of the levels."""

    start: int = 1
    kind: str = "decimal"
    pattern: str = ""
    suffix: str = "tab"
    restart: int | None = (
        None  # the number (from 1) of the level that starts this one again; 0: none does
    )
    legal: bool = False
    style: str | None = None
    hidden: bool = False


@define
class _List:
    """A w:num: its levels, where its count is kept, and where it starts anew."""

    key: int
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The lists of a file, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[int, Element] = {}
        self._nums: dict[int, Element] = {}
        for element in () if root is None else root:
            if (
                element.tag == w("abstractNum")
                and (key := integer(element.get(w("abstractNumId")))) is not None
            ):
                self._abstract.setdefault(key, element)
            elif (
                element.tag == w("num")
                and (key := integer(element.get(w("numId")))) is not None
            ):
                self._nums.setdefault(key, element)
        self._lists: dict[int, _List | None] = {}
        self._of_style: dict[str | None, tuple[int | None, int | None]] = {}
        self._counts: dict[int, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()

    def next(self, properties: Element | None, style_id: str | None) -> str:
        """The number of the next paragraph, with what stands between it and the text;
        "" if it has none.

        `properties` is the w:numPr of the paragraph itself, if any; `style_id` is its style.
        """
        num_id = integer(text_of(child(properties, w("numId"))))
        level = integer(text_of(child(properties, w("ilvl"))))
        if num_id is None:
            if style_id not in self._of_style:
                self._of_style[style_id] = self._by_style(style_id)
            num_id, linked = self._of_style[style_id]
            level = linked if level is None else level
        found = self._list(num_id) if num_id else None
        if num_id is None or found is None:
            return ""
        return self._count(num_id, found, min(max(level or 0, 0), _LEVELS - 1))

    def _by_style(self, style_id: str | None) -> tuple[int | None, int | None]:
        """The list that a style is numbered by, and the level: that which names the
        style, else the style's own."""
        chain = list(self._styles.chain(style_id))
        num_id = next(
            (style.num_id for style in chain if style.num_id is not None), None
        )
        found = self._list(num_id) if num_id else None
        if found is None:
            return num_id, None
        levels = {
            level.style: i
            for i, level in found.levels.items()
            if level.style is not None
        }
        for style in chain:
            if style.id in levels:
                return num_id, levels[style.id]
            if style.level is not None:
                return num_id, style.level
        return num_id, None

    def _list(self, num_id: int) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: int) -> _List | None:
        element = self._nums.get(num_id)
        key = self._resolved(element)
        if element is None or key is None:
            return None
        levels = dict(_levels(self._abstract[key]))
        starts: dict[int, int] = {}
        for override in element.iterfind(w("lvlOverride")):
            i = integer(override.get(w("ilvl")))
            if i is None:
                continue
            levels.update(_levels(override, i))
            start = integer(text_of(child(override, w("startOverride"))))
            if start is not None:
                starts[i] = start
        return _List(key, levels, starts)

    def _resolved(self, num: Element | None) -> int | None:
        """The abstract list that has the levels: a list may name a style that names
        another list."""
        for _ in range(_LINKS_MOST):
            key = integer(text_of(child(num, w("abstractNumId"))))
            if key is None or key not in self._abstract:
                return None
            link = text_of(child(self._abstract[key], w("numStyleLink")))
            if link is None:
                return key
            num = self._nums.get(self._styles.numbered(link) or 0)
        return None

    def _count(self, num_id: int, found: _List, at: int) -> str:
        level = found.levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(found.key, [None] * _LEVELS)
        before = counts[at]
        if at in found.starts and (num_id, at) not in self._started:
            self._started.add((num_id, at))
            counts[at] = found.starts[at]
        elif before is None:
            counts[at] = found.starts.get(at, level.start)
        else:
            counts[at] = before + 1
        for below in range(at + 1, _LEVELS):
            restart = found.levels[below].restart if below in found.levels else None
            if at < (below if restart is None else restart):
                counts[below] = None
        return self._printed(found, counts, at)

    def _printed(self, found: _List, counts: list[int | None], at: int) -> str:
        level = found.levels[at]
        if level.hidden:
            return ""

        def number(place: re.Match[str]) -> str:
            i = int(place.group(1)) - 1
            other = found.levels.get(i)
            if other is None or i > at:
                return ""
            count = counts[i]
            shown = found.starts.get(i, other.start) if count is None else count
            return spell(shown, "decimal" if level.legal else other.kind)

        if level.kind == "bullet" and not _WORD.search(level.pattern):
            return ""  # a mark without a meaning, often a letter in a font of pictures
        text = _PLACE.sub(number, level.pattern, count=_LEVELS)
        if (
            not text.strip()
            or level.suffix == "nothing"
            or text.endswith(tuple(_CLOSED))
        ):
            return text
        return f"{text} "


def _levels(parent: Element, only: int | None = None) -> list[tuple[int, Level]]:
    found = []
    for element in parent.iterfind(w("lvl")):
        i = only if only is not None else integer(element.get(w("ilvl")))
        if i is not None and 0 <= i < _LEVELS:
            found.append((i, _level(element)))
    return found


def _level(element: Element) -> Level:
    start = integer(text_of(child(element, w("start"))))
    shown = child(element, w("lvlText"))
    return Level(
        start=0 if start is None else start,
        kind=_kind(element),
        pattern=(text_of(shown) or "")[:_PATTERN_MOST],
        suffix=text_of(child(element, w("suff"))) or "tab",
        restart=integer(text_of(child(element, w("lvlRestart")))),
        legal=bool(is_on(child(element, w("isLgl")))),
        style=text_of(child(element, w("pStyle"))),
        hidden=bool(is_on(child(child(element, w("rPr")), w("vanish")))),
    )


def _kind(level: Element) -> str:
    """The format; a custom one stands first, in a choice of its own, and is given by
    its pattern (`001, 002, ...`)."""
    found = next(level.iter(w("numFmt")), None)
    kind = text_of(found) or "decimal"
    return (text_of(found, w("format")) or "decimal") if kind == "custom" else kind
