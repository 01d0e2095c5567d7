"""Finding a quotation in a document: by its letters and digits, and exactly.

Case, line breaks, hyphens at a line's end, OCR's marks and page furniture between words do not count (design, "An
annotation file"). A quotation found once has one place; found twice it has several, and nobody chooses for the editor.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, repeat

from readingroom.model.document import Document
from readingroom.model.labels import APART, Mark
from readingroom.model.text import Span

_OMISSION = re.compile(r"(?:(?<!\s)\s++)?…\s*+")
_OCR_TAG = re.compile(r"</?u>")
_ALIKE = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
"""Characters of which each folds to one letter or none, or one that may fold to any number of them."""
_COUNTS = bytes(sign < 128 and chr(sign).isalnum() for sign in range(256))
"""How many letters each sign of ASCII folds to."""
_NO_LETTERS = bytes(sign for sign, letters in enumerate(_COUNTS) if not letters)


@dataclass(frozen=True, slots=True)
class Stream:
    """Letters and digits in a row, case folded, each with the range of the seed that it stands for."""

    letters: str
    offsets: Sequence[int]
    """of the character that each letter stands for"""
    read: Mapping[int, Span]
    """of letters that an editor reads, by their places in `letters`: the range that they stand for"""
    cuts: frozenset[int]
    """where in `letters` a word begins though its letters stand side by side with those before"""

    def find(self, wanted: str) -> Iterator[tuple[int, int]]:
        """Yield the half-open ranges of `letters` that hold `wanted` as whole words."""
        at = self.letters.find(wanted)
        while wanted and at >= 0:
            end = at + len(wanted)
            if self._begins(at) and (end == len(self.letters) or self._begins(end)):
                yield at, end
            at = self.letters.find(wanted, at + 1)

    def _begins(self, at: int) -> bool:
        """Return whether a word may begin with a letter: after anything that is no letter or digit."""
        return at in self.cuts or self.offsets[at] - self.offsets[at - 1] > 1

    def sequences(self, parts: tuple[str, ...]) -> Iterator[tuple[Span, ...]]:
        """Yield the places of the letters of `parts`, each part at its next place after the one before it."""
        later = [list(self.find(part)) for part in parts[1:]]
        for first in self.find(parts[0]) if parts else ():
            reached = [first]
            for places in later:
                after = bisect_left(places, (reached[-1][1], 0))
                if after == len(places):
                    break
                reached.append(places[after])
            if len(reached) == len(parts):
                yield tuple(self._place(at) for start, end in reached for at in range(start, end))

    def _place(self, at: int) -> Span:
        return self.read.get(at) or Span(self.offsets[at], self.offsets[at] + 1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: its range of the seed, and the range that each of its letters stands for."""

    span: Span
    letters: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that an editor reads in the place of the seed's (`span` empty: words that the editor adds there)."""

    span: Span
    words: str


class Anchors:
    """One document, ready for quotations to be found in it."""

    def __init__(self, document: Document) -> None:
        """Take the document; its streams are made when they are first asked for."""
        self._document = document

    @cached_property
    def _streams(self) -> tuple[Stream, ...]:
        """Return the text whole, and without what carries the page: a quotation may run over that or hold it."""
        signs = [mark.span for mark in self._document.marks if mark.mark is Mark.DELIMITER]
        apart = [label.span for label in self._document.labels if label.kind in APART]
        whole = _stream(self._document.text.content, signs)
        return (whole, _stream(self._document.text.content, [*signs, *apart])) if apart else (whole,)

    def find(self, quotation: str, readings: Iterable[Reading] = ()) -> tuple[Place, ...]:
        """Return every place where the words of `quotation` stand, in order; `…` in it leaves words out.

        Where the seed's own words do not have it, the text with the editors' `readings` is looked through as well.
        """
        found = self._places(quotation, self._streams)
        emended = tuple(readings)
        if found or not emended:
            return found
        return self._places(quotation, (self._emended(emended),))

    def _emended(self, readings: tuple[Reading, ...]) -> Stream:
        signs = [mark.span for mark in self._document.marks if mark.mark is Mark.DELIMITER]
        apart = [label.span for label in self._document.labels if label.kind in APART]
        return _stream(self._document.text.content, [*signs, *apart], readings)

    def _places(self, quotation: str, streams: Iterable[Stream]) -> tuple[Place, ...]:
        parts = [part for part in map(fold, _OMISSION.split(quotation)) if part]
        found: dict[Span, Place] = {}
        for wanted in dict.fromkeys((("".join(parts),), tuple(parts))):
            for stream in streams if not found else ():
                for letters in stream.sequences(wanted):
                    whole = letters[0].to(letters[-1])
                    found.setdefault(whole, Place(self._with_edges(whole, quotation), letters))
        return tuple(found[whole] for whole in sorted(_innermost(set(found))))

    def _with_edges(self, span: Span, quotation: str) -> Span:
        """Return `span` with the signs before and after its words that the quotation has as well."""
        content = self._document.text.content
        words = "".join(quotation.split())
        before = next((i for i, c in enumerate(words) if c.isalnum()), 0)
        after = next((i for i, c in enumerate(reversed(words)) if c.isalnum()), 0)
        start = _reach(content, span.start - 1, reversed(words[:before]), -1) + 1
        end = _reach(content, span.end, words[len(words) - after :], 1)
        return Span(start, end)

    def within(self, place: Place, before: str, words: str) -> Span | None:
        """Return where `words` of a quotation stand, `before` being all that stands before them in it.

        Words without letter or digit are looked for between the letters around them; None where they are not there.
        """
        start, wanted = len(fold(before)), fold(words)
        letters = place.letters
        content = self._document.text.content
        if wanted:
            inside = letters[start : start + len(wanted)]
            return self._with_edges(inside[0].to(inside[-1]), words) if inside else None
        left = letters[start - 1].end if start else place.span.start
        right = letters[start].start if start < len(letters) else place.span.end
        if not words.strip():
            return Span(right, right)
        at = content.find(words.strip(), left, max(left, right))
        return Span(at, at + len(words.strip())) if at >= 0 else None

    def nearest(self, quotation: str) -> tuple[int, str] | None:
        """Return the line, and its words, that are most like those of `quotation`; None where nothing is like them."""
        wanted = fold(quotation)
        best: tuple[float, int, str] | None = None
        matcher = difflib.SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted)
        for line in self._document.text.lines:
            words = self._document.text.words(line.span)
            matcher.set_seq1(fold(words))
            same = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
            likeness = same / max(1, len(wanted))
            if same and (best is None or likeness > best[0]):
                best = (likeness, line.number, _window(words, quotation))
        return (best[1], best[2]) if best and best[0] > 0.4 else None  # less in common is no help to anyone


def _reach(content: str, at: int, signs: Iterable[str], step: int) -> int:
    """Return the place up to which `signs` follow from `at`, white space between them passed over."""
    reached = at
    for sign in signs:
        while 0 <= at < len(content) and content[at].isspace():
            at += step
        if not 0 <= at < len(content) or content[at] != sign:
            break
        at += step
        reached = at
    return reached


def fold(words: str) -> str:
    """Return the letters and digits of `words`, compatibility forms resolved, accents and case taken off."""
    return "".join(letters for letters, _ in _letters(_OCR_TAG.sub("", words)))


def _letters(words: str, start: int = 0, end: int | None = None) -> Iterator[tuple[str, Iterable[int]]]:
    """Yield the folded letters and digits, some at a time, with the place of the character that each comes from."""
    for alike in _ALIKE.finditer(words, start, len(words) if end is None else end):
        if alike[0].isascii():
            signs = alike[0].lower().encode()
            yield signs.translate(None, _NO_LETTERS).decode(), compress(range(*alike.span()), signs.translate(_COUNTS))
        else:
            folded = "".join(filter(str.isalnum, unicodedata.normalize("NFKD", alike[0]).casefold()))
            yield folded, repeat(alike.start(), len(folded))


def _stream(content: str, skipped: Iterable[Span], readings: Iterable[Reading] = ()) -> Stream:
    """Return the stream of `content` without `skipped`, with each reading in the place of what it stands for."""
    letters: list[str] = []
    offsets: list[int] = []
    read: dict[int, Span] = {}
    cuts: set[int] = set()
    at = 0

    def take(some: Iterable[tuple[str, Iterable[int]]]) -> range:
        """Take some letters in and return their places in the stream."""
        start = len(offsets)
        cuts.add(start)
        for folded, places in some:
            letters.append(folded)
            offsets.extend(places)
        return range(start, len(offsets))

    changes = sorted(
        [(span.start, span.end, "") for span in skipped] + [(r.span.start, r.span.end, r.words) for r in readings]
    )
    for start, end, words in changes:
        if start < at:
            continue
        take(_letters(content, at, start))
        read |= dict.fromkeys(take(_letters(words)), Span(start, max(end, start + 1)))
        at = end
    take(_letters(content, at))
    return Stream("".join(letters), offsets, read, frozenset(cuts))


def _innermost(spans: set[Span]) -> set[Span]:
    """Return the ranges that hold no other: the same words with and without furniture around are one place."""
    return {span for span in spans if not any(other != span and span.holds(other) for other in spans)}


def _window(words: str, quotation: str) -> str:
    """Return as much of a long line as is worth showing beside a quotation."""
    most = max(60, 2 * len(quotation))
    if len(words) <= most:
        return words
    match = difflib.SequenceMatcher(None, words.casefold(), quotation.casefold(), autojunk=False).find_longest_match()
    start = max(0, match.a - match.b)
    return f"{'… ' if start else ''}{words[start : start + most].strip()} …"
