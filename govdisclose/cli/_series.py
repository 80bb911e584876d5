"""The reports of a series: put in order, set apart by body, and what is to be said of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from govdisclose.cli._language import Language
from govdisclose.explain import visible
from govdisclose.report import Report


def in_years(reports: Iterable[Report]) -> tuple[Report, ...]:
    """The reports by year; those that state none first, in the order given."""
    return tuple(sorted(reports, key=lambda report: report.metadata.year or 0))


def bodies(reports: Iterable[Report]) -> list[list[Report]]:
    """The reports of each body, in order. A report that names no body is taken for one
    of the first.

    A longer name that ends in a shorter one is the same body: 云溪市水务局, 水务局.
    """
    groups: list[list[Report]] = []
    for report in reports:
        name = report.metadata.issuer
        own = next(
            (
                g
                for g in groups
                if name is None or any(_same(name, r.metadata.issuer) for r in g)
            ),
            None,
        )
        if own is None:
            groups.append([report])
        else:
            own.append(report)
    return groups


def _same(one: str, other: str | None) -> bool:
    return other is None or one.endswith(other) or other.endswith(one)


def notes(groups: Sequence[Sequence[Report]], lang: Language) -> Iterator[str]:
    """What is odd about the series: several bodies, two reports of one year, years that
    are missing or not stated."""
    zh = lang == "zh"
    if len(groups) > 1:
        names = [
            visible(next((r.metadata.issuer for r in g if r.metadata.issuer), "?"))
            for g in groups
        ]
        said = ("、" if zh else ", ").join(names)
        yield (
            f"所给报告出自{len(groups)}个机关（{said}），不同机关之间不作核对"
            if zh
            else f"the reports are of {len(groups)} bodies ({said}); those of different bodies are not compared"
        )
    for group in groups:
        years = Counter(r.metadata.year for r in group)
        for year, n in years.items():
            files = ", ".join(
                visible((r.source and r.source.name) or "?")
                for r in group
                if r.metadata.year == year
            )
            if year is None:
                yield (
                    f"未写明年度，无法排序：{files}"
                    if zh
                    else f"no year is stated, so there is no order: {files}"
                )
            elif n > 1:
                yield (
                    f"同为{year}年的报告有{n}份：{files}"
                    if zh
                    else f"{n} reports are of {year}: {files}"
                )
        for before, after in pairwise(
            sorted(year for year in years if year is not None)
        ):
            missing = (
                f"{before + 1}" if after - before == 2 else f"{before + 1}-{after - 1}"
            )
            if after - before > 1:
                yield (
                    f"缺{missing}年的报告" if zh else f"there is no report of {missing}"
                )
