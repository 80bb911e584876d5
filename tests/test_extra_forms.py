"""Forms from outside the package: taken in beside its own, and held to the same rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govdisclose import catalogue
from govdisclose.errors import ContractError
from govdisclose.form import Place

FORM = """\
# A form of nobody.
id = "nobody-2030"
title = "某省政府信息公开情况统计表"
jurisdiction = "某省"
first_year = 2030
last_year = 2031
issuing_notice = "无"

[[table]]
id = "main"
title = "统计表"
key_from = "row"
columns = [
  { key = "value", label = "本年数", period = "year" },
]
rows = [
  { key = "drones.total", label = "无人机公开数", unit = "件" },
  { key = "drones.small", parent = "drones.total", label = "小型无人机公开数", unit = "件" },
  { key = "drones.large", parent = "drones.total", label = "大型无人机公开数", unit = "件" },
]

[[relation]]
id = "nobody-2030.sum"
name = "sum of drones"
name_zh = "无人机合计"
table = "main"
rule = "drones.total = drones.small + drones.large per column"
severity = "error"
status = "official"
source = "the form"
"""


def written(folder: Path, text: str = FORM, name: str = "nobody-2030.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_form_of_a_folder_stands_beside_those_of_the_package(tmp_path: Path) -> None:
    """Its labels lead to its rows, those of the package still to theirs, and the package's catalogue is as before."""
    written(tmp_path)
    forms = catalogue(extra=tmp_path)
    assert forms.find("小型无人机公开数") == (Place("nobody-2030", "main", 1),)
    assert forms.find("收到申请数") == catalogue().find("收到申请数")
    assert set(forms.forms) - set(catalogue().forms) == {"nobody-2030"}
    assert "nobody-2030" not in catalogue().forms


def test_a_file_alone_is_a_form_too(tmp_path: Path) -> None:
    assert "nobody-2030" in catalogue(extra=str(written(tmp_path))).forms


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "= =", "is not TOML"),
        ('id = "nobody-2030"\n', "", "has other members than a form"),
        (
            "first_year = 2030",
            'first_year = "2030"',
            "first_year must be a whole number",
        ),
        (
            'title = "统计表"',
            'title = "统计表"\ntitel = "统计表"',
            "has other members than a form",
        ),
        ("columns = [", "column = [", "needs a member 'columns'"),
        ("nobody-2030", "national-2021", "there is a form 'national-2021' already"),
        ("drones.small", "drones.total", "there are 2 rows 'drones.total'"),
        (
            'parent = "drones.total"',
            'parent = "drones.large"',
            "parent 'drones.large' of the row 'drones.small'",
        ),
        (
            'key_from = "row"',
            'key_from = "line"',
            "key_from is 'line', not one of row, cell, column",
        ),
        ('label = "无人机公开数"', 'label = ""', "the row 'drones.total' has no label"),
        (
            'period = "year"',
            'label_regex = "("',
            "label_regex of the column 'value' is no pattern",
        ),
        ("+ drones.large", "+ drones.huge", "'drones.huge' is none of the table main"),
        ("= drones.small +", "== drones.small +", "the rule cannot be read"),
        ('table = "main"', 'table = "other"', "the form has no table 'other'"),
    ],
)
def test_what_breaks_the_rules_is_refused_with_its_file_and_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    path = written(tmp_path, FORM.replace(old, new, 1) if old else new)
    with pytest.raises(ContractError, match=re.escape(said)) as refused:
        catalogue(extra=tmp_path)
    assert str(path) in str(refused.value)


def test_a_folder_without_a_form_and_a_file_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    with pytest.raises(ContractError, match="no form is there"):
        catalogue(extra=tmp_path)
    with pytest.raises(ContractError, match="cannot be read"):
        catalogue(extra=tmp_path / "absent.toml")
