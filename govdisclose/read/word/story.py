"""One story of a Word file (the body, or a note) to blocks: what a reader of the page would see, changes accepted.

Elements have rules in `_RULES`: a rule does its part, and says whether to go into the children. What has none is gone
through, unless it only holds properties. The walk keeps a stack of its own: nesting costs no recursion.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import Factory, define
from lxml import etree

from govdisclose.errors import SourceError
from govdisclose.read.limits import Limits
from govdisclose.read.word.blocks import Cell, Flow, Noted, Table
from govdisclose.read.word.names import child, integer, is_on, text_of, w
from govdisclose.read.word.numbering import Numbering
from govdisclose.read.word.styles import Styles
from govdisclose.read.word.symbol import drawn, symbol, symbols

Element: TypeAlias = etree._Element
Leave: TypeAlias = Callable[[], None]
Visit: TypeAlias = tuple[Iterable[Element], Leave | None] | None
"""The elements to go into, and what to do behind them; None where there is nothing to go into."""
Rule: TypeAlias = Callable[["_Walk", Element], Visit]

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE: Final = "{urn:schemas-microsoft-com:office:office}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_EMU: Final = 360_000  # of a centimetre
_PICTURE_LEAST: Final = (8.0, 2.5)  # centimetres: smaller ones are seals, logos and photographs of signatures
_FORMULA: Final = "Equation"  # what the names of embedded objects begin with of which no table is missed
_CENTIMETRES: Final = MappingProxyType({"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "px": 2.54 / 96})
_LENGTH: Final = re.compile(r"(?:^|;)\s{0,4}(width|height)\s{0,4}:\s{0,4}(\d{1,6}(?:\.\d{1,6})?)(cm|mm|in|pt|px)")
_ONLY_PAGE: Final = re.compile(r"[\s\d\-—–/.·第共页]{1,40}")
_PAGE: Final = "PAGE"
_CONTENTS: Final = "TOC"
_INSTRUCTION_MOST: Final = 200  # characters of an instruction that matter
_FIELDS_MOST: Final = 32  # fields inside each other
_TAB_AND_PAGE: Final = re.compile(r"\t\s{0,4}(?=\d{1,4}\s{0,4}$)")
_LEADER: Final = "……"  # what is seen before the page in a table of contents, where the file has a tab

# A digit that stands higher or lower is no digit of the figure before it.
_RAISED: Final = MappingProxyType({"superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subscript": "₀₁₂₃₄₅₆₇₈₉"})
_DIGIT: Final = re.compile("[0-9]")
_RPR: Final = w("rPr")
_PPR: Final = w("pPr")
_TRPR: Final = w("trPr")
_TCPR: Final = w("tcPr")
_VANISH: Final = w("vanish")
_T: Final = w("t")


@define
class Story:
    """What the stories of one file share: styles, lists that go on counting, and the notes referred to so far."""

    styles: Styles
    numbering: Numbering
    limits: Limits
    notes: dict[str, dict[int | None, None]] = Factory(lambda: {"footnote": {}, "endnote": {}})
    cells: int = 0


def read_story(root: Element, story: Story) -> Flow:
    """The blocks below `root`. Raises `SourceError` where a limit is passed."""
    walk = _Walk(story)
    walk.run(root)
    return walk.finish()


@define(eq=False)
class _Paragraph:
    """A paragraph that is being read: its text so far, and what its number and its mark are."""

    numbered: Element | None
    style: str | None
    hidden: bool = False
    contents: bool = False
    page: bool = False
    parts: list[str] = Factory(list)


@define(eq=False)
class _Container:
    """What paragraphs and tables go into: a story, a cell, a text box.

    `carry` is the text of a paragraph whose mark is gone: the next paragraph goes on with it. `beside` is what hangs on
    the paragraph or table that is being read, and comes behind it.
    """

    blocks: Flow = Factory(list)
    carry: list[str] = Factory(list)
    beside: Flow = Factory(list)


@define(eq=False)
class _Field:
    """A field that is open: its instruction, and whether what is read now is its result."""

    instruction: str = ""
    result: bool = False

    @property
    def name(self) -> str:
        words = self.instruction.split(None, 1)
        return words[0].upper() if words else ""


class _Walk:
    """The state of the walk through one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.container = _Container()
        self.anchor = self.container  # the nearest container that is no cell
        self.paragraph: _Paragraph | None = None
        self.tables: list[Table] = []
        self.column = 0
        self.fields: list[_Field] = []
        self.font: str | None = None
        self.raised: str | None = None

    # --- the walk

    def run(self, root: Element) -> None:
        stack: list[tuple[Iterator[Element], Leave | None]] = [(iter(root), None)]
        depth = self.story.limits.depth
        rules = _RULES
        while stack:
            children, leave = stack[-1]
            for element in children:
                tag = str(element.tag)
                rule = rules.get(tag)
                if rule is not None:
                    visit = rule(self, element)
                    if visit is None:
                        continue
                    stack.append((iter(visit[0]), visit[1]))
                elif tag[-2:] == "Pr":  # properties: rPr, sdtPr, cNvPr
                    continue
                else:
                    stack.append((iter(element), None))
                if len(stack) > depth:
                    raise SourceError(f"elements nest deeper than {depth} (limit: depth)")
                break
            else:
                stack.pop()
                if leave is not None:
                    leave()

    def finish(self) -> Flow:
        self._settle(self.container)
        return self.container.blocks

    def _settle(self, container: _Container) -> None:
        """Close what is open at the end of a container, or before a table in it."""
        if container.carry:
            container.blocks.append("".join(container.carry))
            container.carry = []
        container.blocks += container.beside
        container.beside = []

    def beside(self, block: Noted) -> None:
        """A notice, behind the block that is being read."""
        idle = self.paragraph is None and not self.tables
        (self.anchor.blocks if idle else self.anchor.beside).append(block)

    def put(self, text: str) -> None:
        """Text of the paragraph that is being read, unless it belongs to the instruction of a field."""
        if self.paragraph is not None and not (len(self.fields) > 1 and self._instructs()):
            self.paragraph.parts.append(text)

    def _instructs(self) -> bool:
        """Whether the result that is read is only a part of the instruction of another field."""
        return any(not field.result for field in self.fields[:-1]) and self.fields[-1].result

    # --- paragraphs

    def open_paragraph(self, element: Element) -> Visit:
        properties = element.find(_PPR)
        style = text_of(child(properties, w("pStyle")))
        mark = child(properties, _RPR)
        numbered = child(properties, w("numPr"))
        paragraph = _Paragraph(numbered, style)
        styles = self.story.styles
        if styles.may_hide:
            paragraph.hidden = styles.hides(style)
        nearest = next(styles.chain(style), None) if style is not None else None
        paragraph.contents = nearest is not None and nearest.name.startswith("toc ")
        outer, self.paragraph = self.paragraph, paragraph
        return element, lambda: self._close_paragraph(paragraph, mark, outer)

    def _close_paragraph(self, paragraph: _Paragraph, mark: Element | None, outer: _Paragraph | None) -> None:
        self.paragraph = outer
        container = self.container
        while self.fields and not self.fields[-1].result:
            self.fields.pop()  # an instruction that is not closed must not swallow the rest
        if mark is not None and (mark.find(w("del")) is not None or mark.find(w("moveFrom")) is not None):
            container.carry += paragraph.parts
        elif _mark_is_hidden(mark, paragraph.hidden):
            if paragraph.parts:
                container.carry.append(self._numbered(paragraph))
                container.carry += paragraph.parts
        else:
            number = self._numbered(paragraph)
            text = "".join((number, *container.carry, *paragraph.parts))
            container.carry = []
            in_contents = paragraph.contents or any(field.name == _CONTENTS for field in self.fields)
            if in_contents:
                text = _TAB_AND_PAGE.sub(_LEADER, text)
            if not _is_furniture(paragraph, text):
                container.blocks.append(text)
        if container is self.anchor and not container.carry:
            self._settle(container)

    def _numbered(self, paragraph: _Paragraph) -> str:
        return self.story.numbering.next(paragraph.numbered, paragraph.style)

    # --- runs and what is in them

    def open_run(self, element: Element) -> Visit:
        properties = element.find(_RPR)
        font = raised = None
        hidden = self.paragraph is not None and self.paragraph.hidden
        if properties is not None:
            # What is struck out is as good as deleted: 8 struck out before 7 is not 87.
            struck = is_on(properties.find(w("strike"))) or is_on(properties.find(w("dstrike")))
            hidden = self._hides(properties, hidden) or bool(struck)
            fonts = properties.find(w("rFonts"))
            font = text_of(fonts, w("ascii")) if fonts is not None else None
            raised = _RAISED.get(text_of(properties.find(w("vertAlign"))) or "")
        if hidden:
            return (e for e in element if e.tag in _OF_FIELDS), None
        if self.paragraph is None:
            return element, None
        self.font, self.raised = font, raised
        children = iter(element)
        for inner in children:
            tag = str(inner.tag)
            if tag == _T:
                self.put(self._text(inner))
            elif tag in _IN_RUN:
                self.put(_IN_RUN[tag])
            elif tag != _RPR:
                return chain((inner,), children), None
        return None

    def _hides(self, properties: Element, by_paragraph: bool) -> bool:
        """Direct formatting has the last word; styles of the character and of the paragraph cancel each other."""
        direct = is_on(properties.find(_VANISH))
        if direct is not None:
            return direct
        style = text_of(properties.find(w("rStyle")))
        by_style = style is not None and self.story.styles.may_hide and self.story.styles.hides(style, paragraph=False)
        return by_style != by_paragraph

    def _text(self, element: Element) -> str:
        text = str(element.text or "")
        if not text.isprintable():
            text = text.replace("\n", " ").replace("\t", " ")
        if self.font is not None:
            text = symbols(text, self.font)
        raised = self.raised
        if raised is not None:
            text = _DIGIT.sub(lambda found: raised[int(found.group())], text)
        return text if element.get(_SPACE) == "preserve" else text.strip(" \r")

    def text(self, element: Element) -> Visit:
        self.put(self._text(element))
        return None

    def character(self, element: Element) -> Visit:
        self.put(_IN_RUN[str(element.tag)])
        return None

    def symbol(self, element: Element) -> Visit:
        self.put(symbol(text_of(element, w("char")) or "", text_of(element, w("font"))))
        return None

    def ruby(self, element: Element) -> Visit:
        """The base without what stands over it."""
        return element.iterchildren(w("rubyBase")), None

    # --- fields

    def field_character(self, element: Element) -> Visit:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._open_field(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].result = True
            self._begin_result(self.fields[-1].name)
        elif kind == "end" and self.fields:
            field = self.fields.pop()
            if not field.result:
                self.put(drawn(field.instruction))
        return None

    def instruction(self, element: Element) -> Visit:
        if self.fields and not self.fields[-1].result and len(self.fields[-1].instruction) < _INSTRUCTION_MOST:
            self.fields[-1].instruction += str(element.text or "")[:_INSTRUCTION_MOST]
        return None

    def simple_field(self, element: Element) -> Visit:
        field = _Field(str(element.get(w("instr"), "")), result=True)
        self._open_field(field)
        self._begin_result(field.name)
        return element, lambda: self._end_simple(field)

    def _end_simple(self, field: _Field) -> None:
        while self.fields and self.fields.pop() is not field:
            pass

    def _open_field(self, field: _Field) -> None:
        """Fields that are never closed must not pile up: each of them is looked at for every run."""
        self.fields.append(field)
        if len(self.fields) > _FIELDS_MOST:
            del self.fields[0]

    def _begin_result(self, name: str) -> None:
        if self.paragraph is not None:
            self.paragraph.page |= name == _PAGE

    # --- tables

    def open_table(self, element: Element) -> Visit:
        if self.container.carry:
            self.container.blocks.append("".join(self.container.carry))
            self.container.carry = []
        grid = element.find(w("tblGrid"))
        columns = () if grid is None else grid.iterchildren(w("gridCol"))
        table = Table(tuple(integer(text_of(column, w("w"))) or 0 for column in columns))
        outer = self.paragraph, self.column
        self.paragraph = None
        self.tables.append(table)

        def leave() -> None:
            self.paragraph, self.column = outer
            self.tables.pop()
            table.settle()
            if self.tables:
                self.tables[-1].inner += table.size + table.inner
            if table.rows:
                self.container.blocks.append(table)
            if self.container is self.anchor:
                self._settle(self.container)

        return element, leave

    def open_row(self, element: Element) -> Visit:
        if not self.tables:
            return element, None
        properties = element.find(_TRPR)
        if properties is not None and (properties.find(w("del")) is not None or is_on(properties.find(w("hidden")))):
            return None
        row: list[Cell] = []
        self.tables[-1].rows.append(row)
        self.column = 0
        self._gap(row, properties, "Before")

        def leave() -> None:
            self._gap(row, properties, "After")

        return element, leave

    def _gap(self, row: list[Cell], properties: Element | None, side: str) -> None:
        """Columns at the side of a row that have no cell."""
        columns = integer(text_of(child(properties, w(f"grid{side}")))) or 0
        if columns > 0:
            row.append(Cell(self.column, self.column + columns, []))
            self.column += columns

    def open_cell(self, element: Element) -> Visit:
        if not self.tables or not self.tables[-1].rows:
            return element, None
        table = self.tables[-1]
        row = table.rows[-1]
        properties = element.find(_TCPR)
        if properties is not None and properties.find(w("cellDel")) is not None:
            return None
        table.size += 1
        self.story.cells += 1
        if self.story.cells > self.story.limits.cells:
            raise SourceError(f"the tables have more than {self.story.limits.cells:,} cells (limit: cells)")
        start = self.column
        self.column += max(integer(text_of(child(properties, w("gridSpan")))) or 1, 1)
        if _goes_on(properties, "hMerge") and row:
            row[-1].end = self.column
            return None
        container = _Container()
        goes_on = _goes_on(properties, "vMerge")
        row.append(Cell(start, self.column, container.blocks, goes_on is not None, bool(goes_on)))
        outer, self.container = self.container, container

        def leave() -> None:
            self._settle(container)
            self.container = outer

        return element, leave

    # --- what is not plain text

    def content_control(self, element: Element) -> Visit:
        """The content, unless it is the prompt that stands there as long as nobody has filled it in."""
        properties = element.find(w("sdtPr"))
        if properties is not None and is_on(properties.find(w("showingPlcHdr"))):
            return None
        return element.iterchildren(w("sdtContent")), None

    def alternatives(self, element: Element) -> Visit:
        """The first choice; the fallback shows the same in an older way."""
        choice = element.find(f"{_MC}Choice")
        return (element.iterchildren(f"{_MC}Fallback") if choice is None else (choice,)), None

    def text_box(self, element: Element) -> Visit:
        outer = (
            self.container,
            self.anchor,
            self.paragraph,
            self.tables,
            self.column,
            self.fields,
            self.font,
        )
        box = _Container()
        self.container = self.anchor = box
        self.paragraph, self.tables, self.fields = None, [], []

        def leave() -> None:
            self._settle(box)
            (
                self.container, self.anchor, self.paragraph, self.tables, self.column, self.fields, self.font,
            ) = outer  # fmt: skip
            self.anchor.beside += box.blocks

        return element, leave

    def drawing(self, element: Element) -> Visit:
        """A chart or a diagram has its text in another part, which is not read."""
        data = next(element.iter(f"{_DRAWING}graphicData"), None)
        kind = str(data.get("uri", "")).rpartition("/")[2] if data is not None else ""
        if kind in ("chart", "diagram", "chartex"):
            self.beside(Noted("picture-not-read", f"a {kind.removesuffix('ex')}"))
            return None
        return element, None

    def picture(self, element: Element) -> Visit:
        extent = next(element.iter(f"{_DRAWING}ext"), None)
        if extent is not None:
            self._picture((integer(extent.get("cx")) or 0) / _EMU, (integer(extent.get("cy")) or 0) / _EMU)
        return None

    def image(self, element: Element) -> Visit:
        """A picture in the older way; its shape has the size."""
        shape = element.getparent()
        style = str(shape.get("style", "")) if shape is not None else ""
        size = {side: float(number) * _CENTIMETRES[unit] for side, number, unit in _LENGTH.findall(style)}
        self._picture(size.get("width", 0.0), size.get("height", 0.0))
        return None

    def _picture(self, width: float, height: float) -> None:
        """A picture that is large enough to be one of a table."""
        if width >= _PICTURE_LEAST[0] and height >= _PICTURE_LEAST[1]:
            self.beside(Noted("picture-not-read", f"a picture of {width:.0f} by {height:.0f} cm"))

    def embedded(self, element: Element) -> Visit:
        """An embedded object: a spreadsheet more often than not. What shows it is a picture of it."""
        found = next(element.iter(f"{_OFFICE}OLEObject"), None)
        if found is None:
            return element, None
        program = str(found.get("ProgID", "")) or "an object of unknown kind"
        if not program.startswith(_FORMULA):
            self.beside(Noted("embedded-object", program[:60]))
        return None

    def imported(self, element: Element) -> Visit:
        """Another file that is to be shown here: an altChunk, or a part of a master document."""
        self.beside(Noted("embedded-object", "another document that is shown in place"))
        return None

    def note(self, element: Element) -> Visit:
        """A reference to a note. Its number is left out of the text, where it would stand next to figures."""
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        self.story.notes[kind][integer(element.get(w("id")))] = None
        return None

    def skip(self, element: Element) -> Visit:
        return None


def _goes_on(properties: Element | None, kind: str) -> bool | None:
    """Whether a cell belongs to the one above it (vMerge) or before it (hMerge); None if it is merged with neither."""
    if properties is None:
        return None
    merge = properties.find(w(kind))
    if merge is not None:
        return text_of(merge) != "restart"
    changed = properties.find(w("cellMerge")) if kind == "vMerge" else None
    return None if changed is None else changed.get(w("vMerge")) == "cont"


def _mark_is_hidden(mark: Element | None, by_style: bool) -> bool:
    direct = None if mark is None else is_on(mark.find(_VANISH))
    return by_style if direct is None else direct


def _is_furniture(paragraph: _Paragraph, text: str) -> bool:
    """A page number alone, or a line of a table of contents that has no page behind it."""
    if paragraph.page and _ONLY_PAGE.fullmatch(text):
        return True
    return paragraph.contents and bool(text.strip()) and _LEADER not in text


def _put(text: str) -> Rule:
    def rule(walk: _Walk, element: Element) -> Visit:
        walk.put(text)
        return element, None

    return rule


_IN_RUN: Final[Mapping[str, str]] = MappingProxyType({
    w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "", w("lastRenderedPageBreak"): "",
})  # fmt: skip
_OF_FIELDS: Final = frozenset((w("fldChar"), w("instrText")))
_SKIPPED: Final = (
    w("del"), w("moveFrom"), w("delText"), w("delInstrText"), w("sectPr"), w("tblGrid"), w("tblPrEx"), w("rt"),
    w("annotationRef"), w("footnoteRef"), w("endnoteRef"), w("separator"), w("continuationSeparator"), w("fldData"),
    w("commentReference"), w("pgNum"), w("ffData"),
)  # fmt: skip
_RULES: Final[Mapping[str, Rule]] = MappingProxyType({
    w("p"): _Walk.open_paragraph,
    w("r"): _Walk.open_run,
    _T: _Walk.text,
    f"{_MATH}t": _Walk.text,
    f"{_MATH}den": _put("/"),
    f"{_MATH}sup": _put("^"),
    f"{_MATH}sub": _put("_"),
    w("sym"): _Walk.symbol,
    w("ruby"): _Walk.ruby,
    w("fldChar"): _Walk.field_character,
    w("instrText"): _Walk.instruction,
    w("fldSimple"): _Walk.simple_field,
    w("tbl"): _Walk.open_table,
    w("tr"): _Walk.open_row,
    w("tc"): _Walk.open_cell,
    w("sdt"): _Walk.content_control,
    f"{_MC}AlternateContent": _Walk.alternatives,
    w("txbxContent"): _Walk.text_box,
    f"{_WP}inline": _Walk.drawing,
    f"{_WP}anchor": _Walk.drawing,
    f"{_PICTURE}pic": _Walk.picture,
    f"{_VML}imagedata": _Walk.image,
    w("object"): _Walk.embedded,
    w("altChunk"): _Walk.imported,
    w("subDoc"): _Walk.imported,
    w("footnoteReference"): _Walk.note,
    w("endnoteReference"): _Walk.note,
    **dict.fromkeys(_IN_RUN, _Walk.character),
    **dict.fromkeys(_SKIPPED, _Walk.skip),
})  # fmt: skip
