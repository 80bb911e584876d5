"""The line of a page that is put together: its pieces, and the links in it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from govdisclose.read.html.clean import clean
from govdisclose.text import Link

_FILE: Final = re.compile(
    r"\.(?:docx?|wps|pdf|xlsx?|et|ofd|rtf|zip|rar|7z|ceb)(?:$|[?#\s)）])", re.IGNORECASE
)
_ATTACHED: Final = "附件"
_LINES_OF_LINK: Final = 3


class Taken(NamedTuple):
    """A whole line: its text, the links that lead to files, how many characters of it
    are in links."""

    text: str
    links: tuple[Link, ...]
    linked: int


class OpenLine:
    """Pieces of text until the line ends. `parts` may be added to."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._links: list[
            tuple[int, int, str]
        ] = []  # first part, part after the last, target
        self._link: tuple[int, str] | None = None  # the link that is open
        self._linked = 0  # lines that it has gone through

    def open_link(self, target: str) -> None:
        """Begin a link, which ends the one before."""
        self.close_link()
        led = bool(target) and not target.startswith("#")
        self._link = (len(self.parts), target) if led else None
        self._linked = 0

    def close_link(self) -> None:
        """End the link that is open, if one is."""
        if self._link is not None:
            first, target = self._link
            self._links.append((first, len(self.parts), target))
            self._link = None

    def take(self) -> Taken | None:
        """End the line; None where it has no text."""
        if not self.parts:
            return None
        text = clean("".join(self.parts))
        parts: list[str] = []  # is only asked for where there are links
        links: list[tuple[int, int, str]] = []
        if self._links or self._link:
            parts = list(self.parts)
            links = self._within(len(parts))
        self.parts.clear()
        return _taken(text, parts, links) if text else None

    def _within(self, parts: int) -> list[tuple[int, int, str]]:
        """The links of a line of so many parts; one that is still open goes on in the
        next, but not for ever."""
        still_open = self._link
        if still_open is not None:
            self._links.append((still_open[0], parts, still_open[1]))
            self._linked += 1
            self._link = (0, still_open[1]) if self._linked < _LINES_OF_LINK else None
        links, self._links = self._links, []
        return links


def _taken(text: str, parts: list[str], links: list[tuple[int, int, str]]) -> Taken:
    found: list[Link] = []
    at = linked = 0
    for first, last, target in links:
        shown = clean("".join(parts[first:last]))
        linked += len(shown)
        if shown and at >= 0 and _leads_to_a_file(shown, target):
            at = text.find(shown, at)
            if (
                at >= 0
            ):  # if not, the places of those after it are not looked for, either
                found.append(Link(at, at + len(shown), target))
    return Taken(text, tuple(found), linked)


def _leads_to_a_file(shown: str, target: str) -> bool:
    return bool(_FILE.search(target) or _FILE.search(shown)) or shown.startswith(
        _ATTACHED
    )
