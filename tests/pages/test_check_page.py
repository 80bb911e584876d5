"""The page that checks a file by double-click: it reads what it is given, and asks nobody."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

import govdisclose as gd

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "build" / "check.html"
EXAMPLES = files("govdisclose.examples").joinpath("reports")
SLIP = """云溪市水务局2018年政府信息公开工作年度报告
一、概述
全年工作平稳有序。
二、附表
（一）收到申请数 | 件 | 37 |
1.当面申请数 | 件 | 5 |
2.传真申请数 | 件 | 0 |
3.网络申请数 | 件 | 20 |
4.信函申请数 | 件 | 8 |
（二）申请办结数 | 件 | 37 |
1.按时办结数 | 件 | 37 |
"""
HOSTILE = """<html><title>某市某局2018年政府信息公开年度报告</title><body>
<script>top.document.title='ran'</script><img src=x onerror="top.document.title='ran'">
<p>一、概述</p><p>全年公开12条&lt;script&gt;top.document.title='ran'&lt;/script&gt;。</p>
<svg onload="top.document.title='ran'"></svg><iframe src="https://nowhere.invalid/"></iframe>
"""


def word_file(text: str) -> bytes:
    """The text as a Word document; its lines with bars are a table."""
    document = docx.Document()
    rows = [line.split("|")[:-1] for line in text.splitlines() if "|" in line]
    for line in text.splitlines():
        if "|" not in line:
            document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            table.cell(i, j).text = cell.strip()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_both_languages_have_the_same_words() -> None:
    words = tomllib.loads((ROOT / "page" / "words.toml").read_text("utf-8"))
    assert words["zh"].keys() == words["en"].keys()


class Desk:
    """The page, opened once; what it asked for and what went wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text))

    def open(self) -> None:
        self.page.goto(PAGE.as_uri())
        self._wait("ready")

    def check(self, name: str, data: bytes) -> None:
        """Give the page a file, and wait until it has answered."""
        self.page.evaluate("document.body.dataset.step = ''")
        file: Any = {"name": name, "mimeType": "", "buffer": data}
        self.page.set_input_files("#file", file)
        self._wait("shown")

    def _wait(self, step: str) -> None:
        steps = (step, "refused", "failed")
        ended = ", ".join(f"body[data-step={one}]" for one in steps)
        self.page.wait_for_selector(ended, state="attached", timeout=240_000)
        assert self.page.inner_text("#error") == ""

    def review(self) -> str:
        """What stands on the review page."""
        frame = self.page.frame_locator("#review")
        return frame.locator(".reading").inner_text()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Desk]:
    if not PAGE.exists():
        pytest.skip("the page is not made, so it is not tested: make page")
    context = browser.new_context()
    opened = Desk(context.new_page())
    opened.open()
    yield opened
    context.close()


def test_a_word_file_is_read_and_its_slip_found(desk: Desk) -> None:
    desk.check("年报.docx", word_file(SLIP))
    assert "37 ≠ 33" in desk.review()
    assert "37 ≠ 33" in desk.page.inner_text("#summary")


def test_what_was_found_can_be_saved(desk: Desk) -> None:
    desk.check("年报.txt", SLIP.encode())
    with desk.page.expect_download() as waiting:
        desk.page.click("#save")
    assert waiting.value.suggested_filename == "核查报告 年报.html"
    assert "37 ≠ 33" in waiting.value.path().read_text("utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_has_no_sideways_scroll(desk: Desk, width: int) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_web_page_is_read_as_the_command_line_reads_it(desk: Desk) -> None:
    data = EXAMPLES.joinpath("2016.html").read_bytes()
    desk.check("2016.html", data)
    frame = desk.page.frame_locator("#review")
    frame.get_by_role("heading", name="2016").wait_for()
    assert frame.locator(".source > div").text_content() == gd.read(data).text


def test_nothing_in_a_hostile_file_acts(desk: Desk) -> None:
    desk.check("坏.html", HOSTILE.encode())
    source = desk.page.frame_locator("#review").locator(".source").inner_text()
    assert "全年公开12条<script>" in source
    assert "ran" not in desk.page.title()
    blocked = [said for said in desk.faults if "inline event handler" in said]
    assert len(blocked) == HOSTILE.count("on" + "error=") + HOSTILE.count(
        "on" + "load="
    )
    desk.faults[:] = [said for said in desk.faults if said not in blocked]


def test_a_pasted_text_is_checked(desk: Desk) -> None:
    page = desk.page
    page.evaluate("document.querySelector('#drop details').open = true")
    page.fill("#paste", SLIP)
    page.evaluate("document.body.dataset.step = ''")
    page.click("#paste-go")
    page.wait_for_selector("body[data-step=shown]", state="attached")
    assert "37 ≠ 33" in desk.review()


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.pdf"])
def test_what_cannot_be_read_says_what_to_click(desk: Desk, name: str) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    desk.check(name, b"%PDF-1.4\n" if name.endswith("pdf") else old)
    said = desk.page.inner_text("#refused")
    assert "另存为" in said
    assert ".docx" in said
    assert desk.page.is_hidden("#result")


def test_english_by_a_switch(desk: Desk) -> None:
    page = desk.page
    desk.check("年报.txt", SLIP.encode())
    page.click("#language")
    page.frame_locator("#review").get_by_text("Findings", exact=False).first.wait_for()
    assert page.get_attribute("html", "lang") == "en"
    page.click("#language")
    assert page.get_attribute("html", "lang") == "zh-CN"


def test_it_has_asked_nobody_for_anything(desk: Desk) -> None:
    """The last of this file: all that was done before has been watched."""
    own = (PAGE.as_uri(), "blob:", "about:srcdoc")
    assert [url for url in desk.asked if not url.startswith(own)] == []
    assert desk.faults == []
