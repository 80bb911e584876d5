"""Readings that converters print after characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

from govdisclose.repair._han import HAN
from govdisclose.repair._script import only_traditional
from govdisclose.text import Doubt, Edit

_SYLLABLES: Final = frozenset(
    f"{initial}{final}"
    for initial, finals in {
        "": "ai an ang ao a ei en eng er e ou o",
        "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
        "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
        "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
        "f": "a an ang ei en eng o ou u",
        "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
        "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
        "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue un uo v ve",
        "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
        "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
        "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
        "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
        "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
        "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
        "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
        "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
        "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
        "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
        "y": "a an ang ao e i in ing o ong ou u uan ue un",
        "w": "a ai an ang ei en eng o u",
    }.items()
    for final in finals.split()
)
# How fonts and keyboards stand in for a tone mark or a letter of pinyin.
_LOOKALIKES: Final = str.maketrans(
    {
        "\N{LATIN SMALL LETTER SCRIPT G}": "g",
        "\N{LATIN SMALL LETTER ALPHA}": "a",
        "\N{COMBINING BREVE}": "\N{COMBINING CARON}",
    }
)
_TONES: Final = re.compile(
    "[\N{COMBINING MACRON}\N{COMBINING ACUTE ACCENT}\N{COMBINING CARON}\N{COMBINING GRAVE ACCENT}]"
)
_PINYIN_LETTER: Final = "a-zà-ǜɑɡ\u0300-\u030c"
_GLOSS: Final = f"[(（]([{_PINYIN_LETTER}]{{1,9}})[)）]"
_PINYIN: Final = re.compile(_GLOSS)


@cache
def _glosses() -> re.Pattern[str]:
    """A run of what may be glosses; compiled on first use."""
    return re.compile(
        f"[(（](?<=[{HAN}].)([{_PINYIN_LETTER}]{{1,9}})[)）]((?:[(（][{_PINYIN_LETTER}]{{1,9}}[)）])*+)"
    )


@lru_cache(4096)
def _syllable(latin: str) -> tuple[str, bool] | None:
    """The toneless syllable, ü as v, and whether it carried a tone mark; None if it is no syllable
    of pinyin."""
    base, tones = _TONES.subn("", normalize("NFD", latin).translate(_LOOKALIKES))
    base = base.replace("u\N{COMBINING DIAERESIS}", "v")
    return (base, tones == 1) if tones < 2 and base in _SYLLABLES else None


def pinyin_glosses(string: str) -> Iterator[Edit | Doubt]:
    """Delete the reading that some converters print after a converted character: 網(wǎng),
    数(shù)(shu).

    One syllable in lower case, in half- or full-width parentheses, right after a Chinese character;
    a run of them goes in one edit. With a tone mark it always goes. Without one it goes after a
    traditional character, after a gloss that goes, or, from three letters, in a text with two toned
    glosses or more. Refused: a single letter without tone mark, which is the mark of a list
    (第三条(a)项), and two letters such as (ai) after a simplified character, which are more often an
    abbreviation.

    All this evidence can only shrink when glosses go, so what was left once is left again.

    >>> list(pinyin_glosses("互聯網(wǎng)站(App)"))
    [Edit(start=3, end=9, new='', by='')]
    """
    runs = [(run.start(), _run(run)) for run in _glosses().finditer(string)]
    toned = sum(gloss.has_tone for _, glosses in runs for gloss in glosses)
    for start, glosses in runs:
        stop = _end(glosses, toned, string[start - 1])
        if stop > start:
            yield Edit(start, stop, "")


class _Gloss(NamedTuple):
    """A gloss of a run: where it ends, its syllable without tone, and whether it had a
    tone mark."""

    end: int
    base: str
    has_tone: bool


def _run(run: re.Match[str]) -> list[_Gloss]:
    """The glosses of a run, up to the first that is no syllable."""
    glosses = []
    for end, latin in _each(run):
        syllable = _syllable(latin)
        if syllable is None:
            break
        glosses.append(_Gloss(end, *syllable))
    return glosses


def _end(glosses: Iterable[_Gloss], toned: int, before: str) -> int:
    """Where those glosses end that go; `before` is the character that they read. -1 where none
    goes."""
    stop, last = -1, ""
    for gloss in glosses:
        if not (gloss.has_tone or _goes_without_tone(gloss.base, last, toned, before)):
            break
        stop, last = gloss.end, gloss.base
    return stop


def _goes_without_tone(base: str, last: str, toned: int, before: str) -> bool:
    """Whether a syllable without tone mark is a gloss; `last` is that of the gloss before it, if
    one went."""
    if last and (base == last or len(base) > 1):
        return True
    return (len(base) > 2 and toned > 1) or (
        len(base) > 1 and before in only_traditional()
    )


def _each(run: re.Match[str]) -> Iterable[tuple[int, str]]:
    """The ends and the Latin of the glosses in a run; nearly always it is one."""
    if not run[2]:
        return ((run.end(), run[1]),)
    return [(run.start() + gloss.end(), gloss[1]) for gloss in _PINYIN.finditer(run[0])]
