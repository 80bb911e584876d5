"""What lies beside the tables: the descriptor of a Frictionless Data Package (v2), and
how to cite them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, Final

from govdisclose.panel.schema import Field, TableSchema

_PROFILES: Final = "https://datapackage.org/profiles/2.0"
_TITLE: Final = "Annual reports on government information disclosure, as a panel"
_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "string": {"type": "string"},
    "category": {"type": "string"},
    "bool": {"type": "boolean"},
    "int8": {"type": "integer"},
    "int16": {"type": "integer"},
    "int32": {"type": "integer"},
    "float": {"type": "number"},
    "date": {"type": "date"},
    "texts": {"type": "array"},
    "spans": {"type": "array"},
}
_MEDIA: Final = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "dta": "application/x-stata-dta",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def package(schemas: Iterable[TableSchema], format: str) -> dict[str, Any]:
    """The descriptor. Tables in CSV are described column by column; other files are
    named, with the same columns."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "govdisclose-panel",
        "title": _TITLE,
        "version": version("govdisclose"),
        "keywords": [
            "政府信息公开",
            "open government information",
            "China",
            "annual report",
        ],
        "sources": [
            {
                "title": "The reports in the table `reports`, each with its file name and SHA-256"
            }
        ],
        "contributors": [{"title": "govdisclose", "roles": ["reader"]}],
        "resources": [_resource(schema, format) for schema in schemas],
    }


def _resource(schema: TableSchema, format: str) -> dict[str, Any]:
    fields = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(field) for field in schema.columns],
        "missingValues": [""],
        **({"primaryKey": list(schema.key)} if schema.key else {}),
    }
    named = {
        "name": schema.name,
        "title": schema.zh,
        "description": schema.en,
        "format": format,
        "mediatype": _MEDIA[format],
    }
    if format != "csv":
        path = "panel.xlsx" if format == "xlsx" else f"{schema.name}.{format}"
        return {**named, "path": path, "columns": fields["fields"]}
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        **named,
        "type": "table",
        "path": f"{schema.name}.csv",
        "encoding": "utf-8",
        "schema": fields,
    }


def _field(field: Field) -> dict[str, Any]:
    # An empty text is a value of a required column: what a blank cell prints. Only numbers need to be there.
    required = field.required and field.type not in ("string", "category")
    return {
        "name": field.name,
        **_TYPES[field.type],
        "title": field.zh,
        "description": field.en,
        **({"constraints": {"required": True}} if required else {}),
    }


def citation() -> str:
    """The text of CITATION.cff: the program that read the reports. Who gathered them is
    for you to add."""
    return f"""cff-version: 1.2.0
message: If you use these tables, please cite the reports named in the table reports, and the program that read them.
title: {_TITLE}
type: dataset
authors:
  - name: the authors of this collection
references:
  - type: software
    title: govdisclose
    version: {version("govdisclose")}
    authors:
      - name: govdisclose contributors
"""
