"""The crosswalk: what figures of different forms stand in one column, and the rules that such a file follows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from govdisclose.errors import ContractError, UnknownKey
from govdisclose.form import catalogue
from govdisclose.form.concepts import (
    STATUSES,
    addresses,
    concepts,
    faults,
    rows_left_out,
)
from govdisclose.form.labels import english_columns, english_rows

FORMS: Final = catalogue().forms
OWN: Final = """
[[concept]]
id = "mine"
zh = "我的口径"
en = "mine"
unit = "件"
forms = [
  { form = "national-2021", take = "requests.new" },
  { form = "national-2014", take = "requests.received", status = "D", why = "wider" },
]
[[reason]]
id = "wider"
en = "wider"
zh = "更宽"
"""


def test_our_crosswalk_follows_its_rules() -> None:
    """No rule is broken, and every row of every form is under a concept or alone."""
    assert list(faults(concepts(), FORMS)) == []
    assert list(rows_left_out(concepts(), FORMS)) == []
    assert concepts().complete


def test_no_row_is_both_a_heading_and_alone() -> None:
    headings = {
        row.key
        for form in FORMS.values()
        for table in form.tables
        for row in table.rows
        if row.group
    }
    assert not headings & concepts().alone.keys()


@pytest.mark.parametrize("concept", list(concepts()))
def test_each_status_but_a_has_its_reason_in_both_languages(concept: str) -> None:
    for form in FORMS:
        entry = concepts()[concept].on(form)
        assert entry.status in STATUSES
        assert entry.status == "A" or (
            entry.why is not None and entry.why.en and entry.why.zh
        )


def test_every_row_and_column_has_an_english_label() -> None:
    rows = {
        row.key
        for form in FORMS.values()
        for table in form.tables
        for row in table.rows
    }
    columns = {
        column.key
        for form in FORMS.values()
        for table in form.tables
        for column in table.columns
    }
    assert english_rows().keys() == rows
    assert english_columns().keys() == columns
    assert all(
        label.strip()
        for label in (*english_rows().values(), *english_columns().values())
    )


def test_the_year_to_date_is_the_year_of_an_annual_report() -> None:
    entry = concepts()["requests.received"].on("shanghai-2008")
    assert [a.key for a in addresses(FORMS["shanghai-2008"], entry.terms)] == [
        "requests.received@year"
    ]


def test_a_crosswalk_of_ones_own_is_read(tmp_path: Path) -> None:
    """It needs no rates and need not cover every row."""
    file = tmp_path / "mine.toml"
    file.write_text(OWN, "utf-8")
    mine = concepts(file)
    assert list(mine) == ["mine"]
    assert mine["mine"].on("national-2014").status == "D"
    assert mine.rates == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'take = "requests.new"',
            'take = "requests.nothing"',
            "form national-2021 has no 'requests.nothing'",
        ),
        ('take = "requests.new"', 'take = "requests.new +"', "is no sum of keys"),
        ('take = "requests.new"', 'take = "documents.rules"', "leaves the column open"),
        ('status = "D", why = "wider"', 'status = "D"', "needs a reason"),
        ('why = "wider"', 'why = "none"', r"no \[\[reason\]\]"),
        ('status = "D"', 'status = "Z"', "is none of A, D, W, K, L"),
        ('status = "D"', 'status = "L"', "status L has no `take`"),
        (
            'take = "requests.received", status = "D"',
            'status = "K", in = "mine"',
            "has no figure on this form",
        ),
        ('form = "national-2014"', 'form = "national-1999"', "there is no such form"),
        ('unit = "件"', "", "needs other members"),
        ('take = "requests.new"', 'taken = "requests.new"', "has no member 'taken'"),
        ("[[concept]]", "[[concept", "cannot be read"),
        ('id = "mine"', 'id = "mine"\ncomplete = 1', None),
        (
            "[[reason]]",
            '[[alone]]\nen = "a"\nzh = "b"\nrows = ["nothing"]\n[[reason]]',
            "no form has a row 'nothing'",
        ),
        ("[[concept]]", "complete = true\n[[concept]]", "under no concept"),
        (
            "[[reason]]",
            '[[rate]]\nid = "r"\nzh = "r"\nen = "r"\nnum = "mine"\nden = "yours"\n[[reason]]',
            "no concept 'yours'",
        ),
    ],
)
def test_a_crosswalk_that_breaks_a_rule_is_refused(
    tmp_path: Path, old: str, new: str, said: str | None
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(OWN.replace(old, new, 1), "utf-8")
    if said is None:
        assert list(concepts(file)) == ["mine"]
        return
    with pytest.raises(ContractError, match=said):
        concepts(file)


def test_an_unknown_concept_names_the_nearest() -> None:
    with pytest.raises(UnknownKey, match=r"requests\.received"):
        concepts()["requests.recieved"]
