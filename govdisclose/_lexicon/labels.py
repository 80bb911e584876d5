"""The normal form of a label: what is left of it when blanks, enumerator, quotes and
points are gone.

A label of a form is written in many ways; in normal form it is one. All functions take
half-width text, which is what the shadow of a report is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final, NewType

from govdisclose._lexicon.terminals import terminal

LabelKey = NewType("LabelKey", str)
"""A label in normal form: what `label_key` returns."""

_COUNT: Final = terminal("ORDINAL")
# A group and its first row may share a cell: (三)1.属于国家秘密.
_ENUMERATOR: Final = re.compile(
    r"(?:其中[::]?)?"
    rf"(?:第?{_COUNT}[、.]|\({_COUNT}\)、?(?:1[.、](?!\d))?|\(\d{{1,2}}\)|\d{{1,2}}[.、)])?"
    r"(?:其中[::]?)?"
)
# The first two characters of a label, wherever its blanks are. What follows a run of blanks begins with none, so that
# none is given back: without the possessive quantifiers a line of blanks would take cubic time.
_START: Final = re.compile(
    r"\s*+(?:其\s*+中\s*+[::]?\s*+)?"
    rf"(?:第?{_COUNT}\s*+[、.]|\(\s*+(?:{_COUNT}|\d{{1,2}})\s*+\)\s*+、?(?:\s*+1[.、](?!\d))?|\d{{1,2}}\s*+[.、)])?\s*+"
    r"(?:其\s*+中\s*+[::]?\s*+)?"
    r"[“”\"‘’《<]*\s*+([^\s“”\"《<])\s*+[“”\"《<]*\s*+([^\s“”\"《<])"
)
# What is dropped from a label on both sides before comparing: blanks, quotes and separating points.
_BLANKS: Final = " \t\r\n\v\f\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
_DROPPED: Final = dict.fromkeys(map(ord, f"{_BLANKS}“”\"‘’'、,。;:·*《》<>〈〉?"))
_BREAK: Final = re.compile(
    r"<br\s{0,2}/?>", re.IGNORECASE
)  # a line break in a cell of Markdown
_NOTE: Final = re.compile(r"\([^()]*\)?")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def bare(text: str) -> str:
    """`text` without blanks and without its enumerator: what is left to compare.

    >>> bare("其中: 1. 政府网站公开数")
    '政府网站公开数'
    """
    squeezed = _squeezed(_BREAK.sub("", text) if "<" in text else text)
    return squeezed[_ENUMERATOR.match(squeezed).end() :]  # type: ignore[union-attr]  # it matches the empty string


@lru_cache(maxsize=4096)
def enumerator(text: str) -> str:
    """The enumerator that `text` begins with, without blanks; empty if there is none.

    >>> enumerator("(七) 总计"), enumerator("总计")
    ('(七)', '')
    """
    m = _ENUMERATOR.match(_squeezed(text))
    return m.group() if m else ""


def is_numbered(text: str) -> bool:
    """Whether `text` begins with an enumerator.

    >>> is_numbered("1.按时办结数"), is_numbered("按时办结数")
    (True, False)
    """
    return enumerator(text) != ""


def is_enumerator(text: str) -> bool:
    """Whether `text` is an enumerator and nothing else, cut off its label.

    >>> is_enumerator("其中:"), is_enumerator("其中:1.当面申请数")
    (True, False)
    """
    return is_numbered(text) and not label_key(text)


@lru_cache(maxsize=8192)
def label_key(text: str) -> LabelKey:
    """The normal form of a label: no blanks, enumerator, quotes or points.

    A label is asked for over and over, in one report as in the next, so the last few
    thousand answers are kept.

    >>> label_key("(三) 从事政府信息公开 工作人员数")
    '从事政府信息公开工作人员数'
    """
    return LabelKey(bare(text).translate(_DROPPED))


def without_notes(key: LabelKey) -> LabelKey:
    """The label without what stands in parentheses, closed or not.

    >>> without_notes(label_key("主动公开信息数(不同渠道公开相同信息计1条)"))
    '主动公开信息数'
    """
    return LabelKey(_NOTE.sub("", key)) if "(" in key else key


@lru_cache(maxsize=8192)
def start_of(text: str) -> str:
    """The first two characters of `text` as a label; empty where it has none. Asked of
    every line of a report.

    >>> start_of(" 1. 政 府网站公开数"), start_of("12")
    ('政府', '12')
    """
    m = _START.match(text)
    return m[1] + m[2] if m else ""


@cache
def variants() -> Mapping[str, str]:
    """Words of converters to traditional script, each with the word of the forms;
    `labels.toml` has them."""
    written = (
        resources.files("govdisclose._lexicon")
        .joinpath("labels.toml")
        .read_text("utf-8")
    )
    return MappingProxyType(tomllib.loads(written)["variants"])


@cache
def _variant() -> re.Pattern[str]:
    return re.compile("|".join(variants()))


def without_variants(key: LabelKey) -> LabelKey:
    """The label with the words that the forms use.

    >>> without_variants(label_key("透过入口网站公开数"))
    '通过门户网站公开数'
    """
    words = variants()
    return LabelKey(_variant().sub(lambda m: words[m.group()], key))
