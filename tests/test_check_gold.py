"""What is said of the five real reports, sentence by sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdisclose import Finding, check, explain, parse
from govdisclose.finding import Operand

SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold"
REPORTS = {path.name[:3]: path for path in sorted(SHARED.glob("*.txt"))}

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not REPORTS, reason="no real reports in ../shared/gold beside the checkout"
    ),
]


@pytest.fixture(scope="module")
def findings() -> dict[str, tuple[Finding, ...]]:
    return {
        name: check(parse(path.read_bytes().decode("utf-8")))
        for name, path in REPORTS.items()
    }


Findings = dict[str, tuple[Finding, ...]]


def of(
    found: tuple[Finding, ...], relation: str, code: str | None = None
) -> list[Finding]:
    return [f for f in found if f.relation == relation and code in (None, f.code)]


def values(finding: Finding) -> list[object]:
    """The figures that are stated, in order."""
    return [operand.value for operand in finding.operands if operand.value]


def test_nothing_fails_but_what_is_a_fault_of_the_report(findings: Findings) -> None:
    failed = {
        name: [(f.relation, values(f)) for f in found if f.verdict == "fails"]
        for name, found in findings.items()
    }
    assert failed == {
        "000": [("outline.numbers", [])],
        "001": [("prose.channel_website", [236, 98])],
        "002": [],
        "003": [],
        "004": [],
    }


def test_every_operand_leads_back_to_its_place(findings: Findings) -> None:
    for found in findings.values():
        for finding in found:
            nodes: list[Finding | Operand] = [finding, *finding.operands]
            assert all("^" in explain(node) for node in nodes if node.span is not None)


# --- 000


def test_000_section_nine_skips_three(findings: Findings) -> None:
    (skipped,) = of(findings["000"], "outline.numbers")
    assert (skipped.code, skipped.verdict) == ("numbering", "fails")
    assert skipped.source is not None
    assert skipped.span is not None
    assert skipped.source.slice(skipped.span).startswith("(四)")


def test_000_twelve_parts_are_announced_and_found(findings: Findings) -> None:
    (parts,) = of(findings["000"], "metadata.parts")
    assert (parts.verdict, values(parts)) == ("holds", [12, 12])


def test_000_the_classes_listed_are_within_the_total(findings: Findings) -> None:
    (listed,) = [f for f in of(findings["000"], "prose.parts") if values(f)[0] == 1670]
    assert listed.verdict == "holds"
    assert sum(o.value or 0 for o in listed.operands[1:]) == 391


def test_000_the_table_is_announced_and_absent(findings: Findings) -> None:
    (table,) = of(findings["000"], "attachment.table")
    assert (table.code, table.verdict, values(table)) == (
        "announced-table",
        "undecided",
        [1],
    )


# --- 001


def test_001_all_relations_of_the_table_hold(findings: Findings) -> None:
    mine = [f for f in findings["001"] if f.code == "table-relation"]
    assert len(mine) > 20
    # the heading row of the channels of responses is filled with 0 over rows that are not
    assert {f.relation for f in mine if f.verdict != "holds"} == {
        "n2014.heading_response_channels"
    }
    (staff,) = of(findings["001"], "n2014.staff_by_type")
    assert values(staff) == [29, 1, 28]
    (received,) = of(findings["001"], "n2014.received_by_channel", "table-relation")
    assert values(received) == [1, 1]


def test_001_the_channels_cover_the_total_and_more(findings: Findings) -> None:
    (channels,) = of(findings["001"], "n2014.channels_cover_total", "table-relation")
    assert channels.verdict == "holds"
    assert channels.difference == 265 - 236


def test_001_the_second_figure_for_the_website_fails_against_the_table(
    findings: Findings,
) -> None:
    first, second = of(findings["001"], "prose.channel_website")
    assert (first.verdict, values(first)) == ("holds", [98, 98])
    assert (second.verdict, second.severity, values(second)) == (
        "fails",
        "warning",
        [236, 98],
    )


# --- 002


@pytest.mark.parametrize(
    ("relation", "figures"),
    [
        ("n2014.received_by_channel", [5, 5]),
        ("n2014.closed_by_timing", [5, 2, 3]),
        ("n2014.replied_by_type", [5, 1, 2, 2]),
        ("n2014.channels_cover_total", [426, 66, 492]),
    ],
)
def test_002_these_hold(findings: Findings, relation: str, figures: list[int]) -> None:
    (found,) = of(findings["002"], relation, "table-relation")
    assert (found.verdict, values(found)) == ("holds", figures)


def test_002_blank_staff_is_undecided(findings: Findings) -> None:
    (staff,) = of(findings["002"], "n2014.staff_by_type")
    assert (staff.verdict, staff.operands[0].reading, staff.operands[0].value) == (
        "undecided",
        "blank",
        None,
    )


def test_002_the_figure_for_wechat_stands_one_row_away(findings: Findings) -> None:
    (wechat,) = of(findings["002"], "prose.channel_wechat")
    assert (wechat.verdict, wechat.explanations) == ("explained", ("one-row-away",))
    assert wechat.operands[0].value == 66


def test_002_sums_in_headings_do_not_fail(findings: Findings) -> None:
    twelve, ten = (
        of(findings["002"], f"n2014.heading_response{suffix}")
        for suffix in ("", "_channels")
    )
    for found, figure in ((twelve, 12), (ten, 10)):
        assert found[0].operands[0].value == figure
        assert (found[0].verdict, found[0].explanations) == (
            "explained",
            ("heading-counts-twice",),
        )


# --- 003


@pytest.mark.parametrize(
    ("relation", "figures"),
    [
        ("n2014.received_by_channel", [442, 20, 267, 155]),
        ("n2014.replied_by_type", [442, 46, 203, 13, 32, 82, 40, 14, 12]),
        ("n2014.refused_by_ground", [32, 1, 1, 1, 22, 7]),
    ],
)
def test_003_these_hold_from_prose_alone(
    findings: Findings, relation: str, figures: list[int]
) -> None:
    (found,) = of(findings["003"], relation)
    assert (found.code, found.verdict, values(found)) == (
        "prose-relation",
        "holds",
        figures,
    )


def test_003_approximate_figures_are_never_compared_for_equality(
    findings: Findings,
) -> None:
    about = [f for f in findings["003"] if any(o.approximate for o in f.operands)]
    assert about
    for finding in about:
        covers = finding.relation.startswith("n2014.channel_within_total")
        assert finding.verdict == ("holds" if covers else "undecided")


# --- 004


def test_004_the_list_adds_up(findings: Findings) -> None:
    (total,) = of(findings["004"], "prose.sum")
    assert (total.verdict, values(total)) == ("holds", [8, 1, 2, 1, 1, 1, 2])


def test_004_prose_and_table_agree(findings: Findings) -> None:
    found = of(findings["004"], "prose.disclosed_documents")
    assert [(f.verdict, values(f)) for f in found] == [
        ("holds", [185, 185]),
        ("holds", [8, 8]),
    ]


def test_004_cumulative_figures_cover_the_year_in_all_rows(findings: Findings) -> None:
    found = of(findings["004"], "fj2018.cumulative_covers_year")
    assert len(found) == 15
    assert {f.verdict for f in found} == {"holds"}
