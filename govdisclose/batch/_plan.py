"""What there is to do: the parts, what each is made of, and the stamp that says that it is done."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Final

from attrs import asdict, frozen

from govdisclose.form.concepts import concepts
from govdisclose.panel._panel import stamp
from govdisclose.panel.items import files_in

DONE: Final = "_done"
_FEWEST: Final = 20
_MOST: Final = 500
_PARTS: Final = 16


@frozen
class Part:
    """Some files, in order, each as its name and its path, and where their rows go."""

    number: int
    files: tuple[tuple[str, str], ...]
    out: str
    crosswalk: str | None
    corrections: str | None
    limit: float

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"part-{self.number:05d}"

    @property
    def stamp_file(self) -> Path:
        """Where its stamp stands once it is done."""
        return Path(self.out) / DONE / f"{self.name}.json"

    def stamp(self) -> str:
        """What its rows depend on: names, sizes and times of the files, the package,
        the crosswalk, the corrections."""
        made = {
            "files": [[name, *_facts(Path(path))] for name, path in self.files],
            **stamp(concepts(self.crosswalk))._asdict(),
            "corrections": _hash(self.corrections),
        }
        return json.dumps(made, ensure_ascii=False, indent=1) + "\n"

    def is_done(self) -> bool:
        """Whether its rows are there, made of these files as they are now."""
        try:
            return self.stamp_file.read_text("utf-8") == self.stamp()
        except (OSError, UnicodeDecodeError):
            return False

    def to_json(self) -> str:
        """The part on one line, as a worker takes it."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Part:
        """The part that such a line has."""
        data: Mapping[str, Any] = json.loads(line)
        return cls(
            **{**data, "files": tuple((name, path) for name, path in data["files"])}
        )


def _facts(path: Path) -> tuple[int, int] | tuple[None, None]:
    try:
        found = path.stat()
    except OSError:
        return None, None
    return found.st_size, found.st_mtime_ns


def _hash(file: str | None) -> str | None:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest() if file else None


def named(
    files: str | PathLike[str] | Iterable[str | PathLike[str]], out: Path
) -> Iterator[tuple[str, str]]:
    """The name and the path of each file: those of one folder go by their path below
    it. `out` is left out."""
    if isinstance(files, str | PathLike):
        folder = Path(files)
        if folder.is_dir():
            for path in files_in(folder):
                if out not in path.resolve().parents:
                    yield path.relative_to(folder).as_posix(), os.fspath(path.resolve())
            return
        files = (files,)
    for path in (Path(file) for file in files):
        found = files_in(path) if path.is_dir() else (path,)
        yield from (
            (one.as_posix(), os.fspath(one.resolve()))
            for one in found
            if out not in one.resolve().parents
        )


def parts_of(
    found: Sequence[tuple[str, str]],
    out: Path,
    size: int | None,
    crosswalk: str | None,
    corrections: str | None,
    limit: float,
) -> list[Part]:
    """The parts: so many files each, in sorted order; how many depends on nothing but
    how many files there are."""
    unique = sorted(dict(found).items())
    number = size or min(_MOST, max(_FEWEST, math.ceil(len(unique) / _PARTS)))
    starts = range(0, len(unique), number)
    return [
        Part(
            i,
            tuple(unique[start : start + number]),
            os.fspath(out),
            crosswalk,
            corrections,
            limit,
        )
        for i, start in enumerate(starts)
    ]
