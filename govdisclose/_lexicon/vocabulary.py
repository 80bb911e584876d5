"""Words and patterns of one room, read from the TOML files beside its modules.

A file holds tables; each is one entry:

    [town]                        # the name that code asks for
    words = ["镇", "乡", "街道"]    # any of these
    [town_line]
    pattern = '$han{2,9}$town'    # a pattern, in which `$town` stands for another entry, and
                                  # `$YEAR` for a terminal of grammars/lines.lark
    how = "fullmatch"             # how the examples are tried: search (if not said), match, fullmatch
    is = ["甲水镇"]                # texts that it finds
    not = ["镇上"]                 # texts that it does not find
    [dashes]
    chars = '—-'                  # characters, to stand within the brackets of a class

A pattern is written in the verbose form: blanks and line ends in it mean nothing. A test holds
every entry to its own examples, so a word can be added without reading code.

Guarantees:

1. All files of a package make up one vocabulary; a name that is given twice is an error.
2. A pattern is compiled when it is first used.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from attrs import Factory, frozen

from govdisclose._lexicon.terminals import terminal

_REFERENCE: Final = re.compile(r"\$([a-z_][a-z_0-9]*|[A-Z][A-Z_0-9]*)")


@frozen
class Vocabulary:
    """Entries by name; `vocabulary["town"]` is the compiled pattern of one."""

    entries: Mapping[str, Mapping[str, Any]]
    _compiled: dict[str, re.Pattern[str]] = Factory(dict)

    def __getitem__(self, name: str) -> re.Pattern[str]:
        """The pattern of an entry. Raises KeyError for a name that no file has."""
        found = self._compiled.get(name)
        if found is None:
            found = self._compiled[name] = re.compile(self.source(name), re.VERBOSE)
        return found

    def words(self, name: str) -> tuple[str, ...]:
        """The words of an entry, in the order of the file."""
        return tuple(self.entries[name]["words"])

    def source(self, name: str) -> str:
        """The pattern of an entry as text, with all that it refers to in its place."""
        if name.isupper():
            return terminal(name)
        entry = self.entries[name]
        if "chars" in entry:
            return str(entry["chars"])
        if "words" in entry:
            return "(?:" + "|".join(map(re.escape, entry["words"])) + ")"
        return (
            "(?:" + _REFERENCE.sub(lambda m: self.source(m[1]), entry["pattern"]) + ")"
        )


@cache
def vocabulary(package: str, files: tuple[str, ...] = (), **given: str) -> Vocabulary:
    """The vocabulary of a package: its TOML files, all or those named, and patterns `given`.

    Raises ValueError where two files have an entry of the same name.

    >>> words = vocabulary("govdisclose._metadata", date="[0-9]{4}-[0-9]{2}-[0-9]{2}")
    >>> bool(words["organ"].search("甲县粮食局"))
    True
    """
    entries: dict[str, Mapping[str, Any]] = {
        name: {"pattern": pattern} for name, pattern in given.items()
    }
    for file in sorted(resources.files(package).iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml") or (files and file.name not in files):
            continue
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            if isinstance(entry, list):
                continue  # rows of another table, which the room reads itself
            if name in entries:
                raise ValueError(f"{file.name}: {name} has an entry already")
            entries[name] = entry
    return Vocabulary(entries)
