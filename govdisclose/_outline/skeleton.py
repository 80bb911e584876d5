"""Line tokens to an outline, through `grammars/report.lark`, which accepts every sequence of them.

Guarantees:

1. Every heading is in the outline once, in order; every other line is in the section that it follows.
2. No sequence of lines is refused. (Proved for all sequences up to seven long by a test.)
3. Faults of numbering are reported, never mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import define

from govdisclose._lexicon.grammar import grammar
from govdisclose._lines.line import Line
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.text import Text

TEXT: Final = "TEXT"


@define(eq=False)
class Run:
    """The lines between two headings: one token of the grammar."""

    lines: list[Line]
    type: str = TEXT


@define(eq=False)
class Node:
    """A part of the outline: its heading (None for the report itself), the lines under it, and the parts below it."""

    heading: Line | None
    lines: list[Line]
    nodes: list[Node]

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.nodes))


class _Outline:
    """Reductions of the grammar to nodes."""

    @staticmethod
    def _node(children: list[Any]) -> Node:
        heading: Line | None = None
        lines: list[Line] = []
        nodes: list[Node] = []
        for child in children:
            if isinstance(child, Node):
                nodes.append(child)
            elif isinstance(child, Run):
                lines += child.lines
            else:
                heading = child
        return Node(heading, lines, nodes)

    report = section0 = section1 = section2 = section3 = section4 = section5 = _node


def read_skeleton(lines: Iterable[Line]) -> Node:
    """The outline of `lines`."""
    root: Node = grammar("report", _Outline).run(tokens(lines))
    return root


def tokens(lines: Iterable[Line]) -> list[Line | Run]:
    """Headings as they are, all else as runs: what stands between two headings is one token, not hundreds."""
    out: list[Line | Run] = []
    run: list[Line] | None = None
    for line in lines:
        if line.type[0] == "H":
            run = None
            out.append(line)
        elif run is not None:
            run.append(line)
        else:
            run = [line]
            out.append(Run(run))
    return out


_OPENS: Final = 1


def numbering_faults(text: Text, root: Node) -> Iterator[Diagnostic]:
    """Skipped, repeated and missing numbers among the headings of one level under one heading.

    A level may go on counting where the part before it stopped ((5) under 2. after (4) under 1.), so a first number
    is missing only if it is neither 1 nor the next of its level.
    """
    last: dict[str, int] = {}
    for node in root.walk():
        before: dict[str, int] = {}
        for child in node.nodes:
            line = child.heading
            if line is None or line.number is None:
                continue
            previous = before.get(line.type)
            fault = _fault(line.number, previous, last.get(line.type, 0))
            if fault:
                marker = text.string[line.start : line.marker_end].strip()
                detail, zh = f"{marker} comes first", f"{marker}居首"
                if previous is not None:
                    detail, zh = f"{marker} follows number {previous}", f"第{previous}号之后为{marker}"
                yield diagnose(fault, detail, text.span(line.start, line.marker_end), text.source, zh)
            before[line.type] = line.number
        last.update(before)


def _fault(number: int, previous: int | None, last: int) -> str | None:
    if previous is None:
        return None if number in (_OPENS, last + 1) else "number-missing"
    if number == previous + 1:
        return None
    return "number-skipped" if number > previous else "number-repeated"
