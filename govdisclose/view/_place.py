"""Lines and columns of many places in a few texts."""

from __future__ import annotations

from typing import Any

from govdisclose.explain import Lines, Node
from govdisclose.text import Source


class Places:
    """Finds lines and columns; the lines of each text are looked for once."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Source, Lines]] = {}

    def lines(self, source: Source) -> Lines:
        """The lines of a text. Told apart by identity: comparing texts takes longer than reading them."""
        if id(source) not in self._lines:
            self._lines[id(source)] = source, Lines(source.text)
        return self._lines[id(source)][1]

    def of(self, node: Node) -> tuple[int, int, int, int] | None:
        """Line and column of the first character and of that after the last, from 1; None where there is no place."""
        if node.span is None or node.source is None:
            return None
        lines = self.lines(node.source)
        return *lines.place(node.span.start), *lines.place(node.span.end)

    def named(self, node: Node) -> dict[str, Any]:
        """The members that say where `node` stands."""
        place = self.of(node)
        return {
            "name": node.source.name if node.source else None,
            "line": place[0] if place else None,
            "column": place[1] if place else None,
        }
