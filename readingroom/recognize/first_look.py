r"""Whether a line matches any of many patterns, asked once: most lines match none, which is seen at little cost.

Dear is a pattern whose words may stand a little way into the line, as `.{0,60}\bCITE \d+`, for it is tried at every
place. It is asked only of a line in which its own words are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_INTO_THE_LINE = re.compile(
    r"\.\{0,\d+\}\??(?:\\b)?(?:\(\?:(?P<several>[A-Za-z ]+(?:\|[A-Za-z ]+)*)\)|(?P<one>[A-Za-z ]))(?![?*{])(?P<rest>.*)"
)


class AnyOf:
    """Several patterns as one, each matched at the start of a line."""

    def __init__(self, patterns: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> None:
        """Take in the patterns."""
        every = [(pattern, _own_words(pattern)) for pattern in patterns]
        self._at_once = _joined((pattern for pattern, words in every if not words), flags).match
        self._words = _joined((word for _, words in every for word in words), flags).search
        self._into_the_line = _joined((pattern for pattern, words in every if words), flags).match

    def match(self, line: str) -> bool:
        """Return whether the start of a line matches one of the patterns."""
        if self._words(line) and self._into_the_line(line):
            return True
        return self._at_once(line) is not None


def _own_words(pattern: str) -> list[str]:
    """Return what a pattern finds a little way into the line, each of its first words by itself; nothing of others."""
    found = _INTO_THE_LINE.match(pattern)
    return [f"{word}{found['rest']}" for word in (found["several"] or found["one"]).split("|")] if found else []


def _joined(patterns: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)", flags)
