"""From passages to places: notes on exact words of the document, and emendations of them in CriticMarkup.

What an editor wrote is first taken for the seed's own characters; only where that finds nothing are `…`, bold and
CriticMarkup the editor's signs. A note never moves by itself: what is not found, or found twice, is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from readingroom.editorial.anchors import Anchors, Place, Reading
from readingroom.editorial.passages import Passage
from readingroom.model.document import Document
from readingroom.model.text import Span
from readingroom.problems import Problem

_CRITIC = re.compile(
    r"\{~~(?P<old>(?:(?!\{~~|~>).)*)~>(?P<new>(?:(?!\{~~|~~\}).)*)~~\}"
    r"|\{\+\+(?P<added>(?:(?!\{\+\+|\+\+\}).)*)\+\+\}"
    r"|\{--(?P<cut>(?:(?!\{--|--\}).)*)--\}",
    re.DOTALL,
)
"""No sign stands inside another of its kind, so that one left open costs no look at all that follows."""
_BOLD = re.compile(r"\*\*(?P<words>(?:[^*]|\*(?!\*))+)\*\*")


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor says (Markdown) of the words of `span`; numbered from 1 in the order of the words."""

    number: int
    span: Span
    words: str
    line: int
    """line of the annotation file on which its quotation begins"""


@dataclass(frozen=True, slots=True)
class Emendation:
    """`new` is to be read for the words of `span` (empty: nothing stands there, `new` is added)."""

    span: Span
    old: str
    new: str
    note: int | None
    """number of the note that gives the reason"""


@dataclass(frozen=True, slots=True)
class Placed:
    """The notes and emendations of one document, in the order of its words, and what could not be placed."""

    notes: tuple[Note, ...] = ()
    emendations: tuple[Emendation, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    passage: Passage
    span: Span
    readings: tuple[Reading, ...]


def place(document: Document, passages: Sequence[Passage], file: str) -> Placed:
    """Return the passages' notes and emendations in their places.

    Emending passages are placed first, so that others may quote either reading.
    """
    anchors = Anchors(document)
    problems: list[Problem] = []
    found: list[_Found] = []
    emending = [passage for passage in passages if _CRITIC.search(passage.quotation)]
    for passage in (*emending, *(passage for passage in passages if passage not in emending)):
        readings = tuple(reading for each in found for reading in each.readings)
        outcome = _Search(document, anchors, readings).of(passage, file)
        if isinstance(outcome, Problem):
            problems.append(outcome)
        else:
            found.append(outcome)
    found.sort(key=lambda each: (each.span.end, each.span.start))
    clashes = list(_clashes(found, file))
    return Placed(*_numbered(document, found), (*problems, *clashes))


def _numbered(document: Document, found: Sequence[_Found]) -> tuple[tuple[Note, ...], tuple[Emendation, ...]]:
    notes: list[Note] = []
    emendations: list[Emendation] = []
    for each in found:
        number = None
        if each.passage.note:
            number = len(notes) + 1
            notes.append(Note(number, each.span, each.passage.note, each.passage.line))
        emendations += [Emendation(r.span, document.text[r.span], r.words, number) for r in each.readings]
    return tuple(notes), tuple(sorted(emendations, key=lambda each: each.span))


def _clashes(found: Sequence[_Found], file: str) -> Iterator[Problem]:
    """Yield an error for every emendation of words that another emends."""
    readings = sorted(((r.span, each.passage.line) for each in found for r in each.readings), key=lambda pair: pair[0])
    for (first, _), (second, line) in pairwise(readings):
        if first.overlaps(second):
            what = "this emends words that another quotation emends. Keep one of the two."
            yield Problem(file, line, "RR209", what)


class _Search:
    """The search for one passage, after the readings that others have proposed."""

    def __init__(self, document: Document, anchors: Anchors, readings: tuple[Reading, ...]) -> None:
        self._document = document
        self._anchors = anchors
        self._readings = readings

    def of(self, passage: Passage, file: str) -> _Found | Problem:
        """Return where the passage stands and what it emends, or the problem that keeps it from being placed."""
        words = passage.quotation
        if not any(character.isalnum() for character in words):
            return Problem(file, passage.line, "RR204", "this quotation has no words. Quote some of the seed's.")
        signs = [match[0] for match in _CRITIC.finditer(words)]
        critic = signs and not all(sign in self._document.text.content for sign in signs)
        sought = _CRITIC.sub(_old, words) if critic else words
        place = self._settled(passage, sought, file)
        if isinstance(place, Problem):
            return place
        readings = self._emended(words, place) if critic else ()
        if readings is None:
            what = "the words to be emended could not be told apart from those around them. Quote more of them."
            return Problem(file, passage.line, "RR204", what)
        if readings:
            return _Found(passage, readings[0].span.to(readings[-1].span), readings)
        return _Found(passage, self._bold(words, place), ())

    def _settled(self, passage: Passage, words: str, file: str) -> Place | Problem:
        """Return the one place of the words, by the link's line where there are several."""
        places = self._anchors.find(words, self._readings)
        if not places:
            return Problem(file, passage.line, "RR204", self._not_found(words))
        there = [p for p in places if passage.at_line is None or passage.at_line in self._lines(p.span)]
        if len(there) == 1:
            return there[0]
        lines = ", ".join(str(self._lines(place.span)[0]) for place in places)
        if passage.at_line is not None:
            what = f"line {passage.at_line} does not hold these words once; see line {lines}. Name the right one."
            return Problem(file, passage.line, "RR208", what)
        first = self._lines(places[0].span)[0]
        what = (
            f"these words stand {len(places)} times, on lines {lines}. "
            f"Quote more of them, or name the line: > [{_short(words)}](#L{first})"
        )
        return Problem(file, passage.line, "RR207", what)

    def _lines(self, span: Span) -> range:
        text = self._document.text
        return range(text.line_at(span.start).number, text.line_at(max(span.start, span.end - 1)).number + 1)

    def _not_found(self, words: str) -> str:
        nearest = self._anchors.nearest(words)
        found = f"these words are not in the seed: “{_short(words)}”."
        if nearest is None:
            return f"{found} Nothing in it is like them. Quote words as they stand in the seed."
        return f"{found} Nearest: line {nearest[0]}, “{nearest[1]}”. Quote it as it stands there."

    def _emended(self, words: str, place: Place) -> tuple[Reading, ...] | None:
        readings = []
        for match in _CRITIC.finditer(words):
            before = _CRITIC.sub(_old, words[: match.start()])
            where = self._anchors.within(place, before, _old(match))
            if where is None:
                return None
            readings.append(Reading(where, match["new"] or match["added"] or ""))
        return tuple(readings)

    def _bold(self, words: str, place: Place) -> Span:
        """Return the words that bold marks out of a quotation; all of it where the bold is the seed's own or none."""
        bold = list(_BOLD.finditer(words))
        own = self._document.text.words(place.span)
        if not bold or all(" ".join(match[0].split()) in own for match in bold):
            return place.span
        first = self._anchors.within(place, words[: bold[0].start()], bold[0]["words"])
        last = self._anchors.within(place, words[: bold[-1].start()], bold[-1]["words"])
        return first.to(last) if first and last else place.span


def _old(match: re.Match[str]) -> str:
    return match["old"] or match["cut"] or ""


def _short(words: str, most: int = 80) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= most else f"{folded[:most].rpartition(' ')[0]} …"
