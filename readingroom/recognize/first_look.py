r"""Whether a line matches any of many patterns, asked once: most lines match none, which is seen at little cost.

Least costs one look for a few words in all lines at once. Dear is a pattern whose words may stand a little way into the
line, as `.{0,60}\bCITE \d+`, for it is tried at every place: it is asked only of a line in which its own words are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import accumulate

from readingroom.recognize.misreadings import folded

Sign = str | re.Pattern[str]
"""Words in capitals, or a pattern for lines in capitals; a newline stands before and after each line."""
FIGURE = re.compile(r"\d[^\n]*+")
"""The sign that several recognizers look for, and that is found but once."""

_INTO_THE_LINE = re.compile(
    r"\.\{0,\d+\}\??(?:\\b)?(?:\(\?:(?P<several>[A-Za-z ]+(?:\|[A-Za-z ]+)*)\)|(?P<one>[A-Za-z ]))(?![?*{])(?P<rest>.*)"
)


class Capitals:
    """Lines in capitals, look-alike letters made Latin: to see at once which of them can matter."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        """Take in the lines, each with its number."""
        numbered = list(lines)
        ended = [folded(words).upper() + "\n" for _, words in numbered]
        self._words = "\n" + "".join(ended)
        self._starts = list(accumulate(map(len, ended), initial=0))
        self.numbers = [number for number, _ in numbered]

    def say(self, words: Iterable[str]) -> bool:
        """Return whether any of these words stands in a line."""
        return any(each in self._words for each in words)

    def numbers_with(self, signs: Iterable[Sign]) -> set[int]:
        """Return the numbers of the lines that have any of these signs."""
        places: list[int] = []
        for sign in signs:
            if sign is FIGURE:
                places += self._figures
            elif isinstance(sign, re.Pattern):
                places += map(re.Match.start, sign.finditer(self._words))
            else:
                at = self._words.find(sign)
                while at >= 0:
                    places.append(at)
                    at = self._words.find(sign, at + 1)
        return {self.numbers[bisect_right(self._starts, at) - 1] for at in places}

    @cached_property
    def _figures(self) -> list[int]:
        return [match.start() for match in FIGURE.finditer(self._words)]


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
