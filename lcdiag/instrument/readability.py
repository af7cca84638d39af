"""How easily the sentences read: syllables, Flesch-Douma, and the time to read them aloud."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SYLLABLE = re.compile(
    r"aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyéèäëïöü]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")


def syllables(word: str) -> int:
    """Return the syllables of a Dutch word, counted by rule."""
    return max(1, len(_SYLLABLE.findall(word)))


def flesch_douma(sentences: Sequence[str]) -> float:
    """206.84 - 0.93 x words a sentence - 77 x syllables a word (Douma, 1960)."""
    words = [word for one in sentences for word in _WORD.findall(one)]
    count = sum(syllables(word) for word in words)
    return 206.84 - 0.93 * len(words) / len(sentences) - 77 * count / len(words)
