"""All parts: which are to be read, by whom, and what is written when they are."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from os import PathLike
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from govdisclose.batch._guard import Worker, run_part
from govdisclose.batch._plan import DONE, Part, named, parts_of
from govdisclose.errors import ContractError, MissingExtra
from govdisclose.form.concepts import concepts
from govdisclose.panel._panel import opened
from govdisclose.panel.codebook import codebook_csv
from govdisclose.panel.package import citation, package
from govdisclose.panel.rows import PER_REPORT, rows_of_crosswalk
from govdisclose.panel.schema import library, pyarrow, table_schemas
from govdisclose.panel.table import table_of
from govdisclose.panel.write import write_table

if TYPE_CHECKING:
    from govdisclose.panel._panel import Panel

_OF_A_PART: Final = re.compile(r"\.?part-(\d{5,})\..*")
Tick = Callable[[int], object]
"""Told how many files are done."""


@frozen
class Summary:
    """What a batch read: how many files have each status, and those that were not read,
    with the reason.

    `parts` is the number of parts, `kept` how many of them were there from an earlier run.
    """

    out: Path
    counts: Mapping[str, int]
    failures: tuple[tuple[str, str, str], ...]
    parts: int
    kept: int
    crosswalk: str | None = None

    def __str__(self) -> str:
        said = ", ".join(f"{n:,} {status}" for status, n in self.counts.items() if n)
        kept = f" ({self.kept} of {self.parts} parts were there)" if self.kept else ""
        lines = [
            f"{sum(self.counts.values()):,} files: {said or 'none'}{kept}; tables in {self.out}"
        ]
        lines += [
            f"  {status}: {name}: {error}" for name, status, error in self.failures
        ]
        return "\n".join(lines)

    def panel(self) -> Panel:
        """The tables that were written, as a panel."""
        return opened(self.out, concepts(self.crosswalk))


def run(
    files: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    workers: int | None,
    client: Any,
    crosswalk: str | PathLike[str] | None,
    corrections: str | PathLike[str] | None,
    size: int | None,
    limit: float,
    progress: bool | None,
) -> Summary:
    """See `govdisclose.batch.batch`."""
    pyarrow()
    folder = _folder(Path(out))
    own = folder / "corrections.csv"
    corrections = corrections or (own if own.is_file() else None)
    parts = parts_of(
        list(named(files, folder)),
        folder,
        size,
        _path(crosswalk),
        _path(corrections),
        limit,
    )
    todo = [part for part in parts if not part.is_done()]
    _clear(folder, len(parts))
    bar = _bar(sum(len(part.files) for part in todo), progress)
    try:
        if client is not None:
            _on_dask(client, todo, bar.update)
        else:
            _on_processes(todo, workers or os.cpu_count() or 1, bar.update)
    finally:
        bar.close()
    _describe(folder, parts, _path(crosswalk))
    return _summary(folder, len(parts), len(parts) - len(todo), _path(crosswalk))


def _path(file: str | PathLike[str] | None) -> str | None:
    return None if file is None else os.fspath(Path(file).resolve())


def _folder(out: Path) -> Path:
    """The folder to write to: new, empty, or one of an earlier run."""
    out.mkdir(parents=True, exist_ok=True)
    strange = [path.name for path in out.iterdir() if path.name != "corrections.csv"]
    if strange and not (out / DONE).is_dir():
        raise ContractError(
            f"{out} holds other things, such as {min(strange)}: name a new folder"
        )
    (out / DONE).mkdir(exist_ok=True)
    return out.resolve()


def _clear(folder: Path, parts: int) -> None:
    """Remove what a run left half written, and parts that there are no longer."""
    for place in (DONE, *PER_REPORT):
        for path in (folder / place).glob("*") if (folder / place).is_dir() else ():
            found = _OF_A_PART.fullmatch(path.name)
            if found and (path.name.startswith(".") or int(found[1]) >= parts):
                path.unlink(missing_ok=True)


def _on_processes(parts: Sequence[Part], workers: int, tick: Tick) -> None:
    """Each thread watches a process of its own."""
    idle: SimpleQueue[Worker] = SimpleQueue()
    all_workers = [Worker() for _ in range(min(workers, len(parts)))]
    for worker in all_workers:
        idle.put(worker)

    def read(part: Part) -> int:
        worker = idle.get()
        try:
            worker.read(part)
        finally:
            idle.put(worker)
        return len(part.files)

    try:
        with ThreadPoolExecutor(max(1, len(all_workers))) as pool:
            waiting = [pool.submit(read, part) for part in parts]
            try:
                for done in as_completed(waiting):
                    tick(done.result())
            except BaseException:
                for one in waiting:
                    one.cancel()
                for worker in all_workers:
                    worker.close()
                raise
    finally:
        for worker in all_workers:
            worker.close()


def _on_dask(client: Any, parts: Sequence[Part], tick: Tick) -> None:
    """Each part is a task, which watches a process of its own, so that no worker of
    Dask is lost to a file."""
    distributed = library("distributed", "dask", "client=")
    sizes = {part.number: len(part.files) for part in parts}
    futures = client.map(
        run_part, [part.to_json() for part in parts], pure=False, retries=3
    )
    for future in distributed.as_completed(futures):
        tick(sizes[future.result()[0]])


# --- when all parts are there -----------------------------------------------------------------------------------------


def _describe(folder: Path, parts: Sequence[Part], crosswalk: str | None) -> None:
    """Write what the tables mean, beside them."""
    known, schemas = concepts(crosswalk), table_schemas()
    for name, rows in rows_of_crosswalk(known).items():
        write_table(table_of(schemas[name], rows), folder / f"{name}.parquet")
    described = package(schemas.values(), "parquet")
    for resource in described["resources"]:
        if resource["name"] in PER_REPORT:
            resource["path"] = [
                f"{resource['name']}/{part.name}.parquet" for part in parts
            ]
    about = {
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        "codebook.csv": codebook_csv(known),
        "CITATION.cff": citation(),
    }
    for name, text in about.items():
        (folder / name).write_text(text, "utf-8", newline="\n")


def _summary(folder: Path, parts: int, kept: int, crosswalk: str | None) -> Summary:
    counts: Counter[str] = Counter({"read": 0, "unreadable": 0, "crashed": 0})
    failures = []
    for row in _rows(folder):
        counts[row["status"]] += 1
        if row["status"] != "read":
            failures.append((row["source"], row["status"], row["error"]))
    return Summary(folder, counts, tuple(failures), parts, kept, crosswalk)


def _rows(folder: Path) -> Iterator[Mapping[str, Any]]:
    parquet = library("pyarrow.parquet", "arrow", "a batch")
    for path in sorted((folder / "reports").glob("part-*.parquet")):
        yield from parquet.read_table(
            path, columns=["source", "status", "error"]
        ).to_pylist()


class _NoBar:
    """Progress that is not shown."""

    def update(self, _: int) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Say nothing."""


def _bar(total: int, progress: bool | None) -> Any:
    """A bar on the terminal or in the notebook, where tqdm is installed; `progress`
    asks for it or forbids it."""
    if progress is False:
        return _NoBar()
    try:
        tqdm = library("tqdm.auto", "all", "progress=True").tqdm
    except MissingExtra:
        if progress:
            raise
        return _NoBar()
    return tqdm(total=total, unit="file", disable=None if progress is None else False)
