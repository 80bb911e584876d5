"""Every sentence that refuses something has its Chinese one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import govdisclose
from govdisclose.read.format import FORMATS, Format
from govdisclose.view.sentences import in_chinese, rows

ROOT = Path(govdisclose.__file__).parent
REFUSALS = {"SourceError", "MissingExtra", "UnknownKey", "AmbiguousKey", "refuse"}
LATIN_WORDS = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}")


def sentences() -> Iterator[str]:
    """What the code raises or refuses with, with `x` for each value that it puts in."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _name(node) in REFUSALS:
                yield from filter(None, _templates(node.args[0]))


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _templates(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_templates(node.body), *_templates(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "x" for p in node.values)
        yield "".join(map(str, parts))


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_a_refusal_is_chinese_for_whoever_asks_for_it(sentence: str) -> None:
    said = in_chinese(sentence)
    assert not LATIN_WORDS.search(re.sub(r"pip install.*", "", said)), said


REFUSED = [format_ for format_ in FORMATS if format_.advice]


@pytest.mark.parametrize("format_", REFUSED, ids=lambda f: f.name)
def test_a_kind_of_file_is_named_in_chinese(format_: Format) -> None:
    said = in_chinese(
        f"年报: {format_.name}, which cannot be read as it is: {format_.advice}"
    )
    assert not LATIN_WORDS.search(said), said
    assert "soffice" not in said


def test_no_row_hides_another() -> None:
    """The first that fits is taken, so a sentence must not fit an earlier row."""
    made = [row.pattern.pattern for row in rows()]
    assert len(set(made)) == len(made)


def test_a_sentence_without_a_row_stays() -> None:
    assert in_chinese("nobody says this") == "nobody says this"
    assert in_chinese("x" * 10_000) == "x" * 10_000
