"""The sheet that recognizers write on: a seed's lines as typed, and the labels so far. It lives in this room only."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from readingroom.model.document import Addressee, Gap, Join, Redaction, Reference
from readingroom.model.labels import Certainty, Doubt, Kind, Label, OcrMark, Reading
from readingroom.model.text import Span, Text
from readingroom.recognize.first_look import Capitals, Sign

_LONG = 40
_SMALL_WORDS = re.compile(r"(?:\W*+(?:(?![a-z]{2})\w++\W++)*[a-z]{2}\w*+){4}")


@dataclass(slots=True)
class Piece:
    """A line, or an unlabelled stretch of one, without OCR's own marks and outer white space; never changed.

    The whole stretch, marks included, is that from `start` to `end`.
    """

    number: int
    """the line's, from 1"""
    start: int
    end: int
    words: str
    flows: bool
    """whether the line is of running text"""
    parted: tuple[int, ...] = ()
    """where in the seed each character of the words stands, if marks part them; else they follow on from `start`"""

    @property
    def span(self) -> Span:
        """Return the range of the whole stretch, marks included."""
        return Span(self.start, self.end)

    @property
    def blank(self) -> bool:
        """Return whether nothing stands here."""
        return not self.words

    def place(self, at: int) -> int:
        """Return where in the seed `words[at]` stands."""
        return self.parted[at] if self.parted else self.start + at

    def at(self, start: int, end: int) -> Span:
        """Return the seed's range for `words[start:end]`, which must not be empty."""
        return Span(self.place(start), self.place(end - 1) + 1)

    def group(self, match: re.Match[str], group: int | str = 0) -> Span:
        """Return the seed's range for a group of a match on `words`."""
        return self.at(match.start(group), match.end(group))

    def within(self, span: Span) -> Piece:
        """Return the part of this piece that lies in `span`, stripped of outer white space and of nothing else."""
        first, after = self._at(span.start), self._at(span.end)
        words = self.words[first:after]
        left, right = first + len(words) - len(words.lstrip()), first + len(words.rstrip())
        if left >= right:
            return Piece(self.number, span.start, span.start, "", self.flows)
        start = self.place(left) if left else max(span.start, self.start)
        end = span.end if right == len(self.words) else self.place(right - 1) + 1
        return Piece(self.number, start, end, self.words[left:right], self.flows, self.parted[left:right])

    def words_in(self, span: Span) -> str:
        """Return the words of this piece that stand in `span`, without outer white space."""
        if span.start <= self.start and self.end <= span.end:
            return self.words
        return self.words[self._at(span.start) : self._at(span.end)].strip()

    def _at(self, offset: int) -> int:
        """Return which of the words' characters is the first that stands at or after an offset of the seed."""
        if self.parted:
            return bisect_left(self.parted, offset)
        return min(max(0, offset - self.start), len(self.words))


Named = tuple[Piece, str, Certainty]
"""A line that names a kind of paper, the kind, and how sure."""


class Sheet:
    """A document while it is being recognized. Labels never overlap: who comes first keeps the range."""

    def __init__(
        self, text: Text, lines: tuple[Piece, ...], marks: tuple[OcrMark, ...], starts: Sequence[int] | None = None
    ) -> None:
        """Start with the text, its typed lines and OCR's marks; no labels. `starts` says where the lines begin.

        Without it they are all lines of the text.
        """
        self.text = text
        self.lines = lines
        self._line_starts = text.starts if starts is None else starts
        self.marks = marks
        self.labels: list[Label] = []
        self._starts: list[int] = []  # where each label starts
        self._on: dict[int, list[Label]] = {}  # the labels of each line that has any
        # A line's unlabelled stretches, until a label is put on it: every recognizer asks for those of every line.
        self._free: list[tuple[Piece, ...] | None] = [(line,) if line.words else () for line in lines]
        self.readings: list[Reading] = []
        self.doubts: list[Doubt] = []
        self.addressees: list[Addressee] = []
        self.redactions: list[Redaction] = []
        self.gaps: list[Gap] = []
        self.references: list[Reference] = []
        self.joins: list[Join] = []
        self.page_starts: list[int] = []
        self.named: dict[int, tuple[Named | None, Named | None]] = {}
        """what cover and what other kind the lines from this one on name first, once somebody has asked"""
        self.begins = 1
        """the line at which the document itself begins: after the cover sheets that stand before it"""

    def label(self, span: Span, kind: Kind, certainty: Certainty = Certainty.EXACT, **detail: str) -> bool:
        """Label the words of `span` and return True; return False, changing nothing, where one has a label already.

        No label parts a word, so that none stands on the page in two halves.
        """
        span = start, end = self._whole_words(span)
        at = bisect_right(self._starts, start)
        into_it = at > 0 and self.labels[at - 1].span.end > start
        if start >= end or into_it or (at < len(self._starts) and self._starts[at] < end):
            return False
        self._put(at, Label(span, kind, certainty, detail) if detail else Label(span, kind, certainty))
        return True

    def _put(self, at: int, label: Label) -> None:
        """Make a label the one at place `at` of all, and one of those of its lines."""
        start, end = label.span
        self.labels.insert(at, label)
        self._starts.insert(at, start)
        numbers = self._numbers(label.span)
        for number in numbers:
            there = self._on.get(number)
            if there is None:
                self._on[number] = [label]
            else:
                insort(there, label, key=_start)
            self._free[number - 1] = ()
        first, last = numbers.start - 1, numbers.stop - 2
        if self.lines[first].start < start:
            self._free[first] = None
        if self.lines[last].end > end:
            self._free[last] = None

    def _numbers(self, span: Span) -> range:
        """Return the numbers of the lines that share a character with `span`, which must not be empty."""
        start, end = span
        first = last = bisect_right(self._line_starts, start)
        if first < len(self._line_starts) and self._line_starts[first] < end:
            last = bisect_left(self._line_starts, end, first)
        return range(first or 1, (last or 1) + 1)

    def relabel(self, old: Label, new: Label) -> None:
        """Put `new` in the place of `old`; both are of the same range."""
        self.labels[bisect_left(self._starts, old.span.start)] = new
        for number in self._numbers(old.span):
            self._on[number] = [new if label is old else label for label in self._on[number]]

    def part(self, first: int, last: int) -> Sheet:
        """Return lines `first` to `last` as a sheet of their own, lines counted from 1, offsets as they are.

        It has the labels and readings that stand in these lines; what is written on it this sheet knows only when it
        has been taken back by `gather`.
        """
        lines = self.lines[first - 1 : last]
        if first > 1:
            lines = tuple(
                [
                    Piece(number, line.start, line.end, line.words, line.flows, line.parted)
                    for number, line in enumerate(lines, 1)
                ]
            )
        starts = self._line_starts[first - 1 : last]
        span = Span(starts[0], self.text.ends[bisect_left(self.text.starts, starts[-1])])
        sheet = Sheet(self.text, lines, (), starts)
        left, right = bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)
        sheet._take_over(self.labels[left:right])
        sheet.readings = [reading for reading in self.readings if span.holds(reading.span)]
        sheet.begins = max(1, self.begins - first + 1)
        return sheet

    def gather(self, papers: Iterable[Sheet]) -> None:
        """Take over what was recognized on the sheets of all papers of this one, in their order; not their readings."""
        papers = tuple(papers)
        if papers == (self,):
            return
        self.references = [reference for paper in papers for reference in paper.references]
        self.joins = [join for paper in papers for join in paper.joins]
        labels = [label for paper in papers for label in paper.labels]
        self.labels, self._starts, self._on = [], [], {}
        self._take_over(labels)

    def _take_over(self, labels: Iterable[Label]) -> None:
        """Put the labels of another sheet of the same text here, in their order."""
        for at, label in enumerate(labels):
            self._put(at, label)

    @cached_property
    def _terse(self) -> Capitals:
        return Capitals([(line.number, line.words) for line in self.lines if line.words and not line.flows])

    @cached_property
    def _flowing(self) -> Capitals:
        return Capitals([(line.number, line.words) for line in self.lines if line.flows])

    def says(self, *words: str) -> bool:
        """Return whether any of these words, given in capitals, stands in a line, in whatever letters."""
        return self._terse.say(words) or self._flowing.say(words)

    def lines_with(self, *signs: Sign) -> list[Piece]:
        """Return the lines that have one of these signs."""
        return [self.lines[number - 1] for number in sorted(self._numbers_with(signs))]

    def terse_with(self, *signs: Sign) -> list[Piece]:
        """Return those of them that are not of sentences."""
        return [self.lines[number - 1] for number in sorted(self._terse.numbers_with(signs))]

    def bearing(self, *signs: Sign) -> Iterator[Piece]:
        """Yield the unlabelled stretches of the lines that may bear one of these signs, as they stand when reached.

        Lines with a label are always among them, for a stretch may begin anywhere in them.
        """
        return self._stretches_of(self._numbers_with(signs))

    def terse(self, *signs: Sign) -> Iterator[Piece]:
        """Yield the same of all lines but those of sentences; without signs, of all of them."""
        numbers = self._terse.numbers_with(signs) if signs else self._terse.numbers
        return (piece for piece in self._stretches_of(numbers) if not piece.flows)

    def _numbers_with(self, signs: Sequence[Sign]) -> Iterable[int]:
        return self._terse.numbers_with(signs) | self._flowing.numbers_with(signs)

    def _stretches_of(self, numbers: Iterable[int]) -> Iterator[Piece]:
        partly = [number for number in self._on if self._free[number - 1] != ()]
        return self._stretches(number - 1 for number in sorted({*numbers, *partly}))

    def labels_on(self, piece: Piece) -> Sequence[Label]:
        """Return the labels that share a character with the line of `piece`, in order."""
        return self._on.get(piece.number, ())

    def kind_of(self, piece: Piece) -> Kind | None:
        """Return the kind of the first label on the line, None where there is none."""
        labels = self._on.get(piece.number)
        return labels[0].kind if labels else None

    def head(self, lines: int) -> Iterator[Piece]:
        """Yield the unlabelled stretches of the document's first `lines` lines, its cover sheets not counted."""
        return self.pieces(self.begins, self.begins + lines - 1)

    def pieces(self, first: int = 1, last: int | None = None) -> Iterator[Piece]:
        """Yield the unlabelled stretches of lines `first` to `last` that have words, as they stand when reached."""
        end = len(self.lines) if last is None else min(last, len(self.lines))
        return self._stretches(range(first - 1, end))

    def _stretches(self, places: Iterable[int]) -> Iterator[Piece]:
        for at in places:
            free = self._free[at]
            if free is None:
                free = self.free(self.lines[at])
            yield from free

    def free(self, line: Piece) -> tuple[Piece, ...]:
        """Return the unlabelled stretches of a line that have words, from left to right."""
        known = self._free[line.number - 1]
        if known is None:
            known = self._free[line.number - 1] = tuple(self._between_labels(line))
        return known

    def _between_labels(self, line: Piece) -> Iterator[Piece]:
        labels = self.labels_on(line)
        edges = [line.start, *(at for label in labels for at in label.span), line.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            piece = line.within(Span(start, end)) if start < end else None
            if piece is not None and piece.words:
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

    def start_of(self, piece: Piece) -> int:
        """Return the offset at which the line of `piece` begins, its indent included."""
        return self._line_starts[piece.number - 1]

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
        numbers = self._numbers(span)
        lines = self.lines[numbers.start - 1 : numbers.stop - 1]
        return " ".join(" ".join(line.words_in(span) for line in lines).split())

    def _whole_words(self, span: Span) -> Span:
        """Return the range with the rest of the words in which it begins and ends, as white space parts them."""
        content, (start, end) = self.text.content, span
        if not _inside(content, start) and not _inside(content, end):
            return span
        while start < end and _inside(content, start):
            start -= 1
        while start < end and _inside(content, end):
            end += 1
        return Span(start, end)


def of_sentences(words: str) -> bool:
    """Return whether a line is of running text: long, and for more than a few words in small letters."""
    return len(words) > _LONG and in_small_letters(words)


def in_small_letters(words: str) -> bool:
    """Return whether more than a few of the words are in small letters."""
    return not words.isupper() and _SMALL_WORDS.match(words) is not None


def _start(label: Label) -> int:
    return label.span.start


def _inside(content: str, at: int) -> bool:
    """Return whether `at` stands inside a word: between two characters that are no white space."""
    return 0 < at < len(content) and not content[at - 1].isspace() and not content[at].isspace()
