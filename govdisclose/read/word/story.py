"""One story of a Word file (the body, or a note) to blocks: what a reader of the page
would see, changes accepted.

Elements have rules in `_RULES`: a rule does its part, and says whether to go into the
children. What has none is gone through, unless it only holds properties. The walk keeps
a stack of its own: nesting costs no recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from govdisclose.errors import SourceError
from govdisclose.read.word import fields, objects, paragraphs, runs, tables
from govdisclose.read.word.blocks import Flow
from govdisclose.read.word.names import w
from govdisclose.read.word.state import Leave, State, Story, Visit

Rule: TypeAlias = Callable[[State, Element], Visit]

_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"


def read_story(root: Element, story: Story) -> Flow:
    """The blocks below `root`. Raises `SourceError` where a limit is passed."""
    state = State(story)
    _walk(root, state)
    state.container.settle()
    return state.container.blocks


def _walk(root: Element, state: State) -> None:
    stack: list[tuple[Iterator[Element], Leave | None]] = [(iter(root), None)]
    depth = state.story.limits.depth
    rules = _RULES
    while stack:
        children, leave = stack[-1]
        for element in children:
            tag = str(element.tag)
            rule = rules.get(tag)
            if rule is not None:
                visit = rule(state, element)
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


def _put(text: str) -> Rule:
    def rule(state: State, element: Element) -> Visit:
        state.put(text)
        return element, None

    return rule


_SKIPPED: Final = (
    w("del"),
    w("moveFrom"),
    w("delText"),
    w("delInstrText"),
    w("sectPr"),
    w("tblGrid"),
    w("tblPrEx"),
    w("rt"),
    w("annotationRef"),
    w("footnoteRef"),
    w("endnoteRef"),
    w("separator"),
    w("continuationSeparator"),
    w("fldData"),
    w("commentReference"),
    w("pgNum"),
    w("ffData"),
)
_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        w("p"): paragraphs.open_paragraph,
        w("r"): runs.open_run,
        w("t"): runs.text,
        f"{_MATH}t": runs.text,
        f"{_MATH}den": _put("/"),
        f"{_MATH}sup": _put("^"),
        f"{_MATH}sub": _put("_"),
        w("sym"): runs.symbol,
        w("ruby"): runs.ruby,
        w("fldChar"): fields.field_character,
        w("instrText"): fields.instruction,
        w("fldSimple"): fields.simple_field,
        w("tbl"): tables.open_table,
        w("tr"): tables.open_row,
        w("tc"): tables.open_cell,
        w("sdt"): objects.content_control,
        f"{objects.MC}AlternateContent": objects.alternatives,
        w("txbxContent"): objects.text_box,
        f"{_WP}inline": objects.drawing,
        f"{_WP}anchor": objects.drawing,
        f"{_PICTURE}pic": objects.picture,
        f"{_VML}shape": objects.shape,
        f"{_VML}rect": objects.shape,
        f"{_VML}imagedata": objects.image,
        w("object"): objects.embedded,
        w("altChunk"): objects.imported,
        w("subDoc"): objects.imported,
        w("footnoteReference"): objects.note,
        w("endnoteReference"): objects.note,
        **dict.fromkeys(runs.IN_RUN, runs.character),
        **dict.fromkeys(_SKIPPED, objects.skip),
    }
)
