"""One table of a panel: an Arrow table that other libraries take as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from govdisclose.panel.schema import (
    TableSchema,
    arrow_batch,
    arrow_schema,
    library,
    pyarrow,
)
from govdisclose.panel.shown import ends, table_html

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow as pa


class PanelTable:
    """A table of a panel. Any library that reads Arrow takes it: `pyarrow.table(t)`,
    `polars.DataFrame(t)`, DuckDB.

    `schema` says what each column holds. `len(table)` is the number of its rows.
    """

    __slots__ = ("_table", "schema")

    def __init__(self, schema: TableSchema, table: pa.Table) -> None:
        self.schema = schema
        self._table = table

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __repr__(self) -> str:
        return f"<{self.schema.name}: {len(self):,} rows, {len(self.schema.columns)} columns>"

    def _repr_html_(self) -> str:
        first, last = (self._some(part) for part in ends(len(self)))
        return table_html(self.schema, first, last, len(self))

    def _some(self, part: slice) -> list[dict[str, Any]]:
        return list(self._table.slice(part.start, part.stop - part.start).to_pylist())

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._table.schema.__arrow_c_schema__()

    def to_arrow(self) -> pa.Table:
        """The table as one of pyarrow."""
        return self._table

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a DataFrame of pandas: categories are categorical, years and
        counts are nullable integers."""
        pd = library("pandas", "pandas", "to_pandas()")
        pa = pyarrow()
        nullable = {
            pa.int8(): pd.Int8Dtype(),
            pa.int16(): pd.Int16Dtype(),
            pa.int32(): pd.Int32Dtype(),
            pa.bool_(): pd.BooleanDtype(),
        }
        found: pandas.DataFrame = self._table.to_pandas(types_mapper=nullable.get)
        return found

    def to_polars(self) -> polars.DataFrame:
        """The table as a DataFrame of polars."""
        found: polars.DataFrame = library("polars", "polars", "to_polars()").DataFrame(
            self
        )
        return found

    def rows(self) -> list[dict[str, Any]]:
        """The table as plain dicts."""
        return list(self._table.to_pylist())


def table_of(schema: TableSchema, rows: Iterable[Mapping[str, Any]]) -> PanelTable:
    """A table of these rows."""
    pa = pyarrow()
    return PanelTable(
        schema, pa.Table.from_batches([arrow_batch(schema, rows)], arrow_schema(schema))
    )


def joined(schema: TableSchema, batches: Iterable[pa.RecordBatch]) -> PanelTable:
    """A table of these batches, with one dictionary for each column of categories."""
    pa = pyarrow()
    return PanelTable(
        schema,
        pa.Table.from_batches(list(batches), arrow_schema(schema)).unify_dictionaries(),
    )
