"""The walk: a document's text once from its first character to its last, cut wherever a label, mark or link changes.

Everything a reader sees of a document comes from here, so nothing of a seed can be lost and nothing invented: the words
of the strokes, put together, are the seed's lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from readingroom.model.document import Document
from readingroom.model.labels import Label, Mark
from readingroom.model.text import Line, Span

UNMARKED: frozenset[Mark] = frozenset()


class Link(NamedTuple):
    """These words lead to this page (a path relative to the document's own)."""

    span: Span
    target: str


class Stroke(NamedTuple):
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
    labels, linked = _Open(document.labels), _Open(links)
    marks = _Open(sorted(document.marks, key=lambda mark: mark.span.start))
    ranged = (each.span for group in (document.labels, links, document.marks) for each in group)
    edges = sorted({*cuts, *(at for span in ranged for at in (span.start, span.end))}, reverse=True)
    content = document.text.content
    label, signs, link = None, UNMARKED, None
    for line in document.text.lines:
        strokes = []
        _, start, line_end = line
        while start < line_end:
            if edges and edges[-1] <= start:  # what a stroke stands under changes at an edge, and nowhere else
                while edges and edges[-1] <= start:
                    edges.pop()
                label = next(iter(labels.at(start)), None)
                marked = marks.at(start)
                signs = frozenset(mark.mark for mark in marked) if marked else UNMARKED
                link = next(iter(linked.at(start)), None)
            if not edges or edges[-1] >= line_end:
                strokes.append(Stroke(Span(start, line_end), content[start:line_end], label, signs, link))
                break
            strokes.append(Stroke(Span(start, edges[-1]), content[start : edges[-1]], label, signs, link))
            start = edges[-1]
        yield line, tuple(strokes)


class _Spanning(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Spanning)


class _Open(Generic[_T]):
    """Which of many ranges, sorted by where they start, are open at an offset, as offsets are asked for in order."""

    def __init__(self, ranges: Sequence[_T]) -> None:
        self._to_come = list(reversed(ranges))
        self._open: list[_T] = []

    def at(self, offset: int) -> list[_T]:
        """Return the ranges over `offset`; one asked for later must not stand before."""
        while self._to_come and self._to_come[-1].span.start <= offset:
            self._open.append(self._to_come.pop())
        if self._open:
            self._open = [each for each in self._open if each.span.end > offset]
        return self._open
