"""The configuration of `check`: what is passed over, where, and why.

`govdisclose.toml` in the folder where the command runs, or the file that `--config` names:

    [[ignore]]
    code = "unit-conflict"     # a code or a relation, or the beginning of one
    files = "2018/*"           # which files; all where this is left out
    reason = "条 and 件 count the same here"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen

from govdisclose.cli._screen import refuse
from govdisclose.errors import UnknownKey
from govdisclose.explain import visible
from govdisclose.view.listing import Selection, selection

NAME: Final = "govdisclose.toml"


@frozen
class Ignore:
    """Something that is passed over: a code, the files it is passed over in, and the reason."""

    code: str
    reason: str
    files: str = "*"

    def applies_to(self, name: str) -> bool:
        """Whether it is meant for this file."""
        plain = name.replace("\\", "/")
        return fnmatch(plain, self.files) or fnmatch(plain, f"*/{self.files}")


def read_config(file: str | None) -> tuple[Ignore, ...]:
    """What the configuration says; nothing where there is none. Ends the command where
    it is wrong."""
    path = Path(file or NAME)
    if file is None and not path.is_file():
        return ()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        refuse(f"{visible(str(path))} cannot be read as TOML: {error}")
    unknown = data.keys() - {"ignore"}
    if unknown:
        refuse(
            f"{visible(str(path))}: there is no setting {visible(min(unknown))!r}; there is [[ignore]]"
        )
    return tuple(_ignores(str(path), data.get("ignore", ())))


def _ignores(path: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Ignore]:
    for row in rows:
        if not all(isinstance(value, str) for value in row.values()):
            refuse(
                f"{visible(path)}: each [[ignore]] has code, reason and maybe files, all of them text"
            )
        if (
            not row.get("code")
            or not str(row.get("reason", "")).strip()
            or row.keys() - {"code", "reason", "files"}
        ):
            refuse(
                f"{visible(path)}: each [[ignore]] has a code and a reason, and maybe files"
            )
        try:
            selection((), (row["code"],))
        except UnknownKey as error:
            refuse(f"{visible(path)}: {visible(str(error))}")
        yield Ignore(**row)


def narrowed(wanted: Selection, ignores: Iterable[Ignore], name: str) -> Selection:
    """The selection for one file."""
    codes = tuple(ignore.code for ignore in ignores if ignore.applies_to(name))
    return evolve(wanted, ignore=(*wanted.ignore, *codes)) if codes else wanted
