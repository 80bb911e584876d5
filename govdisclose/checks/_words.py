"""The words of `words.toml`."""

from typing import Final

from govdisclose._lexicon.words import Patterns

WORDS: Final = Patterns("govdisclose.checks", "words.toml")
"""By their names there."""
