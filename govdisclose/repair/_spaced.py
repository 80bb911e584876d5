"""Characters that stand apart from each other, each by a blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govdisclose.text import Doubt, Edit

_BLANK: Final = "[ \N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}]"
_HAN: Final = "[\u3400-\u9fff〇○]"
# A blank first, then what stands before it: so a search looks at blanks only.
_APART: Final = re.compile(f"{_BLANK}(?<={_HAN}.)(?={_HAN})")
_TOGETHER: Final = re.compile(f"{_HAN}(?={_HAN})")
# A single blank between two characters; those beside bars part cells, and those beside blanks are gaps.
_SINGLE: Final = re.compile(
    rf"(?<=[^\s|\N{{BOX DRAWINGS LIGHT VERTICAL}}]){_BLANK}(?=[^\s|\N{{BOX DRAWINGS LIGHT VERTICAL}}])"
)
# Where figures of several digits are whole, a blank beside a digit parts it from other cells.
_FIGURE: Final = re.compile(r"\d\d")
_BUT_DIGITS: Final = re.compile(rf"(?<!\d){_SINGLE.pattern}(?!\d)")
_ALONE: Final = re.compile(rf"\S(?:{_BLANK}+\S)*")
_LINE: Final = re.compile(r"[^\r\n]+")
_LINE_LEAST: Final = 4  # pairs apart in a line that tells it by itself
_LINE_SHARE: Final = 10  # pairs apart for each that is not
_TEXT_LEAST: Final = 40
_TEXT_SHARE: Final = 4


def spaced_characters(string: str) -> Iterator[Edit | Doubt]:
    """Take out the blanks between characters where each stands apart: 主 动 公 开.

    What is set so, or came so out of a PDF, has a blank behind nearly every character. Wider gaps
    are those between words and cells, and stay; so do blanks beside figures where one of these is
    whole. Refused: lines with words that are whole, and short lines where the text as a whole is
    not set so.

    >>> [edit.start for edit in spaced_characters("概 述")]
    []
    >>> [edit.start for edit in spaced_characters("主 动 公 开 信 息  12")]
    [1, 3, 5, 7, 9]
    """
    apart = len(_APART.findall(string))
    if apart < _LINE_LEAST:
        return
    is_spaced = (
        apart >= _TEXT_LEAST and len(_TOGETHER.findall(string)) * _TEXT_SHARE <= apart
    )
    for line in _LINE.finditer(string):
        if _is_spaced(string, line, is_spaced):
            blank = _BUT_DIGITS if _FIGURE.search(line.group()) else _SINGLE
            for m in blank.finditer(string, line.start(), line.end()):
                yield Edit(m.start(), m.end(), "")


def _is_spaced(string: str, line: re.Match[str], text_is: bool) -> bool:
    """Whether the characters of a line stand apart, by what the line shows, or the text."""
    apart = len(_APART.findall(string, line.start(), line.end()))
    if apart < _LINE_LEAST and not text_is:
        return False
    together = len(_TOGETHER.findall(string, line.start(), line.end()))
    if apart >= _LINE_LEAST and together * _LINE_SHARE <= apart:
        return True
    if not text_is or together:
        return False
    return apart > 0 or _ALONE.fullmatch(line.group().strip()) is not None
