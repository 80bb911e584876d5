"""Forms from their files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from govdisclose.form.model import (
    Column,
    Derived,
    Form,
    FormTable,
    Part,
    Relation,
    Row,
)


@cache
def own_forms() -> tuple[Form, ...]:
    """The forms that ship with the package, read once a process."""
    folder = resources.files("govdisclose.form").joinpath("data")
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    files.sort(key=lambda file: file.name)
    return tuple(made(tomllib.loads(file.read_text("utf-8"))) for file in files)


def made(data: Mapping[str, Any]) -> Form:
    """The form that a file has. Raises TypeError and KeyError where members are missing or too
    many."""
    lists = ("table", "relation", "derived", "parts")
    return Form(
        **{name: value for name, value in data.items() if name not in lists},
        tables=tuple(map(_table, data["table"])),
        relations=tuple(Relation(**relation) for relation in data.get("relation", ())),
        derived=tuple(Derived(**derived) for derived in data.get("derived", ())),
        parts=tuple(Part(**part) for part in data.get("parts", ())),
    )


def _table(data: Mapping[str, Any]) -> FormTable:
    columns = tuple(Column(**column) for column in data["columns"])
    rows = tuple(Row(**row) for row in data["rows"])
    return FormTable(**{**data, "columns": columns, "rows": rows})
