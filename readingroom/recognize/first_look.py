r"""Whether a line matches any of many patterns, asked once: most lines match none, which is seen at little cost.

Least costs one look for a few words in all lines at once. Dear is a pattern whose words may stand a little way into the
line, as `.{0,60}\bCITE \d+`, for it is tried at every place: it is asked only of a line in which its own words are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
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

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        """Take in the lines, each with its number."""
        ended = [folded(words).upper() + "\n" for _, words in lines]
        self._words = "\n" + "".join(ended)
        self._starts = list(accumulate(map(len, ended), initial=0))
        self.numbers = [number for number, _ in lines]

    def say(self, words: Iterable[str]) -> bool:
        """Return whether any of these words stands in a line."""
        return any(each in self._words for each in words)

    def numbers_with(self, signs: Iterable[Sign]) -> set[int]:
        """Return the numbers of the lines that have any of these signs."""
        numbers: set[int] = set()
        for sign in signs:
            if isinstance(sign, str):
                at = self._words.find(sign)
                while at >= 0:
                    numbers.add(self._number_at(at))
                    at = self._words.find(sign, at + 1)
            elif sign is FIGURE:
                numbers |= self._with_figures
            else:
                numbers |= self._matched(sign)
        return numbers

    @cached_property
    def _with_figures(self) -> set[int]:
        return self._matched(FIGURE)

    def _matched(self, sign: re.Pattern[str]) -> set[int]:
        return {self._number_at(match.start()) for match in sign.finditer(self._words)}

    def _number_at(self, at: int) -> int:
        return self.numbers[bisect_right(self._starts, at) - 1]


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
