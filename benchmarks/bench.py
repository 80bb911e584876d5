"""The budgets of the package, each beside what is measured: `make bench`.

    python benchmarks/bench.py                   all of it, exit code 0
    python benchmarks/bench.py --strict          exit code 1 if a budget is missed
    python benchmarks/bench.py floors growth     only these parts
    python benchmarks/bench.py --base REVISION   the working tree beside a revision, text by text

How it is measured is told in `benchmarks/timing`: processor time, in turns, within one run. A ratio means something on
any machine; a time only on one that is like that of the budgets.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from timing.batches import batches
from timing.growing import growth
from timing.memory import memory
from timing.parsing import checks, floors, script, speed, stages
from timing.peers import peers
from timing.revisions import against
from timing.row import Row
from timing.starting import starting

Part = tuple[str, Callable[[], Iterable[Row]]]

PARTS: Final[Mapping[str, Part]] = {
    "floors": ("parse, over the fair floor of the text", floors),
    "speed": ("parse, by itself", speed),
    "stages": ("stages of one report", stages),
    "checks": ("check, over parse", checks),
    "script": ("traditional over simplified", script),
    "growth": ("growth: ten times the text", growth),
    "starting": ("the first second", starting),
    "memory": ("memory", memory),
    "batches": ("batches", batches),
    "peers": ("others, with the same texts", peers),
}


def main() -> int:
    """Print the parts that are asked for; 1 if `--strict` and a budget is missed."""
    options = argparse.ArgumentParser(description=main.__doc__)
    options.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"of {', '.join(PARTS)}; all by default",
    )
    options.add_argument(
        "--strict", action="store_true", help="exit with 1 if a budget is missed"
    )
    options.add_argument(
        "--base", metavar="REVISION", help="compare with that revision, and no more"
    )
    given = options.parse_args()
    if unknown := set(given.parts) - PARTS.keys():
        options.error(f"no such part: {', '.join(sorted(unknown))}")
    gc.collect()
    gc.freeze()  # what this program holds is not looked through again and again
    over = sum(_told(*part) for part in _asked(given.base, given.parts))
    print(f"\n{over} over budget" if over else "\nwithin every budget")
    return 1 if over and given.strict else 0


def _asked(base: str | None, names: Iterable[str]) -> list[Part]:
    if base is not None:
        return [(f"the working tree over {base}", partial(against, base))]
    return [PARTS[name] for name in names or PARTS]


def _told(title: str, rows: Callable[[], Iterable[Row]]) -> int:
    """Print the rows of a part; how many are over budget."""
    print(f"\n{title}\n{'-' * 72}")
    over = 0
    for row in rows():
        over += row.over
        print(row, flush=True)
    return over


if __name__ == "__main__":
    sys.exit(main())
