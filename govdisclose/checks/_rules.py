"""The rules that no form prints, from `rules.toml`: rows in the style of the
catalogue's relations."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from govdisclose._prose.phrases import phrases_of
from govdisclose.form import Relation, catalogue


@cache
def rows(name: str) -> Sequence[Mapping[str, Any]]:
    """The rows under `name` in `rules.toml`."""
    text = (
        resources.files("govdisclose.checks").joinpath("rules.toml").read_text("utf-8")
    )
    found: Sequence[Mapping[str, Any]] = tomllib.loads(text)[name]
    return found


def _rule(row: Mapping[str, Any]) -> Relation:
    return Relation(**row, table="", status="definitional")


RULES: Final[Mapping[str, Relation]] = MappingProxyType(
    {row["id"]: _rule(row) for row in rows("rule")}
)


@cache
def relation_ids() -> frozenset[str]:
    """Every id that the relation of a finding can have: of the forms, of the rules here, and of the
    phrases of prose.

    >>> {"n2014.staff_by_type", "outline.numbers", "prose.received"} <= relation_ids()
    True
    """
    forms = catalogue().forms
    relations = [relation.id for form in forms.values() for relation in form.relations]
    said = [phrase.id for form in forms for phrase in phrases_of(form)]
    return frozenset([*RULES, *relations, *said])
