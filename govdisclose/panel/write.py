"""A panel as files: the tables, and beside them what they mean (data package, codebook,
citation)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from govdisclose.errors import ContractError
from govdisclose.panel.codebook import codebook_csv
from govdisclose.panel.package import citation, package
from govdisclose.panel.schema import Field, library
from govdisclose.panel.table import PanelTable

if TYPE_CHECKING:
    from govdisclose.panel._panel import Panel

_SHEET_ROWS: Final = 1_048_576
_STATA_NAME: Final = 32
_STATA_LABEL: Final = 80
_STATA_WORDS: Final = frozenset(
    (
        "break",
        "byte",
        "case",
        "class",
        "double",
        "else",
        "end",
        "float",
        "for",
        "if",
        "in",
        "int",
        "long",
        "short",
        "using",
        "with",
    )
)
_LONG_STRING: Final = 2045  # bytes of the longest string that is no strL


def write_panel(
    panel: Panel, folder: str | PathLike[str], format: str = "parquet"
) -> list[Path]:
    """Write the tables of a panel to a folder as `parquet`, `csv`, `xlsx` or `dta`
    (Stata), and what they mean.

    Beside the tables: `datapackage.json` (Frictionless Data Package v2: fields, units,
    missing values, version), `codebook.csv`, `CITATION.cff`. Files of these names are
    replaced, all others left alone. In CSV and Excel files a text that a spreadsheet
    would run as a formula has an apostrophe before it. Returns the files that were
    written.

    Raises `ContractError` for a format that there is not, or a table too long for it,
    and `MissingExtra`."""
    from govdisclose.panel._panel import TABLES

    if format not in FORMATS:
        raise ContractError(
            f"there is no format {format!r}; a panel is written as {', '.join(FORMATS)}"
        )
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    tables = [panel.table(name) for name in TABLES]
    if format == "xlsx":
        written = [out / "panel.xlsx"]
        write_sheets(tables, written[0])
    else:
        written = [out / f"{table.schema.name}.{format}" for table in tables]
        for table, path in zip(tables, written, strict=True):
            write_table(table, path)
    about = {
        "datapackage.json": json.dumps(
            package([t.schema for t in tables], format), ensure_ascii=False, indent=1
        )
        + "\n",
        "codebook.csv": codebook_csv(panel.crosswalk),
        "CITATION.cff": citation(),
    }
    for name, text in about.items():
        (out / name).write_text(text, "utf-8", newline="\n")
    return [*written, *(out / name for name in about)]


def write_table(table: PanelTable, path: Path) -> None:
    """Write one table, in the format that the name of the file ends in. Raises
    `ContractError` for any other."""
    write = FORMATS.get(path.suffix.lower().lstrip("."))
    if write is None:
        raise ContractError(
            f"{path.name}: a table is written as {', '.join(f'.{name}' for name in FORMATS)}"
        )
    write(table, path)


def _write_parquet(table: PanelTable, path: Path) -> None:
    parquet = library("pyarrow.parquet", "arrow", "Parquet")
    parquet.write_table(table.to_arrow(), path, compression="zstd")


def _write_csv(table: PanelTable, path: Path) -> None:
    path.write_text(csv_text(table), "utf-8", newline="")


def csv_text(table: PanelTable) -> str:
    """The table as CSV: lists as JSON, missing values empty, formulas made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [f.name for f in table.schema.columns]
    writer.writerow(names)
    for row in table.rows():
        writer.writerow([_plain(row[name]) for name in names])
    return out.getvalue()


# --- cells ------------------------------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_FORMULA: Final = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would run as a formula; a
    plain number is none.

    >>> harmless("=1+1"), harmless("-8"), harmless("-")
    ("'=1+1", '-8', "'-")
    """
    return (
        f"'{text}"
        if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
        else text
    )


def _plain(value: Any) -> Any:
    """The value of a cell of a CSV file."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return repr(value) if isinstance(value, float) else value


# --- Excel ------------------------------------------------------------------------------------------------------------

_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL: Final = 32_767


def write_sheets(tables: Iterable[PanelTable], path: Path) -> None:
    """Write tables as the sheets of an Excel file; each head has a note with what the
    column holds."""
    openpyxl = library("openpyxl", "excel", "an Excel file")
    comments = library("openpyxl.comments", "excel", "an Excel file")
    cells = library("openpyxl.cell", "excel", "an Excel file")
    book = openpyxl.Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)
    for table in tables:
        if len(table) >= _SHEET_ROWS:
            raise ContractError(
                f"{table.schema.name} has {len(table):,} rows, more than a sheet holds; write parquet"
            )
        sheet = book.create_sheet(table.schema.name)
        sheet.freeze_panes = "A2"
        heads = []
        for f in table.schema.columns:
            head = cells.WriteOnlyCell(sheet, value=f.name)
            head.comment = comments.Comment(f"{f.en}\n{f.zh}", "govdisclose")
            heads.append(head)
        sheet.append(heads)
        for row in table.rows():
            sheet.append([_excel(row[f.name]) for f in table.schema.columns])
    book.save(path)


def _excel(value: Any) -> Any:
    plain = _plain(value) if isinstance(value, str | list) else value
    return (
        _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", plain)[:_LONGEST_CELL]
        if isinstance(plain, str)
        else plain
    )


def _write_excel(table: PanelTable, path: Path) -> None:
    write_sheets([table], path)


# --- Stata ------------------------------------------------------------------------------------------------------------


def _write_stata(table: PanelTable, path: Path) -> None:
    pd = library("pandas", "pandas", "a Stata file")
    columns = table.schema.columns
    names = dict(
        zip(
            (f.name for f in columns), stata_names(f.name for f in columns), strict=True
        )
    )
    frame = pd.DataFrame({names[f.name]: _stata(pd, f, table) for f in columns})
    long = [
        name for name in frame if frame[name].dtype == object and _is_long(frame[name])
    ]
    frame.to_stata(
        path,
        write_index=False,
        version=118,
        time_stamp=datetime(2000, 1, 1),
        convert_strl=long,
        data_label=table.schema.en[:_STATA_LABEL],
        variable_labels={names[f.name]: f.en[:_STATA_LABEL] for f in columns},
        convert_dates={
            names[f.name]: "td" for f in columns if f.type == "date" and len(table)
        },
    )


def _is_long(texts: Iterable[str]) -> bool:
    """Whether some text is too long for a plain string, or all are empty, which Stata
    has no type for."""
    longest = max((len(text.encode("utf-8", "replace")) for text in texts), default=0)
    return not 0 < longest <= _LONG_STRING


def _stata(pd: Any, field: Field, table: PanelTable) -> Any:
    """A column as pandas writes it to Stata: numbers with missing values as floats,
    lists as JSON."""
    values = table.to_arrow().column(field.name).to_pylist()
    if not values:  # pandas writes an empty column of numbers only
        return pd.Series([], dtype="float64")
    if field.type == "category":
        return pd.Categorical(values)
    if field.type == "date":
        return pd.Series(pd.to_datetime(values), dtype="datetime64[ns]")
    if field.type == "bool":
        return pd.Series(
            [None if v is None else int(v) for v in values], dtype="float64"
        )
    if field.type.startswith(("int", "float")):
        return pd.Series(values, dtype="float64")
    texts = (
        json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v or ""
        for v in values
    )
    return pd.Series(
        [t.replace("\0", "\N{REPLACEMENT CHARACTER}") for t in texts], dtype=object
    )


def stata_names(names: Iterable[str]) -> Iterator[str]:
    """Names that Stata takes: letters, digits and _, at most 32, each another.

    >>> list(stata_names(["requests.received", "requests.received.status", "a" * 40, "a" * 41]))[:2]
    ['requests_received', 'requests_received_status']
    """
    taken: set[str] = set()
    for name in names:
        plain = re.sub(r"\W", "_", name, flags=re.ASCII)
        short = f"_{plain}" if plain in _STATA_WORDS else plain[:_STATA_NAME]
        number = 1
        while short in taken:
            number += 1
            short = f"{short[: _STATA_NAME - 3]}_{number}"
        taken.add(short)
        yield short


FORMATS: Final[Mapping[str, Callable[[PanelTable, Path], None]]] = MappingProxyType(
    {
        "parquet": _write_parquet,
        "csv": _write_csv,
        "xlsx": _write_excel,
        "dta": _write_stata,
    }
)
"""How a table is written, by the ending of the file."""
