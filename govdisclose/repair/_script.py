"""Traditional script, folded to simplified."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from govdisclose.repair._words import WORDS
from govdisclose.text import Doubt, Edit


class _Script(NamedTuple):
    """The tables of OpenCC's t2s, in the shape that conversion wants them."""

    pure: frozenset[str]  # characters that only traditional text has
    changing: re.Pattern[
        str
    ]  # a stretch of a line, from the first to the last character that may change
    table: list[int]  # by code point, for the basic plane
    astral: dict[str, str]  # the others
    phrases: dict[str, str]
    triggers: re.Pattern[
        str
    ]  # a character of a phrase that the phrase converts in its own way
    pairs: dict[
        str, list[tuple[int, str]]
    ]  # two characters with a trigger: phrases, and where they stand in them


_THRESHOLD: Final = 3
_FIRST_HAN: Final = "\u3400"
# Characters of one edit at most, but for its ends. An edit is cut where another one lies within it,
# and each cut copies the rest: a report on one line with thousands of glosses would take the square
# of its length.
_STRETCH: Final = 198
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def _in_gb2312(text: str) -> bool:
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _dictionary(name: str) -> dict[str, str]:
    """A dictionary of OpenCC: key, tab, values; the first value is OpenCC's own choice."""
    from importlib import resources  # 10 ms, and most texts are simplified

    text = resources.files("opencc").joinpath("dictionary", name).read_text("utf-8")
    rows = (line.strip().split("\t") for line in text.splitlines() if line.strip())
    return {key: values.split(" ")[0] for key, values in rows}


@cache
def _script() -> _Script:
    characters, phrases = _dictionary("TSCharacters.txt"), _dictionary("TSPhrases.txt")
    changed = {old: new for old, new in characters.items() if old != new}
    table = list(range(0x10000))
    for old, new in changed.items():
        if old <= "\uffff":
            table[ord(old)] = ord(new)
    pure = _pure(changed, phrases)
    pairs, triggers = _pairs(changed, phrases)
    # One range for all other planes: `re` tries single characters of theirs one by one.
    plane = "".join(
        sorted(char for char in _changing(changed, phrases) if char <= "\uffff")
    )
    any_change = f"[{plane}\U00010000-\U0010ffff]"
    return _Script(
        pure,
        re.compile(f"{any_change}(?:[^\n]{{0,{_STRETCH}}}{any_change})?"),
        table,
        {old: new for old, new in changed.items() if old > "\uffff"},
        phrases,
        re.compile(f"[{''.join(sorted(triggers))}]"),
        pairs,
    )


def _pure(changed: Mapping[str, str], phrases: Mapping[str, str]) -> frozenset[str]:
    """What conversion can write is never pure: so converted text has none, and is not converted
    again."""
    written = {*"".join(changed.values()), *"".join(phrases.values())}
    new_only = [old for old in changed if old <= "\uffff" and old not in written]
    return frozenset(old for old in new_only if not _in_gb2312(old))


def _changing(changed: Mapping[str, str], phrases: Mapping[str, str]) -> set[str]:
    """Every character that conversion may change."""
    changing = {"著", *changed}
    for phrase, new in phrases.items():
        changing.update(
            old for old, char in zip(phrase, new, strict=True) if old != char
        )
    return changing


def _pairs(
    changed: Mapping[str, str], phrases: Mapping[str, str]
) -> tuple[dict[str, list[tuple[int, str]]], set[str]]:
    """Each phrase under two of its characters, and the characters that tell of phrases.

    A phrase that changes nothing of its own still keeps others from its characters; it goes by its
    last one.
    """
    pairs: dict[str, list[tuple[int, str]]] = {}
    triggers: set[str] = set()
    for phrase, new in phrases.items():
        own = (i for i, char in enumerate(phrase) if changed.get(char, char) != new[i])
        trigger = next(own, len(phrase) - 1)
        triggers.add(phrase[trigger])
        i = max(0, trigger - 1)
        pairs.setdefault(phrase[i : i + 2], []).append((i, phrase))
    return pairs, triggers


def only_traditional() -> frozenset[str]:
    """The characters that only traditional text has; see `traditional_script`."""
    return _script().pure


def _is_traditional(string: str) -> bool:
    """Whether three different characters of the string are purely traditional; see
    `traditional_script`."""
    rare = _rare(string)
    return len(rare) >= _THRESHOLD and len(rare & _script().pure) >= _THRESHOLD


def _rare(string: str) -> set[str]:
    """The Chinese characters of the string that GB 2312 has not: few texts have three, so that
    the tables are seldom loaded."""
    if _in_gb2312(string):
        return set()
    once = set(string)
    common = "".join(once).encode("gb2312", "ignore").decode("gb2312")
    return {c for c in once.difference(common) if c >= _FIRST_HAN}


def _phrases(string: str) -> list[tuple[int, str]]:
    """The phrases of the string with their places, as OpenCC picks them: longest first, then
    leftmost, no overlap."""
    script = _script()
    found: set[tuple[int, int, str]] = set()
    for trigger in script.triggers.finditer(string):
        at = trigger.start()
        for pair in (at - 1, at) if at else (at,):
            for offset, phrase in script.pairs.get(string[pair : pair + 2], ()):
                if pair >= offset and string.startswith(phrase, pair - offset):
                    found.add((-len(phrase), pair - offset, phrase))
    if not found:
        return []
    taken: set[int] = set()
    chosen: list[tuple[int, str]] = []
    for size, start, phrase in sorted(found):
        places = range(start, start - size)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append((start, phrase))
    return sorted(chosen)


def _simplified(string: str) -> str:
    """The string as OpenCC's t2s converts it; the length never changes."""
    script = _script()
    new = string.translate(script.table)
    if script.astral and _ASTRAL.search(string):
        new = _ASTRAL.sub(lambda match: script.astral.get(match[0], match[0]), new)
    phrases = _phrases(string)
    if not phrases:
        return new
    parts: list[str] = []
    done = 0
    for start, phrase in phrases:
        parts += (new[done:start], script.phrases[phrase])
        done = start + len(phrase)
    return "".join((*parts, new[done:]))


def traditional_script(string: str) -> Iterator[Edit | Doubt]:
    """Fold traditional script to simplified, with OpenCC's own tables.

    There is one edit for each line that changes; in a long line, one for each 200 characters.

    Only a text that is traditional is folded: one with at least three different characters that
    simplified text does not have. Such a character is in OpenCC's table, is not in GB 2312 and is
    never the result of a conversion (3,733 of the 3,751 that it changes in the basic plane). One or
    two may stand in the names of a simplified text, while a paragraph of traditional prose has
    many; a short heading alone may have too few, and then stays. Characters that are right in both
    scripts (乾, 於, 著) never count, and are not touched in simplified text.

    The result is that of `opencc.OpenCC("t2s").convert`, but for 著, which becomes 着 in 著力, 沿著 and
    the like. The words stay: 資訊 becomes 资讯, not 信息.

    >>> list(traditional_script("著力做好政務公開與復議工作"))
    [Edit(start=0, end=11, new='着力做好政务公开与复议', by='')]
    """
    if not _is_traditional(string):
        return
    new = _simplified(string)
    if "著" in new:
        new = WORDS["zhe"].sub("着", new)
    for line in _script().changing.finditer(string):
        first, last = line.span()
        # What may change need not: 乾 stays in 乾隆.
        while first < last and string[first] == new[first]:
            first += 1
        while first < last and string[last - 1] == new[last - 1]:
            last -= 1
        if first < last:
            yield Edit(first, last, new[first:last])
