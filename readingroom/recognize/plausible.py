"""Whether words can be what a head says: who, to whom, on what. One judgment for all recognizers' readings.

Damaged paper gives words where a name should stand: a neighboring label, a filing instruction, a line of the text, or
debris. What cannot be a value is none; what may be one, but is garbled, is not exact (domain, section 9).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from unicodedata import name

from readingroom.data import table
from readingroom.model.labels import Value
from readingroom.recognize.dates import dates_in
from readingroom.recognize.misreadings import folded
from readingroom.recognize.printed_words import begins_with_label, printed

NAMES = frozenset({"from", "to", "info"})
JUDGED = NAMES | {"subject"}
"""The keys whose readings are judged."""

_OF_SENTENCES = frozenset(table("printed_words")["of_sentences"])
_ODD = re.compile(
    r"[|*=~^\\¥©®•§]|\?[\w,.;]|^[^\w&#(-]+$"  # signs of no typewriter, or alone
    r"|\d[.,]\d+[.,]|\d[.,][A-Za-z]|[A-Za-z][.,]\d|^[a-z]+\d|^\d+[a-z]{3,}"  # figures and letters run together
)
"""What no typist puts into a word of a head."""
_SERIAL = re.compile(r"\b[A-Z]{3,5}-\d{4,}")
"""A dispatch's symbol and number."""
_READABLE = re.compile(r"[A-Za-zÀ-ɏ]{2}")
_PAIRS = (("(", ")"), ("[", "]"))


class Verdict(Enum):
    """What words are for a field."""

    SOUND = "sound"
    GARBLED = "garbled"
    """words and debris: a value, but not as it was written"""
    NONE = "none"
    """no such value"""


@lru_cache(maxsize=1 << 10)  # a reading is judged for the file, for its paper, and for what is said of it
def judged(key: str, value: Value) -> tuple[Verdict, str]:
    """Return the verdict on a reading, with the reason in words; empty for what is sound. Other keys are not judged."""
    words = value if isinstance(value, str) else " ".join(value)
    if key not in JUDGED:
        return Verdict.SOUND, ""
    if reason := _refused(key, words):
        return Verdict.NONE, reason
    return (Verdict.GARBLED, "the words are garbled") if _garbled(words) else (Verdict.SOUND, "")


def _refused(key: str, words: str) -> str:
    if printed(words) or (key in NAMES and begins_with_label(words)):
        return "where it should stand are words that the form prints"
    if any(date.end - date.start >= len(words.strip(" .")) for date in dates_in(words)):
        return "where it should stand is a date"
    if key in NAMES and _SERIAL.search(words):
        return "where a name should stand is the number of a paper"
    if key in NAMES and _OF_SENTENCES & set(re.findall(r"[a-z]+", words.lower())):
        return "where a name should stand is a sentence"
    if not _READABLE.search(folded(words)):
        return "where it should stand are no words that can be read"
    return ""


def _garbled(words: str) -> bool:
    odd, count = _odd(words)
    return odd > 1 or count < 4 * odd


def _odd(words: str) -> tuple[int, int]:
    """Return how many of the words no typist wrote so, a bracket left open being one more; and how many there are."""
    every = folded(words).split()
    unclosed = sum(abs(words.count(left) - words.count(right)) for left, right in _PAIRS)
    return sum(bool(_ODD.search(word)) or not _latin(word) for word in every) + unclosed, len(every)


def _latin(word: str) -> bool:
    return word.isascii() or all("LATIN" in name(char, "") for char in word if char.isalpha())
