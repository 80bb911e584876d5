"""Repairs: the cases of `cases/repair/*.json`, and what must hold for every string."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from govdisclose.repair import REPAIRS, repair, traditional_script
from govdisclose.text import Doubt, Edit, Source, replay

FUNCTIONS = {getattr(function, "__name__", ""): function for function in REPAIRS}
CASES = [
    (path.stem, case)
    for path in sorted(
        Path(__file__).with_name("cases").joinpath("repair").glob("*.json")
    )
    for case in json.loads(path.read_text("utf-8"))
]


def _parameters() -> list[Any]:
    """One parameter a case; a case with "xfail" must fail, until it is mended and the mark is taken away."""
    return [
        pytest.param(
            case,
            id=f"{stem}-{case['name']}",
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)]
            if "xfail" in case
            else [],
        )
        for stem, case in CASES
    ]


def _mend(name: str, string: str) -> tuple[str, list[Doubt]]:
    items = list(FUNCTIONS[name](string))
    edits = [item for item in items if isinstance(item, Edit)]
    return replay(string, edits), [item for item in items if isinstance(item, Doubt)]


@pytest.mark.parametrize("case", _parameters())
def test_a_case_is_repaired_as_it_says(case: dict[str, Any]) -> None:
    string, doubts = _mend(case["repair"], case["in"])
    assert string == case["out"]
    assert [list(doubt.candidates) for doubt in doubts] == case.get("doubts", [])


@pytest.mark.parametrize("case", _parameters())
def test_a_case_leaves_nothing_for_a_second_run(case: dict[str, Any]) -> None:
    string, _ = _mend(case["repair"], case["in"])
    assert _mend(case["repair"], string)[0] == string == case["out"]


def test_every_repair_has_cases_that_change_and_cases_that_do_not() -> None:
    """A repair cannot be added without a case of either kind."""
    kinds = {(case["repair"], case["in"] != case["out"]) for _, case in CASES}
    assert kinds == {(name, changes) for name in FUNCTIONS for changes in (True, False)}


# Pieces of damage, put together in any order: here the repairs meet each other.
DAMAGE = (
    "& &amp; amp; nbsp; &#38; &#8203; lt; # ; &semi; ( ) （ ） 〔 [ 】 (wǎng) (wang) （a） 網 業 于 於 著 力 乾 隆 "
    "開 報 務 瞭解 計畫 沿著 2018 2020 19 1 11 12 31 年 月 日 止 自 至 截至 到 號 号 云政办 (一 （二） (三重点 (十一 "
    "1) （2） 甲 。 ， ,"
)
BREAKING = [
    "\n",
    "\r\n",
    "\N{LINE SEPARATOR}",
    " ",
    "\u200b",
    "\ue000",
    "\ud800",
    "\0",
    "\U00020bb7",
]
PIECES = st.sampled_from(
    [
        *(case[key] for _, case in CASES for key in ("in", "out")),
        *DAMAGE.split(),
        *BREAKING,
    ]
)


def _soup(words: str, *more: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*words.split(), *more]), max_size=40).map("".join)


SOUPS = st.lists(PIECES, max_size=12).map("".join)
DATES = _soup(
    "自 从 截 至 到 年 月 日 止 起 。 ， , 0 1 2 3 9 〔 ( ） 号 甲 一 2018 2020 1231 11",
    " ",
    "\n",
)
MARKERS = _soup("( （ ) ） 1 2 3 一 二 三 十 重点 2018 甲(附", "\n", "\n", " ")
ENTITIES = _soup("& ; # amp 38 59 x26 nb sp lt semi num #8203 shy a fjlig")
STRINGS = st.one_of(SOUPS, DATES, MARKERS, ENTITIES, st.text(max_size=60))


@settings(max_examples=1500, deadline=None)
@given(STRINGS)
def test_a_second_repair_yields_no_edit(string: str) -> None:
    text, _ = repair(Source(string))
    again, _ = repair(Source(text.string))
    assert again.edits == ()


@settings(max_examples=500, deadline=None)
@given(STRINGS, st.sampled_from(sorted(FUNCTIONS)))
def test_each_repair_is_idempotent_and_in_order(string: str, name: str) -> None:
    once, _ = _mend(
        name, string
    )  # `replay` raises on edits that overlap or run backwards
    assert _mend(name, once)[0] == once


@settings(max_examples=500, deadline=None)
@given(STRINGS)
def test_the_edits_replayed_on_the_source_give_the_repaired_text(string: str) -> None:
    text, _ = repair(Source(string))
    assert replay(string, text.edits) == text.string
    assert {name for edit in text.edits for name in edit.by.split("+")} <= set(
        FUNCTIONS
    )


@settings(max_examples=500, deadline=None)
@given(STRINGS)
def test_a_character_outside_all_edits_keeps_its_exact_span(string: str) -> None:
    text, _ = repair(Source(string))
    done = shift = 0
    for start, end, new, _ in (*text.edits, Edit(len(string), len(string), "")):
        for at in range(done, start):
            assert text.span(at + shift, at + shift + 1) == (at, at + 1)
            assert text.string[at + shift] == string[at]
        done = end
        shift += len(new) - (end - start)


@settings(max_examples=500, deadline=None)
@given(STRINGS)
def test_a_doubt_lies_in_the_source_and_has_several_readings(string: str) -> None:
    _, doubts = repair(Source(string))
    for doubt in doubts:
        assert 0 <= doubt.start < doubt.end <= len(string)
        assert len(set(doubt.candidates)) == len(doubt.candidates) > 1
        assert doubt.by == "lost_characters"


def test_a_doubt_after_a_gloss_has_the_place_of_the_source() -> None:
    string = "統(tǒng)計期限自2018111日至20181231日，開"
    _, doubts = repair(Source(string))
    assert [string[doubt.start : doubt.end] for doubt in doubts] == ["2018111日"]


@settings(max_examples=500, deadline=None)
@given(
    st.dates(min_value=datetime.date(1949, 1, 1), max_value=datetime.date(2099, 12, 31))
)
def test_a_date_that_lost_its_characters_is_itself_again_or_in_doubt(
    date: datetime.date,
) -> None:
    good = f"自{date.year}年{date.month}月{date.day}日"
    string, doubts = _mend("lost_characters", good.replace("年", "").replace("月", ""))
    assert string == good or good.removeprefix("自") in doubts[0].candidates


# --- the oracle ---------------------------------------------------------------------------------------------------


def _entries(name: str) -> list[str]:
    from importlib import resources

    rows = (
        resources.files("opencc")
        .joinpath("dictionary", name)
        .read_text("utf-8")
        .splitlines()
    )
    return [row.split("\t")[0] for row in rows]


PHRASES = st.sampled_from(_entries("TSPhrases.txt"))
BITS = st.one_of(
    PHRASES,
    PHRASES.flatmap(
        lambda phrase: st.integers(0, len(phrase)).map(lambda cut: phrase[cut:])
    ),
    PHRASES.flatmap(
        lambda phrase: st.integers(0, len(phrase)).map(lambda cut: phrase[:cut])
    ),
    st.sampled_from(_entries("TSCharacters.txt")),
    st.sampled_from(
        ["\n", "，", " ", "政府", "2018", "乾", "於", "覆", "藉", "鍾", "瞭"]
    ),
)
ORACLE = OpenCC("t2s")


@settings(max_examples=1500, deadline=None)
@given(st.lists(BITS, max_size=12).map("".join))
def test_traditional_text_becomes_what_opencc_makes_of_it(soup: str) -> None:
    string = "開報務" + soup  # three characters that make it traditional
    assert _mend("traditional_script", string)[0] == ORACLE.convert(string)


def test_every_entry_of_the_dictionaries_becomes_what_opencc_makes_of_it() -> None:
    string = "\n".join(
        ["開報務", *_entries("TSCharacters.txt"), *_entries("TSPhrases.txt")]
    )
    assert _mend("traditional_script", string)[0] == ORACLE.convert(string)


def test_a_line_that_changes_is_one_edit_that_keeps_its_length() -> None:
    string = "甲開了報告乙\n不动\n業務，沿著開放道路"
    edits = [item for item in traditional_script(string) if isinstance(item, Edit)]
    assert edits == [Edit(1, 4, "开了报"), Edit(10, 16, "业务，沿着开")]


def test_simplified_text_is_never_folded() -> None:
    assert (
        list(traditional_script("乾隆年间的著作，於某，夥同，甯某，覆盖，瞭望" * 50))
        == []
    )


# --- hostile input ------------------------------------------------------------------------------------------------

HOSTILE = {
    "brackets": "〔【（(" * 250_000,
    "parentheses": "(" * 10**6,
    "digits": "2" * 10**6,
    "years": "20" * 500_000,
    "ampersands": "&" * 10**6,
    "escaped ampersands": "&amp;" * 100_000,
    "deep escape": "&" + "amp;" * 100_000 + "nbsp;",
    "semicolons": "&" + ";" * 10**6,
    "formless entities": "&" + "&#8203;" * 50_000 + "amp;",
    "one run of glosses": "網" + "(wǎng)" * 100_000,
    "glosses": "網(wǎng)" * 10_000,
    "spaces": "\n" + " " * 10**6,
    "line breaks": "\n" * 10**6,
    "markers": "1)甲\n(2)乙\n" * 20_000,
    "ordinals": "(一甲\n(二)乙\n" * 20_000,
    "ordinals on one line": "\n" + "(一" * 300_000,
    "dates": "201811日" * 20_000,
    "days": "至1月31," * 20_000,
    "NUL": "\0" * 10**6,
    "lone surrogates": "\ud800" * 10**6,
    "phrases": "開報務答覆計畫瞭解" * 20_000,
    "one traditional line": "開報務" + "公" * 10**6,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_repaired_and_stays_repaired(name: str) -> None:
    text, _ = repair(Source(HOSTILE[name]))
    assert repair(Source(text.string))[0].edits == ()


def test_the_edits_name_the_repair_that_made_them() -> None:
    folded = "全年通过各类渠道公开信息共计一千二百三十四条并且都已\n" * 5
    tables = "<table><tr>\n<td>甲</td></tr>\n</table>\n\n+--+\n|乙|\n+--+\n\n丙,1\n丁,2\n\n1\\.\\-\n"
    text, _ = repair(
        Source(
            f"\u200b⼈⺠報(bào)告\n主 动 公 开 信 息\n&nbsp;201811日業務開\n{tables}{folded}"
        )
    )
    # Where the fold of a line covers what another repair wrote, the edit names both.
    assert {name for edit in text.edits for name in edit.by.split("+")} == set(
        FUNCTIONS
    )


def test_folding_a_line_keeps_every_character_in_its_place() -> None:
    """The one edit of a line does not blur where its characters came from, nor what was mended inside it."""
    string = "業務(wù)報告&nbsp;自201811日開"
    text, _ = repair(Source(string))
    assert text.string == "业务报告\xa0自2018年1月1日开"
    raws = [text.raw(i, i + 1) for i in range(len(text.string))]
    assert raws == [*"業務報告", "&nbsp;", *"自2018", "", "1", "", *"1日開"]
