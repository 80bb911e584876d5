"""The page of doubtful figures in a browser: corrections go out, come in again, and nothing is lost on the way."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import govdisclose as gd
from govdisclose.view.review import corrections_page

if TYPE_CHECKING:
    from pages.conftest import Open
    from playwright.sync_api import Page

TEXT: Final = (
    "云溪市水务局2018年政府信息公开工作年度报告\n一、概述\n全年公开信息12条。\n二、附表\n"
    "（一）收到申请数 | 件 | 37x |\n1.当面申请数 | 件 | 5 |\n2.传真申请数 | 件 | 1,2 |\n3.网络申请数 | 件 | 2O |\n4.信函申请数 | 件 | 8 |\n"
)
SUMS: Final = TEXT.replace("37x", "37").replace("1,2", "0").replace("2O", "20")
HEAD: Final = "file,sha256,table,row,column,value,note\n"


def named(text: str, name: str = "reports/2018.txt") -> gd.Report:
    return gd.parse(gd.Source(text, name=name))


def line(page: Page, row: str) -> str:
    return f"tr[data-row='{row}']"


def saved(page: Page) -> list[dict[str, str]]:
    """The lines of the CSV that the button saves."""
    with page.expect_download() as waiting:
        page.locator("#save").click()
    assert waiting.value.suggested_filename == "corrections.csv"
    written = Path(waiting.value.path()).read_text("utf-8-sig")
    return [*csv.DictReader(StringIO(written))]


def test_what_is_corrected_comes_into_the_panel(
    open_page: Open, tmp_path: Path
) -> None:
    """A figure that is typed, one that is not there, and a note with all that CSV must quote."""
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    report = named(TEXT)
    page = open_page(corrections_page([report]))
    received = page.locator(line(page, "requests.received"))
    received.locator(".value").fill("３3")
    received.locator(".note").fill('按"表二", 见附件\U00020bb7')
    page.locator(line(page, "requests.received.fax")).locator(".value").fill("无")
    with page.expect_download() as waiting:
        page.locator("#save").click()
    file = tmp_path / "corrections.csv"
    waiting.value.save_as(file)
    panel = gd.panel([report], corrections=file)
    cells = {
        row["key"]: row
        for row in panel.table("observations").rows()
        if row["origin"] == "table"
    }
    assert cells["requests.received"]["exact"] == "33"
    assert cells["requests.received"]["raw"] == "37x"
    assert "corrected" in cells["requests.received"]["diagnostics"]
    assert cells["requests.received.fax"]["reading"] == "blank"
    assert cells["requests.received.online"]["exact"] is None, "left as it was"
    assert panel.corrections[0].note == '按"表二", 见附件\U00020bb7'
    assert not panel.unused_corrections


def test_figures_that_a_failing_check_rests_on_can_be_confirmed(
    open_page: Open,
) -> None:
    page = open_page(corrections_page([named(SUMS)]))
    assert page.locator("tr[data-row]").count() == 5
    page.locator(line(page, "requests.received")).locator(".right").check()
    (only,) = saved(page)
    assert (only["value"], only["read"]) == ("37", "37")


def test_what_was_said_before_stands_on_the_page_again(open_page: Open) -> None:
    """And what no figure of the page answers to goes out again as it came in."""
    other = "reports/2017.txt,,main,requests.received,value,9,alt\n"
    own = "2018.txt,,main,requests.received,value,33,neu\n"
    page = open_page(corrections_page([named(TEXT)], "zh", HEAD + other + own))
    received = page.locator(line(page, "requests.received"))
    assert received.locator(".value").input_value() == "33"
    assert received.locator(".note").input_value() == "neu"
    assert page.locator("#count").text_content() == "1 / 3"
    first, second = saved(page)
    assert (first["file"], first["value"], first["note"]) == (
        "reports/2017.txt",
        "9",
        "alt",
    )
    assert (second["row"], second["value"], second["note"]) == (
        "requests.received",
        "33",
        "neu",
    )


def test_earlier_corrections_are_opened_from_a_file(
    open_page: Open, tmp_path: Path
) -> None:
    """Saved, opened on a new page, saved: the same lines."""
    page = open_page(corrections_page([named(TEXT)]))
    fax = page.locator(line(page, "requests.received.fax"))
    fax.locator(".value").fill("12")
    fax.locator(".note").fill("两行\r\n=SUM(A1)")
    with page.expect_download() as waiting:
        page.locator("#save").click()
    file = tmp_path / "before.csv"
    waiting.value.save_as(file)
    again = open_page(corrections_page([named(TEXT)]))
    again.locator("#open").set_input_files(file)
    again.wait_for_function(
        "document.getElementById('count').value.startsWith('1 ')", timeout=5000
    )
    assert saved(again) == [*csv.DictReader(StringIO(file.read_text("utf-8-sig")))]


def test_what_is_no_number_is_not_saved(open_page: Open) -> None:
    page = open_page(corrections_page([named(TEXT)]))
    value = page.locator(line(page, "requests.received")).locator(".value")
    value.fill("三十七")
    page.locator("#save").click()
    assert value.evaluate("node => node === document.activeElement")
    assert value.evaluate("node => !node.validity.valid")


def test_a_text_without_a_name_is_known_by_its_hash(
    open_page: Open, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    page = open_page(corrections_page([gd.parse(TEXT)]))
    page.locator(line(page, "requests.received")).locator(".value").fill("33")
    with page.expect_download() as waiting:
        page.locator("#save").click()
    file = tmp_path / "corrections.csv"
    waiting.value.save_as(file)
    panel = gd.panel([TEXT], corrections=file)
    assert not [*panel.unused_corrections]


def test_a_narrow_screen_needs_no_sideways_scroll(open_page: Open) -> None:
    page = open_page(corrections_page([named(TEXT), named(SUMS, "b.txt")]), (360, 640))
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_nothing_that_a_report_says_acts(open_page: Open) -> None:
    """Nor its name, nor what was said of it before."""
    hostile = "</textarea><script>document.title = 'broken'</script>"
    text = TEXT.replace("37x", f"37x{hostile}")
    known = f"{HEAD}a,,main,requests.received,value,1,{hostile}\n"
    page = open_page(corrections_page([named(text, f"{hostile}.txt")], "zh", known))
    assert page.title() == "存疑数据"
    assert hostile in page.locator("main").inner_text()
    assert page.locator("main script").count() == 0
