"""What is drawn on: Axes of matplotlib with a font that has Chinese characters, and SVG made of them."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from govdisclose.panel.schema import library
from govdisclose.view.words import Language, spoken

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK: Final = "#1f4e79"
SOFT: Final = "#9db7d1"
DOUBT: Final = "#b36b00"
GREY: Final = "#8a8a8a"


@cache
def data() -> Mapping[str, Any]:
    """What `plot.toml` has.

    >>> data()["zh"].keys() == data()["en"].keys()
    True
    """
    text = resources.files("govdisclose.plot").joinpath("plot.toml").read_text("utf-8")
    return tomllib.loads(text)


@frozen
class Sheet:
    """Axes to draw on, the language that they speak, and its words."""

    axes: Axes
    language: Language
    words: Mapping[str, str]
    family: str | None

    def finish(self, title: str) -> Axes:
        """Give the Axes their title and legend, and all words the font."""
        self.axes.set_title(title, loc="left", pad=18)
        handles, labels = self.axes.get_legend_handles_labels()
        once = dict(zip(reversed(labels), reversed(handles), strict=True))
        if once:  # finding the best place inside takes long, and warns of it
            self.axes.legend(
                handles=[*reversed(once.values())],
                fontsize="small",
                frameon=False,
                loc="upper left",
                bbox_to_anchor=(1, 1),
            )
        for side in ("top", "right"):
            self.axes.spines[side].set_visible(False)
        if self.family is not None:
            self.axes.tick_params(labelfontfamily=self.family)
            for text in _texts(self.axes):
                text.set_fontfamily(self.family)
        return self.axes


def sheet(axes: Axes | None, lang: Language | None, height: float) -> Sheet:
    """A sheet on the Axes given, or on new ones of `height` inches.

    Without a font that has Chinese characters it speaks English, and a warning says what to
    install. Raises `MissingExtra`.
    """
    library("matplotlib", "plot", "a plot")
    family = chinese_family(installed_families())
    if family is None:
        said = "no font with Chinese characters is installed, such as Noto Sans CJK SC; names may show as boxes"
        warnings.warn(said, stacklevel=3)
    speech = lang or (spoken() if family else "en")
    if axes is None:
        pyplot = library("matplotlib.pyplot", "plot", "a plot")
        _, axes = pyplot.subplots(figsize=(8, height), layout="constrained")
    assert axes is not None
    return Sheet(axes, speech, data()[speech], family)


def installed_families() -> frozenset[str]:
    """The names of all fonts that matplotlib knows."""
    fonts = library("matplotlib.font_manager", "plot", "a plot").fontManager
    return frozenset(font.name for font in fonts.ttflist)


def chinese_family(installed: frozenset[str]) -> str | None:
    """The first family of the list in `plot.toml` that is installed.

    >>> chinese_family(frozenset({"SimSun", "SimHei"})), chinese_family(frozenset())
    ('SimHei', None)
    """
    return next((name for name in data()["families"] if name in installed), None)


def svg(axes: Axes) -> str:
    """The figure of the Axes as SVG, its words as text: they can be searched, and any font shows them."""
    context = library("matplotlib", "plot", "a plot").rc_context
    out = StringIO()
    with context({"svg.fonttype": "none", "svg.hashsalt": "govdisclose"}):
        figure = (
            axes.figure.figure
        )  # of the axes, or of the part of a figure that they are in
        figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
    return out.getvalue()


def _texts(axes: Axes) -> Iterator[Any]:
    """All words on the Axes but those at its ticks, which are made when it is drawn."""
    yield from axes.texts
    yield from (axes.title, axes.xaxis.label, axes.yaxis.label)
    yield from (getattr(axes, name) for name in ("_left_title", "_right_title"))
    legend = axes.get_legend()
    if legend is not None:
        yield from (*legend.get_texts(), legend.get_title())
