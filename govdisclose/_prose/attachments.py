"""Files that a report names as attached to it, by link or in its text.

Guarantees:

1. Each is named once, in the order of the text.
2. The address of a page in the text is no attachment; a caption 附件 above a table of the text is none, either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Attachment, Table
from govdisclose.text import Span, Text

_ENDING: Final = re.compile(r"\.(docx?|wps|xlsx?|et|pdf|ofd|rtf|zip|rar|7z|ceb)(?![0-9A-Za-z.])", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"[\n|:<>/\\《》。;\t]")  # what stands in no name of a file
_NAME_MOST: Final = 100
_NUMBER: Final = r"[一二三四五六七八九十0-9]{0,2}"
_PREFIX: Final = re.compile(
    rf"[\s(【\[]{{0,9}}(?:附[件表]?{_NUMBER}[\s:.、)】\]]{{1,9}})?(?:[0-9]{{1,2}}[.、]\s{{0,3}}(?![0-9]))?"
)
_ANNOUNCED: Final = re.compile(
    rf"^[ (【\[]{{0,9}}附[件表]?[ ]{{0,3}}{_NUMBER}[ ]{{0,3}}:[ ]{{0,9}}(?P<name>[^\s|。;][^\n|。;]{{1,99}})$",
    re.MULTILINE,
)
_MENTIONED: Final = re.compile(r"(?:见|参见|详见|附后的?)\s{0,3}附[件表]")


def read_attachments(text: Text, tables: Sequence[Table]) -> tuple[list[Attachment], list[Diagnostic]]:
    """The attachments, and what to say where the report has no table but names a file that may have it."""
    found = sorted(_attachments(text, bool(tables)), key=lambda a: a.span)
    kept: list[Attachment] = []
    for attachment in found:
        if not kept or attachment.span.start >= kept[-1].span.end:
            kept.append(attachment)
        elif kept[-1].target is None and attachment.target is not None:
            kept[-1] = attachment  # the link knows more than the text
    return kept, [] if tables else list(_elsewhere(text, kept))


def _attachments(text: Text, has_tables: bool) -> Iterator[Attachment]:
    shadow = text.shadow
    for start, end, target in text.source.links:
        raw = text.source.text[start:end]
        prefix = _PREFIX.match(raw.replace("\N{FULLWIDTH COLON}", ":"))
        name = raw[prefix.end() :] if prefix and prefix.end() < len(raw) else raw
        ending = _ENDING.search(name) or _ENDING.search(target)
        yield Attachment(
            " ".join(name.split()),
            ending and ending[1].lower(),
            target,
            raw,
            Span(start, end),
            text.source,
        )
    done = 0
    for ending in _ENDING.finditer(shadow):
        name = _NO_NAME.split(shadow[max(done, ending.start() - _NAME_MOST) : ending.start()])[-1]
        done = ending.end()
        start = ending.start() - len(name)
        if name.strip() and shadow[start - 1 : start] not in ("/", "\\") and "www." not in name and "@" not in name:
            yield _named(text, start, ending.end(), ending[1].lower())
    if not has_tables and "附" in shadow:
        for announced in _ANNOUNCED.finditer(shadow):
            if not _ENDING.search(announced["name"]):
                yield _named(text, *announced.span("name"), None)


def _named(text: Text, start: int, end: int, ending: str | None) -> Attachment:
    """An attachment by the place of its name, less what stands before the name."""
    if (prefix := _PREFIX.match(text.shadow, start, end)) and prefix.end() < end:
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
    elif mention := _MENTIONED.search(text.shadow):
        span = text.span(*mention.span())
        yield diagnose("table-in-attachment", text.source.slice(span), span, text.source)
