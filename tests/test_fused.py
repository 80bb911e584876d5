"""Figures that ran together, or stand apart from their labels: what can be told is told, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement, pairwise, product
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import cells_of, codes_of, faults_of

from govdisclose import parse
from govdisclose._solve.balance import Puzzle, solve
from govdisclose._solve.runs import (
    STEPS_MOST,
    Steps,
    Sums,
    figure_places,
    holds,
    readings,
)
from govdisclose._solve.search import TooManyError, Values
from govdisclose._solve.sums import noughts, placements, solve_rows
from govdisclose.form import Column, FormTable, Relation, Row, catalogue
from govdisclose.testing import Filled, fill, make_report, render
from govdisclose.testing._told import Run, untold

SIX = Sums((("total", (6,), (0, 1, 2, 3, 4, 5), False),), ())
THREE = Sums((("total", (2,), (0, 1), False),), ())
PAIR = Sums((("covers", (1,), (0,), True),), ())
BLOCKS = Sums((("one", (2,), (0, 1), False), ("two", (5,), (3, 4), False)), ())

# --- the oracles: everything is tried


def every_cut(run: str, columns: int, blanks: bool) -> Iterator[Values]:
    """All ways to cut digits into figures, with a loop over all places where a cut may be."""
    places = range(len(run) + 1)
    cuts = (
        combinations_with_replacement(places, columns - 1)
        if blanks
        else combinations(places[1:-1], columns - 1)
    )
    for inner in cuts:
        ends = (0, *inner, len(run))
        parts = [run[a:b] for a, b in pairwise(ends)]
        if all(part == "0" or not part.startswith("0") for part in parts):
            yield tuple(int(part) if part else None for part in parts)


def every_solution(
    candidates: Sequence[Sequence[Values]], sums: Sums, keys: Sequence[str]
) -> list[tuple[Values, ...]]:
    """All choices of a candidate for each row with which every sum between rows holds in every column."""
    out = []
    for chosen in product(*candidates):
        rows = dict(zip(keys, chosen, strict=True))
        sides = [
            (
                sum(rows[k][i] or 0 for k in left),
                sum(rows[k][i] or 0 for k in right),
                covers,
            )
            for _, left, right, covers in sums.rows
            for i in range(len(chosen[0]))
        ]
        if all(
            one >= other if covers else one == other for one, other, covers in sides
        ):
            out.append(chosen)
    return out


# --- one row


@given(
    st.text("0123456789", min_size=1, max_size=9),
    st.sampled_from([(THREE, 3), (PAIR, 2), (BLOCKS, 6)]),
    st.booleans(),
)
def test_every_reading_of_a_run_is_found_and_no_other(
    run: str, row: tuple[Sums, int], blanks: bool
) -> None:
    sums, columns = row
    wanted = {
        values for values in every_cut(run, columns, blanks) if holds(values, sums)
    }
    found = readings(run, sums, columns, blanks=blanks)
    assert len(found) == len(set(found))
    assert set(found) == wanted


@given(st.lists(st.integers(0, 3000), min_size=6, max_size=6))
def test_a_row_that_adds_up_is_among_its_readings(parts: list[int]) -> None:
    values = (*parts, sum(parts))
    assert values in readings("".join(map(str, values)), SIX, 7, blanks=False)


@pytest.mark.parametrize(
    ("run", "sums", "columns", "read"),
    [
        ("21710000218", SIX, 7, (217, 1, 0, 0, 0, 0, 218)),
        ("0000000", SIX, 7, (0,) * 7),
        ("0-5-50", THREE, 3, None),
        ("5-42", Sums((), ()), 3, (5, -4, 2)),
        ("003", Sums((), ()), 3, (0, 0, 3)),
        ("1,2000201,400", THREE, 3, None),
        ("1,0002001,200", THREE, 3, (1000, 200, 1200)),
    ],
)
def test_runs_as_they_stand_in_reports(
    run: str, sums: Sums, columns: int, read: Values | None
) -> None:
    found = readings(run, sums, columns, blanks=False)
    assert (found[0] if len(found) == 1 else None) == read


@given(st.lists(st.one_of(st.none(), st.integers(0, 9999)), min_size=2, max_size=7))
def test_each_figure_of_a_reading_stands_where_its_place_says(
    values: list[int | None],
) -> None:
    run = "".join(str(v) for v in values if v is not None)
    places = figure_places(run, tuple(values)) if run else [None] * len(values)
    assert [int(run[p[0] : p[1]]) if p else None for p in places] == values


def test_the_work_on_a_run_is_bounded() -> None:
    steps = Steps()
    with pytest.raises(TooManyError):
        readings("123456789" * 7, Sums((), ()), 9, blanks=True, steps=steps)
    assert Steps().left - steps.left <= STEPS_MOST + 10_000


def test_a_table_has_one_bound_for_all_its_rows() -> None:
    runs = {str(i): "123456789" * 6 for i in range(60)}
    assert solve_rows({}, runs, {}, Sums((), ()), 9, shown=False) == {}


def test_leading_noughts_are_counted_but_not_that_of_a_decimal() -> None:
    assert [noughts(run) for run in ("00120", "0.5", "00.5", "10", "000")] == [
        2,
        0,
        1,
        0,
        3,
    ]


def test_of_noughts_alone_nothing_is_placed() -> None:
    assert placements([0, 0], SIX, 7) == []


# --- rows together

SMALL = Sums(
    (),
    (
        ("sum", ("t",), ("a", "b", "c"), False),
        ("balance", ("n", "o"), ("t", "r"), False),
        ("covers", ("a",), ("d",), True),
    ),
)
KEYS = ("a", "b", "c", "d", "t", "n", "o", "r")
FIGURES = st.integers(0, 3)


@given(st.data())
def test_what_is_kept_of_each_row_is_what_some_solution_has(
    data: st.DataObject,
) -> None:
    """Rows that are linked like those of the forms: a total that is also part of a balance."""
    rows: dict[str, tuple[int, int]] = {
        key: data.draw(st.tuples(FIGURES, FIGURES)) for key in "abcor"
    }
    rows["d"] = (
        data.draw(st.integers(0, rows["a"][0])),
        data.draw(st.integers(0, rows["a"][1])),
    )
    rows["t"] = (sum(rows[k][0] for k in "abc"), sum(rows[k][1] for k in "abc"))
    rows["n"] = (
        rows["t"][0] + rows["r"][0] - rows["o"][0],
        rows["t"][1] + rows["r"][1] - rows["o"][1],
    )
    others = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2)
    candidates: list[list[Values]] = [
        list(dict.fromkeys([rows[key], *data.draw(others)])) for key in KEYS
    ]
    solutions = every_solution(candidates, SMALL, KEYS)
    puzzles = {
        key: Puzzle(list(row)) for key, row in zip(KEYS, candidates, strict=True)
    }
    solved = solve({}, puzzles, SMALL)
    assert solved.failed == []
    for i, key in enumerate(KEYS):
        assert set(solved.puzzles[key].candidates) == {
            solution[i] for solution in solutions
        }


def test_a_sum_that_nothing_satisfies_is_told_and_strikes_out_nothing() -> None:
    sums = Sums((), (("sum", ("t",), ("a", "b"), False),))
    puzzles = {
        "t": Puzzle([(9, 9)]),
        "a": Puzzle([(1, 1), (2, 2)]),
        "b": Puzzle([(1, 1)]),
    }
    solved = solve({}, puzzles, sums)
    assert solved.failed == [("t", "a", "b")]
    assert solved.puzzles["a"].candidates == ((1, 1), (2, 2))


def test_rows_that_one_row_alone_leaves_open_are_told_by_the_others() -> None:
    """1|11 or 11|1: the total says which, and the diagnostic names it."""
    sums = Sums((), (("sum", ("t",), ("a", "b"), False),))
    puzzles = solve_rows(
        {"t": (5, 13), "b": (4, 2)}, {"a": "111"}, {}, sums, 2, shown=True
    )
    assert (puzzles["a"].candidates, puzzles["a"].by) == (
        ((1, 11),),
        ("every cell printed", "sum"),
    )


def test_where_a_row_shows_a_blank_any_cell_may_be_blank() -> None:
    sums = Sums((), ())
    assert solve_rows({}, {"a": "12"}, {}, sums, 2, shown=True)["a"].candidates == (
        (1, 2),
    )
    both = solve_rows({}, {"a": "12", "b": "7"}, {}, sums, 2, shown=True)[
        "a"
    ].candidates
    assert set(both) == {(1, 2), (12, None), (None, 12)}


# --- what the generator calls unclear


def _table(rule: str) -> tuple[FormTable, Relation]:
    rows = tuple(Row(key, key) for key in "tab")
    columns = (Column("x", "x"), Column("y", "y"))
    relation = Relation("sum", "", "", "main", rule, "error", "definitional", "")
    return FormTable("main", "", "row", columns, rows), relation


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4), st.booleans())
def test_unclear_is_what_another_reading_of_the_whole_table_shows(
    figures: list[int], shown: bool
) -> None:
    """The same cells as with all readings of all rows tried: on a table of two parts and their total."""
    a, b = (figures[0], figures[1]), (figures[2], figures[3])
    truth = {"t": (a[0] + b[0], a[1] + b[1]), "a": a, "b": b}
    runs = [
        Run(k, (("main", k, "x"), ("main", k, "y")), tuple(map(str, row)))
        for k, row in truth.items()
    ]
    table, relation = _table("t = a + b per column")
    sums = Sums((), (("sum", ("t",), ("a", "b"), False),))
    candidates = [list(every_cut(run.text, 2, blanks=not shown)) for run in runs]
    solutions = every_solution(candidates, sums, "tab")
    wanted = {
        run.keys[column]
        for i, run in enumerate(runs)
        for column in (0, 1)
        if any(solution[i][column] != run.truth[column] for solution in solutions)
    }
    assert untold(table, [relation], runs, {}, shown) == wanted


# --- whole reports


@pytest.mark.parametrize("layout", ["glued", "one_line"])
@pytest.mark.parametrize("form", sorted(catalogue().forms))
def test_what_can_be_told_is_read(form: str, layout: str) -> None:
    for seed in range(5):
        made = make_report(random.Random(seed), form, layout, blanks=0)
        read = cells_of(parse(made.text))
        for key, figure in made.expected.items():
            cell = read.get(key)
            assert (cell.value if cell else None) == figure or key in made.unclear, (
                seed,
                key,
            )


@pytest.mark.parametrize("damage", ["label_cut", "taiwan_words"])
@pytest.mark.parametrize("form", sorted(catalogue().forms))
def test_labels_on_one_line_are_found_with_blanks_in_them_and_in_other_words(
    form: str, damage: str
) -> None:
    made = make_report(random.Random(1), form, "one_line", 0, damage)
    read = cells_of(parse(made.text))
    for key, figure in made.expected.items():
        cell = read.get(key)
        assert (cell.value if cell else None) == figure or key in made.unclear, key


def test_the_end_of_a_misspelled_label_is_no_label_of_its_own() -> None:
    """The tail of 主要负责同志参加政府网站在线访谈次数 is what another row is called."""
    rows = "1.参加或举办新闻发布会总次数次8其中:主要负责同志参加新闻发布会次数次72.政府网站在线访谈次数次40"
    text = f"统计指标单位统计数{rows}其中:人要负责同民参加政府网站在线访谈次数次53.政策解读稿件发布数篇6"
    values = {
        row: cell.value
        for (_, row, _), cell in cells_of(
            parse(f"附表\n{text}4.微博微信回应事件数次9")
        ).items()
    }
    assert values.get("response.channels.online_interviews") in (None, 40)


def test_a_table_on_one_short_line_is_cut_into_rows() -> None:
    text = "附表\n指标名称计量单位2018年度历年累计主动公开文件数件1030其中:1.政府网站公开数件082.政府公报公开数件00受理政府信息公开申请总数件05"
    read = {
        (row, column): cell.value
        for (_, row, column), cell in cells_of(parse(text)).items()
    }
    assert read["proactive.documents.website", "year"] == 0
    assert read["proactive.documents.website", "cumulative"] == 8
    assert read["requests.accepted", "cumulative"] == 5


def test_a_run_that_can_be_cut_in_one_way_only_is_read_though_a_relation_fails() -> (
    None
):
    sums = Sums((), (("total", ("all",), ("a", "b"), False),))
    puzzles = solve_rows(
        {}, {"all": "09", "a": "01", "b": "12"}, {}, sums, 2, shown=False
    )
    assert {key: puzzle.candidates for key, puzzle in puzzles.items()} == {
        "all": ((0, 9),),
        "a": ((0, 1),),
    }


def test_an_inequality_chooses_no_reading_where_a_report_breaks_relations() -> None:
    broken = ("total", ("all",), ("a",), False)
    sums = Sums((), (broken, ("within", ("all",), ("part",), True)))
    runs = {"all": "09", "a": "01", "part": "15"}
    assert set(solve_rows({}, runs, {}, sums, 2, shown=False)) == {"all", "a"}


@pytest.mark.parametrize("form", sorted(catalogue().forms))
def test_a_blank_among_figures_that_ran_together_makes_none_wrong(form: str) -> None:
    """With a fifth of the noughts blank, and with one."""
    for seed in range(6):
        full = fill(form, random.Random(seed), 0)
        empty = random.Random(seed).choice(
            [key for key, figure in full.figures.items() if figure == 0] or [None]
        )
        holed = MappingProxyType({**full.figures, **({empty: None} if empty else {})})
        for filled in (
            fill(form, random.Random(seed), 0.1),
            Filled(form, full.year, holed, full.printed),
        ):
            for found, cell in cells_of(parse(render(filled, "glued"))).items():
                value = filled.figures.get(
                    (str(found[0]), str(found[1]), str(found[2]))
                )
                assert cell.value is None or cell.value == value, (seed, found)


def test_a_diagnostic_lists_the_readings_of_a_row_that_cannot_be_told() -> None:
    text = "一、本年新收政府信息公开申请数量8101964852944\n二、上年结转政府信息公开申请数量0000000\n(一)予以公开2000002"
    (fault,) = faults_of(parse(text), "ambiguous-cell")
    assert "8 1 0 19 64 852 944" in fault.message


# --- figures apart from their labels

PROVEN = ["national-2021", "shanghai-2004", "shanghai-2008", "dingxi-2008"]


@pytest.mark.parametrize("layout", ["pdf_raw", "pdf_by_column"])
@pytest.mark.parametrize("form", PROVEN)
def test_the_order_of_the_form_stands_where_all_relations_hold(
    form: str, layout: str
) -> None:
    read = 0
    for seed in range(4):
        made = make_report(random.Random(seed), form, layout, blanks=0)
        for key, cell in cells_of(parse(made.text)).items():
            if cell.value is not None:
                read += 1
                assert cell.value == made.expected[key]  # type: ignore[index]
                assert cell.inferred
                assert cell.diagnostics == ("inferred-cell",)
    assert read > 100


@pytest.mark.parametrize("form", sorted(catalogue().forms))
@pytest.mark.parametrize(
    "damage", ["cells_blank", "row_missing", "rows_swapped", "extra_column"]
)
def test_an_order_that_is_not_proven_gives_nothing(form: str, damage: str) -> None:
    for layout in ("pdf_raw", "pdf_by_column"):
        made = make_report(random.Random(3), form, layout, 0, damage)
        for key, cell in cells_of(parse(made.text)).items():
            assert cell.value is None or cell.value == made.expected[key], key  # type: ignore[index]


def test_tables_without_relations_stay_unread_where_figures_stand_apart() -> None:
    report = parse(
        make_report(random.Random(1), "national-2021", "pdf_raw", blanks=0).text
    )
    assert "figures-apart" in codes_of(report)
    assert {table.table for table in report.tables} <= {"requests", "remedies"}


@pytest.mark.parametrize("form", ["national-2019", "national-2021"])
def test_the_tables_of_another_year_do_not_stand_in_for_those_that_are_not_proven(
    form: str,
) -> None:
    made = make_report(random.Random(2), form, "pdf_by_column", 0.2, "other_year_after")
    report = parse(made.text)
    assert "figures-apart" in codes_of(report)
    for key, cell in cells_of(report).items():
        assert cell.value is None or cell.value == made.expected[key], key  # type: ignore[index]


# --- repeated lines gone


@pytest.mark.parametrize("form", ["national-2014", "national-2021", "shanghai-2004"])
def test_a_table_that_lost_its_repeated_lines_is_told_and_not_read(form: str) -> None:
    text = make_report(random.Random(2), form, "bare", 0, "deduplicated").text
    report = parse(text)
    assert "deduplicated-table" in codes_of(report)
    lost = {
        cell.value
        for table in report.tables
        for cell in table.cells
        if "deduplicated-table" in cell.diagnostics
    }
    assert lost == {None}


@pytest.mark.parametrize(
    "layout", ["bare", "bar_closed", "paragraphs", "aligned", "glued"]
)
def test_a_sound_table_is_not_taken_for_one_that_lost_lines(layout: str) -> None:
    for form in catalogue().forms:
        for damage in ("", "zeros_blank"):
            made = make_report(random.Random(4), form, layout, 0, damage or ())
            assert "deduplicated-table" not in codes_of(parse(made.text)), (
                form,
                damage,
            )
