"""What a panel may be made of: reports, texts, files and folders, each as an `Item`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from govdisclose._pipeline import parse
from govdisclose.errors import MissingExtra, NotText, SourceError
from govdisclose.panel.rows import Item
from govdisclose.read import Read, read, reading
from govdisclose.report import Report
from govdisclose.text import Source

Given: TypeAlias = Item | Report | Source | str | bytes | os.PathLike[str]
"""A report, a text, the bytes of a file, or the path of a file or a folder; or what was made of one."""

_LONGEST_PATH: Final = 400  # a string on one line that is longer is a text


def items(given: Given | Iterable[Given]) -> Iterator[Item]:
    """Each thing that was given, read and parsed when it is asked for; a folder gives
    its files, sorted by path.

    A `str` that has a line break, or more than 400 characters, is a text; any other is
    a path. A file that cannot be read is an item with a status and an error. Two that
    are the same get ids of their own."""
    seen: dict[str, int] = {}
    with reading() as read_next:
        for one in _each(given):
            item = _item(one, read_next)
            again = seen[item.report_id] = seen.get(item.report_id, 0) + 1
            yield item if again == 1 else _renamed(item, f"{item.report_id}-{again}")


def _each(given: Given | Iterable[Given]) -> Iterator[Given]:
    alone = isinstance(given, Item | Report | Source | str | bytes | os.PathLike)
    for one in (given,) if alone else given:  # type: ignore[union-attr]  # what is not alone is iterable
        if (
            isinstance(one, str | os.PathLike)
            and not _is_text(one)
            and Path(one).is_dir()
        ):
            yield from files_in(Path(one))
        else:
            yield one  # type: ignore[misc]  # as above


def _is_text(one: str | os.PathLike[str]) -> bool:
    return isinstance(one, str) and ("\n" in one or len(one) > _LONGEST_PATH)


def files_in(folder: Path) -> Iterator[Path]:
    """The files in a folder and those below it, sorted by path; no hidden ones, and no
    lock files of Office (`~$`)."""
    found = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    kept = (path for path in found if not _is_hidden(path.relative_to(folder)))
    yield from sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.startswith(
        "~$"
    )


def _item(one: Given, read_next: Read) -> Item:
    if isinstance(one, Item):
        return one
    if isinstance(one, Report):
        source = one.source or Source("")
        return _made(source.name, _hash(source.text), one)
    if isinstance(one, Source):
        return _made(one.name, _hash(one.text), parse(one))
    if isinstance(one, str) and _is_text(one):
        return _made(None, _hash(one), parse(one))
    if isinstance(one, bytes):
        return read_item(one, None, read_next)
    if isinstance(one, str | os.PathLike):
        return read_path(Path(one), os.fspath(one), read_next)
    raise NotText(
        f"a panel is made of reports, texts and paths, not of {type(one).__name__}"
    )


def read_path(path: Path, name: str, read_next: Read = read) -> Item:
    """The report in a file, which goes by `name`; `read_next` is that of `reading`."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # the latter: no path, as of a NUL in it
        said = getattr(error, "strerror", None) or error
        return _made(name, None, None, f"{name} cannot be read: {said}")
    return read_item(data, name, read_next)


def read_item(data: bytes, name: str | None, read_next: Read = read) -> Item:
    """The report in the bytes of a file."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        return _made(name, sha256, parse(read_next(data, name=name)))
    except (SourceError, MissingExtra) as error:
        return _made(name, sha256, None, str(error))


def crashed(name: str, sha256: str | None, error: str) -> Item:
    """A file that ended the process which read it."""
    return Item(identify(name, sha256), name, sha256, None, "crashed", error)


def _made(
    name: str | None,
    sha256: str | None,
    report: Report | None,
    error: str | None = None,
) -> Item:
    return Item(
        identify(name, sha256),
        name,
        sha256,
        report,
        "read" if report else "unreadable",
        error,
    )


def identify(name: str | None, sha256: str | None) -> str:
    """The id of a report: sixteen hexadecimal digits of the hash of its name and its content.

    >>> identify("2018.pdf", None)
    '1342ff9755bc5e9f'
    """
    return hashlib.sha256(
        f"{name or ''}\0{sha256 or ''}".encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _renamed(item: Item, report_id: str) -> Item:
    return Item(
        report_id, item.source, item.sha256, item.report, item.status, item.error
    )
