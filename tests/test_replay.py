"""The replay tells what a change of the code changes in what is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import replay
import replay_read

TEXT = "（三）从事政府信息公开工作人员数 | 人 | 29 |\n1.专职人员数 | 人 | {} |\n2.兼职人员数 | 人 | 28 |\n"


def kinds(old: str, new: str) -> set[str]:
    said = [
        json.loads(json.dumps(replay_read.answer({"text": t}), default=str))
        for t in (old, new)
    ]
    return {change.kind for change in replay.changes(*said)}


def test_the_same_answers_have_no_changes() -> None:
    assert kinds(TEXT.format(5), TEXT.format(5)) == set()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [("5", "6", "changed"), ("5", "／", "lost"), ("／", "5", "gained")],
)
def test_a_figure_that_changes_is_named_as_such(old: str, new: str, kind: str) -> None:
    assert f"cell value {kind}" in kinds(TEXT.format(old), TEXT.format(new))


def test_a_row_that_goes_is_a_cell_lost() -> None:
    shorter = TEXT.replace("2.兼职人员数 | 人 | 28 |\n", "")
    assert "cell lost" in kinds(TEXT.format(5), shorter.format(5))
    assert "cell gained" in kinds(shorter.format(5), TEXT.format(5))


def test_a_crash_is_an_answer() -> None:
    said = replay_read.answer({"file": "/no/such/file.txt"})
    good = replay_read.answer({"text": ""})
    assert "crash gained" in {change.kind for change in replay.changes(good, said)}


@pytest.mark.skipif(not (replay.ROOT / ".git").exists(), reason="not a checkout of git")
def test_a_revision_reads_with_its_own_package_and_grammars(tmp_path: Path) -> None:
    replay.check_out("HEAD", tmp_path)
    where = "import govdisclose as g, importlib.resources as r; print(g.__file__, r.files('govdisclose.grammars'))"
    said = subprocess.run(
        [sys.executable, "-P", "-c", where],
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.count(str(tmp_path)) == 2
