"""The tables of a panel as Arrow schemas, made of `schema.toml`. pyarrow is imported
when one is asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module, resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from govdisclose.errors import MissingExtra

if TYPE_CHECKING:
    import pyarrow as pa


@frozen
class Field:
    """A column: its type (a word of `schema.toml`), whether it may be null, and what it
    holds, in two languages."""

    name: str
    type: str
    en: str
    zh: str
    required: bool = False


@frozen
class TableSchema:
    """The columns of a table, what a row is, and the columns that name a row (none
    where rows have no name)."""

    name: str
    en: str
    zh: str
    columns: tuple[Field, ...]
    key: tuple[str, ...] = ()


@cache
def table_schemas() -> Mapping[str, TableSchema]:
    """The tables by name.

    >>> [field.name for field in table_schemas()["breaks"].columns]
    ['year', 'cause', 'cause_zh']
    """
    data = tomllib.loads(
        resources.files("govdisclose.panel").joinpath("schema.toml").read_text("utf-8")
    )
    return MappingProxyType(
        {
            name: TableSchema(
                name,
                t["en"],
                t["zh"],
                tuple(Field(**c) for c in t["columns"]),
                tuple(t["key"]),
            )
            for name, t in data.items()
        }
    )


def library(name: str, extra: str, purpose: str) -> Any:
    """A library of an extra. Raises `MissingExtra`, with the command that installs it."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{purpose} needs {name}, which is not installed: pip install 'govdisclose[{extra}]'",
            name=name,
        ) from error


def pyarrow() -> Any:
    """pyarrow. Raises `MissingExtra`."""
    return library("pyarrow", "arrow", "a panel")


_PLAIN: Final = ("string", "int8", "int16", "int32")


def arrow_type(word: str, nested: bool = False) -> Any:
    """The Arrow type of a word of `schema.toml`; categories are plain strings inside
    nested values."""
    pa = pyarrow()
    if word in _PLAIN:
        return getattr(pa, word)()
    spans = pa.struct([("start", pa.int32()), ("end", pa.int32())])
    made = {
        "category": pa.string() if nested else pa.dictionary(pa.int32(), pa.string()),
        "bool": pa.bool_(),
        "float": pa.float64(),
        "date": pa.date32(),
        "texts": pa.list_(pa.string()),
        "spans": pa.list_(spans),
    }
    return made[word]


def arrow_schema(schema: TableSchema, nested: bool = False) -> pa.Schema:
    """The Arrow schema, with the descriptions of its fields in English (`en`) and
    Chinese (`zh`)."""
    pa = pyarrow()
    fields = [
        pa.field(
            f.name,
            arrow_type(f.type, nested),
            nullable=not f.required,
            metadata={"en": f.en, "zh": f.zh},
        )
        for f in schema.columns
    ]
    return pa.schema(
        fields, metadata={"table": schema.name, "en": schema.en, "zh": schema.zh}
    )


def arrow_batch(
    schema: TableSchema, rows: Iterable[Mapping[str, Any]]
) -> pa.RecordBatch:
    """The rows as a record batch; each has all columns."""
    pa = pyarrow()
    listed = list(rows)
    made = arrow_schema(schema)
    arrays = [pa.array([row[f.name] for row in listed], f.type) for f in made]
    return pa.RecordBatch.from_arrays(arrays, schema=made)
