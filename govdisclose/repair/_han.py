"""What is a Chinese character."""

from __future__ import annotations

from typing import Final

HAN: Final = "〇㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for a class of a pattern."""


def is_han(char: str) -> bool:
    """Whether `char` is in `HAN`; as a pattern that would take 4 ms to compile at import.

    >>> is_han("公"), is_han("〇"), is_han("O"), is_han("")
    (True, True, False, False)
    """
    return (
        "一" <= char <= "鿿"
        or "㐀" <= char <= "䶿"
        or "\uf900" <= char <= "\ufaff"
        or "\U00020000" <= char <= "\U0003ffff"
        or char == "〇"
    )
