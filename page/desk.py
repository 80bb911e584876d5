"""What the page does in Python: takes a file, reads it, checks it, shows what was found.

A web page is taken in two steps, for the browser makes its tree: `take` gives back its
text, `take_tree` takes the tree in pieces.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

from attrs import define, field

from govdisclose import check, parse
from govdisclose.errors import GovdiscloseError, MissingExtra, SourceError
from govdisclose.read import DEFAULTS, read
from govdisclose.read.format import SAVE_AS_DOCX, recognise_format
from govdisclose.read.html import page_text, read_told
from govdisclose.report import Report
from govdisclose.text import Notice
from govdisclose.view.block_html import blocks_page
from govdisclose.view.checked import checked, said
from govdisclose.view.listing import Linted, in_order
from govdisclose.view.page import review_page
from govdisclose.view.sentences import in_chinese
from govdisclose.view.words import Language


def _warmed() -> None:
    """Read the words and forms that every report needs, so that the first file does not wait."""
    blank = resources.files("govdisclose.examples").joinpath("example.txt")
    report = parse(blank.read_text("utf-8"))
    check(report)
    review_page(report, "zh")


@define
class Desk:
    """The report that lies on it, or why there is none."""

    _report: Report | None = field(factory=_warmed)
    _refused: GovdiscloseError | None = None
    _page: tuple[str, Sequence[Notice], str] | None = None

    def take(self, data: Any, name: str) -> str | None:
        """Read a file, given as a buffer of JavaScript or as bytes; of a web page the
        text, whose tree is wanted next."""
        given = data if isinstance(data, bytes) else data.to_bytes()
        self._report = self._refused = None
        try:
            format_ = recognise_format(given)
            if format_.reader == "html":
                text, notices = page_text(given, DEFAULTS)
                self._page = text, notices, name
                return text
            self._report = parse(read(given, name=name))
        except MissingExtra:  # what reads it runs in no browser
            advice = f"which cannot be read as it is: {SAVE_AS_DOCX}"
            self._refused = SourceError(f"{name}: {format_.name}, {advice}")
        except GovdiscloseError as error:
            self._refused = error
        return None

    def take_tree(self, pieces: str) -> None:
        """Read the web page taken last; `pieces` is a JSON array."""
        assert self._page is not None
        try:
            source = read_told(json.loads(pieces), *self._page, DEFAULTS)
            self._report = parse(source)
        except GovdiscloseError as error:
            self._refused = error

    def show(self, language: Language) -> str:
        """What was found, as JSON: `refused` with a sentence, or two pages: `paper`, the
        report of the check, and `review`, the source beside the reading."""
        if self._report is None:
            refused = str(self._refused or "")
            if language == "zh":
                refused = in_chinese(refused)
            return json.dumps({"refused": refused})
        report = self._report
        remarks = in_order([*report.diagnostics, *check(report)])
        blocks = checked(Linted(remarks, report), language)
        paper = blocks_page(said(language)["title"], blocks, language)
        return json.dumps({"paper": paper, "review": review_page(report, language)})
