"""The command line in Chinese: help and wrong use, for `--lang zh` or a Chinese locale.

The words are in `help.toml`; what refuses is put into Chinese by `view.sentences`. A
command is changed in a copy, so that one process can speak both languages.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import IO, Any, Final

import click

from govdisclose.view.sentences import in_chinese

_DEFAULT: Final = re.compile(r"\[default: (.*?)\]")


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("govdisclose.cli").joinpath("help.toml").read_text("utf-8")
    return tomllib.loads(text)


def _word(key: str) -> str:
    """The Chinese for a word of the help itself; as it is where there is none."""
    words: Mapping[str, str] = _data()["words"]
    return words.get(key, key)


def help_of(command: str, name: str) -> str | None:
    """The help of a command (`help`) or of an option (its longest name) in Chinese."""
    found = _data()["commands"].get(command, {}).get(name)
    told: str | None = found or _data()["shared"].get(name)
    return told


class _Formatter(click.HelpFormatter):
    """Writes the words of the help itself in Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, _word("usage"))

    def write_heading(self, heading: str) -> None:
        super().write_heading(_word(heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], *more: Any, **named: Any
    ) -> None:
        super().write_dl([(name, _noted(text)) for name, text in rows], *more, **named)


def _noted(text: str) -> str:
    """The text behind an option, its default in Chinese."""
    said = _DEFAULT.sub(lambda m: f"[{_word('default').format(value=m[1])}]", text)
    return _word(said).replace("[required]", f"[{_word('required')}]")


class _Context(click.Context):
    formatter_class = _Formatter


def in_words(command: click.Command, name: str) -> click.Command:
    """The command with Chinese help."""
    made = copy.copy(command)
    made.context_class = _Context
    made.help = help_of(name, "help") or command.help
    made.params = [_parameter(parameter, name) for parameter in command.params]
    return made


def help_in_words(group: click.Group, context: click.Context) -> str:
    """The help of the group in Chinese."""
    formatter = _Formatter(max_width=context.max_content_width)
    made = in_words(group, "govdisclose")
    made.format_help(context, formatter)
    return formatter.getvalue().rstrip("\n")


def _parameter(parameter: click.Parameter, command: str) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    made = copy.copy(parameter)
    longest = max(parameter.opts, key=len)
    made.help = help_of(command, longest) or _word(parameter.help or "")
    return made


class WrongUse(click.UsageError):
    """Wrong use, told in Chinese."""

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            usage = self.ctx.get_usage().replace("Usage: ", _word("usage"), 1)
            click.echo(usage, file, err=file is None)
            hint = _word("try").format(command=self.ctx.command_path)
            click.echo(hint, file, err=file is None)
        told = in_chinese(" ".join(self.format_message().split()))
        click.echo(_word("error").format(message=told), file, err=file is None)
