"""One figure over the years, body by body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from govdisclose.form.concepts import Concept
from govdisclose.plot._funnel import why
from govdisclose.plot._sheet import DOUBT, GREY, Sheet, sheet
from govdisclose.view.words import Language

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from govdisclose.panel._panel import Panel

_NAMED_MOST: Final = 8  # bodies with a line and a mark of their own in the legend
_MARKS: Final = "os^Dv<>p"
_GAPS: Final = "xX+1234|"
_NOTES_MOST: Final = 4

Row = Mapping[str, Any]


@frozen
class Gap:
    """A year in which a body has no figure, and why."""

    year: int
    why: str


@frozen
class Break:
    """Where the definition changes between two figures of a body."""

    before: int
    year: int
    form: str


def series(
    panel: Panel,
    concept: str,
    *,
    lang: Language | None = None,
    ax: Axes | None = None,
) -> Axes:
    """One concept over the years, a line for each body.

    A line is broken where the form that the body uses counts otherwise than the form before, and a
    note says how; where a year has no figure, a mark at the foot says why: no report, not
    collected, blank … Hollow marks are figures that arithmetic or a correction put there. Reports
    without a year are left out. Raises `UnknownKey` and `MissingExtra`.
    """
    known = panel.crosswalk[concept]
    rows = [row for row in panel.chain(concept).rows() if row["year"] is not None]
    page = sheet(ax, lang, 4.5)
    bodies = [(body, list(own)) for body, own in groupby(rows, lambda r: r["issuer"])]
    gaps: list[Gap] = []
    breaks: list[Break] = []
    for place, (body, own) in enumerate(bodies):
        _body(page, place, body, own, len(bodies))
        gaps += gaps_of(own, page.words)
        breaks += breaks_of(own)
    _draw_gaps(page, gaps)
    _draw_breaks(page, breaks, known)
    _scales(page, rows, known)
    name = known.zh if page.language == "zh" else known.en
    who = bodies[0][0] if len(bodies) == 1 and bodies[0][0] else ""
    return page.finish(f"{name}\n{who}".rstrip())


def gaps_of(rows: Sequence[Row], words: Mapping[str, str]) -> Iterator[Gap]:
    """The years of one body without a figure, also those between its reports that have none."""
    for before, row in pairwise([None, *rows]):
        missing = range(before["year"] + 1, row["year"]) if before and row else ()
        yield from (Gap(year, words["no_report"]) for year in missing)
        if row is not None and row["value"] is None:
            status = row["status"]
            said = words[status] if status in ("K", "L") else why(row["flags"], words)
            yield Gap(row["year"], said)


def breaks_of(rows: Iterable[Row]) -> Iterator[Break]:
    """The breaks of one body, each between the two figures that it parts.

    >>> first = {"year": 2018, "value": 1.0, "break": False, "form": "national-2014"}
    >>> [*breaks_of([first, {"year": 2019, "value": 2.0, "break": True, "form": "national-2019"}])]
    [Break(before=2018, year=2019, form='national-2019')]
    """
    figures = [row for row in rows if row["value"] is not None]
    for before, row in pairwise(figures):
        if row["break"]:
            yield Break(before["year"], row["year"], row["form"])


def _body(
    page: Sheet, place: int, body: str | None, rows: Sequence[Row], bodies: int
) -> None:
    """The lines of one body: whole between figures of years that follow each other."""
    named = bodies <= _NAMED_MOST
    look: dict[str, Any] = {
        "color": f"C{place % 10}" if named else GREY,
        "marker": _MARKS[place % len(_MARKS)] if named else ".",
        "alpha": 1.0 if named else 0.5,
    }
    label = (body or "?") if bodies > 1 else None
    if not named:
        label = page.words["others"]
    for run in _runs(rows):
        years = [row["year"] for row in run]
        page.axes.plot(years, [row["value"] for row in run], label=label, **look)
        label = None
    doubtful = [row for row in rows if row["value"] is not None and _doubtful(row)]
    page.axes.plot(
        [row["year"] for row in doubtful],
        [row["value"] for row in doubtful],
        **look | {"linestyle": "none", "markerfacecolor": "white", "zorder": 3},
    )
    if bodies == 1:
        for row in rows:
            if row["value"] is not None:
                page.axes.annotate(
                    row["exact"],
                    (row["year"], row["value"]),
                    textcoords="offset points",
                    xytext=(0, 7),
                    ha="center",
                )


def _doubtful(row: Row) -> bool:
    return bool({"inferred", "corrected", "flagged"} & set(row["flags"]))


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows in runs that a line may go through: no year lacking, no break."""
    run: list[Row] = []
    for row in rows:
        if row["value"] is None:
            continue
        if run and (row["break"] or row["year"] != run[-1]["year"] + 1):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _draw_gaps(page: Sheet, gaps: Sequence[Gap]) -> None:
    """A mark at the foot for each year without a figure, one kind for each reason."""
    reasons = dict.fromkeys(gap.why for gap in gaps)
    foot = page.axes.get_xaxis_transform()
    for place, reason in enumerate(reasons):
        years = sorted({gap.year for gap in gaps if gap.why == reason})
        page.axes.plot(
            years,
            [0.03 + 0.045 * place] * len(years),
            transform=foot,
            linestyle="none",
            marker=_GAPS[place % len(_GAPS)],
            color=GREY,
            label=reason,
        )


def _draw_breaks(page: Sheet, breaks: Sequence[Break], concept: Concept) -> None:
    """A dotted line between the years that a break parts, and the reasons below, by their form."""
    for middle in {(found.before + found.year) / 2 for found in breaks}:
        page.axes.axvline(middle, color=DOUBT, linestyle=":", linewidth=1)
        page.axes.text(
            middle,
            1,
            page.words["break"],
            transform=page.axes.get_xaxis_transform(),
            ha="center",
            va="bottom",
            fontsize="small",
            color=DOUBT,
        )
    forms = sorted({found.form for found in breaks})
    notes = [_note(concept, form, page.language) for form in forms[:_NOTES_MOST]]
    if notes:
        page.axes.set_xlabel("\n".join(notes), loc="left", fontsize="small")


def _note(concept: Concept, form: str, language: Language) -> str:
    entry = concept.on(form)
    reason = (entry.why.zh if language == "zh" else entry.why.en) if entry.why else ""
    return (
        f"{form} ({entry.status}): {reason}" if reason else f"{form} ({entry.status})"
    )


def _scales(page: Sheet, rows: Sequence[Row], concept: Concept) -> None:
    years = sorted({row["year"] for row in rows})
    page.axes.set_ylabel(concept.unit)
    page.axes.margins(y=0.15)
    page.axes.set_ylim(bottom=0)
    if not years:
        page.axes.text(0.5, 0.5, page.words["nothing"], ha="center")
        return
    first, last = years[0], years[-1]
    step = 1 + (last - first) // 16
    page.axes.set_xticks(range(first, last + 1, step))
    page.axes.set_xlim(first - 0.5, last + 0.5)
