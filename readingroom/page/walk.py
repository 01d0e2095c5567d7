"""The walk: a document's text once from its first character to its last, cut wherever a label, mark or link changes.

Everything a reader sees of a document comes from here, so nothing of a seed can be lost and nothing invented: the words
of the strokes, put together, are the seed's lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Generic, NamedTuple, Protocol, TypeVar

from readingroom.model.document import Document
from readingroom.model.labels import Label, Mark, OcrMark
from readingroom.model.text import Span

UNMARKED: frozenset[Mark] = frozenset()


class Link(NamedTuple):
    """These words lead to this page (a path relative to the document's own)."""

    span: Span
    target: str


class Stroke(NamedTuple):
    """A stretch of one line under one label, one set of marks and at most one link."""

    start: int
    end: int
    words: str
    label: Label | None
    marks: frozenset[Mark]
    link: Link | None

    @property
    def delimiter(self) -> bool:
        """Return whether the stretch is a sign of an OCR mark, which is shown by what it does."""
        return bool(self.marks) and Mark.DELIMITER in self.marks


def walk(document: Document, links: Sequence[Link] = (), cuts: Sequence[int] = ()) -> Iterator[list[Stroke]]:
    """Yield the strokes of every line. `links` are sorted and do not overlap; one over a line's end is cut there.

    `cuts` are further offsets at which a stroke has to end.
    """
    body = document.body
    text, content = body.text, body.text.content
    marks = sorted(body.marks, key=lambda mark: mark.span.start)
    labels, marked, linked = _One(body.labels), _Open(marks), _One(links)
    ranged = (each.span for group in (body.labels, links, marks) for each in group)
    edges = iter(sorted({*cuts, *chain.from_iterable(ranged)}))
    beyond = len(content) + 1
    edge = next(edges, beyond)
    label, signs, link = None, UNMARKED, None
    for start, end in zip(text.starts, text.ends, strict=True):
        strokes = []
        while start < end:
            if edge <= start:  # what a stroke stands under changes at an edge, and nowhere else
                while edge <= start:
                    edge = next(edges, beyond)
                label, signs, link = labels.at(start), marked.at(start), linked.at(start)
            stop = min(end, edge)
            strokes.append(Stroke(start, stop, content[start:stop], label, signs, link))
            start = stop  # noqa: PLW2901 - the line is walked along
        yield strokes


class _Spanning(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Spanning)


class _One(Generic[_T]):
    """Which of many ranges, sorted and none over another, is over an offset, as offsets are asked for in order."""

    def __init__(self, ranges: Sequence[_T]) -> None:
        self._to_come = list(reversed(ranges))
        self._last: _T | None = None

    def at(self, offset: int) -> _T | None:
        """Return the range over `offset`; one asked for later must not stand before."""
        while self._to_come and self._to_come[-1].span.start <= offset:
            self._last = self._to_come.pop()
        return self._last if self._last is not None and self._last.span.end > offset else None


class _Open:
    """Which marks, sorted by where they start, are open at an offset, as offsets are asked for in order."""

    def __init__(self, marks: Sequence[OcrMark]) -> None:
        self._to_come = list(reversed(marks))
        self._open: list[OcrMark] = []

    def at(self, offset: int) -> frozenset[Mark]:
        """Return the marks over `offset`; one asked for later must not stand before."""
        while self._to_come and self._to_come[-1].span.start <= offset:
            self._open.append(self._to_come.pop())
        if not self._open:
            return UNMARKED
        self._open = [each for each in self._open if each.span.end > offset]
        return frozenset(each.mark for each in self._open)
