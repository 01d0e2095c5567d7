"""Short names that are a function of what they name, as long as they tell it from its neighbors."""

from __future__ import annotations

from base64 import b32hexencode
from collections import Counter
from collections.abc import Sequence

NAME = 6
"""So many signs that a changed content has another name, as good as always."""


def shortest(digests: Sequence[bytes], least: int) -> list[str]:
    """Return a name for each of some digests, all different: the beginning of the digest in letters and digits.

    It has `least` signs, or more where two would be called the same. Equal digests have no names: ValueError.
    """
    names = [b32hexencode(digest).decode().rstrip("=").lower() for digest in digests]
    if len(set(names)) < len(names):
        raise ValueError("two things to be named have the same digest")
    found = [name[:least] for name in names]
    size = least
    while len(set(found)) < len(found):
        size += 1
        times = Counter(found)
        found = [short if times[short] == 1 else name[:size] for short, name in zip(found, names, strict=True)]
    return found
