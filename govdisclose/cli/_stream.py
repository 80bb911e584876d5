"""Many files through one command: read one after the other or in several processes,
printed as they are done.

A file that cannot be read is told at its place on standard error, and the command goes
on; it then ends with 2."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import IO, Any, Final, TypeVar

import click
from attrs import frozen

from govdisclose.cli._files import Opened, names_of
from govdisclose.cli._screen import aligned, refuse, tell
from govdisclose.explain import visible
from govdisclose.report import Report

_Work = TypeVar("_Work", bound=Callable[..., Any])


@frozen
class Done:
    """What became of a file: what is printed, whether it has an error, and how often
    each code was met."""

    text: str | bytes = ""
    failed: bool = False
    error: str | None = None
    codes: Mapping[str, int] = {}
    extra: Any = None


@frozen
class Many:
    """What the shared options say: the files, how many processes read, and where the
    output goes."""

    names: tuple[str, ...]
    jobs: int
    output: str | None
    exit_zero: bool
    statistics: bool
    quiet: bool

    @property
    def single(self) -> bool:
        """Whether there is just one file, which is then written over several lines."""
        return len(self.names) == 1


def many_files(command: _Work) -> _Work:
    """The arguments and options of commands that take many files."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_OPTIONS: Final = (
    click.argument("files", nargs=-1, metavar="[FILE|FOLDER]...|-"),
    click.option(
        "--files-from",
        "lists",
        multiple=True,
        metavar="FILE|-",
        help="Read the files named in FILE, one a line.",
    ),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        help="Processes that read.",
    ),
    click.option(
        "-o",
        "--output-file",
        "output",
        metavar="FILE",
        help="Write to FILE and not to standard output.",
    ),
    click.option("--exit-zero", is_flag=True, help="End with 0, whatever was found."),
    click.option(
        "--statistics", is_flag=True, help="At the end, how often each code was met."
    ),
    click.option(
        "-q", "--quiet", is_flag=True, help="Print what fails and nothing else."
    ),
)


def many(options: dict[str, Any]) -> Many:
    """The shared options, taken out of those of a command. Ends it where no file is named."""
    files, lists = options.pop("files"), options.pop("lists")
    names = tuple(names_of(files, lists))
    if not names:
        refuse(
            "there is no file to read"
            if files or lists
            else "Missing argument 'FILE'. Name files or a folder, or -"
        )
    rest = {
        name: options.pop(name)
        for name in ("jobs", "output", "exit_zero", "statistics", "quiet")
    }
    return Many(names, **rest)


@contextmanager
def writing(output: str | None) -> Iterator[IO[Any] | None]:
    """Where the output goes: a file, or None for standard output."""
    if output is None:
        yield None
        return
    try:
        with click.open_file(output, "wb") as opened:
            yield opened
    except OSError as error:
        refuse(f"{visible(output)} cannot be written: {error.strerror}")


def each(work: Callable[[str], Done], asked: Many) -> Iterator[Done]:
    """The work on each file, in order, as soon as it is done."""
    if asked.jobs == 1 or len(asked.names) == 1:
        yield from map(work, asked.names)
        return
    from concurrent.futures import (
        ProcessPoolExecutor,
    )  # brings multiprocessing, for nobody who reads one file

    with ProcessPoolExecutor(min(asked.jobs, len(asked.names))) as pool:
        yield from pool.map(work, asked.names, chunksize=4)


def put(text: str | bytes, out: IO[Any] | None) -> None:
    """Print a piece of the output, if it is one."""
    if text:
        data = (
            click.unstyle(text) if out is not None and isinstance(text, str) else text
        )
        click.echo(
            data.encode("utf-8", "replace")
            if out is not None and isinstance(data, str)
            else data,
            file=out,
        )


def stream(
    context: click.Context,
    work: Callable[[str], Done],
    asked: Many,
    end: Callable[[Sequence[Any]], str | bytes] = lambda _: "",
    apart: bool = False,
) -> None:
    """Print what `work` makes of each file, then `end` of their extras, and end the
    command with its code.

    `apart` sets the files apart by a blank line.
    """
    unread = failed = begun = False
    codes: Counter[str] = Counter()
    extras: list[Any] = []
    with writing(asked.output) as out:
        for done in each(work, asked):
            if done.error is not None:
                unread = True
                sys.stdout.flush()
                tell(done.error)
                extras += [done.extra] if done.extra is not None else []
                continue
            failed = failed or done.failed
            codes.update(done.codes)
            extras += [done.extra] if done.extra is not None else []
            put(
                "\n" + done.text
                if apart and begun and isinstance(done.text, str) and done.text
                else done.text,
                out,
            )
            begun = begun or bool(done.text)
        put(end(extras), out)
        if asked.statistics:
            put("\n".join(_statistics(codes)), out)
    context.exit(0 if asked.exit_zero else 2 if unread else 1 if failed else 0)


def _statistics(codes: Counter[str]) -> Iterable[str]:
    rows = [
        (f"{n:,}", code)
        for code, n in sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    ]
    return aligned(rows, right=(0,), indent=0) if rows else ()


def generator() -> dict[str, str]:
    """What wrote a JSON document."""
    return {"name": "govdisclose", "version": version("govdisclose")}


def named(opened: Opened, report: Report) -> dict[str, Any]:
    """The members that tell where a JSON document comes from."""
    return {
        "generator": generator(),
        "source": {"name": opened.name, "sha256": opened.sha256},
    }
