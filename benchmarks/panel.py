"""What a batch of many made-up reports takes: `python benchmarks/panel.py [REPORTS] [WORKERS]`."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from govdisclose.batch import batch
from govdisclose.form import catalogue
from govdisclose.testing import make_report


def main(reports: int, workers: int) -> None:
    """Make the reports, read them into Parquet, and print time, memory and bytes."""
    forms = sorted(catalogue().forms)
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "reports", Path(folder) / "out"
        given.mkdir()
        for i in range(reports):
            text = make_report(rng, forms[i % len(forms)]).text
            (given / f"{i:06}.txt").write_text(text, "utf-8")
        size = sum(path.stat().st_size for path in given.iterdir())
        began = time.perf_counter()
        summary = batch(given, out, workers, progress=False)
        took = time.perf_counter() - began
        began = time.perf_counter()
        batch(given, out, workers, progress=False)
        again = time.perf_counter() - began
        rows = {
            name: len(summary.panel().table(name))
            for name in ("observations", "series", "findings")
        }
        written = sum(path.stat().st_size for path in out.rglob("*.parquet"))
        reader, parent = (
            resource.getrusage(who).ru_maxrss / 1024
            for who in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)
        )
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{reports:,} reports, {size / 1e6:.1f} MB of text, {workers} processes: {took:.1f} s",
        dict(summary.counts),
    )
    print(
        f"processor time {cpu.ru_utime + cpu.ru_stime:.1f} s; second run {again:.2f} s; parts {summary.parts}"
    )
    print(f"Parquet {written / 1e6:.1f} MB; rows {rows}")
    print(
        f"most memory: {reader:.0f} MB a process that reads, {parent:.0f} MB the one that started it (with the tables)"
    )


if __name__ == "__main__":
    main(*(int(x) for x in (sys.argv[1:] or ["10000", "2"])))
