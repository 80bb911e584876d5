"""`panel`: reports in, tables out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from importlib.metadata import version
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import astuple, field, frozen

from govdisclose.form import FORMS_VARIABLE
from govdisclose.form.concepts import Crosswalk, concepts
from govdisclose.panel.corrections import Correction, corrected, read_corrections
from govdisclose.panel.figures import Row
from govdisclose.panel.items import Given, items
from govdisclose.panel.rows import PER_REPORT, Item, Stamp, rows_of, rows_of_crosswalk
from govdisclose.panel.schema import arrow_batch, library, pyarrow, table_schemas
from govdisclose.panel.shown import panel_html
from govdisclose.panel.table import PanelTable, joined, table_of
from govdisclose.panel.wide import (
    Comparable,
    chain_rows,
    chain_schema,
    wide_rows,
    wide_schema,
)
from govdisclose.panel.years import is_open, settled

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH: Final = 200  # reports whose rows become one batch; they are not kept

TABLES: Final = (*PER_REPORT, "concepts", "crosswalk", "breaks")
"""The tables of a panel, by name."""


def make_panel(
    given: Given | Iterable[Given],
    crosswalk: Crosswalk | None,
    file: str | PathLike[str] | None,
) -> Panel:
    """See `govdisclose.panel.panel`."""
    pyarrow()
    known = read_corrections(file) if file is not None else ()
    return Panel(given, crosswalk or concepts(), known)


@frozen(eq=False, slots=False, repr=False)
class Panel:
    """Tables of many reports: each has a documented schema, and is taken by any library
    that reads Arrow.

    `reports` has a row for each text given; `observations` for each cell and each
    figure in prose; `series` for each concept; then `rates`, `sections`, `citations`,
    `findings`, `diagnostics`. `concepts`, `crosswalk` and `breaks` say what the
    concepts are and what comparing them costs."""

    _given: Given | Iterable[Given]
    crosswalk: Crosswalk
    corrections: tuple[Correction, ...] = ()
    _open: list[Item] = field(
        factory=list, init=False
    )  # those with figures that another year may tell apart
    _used: set[Correction] = field(factory=set, init=False)

    @cached_property
    def _tables(self) -> Mapping[str, PanelTable]:
        """All tables, made in one pass; the reports are let go."""
        batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in PER_REPORT}
        waiting: dict[str, list[Row]] = {name: [] for name in PER_REPORT}
        made_by = stamp(self.crosswalk)
        for item in self._items():
            for name, rows in rows_of(item, self.crosswalk, made_by).items():
                waiting[name] += rows
            if len(waiting["reports"]) >= _BATCH:
                _empty(waiting, batches)
        _empty(waiting, batches)
        schemas = table_schemas()
        made = {name: joined(schemas[name], found) for name, found in batches.items()}
        made |= {
            name: table_of(schemas[name], rows)
            for name, rows in rows_of_crosswalk(self.crosswalk).items()
        }
        return made

    def _items(self) -> Iterator[Item]:
        for item in items(self._given):
            made, used = corrected(item, self.corrections)
            self._used.update(used)
            if made.report is not None and is_open(made.report):
                self._open.append(made)
            yield made

    def table(self, name: str) -> PanelTable:
        """A table by name. Raises KeyError for one that there is not."""
        return self._tables[name]

    def __getattr__(self, name: str) -> PanelTable:
        if name in TABLES:
            return self.table(name)
        raise AttributeError(
            f"a panel has no table {name!r}; it has {', '.join(TABLES)}"
        )

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *TABLES})

    def __repr__(self) -> str:
        if "_tables" not in self.__dict__:
            return "<Panel, not read yet>"
        return f"<Panel: {', '.join(f'{len(self.table(name)):,} {name}' for name in PER_REPORT)}>"

    def _repr_html_(self) -> str:
        if "_tables" not in self.__dict__:
            return panel_html({}, ())
        lengths = {name: len(self.table(name)) for name in TABLES}
        return panel_html(lengths, self.table("reports").rows())

    @property
    def unused_corrections(self) -> tuple[Correction, ...]:
        """The corrections that found no cell of any report."""
        _ = self._tables
        return tuple(c for c in self.corrections if c not in self._used)

    def wide(
        self, concepts: Sequence[str], comparable: Comparable = "near"
    ) -> PanelTable:
        """One row a report, also for those that could not be read: each concept, and
        beside it its status.

        `comparable` says how far a definition may be from that of the reference form:
        `same` takes status A only, `near` A and D, `any` W as well. Other values are
        null; their status says why. Raises `UnknownKey`."""
        schema = wide_schema(self.crosswalk, concepts)
        rows = wide_rows(
            self.crosswalk,
            self.table("reports").rows(),
            self.table("series").rows(),
            concepts,
            comparable,
        )
        return table_of(schema, rows)

    def chain(self, concept: str) -> PanelTable:
        """The series of one concept, body by body in the order of years, with `break`
        where the definition changes.

        A body's series breaks where the form that it uses counts otherwise than the
        form before, not at a fixed year. Raises `UnknownKey`."""
        _ = self.crosswalk[concept]
        return table_of(
            chain_schema(),
            chain_rows(self.crosswalk, self.table("series").rows(), concept),
        )

    def disambiguate(self) -> Panel:
        """A panel in which figures that ran together are told apart by the year before,
        where that leaves one reading.

        `cumulative = last year's + year` leaves one reading of `35280` if last year's
        is known. Such cells are `inferred`, and their diagnostics name the relation.
        """
        tables = dict(self._tables)
        found = {
            item.report_id: item
            for item in settled(self._open, tables["observations"].rows())
        }
        if not found:
            return self
        made = Panel(self._given, self.crosswalk, self.corrections)
        made.__dict__["_tables"] = {
            name: self._replaced(table, found) for name, table in tables.items()
        }
        return made

    def _replaced(self, table: PanelTable, found: Mapping[str, Item]) -> PanelTable:
        """The table with the rows of these reports made again, at their places."""
        name = table.schema.name
        if name not in PER_REPORT:
            return table
        rows: list[Row] = []
        done: set[str] = set()
        made_by = stamp(self.crosswalk)
        for row in table.rows():
            key = row["report_id"]
            if key not in found:
                rows.append(row)
            elif key not in done:
                done.add(key)
                rows += rows_of(found[key], self.crosswalk, made_by)[name]
        return table_of(table.schema, rows)

    def write(self, folder: str | PathLike[str], format: str = "parquet") -> Any:
        """Write all tables to a folder, with what they mean. See
        `govdisclose.panel.write.write_panel`."""
        from govdisclose.panel.write import write_panel

        return write_panel(self, folder, format)


def _empty(
    waiting: dict[str, list[Row]], batches: Mapping[str, list[pa.RecordBatch]]
) -> None:
    """Make a batch of the rows that wait."""
    schemas = table_schemas()
    for name, rows in waiting.items():
        batches[name].append(arrow_batch(schemas[name], rows))
        waiting[name] = []


def opened(folder: Path, crosswalk: Crosswalk) -> Panel:
    """The tables that `Panel.write` (as Parquet) or `batch` wrote, as a panel."""
    parquet = library("pyarrow.parquet", "arrow", "Parquet")
    schemas = table_schemas()
    made = Panel((), crosswalk)
    found = {name: _stored(folder, name) for name in TABLES}
    made.__dict__["_tables"] = {
        name: joined(
            schemas[name],
            [
                batch
                for path in paths
                for batch in parquet.read_table(path).to_batches()
            ],
        )
        for name, paths in found.items()
    }
    return made


def _stored(folder: Path, name: str) -> list[Path]:
    """The files of a table: one, or one for each part."""
    alone = folder / f"{name}.parquet"
    return (
        [alone] if alone.is_file() else sorted((folder / name).glob("part-*.parquet"))
    )


@cache
def _package_hash() -> bytes:
    folder = resources.files("govdisclose.form")
    files = sorted(folder.joinpath("data").iterdir(), key=lambda f: f.name)
    read = [f.read_bytes() for f in files if f.name.endswith(".toml")]
    extra = Path(os.environ.get(FORMS_VARIABLE) or os.devnull)
    read += [
        f.read_bytes()
        for f in (sorted(extra.glob("*.toml")) if extra.is_dir() else [extra])
    ]
    return hashlib.sha256(b"\0".join(read)).digest()


def stamp(crosswalk: Crosswalk) -> Stamp:
    """The version of the package, and the hash of its forms and the crosswalk."""
    fields = [astuple(crosswalk, recurse=False)]
    fields += [
        astuple(concept, recurse=False) for concept in crosswalk.concepts.values()
    ]
    said = repr(fields).encode()
    return Stamp(
        version("govdisclose"), hashlib.sha256(_package_hash() + said).hexdigest()[:16]
    )
