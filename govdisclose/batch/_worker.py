"""The process that reads parts: `python -m govdisclose.batch._worker`. Lines of JSON
in, lines of JSON out.

In: a part, and the files in it that are known to end a process. Out: `{"reading": i}`
before each file, `{"raised": "…"}` where one raises, `{"done": …}` at the end. It ends
when its input does, in the middle of a file if need be; and a watchdog that needs no
interpreter ends it where one file takes too long."""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Final, TextIO

from govdisclose._pipeline import parse
from govdisclose.batch._plan import Part
from govdisclose.form.concepts import concepts
from govdisclose.panel._panel import Panel, stamp
from govdisclose.panel.corrections import read_corrections
from govdisclose.panel.items import crashed, read_path
from govdisclose.panel.rows import PER_REPORT, Item, rows_of
from govdisclose.panel.write import write_table
from govdisclose.read import reading

STATUSES: Final = ("read", "unreadable", "crashed")


def main() -> None:
    """Read parts until the input ends."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not come between our lines
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(lines,), daemon=True).start()
    _warm()
    while True:
        job = json.loads(lines.get())
        part = Part.from_json(json.dumps(job["part"]))
        _say(out, {"done": read_part(part, job["crashed"], out, job["probe"])})


def _listen(lines: SimpleQueue[str]) -> None:
    """Take lines from the input; at its end the parent is gone or has no more to do,
    and this process ends."""
    for line in sys.stdin:
        lines.put(line)
    os._exit(0)


def _warm() -> None:
    """Read the bundled report once: what is loaded at the first report must not be
    charged to the first file."""
    text = (
        resources.files("govdisclose.examples")
        .joinpath("example.txt")
        .read_text("utf-8")
    )
    rows_of(Item("", None, None, parse(text)), concepts(), stamp(concepts()))


def _say(out: TextIO, message: Mapping[str, Any]) -> None:
    out.write(json.dumps(message, ensure_ascii=False) + "\n")
    out.flush()


def read_part(
    part: Part, known: Mapping[str, str], out: TextIO, probe: bool
) -> dict[str, int]:
    """Read the files of a part, write their tables, and count them by status. A `probe`
    writes nothing."""
    corrections = read_corrections(part.corrections) if part.corrections else ()
    made_of = (
        part.stamp()
    )  # before the files are read: what changes meanwhile is read again next time
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123  # what the watchdog would print
        panel = Panel(
            _items(part, known, out, nowhere), concepts(part.crosswalk), corrections
        )
        try:
            statuses = panel.reports.to_arrow()["status"].to_pylist()
        except Exception as error:
            _say(out, {"raised": f"{type(error).__name__}: {error}"[:500]})
            raise
        finally:
            faulthandler.cancel_dump_traceback_later()
    if not probe:
        _write(part, panel, made_of)
    return {status: statuses.count(status) for status in STATUSES}


def _write(part: Part, panel: Panel, made_of: str) -> None:
    """Write the tables of a part under hidden names and rename them, its stamp last."""
    for name in PER_REPORT:
        folder = Path(part.out) / name
        folder.mkdir(exist_ok=True)
        hidden = folder / f".{part.name}.{os.getpid()}.parquet"
        write_table(panel.table(name), hidden)
        hidden.replace(folder / f"{part.name}.parquet")
    hidden = part.stamp_file.with_name(f".{part.name}.{os.getpid()}.json")
    hidden.write_text(made_of, "utf-8")
    hidden.replace(part.stamp_file)


def _items(
    part: Part, known: Mapping[str, str], out: TextIO, nowhere: TextIO
) -> Iterator[Item]:
    """The reports in the files, one after the other, announced before it is read,
    watched until its rows are made."""
    with reading() as read_next:
        for i, (name, path) in enumerate(part.files):
            if name in known:
                yield crashed(name, _hash(Path(path)), known[name])
                continue
            _say(out, {"reading": i})
            faulthandler.dump_traceback_later(part.limit, exit=True, file=nowhere)
            yield read_path(Path(path), name, read_next)


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


if __name__ == "__main__":
    main()
