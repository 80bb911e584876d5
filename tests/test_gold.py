"""Real reports with answers made by hand, kept beside the checkout; scored with the functions that came with them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from govdisclose import parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
ANSWERS = sorted((SHARED / "gold").glob("*.json"))
SCORE = SHARED / "tools" / "score.py"

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not (ANSWERS and SCORE.is_file()),
        reason="no real reports in ../shared/gold beside the checkout",
    ),
]


@pytest.fixture(scope="module")
def score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# Without the folder there is one case, which is skipped and says why.
@pytest.mark.parametrize(
    "answer", ANSWERS or [Path("none")], ids=lambda path: path.stem
)
def test_a_real_report_is_read_whole(answer: Path, score: ModuleType) -> None:
    """Every field, heading, figure, unit, quantity and citation of the answer is found, and no figure is wrong."""
    text = answer.with_suffix(".txt").read_bytes().decode("utf-8")
    gold = json.loads(answer.read_text("utf-8"))
    tally, misses, _ = score.score_one(
        text, gold, lambda t: json.loads(json.dumps(parse(t).to_dict()))
    )
    assert misses == []
    assert tally["wrong", "n"] == 0
    assert tally["spans", "n"] > 0
    scored = {layer for layer, _ in tally}
    wanted = {"metadata", "outline", "form", "cells", "quantities", "citations"} & set(
        gold
    )
    assert {
        layer
        for layer in wanted
        if gold[layer] not in ([], {}) and (layer != "cells" or gold["cells"])
    } <= scored
