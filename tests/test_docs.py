"""What the documents print is what happens: examples run, commands exist, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from govdisclose.cli import main
from govdisclose.errors import MissingExtra

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

documents = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT))
)


def blocks(document: Path, language: str) -> list[tuple[int, str]]:
    """The fenced blocks of one language, each with the number of the line it begins on."""
    text = document.read_text("utf-8")
    return [
        (text.count("\n", 0, m.start(2)), m[2])
        for m in FENCE.finditer(text)
        if m[1] == language
    ]


@documents
def test_python_examples_print_what_they_show(document: Path) -> None:
    """Run from top to bottom, every Python example of a document gives the output that is printed under it."""
    names: dict[str, object] = {}
    report: list[str] = []
    for line, code in blocks(document, "python"):
        if ">>>" not in code:
            try:
                exec(compile("\n" * line + code, str(document), "exec"), names)
            except MissingExtra as error:
                pytest.skip(str(error))
            continue
        test = doctest.DocTestParser().get_doctest(
            code, names, document.name, str(document), line
        )
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(
            test, out=report.append, clear_globs=False
        )
        names = test.globs
    assert not report, "".join(report)


@documents
def test_commands_exist(document: Path) -> None:
    """Every `make` target and every `govdisclose` command that a document names is there."""
    shell = "\n".join(code for _, code in blocks(document, "sh"))
    text = document.read_text("utf-8")
    targets = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"^make ([a-z]+)", shell, re.MULTILINE)) | set(
        re.findall(r"`make ([a-z]+)`", text)
    )
    assert named <= targets

    commands = set(re.findall(r"^govdisclose ([a-z]+)", shell, re.MULTILINE))
    commands |= set(re.findall(r"`govdisclose ([a-z]+)", text))
    for command in sorted(commands):
        assert CliRunner().invoke(main, [command, "--help"]).exit_code == 0, command


@documents
def test_links_lead_to_files(document: Path) -> None:
    """Every relative link, and every path in backticks that begins with a folder of the project, exists."""
    text = document.read_text("utf-8")
    links = {m for m in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in m}
    missing = {m for m in links if not (document.parent / m).exists()}
    folders = r"`((?:govdisclose|grammars|tests|benchmarks|docs|\.ci)/[\w./-]*)`"
    missing |= {m for m in re.findall(folders, text) if not (ROOT / m).exists()}
    assert not missing


@documents
def test_sessions_print_what_they_show(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command of a `console` block prints what stands under it; `report.txt` is the `text` block before it."""
    monkeypatch.chdir(tmp_path)
    for fence in FENCE.finditer(document.read_text("utf-8")):
        if fence[1] == "text":
            Path("report.txt").write_text(fence[2], "utf-8")
        if fence[1] == "console":
            for session in re.split(r"^\$ govdisclose ", fence[2], flags=re.MULTILINE)[
                1:
            ]:
                command, _, printed = session.partition("\n")
                assert (
                    CliRunner().invoke(main, command.split()).stdout.rstrip()
                    == printed.rstrip()
                )


def test_readme_names_every_form() -> None:
    """The README's limits name each form of the catalogue, so a new form is not kept a secret."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for path in (ROOT / "govdisclose" / "form" / "data").glob("*.toml"):
        assert f"`{tomllib.loads(path.read_text('utf-8'))['id']}`" in readme
