"""Labels that are not whole: the one mechanism for them, and its table of limits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose import parse
from govdisclose._lexicon.labels import LabelKey, label_key
from govdisclose.form import catalogue, spelling
from govdisclose.form.index import _find_inexact
from govdisclose.form.spelling import CATALOGUE, FORM, Limit, limits, meant

MISSPELLED = (
    "某县某局2022年政府信息公开工作年度报告\n"
    "（一）收到申请数 | 件 | 9 |\n"
    "1.当面申请数 | 件 | 2 |\n"
    "（三）从事政府信息公开工作人圆数 | 人 | 5 |\n"
    "1.专职人员数 | 人 | 1 |\n"
    "2.兼职人员数 | 人 | 4 |\n"
)


def rows_of(limit: Limit) -> list[tuple[LabelKey, ...]]:
    """The label that a limit's example means, among those that it is looked for among."""
    label = label_key(limit.example[1])
    forms = catalogue()
    if limit.among == CATALOGUE:
        return [(key,) for key in forms.places]
    if limit.among == FORM:
        form = forms.places[label][0].form
        return [
            (key,)
            for key, places in forms.places.items()
            if any(place.form == form for place in places)
        ]
    return [(label,)]


@pytest.mark.parametrize(
    "limit", limits(), ids=lambda limit: f"{limit.among}-{limit.evidence}"
)
def test_each_limit_reads_its_example_and_not_what_is_too_far_off(limit: Limit) -> None:
    rows = rows_of(limit)
    found = meant(label_key(limit.example[0]), rows, limit)
    assert found is not None
    assert rows[found.row] == (label_key(limit.example[1]),)
    assert meant(label_key(limit.short), rows, limit) is None


def distance(a: str, b: str) -> int:
    """How many characters must be changed, added or dropped to make `b` of `a`."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
    return row[-1]


def keys(least: int) -> st.SearchStrategy[LabelKey]:
    text = st.text("当面传真网上信函申请数", min_size=least, max_size=9)
    return text.map(LabelKey)


@settings(max_examples=60)
@given(keys(3), st.lists(keys(1).map(lambda key: (key,)), min_size=1, max_size=6))
def test_the_nearest_label_is_the_one_that_fewest_changes_make(
    key: LabelKey, rows: list[tuple[LabelKey, ...]]
) -> None:
    limit = next(limit for limit in limits() if limit.evidence == spelling.MISSPELLED)
    wrong = [distance(key, label) for (label,) in rows]
    least = min(wrong)
    alone = wrong.count(least) == 1 and least <= limit.allowed(len(key))
    found = meant(key, rows, limit)
    assert (found.row if found else None) == (wrong.index(least) if alone else None)


@pytest.fixture
def no_regex(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a browser, where the package cannot be had."""
    kept = (spelling._patterns, _find_inexact)
    for cached in kept:
        cached.cache_clear()
    monkeypatch.setattr(spelling, "_regex", lambda: None)
    yield
    for cached in kept:
        cached.cache_clear()


@pytest.mark.usefixtures("no_regex")
def test_without_the_package_a_misspelled_label_stays_unread_and_says_so() -> None:
    cells = [cell for table in parse(MISSPELLED).tables for cell in table.cells]
    values = {cell.row: cell.value for cell in cells}
    assert values.pop(None) == 5
    assert set(values.values()) == {9, 2, 1, 4}
    assert [c.diagnostics for c in cells if c.row is None] == [("unknown-row",)]
