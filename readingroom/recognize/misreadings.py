"""What OCR makes of letters: signs of other scripts that look Latin, and words that are a letter or two off."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz.distance.Levenshtein import distance

_LOOK_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХЅІЈ",
    "ABEZHIKMNOPTYXABEKMHOPCTXSIJ",
)


def folded(words: str) -> str:
    """Return the words with Greek and Cyrillic capitals that look Latin made Latin; every offset stays."""
    return words if words.isascii() else words.translate(_LOOK_ALIKE)


def nearest(word: str, words: Iterable[str], most: int) -> str | None:
    """Return the one of `words` within `most` of Levenshtein's edits; None where none is, or two are as near."""
    found, least = None, most + 1
    for each in words:
        edits = distance(word, each, score_cutoff=most)
        if edits < least:
            found, least = each, edits
        elif edits == least:
            found = None
    return found


def is_near(word: str, words: Iterable[str], most: int) -> bool:
    """Return whether any of `words` is within `most` of Levenshtein's edits."""
    return any(distance(word, each, score_cutoff=most) <= most for each in words)


class Lexicon:
    """Words that are known also where OCR misread them: of many, those of about a word's length are held against it."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take in the words."""
        self.words = tuple(words)
        self._about: dict[tuple[int, int], tuple[str, ...]] = {}

    def nearest(self, word: str, most: int) -> str | None:
        """Return the one of the words within `most` of Levenshtein's edits; None where none is, or two are as near."""
        about = self._of_length(len(word), most)
        return nearest(word, about, most) if about else None

    def has(self, word: str, most: int) -> bool:
        """Return whether any of the words is within `most` of Levenshtein's edits."""
        return is_near(word, self._of_length(len(word), most), most)

    def _of_length(self, length: int, most: int) -> tuple[str, ...]:
        """Return the words that so many edits can make as long."""
        about = self._about.get((length, most))
        if about is None:
            about = tuple(word for word in self.words if abs(len(word) - length) <= most)
            self._about[length, most] = about
        return about
