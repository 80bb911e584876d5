"""Batches: two processes beside one, Dask beside none, and many PDFs read by one worker.

How much faster two processes are is told by the clock on the wall, and is only true on two cores that nobody else
uses: the load of the machine stands beside it, and the processor time of both, which no load changes much.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from govdisclose import Limits, batch, parse, parse_many
from govdisclose.read.pdf import read_pdf, resident_worker
from govdisclose.testing import make_document
from timing.clock import compared, with_children
from timing.row import Row
from timing.texts import made_stream

WORKERS_LEAST: Final = 1.8  # two over one
DASK_MOST: Final = 1.15  # one worker of Dask over one process
PDF_MOST: Final = 55.0  # ms a report
_REPORTS: Final = 120
_TURNS: Final = 2
_PDFS: Final = 12
_MANY: Final = 64


def batches() -> Iterator[Row]:
    """All of it; what needs a library that is not installed is left out with a word."""
    yield _many()
    yield from _pdfs()
    if importlib.util.find_spec("pyarrow") is None:
        yield Row("batch", float("nan"), note="needs the extra arrow")
        return
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "reports"
        given.mkdir()
        for i, text in enumerate(made_stream(_REPORTS)):
            (given / f"{i:05}.txt").write_text(text, "utf-8")
        yield from _workers(given, Path(folder))
        if importlib.util.find_spec("distributed") is None:
            yield Row("Dask", float("nan"), note="needs the extra dask")
        else:
            yield _dask(given, Path(folder))


def _many() -> Row:
    """`parse_many` beside a loop over `parse`."""
    texts = list(made_stream(_MANY))
    found = compared(
        lambda: [None for _ in parse_many(texts)],
        lambda: [None for _ in map(parse, texts)],
        turns=5,
    )
    note = f"{found.first / _MANY:.2f} ms a report"
    return Row("parse_many over a loop of parse", found.ratio, "{:.2f} x", note=note)


def _pdfs() -> Iterator[Row]:
    """A report out of a PDF, its reading and its parse: in a batch, and in a call of its own."""
    rng = random.Random(1)
    files = [make_document(rng, "national-2021", "pdf").data for _ in range(_PDFS)]

    def together() -> None:
        with resident_worker() as ask:
            for data in files:
                parse(read_pdf(data, None, Limits(), ask))

    def alone() -> None:
        parse(read_pdf(files[0], None, Limits()))

    together()
    many = min(with_children(together) for _ in range(_TURNS)) / _PDFS
    one = min(with_children(alone) for _ in range(_TURNS))
    yield Row("PDF in a batch, a report", many, "{:.0f} ms", PDF_MOST, "with parse")
    yield Row("PDF in a call of its own", one, "{:.0f} ms", note="with parse")


# --- gd.batch

Clocks = tuple[list[float], list[float]]


def _workers(given: Path, folder: Path) -> Iterator[Row]:
    (one, one_used), (two, two_used) = _in_turns(
        partial(batch, given, workers=1, progress=False),
        partial(batch, given, workers=2, progress=False),
        folder,
    )
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    ratio = median([a / b for a, b in zip(one, two, strict=True)])
    note = f"{_REPORTS / min(two):.0f} reports a second; {load}"
    name = "two processes over one, on the wall"
    yield Row(name, ratio, "{:.2f} x", note=note, least=WORKERS_LEAST)
    used = median([a / b for a, b in zip(one_used, two_used, strict=True)])
    note = "what two quiet cores would give, if they shared nothing else"
    yield Row("  by processor time", 2 * used, "{:.2f} x", note=note)


def _dask(given: Path, folder: Path) -> Row:
    distributed: Any = importlib.import_module("distributed")

    def on_dask(out: Path) -> None:
        cluster = distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, dashboard_address=None
        )
        with cluster, distributed.Client(cluster) as client:
            batch(given, out, client=client, progress=False)

    (_, dask), (_, serial) = _in_turns(
        on_dask, partial(batch, given, workers=1, progress=False), folder
    )
    ratio = median([a / b for a, b in zip(dask, serial, strict=True)])
    note = f"processor time of {_REPORTS} reports, with the start of Dask"
    return Row(
        "one worker of Dask over one process", ratio, "{:.2f} x", DASK_MOST, note
    )


def _in_turns(
    first: Callable[[Path], object], second: Callable[[Path], object], folder: Path
) -> tuple[Clocks, Clocks]:
    """Seconds on the wall and of the processor, of both in turns, each into a folder of its own."""
    clocks: tuple[Clocks, Clocks] = ([], []), ([], [])
    for _ in range(_TURNS):
        for i, work in enumerate((first, second)):
            out = Path(tempfile.mkdtemp(dir=folder))
            began = perf_counter()
            used = with_children(partial(work, out)) / 1000
            clocks[i][0].append(perf_counter() - began)
            clocks[i][1].append(used)
    return clocks
