"""What is wrong with a report, as values: a code, a severity, a place and a sentence.

`CODES` is the one table of codes. A code that is not in it cannot be raised, and a test proves that
each of them can be.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final, Literal

from attrs import field, frozen

from govdisclose.text import Source, Span

Severity = Literal["error", "warning", "info"]


@frozen
class Code:
    """One kind of fault: its name, how bad it is, what it means and what to do, in two languages.

    `example` is a text that has this fault, as short as can be, or says what a file holds that has
    it; the pages of the reference show it.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    title_zh: str
    meaning_zh: str
    example: str
    remedy: str
    remedy_zh: str


class _Late(Mapping[str, Code]):
    """The codes of `codes.toml`, read when the first is asked for: an import is not for faults."""

    def __getitem__(self, code: str) -> Code:
        return _codes()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_codes())

    def __len__(self) -> int:
        return len(_codes())

    def __repr__(self) -> str:
        return f"<{len(self)} codes: {', '.join(self)}>"


@cache
def _codes() -> Mapping[str, Code]:
    text = resources.files("govdisclose").joinpath("codes.toml").read_text("utf-8")
    return {row["code"]: Code(**row) for row in tomllib.loads(text)["code"]}


CODES: Final[Mapping[str, Code]] = _Late()
"""Every code, as `codes.toml` has it.

>>> CODES["number-skipped"].title, CODES["number-skipped"].title_zh
('a number is skipped', '序号跳号')
"""


@frozen(repr=False)
class Diagnostic:
    r"""One fault of one report, at its place.

    `code` is a key of `CODES`; `severity` is error, warning or info; `message` says it for this
    place; `span` is where, in characters of the source, or None where the fault has no place
    (something is missing). `message_zh` is the message in Chinese; like `source` it takes no part
    in equality and is not written out.

    >>> from govdisclose import parse
    >>> fault = parse("一、概述\n全年公开。\n三、打算\n继续。").diagnostics[-1]
    >>> fault.code, fault.severity, fault.span, fault.message
    ('number-skipped', 'warning', Span(start=11, end=13), 'a number is skipped: 三、 follows number 1')
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    source: Source | None = field(default=None, eq=False, repr=False)
    message_zh: str = field(default="", eq=False, repr=False)

    def __repr__(self) -> str:
        return f"<Diagnostic {self.severity} {self.code}: {' '.join(self.message.split())[:60]}>"


def diagnose(
    code: str,
    detail: str,
    span: Span | None = None,
    source: Source | None = None,
    detail_zh: str | None = None,
) -> Diagnostic:
    """A diagnostic of a known code: its title, then what is particular to this place.

    `detail` is enough where it only quotes the report; where it has English words, `detail_zh` says
    it in Chinese.

    >>> fault = diagnose("number-skipped", "（四） follows （二）", detail_zh="（二）之后为（四）")
    >>> fault.message, fault.message_zh
    ('a number is skipped: （四） follows （二）', '序号跳号：（二）之后为（四）')
    """
    kind = CODES[code]
    detail_zh = detail if detail_zh is None else detail_zh
    message = f"{kind.title}: {detail}" if detail else kind.title
    message_zh = (
        f"{kind.title_zh}\N{FULLWIDTH COLON}{detail_zh}" if detail_zh else kind.title_zh
    )
    return Diagnostic(code, kind.severity, message, span, source, message_zh)
