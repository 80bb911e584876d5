"""Markers at the start of a line that lost a parenthesis.

1） is （1） where both styles count through one sequence, and (一重点工作 is (一)重点工作 where it fits between
its neighbours. Otherwise they stay: 1） is also a style of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from govdisclose.repair._han import is_han
from govdisclose.repair._words import WORDS
from govdisclose.text import Edit

_BREAKS: Final = str.maketrans(
    dict.fromkeys(
        "\r\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"
    )
)
_ORDINALS: Final = {
    f"{ten}{one}": n
    for n, (ten, one) in enumerate(
        (
            (ten, one)
            for ten in ("", "十", "二十")
            for one in ("", *"一二三四五六七八九")
        ),
        0,
    )
    if n
}
_MARKER: Final = re.compile(
    r"\n[^\S\n]*+(?:"
    r"(?P<bare>[0-9]{1,2})(?P<closer>[)）])(?=[^\S\n]{0,4}[^\s0-9,，。.;；、)）])"
    r"|[(（](?:(?P<full>[0-9]{1,2})[)）]|(?P<ordinal>[一二三四五六七八九十]{1,3}+)(?P<next>.?)))"
)
# A marker that may have lost a parenthesis: most texts have none, and are done after this search.
_DAMAGED: Final = re.compile(
    r"\n[^\S\n]*+(?:[0-9]{1,2}[)）]|[(（][一二三四五六七八九十]{1,3}+[^)）])"
)
_TO_PARENTHESIS: Final = re.compile(r"[^()（）\n]*+([)）]?)")


class _Numbered(NamedTuple):
    """A marker: its number, and if it is not whole, what to insert, and where."""

    number: int
    whole: bool
    at: int = 0
    new: str = ""


def lost_parentheses(string: str) -> Iterator[Edit]:
    r"""The parentheses that markers lost.

    >>> list(lost_parentheses("（1）甲\n2）乙"))
    [Edit(start=5, end=5, new='（', by='')]
    """
    breaks = len(string.splitlines()) > string.count("\n") + 1
    lines = "\n" + (string.translate(_BREAKS) if breaks else string)
    if not _DAMAGED.search(lines):
        return
    found = [*_MARKER.finditer(lines)]
    numbers = [marker for match in found if (marker := _number(lines, match))]
    ordinals = [marker for match in found if (marker := _ordinal(lines, match))]
    if _counts_through(numbers):
        yield from (Edit(m.at, m.at, m.new) for m in numbers if not m.whole)
    if any(marker.whole for marker in ordinals):
        for i, marker in enumerate(ordinals):
            if not marker.whole and _fits(ordinals, i, marker.number):
                yield Edit(marker.at, marker.at, marker.new)


def _number(lines: str, match: re.Match[str]) -> _Numbered | None:
    """The marker 1） or （1） that was matched."""
    if full := match["full"]:
        return _Numbered(int(full), whole=True)
    if not match["bare"] or _inside_parenthesis(lines, match.start()):
        return None
    opener = "(" if match["closer"] == ")" else "（"
    return _Numbered(int(match["bare"]), False, match.start("bare") - 1, opener)


def _ordinal(lines: str, match: re.Match[str]) -> _Numbered | None:
    """The marker （一） or （一 that was matched; of what begins like one, only what can be one."""
    number = _ORDINALS.get(match["ordinal"] or "")
    if number is None:
        return None
    if match["next"] in {")", "）"}:
        return _Numbered(number, whole=True)
    at, after = match.end("ordinal"), match["next"]
    if not is_han(after) or WORDS["counted"].match(after) or _to_closer(lines, at):
        return None
    closer = ")" if lines[match.start("ordinal") - 1] == "(" else "）"
    return _Numbered(number, False, at - 1, closer)


def _to_closer(lines: str, at: int) -> str:
    """The closing parenthesis that comes first of all parentheses in the rest of the line, or "".

    The whole rest of the line, rather than a window of it: a window would slide when a date in it
    is mended.
    """
    match = _TO_PARENTHESIS.match(lines, at)
    return match[1] if match else ""


def _inside_parenthesis(lines: str, at: int) -> bool:
    """Whether the line that ends at `at` leaves a parenthesis open, so that "1)" closes it.

    Openers that this repair may close (of a marker, of a document symbol) do not count: else a
    second run would see another answer.
    """
    line = lines[lines.rfind("\n", 0, at) + 1 : at].lstrip()[1:]
    opened = max(line.rfind("("), line.rfind("（"))
    return opened > max(line.rfind(")"), line.rfind("）")) and line[
        opened + 1 : opened + 3
    ] not in {"19", "20"}


def _counts_through(numbers: Sequence[_Numbered]) -> bool:
    """Whether 1） and （n） are one sequence: somewhere one follows the other by one, and not its own
    kind.

    1） 2） （3） is one sequence that lost characters. （1） 1） 2） （2） is two levels, and stays.
    """
    last = {True: 0, False: 0}
    before: tuple[int, bool] | None = None
    for number, whole, _, _ in numbers:
        if before == (number - 1, not whole) and last[whole] != number - 1:
            return True
        last[whole] = number
        before = number, whole
    return False


def _fits(ordinals: Sequence[_Numbered], i: int, number: int) -> bool:
    """Whether the number stands where its neighbours leave room for just this one.

    Refused: (三公经费, as the rest of a broken line, between （二） and （三）.
    """
    before = ordinals[i - 1].number if i else 0
    after = ordinals[i + 1].number if i + 1 < len(ordinals) else None
    if (before != number - 1 and number != 1) or after not in {None, 1, number + 1}:
        return False
    return (before == number - 1 and i > 0) or after == number + 1
