"""One row a report, and one body's series: what is made of the tables of a panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

from govdisclose.form.concepts import Crosswalk
from govdisclose.panel.figures import Row
from govdisclose.panel.schema import Field, TableSchema, table_schemas

Comparable = Literal["same", "near", "any"]
_TAKEN: Final[Mapping[str, frozenset[str]]] = {
    "same": frozenset("A"),
    "near": frozenset("AD"),
    "any": frozenset("ADW"),
}
_FIRST: Final = ("report_id", "source", "status", "issuer", "year", "form")
_CHAIN: Final = (
    "report_id",
    "issuer",
    "year",
    "form",
    "value",
    "exact",
    "unit",
    "status",
    "segment",
    "break",
    "why",
    "flags",
)


def wide_schema(crosswalk: Crosswalk, concepts: Sequence[str]) -> TableSchema:
    """The columns of `Panel.wide`."""
    reports = {f.name: f for f in table_schemas()["reports"].columns}
    columns = [reports[name] for name in _FIRST]
    for name in concepts:
        concept = crosswalk[name]
        columns.append(
            Field(
                name,
                "float",
                f"{concept.en} ({concept.unit})",
                f"{concept.zh}（{concept.unit}）",
            )
        )
        columns.append(
            Field(
                f"{name}.status",
                "category",
                f"{concept.en}: status",
                f"{concept.zh}：状态",
            )
        )
    return TableSchema(
        "wide",
        "One row for each report",
        "每份报告一行",
        tuple(columns),
        ("report_id",),
    )


def wide_rows(
    crosswalk: Crosswalk,
    reports: Iterable[Row],
    series: Iterable[Row],
    concepts: Sequence[str],
    comparable: Comparable,
) -> Iterator[Row]:
    """The rows of `Panel.wide`. Where several forms of a report have different figures
    there is none."""
    if comparable not in _TAKEN:
        raise ValueError(
            f"comparable is one of {', '.join(_TAKEN)}, not {comparable!r}"
        )
    by_report: dict[tuple[str, str], list[Row]] = {}
    wanted = set(concepts)
    for row in series:
        if row["concept"] in wanted:
            by_report.setdefault((row["report_id"], row["concept"]), []).append(row)
    for report in reports:
        out: dict[str, Any] = {name: report[name] for name in _FIRST}
        for concept in concepts:
            chosen = _chosen(by_report.get((report["report_id"], concept), []))
            status = None if chosen is None else chosen["status"]
            taken = chosen is not None and status in _TAKEN[comparable]
            out[concept] = chosen["value"] if chosen is not None and taken else None
            out[f"{concept}.status"] = status
        yield out


def _chosen(rows: Sequence[Row]) -> Row | None:
    """The row of the form that has a figure; without a value where two forms have
    different ones."""
    stated = [row for row in rows if row["exact"] is not None]
    if len({row["exact"] for row in stated}) > 1:
        return {**stated[0], "value": None, "exact": None, "flags": ["ambiguous"]}
    asked = [row for row in rows if row["status"] not in ("K", "L")]
    return next(iter((*stated, *asked, *rows)), None)


def chain_schema() -> TableSchema:
    """The columns of `Panel.chain`."""
    columns = {f.name: f for f in table_schemas()["series"].columns}
    said = Field(
        "break",
        "bool",
        "Whether it cannot be compared with the figure before",
        "与前一数据是否不可比",
        True,
    )
    return TableSchema(
        "chain",
        "The series of one concept, body by body",
        "一个概念的序列，逐机关按年度排列",
        tuple(said if name == "break" else columns[name] for name in _CHAIN),
        ("report_id",),
    )


def chain_rows(
    crosswalk: Crosswalk, series: Iterable[Row], concept: str
) -> Iterator[Row]:
    """The rows of `Panel.chain`: a break is where the segment is not that of the last
    figure of the same body."""
    by_report: dict[str, list[Row]] = {}
    for row in series:
        if row["concept"] == concept:
            by_report.setdefault(row["report_id"], []).append(row)
    chosen = [
        found for rows in by_report.values() if (found := _chosen(rows)) is not None
    ]
    last: dict[str | None, str | None] = {}
    for row in sorted(chosen, key=lambda r: (r["issuer"] or "", r["year"] or 0)):
        before = last.get(row["issuer"])
        broken = (
            before is not None
            and row["segment"] is not None
            and row["segment"] != before
        )
        last[row["issuer"]] = row["segment"] or before
        yield {**{name: row[name] for name in _CHAIN}, "break": broken}
