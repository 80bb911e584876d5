"""One nested function for every engine."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, Final

import pytest

import govdisclose as gd
from govdisclose.form import catalogue
from govdisclose.testing import make_report

pa = pytest.importorskip("pyarrow", reason="needs the extra arrow")

FORMS: Final = sorted(catalogue().forms)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    rng = random.Random(9)
    return [make_report(rng, form).text for form in FORMS]


def total(rows: list[Any]) -> float:
    return sum(o["value"] or 0 for row in rows for o in row["observations"])


def test_one_row_a_text_with_all_tables_in_it(texts: list[str]) -> None:
    found = gd.arrow.read([*texts, None])
    assert found.type == gd.arrow.struct()
    rows = found.to_pylist()
    assert [row["status"] for row in rows] == ["read"] * len(texts) + ["unreadable"]
    made = gd.panel(texts)
    assert total(rows) == sum(row["value"] or 0 for row in made.observations.rows())
    assert [len(row["series"]) for row in rows[:-1]] == [62] * len(texts)


def test_a_table_a_stream_and_a_file_give_the_same(
    texts: list[str], tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra arrow")
    table = pa.table({"name": [f"{i}.txt" for i in range(len(texts))], "text": texts})
    found = gd.arrow.read_table(table)
    assert found.schema.equals(gd.arrow.schema())
    assert found.column("source").to_pylist() == table.column("name").to_pylist()
    streamed = pa.Table.from_batches(
        list(gd.arrow.read_batches(table.to_batches(max_chunksize=2)))
    )
    assert streamed.to_pylist() == found.to_pylist()
    parquet.write_table(table, tmp_path / "part.parquet")
    assert (
        parquet.read_table(gd.arrow.read_part(tmp_path / "part.parquet")).to_pylist()
        == found.to_pylist()
    )


def test_polars_reads_a_column(texts: list[str]) -> None:
    pl = pytest.importorskip("polars", reason="needs the extra polars")
    kind = gd.arrow.read(pl.Series([], dtype=pl.String)).dtype
    frame = pl.DataFrame({"text": texts}).lazy()
    read = frame.with_columns(
        read=pl.col("text").map_batches(gd.arrow.read, return_dtype=kind)
    ).collect()
    cells = (
        read["read"].struct.field("observations").explode().struct.field("value").sum()
    )
    assert cells == pytest.approx(total(gd.arrow.read(texts).to_pylist()))


def test_duckdb_reads_a_column(texts: list[str]) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    con = duckdb.connect()
    con.create_function(
        "gd", gd.arrow.read, ["VARCHAR"], gd.arrow.duckdb_type(), type="arrow"
    )
    con.register("given", pa.table({"text": texts}))
    query = "select sum(o.value) from (select unnest(gd(text).observations) as o from given)"
    ((found,),) = con.execute(query).fetchall()
    assert found == pytest.approx(total(gd.arrow.read(texts).to_pylist()))


def test_spark_is_told_the_columns() -> None:
    assert gd.arrow.ddl().startswith("`report_id` STRING, `source` STRING")
    assert "`spans`: ARRAY<STRUCT<`start`: INT, `end`: INT>>" in gd.arrow.ddl()
