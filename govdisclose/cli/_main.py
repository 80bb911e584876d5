"""The group that all commands belong to. A command's room is loaded when it is called: reading one
report waits for nothing that other commands need."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

import click

from govdisclose.cli._screen import WIDTH, refuse
from govdisclose.errors import ContractError
from govdisclose.explain import visible
from govdisclose.form import FORMS_VARIABLE, catalogue
from govdisclose.view.words import spoken

_ROOMS: Final[Mapping[str, str]] = {
    "batch": "_tables",
    "check": "_check",
    "codebook": "_tables",
    "concepts": "_tables",
    "demo": "_demo",
    "diff": "_diff",
    "explain": "_explain",
    "forms": "_text",
    "parse": "_parse",
    "review": "_view",
    "rule": "_text",
    "schema": "_text",
    "table": "_tables",
    "text": "_text",
    "view": "_view",
}
"""Where each command is: as `NAME_command` in a module beside this one."""


_ARGUMENTS: Final = "govdisclose.arguments"


def _is_chinese(context: click.Context) -> bool:
    """Whether a command is called in Chinese: by `--lang`, or else by the locale."""
    arguments: Sequence[str] = context.meta.get(_ARGUMENTS, ())
    given = None
    for i, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            given = value or next(iter(arguments[i + 1 :]), None)
    return spoken(given) == "zh"


def _chinese() -> Any:
    """The words of the command line in Chinese, for nobody who speaks English."""
    return import_module("govdisclose.cli._chinese")


class _Commands(click.Group):
    """A group that loads a command when it is asked for, and ends with one line where what it
    prints cannot be written: a full disk, a closed pipe."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ROOMS:
            return None
        room = import_module(f"govdisclose.cli.{_ROOMS[cmd_name]}")
        command: click.Command = getattr(room, f"{cmd_name}_command")
        return _chinese().in_words(command, cmd_name) if _is_chinese(ctx) else command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        ctx.meta[_ARGUMENTS] = args
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        if not _is_chinese(ctx):
            return super().get_help(ctx)
        return str(_chinese().help_in_words(self, ctx))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if not _is_chinese(ctx):
                raise
            raise _chinese().WrongUse(error.format_message(), error.ctx) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError as error:
            click.echo(
                f"govdisclose: cannot write: {error.strerror or error}", err=True
            )
            sys.exit(2)


@click.group(
    cls=_Commands,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "max_content_width": WIDTH,
    },
)
@click.version_option(package_name="govdisclose", message="govdisclose %(version)s")
@click.option(
    "--forms",
    metavar="FILE|FOLDER",
    help="Forms of your own besides, each a TOML file.",
)
def main(forms: str | None) -> None:
    """Read Chinese annual reports on government information disclosure (政府信息公开工作年度报告).

    Exit codes: 0 read, 1 read with errors in a report, 2 wrong use.
    """
    if forms is not None:
        try:
            catalogue(forms)
        except ContractError as error:
            refuse(visible(str(error)))
        os.environ[FORMS_VARIABLE] = forms
    if isinstance(
        sys.stdout, io.TextIOWrapper
    ):  # a terminal that cannot show Chinese gets question marks, not a crash
        sys.stdout.reconfigure(errors="replace")
