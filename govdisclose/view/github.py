"""What the linter says, as commands of a GitHub workflow, which become notes beside the
lines of a pull request.

The syntax and what must be escaped: "Workflow commands for GitHub Actions" and the
toolkit's `command.ts`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Final

from govdisclose.explain import visible
from govdisclose.view._place import Places
from govdisclose.view.listing import Remark, kind_of, relation_of

_COMMANDS: Final = {"error": "error", "warning": "warning", "info": "notice"}


def commands(remarks: Iterable[Remark], lang: str = "en") -> Iterator[str]:
    r"""One command for each remark.

    >>> from govdisclose.diagnostic import diagnose
    >>> from govdisclose.text import Source, Span
    >>> fault = diagnose("number-skipped", "100%", Span(3, 6), Source("引言\n（四）", "a,b.txt"))
    >>> for part in next(commands([fault])).split("::"): print(part)
    <BLANKLINE>
    warning file=a%2Cb.txt,line=2,col=1,endLine=2,endColumn=4,title=number-skipped%3A a number is skipped
    a number is skipped: 100%25
    """
    places = Places()
    for remark in remarks:
        yield _annotation(remark, places, zh=lang == "zh")


def _annotation(remark: Remark, places: Places, zh: bool) -> str:
    kind = kind_of(remark.code)
    members: dict[str, object] = {}
    if remark.source and remark.source.name:
        members["file"] = PurePath(remark.source.name).as_posix()
    if place := places.in_file(remark):
        line, column, end_line, end_column = place
        members["line"] = line
        if (
            line == end_line
        ):  # columns are refused where a place goes over several lines
            members |= {"col": column, "endLine": end_line, "endColumn": end_column}
        else:
            members["endLine"] = end_line
    members["title"] = f"{remark.code}: {kind.title_zh if zh else kind.title}"
    relation = relation_of(remark)
    message = (remark.message_zh if zh else remark.message) + (
        f" [{relation}]" if relation else ""
    )
    message += f" ({mark})" if (mark := places.mark(remark)) else ""
    said = ",".join(f"{name}={_member(str(value))}" for name, value in members.items())
    return f"::{_COMMANDS[remark.severity]} {said}::{_data(visible(message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _member(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
