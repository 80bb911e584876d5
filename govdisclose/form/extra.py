"""Forms of your own: read as those of the package are, and held to the same rules.

Loaded when they are asked for: the parser of relations is not wanted before.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import get_args

from lark.exceptions import LarkError

from govdisclose.errors import ContractError
from govdisclose.form.index import Catalogue, index
from govdisclose.form.load import made, own_forms
from govdisclose.form.model import Column, Form, FormTable, KeyFrom, Relation
from govdisclose.form.relation import Formula


def with_extra(extra: str | PathLike[str]) -> Catalogue:
    """The catalogue of the package with the forms of a file, or of all `.toml` files of a folder,
    besides."""
    path = Path(fspath(extra))
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise ContractError(f"{path}: no form is there: a form is one .toml file")
    forms = {form.id: form for form in own_forms()}
    for file in files:
        form = _checked(file)
        if form.id in forms:
            raise ContractError(
                f"{file}: there is a form {form.id!r} already; give it an id of its own"
            )
        forms[form.id] = form
    return index(forms.values())


def _checked(file: Path) -> Form:
    try:
        form = made(tomllib.loads(file.read_text("utf-8")))
    except OSError as error:
        raise ContractError(
            f"{file}: cannot be read: {error.strerror or error}"
        ) from error
    except ValueError as error:
        raise ContractError(f"{file}: is not TOML: {error}") from error
    except KeyError as error:
        raise ContractError(
            f"{file}: a form needs a member {error}; copy the layout of another"
        ) from error
    except (TypeError, AttributeError) as error:
        raise ContractError(
            f"{file}: has other members than a form: {error}"
        ) from error
    found = list(faults(form))
    if found:
        raise ContractError(f"{file}: {found[0]}")
    return form


def faults(form: Form) -> Iterator[str]:
    """What a form has that no form may have, a sentence each.

    >>> from govdisclose.form import catalogue
    >>> [fault for form in catalogue().forms.values() for fault in faults(form)]
    []
    """
    yield from _types(form)
    yield from _twice("table", [table.id for table in form.tables])
    for table in form.tables:
        yield from (f"table {table.id}: {fault}" for fault in _table_faults(table))
    yield from _twice("relation", [relation.id for relation in form.relations])
    for relation in form.relations:
        yield from (
            f"relation {relation.id}: {fault}"
            for fault in _relation_faults(form, relation)
        )


def _types(form: Form) -> Iterator[str]:
    """A number for a text is the usual slip in a file."""
    for name, kind in (
        ("id", str),
        ("title", str),
        ("first_year", int),
        ("last_year", int),
    ):
        if not isinstance(getattr(form, name), kind):
            yield f"{name} must be {'a text' if kind is str else 'a whole number'}"


def _twice(what: str, keys: Sequence[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"there are {times} {what}s {key!r}"


def _table_faults(table: FormTable) -> Iterator[str]:
    if table.key_from not in get_args(KeyFrom):
        yield f"key_from is {table.key_from!r}, not one of {', '.join(get_args(KeyFrom))}"
    if not table.columns or not table.rows:
        yield "a table has a row and a column at least"
    yield from _twice("column", [column.key for column in table.columns])
    yield from _twice("row", [row.key for row in table.rows])
    above: set[str] = set()
    for row in table.rows:
        if row.parent is not None and row.parent not in above:
            yield f"the parent {row.parent!r} of the row {row.key!r} is no row above it"
        if not row.label and table.key_from != "column":
            yield f"the row {row.key!r} has no label"
        above.add(row.key)
    for column in table.columns:
        yield from _pattern_faults(column)


def _pattern_faults(column: Column) -> Iterator[str]:
    try:
        re.compile(column.label_regex or "")
    except re.error as error:
        yield f"label_regex of the column {column.key!r} is no pattern: {error}"


def _relation_faults(form: Form, relation: Relation) -> Iterator[str]:
    table = next((table for table in form.tables if table.id == relation.table), None)
    if table is None:
        yield f"the form has no table {relation.table!r}"
        return
    try:
        formula = relation.formula
    except LarkError as error:
        yield f"the rule cannot be read: {str(error).splitlines()[0]}"
        return
    known = set(_operands(table, formula))
    for term in formula.terms:
        key = term.address.removeprefix("prev:")
        if key not in known:
            yield f"{key!r} is none of the table {table.id}"


def _operands(table: FormTable, formula: Formula) -> Iterable[str]:
    """The keys that a relation of this kind may name."""
    rows, columns = (
        [row.key for row in table.rows],
        [column.key for column in table.columns],
    )
    if formula.per == "column":
        return rows
    if formula.per == "row":
        return columns
    return [f"{row}@{column}" for row in rows for column in columns]
