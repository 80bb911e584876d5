"""The rooms of the package and the modules in them, from the contract and the docstrings: nothing is listed by hand.

`make rooms` prints them; `python benchmarks/rooms.py _tables` prints one. Levels are those of the contract, the highest
first. In a room a module stands behind those that it imports, so that one can read on in that order.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "govdisclose"


def rooms() -> Mapping[str, int]:
    """The rooms of the contract that are there, each with its level."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    layers = next(
        contract["layers"] for contract in contracts if contract["id"] == "rooms"
    )
    levels = {
        room: len(layers) - 1 - i
        for i, layer in enumerate(layers)
        for room in re.findall(r"\w+", layer)
    }
    return {room: level for room, level in levels.items() if _file(room).exists()}


def _file(room: str) -> Path:
    folder = PACKAGE / room
    return folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")


def summary(file: Path) -> str:
    """The first paragraph of the docstring of a module, on one line."""
    doc = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return " ".join(doc.partition("\n\n")[0].split())


def modules(room: str) -> tuple[Path, ...]:
    """The modules of a room, each behind those of the room that it imports; of equals the first by name."""
    files = {
        file.stem: file
        for file in sorted((PACKAGE / room).glob("*.py"))
        if file.stem != "__init__"
    }
    needs = {
        name: _imported(file, room) & files.keys() - {name}
        for name, file in files.items()
    }
    order: list[str] = []
    while len(order) < len(files):
        rest = [name for name in files if name not in order]
        free = [name for name in rest if needs[name] <= set(order)]
        order.append((free or rest)[0])
    return tuple(files[name] for name in order)


def _imported(file: Path, room: str) -> set[str]:
    """The modules of the room that a file imports, under `TYPE_CHECKING` and in functions too."""
    found = re.findall(
        rf"^\s*from govdisclose\.{room}\.(\w+)", file.read_text("utf-8"), re.MULTILINE
    )
    beside = re.findall(
        rf"^\s*from govdisclose\.{room} import (.+)$",
        file.read_text("utf-8"),
        re.MULTILINE,
    )
    return {*found, *re.findall(r"\w+", " ".join(beside))}


def lines(only: str | None = None) -> Iterator[str]:
    """What is printed: a room a line, below it its modules."""
    for room, level in rooms().items():
        if only in (None, room):
            yield f"{level:>2}  {room}: {summary(_file(room))}"
            for file in modules(room) if (PACKAGE / room).is_dir() else ():
                yield f"      {file.stem}: {summary(file)}"


if __name__ == "__main__":
    print(*lines(*sys.argv[1:2]), sep="\n")
