"""The group that all commands belong to. A command's room is loaded when it is called: reading one
report waits for nothing that other commands need."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click

from govdisclose.cli._screen import WIDTH, refuse
from govdisclose.errors import ContractError
from govdisclose.explain import visible
from govdisclose.form import FORMS_VARIABLE, catalogue

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
        return command

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
