"""Reports as files: the same draft as a web page, a Word document or a PDF."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from govdisclose.testing._docx import docx_document
from govdisclose.testing._html import html_document
from govdisclose.testing._pdf import pdf_document
from govdisclose.testing._report import Draft, MadeReport, draft_report, finish

Maker = Callable[[Draft, random.Random], bytes]

DOCUMENTS: Final[Mapping[str, Maker]] = MappingProxyType(
    {
        "html_article": partial(html_document, style="article"),
        "html_nested": partial(html_document, style="nested"),
        "html_word": partial(html_document, style="word"),
        "docx": docx_document,
        "pdf": pdf_document,
        "pdf_unruled": partial(pdf_document, ruled=False),
    }
)
"""How files are made of a draft, by kind. Those of Word and PDF need the extra `testing-documents`."""


@frozen
class MadeDocument:
    """A report made up, as a file: its bytes, a name for it, and what it says, with the
    plain text of the same."""

    data: bytes = field(repr=False)
    name: str
    report: MadeReport


def make_document(
    rng: random.Random, form: str | None = None, kind: str = "docx", blanks: float = 0.2
) -> MadeDocument:
    """A whole report as a file of one of `DOCUMENTS`, with the tables of `form` if one is named.

    Raises KeyError for a form or a kind that there is not.

    >>> made = make_document(random.Random(1), "national-2021")
    >>> made.name, made.data[:2], len(made.report.expected)
    ('docx.docx', b'PK', 200)
    """
    draft = draft_report(rng, form, "pipe_rows", blanks)
    return MadeDocument(
        DOCUMENTS[kind](draft, rng), f"{kind}.{kind.partition('_')[0]}", finish(draft)
    )
