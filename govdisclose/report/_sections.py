"""How a section is found among its like: by the marker as one would write it, by its number, or by
its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from govdisclose._lexicon.numeral import read_ordinal
from govdisclose.errors import AmbiguousKey, UnknownKey
from govdisclose.report._short import cut, heading


class Numbered(Protocol):
    """What a section is known by."""

    @property
    def level(self) -> int:
        """The class of the marker."""

    @property
    def number(self) -> int | None:
        """The ordinal of the marker."""

    @property
    def marker(self) -> str:
        """The marker as printed."""

    @property
    def title(self) -> str | None:
        """What stands after the marker."""


S = TypeVar("S", bound=Numbered)

# A key that is a marker, after NFKC without blanks. The group that is found is the ordinal; the
# number is that of the class.
_CN: Final = "[〇零一二三四五六七八九十百]{1,7}"
_KEYS: Final = (
    (1, re.compile(rf"第({_CN}|[0-9]{{1,4}})部分[、:.,]?|({_CN})[、.,:]?")),
    (2, re.compile(rf"\(({_CN})\)[、.,:]?")),
    (3, re.compile(r"([0-9]{1,4})[、.,:]?")),
    (4, re.compile(r"\(?([0-9]{1,4})\)[、.,:]?")),
)
_CIRCLED: Final = re.compile(
    r"([\N{CIRCLED DIGIT ONE}-\N{CIRCLED NUMBER TWENTY}])[、.,:]?"
)
_LISTED: Final = 20  # sections that a message lists


def plain(text: str) -> str:
    """`text` for comparing: characters of one width, no blanks. (㈠ becomes (一), ⑴ becomes (1), １．
    becomes 1.)

    >>> plain("㈠ 概 述")
    '(一)概述'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def find_section(sections: Sequence[S], key: str | int, where: str) -> S:
    """The one of `sections` that goes by `key`; `where` is what they are the parts of, for the
    message.

    Raises TypeError for a key that is neither text nor a number, `UnknownKey` where no section goes
    by it, and `AmbiguousKey` where several do.
    """
    if isinstance(key, bool) or not isinstance(key, str | int):
        kind = type(key).__name__
        raise TypeError(
            f"a section is found by str or int, not {kind}; .sections has positions"
        )
    found = (
        _by_number(sections, None, key)
        if isinstance(key, int)
        else _by_text(sections, key)
    )
    if len(found) == 1:
        return found[0]
    asked = repr(cut(str(key), 40))
    if not found:
        have = _listed(sections) or "no sections"
        more = len(sections) - _LISTED
        rest = f"; and {more} more" if more > 0 else ""
        raise UnknownKey(f"{where} has no section {asked}; it has: {have}{rest}")
    raise AmbiguousKey(
        f"{where} has {len(found)} sections {asked}: {_listed(found)}; "
        "write a marker with its points or brackets, or a title, or take one from .sections"
    )


def _listed(sections: Sequence[S]) -> str:
    return "; ".join(heading(s.marker, s.title) for s in sections[:_LISTED])


def _marker(key: str) -> tuple[int, int] | None:
    """The level and the number that `key` is the marker of, or None."""
    squeezed = "".join(key.split())
    if circled := _CIRCLED.fullmatch(
        squeezed
    ):  # before NFKC, which makes it a plain digit
        return _numbered(5, circled[1])
    written = plain(squeezed)
    for level, shape in _KEYS:
        if found := shape.fullmatch(written):
            return _numbered(level, next(filter(None, found.groups())))
    return None


def _numbered(level: int, ordinal: str) -> tuple[int, int] | None:
    number = read_ordinal(ordinal)
    return None if number is None else (level, number)


def _by_text(sections: Sequence[S], key: str) -> list[S]:
    marker = _marker(key)
    if marker and (found := _by_number(sections, *marker)):
        return found
    wanted = plain(key)
    titled = [s for s in sections if wanted and wanted in _titles(s)]
    if titled or not marker:
        return titled
    # The class of the marker gives way where one section has the number: reports nest the classes
    # differently.
    return _by_number(sections, None, marker[1])


def _titles(section: Numbered) -> tuple[str, str]:
    title = section.title or ""
    return plain(title), plain(section.marker + title)


def _by_number(sections: Sequence[S], level: int | None, number: int) -> list[S]:
    return [s for s in sections if s.number == number and level in (None, s.level)]
