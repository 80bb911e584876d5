"""Runs the notebook in docs, and writes it with what its cells show.

`python benchmarks/notebook.py` writes docs/notebook.ipynb again. The cells run in this process, in IPython; figures
that a cell leaves open are shown below it, as Jupyter does. tests/test_notebook.py runs it too.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from itertools import count
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from traitlets.config import Config

NOTEBOOK: Final = Path(__file__).resolve().parent.parent / "docs" / "notebook.ipynb"
Cell = dict[str, Any]


def load() -> dict[str, Any]:
    """The notebook as it is kept."""
    read: dict[str, Any] = json.loads(NOTEBOOK.read_text("utf-8"))
    return read


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs of its cells. Raises what a cell raises."""
    mpl.use("Agg")
    quiet = {"HistoryManager": {"enabled": False}}
    make: Any = InteractiveShell
    shell = make(config=Config(quiet))
    counts = count(1)
    cells = [
        _shown(cell, shell, next(counts)) if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def _shown(cell: Cell, shell: Any, number: int) -> Cell:
    outputs = [*_outputs(shell, "".join(cell["source"]), number)]
    return {**cell, "execution_count": number, "outputs": outputs}


def _outputs(shell: Any, code: str, number: int) -> Iterator[Cell]:
    """What one cell shows: its value, then its figures."""
    with redirect_stdout(StringIO()):  # the shell prints values as well
        result = shell.run_cell(code)
    result.raise_error()
    if result.result is not None:
        data, metadata = shell.display_formatter.format(result.result)
        yield {
            "output_type": "execute_result",
            "execution_count": number,
            "data": {kind: _lines(said) for kind, said in data.items()},
            "metadata": metadata,
        }
    for open_figure in pyplot.get_fignums():
        yield {
            "output_type": "display_data",
            "data": {"image/png": _png(pyplot.figure(open_figure))},
            "metadata": {},
        }
    pyplot.close("all")


def _png(figure: Any) -> str:
    out = BytesIO()
    figure.savefig(out, format="png", dpi=72)
    return base64.b64encode(out.getvalue()).decode("ascii")


def _lines(said: str) -> list[str]:
    return said.splitlines(keepends=True)


def main() -> None:
    """Write the notebook again."""
    os.environ["LC_ALL"] = "C.UTF-8"  # in English, wherever it is made
    made = json.dumps(run(load()), ensure_ascii=False, indent=1)
    NOTEBOOK.write_text(f"{made}\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
