"""The known explanations of a mismatch, from `alternatives.toml`: tried before a
mismatch is reported."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from attrs import field, frozen


@frozen
class Instead:
    """A formula that may hold in place of the relations or statements `of`; `id` is a key of
    `ALTERNATIVES`.

    In a formula for statements of prose, `stated` is the figure of the sentence.
    """

    id: str
    of: tuple[str, ...] = field(converter=tuple)
    rule: str


@cache
def _alternatives() -> Mapping[str, tuple[Instead, ...]]:
    data = tomllib.loads(
        resources.files("govdisclose.form")
        .joinpath("alternatives.toml")
        .read_text("utf-8")
    )
    out: dict[str, tuple[Instead, ...]] = {}
    for row in data["alternative"]:
        instead = Instead(**row)
        for name in instead.of:
            out[name] = (*out.get(name, ()), instead)
    return out


def alternatives_of(name: str) -> tuple[Instead, ...]:
    """What may explain a mismatch of that relation, or of a statement of that indicator."""
    return _alternatives().get(name, ())
