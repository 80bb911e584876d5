"""Tables that nobody here designed: how much is read right, and how much wrong in silence, kind by kind.

    python benchmarks/attack.py [--cells N] [--seed S] [--kinds WORD …] [--together N] [--show K] [--dump KIND]

Unlike the battery this starts from how real tables look: heads in another order, last year's figures beside, another
body's table, cells that went missing, figures with a tail, and the forms in which converters and people paste tables.
A cell is right, abstained (printed, and no value given), flagged (a wrong value with a diagnostic on the cell) or
silent (a wrong value without one). `unsaid` are those abstained in reports about which nothing at all was said.
Where the page does not tell the figure, abstaining is right, and the cell is not counted among the printed ones.
Exit 1 when a cell is wrong in silence.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, NamedTuple

from attacks.figures import FIGURES
from attacks.heads import HEADS
from attacks.kind import Change, Kind
from attacks.owners import OWNERS
from attacks.page import text_of
from attacks.rows import ROWS
from attacks.score import Wrong, read_draft, score
from attacks.sheet import Draft, draft
from attrs import evolve

from govdisclose.form import catalogue

CELLS: Final = 500_000
BLANKS: Final = (0.0, 0.0, 0.05, 0.2)
KINDS: Final = {kind.name: kind for kind in (*HEADS, *OWNERS, *ROWS, *FIGURES)}
_BATCH: Final = 1000
_PAIR: Final = 500  # cells of each pair or triple: enough for a few reports


class Job(NamedTuple):
    """Reports of one kind, or of several at once, to be made and read."""

    kinds: tuple[str, ...]
    seed: int
    cells: int


class Result(NamedTuple):
    """What came of a job: counts, and some cells that are not right, with the seed of each."""

    job: Job
    counts: Counter[str]
    wrong: list[tuple[int, Wrong]]


def fitting(kinds: Sequence[Kind]) -> list[tuple[str, str]]:
    """The forms and styles in which all these kinds can be."""
    forms = [
        form.id
        for form in catalogue().forms.values()
        if all(any(kind.fits(table) for table in form.tables) for kind in kinds)
    ]
    styles = [
        style
        for style in kinds[0].styles
        if all(style in kind.styles for kind in kinds)
    ]
    return [(form, style) for form in sorted(forms) for style in styles]


def make(names: Sequence[str], seed: int, before: Change = lambda d, _: d) -> Draft:
    """The report of these kinds and that seed; `before` changes it before they do."""
    kinds = [KINDS[name] for name in names]
    places = fitting(kinds)
    rng = random.Random(f"{' '.join(names)} {seed}")
    form, style = rng.choice(places)
    made = evolve(draft(form, rng, rng.choice(BLANKS)), style=style)
    made = before(made, rng)
    for kind in kinds:
        made = _changed(made, kind, rng)
    return made


def _changed(made: Draft, kind: Kind, rng: random.Random) -> Draft:
    """The draft with the tables changed that the kind is for; the tables stay in their order."""
    mine = tuple(sheet for sheet in made.sheets if kind.fits(sheet.table))
    changed = kind.change(evolve(made, sheets=mine), rng)
    tables = dict.fromkeys(sheet.table for sheet in made.sheets)
    sheets = (
        sheet
        for table in tables
        for sheet in (changed.sheets if kind.fits(table) else made.sheets)
        if sheet.table is table
    )
    return evolve(changed, sheets=tuple(sheets))


def run(job: Job) -> Result:
    """Make and read the reports of a job."""
    counts: Counter[str] = Counter()
    wrong: list[tuple[int, Wrong]] = []
    seed, cells = job.seed, 0
    while cells < job.cells:
        made = make(job.kinds, seed)
        found, faults = score(made, read_draft(made))
        cells += max(
            1, sum(len(line.values) for sheet in made.sheets for line in sheet.lines)
        )
        counts += found
        wrong += [(seed, fault) for fault in faults]
        seed += 1
    return Result(job, counts, wrong)


def jobs(groups: Sequence[tuple[str, ...]], cells: int, seed: int) -> Iterator[Job]:
    """The work: every group of kinds the same number of cells, some hundred cells at a time."""
    share = math.ceil(cells / len(groups))
    for names in groups:
        for part in range(0, share, _BATCH):
            yield Job(names, seed * 1_000_000 + part, min(_BATCH, share - part))


def together(
    names: Sequence[str], size: int, count: int, seed: int
) -> list[tuple[str, ...]]:
    """So many groups of `size` kinds that go together in a form and a style; with another seed, others."""
    rng = random.Random(seed)
    out: dict[tuple[str, ...], None] = {}
    for _ in range(20 * count):
        group = tuple(rng.sample(names, size))
        if len(out) < count and fitting([KINDS[name] for name in group]):
            out[group] = None
    return list(out)


def tell(results: Sequence[Result]) -> Counter[str]:
    """Print a line for each kind, the worst first, and the sum of all."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        by_kind[" + ".join(result.job.kinds)].update(result.counts)
    print(
        f"{'kind':36} {'cells':>8} {'right %':>8} {'abstained':>9} {'unsaid':>7} {'flagged':>8} {'silent':>7}"
    )
    total: Counter[str] = Counter()
    for name, n in sorted(
        by_kind.items(), key=lambda item: (-item[1]["silent"], -item[1]["abstained"])
    ):
        total.update(n)
        _line(name, n)
    _line("all", total)
    return total


def _line(name: str, n: Counter[str]) -> None:
    printed = n["right"] + n["abstained"] + n["flagged"] + n["silent"]
    share = 100 * n["right"] / max(1, printed)
    print(
        f"{name:36} {printed + n['none']:8,} {share:8.2f} {n['abstained']:9,} {n['unsaid']:7,}"
        f" {n['flagged']:8,} {n['silent']:7,}"
    )


def show(results: Sequence[Result], count: int, how: str) -> None:
    """Some cells that are not right, of every kind, with what is needed to see them: KIND and --seed."""
    shown: Counter[str] = Counter()
    for result in results:
        for seed, fault in result.wrong:
            name = " + ".join(result.job.kinds)
            if fault.how == how and shown[name] < count:
                shown[name] += 1
                made = make(result.job.kinds, seed)
                print(
                    f"{name} {made.form} {made.style} {seed}: {'.'.join(fault.key)} {fault.text!r}:"
                    f" want {fault.want} got {fault.got}"
                )


def main() -> int:
    """Run the attack and print its table."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--kinds",
        nargs="*",
        default=(),
        metavar="WORD",
        help="those whose name holds a WORD",
    )
    parser.add_argument(
        "--together",
        type=int,
        default=1,
        metavar="N",
        help="N kinds at once, a sample of those that go together",
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="K", help="print K cells of each kind"
    )
    parser.add_argument(
        "--how", default="silent", choices=("silent", "flagged", "abstained")
    )
    parser.add_argument(
        "--dump",
        metavar="KIND",
        help="print the report of that kind and --number, and stop",
    )
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.dump:
        print(text_of(make(args.dump.split(" + "), args.number)))
        return 0
    started = time.perf_counter()
    names = [
        name
        for name in KINDS
        if not args.kinds or any(word in name for word in args.kinds)
    ]
    groups: list[tuple[str, ...]] = [(name,) for name in names]
    if args.together > 1:
        groups = together(names, args.together, args.cells // _PAIR, args.seed)
    with ProcessPoolExecutor(args.workers) as pool:
        results = list(pool.map(run, jobs(groups, args.cells, args.seed), chunksize=4))
    total = tell(results)
    if args.show:
        show(results, args.show, args.how)
    print(f"{len(groups)} kinds, {time.perf_counter() - started:.0f} s")
    return int(total["silent"] > 0)


if __name__ == "__main__":
    sys.exit(main())
