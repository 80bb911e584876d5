"""Pictures of a page that may show a table, which nobody reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element


_LEAST: Final = (300, 80)  # pixels: smaller ones are icons, seals, portraits
_LENGTH: Final = re.compile(
    r"(?:^|;)\s{0,9}(width|height)\s{0,9}:\s{0,9}([0-9]{1,5})", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"\s{0,9}([0-9]{1,5})")


def picture_size(image: _Element) -> str:
    """How large it is, such as `680 by 420`; empty where it is small, or the page does not say."""
    styled = dict(_LENGTH.findall((image.get("style") or "").lower()))
    width, height = (
        _pixels(image.get(side) or styled.get(side)) for side in ("width", "height")
    )
    return f"{width} by {height}" if width >= _LEAST[0] and height >= _LEAST[1] else ""


def _pixels(value: str | None) -> int:
    found = _NUMBER.match(value or "")
    return int(found[1]) if found else 0
