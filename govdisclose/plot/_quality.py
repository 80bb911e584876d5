"""How well the reports of a panel were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from govdisclose.plot._sheet import DOUBT, GREY, INK, SOFT, Sheet, sheet
from govdisclose.view.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govdisclose.panel._panel import Panel

STATES: Final[Mapping[str, Mapping[str, Any]]] = {
    "read": {"color": INK},
    "empty": {"color": SOFT},
    "inferred": {"color": "white", "edgecolor": INK, "hatch": "//"},
    "flagged": {"color": "white", "edgecolor": DOUBT, "hatch": ".."},
    "unknown": {"color": "white", "edgecolor": GREY, "hatch": "xx"},
}
"""What a cell may be, from the foot of a bar, and how it looks."""


def quality(
    panel: Panel, *, lang: Language | None = None, ax: Axes | None = None
) -> Axes:
    """The cells of all tables by year of report, as bars: read, printed as blank, inferred, doubtful,
    unreadable; with the number of reports of each year, and of files that could not be read.

    Raises `MissingExtra`.
    """
    counts = states(panel.table("observations").rows())
    reports = panel.table("reports").rows()
    page = sheet(ax, lang, 4.5)
    read = Counter(row["year"] for row in reports if row["status"] == "read")
    years = sorted(read, key=lambda year: (year is None, year or 0))
    names = [
        f"{page.words['no_year'] if year is None else year}\n({read[year]})"
        for year in years
    ]
    _bars(page, years, counts)
    page.axes.set_xticks(range(len(years)), names)
    page.axes.set_xlabel(f"{page.words['year']} ({page.words['reports']})")
    page.axes.set_ylabel(page.words["cells"])
    page.axes.margins(y=0.1)
    unread = sum(row["status"] != "read" for row in reports)
    said = page.words["unread_files"].format(n=unread) if unread else ""
    return page.finish(f"{page.words['quality']}\n{said}".rstrip())


def states(
    observations: Iterable[Mapping[str, Any]],
) -> Counter[tuple[int | None, str]]:
    """How many cells of each year are in each state.

    >>> row = {"origin": "table", "year": 2018, "reading": "blank", "inferred": False, "diagnostics": []}
    >>> states([row])
    Counter({(2018, 'empty'): 1})
    """
    cells = (row for row in observations if row["origin"] == "table")
    return Counter((row["year"], _state(row)) for row in cells)


def _state(row: Mapping[str, Any]) -> str:
    if row["reading"] == "unreadable":
        return "unknown"
    if row["inferred"]:
        return "inferred"
    if row["diagnostics"]:
        return "flagged"
    return "read" if row["reading"] == "number" else "empty"


def _bars(
    page: Sheet, years: list[int | None], counts: Mapping[tuple[int | None, str], int]
) -> None:
    feet = [0] * len(years)
    for state, look in STATES.items():
        heights = [counts.get((year, state), 0) for year in years]
        if any(heights) or state == "read":
            page.axes.bar(
                range(len(years)), heights, bottom=feet, label=page.words[state], **look
            )
        feet = [foot + height for foot, height in zip(feet, heights, strict=True)]
