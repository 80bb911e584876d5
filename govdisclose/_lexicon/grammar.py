"""Finds and compiles a grammar once, on first use; the only place that knows where grammars lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol


class HasType(Protocol):
    """Anything with a `type`: the grammars here run over lines and cells, not over characters."""

    @property
    def type(self) -> str:
        """The name of its terminal."""


def source_of(name: str) -> str:
    """The text of `grammars/NAME.lark`."""
    try:
        folder = resources.files("govdisclose.grammars")
    except (
        ModuleNotFoundError
    ):  # a checkout that was not installed: there they lie beside the package
        folder = Path(__file__).parents[2] / "grammars"
    return folder.joinpath(f"{name}.lark").read_text("utf-8")


class Grammar:
    """A compiled grammar with its transformer; `run` turns tokens into what the
    transformer makes of `start`."""

    def __init__(self, name: str, transformer: object) -> None:
        from lark import Lark  # 0.1 s: not before the first parse
        from lark.lexer import Lexer, Token

        class Stream(Lexer):  # Lark insists on the base class
            """The tokens were made before, so they only pass through."""

            __future_interface__ = 1

            def __init__(self, conf: object) -> None:
                pass

            def lex(self, state: Any, parser_state: object) -> Iterator[Any]:
                yield from state.text
                yield Token(
                    "_END", ""
                )  # Lark takes the position of its own end mark from the last token

        self._parse = Lark(
            source_of(name),
            start=name,
            parser="lalr",
            lexer=Stream,
            transformer=transformer,
        ).parse

    def run(self, tokens: Iterable[HasType]) -> Any:
        """Raises nothing on tokens that the grammar declares: the grammars accept every
        sequence of them."""
        return self._parse(tokens)  # not text: the stream passes it through


def text_parser(name: str, transformer: object) -> Callable[[str], Any]:
    """A parser of text by the grammar `name`, for lines of the catalogue; it raises
    what Lark raises on a wrong one."""
    from lark import Lark

    parse: Callable[[str], Any] = Lark(
        source_of(name), start=name, parser="lalr", transformer=transformer
    ).parse
    return parse


@cache
def grammar(name: str, transformer: type) -> Grammar:
    """The grammar `name`, compiled with an instance of `transformer`; made once a process."""
    return Grammar(name, transformer())
