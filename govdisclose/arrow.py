"""One function for every engine: texts in, one nested row a report out. Needs the extra `arrow`.

An engine that has a column of texts calls `read` and explodes what it gives:

    dask:    client.map(gd.arrow.read_part, paths)                       # path in, path
    out spark:   frame.mapInArrow(gd.arrow.read_batches, gd.arrow.ddl()) ray:
    data.map_batches(gd.arrow.read_table, batch_format="pyarrow") polars:
    frame.with_columns(pl.col("text").map_batches(gd.arrow.read)) duckdb:
    con.create_function("gd", gd.arrow.read, ["VARCHAR"], gd.arrow.duckdb_type(),
    type="arrow")

A row has the columns of `reports`, and a list for each other table of reports. A text
that is null is a row as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govdisclose.form.concepts import concepts
from govdisclose.panel._panel import stamp
from govdisclose.panel.figures import Row
from govdisclose.panel.items import items
from govdisclose.panel.rows import PER_REPORT, Item, rows_of
from govdisclose.panel.schema import (
    TableSchema,
    arrow_schema,
    library,
    pyarrow,
    table_schemas,
)
from govdisclose.text import Source

if TYPE_CHECKING:
    import pyarrow as pa

_LISTS: Final = tuple(name for name in PER_REPORT if name != "reports")
_OUTER: Final = (
    "report_id",
    "issuer",
    "year",
)  # columns that a nested row has outside already


def schema() -> pa.Schema:
    """The Arrow schema of a nested row: the columns of `reports`, and a list of structs
    for each other table."""
    pa = pyarrow()
    tables = table_schemas()
    outer = list(arrow_schema(tables["reports"], nested=True))
    lists = [
        pa.field(name, pa.list_(pa.struct(_inner(tables[name]))), nullable=False)
        for name in _LISTS
    ]
    return pa.schema([*outer, *lists])


def _inner(table: TableSchema) -> list[Any]:
    return [
        field for field in arrow_schema(table, nested=True) if field.name not in _OUTER
    ]


def struct() -> pa.DataType:
    """The same as the type of one value."""
    return pyarrow().struct(list(schema()))


def read(texts: Any) -> Any:
    r"""Read a column of texts: an array of structs, one for each text, in order. Never
    raises on a text.

    Takes an Arrow array, a Series of polars, or any iterable of `str` and None; gives
    an Arrow array, or a Series for a Series."""
    pa = pyarrow()
    given = texts.to_pylist() if hasattr(texts, "to_pylist") else list(texts)
    made = pa.array(list(_nested((text, None) for text in given)), struct())
    if type(texts).__module__.partition(".")[0] == "polars":
        return library("polars", "polars", "a Series").from_arrow(made)
    return made


def read_table(table: pa.Table) -> pa.Table:
    """Read the column `text` of a table; `name`, if there is one, is what the reports
    are called. A row for each."""
    names = (
        table.column("name").to_pylist()
        if "name" in table.column_names
        else [None] * table.num_rows
    )
    rows = _nested(zip(table.column("text").to_pylist(), names, strict=True))
    return pyarrow().Table.from_pylist(list(rows), schema())


def read_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same for a stream of batches."""
    pa = pyarrow()
    for batch in batches:
        yield from read_table(pa.Table.from_batches([batch])).to_batches()


def read_part(path: str | PathLike[str]) -> str:
    """The same for a Parquet file: writes `<path>.read.parquet` beside it, and returns its path."""
    parquet = library("pyarrow.parquet", "arrow", "read_part()")
    out = f"{fspath(path)}.read.parquet"
    hidden = Path(out).with_name(f".{Path(out).name}")
    parquet.write_table(read_table(parquet.read_table(path)), hidden)
    hidden.replace(out)
    return out


def _nested(given: Iterable[tuple[str | None, str | None]]) -> Iterator[Row]:
    """The nested row of each text, given with its name."""
    known = concepts()
    made_by = stamp(known)
    for text, name in given:
        item = (
            Item("", name, None, None, "unreadable", "no text")
            if text is None
            else next(items(Source(text, name)))
        )
        rows = rows_of(item, known, made_by)
        (report,) = rows["reports"]
        yield {**report, **{table: rows[table] for table in _LISTS}}


# --- types, as engines write them -------------------------------------------------------------------------------------

_SQL: Final[Mapping[str, tuple[str, str]]] = {
    "string": ("VARCHAR", "STRING"),
    "category": ("VARCHAR", "STRING"),
    "bool": ("BOOLEAN", "BOOLEAN"),
    "int8": ("TINYINT", "TINYINT"),
    "int16": ("SMALLINT", "SMALLINT"),
    "int32": ("INTEGER", "INT"),
    "float": ("DOUBLE", "DOUBLE"),
    "date": ("DATE", "DATE"),
    "texts": ("VARCHAR[]", "ARRAY<STRING>"),
    "spans": (
        'STRUCT("start" INTEGER, "end" INTEGER)[]',
        "ARRAY<STRUCT<`start`: INT, `end`: INT>>",
    ),
}


def duckdb_type() -> Any:
    """The type of a nested row for `create_function` of DuckDB."""
    tables = table_schemas()
    own = [f'"{f.name}" {_SQL[f.type][0]}' for f in tables["reports"].columns]
    for name in _LISTS:
        inner = ", ".join(
            f'"{f.name}" {_SQL[f.type][0]}'
            for f in tables[name].columns
            if f.name not in _OUTER
        )
        own.append(f'"{name}" STRUCT({inner})[]')
    return library("duckdb", "arrow", "duckdb_type()").sqltype(
        f"STRUCT({', '.join(own)})"
    )


def ddl() -> str:
    """The columns of a nested row in the language of Spark."""
    tables = table_schemas()
    own = [f"`{f.name}` {_SQL[f.type][1]}" for f in tables["reports"].columns]
    for name in _LISTS:
        inner = ", ".join(
            f"`{f.name}`: {_SQL[f.type][1]}"
            for f in tables[name].columns
            if f.name not in _OUTER
        )
        own.append(f"`{name}` ARRAY<STRUCT<{inner}>>")
    return ", ".join(own)
