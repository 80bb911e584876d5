"""`govdisclose diff A B`: what differs between two reports, by key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from govdisclose._pipeline import parse
from govdisclose.cli._files import names_of, open_file
from govdisclose.cli._language import READINGS, Language, language, speaking
from govdisclose.cli._screen import aligned, refuse, title
from govdisclose.cli._stream import Done, Many, generator, stream
from govdisclose.diff import Change, State, diff
from govdisclose.explain import cut, visible
from govdisclose.report import Figure, Report
from govdisclose.report.json_text import as_json

_WIDTH: Final = 80
_LABEL: Final = 30
_TEXT: Final = 24
_BEGINNING: Final = 8  # characters that two lines share if one became the other
_CONTEXT: Final = 12  # characters shown before the first that differs
_KINDS: Final = {
    "metadata": ("metadata", "元数据"),
    "cell": ("figures in tables", "表中数据"),
    "quantity": ("figures in prose", "正文数据"),
    "section": ("text", "正文文字"),
}
_CHANGES: Final = {
    "changed": ("changed", "变更"),
    "added": ("added", "新增"),
    "removed": ("removed", "删除"),
}
_FIELDS: Final = {
    "title": "标题",
    "issuer": "机关",
    "year": "年度",
    "period": "统计期限",
    "published": "发布日期",
    "signed": "落款日期",
    "index_number": "索引号",
    "document_number": "文号",
    "contact.address": "地址",
    "contact.postcode": "邮编",
    "contact.phone": "电话",
    "contact.fax": "传真",
    "contact.email": "邮箱",
    "contact.website": "网站",
    "forms": "表式",
}


@click.command("diff")
@click.argument("old", metavar="OLD|-")
@click.argument("new", metavar="NEW|-")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="To read, or JSON.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Processes that read.",
)
@click.option(
    "-o",
    "--output-file",
    "output",
    metavar="FILE",
    help="Write to FILE and not to standard output.",
)
@click.option("--exit-zero", is_flag=True, help="End with 0, whatever differs.")
@speaking()
@click.pass_context
def diff_command(
    context: click.Context,
    old: str,
    new: str,
    shape: str,
    jobs: int,
    output: str | None,
    exit_zero: bool,
    lang: str | None,
) -> None:
    """Tell what differs between two reports: figures and text, by key and not by position.

    Of two folders, the files of the same name are compared.

    Exit codes: 0 nothing differs, 1 something does, 2 a file could not be read, or wrong use.
    """
    if old == new == "-":
        refuse(
            "only one of the two reports can come from standard input: name a file for the other"
        )
    pairs = _pairs(old, new)
    asked = Many(tuple(pairs), jobs, output, exit_zero, False, False)
    work = partial(
        _compare, pairs=pairs, shape=shape, single=asked.single, speech=language(lang)
    )
    stream(context, work, asked, apart=shape == "text")


def _pairs(old: str, new: str) -> dict[str, tuple[str | None, str | None]]:
    """The files to compare, by name: two, or all that stand in either of two folders."""
    folders = [name != "-" and Path(name).is_dir() for name in (old, new)]
    if folders[0] != folders[1]:
        refuse("a folder is compared with a folder: name two files or two folders")
    if not all(folders):
        return {new: (old, new)}
    below = [
        {Path(file).relative_to(folder).as_posix(): file for file in names_of([folder])}
        for folder in (old, new)
    ]
    return {
        name: (below[0].get(name), below[1].get(name))
        for name in sorted({*below[0], *below[1]})
    }


def _compare(
    name: str,
    pairs: Mapping[str, tuple[str | None, str | None]],
    shape: str,
    single: bool,
    speech: Language,
) -> Done:
    opened = []
    for file, side in zip(pairs[name], ("old", "new"), strict=True):
        if file is None:
            return Done(error=f"{name}: there is no such file in the {side} folder")
        opened.append(open_file(file))
    errors = [one.error for one in opened if one.error is not None]
    if errors:
        return Done(error="; ".join(errors))
    reports = [parse(one.source) for one in opened if one.source is not None]
    changes = diff(*reports)
    if shape == "json":
        hashes = [one.sha256 for one in opened]
        return Done(
            as_json(_as_json(reports, hashes, changes), 2 if single else None).encode(
                "utf-8"
            ),
            bool(changes),
        )
    return Done("\n".join(_lines(reports, changes, speech)), bool(changes))


def _as_json(
    reports: Sequence[Report], hashes: Sequence[str | None], changes: Iterable[Change]
) -> dict[str, Any]:
    old, new = (
        {
            "file": r.source.name if r.source else None,
            "sha256": sha256,
            "title": r.metadata.title,
            "issuer": r.metadata.issuer,
            "year": r.metadata.year,
        }
        for r, sha256 in zip(reports, hashes, strict=True)
    )
    return {
        "schema_version": 1,
        "generator": generator(),
        "old": old,
        "new": new,
        "changes": [change.to_dict() for change in changes],
    }


# --- for reading ------------------------------------------------------------------------------------------------------


def _lines(
    reports: Sequence[Report], changes: Sequence[Change], lang: Language
) -> Iterator[str]:
    zh = lang == "zh"
    for sign, report in zip("-+", reports, strict=True):
        m, name = (
            report.metadata,
            visible((report.source and report.source.name) or "report"),
        )
        said = " ".join(filter(None, (m.issuer, str(m.year) if m.year else "")))
        yield title(f"{sign * 3} {name}") + (f"  {visible(said)}" if said else "")
    for kind, names in _KINDS.items():
        found = [c for c in changes if c.kind == kind]
        if found:
            yield ""
            yield title(f"{names[zh]}{'：' if zh else ': '}{_counts(found, zh)}")
            yield from _texts(found, zh) if kind == "section" else _rows(found, zh)
    yield ""
    if not changes:
        yield "无差异" if zh else "no differences"
    else:
        yield title(
            f"共{len(changes)}处差异"
            if zh
            else f"{len(changes)} difference{'s' * (len(changes) > 1)}"
        )


def _counts(changes: Iterable[Change], zh: bool) -> str:
    kinds = [c.change for c in changes]
    said = [
        (kinds.count(kind), names[zh])
        for kind, names in _CHANGES.items()
        if kind in kinds
    ]
    return (
        "，".join(f"{name}{n}" for n, name in said)
        if zh
        else ", ".join(f"{n} {name}" for n, name in said)
    )


def _rows(changes: Iterable[Change], zh: bool) -> Iterator[str]:
    """Label, old, new, difference and per cent, in columns."""
    rows = []
    for change in changes:
        label = _FIELDS.get(change.label, change.label) if zh else change.label
        rows.append(
            (
                cut(label, _LABEL),
                _shown(change.old, zh),
                "→",
                _shown(change.new, zh),
                _signed(change.difference),
                f"{_signed(change.percent)}%" if change.percent is not None else "",
            )
        )
    texts = any(c.kind == "metadata" for c in changes)
    return aligned(rows, right=() if texts else (1, 3, 4, 5))


def _shown(state: State | None, zh: bool) -> str:
    if state is None:
        return READINGS["absent"][zh]
    value = state.value
    if value is None:
        return READINGS[state.reading][zh]
    if isinstance(value, str):
        return cut(value, _TEXT)
    about = ("约" if zh else "about ") if state.approximate else ""
    return f"{about}{_number(value)}{state.unit or ''}"


def _number(value: Figure) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _signed(value: Figure | None) -> str:
    return "" if value is None else f"{'+' if value > 0 else ''}{_number(value)}"


def _texts(changes: Iterable[Change], zh: bool) -> Iterator[str]:
    for change in changes:
        label = (
            change.label or ("（引言）" if zh else "(preamble)")
            if change.key == "preamble"
            else change.label
        )
        note = "" if change.change == "changed" else f" ({_CHANGES[change.change][zh]})"
        yield f"  {cut(label, _WIDTH - 14)}{note}"
        before, after = (_own_lines(state) for state in (change.old, change.new))
        starts = _first_differences(before, after)
        for sign, lines, colour in (("-", before, "red"), ("+", after, "green")):
            for line in lines:
                at = max(0, starts.get(line, 0) - _CONTEXT)
                yield click.style(
                    f"    {sign} {'…' * (at > 0)}{cut(line[at:], _WIDTH - 7)}",
                    fg=colour,
                )


def _own_lines(state: State | None) -> list[str]:
    return (
        state.value.split("\n")
        if state and isinstance(state.value, str) and state.value
        else []
    )


def _first_differences(before: Iterable[str], after: Iterable[str]) -> dict[str, int]:
    """Where lines that begin the same way begin to differ: the beginning of a long line
    would not show it."""
    there = {line[:_BEGINNING]: line for line in after}
    starts: dict[str, int] = {}
    for line in before:
        if other := there.get(line[:_BEGINNING]):
            starts[line] = starts[other] = _agreement(line, other)
    return starts


def _agreement(a: str, b: str) -> int:
    """How many characters two lines begin with in common."""
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
        min(len(a), len(b)),
    )
