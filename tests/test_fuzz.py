"""What fuzzing found stays found: each target on the files that it once failed on, and on its seeds."""

from __future__ import annotations

from pathlib import Path

import pytest
from targets import TARGETS

CASES = Path(__file__).parent / "cases" / "fuzz"


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_its_seeds(name: str) -> None:
    for seed in TARGETS[name].seeds():
        TARGETS[name].run(seed)
        TARGETS[name].run(seed[: len(seed) // 2])


@pytest.mark.parametrize(
    "case",
    sorted(CASES.glob("*/*")),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_what_was_found_stays_mended(case: Path) -> None:
    TARGETS[case.parent.name].run(case.read_bytes())


def test_every_case_belongs_to_a_target() -> None:
    assert {path.name for path in CASES.iterdir() if path.is_dir()} <= TARGETS.keys()
