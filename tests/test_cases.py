"""Small texts that were once misread, each with the right answer: `tests/cases/readings/`, by `expectations.py`.

A case that nobody can mend yet is named in `not-yet.txt` with its reason; mending it by accident fails the build until
its line is taken out.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from expectations import KEYS, faults, read_case

FOLDER = Path(__file__).parent / "cases" / "readings"
NOT_YET = dict(
    line.split(": ", 1)
    for line in (FOLDER / "not-yet.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)
CASES = [
    pytest.param(
        path,
        id=path.stem,
        marks=pytest.mark.xfail(strict=True, reason=NOT_YET[path.stem])
        if path.stem in NOT_YET
        else (),
    )
    for path in sorted(FOLDER.glob("*.json"))
]


@pytest.mark.parametrize("path", CASES)
def test_a_text_that_was_once_misread_is_read_as_its_case_says(path: Path) -> None:
    case = json.loads(path.read_text("utf-8"))
    assert case.keys() <= KEYS, "a key that nothing holds against the reading"
    assert faults(case, read_case(path)) == []


def test_each_case_that_waits_exists() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} >= NOT_YET.keys()
