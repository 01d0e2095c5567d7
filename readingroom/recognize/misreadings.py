"""What OCR makes of letters: signs of other scripts that look Latin, and words that are a letter or two off."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

_LOOK_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХЅІЈ",
    "ABEZHIKMNOPTYXABEKMHOPCTXSIJ",
)


def folded(words: str) -> str:
    """Return the words with Greek and Cyrillic capitals that look Latin made Latin; every offset stays."""
    return words if words.isascii() else words.translate(_LOOK_ALIKE)


def nearest(word: str, words: Sequence[str], most: int) -> str | None:
    """Return the one of `words` within `most` of Levenshtein's edits; None where none is, or two are as near."""
    near = process.extract(word, words, scorer=Levenshtein.distance, score_cutoff=most, limit=2)
    if not near or (len(near) > 1 and near[1][1] == near[0][1]):
        return None
    return near[0][0]


def is_near(word: str, words: Sequence[str], most: int) -> bool:
    """Return whether any of `words` is within `most` of Levenshtein's edits."""
    return process.extractOne(word, words, scorer=Levenshtein.distance, score_cutoff=most) is not None
