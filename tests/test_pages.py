"""The pages that show a report: nothing from outside, nothing of a text that can act, a counterpart for every mark."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tags import Tags

import govdisclose as gd
from govdisclose.view.marks import Mark, marks_of, stretches
from govdisclose.view.notebook import html_of
from govdisclose.view.page import review_page
from govdisclose.view.review import corrections_page
from govdisclose.view.words import words

EXAMPLE = files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")
HOSTILE = (
    "某市<script>alert(1)</script>局2018年政府信息公开年度报告\n一、概述\n全年<img src=x onerror=alert(1)>公开12条。\x00\ud800𠮷县\n"
    "（一）收到申请数 | 件 | 5\n</section></style><script>alert(2)</script>"
)


def test_both_languages_have_the_same_words() -> None:
    assert words("zh").keys() == words("en").keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_needs_nothing_from_outside(language: str) -> None:
    page = review_page(gd.parse(EXAMPLE), "zh" if language == "zh" else "en")
    assert not re.search(r"""(?:src|href)\s*=|url\(|@import""", page)
    assert "default-src 'none'" in page


def test_an_english_page_has_chinese_only_from_the_report() -> None:
    """The words of the page itself are English: only what is quoted is Chinese."""
    chrome = {word for word in words("zh").values() if len(word) > 2} - {"统计时段"}
    page = review_page(gd.parse("一、概述\n无。"), "en")
    assert not [word for word in chrome if word in page]


@pytest.mark.parametrize(
    "make",
    [review_page, lambda report: corrections_page([report])],
    ids=["view", "review"],
)
def test_nothing_that_a_text_says_can_act(make) -> None:  # type: ignore[no-untyped-def]
    page = make(gd.parse(HOSTILE))
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert "\x00" not in page
    page.encode("utf-8")


BAD = "</script><script>x</script><img src=x onerror=x>\x00\ud800\U00020bb7\"'"
FREE = frozenset(
    [
        "title",
        "issuer",
        "index_number",
        "document_number",
        "address",
        "postcode",
        "label",
        "raw",
        "unit",
        "marker",
        "text",
        "symbol",
        "message",
        "message_zh",
        "old",
        "new",
        "by",
        "name",
        "target",
        "row",
        "column",
        "form",
        "table",
        "indicator",
        "field",
    ]
)


def poisoned(value: object, key: str = "") -> object:
    """What `to_dict` wrote with a hostile text in every field that a report or a file may fill."""
    if isinstance(value, dict):
        return {name: poisoned(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, key) for part in value]
    return BAD if isinstance(value, str) and key in FREE else value


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_field_of_a_report_can_act(language: str) -> None:
    """Whatever stands in any field, also in one that only a file made by hand could hold."""
    speech: Literal["zh", "en"] = "zh" if language == "zh" else "en"
    report = gd.Report.from_dict(poisoned(gd.parse(EXAMPLE).to_dict()))  # type: ignore[arg-type]
    assert report.metadata.title == BAD
    for made in (
        review_page(report, speech),
        corrections_page([report], speech, BAD),
        html_of(report, speech),
        html_of(report.tables[0], speech),
    ):
        made.encode("utf-8")
        tags = Tags(made)
        assert tags.names["img"] == 0
        assert tags.names["script"] == made.count("<!DOCTYPE")
        assert not [name for name in tags.attributes if name.startswith("on")]
        assert "\x00" not in made


def test_every_mark_of_the_reading_is_in_the_source() -> None:
    page = review_page(gd.parse(EXAMPLE))
    body = re.sub(
        r"<(meta|input)([^>]*)>",
        r"<\1\2/>",
        page.split("<body>")[1].split("<script>")[0],
    )
    panes = ElementTree.fromstring(f"<body>{body}</body>").findall(".//main/section")
    ids = [
        {name for node in pane.iter() for name in (node.get("data-m") or "").split()}
        for pane in panes
    ]
    placeless = {name for name in ids[1] if name.startswith("f")}
    assert ids[1] - ids[0] <= placeless, "a finding may have no place; all else has one"
    assert len(ids[0] & ids[1]) > 100


@given(
    st.text(max_size=30),
    st.lists(
        st.tuples(
            st.integers(0, 30), st.integers(0, 30), st.sampled_from(["cell", "operand"])
        ),
        max_size=8,
    ),
)
def test_cutting_at_marks_loses_nothing(
    text: str, places: list[tuple[int, int, str]]
) -> None:
    """The stretches joined are the text, and each mark lies over just the characters that it marks."""
    inside = [
        (min(a, b, len(text)), min(max(a, b), len(text)), kind) for a, b, kind in places
    ]
    marks = [Mark(str(i), a, b, kind) for i, (a, b, kind) in enumerate(inside)]
    cut = list(stretches(text, marks))
    assert "".join(stretch.text for stretch in cut) == text
    for mark in marks:
        over = "".join(stretch.text for stretch in cut if mark.id in stretch.ids)
        assert over == text[mark.start : mark.end]
        assert any(mark.id in stretch.ids for stretch in cut)


def test_operands_of_findings_are_marked() -> None:
    report = gd.parse(EXAMPLE)
    findings = gd.check(report)
    marked = {mark.id for mark in marks_of(report, findings)}
    assert {
        f"f{i}" for i, f in enumerate(findings) if any(o.span for o in f.operands)
    } <= marked


def test_a_table_is_drawn_as_its_form_with_what_is_lacking_named() -> None:
    page = review_page(
        gd.parse(
            "某局2018年政府信息公开年度报告\n一、附表\n（一）收到申请数 | 件 | 5\n1.当面申请数 | 件 | \n"
        )
    )
    assert "收到申请数" in page
    assert words("zh")["absent"] in page
    assert words("zh")["blank"] in review_page(gd.parse(EXAMPLE))
    assert ">requests.received<" not in page, "keys stand in tooltips alone"


@pytest.mark.parametrize(
    "pick",
    [
        lambda r: r,
        lambda r: r["四"],
        lambda r: r.tables[0],
        lambda r: r.cells[0],
        lambda r: gd.check(r)[0],
        lambda r: gd.catalogue().forms["national-2014"],
    ],
    ids=["report", "section", "table", "cell", "finding", "form"],
)
def test_a_notebook_shows_each_value_without_a_script(pick) -> None:  # type: ignore[no-untyped-def]
    shown = pick(gd.parse(EXAMPLE))._repr_html_()
    assert "<script" not in shown
    assert shown.startswith('<div class="govdisclose">')


def test_a_table_in_a_notebook_shows_every_figure() -> None:
    table = gd.parse(EXAMPLE).tables[0]
    shown = table._repr_html_()
    assert all(
        str(cell.value) in shown for cell in table.cells if cell.value is not None
    )


def test_a_report_writes_its_page(tmp_path: Path) -> None:
    written = gd.parse(EXAMPLE).view(tmp_path / "page.html")
    assert written.read_text("utf-8") == review_page(gd.parse(EXAMPLE))
