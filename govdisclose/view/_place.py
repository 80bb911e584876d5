"""Lines and columns of many places in a few texts."""

from __future__ import annotations

from typing import Any

from govdisclose.explain import Lines, Node
from govdisclose.text import Mark, Source


class Places:
    """Finds lines and columns; the lines of each text are looked for once."""

    __slots__ = ("_lines",)

    def __init__(self) -> None:
        self._lines: dict[int, tuple[Source, Lines]] = {}

    def lines(self, source: Source) -> Lines:
        """The lines of a text. Told apart by identity: comparing texts takes longer
        than reading them."""
        if id(source) not in self._lines:
            self._lines[id(source)] = source, Lines(source.text)
        return self._lines[id(source)][1]

    def of(self, node: Node) -> tuple[int, int, int, int] | None:
        """Line and column of the first character and of that after the last, from 1;
        None where there is no place."""
        if node.span is None or node.source is None:
            return None
        lines = self.lines(node.source)
        return *lines.place(node.span.start), *lines.place(node.span.end)

    @staticmethod
    def mark(node: Node) -> Mark | None:
        """Where in the file a value stands, if that is no plain text: a page, a cell of a table."""
        return (
            node.source.place(node.span)
            if node.source and node.span is not None
            else None
        )

    def in_file(self, node: Node) -> tuple[int, int, int, int] | None:
        """As `of`, but None where the file is no plain text: its lines are not those of
        the text read from it."""
        return None if node.source and node.source.marks else self.of(node)

    def named(self, node: Node) -> dict[str, Any]:
        """The members that say where `node` stands."""
        place = self.of(node)
        return {
            "file": node.source.name if node.source else None,
            "line": place[0] if place else None,
            "column": place[1] if place else None,
            "place": str(mark) if (mark := self.mark(node)) else None,
        }
