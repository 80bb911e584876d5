"""How much of made-up reports is read right, form by form, layout by layout and damage by damage.

    python benchmarks/battery.py [--cells N] [--seed S] [--form F] [--layout L] [--damage D]
                                  [--clean] [--pairs] [--show K]

Every cell that a form has is one of: right, abstained (printed, and no value given), wrong but flagged (a value that is
not the figure, with a diagnostic on the cell), wrong in silence (such a value without one, or a value where the text
has none). Cells that nobody can tell from the text are counted apart: there only silence can be wrong. Clean reports
are made with each share of `BLANKS`, and the goal for those whose layout keeps the place of a blank has no exception.
Exit 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import product
from typing import Final, NamedTuple

from govdisclose import parse
from govdisclose.form import catalogue
from govdisclose.report import Cell, Report
from govdisclose.testing import (
    ALL_LAYOUTS,
    DAMAGES,
    LOSSY,
    MadeReport,
    fill,
    make_report,
)

CELLS: Final = 1_000_000
SMALL: Final = 12_000
GOALS: Final = {
    "clean": 0.999,
    "delimited": 0.999,
    "damaged": 0.98,
    "clean facts": 0.99,
    "damaged facts": 0.97,
}
SILENT: Final = 1e-5
BLANKS: Final = (0.0, 0.05, 0.2, 0.4)
KINDS: Final = ("silent", "flagged", "abstained", "outline", "metadata")
_BATCH: Final = 8


class Job(NamedTuple):
    """Reports of one kind, to be made and read: `damage` is empty for clean ones, several are joined by " + ".

    `blanks` is the share of cells left blank; None lets every damaged report have a few, or none.
    """

    form: str
    layout: str
    damage: str
    seeds: tuple[int, ...]
    blanks: float | None = None


class Failure(NamedTuple):
    """One thing that was not read as it should be."""

    job: Job
    seed: int
    what: str
    around: str


class Score(NamedTuple):
    """What came of one job."""

    job: Job
    counts: Counter[str]
    failures: list[Failure]


# --- one report


def score(
    made: MadeReport, report: Report
) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """Counts of one report, and what went wrong: kind, what was wanted and got, the raw text that was taken for it."""
    counts: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    cells: dict[tuple[str | None, str, str], Cell] = {}
    for table in report.tables:
        for cell in table.cells:
            if cell.row is not None and cell.column is not None:
                cells.setdefault((table.table, cell.row, cell.column), cell)
    for key, want in made.expected.items():
        found = cells.pop(key) if key in cells else None
        got = found.value if found is not None else None
        flagged = found is not None and bool(found.diagnostics)
        if got == want:
            kind = (
                "unclear"
                if key in made.unclear
                else "right"
                if want is not None
                else "blank"
            )
        elif got is None:
            kind = "unclear" if key in made.unclear else "abstained"
        else:
            kind = "flagged" if flagged else "silent"
        counts[kind] += 1
        if kind == "unclear" and got is not None:
            counts["unclear right"] += 1
        if kind in ("abstained", "flagged", "silent"):
            wrong.append(
                (kind, f"{'.'.join(key)}: want {want} got {got}", _label(made, key))
            )
    for place, cell in cells.items():
        if cell.value is not None and made.filled is not None:
            kind = "flagged" if cell.diagnostics else "silent"
            counts[kind] += 1
            wrong.append((kind, f"{place}: invented {cell.value}", cell.label))
    _score_outline(made, report, counts, wrong)
    _score_metadata(made, report, counts, wrong)
    return counts, wrong


def _label(made: MadeReport, key: tuple[str, str, str]) -> str:
    if made.filled is None:
        return ""
    tables = catalogue().forms[made.filled.form].tables
    return next(
        row.label
        for table in tables
        if table.id == key[0]
        for row in table.rows
        if row.key == key[1]
    )


def _plain(value: object) -> str:
    text = value.isoformat() if isinstance(value, date) else str(value or "")
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。:;,、.")


def _score_outline(
    made: MadeReport,
    report: Report,
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    pool = Counter((s.level, s.number, _plain(s.title)) for s in report.walk())
    for level, number, title in made.outline:
        line = (level, number, _plain(title))
        hit = pool[line] > 0
        pool[line] -= hit
        counts["outline right" if hit else "outline missed"] += 1
        if not hit:
            wrong.append(("outline", f"no section {line}", title))
    for line, extra in pool.items():
        if extra > 0:
            counts["outline extra"] += extra
            wrong.append(("outline", f"extra section {line}", line[2]))


def _score_metadata(
    made: MadeReport,
    report: Report,
    counts: Counter[str],
    wrong: list[tuple[str, str, str]],
) -> None:
    for name, want in made.metadata.items():
        got: object = report.metadata
        for part in name.split("."):
            got = getattr(got, part, None)
        values = {_plain(x) for x in (got if isinstance(got, tuple) else (got,))}
        hit = _plain(want) in values
        counts["metadata right" if hit else "metadata missed"] += 1
        if not hit:
            wrong.append(("metadata", f"{name}: want {want} got {got}", _plain(want)))


def make(job: Job, seed: int) -> MadeReport:
    """The report of that job and seed."""
    rng = random.Random(f"{job.form} {job.layout} {job.damage} {seed}")
    blanks = job.blanks
    if blanks is None:
        blanks = (
            rng.choice((0.0, 0.0, 0.1))
            if job.damage and job.layout not in LOSSY
            else 0.0
        )
    return make_report(
        rng, job.form, job.layout, blanks, job.damage.split(" + ") if job.damage else ()
    )


def run(job: Job, show: int = 2) -> Score:
    """Make and read the reports of a job."""
    total: Counter[str] = Counter()
    failures: list[Failure] = []
    for seed in job.seeds:
        made = make(job, seed)
        counts, wrong = score(made, parse(made.text))
        total += counts
        kept: Counter[str] = Counter()
        for kind, what, label in wrong:
            if kept[kind] < show:
                kept[kind] += 1
                failures.append(
                    Failure(job, seed, f"{kind}: {what}", _around(made.text, label))
                )
    return Score(job, total, failures)


def _around(text: str, label: str) -> str:
    at = text.find(label[:6])
    return text[max(0, at - 60) : at + 140] if at >= 0 and label else ""


# --- all of them


def jobs(args: argparse.Namespace) -> Iterator[Job]:
    """Half of the cells clean, a quarter of them with each share of blanks; half damaged, the layouts in turn."""
    forms = [args.form] if args.form else sorted(catalogue().forms)
    layouts = [args.layout] if args.layout else sorted(ALL_LAYOUTS)
    damages = [args.damage] if args.damage else [] if args.clean else sorted(DAMAGES)
    if args.pairs:
        damages = _together(args.seed)
    for form in forms:
        size = len(fill(form, random.Random(0)).figures)
        share = args.cells / len(forms) / (2 if damages and not args.damage else 1)
        if not args.damage:
            each = max(1, math.ceil(share / len(layouts) / len(BLANKS) / size))
            seeds = tuple(_seeds(args.seed, each))
            for layout, blanks in product(layouts, BLANKS):
                yield from _cut(Job(form, layout, "", seeds, blanks))
        for damage in damages:
            each = max(1, math.ceil(share / len(damages) / size))
            rng = random.Random(f"{args.seed} {form} {damage}")
            turn = rng.sample(layouts, len(layouts))
            by_layout: dict[str, list[int]] = defaultdict(list)
            for i, seed in enumerate(_seeds(args.seed, each)):
                by_layout[turn[i % len(turn)]].append(seed)
            for layout, mine in by_layout.items():
                yield from _cut(Job(form, layout, damage, tuple(mine)))


def _together(seed: int) -> list[str]:
    """Pairs and triples of damages: every damage in three of them, others with another seed."""
    rng = random.Random(seed)
    out = []
    for first in sorted(DAMAGES):
        others = [name for name in sorted(DAMAGES) if name != first]
        out += [" + ".join((first, *rng.sample(others, more))) for more in (1, 1, 2)]
    return out


def _cut(job: Job) -> Iterator[Job]:
    """The job a few reports at a time, for processes that share the work."""
    for i in range(0, len(job.seeds), _BATCH):
        yield job._replace(seeds=job.seeds[i : i + _BATCH])


def _seeds(seed: int, count: int) -> Iterable[int]:
    return range(seed * 1_000_000, seed * 1_000_000 + count)


class Rates(NamedTuple):
    """What is told of a group of reports, from its counts."""

    cells: int
    right: float
    abstained: int
    flagged: int
    silent: int
    unclear: int
    outline: float
    metadata: float

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Rates:
        """Blank cells and unclear ones are cells, but no part of the share of cells right."""
        n = Counter(counts)
        printed = n["right"] + n["abstained"] + n["flagged"] + n["silent"]
        outline = n["outline right"] + n["outline missed"] + n["outline extra"]
        metadata = n["metadata right"] + n["metadata missed"]
        return cls(
            printed + n["blank"] + n["unclear"],
            n["right"] / printed if printed else 1.0,
            n["abstained"],
            n["flagged"],
            n["silent"],
            n["unclear"],
            n["outline right"] / outline if outline else 1.0,
            n["metadata right"] / metadata if metadata else 1.0,
        )


def tell(
    title: str, groups: Mapping[str, Mapping[str, int]], *, worst_first: bool = False
) -> None:
    """Print a table, a group a line."""
    print(
        f"\n{title:28} {'cells':>9} {'right %':>9} {'abstained':>9} {'flagged':>8} {'silent':>7} {'unclear':>8}"
        f" {'outline':>8} {'metadata':>8}"
    )
    rates = {name: Rates.of(counts) for name, counts in groups.items()}
    order = (
        sorted(rates, key=lambda n: (rates[n].right, -rates[n].silent))
        if worst_first
        else sorted(rates)
    )
    for name in order:
        r = rates[name]
        print(
            f"{name:28} {r.cells:9,} {100 * r.right:9.3f} {r.abstained:9,} {r.flagged:8,} {r.silent:7,}"
            f" {r.unclear:8,} {100 * r.outline:8.2f} {100 * r.metadata:8.2f}"
        )


def shortfalls(scores: Sequence[Score]) -> Iterator[str]:
    """The goals that were missed, in words."""
    for state, damaged in (("clean", False), ("damaged", True)):
        mine = [s for s in scores if bool(s.job.damage) == damaged]
        if not mine:
            continue
        total = Rates.of(_sum(s.counts for s in mine))
        # Where blanks leave no trace, much of what is blank can only be abstained on.
        full = [s for s in mine if damaged or not s.job.blanks]
        yield from _short_of(state, full, GOALS[state])
        if not damaged:
            kept = [s for s in mine if s.job.layout not in LOSSY and s.job.blanks]
            yield from _short_of("delimited, with blanks", kept, GOALS["delimited"])
        for name, rate in (("outline", total.outline), ("metadata", total.metadata)):
            if rate < GOALS[f"{state} facts"]:
                yield f"{state}: {name} {100 * rate:.2f} %, {100 * GOALS[f'{state} facts']} % wanted"
    for form, counts in _by(scores, lambda job: job.form).items():
        rates = Rates.of(counts)
        if rates.silent > SILENT * rates.cells:
            yield f"{form}: {rates.silent} of {rates.cells:,} cells wrong in silence"


def _short_of(what: str, scores: Sequence[Score], goal: float) -> Iterator[str]:
    right = Rates.of(_sum(s.counts for s in scores)).right
    if right < goal:
        yield f"{what}: {100 * right:.3f} % of cells right, {100 * goal} % wanted"


def _sum(counters: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _by(scores: Iterable[Score], name: Callable[[Job], str]) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for s in scores:
        out[name(s.job)].update(s.counts)
    return out


def _show(scores: Sequence[Score], count: int, seed: int, only: str | None) -> None:
    failures = [
        f for s in scores for f in s.failures if only is None or f.what.startswith(only)
    ]
    random.Random(seed).shuffle(failures)
    # One of each kind of job first, and the worst first.
    met: Counter[tuple[str, str, str]] = Counter()
    ranked = []
    for f in failures:
        kind = f.what.partition(":")[0]
        met[f.job.form, f.job.damage or f.job.layout, kind] += 1
        ranked.append(
            (met[f.job.form, f.job.damage or f.job.layout, kind], KINDS.index(kind), f)
        )
    ranked.sort(key=lambda r: r[:2])
    for _, _, f in ranked[:count]:
        print(
            f"\n-- {f.job.form} {f.job.layout} {f.job.damage or 'clean'} seed {f.seed}\n   {f.what}"
        )
        print("   | " + f.around.replace("\n", "\n   | "))


def main() -> int:
    """Run the battery and print its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=sorted(catalogue().forms))
    parser.add_argument("--layout", choices=sorted(ALL_LAYOUTS))
    parser.add_argument("--damage", choices=sorted(DAMAGES))
    parser.add_argument("--clean", action="store_true", help="no damages")
    parser.add_argument(
        "--pairs", action="store_true", help="two or three damages at once"
    )
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} cells")
    parser.add_argument(
        "--show", type=int, default=0, metavar="K", help="print K failures"
    )
    parser.add_argument("--kind", choices=KINDS, help="of the failures to print")
    parser.add_argument(
        "--dump",
        type=int,
        default=None,
        metavar="SEED",
        help="print the report of that seed and stop",
    )
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.small:
        args.cells = SMALL
    if args.dump is not None:
        form, layout = args.form or "national-2021", args.layout or "pipe_rows"
        print(make(Job(form, layout, args.damage or "", ()), args.dump).text)
        return 0
    started = time.perf_counter()
    work = list(jobs(args))
    if args.workers > 1:
        with ProcessPoolExecutor(args.workers) as pool:
            scores = list(pool.map(run, work, chunksize=4))
    else:
        scores = list(map(run, work))
    clean = [s for s in scores if not s.job.damage]
    damaged = [s for s in scores if s.job.damage]
    if clean:
        tell("clean, by form", _by(clean, lambda job: job.form))
        tell("clean, by layout", _by(clean, lambda job: job.layout), worst_first=True)
        tell(
            "clean, by share of blanks",
            _by(clean, lambda job: f"{100 * (job.blanks or 0):2.0f} % blank"),
        )
        kept = [s for s in clean if s.job.layout not in LOSSY]
        tell(
            "delimited, by share of blanks",
            _by(kept, lambda job: f"{100 * (job.blanks or 0):2.0f} % blank"),
        )
        tell(
            "clean, by form and layout",
            _worst(clean, lambda job: f"{job.form} {job.layout}"),
            worst_first=True,
        )
    if damaged:
        tell("damaged, by form", _by(damaged, lambda job: job.form))
        tell(
            "damaged, by layout", _by(damaged, lambda job: job.layout), worst_first=True
        )
        tell(
            "damaged, by damage", _by(damaged, lambda job: job.damage), worst_first=True
        )
        tell(
            "damaged, by damage and form",
            _worst(damaged, lambda job: f"{job.damage} {job.form}"),
            worst_first=True,
        )
    tell(
        "all",
        {
            "clean": _sum(s.counts for s in clean),
            "damaged": _sum(s.counts for s in damaged),
        },
    )
    if args.show:
        _show(scores, args.show, args.seed, args.kind)
    missed = list(shortfalls(scores))
    reports = sum(len(s.job.seeds) for s in scores)
    print(f"\n{reports:,} reports, {time.perf_counter() - started:.0f} s")
    print("\n".join(["goals missed:", *missed]) if missed else "all goals met")
    return int(bool(missed))


def _worst(
    scores: Iterable[Score], name: Callable[[Job], str]
) -> dict[str, Counter[str]]:
    groups = _by(scores, name)
    return dict(sorted(groups.items(), key=lambda g: Rates.of(g[1]).right)[:20])


if __name__ == "__main__":
    sys.exit(main())
