"""The rooms know only what lies below them. `make layers` checks the imports; here is what it cannot see."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import rooms

ROOT = Path(__file__).resolve().parent.parent


def lint_imports(cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    return subprocess.run(
        [*command, "--no-cache", "--no-logo"],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "govdisclose",
        tmp_path / "govdisclose",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def _file_of(root: Path, room: str) -> Path:
    package = root / "govdisclose" / room
    return package / "__init__.py" if package.is_dir() else package.with_suffix(".py")


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("text", "import govdisclose.report"),
        ("errors", "def later() -> None:\n    from govdisclose import form"),
        ("report", "from govdisclose import __doc__ as words"),
    ],
    ids=["upward", "upward in a function", "public words"],
)
def test_an_import_that_points_up_is_found(copy: Path, room: str, line: str) -> None:
    """The contracts in pyproject.toml do refuse such an import, also a lazy one."""
    with _file_of(copy, room).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{line}\n")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


def test_a_new_room_needs_a_level(copy: Path) -> None:
    """A module that the contract does not name fails the build until it is given its place."""
    (copy / "govdisclose" / "attic.py").write_text(
        '"""Nobody said where this belongs."""\n', "utf-8"
    )
    done = lint_imports(copy)
    assert done.returncode == 1
    assert "attic" in done.stdout


def test_the_table_of_rooms_is_the_contract() -> None:
    """CONTRIBUTING.md names every room of the contract once, on its level, and no other room."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
    layers = next(
        contract["layers"] for contract in contracts if contract["id"] == "rooms"
    )
    agreed = [
        (level, room)
        for level, layer in enumerate(reversed(layers))
        for room in re.findall(r"\w+", layer)
    ]
    table = re.findall(
        r"^\| (\d+) \| `(\w+)` \|",
        (ROOT / "CONTRIBUTING.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert sorted((int(level), room) for level, room in table) == sorted(agreed)


def test_every_module_is_printed_once_with_a_sentence_and_behind_those_it_imports() -> (
    None
):
    """`make rooms` is made from the contract and the docstrings, so that nobody edits a second list."""
    printed = [line.strip() for line in rooms.lines()]
    inside = [file for room in rooms.rooms() for file in rooms.modules(room)]
    assert len(inside) == len(set(inside))
    assert [
        line for line in printed if not re.fullmatch(r"[\d ]*\w+: .+[^ ]", line)
    ] == []
    order = [file.stem for file in rooms.modules("text")]
    assert order.index("_source") < order.index("_text")
    assert order.index("_edit") < order.index("_compose") < order.index("_text")


def test_import_loads_no_dictionary_and_no_reader() -> None:
    """`import govdisclose` leaves alone what only some calls need: dictionaries, readers, tables, the command line."""
    heavy = {
        "opencc",
        "click",
        "lxml",
        "docx",
        "pypdfium2",
        "pypdfium2_raw",
        "pyarrow",
        "pandas",
        "dask",
        "hypothesis",
    }
    code = f"import sys, govdisclose; print(*sorted({heavy!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split() == []
