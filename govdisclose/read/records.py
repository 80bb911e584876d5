r"""JSON: a list of records to a table, all else to lines of name and value.

>>> pieces('[{"指标": "规章", "本年": 3}, {"指标": "其他", "本年": null}]')
[[['指标', '本年'], ['规章', '3'], ['其他', '']]]
>>> pieces('{"标题": "年度报告", "正文": ["一、概述", "二、其他"]}')
['标题：年度报告', '正文', '一、概述', '二、其他']
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from govdisclose.errors import SourceError

Piece = str | list[list[str]]
_COLON: Final = "\N{FULLWIDTH COLON}"
_DEEPEST: Final = 64


def pieces(text: str) -> list[Piece] | None:
    """What is in it, in its order; None where it is no JSON. Raises `SourceError` where
    it nests too deep."""
    try:
        # Figures stay as they are written: 1.50 is not 1.5.
        value = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError:
        return None
    except RecursionError:
        raise SourceError("its values nest too deep (limit: depth)") from None
    return list(_told(value, 0))


def _told(value: Any, depth: int) -> Iterator[Piece]:
    if depth > _DEEPEST:
        raise SourceError(f"its values nest deeper than {_DEEPEST} (limit: depth)")
    if isinstance(value, dict):
        yield from _pairs(value, depth)
    elif not isinstance(value, list):
        yield _shown(value)
    elif value and all(_is_record(row) for row in value):
        yield _table(value)
    elif value and all(
        isinstance(row, list) and not any(map(_holds, row)) for row in value
    ):
        yield [[_shown(cell) for cell in row] for row in value]
    else:
        for part in value:
            yield from _told(part, depth + 1)


def _pairs(value: dict[str, Any], depth: int) -> Iterator[Piece]:
    for name, part in value.items():
        if _holds(part):
            yield name
            yield from _told(part, depth + 1)
        else:
            yield f"{name}{_COLON}{_shown(part)}"


def _holds(value: Any) -> bool:
    return isinstance(value, dict | list)


def _is_record(row: Any) -> bool:
    return isinstance(row, dict) and not any(map(_holds, row.values()))


def _table(rows: list[dict[str, Any]]) -> list[list[str]]:
    """Records under the names of all, in the order in which they first come."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([_shown(row.get(name)) for name in names] for row in rows)]


def _shown(value: Any) -> str:
    """A value as it is written; what is null is blank."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
