"""Tools that make text of files, each as its manual shows it, for benchmarks/converters.py."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import govdisclose as gd

Run = Callable[[Path], str]
Box = tuple[float, float, float, float]


class Converter(NamedTuple):
    """A tool: the sorts of files it takes, the module or the program that must be there, and what it does."""

    suffixes: tuple[str, ...]
    module: str | None
    program: str | None
    run: Run


def available(converter: Converter) -> bool:
    """Whether what the converter needs is installed here."""
    if converter.module is not None and find_spec(converter.module) is None:
        return False
    return converter.program is None or shutil.which(converter.program) is not None


# --- Word, web pages and PDF alike


def _own(path: Path) -> str:
    """This package's own readers, to compare with."""
    return gd.read(path).text


def _markitdown(path: Path) -> str:
    from markitdown import MarkItDown

    return str(MarkItDown().convert(str(path)).text_content)


# --- Word


def _docx2txt(path: Path) -> str:
    import docx2txt

    return str(docx2txt.process(str(path)))


def _mammoth_markdown(path: Path) -> str:
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.convert_to_markdown(file).value)


def _mammoth_text(path: Path) -> str:
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.extract_raw_text(file).value)


def _python_docx(between: str) -> Run:
    """Paragraphs and tables in their order, a row a line: what most scripts do."""

    def run(path: Path) -> str:
        import docx

        lines: list[str] = []
        for block in docx.Document(str(path)).iter_inner_content():
            rows = getattr(block, "rows", None)
            if rows is None:
                lines.append(getattr(block, "text", ""))
            else:
                lines += [between.join(cell.text for cell in row.cells) for row in rows]
        return "\n".join(lines)

    return run


# --- web pages


def _page(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _trafilatura(path: Path) -> str:
    import trafilatura

    return trafilatura.extract(_page(path), include_tables=True) or ""


def _markdownify(path: Path) -> str:
    import markdownify

    return str(markdownify.markdownify(_page(path)))


def _html2text(path: Path) -> str:
    import html2text

    return str(html2text.html2text(_page(path)))


def _html_text(path: Path) -> str:
    import html_text

    return str(html_text.extract_text(_page(path)))


def _inscriptis(path: Path) -> str:
    import inscriptis

    return str(inscriptis.get_text(_page(path)))


def _soup(between: str) -> Run:
    def run(path: Path) -> str:
        from bs4 import BeautifulSoup

        return str(BeautifulSoup(_page(path), "lxml").get_text(between))

    return run


def _pandas(show: Callable[[Any], str]) -> Run:
    """The title, and the tables that pandas finds: the rest of the page is gone."""

    def run(path: Path) -> str:
        import pandas as pd
        from bs4 import BeautifulSoup

        soup = BeautifulSoup(_page(path), "lxml")
        title = next((text for text in soup.stripped_strings if "报告" in text), "")
        tables = pd.read_html(io.StringIO(_page(path)))
        return "\n\n".join((title, *map(show, tables)))

    return run


# --- PDF


def _pdfplumber(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def _pdfplumber_layout(path: Path) -> str:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text(layout=True) or "" for page in pdf.pages)


def _pdfplumber_tables(path: Path) -> str:
    """The words outside the tables, then the tables, a row a line."""
    import pdfplumber

    lines: list[str] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found = page.find_tables()
            outside = page.filter(_outside([table.bbox for table in found]))
            lines.append(outside.extract_text() or "")
            for table in found:
                rows = table.extract()
                lines += [
                    "\t".join((cell or "").replace("\n", "") for cell in row)
                    for row in rows
                ]
    return "\n".join(lines)


def _outside(boxes: list[Box]) -> Callable[[Mapping[str, Any]], bool]:
    return lambda thing: not any(_inside(thing, box) for box in boxes)


def _inside(thing: Mapping[str, Any], box: Box) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def _pymupdf_text(path: Path) -> str:
    import fitz

    with fitz.open(path) as pdf:
        return "\n".join(page.get_text() for page in pdf)


def _pymupdf_blocks(path: Path) -> str:
    import fitz

    with fitz.open(path) as pdf:
        return "\n".join(block[4] for page in pdf for block in page.get_text("blocks"))


def _pymupdf4llm(path: Path) -> str:
    import pymupdf4llm

    return str(pymupdf4llm.to_markdown(str(path), show_progress=False))


def _pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(str(path)))


# --- programs


def _program(*command: str) -> Run:
    """What a program prints; `{}` stands for the file."""

    def run(path: Path) -> str:
        words = [word.replace("{}", str(path)) for word in command]
        return subprocess.run(
            words, capture_output=True, check=True, timeout=120
        ).stdout.decode("utf-8", "replace")

    return run


def _libreoffice(path: Path) -> str:
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(path.parent),
        str(path),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=180)
    return path.with_suffix(".txt").read_text("utf-8-sig")


_WORD: Final = ("docx",)
_WEB: Final = ("html",)
_PDF: Final = ("pdf",)
CONVERTERS: Final[Mapping[str, Converter]] = MappingProxyType(
    {
        "govdisclose.read": Converter((*_WORD, *_WEB, *_PDF), None, None, _own),
        "markitdown": Converter(
            (*_WORD, *_WEB, *_PDF), "markitdown", None, _markitdown
        ),
        "docx2txt": Converter(_WORD, "docx2txt", None, _docx2txt),
        "mammoth markdown": Converter(_WORD, "mammoth", None, _mammoth_markdown),
        "mammoth text": Converter(_WORD, "mammoth", None, _mammoth_text),
        "python-docx tabs": Converter(_WORD, "docx", None, _python_docx("\t")),
        "python-docx bars": Converter(_WORD, "docx", None, _python_docx(" | ")),
        "trafilatura": Converter(_WEB, "trafilatura", None, _trafilatura),
        "markdownify": Converter(_WEB, "markdownify", None, _markdownify),
        "html2text": Converter(_WEB, "html2text", None, _html2text),
        "html-text": Converter(_WEB, "html_text", None, _html_text),
        "inscriptis": Converter(_WEB, "inscriptis", None, _inscriptis),
        "beautifulsoup lines": Converter(_WEB, "bs4", None, _soup("\n")),
        "beautifulsoup joined": Converter(_WEB, "bs4", None, _soup("")),
        "pandas csv": Converter(
            _WEB, "pandas", None, _pandas(lambda table: str(table.to_csv(index=False)))
        ),
        "pandas markdown": Converter(
            _WEB,
            "pandas",
            None,
            _pandas(lambda table: str(table.to_markdown(index=False))),
        ),
        "pandas string": Converter(
            _WEB,
            "pandas",
            None,
            _pandas(lambda table: str(table.to_string(index=False))),
        ),
        "pdfplumber": Converter(_PDF, "pdfplumber", None, _pdfplumber),
        "pdfplumber layout": Converter(_PDF, "pdfplumber", None, _pdfplumber_layout),
        "pdfplumber tables": Converter(_PDF, "pdfplumber", None, _pdfplumber_tables),
        "pypdf": Converter(_PDF, "pypdf", None, _pypdf),
        "pymupdf": Converter(_PDF, "fitz", None, _pymupdf_text),
        "pymupdf blocks": Converter(_PDF, "fitz", None, _pymupdf_blocks),
        "pymupdf4llm": Converter(_PDF, "pymupdf4llm", None, _pymupdf4llm),
        "pdfminer": Converter(_PDF, "pdfminer", None, _pdfminer),
        "pandoc plain": Converter(
            (*_WORD, *_WEB),
            None,
            "pandoc",
            _program("pandoc", "-t", "plain", "--wrap=none", "{}"),
        ),
        "pandoc markdown": Converter(
            (*_WORD, *_WEB),
            None,
            "pandoc",
            _program("pandoc", "-t", "markdown", "--wrap=none", "{}"),
        ),
        "pandoc gfm": Converter(
            (*_WORD, *_WEB),
            None,
            "pandoc",
            _program("pandoc", "-t", "gfm", "--wrap=none", "{}"),
        ),
        "pdftotext": Converter(
            _PDF, None, "pdftotext", _program("pdftotext", "{}", "-")
        ),
        "pdftotext layout": Converter(
            _PDF, None, "pdftotext", _program("pdftotext", "-layout", "{}", "-")
        ),
        "pdftotext raw": Converter(
            _PDF, None, "pdftotext", _program("pdftotext", "-raw", "{}", "-")
        ),
        "lynx": Converter(
            _WEB,
            None,
            "lynx",
            _program(
                "lynx", "-dump", "-display_charset=utf-8", "-nolist", "-width=200", "{}"
            ),
        ),
        "w3m": Converter(
            _WEB,
            None,
            "w3m",
            _program("w3m", "-dump", "-O", "utf-8", "-cols", "200", "{}"),
        ),
        "libreoffice": Converter(_WORD, None, "soffice", _libreoffice),
    }
)
