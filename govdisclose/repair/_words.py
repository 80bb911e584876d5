"""The words that repairs go by; `words.toml` has them with their examples."""

from __future__ import annotations

from typing import Final

from govdisclose._lexicon.words import Patterns

WORDS: Final = Patterns("govdisclose.repair", "words.toml")
