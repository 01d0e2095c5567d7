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
    if len(set(digests)) < len(digests):
        raise ValueError("two things to be named have the same digest")
    names = _written(digests, least)
    found = [name[:least] for name in names]
    size = least
    while len(set(found)) < len(found):
        size += 1
        names = names if size <= len(names[0]) else _written(digests, size)
        times = Counter(found)
        found = [short if times[short] == 1 else name[:size] for short, name in zip(found, names, strict=True)]
    return found


def _written(digests: Sequence[bytes], least: int) -> list[str]:
    """The beginning of each digest, `least` signs or more; as five bytes are eight signs, all are written at once."""
    fives = -(-least // 8)
    cut = b"".join(digest[: 5 * fives].ljust(5 * fives, b"\0") for digest in digests)
    signs = b32hexencode(cut).decode().lower()
    return [signs[start : start + 8 * fives] for start in range(0, len(signs), 8 * fives)]
