"""Batches: a folder of any size to Parquet, on all cores or on Dask, losing nothing.

Guarantees:

1. A file that raises, exits, kills or hangs the process that reads it costs one row,
which names it, and no other. 2. What is written is byte for byte the same, whatever was
killed on the way and however many processes read. 3. A part is there whole or not at
all: tables are written under hidden names and renamed, its stamp last. 4. A run goes on
where the last one ended; a part is read again where a file, the package or a correction
changed. 5. No process that reads outlives the one that started it.

Reading order: `_plan` (what a part is, and its stamp), `_worker` (the process that
reads one), `_guard` (who watches it), `_run` (all parts)."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loaded when a batch is run
    from govdisclose.batch._run import Summary

__all__ = ["batch"]


def batch(
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    workers: int | None = None,
    *,
    client: Any = None,
    crosswalk: str | PathLike[str] | None = None,
    corrections: str | PathLike[str] | None = None,
    part: int | None = None,
    limit: float = 120,
    progress: bool | None = None,
) -> Summary:
    """Read a folder (or the files named) into the tables of a panel, as Parquet files
    in the folder `out`.

    `workers` processes read, by default one for each core; with `client`, one of
    `dask.distributed`, its workers do. `part` is the number of files whose rows make
    one file of each table. A file that takes more than `limit` seconds is given up.
    `crosswalk` and `corrections` are files as for `panel`; `out/corrections.csv` is
    taken if it is there, and never written. Returns what was read, and what was not;
    `Summary.panel()` has the tables.

    Needs the extra `arrow`. Raises `ContractError` where `out` is no folder of a batch
    but holds other things."""
    from govdisclose.batch._run import run

    return run(
        files, out, workers, client, crosswalk, corrections, part, limit, progress
    )
