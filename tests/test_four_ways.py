"""The same report as text, web page, Word file and PDF: whatever the file, the report is the same."""

from __future__ import annotations

import random

import pytest
from readers import Job, run

import govdisclose as gd
from govdisclose.form import catalogue
from govdisclose.report import Report
from govdisclose.testing import DOCUMENTS, make_document

FORMS = sorted(catalogue().forms)
KINDS = [kind for kind in DOCUMENTS if kind != "pdf_unruled"]
SEEDS = (1, 2)


def figures(report: Report) -> dict[tuple[str | None, ...], tuple[object, str]]:
    return {
        (t.form, t.table, c.row, c.column): (c.value, c.reading)
        for t in report.tables
        for c in t.cells
    }


def metadata(report: Report) -> dict[str, object]:
    written = report.to_dict()["metadata"]
    return {key: value for key, value in written.items() if key != "evidence"}


def relations(report: Report) -> list[tuple[str, str, str]]:
    """The verdicts on the figures of tables and prose."""
    return sorted(
        (f.relation, f.verdict, " ".join(str(o.value) for o in f.operands))
        for f in gd.check(report)
        if not f.relation.startswith(
            "metadata."
        )  # a page says more of itself than the report does
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_is_the_same_whatever_the_file(kind: str, form: str) -> None:
    """Metadata, outline, cells and relations; a web page may say more of itself than the report does."""
    for seed in SEEDS:
        made = make_document(random.Random(seed), form, kind)
        plain, report = (
            gd.parse(made.report.text),
            gd.parse_file(made.data, name=made.name),
        )
        wanted = {
            key: (figure, "number")
            for key, figure in made.report.expected.items()
            if figure is not None
        }
        assert {
            key[1:]: value
            for key, value in figures(report).items()
            if value[1] == "number"
        } == wanted
        assert figures(report) == figures(plain)
        assert [(s.level, s.number, s.title, s.kind) for s in report.walk()] == [
            (s.level, s.number, s.title, s.kind) for s in plain.walk()
        ]
        said = metadata(report)
        assert {
            key: said[key]
            for key, value in metadata(plain).items()
            if value is not None
        } == {key: value for key, value in metadata(plain).items() if value is not None}
        assert relations(report) == relations(plain)


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_of_a_file_says_where_it_stands(kind: str) -> None:
    made = make_document(random.Random(3), "national-2021", kind)
    report = gd.parse_file(made.data, name=made.name)
    assert report.source is not None
    for cell in report.cells:
        place = cell.place
        assert place is not None, cell
        assert place.table is not None
        assert place.row is not None
        assert (place.page is not None) == kind.startswith("pdf")


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_made_documents_are_made_of_the_seed_alone(kind: str) -> None:
    one, two = (make_document(random.Random(5), "fujian-2009", kind) for _ in range(2))
    assert one.report == two.report
    assert gd.read(one.data) == gd.read(two.data)


@pytest.mark.parametrize("kind", list(DOCUMENTS))
def test_the_benchmark_counts_what_it_reads(kind: str) -> None:
    score = run(Job(kind, "anhui-2014", (1,)))
    assert (
        sum(
            score.counts[name]
            for name in ("right", "blank", "abstained", "flagged", "unclear")
        )
        == 11
    )
    assert score.counts["silent"] == 0
    assert len(score.times) == 1
