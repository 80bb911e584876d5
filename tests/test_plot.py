"""Plots: gaps say why, no line goes where figures cannot be compared, and matplotlib stays as it was."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Iterator
from typing import Any, Final

import pytest

import govdisclose as gd
from govdisclose.errors import MissingExtra
from govdisclose.plot import funnel, quality, series, svg
from govdisclose.plot._sheet import chinese_family, data

OLD: Final = "一、附表\n（一）收到申请数 | 件 | {} |\n1.当面申请数 | 件 | 3 |\n（二）申请办结数 | 件 | 9 |\n1.同意公开答复数 | 件 | 4 |\n"
NEW: Final = (
    "三、收到和处理政府信息公开申请情况\n"
    "申请人情况 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计\n"
    "一、本年新收政府信息公开申请数量 | {0} | 0 | 0 | 0 | 0 | 0 | {0}\n"
    "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
    "（一）予以公开 | 4 | 0 | 0 | 0 | 0 | 0 | 4\n"
    "（七）总计 | 9 | 0 | 0 | 0 | 0 | 0 | 9\n"
)


def text(year: int, received: object, body: str = "云溪市水务局") -> str:
    table = (OLD if year < 2019 else NEW).format(received)
    return f"{body}{year}年政府信息公开工作年度报告\n{table}"


@pytest.fixture(autouse=True)
def _drawn_to_memory() -> Iterator[None]:
    """No window, and no figure left open."""
    matplotlib = pytest.importorskip("matplotlib", reason="needs the extra plot")
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    matplotlib.use("Agg")
    yield
    matplotlib.pyplot.close("all")


def lines(axes: Any) -> list[list[float]]:
    """The years of each line that is drawn between figures."""
    found = [
        line for line in axes.get_lines() if line.get_transform() == axes.transData
    ]
    return [[*map(float, line.get_xdata())] for line in found if len(line.get_xdata())]


def words(axes: Any) -> str:
    legend = axes.get_legend()
    texts = [
        *axes.texts,
        *axes.get_yticklabels(),
        *(legend.get_texts() if legend else ()),
    ]
    said = [axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()]
    return "\n".join([*said, *(found.get_text() for found in texts)])


def test_no_line_goes_through_a_break() -> None:
    """From 2018 to 2019 the form changes, and with it what a request received is."""
    panel = gd.panel([text(year, 10) for year in (2017, 2018, 2019, 2020)])
    axes: Any = series(panel, "requests.received", lang="en")
    assert lines(axes) == [[2017, 2018], [2019, 2020]]
    breaks = [line for line in axes.get_lines() if 2018.5 in line.get_xdata()]
    assert len(breaks) == 1
    assert "definition changes" in words(axes)
    assert "national-2019 (A)" in words(axes)


def test_a_year_without_a_report_is_a_gap_that_says_so() -> None:
    panel = gd.panel([text(2019, 10), text(2021, 12)])
    axes: Any = series(panel, "requests.received", lang="en")
    assert lines(axes) == [[2019], [2021]]
    assert "no report" in words(axes)


def test_a_blank_is_a_gap_and_no_zero() -> None:
    panel = gd.panel([text(2017, 10), text(2018, "")])
    axes: Any = series(panel, "requests.received", lang="zh")
    assert lines(axes) == [[2017]]
    assert "空白" in words(axes)


def test_what_a_form_does_not_collect_is_a_gap_that_says_so() -> None:
    axes: Any = series(
        gd.panel([text(2018, 1), text(2019, 2)]), "outcome.unable", lang="zh"
    )
    assert "表式未收集" in words(axes)


def test_many_bodies_have_one_entry_in_the_legend() -> None:
    panel = gd.panel(
        [text(2019, 5, f"{name}县水务局") for name in "青白赤蓝金木水火土石"]
    )
    axes: Any = series(panel, "requests.received", lang="en")
    assert [t.get_text() for t in axes.get_legend().get_texts()] == ["other bodies"]


def test_an_unknown_concept_is_refused() -> None:
    with pytest.raises(gd.UnknownKey):
        series(gd.panel([text(2019, 5)]), "requests.recieved")


def test_a_funnel_says_what_it_has_no_figure_for() -> None:
    axes: Any = funnel(gd.parse(text(2018, "")), lang="en")
    assert "blank" in words(axes)
    assert "row absent" in words(axes)
    bars = [bar.get_width() for bar in axes.patches]
    assert 0 not in bars, "a blank is no bar of no length"


def test_a_funnel_has_the_share_of_what_was_decided() -> None:
    axes = funnel(gd.parse(text(2019, 9)), lang="zh")
    assert "4  44.4%" in words(axes)


def test_a_report_without_tables_has_a_funnel_that_says_so() -> None:
    assert "no table" in words(funnel(gd.Report(), lang="en"))


def test_no_part_is_drawn_beside_the_whole_that_holds_it() -> None:
    """信息不存在 is a part of 无法提供 since 2019, and stands alone before."""
    assert "信息不存在" not in words(funnel(gd.parse(text(2019, 9)), lang="zh"))
    assert "信息不存在" in words(funnel(gd.parse(text(2018, 9)), lang="zh"))


def test_quality_counts_every_cell_once() -> None:
    panel = gd.panel([text(2018, ""), text(2019, 10), "\x00\n"])
    axes: Any = quality(panel, lang="en")
    cells = sum(row["origin"] == "table" for row in panel.table("observations").rows())
    assert sum(bar.get_height() for bar in axes.patches) == cells


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_drawing_warns_of_nothing_and_changes_no_setting(lang: Any) -> None:
    """Every word has a font with its characters, those at the ticks too."""
    matplotlib = pytest.importorskip("matplotlib", reason="needs the extra plot")
    before = dict(matplotlib.rcParams)
    panel = gd.panel([text(2018, 9), text(2019, 9)])
    report = gd.parse(text(2019, 9))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for axes in (
            funnel(report, lang=lang),
            series(panel, "requests.received", lang=lang),
            quality(panel, lang=lang),
        ):
            axes.figure.canvas.draw()
            assert "<text" in svg(axes)
    assert dict(matplotlib.rcParams) == before


def test_svg_keeps_words_as_words() -> None:
    drawn = svg(funnel(gd.parse(text(2019, 9)), lang="zh"))
    assert "云溪市水务局 2019" in drawn
    assert "<script" not in drawn


def test_it_is_drawn_on_the_axes_that_are_given() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot", reason="needs the extra plot")
    _, (left, right) = pyplot.subplots(1, 2)
    assert funnel(gd.parse(text(2019, 9)), ax=right) is right
    assert not left.patches


def test_without_a_chinese_font_it_warns_once_and_speaks_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("govdisclose.plot._sheet.installed_families", frozenset)
    with pytest.warns(UserWarning, match="no font with Chinese characters"):
        axes = funnel(gd.Report())
    assert "Requests" in axes.get_title(loc="left")


def test_the_family_of_the_list_that_comes_first_is_taken() -> None:
    first, second, *_ = data()["families"]
    assert chinese_family(frozenset({second, first, "DejaVu Sans"})) == first


def test_without_matplotlib_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"govdisclose\[plot\]"):
        funnel(gd.Report())


def test_matplotlib_is_not_loaded_before_a_plot_is_made() -> None:
    code = "import govdisclose, sys; govdisclose.plot.funnel; print('matplotlib' in sys.modules)"
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "False"
