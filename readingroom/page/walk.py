"""The walk: a document's text once from its first character to its last, cut wherever a label, mark or link changes.

Everything a reader sees of a document comes from here, so nothing of a seed can be lost and nothing invented: the words
of the strokes, put together, are the seed's lines.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from readingroom.model.document import Document
from readingroom.model.labels import Label, Mark
from readingroom.model.text import Line, Span


@dataclass(frozen=True, slots=True)
class Link:
    """These words lead to this page (a path relative to the document's own)."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A stretch of one line under one label, one set of marks and at most one link."""

    span: Span
    words: str
    label: Label | None
    marks: frozenset[Mark]
    link: Link | None

    @property
    def delimiter(self) -> bool:
        """Return whether the stretch is a sign of an OCR mark, which is shown by what it does."""
        return Mark.DELIMITER in self.marks


def walk(
    document: Document, links: tuple[Link, ...] = (), cuts: tuple[int, ...] = ()
) -> Iterator[tuple[Line, tuple[Stroke, ...]]]:
    """Yield every line with its strokes. `links` are sorted and do not overlap; one over a line's end is cut there.

    `cuts` are further offsets, sorted, at which a stroke has to end.
    """
    labels = _Cursor([label.span for label in document.labels])
    linked = _Cursor([link.span for link in links])
    by_start = sorted(document.marks, key=lambda mark: mark.span.start)
    marks = _Cursor([mark.span for mark in by_start])
    for line in document.text.lines:
        over_labels = [document.labels[i] for i in labels.over(line.span)]
        over_links = [links[i] for i in linked.over(line.span)]
        over_marks = [by_start[i] for i in marks.over(line.span)]
        first, last = bisect_left(cuts, line.span.start), bisect_right(cuts, line.span.end)
        edges = {line.span.start, line.span.end, *cuts[first:last]}
        for span in (*(x.span for x in over_labels), *(x.span for x in over_links), *(x.span for x in over_marks)):
            edges |= {max(span.start, line.span.start), min(span.end, line.span.end)}
        open_labels, open_links, open_marks = _Open(over_labels), _Open(over_links), _Open(over_marks)
        strokes = []
        for start, end in pairwise(sorted(edges)):
            span = Span(start, end)
            strokes.append(
                Stroke(
                    span=span,
                    words=document.text[span],
                    label=next(iter(open_labels.at(start)), None),
                    marks=frozenset(mark.mark for mark in open_marks.at(start)),
                    link=next(iter(open_links.at(start)), None),
                )
            )
        yield line, tuple(strokes)


class _Cursor:
    """Which of many sorted ranges share a character with a line, as lines are asked for in order."""

    def __init__(self, spans: list[Span]) -> None:
        self._spans = spans
        self._first = 0

    def over(self, line: Span) -> list[int]:
        """Return the places of the ranges over `line`; a line asked for later must not stand before."""
        while self._first < len(self._spans) and self._spans[self._first].end <= line.start:
            self._first += 1
        found = []
        at = self._first
        while at < len(self._spans) and self._spans[at].start < line.end:
            if self._spans[at].overlaps(line):
                found.append(at)
            at += 1
        return found


class _Spanning(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Spanning)


class _Open(Generic[_T]):
    """Which of a line's ranges are open at an offset, as offsets are asked for in order."""

    def __init__(self, ranges: list[_T]) -> None:
        self._to_come = ranges[::-1]
        self._open: list[_T] = []

    def at(self, offset: int) -> list[_T]:
        """Return the ranges over `offset`; one asked for later must not stand before."""
        while self._to_come and self._to_come[-1].span.start <= offset:
            self._open.append(self._to_come.pop())
        self._open = [each for each in self._open if each.span.end > offset]
        return self._open
