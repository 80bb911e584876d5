"""What a repair asks for, and how it is done: edits in order, each character edited
once at most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """One change that a repair asks for: the characters `[start, end)` become `new`.

    Offsets are those of the text that the repair was shown; in `Text.edits` they are those of the
    source. An edit that keeps the length maps its characters one to one.
    """

    start: int
    end: int
    new: str
    by: str = ""


class Doubt(NamedTuple):
    """A place that a repair could mend in several ways, and therefore did not."""

    start: int
    end: int
    candidates: tuple[str, ...]
    by: str = ""


def replaced(string: str, edits: Iterable[Edit]) -> str:
    """`string` with the edits made. Raises ValueError where they overlap or run backwards."""
    parts: list[str] = []
    done = 0
    for start, end, new, _ in edits:
        if start < done or end < start:
            raise ValueError(
                f"edits overlap or run backwards at {start}: sort them, and let each character be edited once"
            )
        parts += (string[done:start], new)
        done = end
    parts.append(string[done:])
    return "".join(parts)


def replay(source: str, edits: Iterable[Edit]) -> str:
    """Make `edits`, whose offsets are those of `source`, and return the repaired text.

    >>> replay("2018年(nián)度", [Edit(5, 11, "", "pinyin_glosses")])
    '2018年度'
    """
    return replaced(source, edits)
