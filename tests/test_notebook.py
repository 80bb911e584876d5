"""Values in a notebook: short as text, whole as HTML, inert whatever they hold."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final
from xml.etree import ElementTree

import pytest
from tags import Tags

import govdisclose as gd
from govdisclose.finding import Findings
from govdisclose.form import Column
from govdisclose.view.heads import heads
from govdisclose.view.notebook import html_of

EXAMPLE: Final = (
    files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")
)
REPORT: Final = gd.parse(EXAMPLE)
HOSTILE: Final = gd.parse(
    "某市<script>alert(1)</script>局2018年政府信息公开年度报告\n一、<img src=x onerror=alert(1)>\n公开12条。\x00\ud800\U00020bb7县\n"
    "二、附表\n（一）收到申请数 | 件 | 5 |\n1.当面申请数 | 件 | 6 |\n2.传真申请数<script>alert(3)</script> | 件 | 7 |\n"
    "3.网络申请数 | 件 | <b onclick=alert(1)>8</b> |\n</div></style><script>alert(2)</script> | 件 | 7 |\n"
)
PICKS: Final[dict[str, Callable[[gd.Report], Any]]] = {
    "report": lambda r: r,
    "section": lambda r: r.sections[0],
    "table": lambda r: r.tables[0],
    "cell": lambda r: r.cells[0],
    "finding": lambda r: gd.check(r)[0],
    "findings": gd.check,
    "form": lambda r: gd.catalogue().forms["national-2021"],
}


def tree(page: str) -> ElementTree.Element:
    """A page of values that hold nothing hostile, as a tree."""
    return ElementTree.fromstring(page.replace("<br>", "<br/>"))


def panel_of(*texts: str) -> gd.Panel:
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    return gd.panel([*texts])


@pytest.mark.parametrize("pick", PICKS.values(), ids=PICKS)
def test_a_value_is_shown_without_a_script(pick: Callable[[gd.Report], Any]) -> None:
    """Also one that is made of a hostile report; what is shown can be encoded."""
    for report in (REPORT, HOSTILE):
        shown = pick(report)._repr_html_()
        shown.encode("utf-8")
        tags = Tags(shown)
        assert not {"script", "img", "b"} & tags.names.keys()
        assert not {name for name in tags.attributes if name.startswith("on")}


@pytest.mark.parametrize("pick", PICKS.values(), ids=PICKS)
def test_a_value_is_read_where_the_style_is_stripped(
    pick: Callable[[gd.Report], Any],
) -> None:
    """The style is one element of its own, and nothing is said by it alone."""
    root = tree(pick(REPORT)._repr_html_())
    assert [node.tag for node in root.iter("style")] == ["style"]
    assert not [node for node in root.iter() if node.get("style")]


@pytest.mark.parametrize(
    "value",
    [
        *(pick(REPORT) for pick in PICKS.values()),
        gd.catalogue(),
        gd.catalogue().forms["national-2014"].tables[0],
        gd.concepts(),
        gd.concepts()["requests.received"],
        REPORT.concept("requests.received"),
        gd.check(REPORT)[0].operands[0],
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_one_or_two_lines_as_text(value: object) -> None:
    assert len(repr(value)) <= 160
    assert "\n" not in repr(value)


def test_findings_are_a_tuple_that_counts_its_verdicts() -> None:
    found = gd.check(REPORT)
    assert isinstance(found, Findings)
    assert found == tuple(found)
    failing = sum(f.verdict == "fails" for f in found)
    assert f"{failing} fails" in repr(found)


def test_findings_are_all_in_the_notebook_the_failing_ones_unfolded() -> None:
    found = gd.check(REPORT)
    root = tree(found._repr_html_())
    assert len([*root.iter("li")]) == len(found)
    folded = [node for fold in root.iter("details") for node in fold.iter("li")]
    assert not [node for node in folded if node.get("class") in ("error", "warning")]


def test_a_table_shows_every_figure() -> None:
    shown = REPORT.tables[0]._repr_html_()
    figures = [str(cell.value) for cell in REPORT.cells if cell.value is not None]
    assert all(f">{figure}<" in shown for figure in figures)


@pytest.mark.parametrize(
    ("locale", "word"), [("zh_CN.UTF-8", "共核查"), ("de_DE.UTF-8", "checked")]
)
def test_a_notebook_speaks_the_language_of_the_locale(
    monkeypatch: pytest.MonkeyPatch, locale: str, word: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert word in gd.check(REPORT)._repr_html_()


def test_the_language_can_be_asked_for() -> None:
    assert "checked" in html_of(REPORT, "en")
    assert "共核查" in html_of(REPORT, "zh")


def test_a_group_is_merged_over_its_columns_and_a_label_reaches_the_figures() -> None:
    """As the form for 行政复议、行政诉讼 prints its head: labels that are the same stay apart."""
    columns = [
        Column("a", "结果维持", supergroup="行政复议"),
        Column("b", "总计", supergroup="行政复议"),
        Column("c", "结果维持", group="直接起诉", supergroup="行政诉讼"),
        Column("d", "结果维持", group="复议后起诉", supergroup="行政诉讼"),
    ]
    found = [(h.word, h.line, h.lines, h.columns) for h in heads(columns)]
    assert found == [
        ("行政复议", 0, 1, 2),
        ("行政诉讼", 0, 1, 2),
        ("结果维持", 1, 2, 1),
        ("总计", 1, 2, 1),
        ("直接起诉", 1, 1, 1),
        ("复议后起诉", 1, 1, 1),
        ("结果维持", 2, 1, 1),
        ("结果维持", 2, 1, 1),
    ]


@pytest.mark.parametrize(
    "table",
    [table for form in gd.catalogue().forms.values() for table in form.tables],
    ids=lambda table: table.title,
)
def test_the_words_of_every_head_cover_its_grid_once(table: Any) -> None:
    found = [*heads(table.columns, table.super_header)]
    covered = [
        (line, column)
        for h in found
        for line in range(h.line, h.line + h.lines)
        for column in range(h.column, h.column + h.columns)
    ]
    depth = 1 + max(line for line, _ in covered)
    assert sorted(covered) == [
        (line, column) for line in range(depth) for column in range(len(table.columns))
    ]


def test_a_panel_tells_what_is_in_it_once_it_was_read() -> None:
    panel = panel_of(EXAMPLE, "\x00\n")
    assert "not read yet" in repr(panel)
    assert "<table" not in panel._repr_html_()
    assert len(panel.table("reports")) == 2
    shown = panel._repr_html_()
    assert "2018–2018" in shown
    assert all(f">{name}<" in shown for name in ("observations", "series", "findings"))
    assert len(repr(panel)) <= 200


def test_a_long_table_of_a_panel_shows_its_ends() -> None:
    observations = panel_of(EXAMPLE).table("observations")
    shown = observations._repr_html_()
    assert len(re.findall("<tr>", shown)) == 1 + 5 + 1 + 5
    assert f"{len(observations)}" in shown
    assert ">…<" in shown
    raw = [row["raw"] for row in observations.rows()]
    assert f">{raw[0]}<" in shown
    assert f">{raw[-1]}<" in shown


def test_a_table_of_a_panel_is_inert() -> None:
    assert HOSTILE.source is not None
    table = panel_of(HOSTILE.source.text).table("sections")
    assert not {"script", "img"} & Tags(table._repr_html_()).names.keys()


def test_the_notebook_in_docs_runs_and_shows_every_value() -> None:
    """Each cell that ends in a value shows it as HTML, or in one line where it has none; plots are pictures."""
    for name in ("IPython", "matplotlib", "pyarrow"):
        pytest.importorskip(name, reason=f"needs {name}")
    notebook = importlib.import_module("notebook")
    kept = notebook.load()
    made = notebook.run(kept)
    outputs = [out for cell in made["cells"] for out in cell.get("outputs", ())]
    shown = [out["data"] for out in outputs if out["output_type"] == "execute_result"]
    html = ["".join(data["text/html"]) for data in shown if "text/html" in data]
    assert len(html) >= 10
    assert not [page for page in html if "script" in Tags(page).names]
    assert all(len("".join(data["text/plain"])) <= 160 for data in shown)
    assert sum("image/png" in out["data"] for out in outputs) == 3
    kinds = [[*out["data"]] for out in outputs]
    stored = [out for cell in kept["cells"] for out in cell.get("outputs", ())]
    assert kinds == [[*out["data"]] for out in stored], "make it again"
