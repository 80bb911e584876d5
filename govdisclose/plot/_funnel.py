"""The way of requests through one report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from govdisclose.form.concepts import Crosswalk, concepts
from govdisclose.plot._sheet import DOUBT, GREY, INK, SOFT, Sheet, data, sheet
from govdisclose.report import Report
from govdisclose.report.series import Value, chosen_values
from govdisclose.view.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NOT_COLLECTED = ("K", "L")


@frozen
class Stage:
    """A bar: the figure of a concept, and whether it is a part of what was decided."""

    value: Value
    part: bool


def funnel(
    report: Report,
    *,
    lang: Language | None = None,
    ax: Axes | None = None,
    crosswalk: Crosswalk | None = None,
) -> Axes:
    """The requests of one report as bars, from those received to those carried forward, reviewed
    and litigated; dispositions set in, with their share of what was decided.

    A stage that the form does not collect is left out. One without a figure has no bar and says
    why. What arithmetic or a correction put there is hatched. Raises `MissingExtra`.
    """
    bridge = crosswalk or concepts()
    found = list(stages(report, bridge))
    page = sheet(ax, lang, 1 + 0.36 * max(len(found), 1))
    for place, stage in enumerate(found):
        _bar(page, place, stage, _decided(found))
    names = [_name(bridge, stage, page.language) for stage in found]
    page.axes.set_yticks(range(len(found)), names)
    page.axes.set_ylim(max(len(found), 1) - 0.5, -0.5)
    page.axes.margins(x=0.18)
    page.axes.set_xlim(left=0)
    if not found:
        page.axes.text(0.5, 0.5, page.words["nothing"], ha="center")
    metadata = report.metadata
    who = " ".join(str(part) for part in (metadata.issuer, metadata.year) if part)
    return page.finish(f"{page.words['funnel']}\n{who}".rstrip())


def stages(report: Report, crosswalk: Crosswalk) -> Iterator[Stage]:
    """The stages that the form of the report collects, from the top.

    >>> [*stages(Report(), concepts())]
    []
    """
    values = chosen_values(crosswalk, report.series(crosswalk))
    by_concept = {value.concept: value for value in values}
    for row in data()["stage"]:
        value = by_concept.get(row["concept"])
        wider = by_concept.get(row.get("unless", ""))
        if _collected(value) and not _collected(wider) and value is not None:
            yield Stage(value, row.get("part", False))


def _collected(value: Value | None) -> bool:
    return (
        value is not None
        and value.form is not None
        and value.status not in _NOT_COLLECTED
    )


def _decided(found: Sequence[Stage]) -> float | None:
    total = (s.value.value for s in found if s.value.concept == "requests.decided")
    figure = next(total, None)
    return float(figure) if figure else None


def _name(crosswalk: Crosswalk, stage: Stage, language: Language) -> str:
    concept = crosswalk[stage.value.concept]
    return concept.zh if language == "zh" else concept.en


def _bar(page: Sheet, place: int, stage: Stage, decided: float | None) -> None:
    value = stage.value
    if value.value is None:
        page.axes.text(
            0,
            place,
            f" {why(value.flags, page.words)}",
            va="center",
            color=GREY,
            style="italic",
        )
        return
    doubtful = {"inferred", "corrected", "flagged"} & set(value.flags)
    look: dict[str, Any] = {"color": SOFT if stage.part else INK}
    if doubtful:
        look |= {"hatch": "//", "edgecolor": DOUBT}
    page.axes.barh(place, float(value.value), height=0.7, **look)
    share = ""
    if stage.part and decided:
        share = f"  {float(value.value) / decided:.1%}"
    page.axes.text(float(value.value), place, f" {value.value}{share}", va="center")


def why(flags: Sequence[str], words: Mapping[str, str]) -> str:
    """Why there is no figure, in a word or two.

    >>> why(("sum", "blank"), data()["en"])
    'blank'
    """
    return next((words[flag] for flag in flags if flag in words), words["lacking"])
