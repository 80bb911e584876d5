"""Names of WordprocessingML, and how its attributes are read: a value that makes no
sense counts as not there."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from xml.etree.ElementTree import Element

NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL: Final = f"{NAMESPACE}val"
_INTEGER: Final = re.compile(r"\s{0,4}([-+]?\d{1,9})(?:\.0{1,9})?\s{0,4}", re.ASCII)


@cache
def w(name: str) -> str:
    """The name as ElementTree has it.

    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return NAMESPACE + name


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, given as ElementTree has it."""
    return None if element is None else element.find(name)


def text_of(element: Element | None, attribute: str = _VAL) -> str | None:
    """An attribute, most often w:val; None where the element or the attribute is not there."""
    value = None if element is None else element.get(attribute)
    return None if value is None else str(value)


def integer(value: str | None) -> int | None:
    """A whole number of up to nine digits, or None.

    >>> integer("12"), integer("-3"), integer("x"), integer("9" * 5000), integer(None)
    (12, -3, None, None, None)
    """
    found = _INTEGER.fullmatch(value) if value else None
    return int(found.group(1)) if found else None


def is_on(element: Element | None) -> bool | None:
    """A switch such as w:vanish: True, False, or None where it is not set."""
    if element is None:
        return None
    return text_of(element) not in ("0", "false", "off")
