"""`govdisclose demo`: the main job on reports that come with the package. One body,
four forms, four kinds of file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Final

import click
from attrs import evolve

from govdisclose.cli._language import Language, language, speaking
from govdisclose.cli._screen import aligned, title
from govdisclose.cli._series import in_years
from govdisclose.explain import cut, visible
from govdisclose.form.concepts import Concept, concepts
from govdisclose.panel import panel
from govdisclose.panel.figures import exact
from govdisclose.panel.items import files_in, read_path
from govdisclose.panel.rows import Item
from govdisclose.report import Cell, Report
from govdisclose.report.series import Value

_SHOWN: Final = (
    "requests.received",
    "requests.decided",
    "outcome.granted_or_public",
    "outcome.partial",
    "outcome.refused",
    "reconsideration.total",
)
_FOLLOWED: Final = "requests.received"
_LABEL: Final = 34
_REASON: Final = 130


@click.command("demo")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    help="Write the panel to FOLDER as well, as CSV (extra: arrow).",
)
@speaking()
def demo_command(output: str | None, lang: str | None) -> None:
    """Read the reports that come with govdisclose: a folder becomes a panel, with the
    price of each comparison."""
    speech = language(lang)
    with resources.as_file(
        resources.files("govdisclose.examples").joinpath("reports")
    ) as folder:
        found = [
            read_path(path, path.relative_to(folder).as_posix())
            for path in files_in(folder)
        ]
    reports = in_years(_named(item) for item in found if item.report is not None)
    bodies = dict.fromkeys(report.metadata.issuer or "?" for report in reports)
    click.echo(
        "\n".join(
            (
                title("、".join(bodies)),
                *_files(found, speech),
                "",
                *_series(reports, speech),
                "",
                *_places(reports, speech),
            )
        )
    )
    if output is not None:
        written = panel(found).write(output, format="csv")
        click.echo(f"\n{len(written)} files: {visible(output)}")
    click.echo(
        "\n"
        + _words(
            speech,
            'Your own: govdisclose batch FOLDER OUT, or in Python: gd.panel("FOLDER")',
            '读取自己的文件：govdisclose batch 文件夹 输出文件夹，或在 Python 中 gd.panel("文件夹")',
        )
    )


def _named(item: Item) -> Report:
    """The report of a file, whose text goes by the name of the file."""
    assert item.report is not None
    source = item.report.source
    return (
        evolve(item.report, source=evolve(source, name=item.source))
        if source
        else item.report
    )


def _words(lang: Language, english: str, chinese: str) -> str:
    return chinese if lang == "zh" else english


def _files(found: Sequence[Item], lang: Language) -> Iterator[str]:
    """Each file, what was read of it, and what was refused."""
    yield _words(lang, f"{len(found)} files", f"{len(found)}个文件")
    rows = []
    for item in found:
        if item.report is None:
            rows.append(
                (
                    item.source or "",
                    _words(lang, "refused", "未读"),
                    cut(_reason(item), _REASON),
                )
            )
            continue
        cells = item.report.cells
        figures = sum(cell.value is not None for cell in cells)
        forms = " ".join(dict.fromkeys(t.form for t in item.report.tables if t.form))
        said = _words(
            lang,
            f"{figures} figures in {len(cells)} cells",
            f"{len(cells)}个单元格，{figures}个数据",
        )
        rows.append((item.source or "", forms, said))
    yield from aligned(rows)


def _reason(item: Item) -> str:
    return (item.error or "").removeprefix(f"{item.source}: ")


def _series(reports: Sequence[Report], lang: Language) -> Iterator[str]:
    """Concepts by year: a bar stands where a figure cannot be compared with the one before."""
    known = concepts()
    years = [str(report.metadata.year) for report in reports]
    yield title(
        _words(
            lang,
            "one figure over all forms (| the definition changes)",
            "跨表式的同一指标（| 口径改变）",
        )
    )
    rows = [["", *years]]
    reasons: dict[tuple[str, str], str] = {}
    for name in _SHOWN:
        concept, row, before = known[name], [], None
        row.append(cut(concept.zh if lang == "zh" else concept.en, _LABEL))
        for report in reports:
            value = report.concept(name)
            broken = (
                before is not None
                and value.segment is not None
                and value.segment != before
            )
            before = value.segment or before
            row.append(f"{'| ' * broken}{_figure(value)}")
            why = value.why_zh if lang == "zh" else value.why
            if name == _FOLLOWED and why and value.form:
                reasons[value.form, value.status or ""] = why
        rows.append(row)
    yield from aligned(rows, right=range(1, len(years) + 1))
    for (form, status), why in reasons.items():
        label = known[_FOLLOWED].zh if lang == "zh" else known[_FOLLOWED].en
        yield f"  {label}, {form}: {status}, {cut(why, _REASON)}"


def _figure(value: Value) -> str:
    if value.value is None:
        return value.status if value.status in ("K", "L") else "?"
    return exact(value.value) or ""


def _places(reports: Sequence[Report], lang: Language) -> Iterator[str]:
    """Where each figure of one concept stands."""
    concept = concepts()[_FOLLOWED]
    yield title(_head(concept, lang))
    rows = [(str(report.metadata.year), *_place(report, lang)) for report in reports]
    yield from aligned(rows, right=(1,))


def _head(concept: Concept, lang: Language) -> str:
    return f"{_words(lang, 'where each figure stands', '数据出处')}: {concept.zh if lang == 'zh' else concept.en}"


def _place(report: Report, lang: Language) -> tuple[str, ...]:
    value = report.concept(_FOLLOWED)
    cell: Cell | None = next(iter(value.cells), None)
    said = report.why(_FOLLOWED, lang).rpartition(_words(lang, ": ", "："))[2]
    name = (report.source.name if report.source else None) or ""
    return (_figure(value), name, cut(cell.label if cell else "", _LABEL), said)
