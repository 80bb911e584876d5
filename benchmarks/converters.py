"""What is read of the text that other tools make of a report: each converter, from Word, web pages and PDF.

    python benchmarks/converters.py [--documents N] [--seed S] [--converters WORD …] [--show K] [--dump NAME] [--write]

Every form is filled, once with its noughts printed and once with 40 % of its cells blank, made into a file, sent
through each converter, and what comes out is parsed. Printed for each: how many of the printed figures the output
still holds (kept), and the cells right, abstained, flagged and silent; title and issuer, of the files whose output
still has them, and outline. The packages are the
extra `converters`; tools of the system (pandoc, poppler-utils, lynx, w3m, libreoffice) are used where they are
installed. --write puts the table into docs/converters.md. Exit 1 when a cell is wrong in silence.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from battery import score
from converting import CONVERTERS, available

from govdisclose import parse
from govdisclose.form import catalogue
from govdisclose.testing import MadeReport, make_document

KINDS: Final = {"docx": "docx", "html": "html_article", "pdf": "pdf"}
BLANKS: Final = (0.0, 0.4)
PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "converters.md"
_MARKS: Final = ("<!-- table: begin -->", "<!-- table: end -->")
_DIGITS: Final = re.compile(r"[0-9]+(?:[.][0-9]+)?")


class Job(NamedTuple):
    """One form as one sort of file, to be sent through one converter."""

    converter: str
    suffix: str
    form: str
    blanks: float
    seed: int


class Result(NamedTuple):
    """Counts, as those of the battery, and what went wrong."""

    job: Job
    counts: Counter[str]
    wrong: list[str]


def made(job: Job) -> tuple[bytes, MadeReport]:
    """The file of a job, and what it says."""
    kind = KINDS[job.suffix]
    rng = random.Random(f"{kind} {job.form} {job.blanks} {job.seed}")
    document = make_document(rng, job.form, kind, job.blanks)
    return document.data, document.report


def converted(job: Job) -> tuple[str, MadeReport]:
    """What the converter makes of the file."""
    data, report = made(job)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{job.suffix}"
        path.write_bytes(data)
        return CONVERTERS[job.converter].run(path), report


def run(job: Job) -> Result:
    """Convert one file, and read what came out."""
    text, report = converted(job)
    counts, wrong = score(report, parse(text))
    missed = [what for kind, what, _ in wrong if kind == "metadata"]
    words = "".join(text.split())
    for name in ("title", "issuer"):
        said = "".join(str(report.metadata[name]).split())
        told = said in words  # the tool may have dropped it
        counts[f"{name} told"] = told
        counts[name] = told and not any(what.startswith(f"{name}:") for what in missed)
    wanted = Counter(str(figure) for figure in report.expected.values() if figure)
    counts["printed"] = wanted.total()
    counts["kept"] = (wanted & Counter(_DIGITS.findall(text))).total()
    return Result(job, counts, [f"{kind}: {what}" for kind, what, _ in wrong])


def jobs(names: Sequence[str], documents: int, seed: int) -> Iterator[Job]:
    """All converters, forms and shares of blanks."""
    for name in names:
        for suffix in CONVERTERS[name].suffixes:
            for form in sorted(catalogue().forms):
                for blanks in BLANKS:
                    for i in range(documents):
                        yield Job(name, suffix, form, blanks, seed * 1000 + i)


def rows(results: Sequence[Result]) -> Iterator[tuple[str, ...]]:
    """The table, a converter a row, by sort of file, the best first."""
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    blank: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        key = (result.job.suffix, result.job.converter)
        groups[key].update(result.counts)
        if result.job.blanks:
            blank[key].update(result.counts)
    for key in sorted(groups, key=lambda k: (k[0], -_right(groups[k]))):
        n = groups[key]
        lines = n["outline right"] + n["outline missed"] + n["outline extra"]
        yield (
            *key,
            f"{100 * n['kept'] / max(1, n['printed']):.1f}",
            f"{_right(n):.1f}",
            f"{_right(blank[key]):.1f}",
            *(f"{n[how]:,}" for how in ("abstained", "flagged", "silent")),
            *(_share(n[what], n[f"{what} told"]) for what in ("title", "issuer")),
            f"{100 * n['outline right'] / max(1, lines):.0f}",
        )


HEAD: Final = (
    "file",
    "converter",
    "kept %",
    "right %",
    "with blanks",
    "abstained",
    "flagged",
    "silent",
    "title %",
    "issuer %",
    "outline %",
)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}" if whole else "none"


def _right(n: Mapping[str, int]) -> float:
    printed = sum(n[how] for how in ("right", "abstained", "flagged", "silent"))
    return 100 * n["right"] / max(1, printed)


def tell(results: Sequence[Result]) -> None:
    """Print the table."""
    table = [HEAD, *rows(results)]
    widths = [max(len(row[i]) for row in table) for i in range(len(HEAD))]
    for row in table:
        left = "  ".join(
            cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)
        )
        print(
            left,
            *(
                cell.rjust(width)
                for cell, width in zip(row[2:], widths[2:], strict=True)
            ),
            sep="  ",
        )


def write(results: Sequence[Result]) -> None:
    """Put the table between the marks of the page."""
    table = [HEAD, ("---", "---", *["---:"] * (len(HEAD) - 2)), *rows(results)]
    lines = "\n".join("| " + " | ".join(row) + " |" for row in table)
    begin, end = _MARKS
    before, _, rest = PAGE.read_text("utf-8").partition(begin)
    PAGE.write_text(f"{before}{begin}\n{lines}\n{end}{rest.partition(end)[2]}", "utf-8")


def main() -> int:
    """Run all converters and print what came of them."""
    parser = argparse.ArgumentParser(
        description=__doc__.partition("\n")[0] if __doc__ else None
    )
    parser.add_argument(
        "--documents", type=int, default=1, help="of each form and share of blanks"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--converters", nargs="*", default=(), metavar="WORD")
    parser.add_argument(
        "--show",
        type=int,
        default=0,
        metavar="K",
        help="print K silent cells of each converter",
    )
    parser.add_argument(
        "--dump",
        metavar="NAME",
        help="print what that converter makes of --form, and stop",
    )
    parser.add_argument(
        "--form", choices=sorted(catalogue().forms), default="national-2021"
    )
    parser.add_argument("--suffix", choices=sorted(KINDS))
    parser.add_argument("--blanks", type=float, default=0.4)
    parser.add_argument(
        "--write", action="store_true", help="put the table into docs/converters.md"
    )
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.dump:
        suffix = args.suffix or CONVERTERS[args.dump].suffixes[0]
        print(
            converted(Job(args.dump, suffix, args.form, args.blanks, args.seed * 1000))[
                0
            ]
        )
        return 0
    started = time.perf_counter()
    wanted = [
        n
        for n in CONVERTERS
        if not args.converters or any(word in n for word in args.converters)
    ]
    names = [name for name in wanted if available(CONVERTERS[name])]
    with ProcessPoolExecutor(args.workers) as pool:
        results = list(
            pool.map(run, jobs(names, args.documents, args.seed), chunksize=3)
        )
    tell(results)
    for name in names:
        silent = [
            (r.job, w)
            for r in results
            if r.job.converter == name
            for w in r.wrong
            if w.startswith("silent")
        ]
        for job, what in silent[: args.show]:
            print(f"{name} {job.suffix} {job.form} blanks {job.blanks}: {what}")
    absent = [name for name in wanted if name not in names]
    if absent:
        print(f"not installed here: {', '.join(absent)}")
    if args.write:
        write(results)
    print(f"{len(results)} files, {time.perf_counter() - started:.0f} s")
    return int(any(result.counts["silent"] for result in results))


if __name__ == "__main__":
    sys.exit(main())
