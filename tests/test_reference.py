"""docs/reference says what the tables say, and its examples bring about what they are examples of."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdisclose import parse
from govdisclose.checks import check, check_series
from govdisclose.checks._rules import RULES
from govdisclose.diagnostic import CODES
from govdisclose.finding import ALTERNATIVES, CHECKS
from govdisclose.form import catalogue
from govdisclose.view.reference import pages, write

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"


def test_the_pages_are_up_to_date() -> None:
    """`make reference` would change nothing."""
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == dict(
        pages()
    )


@pytest.mark.parametrize("code", CHECKS)
def test_every_code_of_a_check_is_brought_about_by_its_example(code: str) -> None:
    """The example of a fault fails; that of what is never above info may also be left undecided."""
    reports = [parse(text) for text in CHECKS[code].example.split("\f")]
    found = check(reports[0]) if len(reports) == 1 else check_series(reports)
    verdicts = {finding.verdict for finding in found if finding.code == code}
    assert verdicts & (
        {"fails"} if CHECKS[code].severity != "info" else {"fails", "undecided"}
    )


def test_every_code_and_every_relation_is_there() -> None:
    made = pages()
    assert {f"{code}.md" for code in (*CODES, *CHECKS)} <= made.keys()
    for code in (*CODES, *CHECKS):
        assert f"({code}.md)" in made["index.md"]
    for name in ALTERNATIVES:
        assert f"`{name}`" in made["index.md"]
    for rule in RULES:
        assert f"\n### {rule}\n" in made["relations.md"]
    for form in catalogue().forms.values():
        for relation in form.relations:
            assert f"\n### {relation.id}\n" in made["relations.md"]
            assert f"\n{relation.rule}\n" in made["relations.md"]


def test_codes_of_both_tables_are_different() -> None:
    """One name, one page."""
    assert not CODES.keys() & CHECKS.keys()


@pytest.mark.parametrize("code", [*CODES, *CHECKS])
def test_a_page_says_what_it_means_and_what_to_do_in_both_languages(code: str) -> None:
    kind = CODES[code] if code in CODES else CHECKS[code]
    text = pages()[f"{code}.md"]
    for said in (
        kind.title,
        kind.title_zh,
        kind.meaning,
        kind.meaning_zh,
        kind.remedy,
        kind.remedy_zh,
    ):
        assert said
        assert said in text


def test_pages_of_codes_that_are_no_more_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "old-code.md").write_text("gone", "utf-8")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == pages().keys()
