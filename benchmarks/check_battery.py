"""How well made-up reports are checked: relations broken on purpose that are found, and alarms where nothing is wrong.

    python benchmarks/check_battery.py [--relations N] [--seed S] [--form F] [--layout L] [--damage D] [--show K]

Each report is made twice, once as it should be and once with one figure changed so that one relation no longer holds.
Of the first every failure of a relation is a false alarm, unless the damage took figures away, so that what is printed
does not obey the relation any more; these are counted apart. Of the second the broken relation must be found, where
every figure that it ties together is read as it is printed. Exit 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, NamedTuple

from govdisclose import check, parse
from govdisclose.finding import Finding
from govdisclose.form import catalogue
from govdisclose.report import Cell, Figure, Report
from govdisclose.testing import (
    ALL_LAYOUTS,
    DAMAGES,
    LOSSY,
    Break,
    Filled,
    Instance,
    Key,
    MadeReport,
    break_relation,
    instances,
    make_report,
    outcome,
)

RELATIONS: Final = 300_000
SMALL: Final = 12_000
RECALL: Final = 0.99
ALARMS: Final = 1e-4
ARITHMETIC: Final = frozenset(
    (
        "table-relation",
        "cross-table",
        "prose-table",
        "prose-relation",
        "prose-parts",
        "prose-share",
        "prose-growth",
        "prose-repeat",
        "words-of-zero",
    )
)
_BATCH: Final = 8
_HARMLESS: Final = frozenset(("inexact-label", "inferred-cell"))


class Job(NamedTuple):
    """Reports of one kind: `damage` is empty for clean ones."""

    form: str
    layout: str
    damage: str
    seeds: tuple[int, ...]


class Miss(NamedTuple):
    """A false alarm, or a break that was not found."""

    job: Job
    seed: int
    what: str


class Score(NamedTuple):
    """What came of one job."""

    job: Job
    counts: Counter[str]
    misses: list[Miss]


def make(job: Job, seed: int, broken: bool) -> tuple[MadeReport, Break | None]:
    """The report of that job and seed, with a relation broken if asked for."""
    rng = random.Random(f"{job.form} {job.layout} {job.damage} {seed}")
    blanks = 0.0 if job.layout in LOSSY else rng.choice((0.0, 0.1))
    what: Break | None = None

    def on_filled(filled: Filled) -> Filled:
        nonlocal what
        found = break_relation(filled, random.Random(f"break {seed}"))
        if found is None:
            return filled
        changed, what = found
        return changed

    made = make_report(
        rng,
        job.form,
        job.layout,
        blanks,
        (job.damage,) if job.damage else (),
        on_filled if broken else None,
    )
    return made, what


def _cells(report: Report) -> dict[Key, Cell]:
    out: dict[Key, Cell] = {}
    for table in report.tables:
        for cell in table.cells:
            if (
                table.table is not None
                and cell.row is not None
                and cell.column is not None
            ):
                out.setdefault((table.table, cell.row, cell.column), cell)
    return out


def _names(instance: Instance) -> frozenset[str]:
    form = next(
        f for f in catalogue().forms.values() if instance.relation in f.relations
    )
    by_column = {table.id: table.key_from == "column" for table in form.tables}
    return frozenset(
        column if by_column[table] else f"{row}@{column}"
        for table, row, column in (*instance.left, *instance.right)
    )


def score_obeying(
    made: MadeReport, findings: Sequence[Finding], job: Job, seed: int
) -> tuple[Counter[str], list[Miss]]:
    """Failures of relations in a report whose figures obey them all."""
    counts: Counter[str] = Counter()
    misses: list[Miss] = []
    by_names = {(i.relation.id, _names(i)): i for i in instances(job.form)}
    for finding in findings:
        if finding.code not in ARITHMETIC:
            continue
        counts[finding.verdict] += 1
        if finding.verdict != "fails" or finding.severity == "info":
            continue
        instance = by_names.get(
            (finding.relation, frozenset(o.name for o in finding.operands))
        )
        if instance is not None and outcome(instance, made.expected) != "holds":
            counts["alarms by damage"] += (
                1  # a figure was taken away: what is printed does not obey
            )
            continue
        counts["alarms"] += 1
        misses.append(Miss(job, seed, f"alarm: {finding}"))
    return counts, misses


def score_broken(
    made: MadeReport,
    what: Break,
    report: Report,
    findings: Sequence[Finding],
    job: Job,
    seed: int,
) -> tuple[Counter[str], list[Miss]]:
    """Whether the relation that was broken is found, where its figures are read."""
    cells = _cells(report)
    keys = (*what.instance.left, *what.instance.right)
    wanted: Mapping[Key, Figure | None] = made.expected
    read = all(key in cells and cells[key].value == wanted.get(key) for key in keys)
    if not read or outcome(what.instance, made.expected) != "fails":
        return Counter({"not read": 1}), []
    if any(
        cells[key].inferred or not _HARMLESS.issuperset(cells[key].diagnostics)
        for key in keys
    ):
        return Counter({"read in doubt": 1}), []
    names = _names(what.instance)
    mine = [
        f
        for f in findings
        if f.relation == what.instance.relation.id
        and frozenset(o.name for o in f.operands) == names
    ]
    verdicts = {f.verdict for f in mine}
    if "fails" in verdicts or "explained" in verdicts:
        return Counter({"found": 1, "found explained": "fails" not in verdicts}), []
    said = "; ".join(map(str, mine)) or "nothing said"
    return Counter({"missed": 1}), [
        Miss(
            job,
            seed,
            f"missed: {what.instance.relation.id}, {what.key} was {what.was}: {said}",
        )
    ]


def run(job: Job) -> Score:
    """Make, read and check the reports of a job."""
    total: Counter[str] = Counter()
    misses: list[Miss] = []
    for seed in job.seeds:
        made, _ = make(job, seed, broken=False)
        counts, wrong = score_obeying(made, check(parse(made.text)), job, seed)
        total += counts
        misses += wrong
        made, what = make(job, seed, broken=True)
        if what is not None:
            report = parse(made.text)
            counts, wrong = score_broken(made, what, report, check(report), job, seed)
            total += counts
            misses += wrong
    return Score(job, total, misses)


def jobs(args: argparse.Namespace) -> Iterator[Job]:
    """Half of the relations in clean reports, over forms and layouts; half damaged, the layouts in turn."""
    forms = [args.form] if args.form else sorted(catalogue().forms)
    layouts = [args.layout] if args.layout else sorted(ALL_LAYOUTS)
    damages = [args.damage] if args.damage else [] if args.clean else sorted(DAMAGES)
    for form in forms:
        size = len(list(instances(form)))
        share = args.relations / len(forms) / (2 if damages and not args.damage else 1)
        kinds = [] if args.damage else [(layout, "") for layout in layouts]
        each = max(1, int(share / max(1, len(kinds)) / size))
        for layout, damage in kinds:
            yield from _batches(form, layout, damage, args.seed, each)
        each = max(1, int(share / max(1, len(damages)) / size))
        for i, damage in enumerate(damages):
            turn = [
                layouts[(i + k) % len(layouts)] for k in range(min(len(layouts), each))
            ]
            for layout in turn:
                yield from _batches(
                    form, layout, damage, args.seed, max(1, each // len(turn))
                )


def _batches(
    form: str, layout: str, damage: str, seed: int, count: int
) -> Iterator[Job]:
    seeds = range(seed * 1_000_000, seed * 1_000_000 + count)
    for i in range(0, count, _BATCH):
        yield Job(form, layout, damage, tuple(seeds[i : i + _BATCH]))


class Rates(NamedTuple):
    """What is told of a group of reports."""

    judged: int
    alarms: int
    by_damage: int
    undecided: int
    broken: int
    recall: float

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Rates:
        """Judged are relations with a verdict other than undecided."""
        n = Counter(counts)
        broken = n["found"] + n["missed"]
        return cls(
            n["holds"] + n["fails"] + n["explained"],
            n["alarms"],
            n["alarms by damage"],
            n["undecided"],
            broken,
            n["found"] / broken if broken else 1.0,
        )


def tell(title: str, groups: Mapping[str, Counter[str]]) -> None:
    """Print a table, a group a line."""
    print(
        f"\n{title:28} {'judged':>9} {'alarms':>7} {'by damage':>9} {'undecided':>9} {'broken':>7} {'found %':>8}"
        f" {'explained':>9} {'doubted':>8} {'not read':>8}"
    )
    for name, counts in sorted(groups.items()):
        r = Rates.of(counts)
        print(
            f"{name:28} {r.judged:9,} {r.alarms:7,} {r.by_damage:9,} {r.undecided:9,} {r.broken:7,}"
            f" {100 * r.recall:8.2f} {counts['found explained']:9,}"
            f" {counts['read in doubt']:8,} {counts['not read']:8,}"
        )


def _by(scores: Iterable[Score], name: Callable[[Job], str]) -> dict[str, Counter[str]]:
    out: dict[str, Counter[str]] = defaultdict(Counter)
    for s in scores:
        out[name(s.job)].update(s.counts)
    return out


def shortfalls(scores: Sequence[Score]) -> Iterator[str]:
    """The goals that were missed, in words."""
    for state, damaged in (("clean", False), ("damaged", True)):
        total: Counter[str] = Counter()
        for s in scores:
            if bool(s.job.damage) == damaged:
                total.update(s.counts)
        rates = Rates.of(total)
        if rates.recall < RECALL:
            yield f"{state}: {100 * rates.recall:.2f} % of broken relations found, {100 * RECALL} % wanted"
        if rates.alarms > ALARMS * rates.judged:
            yield f"{state}: {rates.alarms} false alarms in {rates.judged:,} relations, at most 1 in {1 / ALARMS:,.0f} wanted"


def main() -> int:
    """Run the battery and print its tables."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument("--relations", type=int, default=RELATIONS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=sorted(catalogue().forms))
    parser.add_argument("--layout", choices=sorted(ALL_LAYOUTS))
    parser.add_argument("--damage", choices=sorted(DAMAGES))
    parser.add_argument("--clean", action="store_true", help="no damages")
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} relations")
    parser.add_argument(
        "--show", type=int, default=0, metavar="K", help="print K misses"
    )
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.small:
        args.relations = SMALL
    started = time.perf_counter()
    work = list(jobs(args))
    if args.workers > 1:
        with ProcessPoolExecutor(args.workers) as pool:
            scores = list(pool.map(run, work, chunksize=4))
    else:
        scores = list(map(run, work))
    tell("by form", _by(scores, lambda job: job.form))
    tell("by layout", _by(scores, lambda job: job.layout))
    tell("by damage", _by(scores, lambda job: job.damage or "(clean)"))
    tell("all", _by(scores, lambda job: "damaged" if job.damage else "clean"))
    misses = [m for s in scores for m in s.misses]
    random.Random(args.seed).shuffle(misses)
    for m in misses[: args.show]:
        print(
            f"-- {m.job.form} {m.job.layout} {m.job.damage or 'clean'} seed {m.seed}\n   {m.what}"
        )
    missed = list(shortfalls(scores))
    print(
        f"\n{sum(len(s.job.seeds) for s in scores):,} pairs of reports, {time.perf_counter() - started:.0f} s"
    )
    print("\n".join(["goals missed:", *missed]) if missed else "all goals met")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
