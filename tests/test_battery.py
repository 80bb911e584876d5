"""The battery and what it is made of: made-up reports say the truth about themselves, and few figures are misread."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from battery import BLANKS, Job, Rates, make, run
from hypothesis import given

from govdisclose import parse
from govdisclose.form import Relation, catalogue
from govdisclose.form.relation import Term
from govdisclose.report import Figure
from govdisclose.testing import (
    ALL_LAYOUTS,
    DAMAGES,
    LOSSY,
    Filled,
    draft_report,
    fill,
    finish,
    grid,
    make_report,
    splits,
)
from govdisclose.testing.strategies import filled_forms, made_reports

FORMS = sorted(catalogue().forms)


# --- figures


def _sides(filled: Filled, relation: Relation) -> list[tuple[Figure, Figure]]:
    """The sums of both sides of a relation, wherever it is to hold; blanks count as 0."""
    table = next(
        t for t in catalogue().forms[filled.form].tables if t.id == relation.table
    )
    formula = relation.formula

    def total(terms: tuple[Term, ...], place: str) -> Figure:
        keys = [
            (term.key, place) if formula.per == "column" else (place, term.key)
            for term in terms
        ]
        return sum((filled.figures.get((table.id, *key)) or 0 for key in keys), start=0)

    places = (
        [c.key for c in table.columns]
        if formula.per == "column"
        else [r.key for r in table.rows]
    )
    return [
        (total(formula.left, place), total(formula.right, place)) for place in places
    ]


@given(filled_forms())
def test_figures_obey_every_relation_that_must_hold(filled: Filled) -> None:
    for relation in catalogue().forms[filled.form].relations:
        if relation.status == "usual" or relation.formula.cross_year:
            continue
        for left, right in _sides(filled, relation):
            assert (
                left >= right if relation.formula.operator == ">=" else left == right
            ), relation.id


def test_figures_come_signed_with_decimals_and_as_noughts() -> None:
    figures = [
        f
        for seed in range(30)
        for f in fill("national-2019", random.Random(seed), 0).figures.values()
    ]
    assert any(isinstance(f, Decimal) for f in figures)
    assert any(f is not None and f < 0 for f in figures)
    assert figures.count(0) > len(figures) / 4


# --- cells


@pytest.mark.parametrize("form", FORMS)
def test_a_grid_is_a_rectangle_that_holds_every_figure_once(form: str) -> None:
    filled = fill(form, random.Random(2), 0)
    keys = []
    for table in catalogue().forms[form].tables:
        rows = grid(filled, table)
        assert len({len(row) for row in rows}) == 1
        keys += [cell.key for row in rows for cell in row if cell.key]
    assert sorted(keys) == sorted(filled.figures)


@pytest.mark.parametrize("layout", sorted(ALL_LAYOUTS))
@pytest.mark.parametrize("form", ["national-2019", "shanghai-2004"])
def test_every_figure_stands_in_the_text_of_every_layout(
    form: str, layout: str
) -> None:
    made = make_report(random.Random(4), form, layout, blanks=0)
    assert made.filled is not None
    missing = [
        key for key in made.filled.figures if made.filled.text(key) not in made.text
    ]
    assert missing == []


@pytest.mark.parametrize("layout", sorted(set(ALL_LAYOUTS) - LOSSY))
def test_where_no_layout_loses_cells_nothing_is_unclear(layout: str) -> None:
    assert make_report(random.Random(4), "national-2021", layout).unclear == frozenset()


@pytest.mark.parametrize(
    ("digits", "count", "ways"),
    [
        ("21710000218", 7, 1),
        ("0000000", 7, 1),
        ("1100001", 7, 0),
        ("001", 7, 2),
        ("3.5000003.5", 7, 2),
    ],
)
def test_splits_counts_what_a_total_allows(digits: str, count: int, ways: int) -> None:
    """Of a row of six applicants and their total; what is no run of digits counts as ambiguous."""
    assert splits(digits, count, [((0, 1, 2, 3, 4, 5), 6)]) == ways


def test_splits_without_a_total_are_one_only_when_every_figure_is_a_digit() -> None:
    assert (splits("123", 3, []), splits("1234", 3, []), splits("100", 2, [])) == (
        1,
        2,
        1,
    )


# --- damage


def test_there_are_forty_kinds_of_damage_and_each_has_a_meaning() -> None:
    assert len(DAMAGES) >= 40
    assert all(
        damage.meaning and damage.name == name for name, damage in DAMAGES.items()
    )


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_every_damage_changes_some_report(name: str) -> None:
    assert any(
        make_report(random.Random(5), form, layout, 0, name).text
        != make_report(random.Random(5), form, layout, 0).text
        for form in ("national-2021", "national-2014")
        for layout in ("pipe_rows", "bare", "bar_closed")
    )


@pytest.mark.parametrize("name", sorted(DAMAGES))
def test_damage_is_a_function_of_the_random_generator(name: str) -> None:
    made = [
        make_report(random.Random(6), "national-2014", "bar_closed", 0.2, name)
        for _ in range(2)
    ]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    "name", ["zeros_slash", "zeros_blank", "row_missing", "row_blank", "truncated"]
)
def test_a_figure_that_a_damage_takes_away_is_expected_to_be_absent(name: str) -> None:
    made = make_report(random.Random(8), "national-2021", "pipe_rows", 0, name)
    assert made.filled is not None
    lost = {key for key, figure in made.expected.items() if figure is None}
    assert lost
    assert all(
        made.expected[key] == figure
        for key, figure in made.filled.figures.items()
        if key not in lost
    )


def test_a_damage_that_only_changes_the_text_leaves_what_is_expected() -> None:
    draft = draft_report(random.Random(9), "national-2014", "pipe_rows", 0)
    before = finish(draft)
    for name in ("crlf", "traditional", "full_width_digits", "nbsp_for_spaces"):
        damage = DAMAGES[name]
        after = finish(
            damage.on_draft(draft, random.Random(1)),
            lambda text: damage.on_text(text, random.Random(1)),  # noqa: B023
        )
        assert after.text != before.text
        assert (after.expected, after.outline, after.metadata) == (
            before.expected,
            before.outline,
            before.metadata,
        )


# --- the battery itself, small


def test_a_reader_that_returned_another_figure_would_be_wrong_in_silence() -> None:
    """The battery counts what it should: the right report scores full, the report of another seed is wrong."""
    job = Job("national-2014", "pipe_rows", "", (1,))
    counts = run(job).counts
    assert counts["silent"] == 0
    from battery import score

    made, other = make(job, 1), make(job, 2)
    strange, wrong = score(made, parse(other.text))
    assert strange["silent"] > 0
    assert any(kind == "silent" for kind, _, _ in wrong)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_clean_reports_are_read_and_nothing_is_wrong_in_silence(form: str) -> None:
    """In layouts that lose nothing every figure is right; in the others a reader may abstain."""
    for layout in sorted(ALL_LAYOUTS):
        rates = Rates.of(run(Job(form, layout, "", (1, 2))).counts)
        assert rates.silent == 0, layout
        if layout not in LOSSY:
            assert rates.right == 1, layout


@pytest.mark.slow
@pytest.mark.parametrize("damage", sorted(DAMAGES))
def test_damage_makes_no_figure_wrong_in_silence(damage: str) -> None:
    for form in ("national-2014", "national-2021"):
        for layout in ("pipe_rows", "bar_closed"):
            assert Rates.of(run(Job(form, layout, damage, (1,))).counts).silent == 0, (
                form,
                layout,
            )


def test_damages_come_together() -> None:
    """Each damage with three others, in turn: a report can be made, whatever another damage left of it."""
    names = sorted(DAMAGES)
    for i, first in enumerate(names):
        form = FORMS[i % len(FORMS)]
        for second in random.Random(first).sample(names, 3):
            made = make(Job(form, "pipe_rows", f"{first} + {second}", ()), i)
            assert made.text, (first, second)


def test_the_share_of_blanks_is_an_axis() -> None:
    job = Job("national-2021", "tabs", "", (), 0.4)
    counts = [
        sum(x is None for x in make(job._replace(blanks=share), 3).expected.values())
        for share in BLANKS
    ]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


@given(made_reports(with_damages=sorted(DAMAGES)))
def test_every_made_report_can_be_read(made: object) -> None:
    assert parse(made.text).source is not None  # type: ignore[attr-defined]
