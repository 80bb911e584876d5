"""How much of made-up reports is read right out of web pages, Word files and PDFs, and how long a file takes.

    python benchmarks/readers.py [--documents N] [--seed S] [--form F] [--kind K] [--show K] [--workers W]

Each kind of file that `govdisclose.testing` makes is made N times or more, spread over the forms, and scored like the
reports of the battery. Times are those of `read`, of the processor, the best of three, also in the second table: files
of a certain size. Exit 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from statistics import median
from typing import Final, NamedTuple

from attrs import evolve
from battery import Rates, score

from govdisclose import parse, read
from govdisclose.form import catalogue
from govdisclose.testing import DOCUMENTS, Block, Draft, draft_report, make_document

DOCUMENTS_EACH: Final = 207  # of a kind, over all forms
RIGHT: Final = 0.999
GUESSED: Final = (
    "pdf_unruled",
)  # tables without rules: nothing but their silence is promised
_BATCH: Final = 3


class Job(NamedTuple):
    """Files of one kind and form, to be made and read."""

    kind: str
    form: str
    seeds: tuple[int, ...]


class Score(NamedTuple):
    """What came of one job: counts as those of the battery, milliseconds a file, and what went wrong."""

    job: Job
    counts: Counter[str]
    times: list[float]
    wrong: list[str]


def run(job: Job) -> Score:
    """Make and read the files of a job."""
    total: Counter[str] = Counter()
    times: list[float] = []
    wrong: list[str] = []
    for seed in job.seeds:
        made = make_document(
            random.Random(f"{job.kind} {job.form} {seed}"), job.form, job.kind
        )
        times.append(1000 * min(_timed(made.data)))
        counts, faults = score(made.report, parse(read(made.data, name=made.name)))
        total += counts
        wrong += [
            f"{job.kind} {job.form} seed {seed}: {kind}: {what}"
            for kind, what, _ in faults
        ]
    return Score(job, total, times, wrong)


def _timed(data: bytes, times: int = 3) -> Iterator[float]:
    for _ in range(times):
        start = _worked()
        read(data)
        yield _worked() - start


def _worked() -> float:
    """Seconds of a processor that this process and those that it started and awaited have had."""
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + others.ru_utime + others.ru_stime


def jobs(args: argparse.Namespace) -> Iterator[Job]:
    """The files of each kind and form, a few at a time."""
    forms = [args.form] if args.form else sorted(catalogue().forms)
    each = math.ceil(args.documents / len(forms))
    for kind in [args.kind] if args.kind else DOCUMENTS:
        for form in forms:
            for i in range(0, each, _BATCH):
                yield Job(
                    kind,
                    form,
                    tuple(
                        args.seed * 1_000_000 + j
                        for j in range(i, min(i + _BATCH, each))
                    ),
                )


# --- files of a certain size

_PAGE_OF_PDF: Final = re.compile(rb"/Type /Page\b(?!s)")


class Size(NamedTuple):
    """A file of a certain size, and how many milliseconds it may take."""

    name: str
    kinds: tuple[str, ...]
    reached: Callable[[bytes], bool]
    most: float


SIZES: Final = (
    Size(
        "a page of 200 KB",
        ("html_article", "html_nested", "html_word"),
        lambda data: len(data) >= 200_000,
        10.0,
    ),
    Size(
        "a Word file of six pages", ("docx",), lambda data: len(data) >= 42_000, 100.0
    ),
    Size(
        "a PDF of six pages",
        ("pdf",),
        lambda data: len(_PAGE_OF_PDF.findall(data)) >= 6,
        1000.0,
    ),
)


def sized(kind: str, reached: Callable[[bytes], bool]) -> bytes:
    """A file of that kind, with more and more prose until it is large enough."""
    draft = draft_report(random.Random(1), "national-2021")
    prose = [
        block for block in draft.blocks if block.rows is None and block.kind == "prose"
    ]
    while not reached(data := DOCUMENTS[kind](draft, random.Random(1))):
        draft = _longer(draft, prose * 3)
    return data


def _longer(draft: Draft, blocks: Sequence[Block]) -> Draft:
    return evolve(draft, blocks=(*draft.blocks, *blocks))


# --- told


def tell(scores: Sequence[Score]) -> None:
    """The table of docs/why.md: per kind and form."""
    print(
        "| file | form | files | cells | right % | abstained | wrong, flagged | wrong in silence | outline % | metadata % | ms a file |"
    )
    print("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for kind in dict.fromkeys(s.job.kind for s in scores):
        mine = [s for s in scores if s.job.kind == kind]
        for form in [*sorted({s.job.form for s in mine}), ""]:
            _line(kind, form, [s for s in mine if form in ("", s.job.form)])


def _line(kind: str, form: str, scores: Sequence[Score]) -> None:
    counts, times = _sum(scores), [t for s in scores for t in s.times]
    r = Rates.of(counts)
    bold = "" if form else "**"
    cells = (
        kind,
        form or "all",
        f"{len(times):,}",
        f"{r.cells:,}",
        f"{100 * r.right:.3f}",
        f"{r.abstained:,}",
        f"{r.flagged:,}",
        f"{r.silent:,}",
        f"{100 * r.outline:.2f}",
        f"{100 * r.metadata:.2f}",
        f"{median(times):.1f}",
    )
    print("| " + " | ".join(f"{bold}{cell}{bold}" for cell in cells) + " |")


def _sum(scores: Sequence[Score]) -> Counter[str]:
    total: Counter[str] = Counter()
    for s in scores:
        total.update(s.counts)
    return total


def shortfalls(scores: Sequence[Score]) -> Iterator[str]:
    """The goals that were missed, in words."""
    for kind in dict.fromkeys(s.job.kind for s in scores):
        rates = Rates.of(_sum([s for s in scores if s.job.kind == kind]))
        if rates.right < RIGHT and kind not in GUESSED:
            yield f"{kind}: {100 * rates.right:.3f} % of cells right, {100 * RIGHT} % wanted"
        if rates.silent:
            yield f"{kind}: {rates.silent} of {rates.cells:,} cells wrong in silence"


def time_sizes() -> Iterator[str]:
    """Print how long files of a certain size take; the goals that were missed."""
    print("\n| file | bytes | ms | goal |\n|---|---:|---:|---:|")
    for size in SIZES:
        for kind in size.kinds:
            data = sized(kind, size.reached)
            best = 1000 * min(_timed(data, 30 if size.most < 100 else 7))
            print(
                f"| {kind}: {size.name} | {len(data):,} | {best:.1f} | {size.most:.0f} |"
            )
            if best > size.most:
                yield f"{kind}: {size.name} takes {best:.1f} ms, {size.most:.0f} wanted"


def main() -> int:
    """Run all of it and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS_EACH)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=sorted(catalogue().forms))
    parser.add_argument("--kind", choices=list(DOCUMENTS))
    parser.add_argument(
        "--show", type=int, default=0, metavar="K", help="print K of what went wrong"
    )
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    work = list(jobs(args))
    if args.workers > 1:
        with ProcessPoolExecutor(args.workers) as pool:
            scores = list(pool.map(run, work))
    else:
        scores = list(map(run, work))
    tell(scores)
    missed = [*shortfalls(scores), *([] if args.kind else time_sizes())]
    for line in [line for s in scores for line in s.wrong][: args.show]:
        print(f"   {line}")
    for line in missed:
        print(f"MISSED {line}")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
