"""Files that a report names as attached to it, by link or in its text.

Guarantees:

1. Each is named once, in the order of the text.
2. The address of a page in the text is no attachment; a caption 附件 above a table of the text is
   none, either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdisclose._prose.words import WORDS
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Attachment, Table
from govdisclose.text import Span, Text

_ENDING: Final = re.compile(
    r"\.(docx?|wps|xlsx?|et|pdf|ofd|rtf|zip|rar|7z|ceb)(?![0-9A-Za-z.])", re.IGNORECASE
)
_NO_NAME: Final = re.compile(
    r"[\n|:<>/\\《》。;\t]"
)  # what stands in no name of a file
_NAME_MOST: Final = 100


def read_attachments(
    text: Text, tables: Sequence[Table]
) -> tuple[list[Attachment], list[Diagnostic]]:
    """The attachments, and what to say where the report has no table but names a file that may have
    it.
    """
    found = sorted(_attachments(text, bool(tables)), key=lambda a: a.span)
    kept: list[Attachment] = []
    for attachment in found:
        if not kept or attachment.span.start >= kept[-1].span.end:
            kept.append(attachment)
        elif kept[-1].target is None and attachment.target is not None:
            kept[-1] = attachment  # the link knows more than the text
    return kept, [] if tables else list(_elsewhere(text, kept))


def _attachments(text: Text, has_tables: bool) -> Iterator[Attachment]:
    yield from _linked(text)
    yield from _with_endings(text)
    if not has_tables:
        yield from _announced(text)


def _linked(text: Text) -> Iterator[Attachment]:
    """Files that the page links to."""
    for start, end, target in text.source.links:
        raw = text.source.text[start:end]
        prefix = WORDS["attachment_prefix"].match(
            raw.replace("\N{FULLWIDTH COLON}", ":")
        )
        name = raw[prefix.end() :] if prefix and prefix.end() < len(raw) else raw
        ending = _ENDING.search(name) or _ENDING.search(target)
        kind = ending[1].lower() if ending else None
        shown = " ".join(name.split())
        yield Attachment(shown, kind, target, raw, Span(start, end), text.source)


def _with_endings(text: Text) -> Iterator[Attachment]:
    """Names that end as those of files do, and are no addresses."""
    shadow, done = text.shadow, 0
    for ending in _ENDING.finditer(shadow):
        near = shadow[max(done, ending.start() - _NAME_MOST) : ending.start()]
        name = _NO_NAME.split(near)[-1]
        done = ending.end()
        start = ending.start() - len(name)
        address = (
            shadow[start - 1 : start] in ("/", "\\") or "www." in name or "@" in name
        )
        if name.strip() and not address:
            yield _named(text, start, ending.end(), ending[1].lower())


def _announced(text: Text) -> Iterator[Attachment]:
    """附件：情况统计表, where what is announced does not stand in the text itself, under its name."""
    if "附" not in text.shadow:
        return
    lines = {line.strip() for line in text.shadow.split("\n")}
    for announced in WORDS["attachment_announced"].finditer(text.shadow):
        name = announced["name"]
        if name.strip() not in lines and not _ENDING.search(name):
            yield _named(text, *announced.span("name"), None)


def _named(text: Text, start: int, end: int, ending: str | None) -> Attachment:
    """An attachment by the place of its name, less what stands before the name."""
    if (
        prefix := WORDS["attachment_prefix"].match(text.shadow, start, end)
    ) and prefix.end() < end:
        start = prefix.end()
    span = text.span(start, end)
    return Attachment(
        " ".join(text.string[start:end].split()),
        ending,
        None,
        text.source.slice(span),
        span,
        text.source,
    )


def _elsewhere(text: Text, attachments: Sequence[Attachment]) -> Iterator[Diagnostic]:
    if attachments:
        names = ", ".join(a.name[:60] for a in attachments[:3])
        yield diagnose("table-in-attachment", names, attachments[0].span, text.source)
    elif mention := WORDS["attachment_mentioned"].search(text.shadow):
        span = text.span(*mention.span())
        yield diagnose(
            "table-in-attachment", text.source.slice(span), span, text.source
        )
