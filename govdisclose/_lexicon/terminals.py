"""The terminals of `grammars/lines.lark` as Python patterns, so that each is written once.

They are few and are asked for by modules that the import of the package loads, so they
are not read with Lark, which takes 0.1 s to load. What is read here is the part of its
language that terminals need: words, patterns, names of other terminals, `|`,
parentheses, and counts (`~2`, `~1..3`). A test compares all of it with what Lark makes
of the file."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from govdisclose._lexicon.grammar import source_of

_COMMENT: Final = re.compile(r"^\s*//.*\n?", re.MULTILINE)
_RULE: Final = re.compile(r"^(_?[A-Z][A-Z0-9_]*): ", re.MULTILINE)
_PART: Final = re.compile(
    r'\s*(?:(?P<word>"(?:\\.|[^"\\])*")|/(?P<pattern>(?:\\.|[^/\\])+)/|(?P<name>_?[A-Z][A-Z0-9_]*)'
    r"|~(?P<least>\d+)(?:\.\.(?P<most>\d+))?|(?P<mark>[|()]))"
)


class _Shape(NamedTuple):
    """A pattern that can stand beside others, and the words that it lists if it is
    nothing but these."""

    pattern: str
    words: tuple[str, ...] = ()


def terminal(name: str) -> str:
    """The source of a pattern for the terminal `name`, without groups that capture.
    Raises KeyError for no such name.

    >>> import re
    >>> re.findall(rf"{terminal('ORDINAL')}、", "一、概述 十二、附表")
    ['一、', '十二、']
    """
    return _terminals()[name].pattern


def words(name: str) -> tuple[str, ...]:
    """The words that the terminal `name` lists, the longer before the shorter. Raises
    KeyError if it has others.

    >>> words("TABLE_NAME")
    ('统计报表', '统计表', '情况表', '附表')
    """
    found = _terminals()[name].words
    if not found:
        raise KeyError(f"{name} is no list of words")
    return found


@cache
def _terminals() -> Mapping[str, _Shape]:
    _, *named = _RULE.split(_COMMENT.sub("", source_of("lines")))
    known: dict[str, _Shape] = {}
    for name, written in zip(named[::2], named[1::2], strict=True):
        known[name] = _any_of(_PART.finditer(written.rstrip()), known)
    return known


def _any_of(parts: Iterator[re.Match[str]], known: Mapping[str, _Shape]) -> _Shape:
    """The alternatives up to the end or the closing parenthesis."""
    found: list[list[_Shape]] = [[]]
    for part in parts:
        if part["mark"] == ")":
            break
        if part["mark"] == "|":
            found.append([])
        elif part["least"]:
            found[-1][-1] = _repeated(found[-1][-1], part["least"], part["most"])
        else:
            found[-1].append(_shape(part, parts, known))
    if all(len(row) == 1 and row[0].words for row in found):
        return _listed([word for row in found for word in row[0].words])
    patterns = ["".join(shape.pattern for shape in row) for row in found]
    return _Shape(patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})")


def _shape(
    part: re.Match[str], parts: Iterator[re.Match[str]], known: Mapping[str, _Shape]
) -> _Shape:
    if part["word"]:
        return _listed([literal_eval(part["word"])])
    if part["pattern"]:
        pattern = part["pattern"].replace(r"\/", "/")
        return _Shape(f"(?:{pattern})" if "|" in pattern else pattern)
    return _any_of(parts, known) if part["mark"] else known[part["name"]]


def _listed(found: list[str]) -> _Shape:
    listed = tuple(sorted(dict.fromkeys(found), key=len, reverse=True))
    if len(listed) == 1:
        return _Shape(re.escape(listed[0]), listed)
    if all(len(word) == 1 for word in listed):
        return _Shape(f"[{''.join(map(re.escape, listed))}]", listed)
    return _Shape(f"(?:{'|'.join(map(re.escape, listed))})", listed)


def _repeated(shape: _Shape, least: str, most: str | None) -> _Shape:
    count = f"{{{least},{most}}}" if most else f"{{{least}}}"
    alone = len(shape.words) == 1 or not shape.words
    return _Shape(f"(?:{shape.pattern}){count}" if alone else f"{shape.pattern}{count}")
