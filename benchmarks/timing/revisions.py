"""Two revisions in turns: each in a process of its own, every text once with the one and once with the other.

    python benchmarks/bench.py --base REVISION

What stands in the working tree beside REVISION: processor time of `parse` and of `check`, as the middle of the ratios
of the turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from math import exp, log
from pathlib import Path
from statistics import mean, median
from typing import Any, Final

from timing.row import Row
from timing.texts import whole

_TURNS: Final = 5
_ANSWERS: Final = """
import json, sys
from time import process_time as t
from govdisclose import check, parse
for line in sys.stdin:
    text = json.loads(line)
    a = t()
    report = parse(text)
    b = t()
    check(report)
    print(json.dumps([b - a, t() - b]), flush=True)
"""
Reader = subprocess.Popen[str]


def against(base: str) -> Iterator[Row]:
    """The working tree over the revision `base`, text by text."""
    from replay import ROOT, check_out

    texts = whole()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        check_out(base, folder)
        ours, theirs = (stack.enter_context(_reader(place)) for place in (ROOT, folder))
        ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in texts}
        for turn in range(_TURNS + 1):
            for name, text in texts.items():
                new, old = _asked(ours, text), _asked(theirs, text)
                if turn:  # the first loads what is loaded late
                    ratios[name].append((new[0] / old[0], new[1] / old[1]))
        for reader in (ours, theirs):
            reader.stdin.close()  # type: ignore[union-attr]  # it was opened as a pipe
    parsed = {name: median([a for a, _ in turns]) for name, turns in ratios.items()}
    for name, ratio in parsed.items():
        checked = median([b for _, b in ratios[name]])
        yield Row(f"parse, {name}", ratio, "{:.3f} x", note=f"check {checked:.3f} x")
    together = exp(mean(map(log, parsed.values())))
    yield Row(f"parse over that of {base}, all", together, "{:.3f} x")


def _reader(package: Path) -> Reader:
    """A process that reads texts with the package in that folder."""
    env = {**os.environ, "PYTHONPATH": str(package)}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _ANSWERS]
    return subprocess.Popen(
        command, env=env, cwd=package, stdin=pipe, stdout=pipe, text=True, bufsize=1
    )


def _asked(reader: Reader, text: str) -> Any:
    """The seconds of parse and of check."""
    assert reader.stdin is not None
    assert reader.stdout is not None
    reader.stdin.write(json.dumps(text) + "\n")
    reader.stdin.flush()
    return json.loads(reader.stdout.readline())
