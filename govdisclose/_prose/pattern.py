"""The pattern language of `phrases.toml`, compiled to regular expressions by `phrase.lark`.

>>> pattern = compile_phrase("(?<!不)(?:办理)?(?:答|答复|[网上])…4#")
>>> sorted(pattern.first or ())
['上', '办', '答', '网']
>>> pattern.regex
'(?<!不)(?:办理)?(?:答|答复|[网上])[^#,。;、(]{0,4}?#'
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from attrs import frozen

from govdisclose._lexicon.grammar import text_parser

_PLAIN: Final = (
    "(?:各类|各项|各|政府|政务|信息|类|共|合|总|计|数|量|了|为|达|到|约|近|的|:){0,8}?"
)
_OF_GAP: Final = "[^#,。;、(]"
_NOTHING: Final[frozenset[str]] = frozenset()


@frozen
class Pattern:
    """A pattern, or a part of one.

    `first` are the characters that a match may begin with, None where it may be any. `empty` says
    that it may match nothing.
    """

    regex: str
    first: frozenset[str] | None
    empty: bool = False


def _either(
    one: frozenset[str] | None, other: frozenset[str] | None
) -> frozenset[str] | None:
    return None if one is None or other is None else one | other


class _Build:
    """Reductions of `phrase.lark`."""

    @staticmethod
    def phrase(branches: list[Pattern]) -> Pattern:
        first: frozenset[str] | None = _NOTHING
        for branch in branches:
            first = _either(first, branch.first)
        regex = "|".join(branch.regex for branch in branches)
        return Pattern(regex, first, any(branch.empty for branch in branches))

    @staticmethod
    def branch(items: list[Pattern]) -> Pattern:
        first: frozenset[str] | None = _NOTHING
        empty = True
        for item in items:
            if empty:
                first = _either(first, item.first)
            empty = empty and item.empty
        return Pattern("".join(item.regex for item in items), first, empty)

    @staticmethod
    def item(children: list[Any]) -> Pattern:
        atom, *many = children
        if not many:
            return Pattern(atom.regex, atom.first, atom.empty)
        times = str(many[0])
        return Pattern(atom.regex + times, atom.first, atom.empty or times[0] in "?*{")

    @staticmethod
    def words(children: list[str]) -> Pattern:
        return Pattern(str(children[0]), frozenset(children[0][0]))

    @staticmethod
    def set(children: list[str]) -> Pattern:
        return Pattern(str(children[0]), frozenset(children[0][1:-1]))

    @staticmethod
    def any_but(children: list[str]) -> Pattern:
        return Pattern(str(children[0]), None)

    @staticmethod
    def gap(children: list[str]) -> Pattern:
        return Pattern(f"{_OF_GAP}{{0,{children[0][1:]}}}?", None, True)

    @staticmethod
    def plain(_: list[str]) -> Pattern:
        return Pattern(_PLAIN, None, True)

    @staticmethod
    def group(children: list[Pattern]) -> Pattern:
        (inner,) = children
        return Pattern(f"(?:{inner.regex})", inner.first, inner.empty)

    @staticmethod
    def unless_behind(children: list[Pattern]) -> Pattern:
        return Pattern(f"(?<!{children[0].regex})", _NOTHING, True)

    @staticmethod
    def unless_ahead(children: list[Pattern]) -> Pattern:
        return Pattern(f"(?!{children[0].regex})", _NOTHING, True)


@cache
def _parser() -> Callable[[str], Any]:
    return text_parser("phrase", _Build())


@cache
def compile_phrase(source: str) -> Pattern:
    """The pattern that `source` writes; made once a process. Raises what Lark raises on
    a line that is none."""
    pattern: Pattern = _parser()(source)
    return pattern
