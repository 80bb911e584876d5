"""Panels: many reports as tables, one figure over all forms, every number with the way
back to its words.

Reading order: `items` (what is given), `corrections`, `rows` (a report as rows),
`schema` (the columns), `table` (Arrow), `_panel` (the panel itself), `wide` (one row a
report), `years` (what one year tells of another), `write`."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING

if (
    TYPE_CHECKING
):  # all of it is loaded when a panel is made: `import govdisclose` pays for nothing
    from govdisclose.form.concepts import Crosswalk
    from govdisclose.panel._panel import Panel
    from govdisclose.panel.items import Given

__all__ = ["panel"]


def panel(
    reports: Given | Iterable[Given],
    crosswalk: Crosswalk | None = None,
    corrections: str | PathLike[str] | None = None,
) -> Panel:
    """The tables of many reports. Reads when the first table is asked for, one report
    after the other.

    `reports` are reports, texts, or paths of files and folders (a folder gives all its
    files), or one of these. A `str` with a line break is a text, any other a path. What
    cannot be read is a row of `reports` with its status and error. `crosswalk` is one
    of `govdisclose.concepts`; `corrections` is a CSV file of corrections by hand (see
    docs/panel.md). Needs the extra `arrow`:

        received = gd.panel("reports/").wide(["requests.received"]).to_pandas()

    Raises `ContractError` for corrections that are not such, and `MissingExtra`.
    """
    from govdisclose.panel._panel import make_panel

    return make_panel(reports, crosswalk, corrections)
