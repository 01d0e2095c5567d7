"""What OCR makes of letters: signs of other scripts that look Latin, and words that are a letter or two off."""

from __future__ import annotations

from collections.abc import Iterable

_LOOK_ALIKE = str.maketrans(
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТХЅІЈ",
    "ABEZHIKMNOPTYXABEKMHOPCTXSIJ",
)


def folded(words: str) -> str:
    """Return the words with Greek and Cyrillic capitals that look Latin made Latin; every offset stays."""
    return words.translate(_LOOK_ALIKE)


def distance(a: str, b: str) -> int:
    """Return Levenshtein's edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last = row
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y)))
    return row[-1]


def nearest(word: str, words: Iterable[str], most: int) -> str | None:
    """Return the one of `words` within `most` edits of `word`; None where none is, or where two are as near."""
    near = sorted((distance(word, other), other) for other in words if _may_be_near(word, other, most))
    if not near or near[0][0] > most or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return near[0][1]


def _may_be_near(a: str, b: str, most: int) -> bool:
    """Return whether length and letters leave it possible: an edit adds or takes one letter at most of each."""
    return abs(len(a) - len(b)) <= most and len(set(a) - set(b)) <= most and len(set(b) - set(a)) <= most
