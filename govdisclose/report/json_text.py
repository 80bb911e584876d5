"""JSON that can always be written as UTF-8."""

from __future__ import annotations

import json
from typing import Any


def as_json(value: Any, indent: int | None = None) -> str:
    r"""`value` as JSON with Chinese as it is; in ASCII, with escapes, where it holds half a
    character.

    >>> as_json(["年报"]), as_json(["\ud800"])
    ('["年报"]', '["\\ud800"]')
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent)
    return text
