"""Word files: `.docx`, and its siblings `.docm`, `.dotx` and `.dotm`.

What stands on the page is read, in the order of the file, as it is with all changes
accepted. Left out: what is hidden or deleted, headers and footers, comments, the
instructions of fields. Footnotes come last. Text boxes come behind the paragraph or the
table that they hang on.

Read with `xml.etree` and not with python-docx, whose objects show neither content controls nor
changes nor text boxes, and which unpacks every picture and gives up on a link to a part that is not
there; docs/why.md has the figures.

Guarantees:

1. Whatever the bytes, the outcome is a `Source` or a `SourceError`, in time and memory
bounded by `Limits`. 2. Every table of the file is a table of the source, or stands in
it line by line; what was not read has a notice."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.errors import SourceError
from govdisclose.read.dialect import Writer
from govdisclose.read.limits import Limits
from govdisclose.read.word.blocks import write
from govdisclose.read.word.names import NAMESPACE, integer, w
from govdisclose.read.word.numbering import Numbering
from govdisclose.read.word.package import Package
from govdisclose.read.word.state import Story
from govdisclose.read.word.story import read_story
from govdisclose.read.word.styles import Styles
from govdisclose.text import Source

_MAIN: Final = "word/document.xml"
_NOTES: Final = (("footnote", "footnotes", "脚注"), ("endnote", "endnotes", "尾注"))


def read_word(data: bytes, name: str | None, limits: Limits) -> Source:
    """The text of a Word file in the plain dialect, with a mark on each cell of its tables.

    Raises `SourceError` for what is not a Word file, is damaged or goes over a limit.
    """
    package = Package(data, limits)
    mains = package.related("").get("officeDocument", [])
    if len(set(mains)) > 1 or package.is_double(mains[0] if mains else _MAIN):
        raise SourceError(
            "the file has two texts, and programs differ in which they show; save it again from Word"
        )
    main = mains[0] if mains else _MAIN
    root = package.tree(main)
    body = root.find(w("body"))
    if root.tag != w("document") or body is None:
        raise SourceError(
            f"the part {main} is no text of Word (its root is {_shown(root.tag)})"
        )
    related = package.related(main)

    def part(kind: str) -> Element | None:
        found = next(
            (target for target in related.get(kind, ()) if target in package), None
        )
        return None if found is None else package.tree(found)

    styles = Styles(part("styles"))
    story = Story(styles, Numbering(part("numbering"), styles), limits)
    writer = Writer(limits)
    write(read_story(body, story), writer)
    for kind, plural, word in _NOTES:
        _write_notes(
            part(plural) if story.notes[kind] else None, kind, word, story, writer
        )
    return writer.source(name)


def _write_notes(
    root: Element | None, kind: str, word: str, story: Story, writer: Writer
) -> None:
    """The notes that the text refers to, in that order, each with its number."""
    if root is None:
        return
    notes = {integer(note.get(w("id"))): note for note in root.iterfind(w(kind))}
    for i, note_id in enumerate(list(story.notes[kind]), 1):
        note = notes.get(note_id)
        if note is not None:
            flow = read_story(note, story)
            if flow and isinstance(flow[0], str):
                flow[0] = f"{word}{i}：{flow[0].lstrip()}"
            write(flow, writer)


def _shown(tag: object) -> str:
    return str(tag).replace(NAMESPACE, "w:")[:80]
