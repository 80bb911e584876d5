"""A notice that sends a report, on the same page before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from govdisclose._lines.line import PROSE, TABLE, Line
from govdisclose._metadata.page import LONG, WORDS

_NOTICE_LINES: Final = 40
_NOTICE_MOST: Final = 200  # lines of a notice before the report that it sends


def release_notice(
    shadow: str, lines: Sequence[Line]
) -> tuple[int | None, Sequence[Line]]:
    """Where the title of a notice stands that sends a report, if one does, and all lines.

    What a notice says heads no parts: the report starts at the title behind it, so the numbered
    paragraphs of the notice become prose.
    """
    notice = None
    for i, line in enumerate(lines[: _NOTICE_LINES + _NOTICE_MOST]):
        if notice is None and i >= _NOTICE_LINES:
            break
        kind = _title_kind(shadow, line)
        if kind == "notice":
            notice = i if notice is None else notice
        elif kind == "report" and notice is None:
            break  # the report's own title comes first
        elif kind == "report" and notice is not None and line.type == PROSE:
            said = (
                x.as_type(PROSE) if x.is_heading else x for x in lines[notice + 1 : i]
            )
            return notice, [*lines[: notice + 1], *said, *lines[i:]]
    return None, lines


def _title_kind(shadow: str, line: Line) -> str:
    """Whether a line is the title of a notice, of a report, or none."""
    if line.type == TABLE or line.end - line.start > 2 * LONG:
        return ""
    if shadow.find("公开", line.start, line.end) < 0:
        return ""
    m = WORDS["title"].fullmatch(shadow, line.start, line.end)
    if m is None:
        return ""
    return "notice" if WORDS["notice"].search(shadow, *m.span("shown")) else "report"
