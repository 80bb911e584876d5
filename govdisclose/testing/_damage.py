"""What happens to reports on their way: kinds of damage, each of which says what a reader can still find."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from govdisclose.testing._report import Draft


def _draft_as_it_is(draft: Draft, _: random.Random) -> Draft:
    return draft


def _text_as_it_is(text: str, _: random.Random) -> str:
    return text


@frozen
class Damage:
    """One kind of damage: to the draft, which keeps the account of what can be found, or to the text, or to both.

    A damage to a text leaves every figure readable; one that takes figures away works on the draft.
    """

    name: str
    meaning: str
    on_draft: Callable[[Draft, random.Random], Draft] = _draft_as_it_is
    on_text: Callable[[str, random.Random], str] = _text_as_it_is


DAMAGES: Final[Mapping[str, Damage]] = MappingProxyType({})
