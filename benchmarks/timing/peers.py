"""What others take for what they do with the same text: no contest, but the scale of things.

A template filler is what most scripts of the field are: the numbers of a table, in order, into a grid. It is written
here after that description, in few lines; it is wrong from the first blank on. The libraries are rows of their own
where they are installed.
"""

from __future__ import annotations

import importlib.util
import random
import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO, StringIO
from typing import Any, Final

from govdisclose import parse, read
from govdisclose.form import catalogue
from govdisclose.testing import fill, make_document, render
from timing.clock import Work, best, compared
from timing.row import Row
from timing.texts import clean

FILLER_MOST: Final = 2.5
_FORM: Final = "national-2021"
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
_HALF: Final = str.maketrans("０１２３４５６７８９．", "0123456789.")


def filler(text: str) -> dict[str, dict[tuple[str, str], float]]:
    """The numbers of a text, in order, poured into the tables of the form."""
    rows = [line for line in text.translate(_HALF).splitlines() if "|" in line]
    numbers = iter([float(n) for row in rows for n in _NUMBER.findall(row)])
    tables: dict[str, dict[tuple[str, str], float]] = {}
    for table in catalogue().forms[_FORM].tables:
        keys = [(row.key, column.key) for row in table.rows for column in table.columns]
        tables[table.id] = dict(zip(keys, numbers, strict=False))
    return tables


def peers() -> Iterator[Row]:
    """The filler, and the libraries that are there."""
    table = render(fill(_FORM, random.Random(1)), "pipe_rows")
    found = compared(partial(parse, table), partial(filler, table), times=10)
    note = f"{found.first:.2f} ms, {found.second:.2f} ms, on the tables alone"
    name = "parse over a template filler"
    yield Row(name, found.ratio, "{:.1f} x", FILLER_MOST, note)
    for library, what, make, *needs in _LIBRARIES:
        if not all(map(importlib.util.find_spec, (library, *needs))):
            yield Row(library, float("nan"), "{:.0f}", note="not installed")
            continue
        work = make()
        work()
        yield Row(library, best(work, 5), note=what)
    for kind in ("html_article", "docx", "pdf"):
        data = _document(kind)
        yield Row(f"ours: read, {kind}", best(partial(read, data), 5))


def _document(kind: str) -> bytes:
    return make_document(random.Random(1), _FORM, kind).data


def _opencc() -> Work:
    from opencc import OpenCC

    return partial(OpenCC("t2s").convert, clean()["prose"])


def _cn2an() -> Work:
    from cn2an import transform

    return partial(transform, clean()["prose"])


def _jionlp() -> Work:
    from jionlp import extract_time

    return partial(extract_time, clean()["prose"])


def _pandas() -> Work:
    from pandas import read_html

    page = _document("html_article").decode("utf-8")
    return lambda: read_html(StringIO(page))


def _docx() -> Work:
    from docx import Document

    data = _document("docx")

    def work() -> list[str]:
        tables = Document(BytesIO(data)).tables
        return [
            cell.text for table in tables for row in table.rows for cell in row.cells
        ]

    return work


def _pdfplumber() -> Work:
    import pdfplumber

    data = _document("pdf")

    def work() -> object:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return [page.extract_tables() for page in pdf.pages]

    return work


def _markitdown() -> Work:
    from markitdown import MarkItDown

    data = _document("docx")
    convert = MarkItDown().convert_stream
    return lambda: convert(BytesIO(data), file_extension=".docx")


_LIBRARIES: Final[tuple[tuple[Any, ...], ...]] = (
    ("opencc", "script of a report in prose", _opencc),
    ("cn2an", "numerals of a report in prose", _cn2an),
    ("jionlp", "dates of a report in prose", _jionlp),
    ("pandas", "read_html of a report", _pandas),
    ("docx", "cells of a report", _docx),
    ("pdfplumber", "tables of a report", _pdfplumber),
    ("markitdown", "a report in Word to Markdown", _markitdown, "mammoth"),
)
