"""What a value is called in an address: `AMEMBASSY LA PAZ` is `amembassy-la-paz`, however its marks and case vary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

_LONGEST = 80
"""Bytes of a name that stay readable; a folder's name may have 255 in all."""
_BETWEEN = re.compile(r"[\W_]+")


@lru_cache(maxsize=65536)
def segment(words: str) -> str:
    """Return one segment of an address: letters and digits without accents and case, hyphens between them.

    Values with one segment are one value: they differ in case, accents and punctuation only. A segment has no point,
    and never is empty; one that would be too long ends in a digest of the words.
    """
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    bare = "".join(c for c in lower if not unicodedata.combining(c))
    name = _BETWEEN.sub("-", bare).strip("-")
    if not name:
        return f"sign-{_digest(bare)}"
    if len(name.encode()) > _LONGEST:
        return f"{name.encode()[: _LONGEST - 9].decode(errors='ignore').rstrip('-')}-{_digest(name)}"
    return name


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:8]
