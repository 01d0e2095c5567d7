"""The immutable text of a seed: its characters, its lines, and ranges over them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters (Unicode code points) of a seed's text."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Return the number of characters covered."""
        return self.end - self.start

    def __bool__(self) -> bool:
        """Return whether any character is covered."""
        return self.start < self.end

    def holds(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def to(self, other: Span) -> Span:
        """Return the range from the start of this one to the end of `other`."""
        return Span(self.start, other.end)


class Disjoint:
    """Ranges of which no two share a character: who comes first keeps the place."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Take in `spans`, in their order."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in spans:
            self.take(span)

    def take(self, span: Span) -> bool:
        """Take `span` in and return True; return False, changing nothing, where one shares a character with it."""
        if not self._ends or self._ends[-1] <= span.start:  # in order, as most come
            self._starts.append(span.start)
            self._ends.append(span.end)
            return True
        if self.touches(span):
            return False
        insort(self._starts, span.start)
        insort(self._ends, span.end)
        return True

    def touches(self, span: Span) -> bool:
        """Return whether one of the ranges shares a character with `span`."""
        at = bisect_right(self._starts, span.start)
        return (at > 0 and self._ends[at - 1] > span.start) or (at < len(self._starts) and self._starts[at] < span.end)


class Line(NamedTuple):
    """One line of a seed, without its terminator; numbered from 1, as `#L1` on the page."""

    number: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return the range of the line's characters."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Text:
    """A seed's characters and lines. Lines end at LF, CRLF or CR and at nothing else (design, "Seeds, lines, ids").

    The characters are all there is: the lines are found in them when first asked for, and are not sent along.
    """

    content: str

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines; a terminator at the very end of the text begins no further one."""
        return tuple(map(Line, range(1, len(self.starts) + 1), self.starts, self.ends))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each line starts."""
        return tuple(accumulate(map(len, self._ended), initial=0))[:-1]

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """Where each line ends, before its terminator."""
        return tuple([start + len(line.rstrip("\r\n")) for start, line in zip(self.starts, self._ended, strict=True)])

    @cached_property
    def _ended(self) -> list[str]:
        """The lines with their terminators."""
        return list(StringIO(self.content, newline=""))

    def __reduce__(self) -> tuple[type[Text], tuple[str]]:
        """Return what makes the same text again."""
        return Text, (self.content,)

    def __getitem__(self, span: Span) -> str:
        """Return the characters of `span`."""
        return self.content[span.start : span.end]

    def line_at(self, offset: int) -> Line:
        """Return the line that holds the character at `offset`, its terminator counted to it."""
        return self.lines[self.number_at(offset) - 1]

    def number_at(self, offset: int) -> int:
        """Return the number of that line, for which no other has to be found."""
        return max(1, bisect_right(self.starts, offset))

    def words(self, span: Span) -> str:
        """Return the characters of `span` with every run of white space made one space."""
        return " ".join(self[span].split())
