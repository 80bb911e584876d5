"""English labels of every row and column of every form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType


@cache
def english_rows() -> Mapping[str, str]:
    """The English label of each row, by key.

    >>> english_rows()["requests.received"]
    'Requests received'
    """
    return _read()["rows"]


@cache
def english_columns() -> Mapping[str, str]:
    """The English label of each column, by key.

    >>> english_columns()["natural_person"]
    'Natural persons'
    """
    return _read()["columns"]


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    data = tomllib.loads(
        resources.files("govdisclose.form").joinpath("labels.toml").read_text("utf-8")
    )
    return MappingProxyType(
        {name: MappingProxyType(labels) for name, labels in data.items()}
    )
