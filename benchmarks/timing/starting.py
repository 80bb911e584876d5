"""The first second: the import, the command line, and the first report of a process."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from timing.clock import of_process, printed
from timing.row import Row
from timing.texts import whole

IMPORT_MOST: Final = 1.3
COLD_MOST: Final = 250.0  # ms
_TURNS: Final = 5
_TEXTS: Final = (
    "prose",
    "bundled example",
    "national-2021, pipe_rows",
    "national-2021, one_line",
)


def starting() -> Iterator[Row]:
    """All of it, in turns."""
    yield _imports()
    with tempfile.TemporaryDirectory() as folder:
        for name in _TEXTS:
            file = Path(folder) / f"{name}.txt"
            file.write_text(whole()[name], "utf-8")
            yield _command_line(name, file)
            yield _first_report(name, file)


def _imports() -> Row:
    """The import against that of the libraries, without the start of the interpreter."""
    ours, theirs = [], []
    for _ in range(_TURNS):
        ours.append(_import_time("govdisclose"))
        theirs.append(_import_time("lark, attrs, regex"))
    ratio = median([a / b for a, b in zip(ours, theirs, strict=True)])
    note = f"{min(ours):.0f} ms, {min(theirs):.0f} ms"
    name = "import, over lark, attrs and regex"
    return Row(name, ratio, "{:.2f} x", IMPORT_MOST, note)


def _import_time(names: str) -> float:
    code = (
        f"from time import process_time as t\na = t()\nimport {names}\nprint(t() - a)"
    )
    return float(printed(code)) * 1000


def _command_line(name: str, file: Path) -> Row:
    """`govdisclose parse FILE`, from the start of its process to the end."""
    command = [sys.executable, "-m", "govdisclose", "parse", str(file)]
    empty = [sys.executable, "-c", "pass"]
    taken, least = [], []
    of_process(command)  # the first writes the bytecode
    for _ in range(_TURNS):
        taken.append(of_process(command))
        least.append(of_process(empty))
    note = f"middle {median(taken):.0f} ms; an empty Python {min(least):.0f} ms"
    return Row(f"command line, {name}", min(taken), "{:.0f} ms", COLD_MOST, note)


_FIRST: Final = """
import sys
from pathlib import Path
from time import process_time as t
text = Path(sys.argv[1]).read_text("utf-8")
from govdisclose import parse
a = t()
parse(text)
print(t() - a)
"""


def _first_report(name: str, file: Path) -> Row:
    taken = [float(printed(_FIRST, str(file))) * 1000 for _ in range(_TURNS)]
    return Row(f"first parse of a process, {name}", min(taken), "{:.0f} ms")
