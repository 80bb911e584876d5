"""The official forms as text for a terminal: what `govdisclose forms` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from govdisclose.cli._screen import aligned, title
from govdisclose.explain import cut
from govdisclose.form import Form, FormTable

OPEN_END: Final = 9999  # the last year of a form that is still in use


def depths_of(table: FormTable | None) -> dict[str, int]:
    """How far each row of the form is indented. Parents stand before their parts."""
    depths: dict[str, int] = {}
    for row in table.rows if table else ():
        depths[row.key] = depths.get(row.parent, -1) + 1 if row.parent else 0
    return depths


def _years(form: Form) -> str:
    if form.first_year == form.last_year:
        return str(form.first_year)
    return f"{form.first_year}-{'' if form.last_year == OPEN_END else form.last_year}"


def form_list(forms: Iterable[Form]) -> str:
    rows = [("form", "years", "where", "tables", "rows", "document")]
    for form in sorted(forms, key=lambda f: (f.first_year, f.id)):
        counts = (str(len(form.tables)), str(sum(len(t.rows) for t in form.tables)))
        rows.append(
            (
                form.id,
                _years(form),
                form.jurisdiction,
                *counts,
                cut(form.issuing_notice, 46),
            )
        )
    head, *rest = aligned(rows, right=(3, 4), indent=0)
    return "\n".join([title(head), *rest])


def form_text(form: Form) -> str:
    lines = [
        title(f"{form.id}: {form.title}"),
        f"  {form.jurisdiction}, {_years(form)}, {form.issuing_notice}",
    ]
    if form.notice_title:
        lines.append(
            f"  《{form.notice_title}》{f', {form.notice_date}' if form.notice_date else ''}"
        )
    for table in form.tables:
        how = {
            "row": "a key is a row",
            "cell": "a key is row@column",
            "column": "a key is a column",
        }[table.key_from]
        lines += ["", title(f"table {table.id}: {table.title} ({how})")]
        lines += [
            "  columns",
            *aligned([(c.key, c.label, c.unit or "") for c in table.columns], indent=4),
        ]
        depths = depths_of(table)
        rows = [
            (
                "  " * depths[r.key]
                + cut(r.enumerator + r.label, 56 - 2 * depths[r.key]),
                r.unit or "",
                r.key,
            )
            for r in table.rows
        ]
        lines += ["  rows", *aligned(rows, indent=4)]
    return "\n".join(lines)
