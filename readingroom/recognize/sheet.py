"""The sheet that recognizers write on: a seed's lines as typed, and the labels so far. It lives in this room only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from readingroom.model.document import Addressee, Gap, Join, Redaction, Reference
from readingroom.model.labels import Certainty, Doubt, Kind, Label, OcrMark, Reading
from readingroom.model.text import Line, Span, Text

_SMALL_WORD = re.compile(r"\b[a-z]{2,}")
_LONG, _FEW = 40, 3


class Piece(NamedTuple):
    """A line, or an unlabelled stretch of one, without OCR's own marks and outer white space.

    `words[i]` stands at `offsets[i]` of the seed; `span` is the whole stretch, marks included.
    """

    line: Line
    span: Span
    words: str
    offsets: tuple[int, ...] | range

    @property
    def number(self) -> int:
        """Return the line's number, from 1."""
        return self.line.number

    @property
    def blank(self) -> bool:
        """Return whether nothing stands here."""
        return not self.words

    def at(self, start: int, end: int) -> Span:
        """Return the seed's range for `words[start:end]`, which must not be empty."""
        return Span(self.offsets[start], self.offsets[end - 1] + 1)

    def group(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Return the seed's range for a group of a match on `words`."""
        return self.at(match.start(group), match.end(group))

    def within(self, span: Span) -> Piece:
        """Return the part of this piece that lies in `span`, stripped of outer white space and of nothing else."""
        first, last = bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)
        words = self.words[first:last]
        left, right = len(words) - len(words.lstrip()), len(words.rstrip())
        offsets = self.offsets[first + left : first + right]
        if not offsets:
            return Piece(self.line, Span(span.start, span.start), "", ())
        start = span.start if not left and not first else offsets[0]
        end = span.end if right == len(words) and last == len(self.offsets) else offsets[-1] + 1
        return Piece(self.line, Span(start, end), words[left:right], offsets)


class Sheet:
    """A document while it is being recognized. Labels never overlap: who comes first keeps the range."""

    def __init__(self, text: Text, lines: tuple[Piece, ...], marks: tuple[OcrMark, ...]) -> None:
        """Start with the text, its typed lines and OCR's marks; no labels."""
        self.text = text
        self.lines = lines
        self._line_starts = [line.line.span.start for line in lines]
        self.marks = marks
        self.labels: list[Label] = []
        self._starts: list[int] = []  # where each label starts
        self._on: dict[int, list[Label]] = {}  # the labels of each line that has any
        # A line's unlabelled stretches, until a label is put on it: every recognizer asks for those of every line.
        self._free: list[tuple[Piece, ...] | None] = [() if line.blank else (line,) for line in lines]
        self._terse = [at for at, line in enumerate(lines) if not line.blank and not of_sentences(line.words)]
        self.readings: list[Reading] = []
        self.doubts: list[Doubt] = []
        self.addressees: list[Addressee] = []
        self.redactions: list[Redaction] = []
        self.gaps: list[Gap] = []
        self.references: list[Reference] = []
        self.joins: list[Join] = []
        self.page_starts: list[int] = []
        self.begins = 1
        """the line at which the document itself begins: after the cover sheets that stand before it"""

    def label(self, span: Span, kind: Kind, certainty: Certainty = Certainty.EXACT, **detail: str) -> bool:
        """Label the words of `span` and return True; return False, changing nothing, where one has a label already.

        No label parts a word, so that none stands on the page in two halves.
        """
        span = self._whole_words(span)
        at = bisect_right(self._starts, span.start)
        if not span or any(label.span.overlaps(span) for label in self.labels[max(0, at - 1) : at + 1]):
            return False
        label = Label(span, kind, certainty, detail)
        self.labels.insert(at, label)
        self._starts.insert(at, span.start)
        for number in range(self.line_at(span.start).number, self.line_at(span.end - 1).number + 1):
            insort(self._on.setdefault(number, []), label, key=_start)
            self._free[number - 1] = None
        return True

    def relabel(self, old: Label, new: Label) -> None:
        """Put `new` in the place of `old`; both are of the same range."""
        self.labels[bisect_left(self._starts, old.span.start)] = new
        for number in range(self.line_at(old.span.start).number, self.line_at(old.span.end - 1).number + 1):
            self._on[number] = [new if label is old else label for label in self._on[number]]

    def part(self, first: int, last: int) -> Sheet:
        """Return lines `first` to `last` as a sheet of their own, lines counted from 1, offsets as they are.

        It has the labels and readings that stand in these lines; what is written on it this sheet knows only when it
        has been taken back by `gather`.
        """
        lines = tuple(
            Piece(Line(number, piece.line.span), piece.span, piece.words, piece.offsets)
            for number, piece in enumerate(self.lines[first - 1 : last], 1)
        )
        span = lines[0].line.span.to(lines[-1].line.span)
        sheet = Sheet(self.text, lines, ())
        left, right = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        sheet._copy(self.labels[left:right])
        sheet.readings = [reading for reading in self.readings if span.holds(reading.span)]
        sheet.begins = max(1, self.begins - first + 1)
        return sheet

    def gather(self, papers: Iterable[Sheet]) -> None:
        """Take over what was recognized on the sheets of all papers of this one, in their order; not their readings."""
        papers = tuple(papers)
        self.references = [reference for paper in papers for reference in paper.references]
        self.joins = [join for paper in papers for join in paper.joins]
        labels = [label for paper in papers for label in paper.labels]
        self.labels, self._starts, self._on = [], [], {}
        self._copy(labels)

    def _copy(self, labels: Iterable[Label]) -> None:
        for label in labels:
            self.label(label.span, label.kind, label.certainty, **label.detail)

    def labels_on(self, piece: Piece) -> Sequence[Label]:
        """Return the labels that share a character with the line of `piece`, in order."""
        return self._on.get(piece.line.number, ())

    def kind_of(self, piece: Piece) -> Kind | None:
        """Return the kind of the first label on the line, None where there is none."""
        labels = self._on.get(piece.line.number)
        return labels[0].kind if labels else None

    def head(self, lines: int) -> Iterator[Piece]:
        """Yield the unlabelled stretches of the document's first `lines` lines, its cover sheets not counted."""
        yield from self.pieces(self.begins, self.begins + lines - 1)

    def pieces(self, first: int = 1, last: int | None = None) -> Iterator[Piece]:
        """Yield the unlabelled stretches of lines `first` to `last` that have words, as they stand when reached."""
        end = len(self.lines) if last is None else min(last, len(self.lines))
        for at in range(first - 1, end):
            free = self._free[at]
            yield from self.free(self.lines[at]) if free is None else free

    def terse(self) -> Iterator[Piece]:
        """Yield the unlabelled stretches of all lines but those of sentences, as they stand when reached."""
        for at in self._terse:
            free = self._free[at]
            yield from self.free(self.lines[at]) if free is None else free

    def free(self, line: Piece) -> tuple[Piece, ...]:
        """Return the unlabelled stretches of a line that have words, from left to right."""
        known = self._free[line.number - 1]
        if known is None:
            known = self._free[line.number - 1] = tuple(self._between_labels(line))
        return known

    def _between_labels(self, line: Piece) -> Iterator[Piece]:
        labels = self.labels_on(line)
        edges = [line.span.start, *(at for label in labels for at in (label.span.start, label.span.end)), line.span.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            piece = line.within(Span(start, end))
            if not piece.blank:
                yield piece

    def whole(self, piece: Piece) -> bool:
        """Return whether `piece` is all that its line holds."""
        return piece.words == self.lines[piece.number - 1].words

    def of_kind(self, *kinds: Kind) -> list[Label]:
        """Return the labels of these kinds, in order."""
        return [label for label in self.labels if label.kind in kinds]

    def at(self, number: int) -> Piece | None:
        """Return the line of this number, None outside the text."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None

    def line_at(self, offset: int) -> Piece:
        """Return the line that holds the character at `offset` of the seed, its terminator counted to it."""
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    def next_inked(self, line: Piece, step: int = 1) -> Piece | None:
        """Return the nearest line after (or, with step -1, before) this one that has words."""
        number = line.number + step
        while (other := self.at(number)) is not None and other.blank:
            number += step
        return other

    def read(
        self, key: str, value: str | tuple[str, ...], span: Span, certainty: Certainty = Certainty.EXACT, rank: int = 0
    ) -> None:
        """Record that `value` of `key` was read from `span`."""
        self.readings.append(Reading(key, value, span, certainty, rank))

    def read_words(self, key: str, span: Span, certainty: Certainty = Certainty.EXACT, rank: int = 0) -> None:
        """Record the words of `span`, OCR's marks taken off, as the value of `key`."""
        self.read(key, self.plain(span), span, certainty, rank)

    def plain(self, span: Span) -> str:
        """Return the words of `span` without OCR's marks, white space folded."""
        first, last = self.line_at(span.start).number, self.line_at(span.end - 1).number
        return " ".join(" ".join(line.within(span).words for line in self.lines[first - 1 : last]).split())

    def _whole_words(self, span: Span) -> Span:
        """Return the range with the rest of the words in which it begins and ends, as white space parts them."""
        content, start, end = self.text.content, span.start, span.end
        while start < end and _inside(content, start):
            start -= 1
        while start < end and _inside(content, end):
            end += 1
        return Span(start, end)


def of_sentences(words: str) -> bool:
    """Return whether a line is of running text: long, and with more than a few words in small letters."""
    return len(words) > _LONG and len(_SMALL_WORD.findall(words)) > _FEW


def _start(label: Label) -> int:
    return label.span.start


def _inside(content: str, at: int) -> bool:
    """Return whether `at` stands inside a word: between two characters that are no white space."""
    return 0 < at < len(content) and not content[at - 1].isspace() and not content[at].isspace()
