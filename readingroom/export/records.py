"""What the search reads: a record for each document, for its corrected readings, and for each of the editors' texts."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate, pairwise
from types import MappingProxyType

from readingroom.words import Words

_NO_FACETS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

_PIECE = 8_000  # characters; packed, less than half of that is transferred


class Scope(StrEnum):
    """Whose words a record holds. They are searched, counted and shown apart."""

    DOCUMENTS = "documents"
    """the documents' own words, as typed"""
    CORRECTED = "corrected"
    """the editors' corrected readings of a document"""
    EDITORS = "editors"
    """headnotes, notes and pages that editors wrote"""


@dataclass(frozen=True, slots=True)
class Record:
    """One text that can be found, with what is shown and chosen by."""

    id: str
    """unique in its scope"""
    scope: Scope
    url: str
    """of its page, relative to the site: `documents/<id>/`"""
    title: str
    kind: str
    """the document's type, or person, organization, place, event, headnote, glossary, page"""
    lines: tuple[tuple[int, str], ...]
    """in reading order: the seed's line number, or 0, and the words as typed; one number may come more than once"""
    furniture: int | None = None
    """index in `lines` of the first line of page furniture, which stands at the end; None where there is none"""
    date: str | None = None
    """in words, for display; None where it is unknown"""
    sorted: str | None = None
    """the first possible day, ISO 8601; None puts it last in time"""
    last: str | None = None
    """the last possible day, ISO 8601, where it is not the first; None without a date, and for one that is open"""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_FACETS)
    """facet → values as they are shown"""
    withheld: int = 0
    """how many of its passages are withheld and so cannot be found"""

    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Return the half-open ranges of `lines` over which a phrase may run.

        The text without its furniture is one of them, so that phrases run over page breaks. Furniture has left its
        place, so its lines belong together only where none of the text stood between them.
        """
        if self.furniture is None:
            return ((0, len(self.lines)),) if self.lines else ()
        end = self.furniture
        text = sorted({number for number, _ in self.lines[:end]})
        borders = [0, end]
        for index, ((before, _), (after, _)) in enumerate(pairwise(self.lines[end:]), start=end + 1):
            if before > after or bisect_left(text, before) < bisect_right(text, after):
                borders.append(index)
        borders.append(len(self.lines))
        return tuple((start, stop) for start, stop in pairwise(borders) if start < stop)

    def words(self) -> Words:
        """Return its words, cut by the rule."""
        return Words.of("\n".join([words for _, words in self.lines[start:end]]) for start, end in self.blocks())


def shown(record: Record) -> Iterator[str]:
    """Yield what is shown of a record where it is found, as JSON: its head and, in pieces, its lines.

    The first piece has `id`, `url`, `title`, `kind`, `date` where there is one, `blocks`, and how many `pieces` there
    are. Each has `lines`, their words, and `numbers`: by turns the seed's number of a line, and with how many lines it
    goes on from there, one by one. A long record is cut, as its first passages mostly stand in its first lines.
    """
    pieces = list(_pieces(record.lines))
    for number, lines in enumerate(pieces):
        head = dict(_head(record, len(pieces))) if number == 0 else {}
        content = {**head, "numbers": list(_runs(lines)), "lines": [words for _, words in lines]}
        yield json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def _pieces(lines: Sequence[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    """Lines in pieces of about one size; one piece where there are no lines."""
    before = list(accumulate([len(words) for _, words in lines], initial=0))
    start = 0
    while (end := bisect_left(before, before[start] + _PIECE)) < len(lines):
        yield lines[start:end]
        start = end
    yield lines[start:]


def _runs(lines: Iterable[tuple[int, str]]) -> Iterator[int]:
    """The numbers of lines: of each run that counts up by one the first, and how many there are."""
    first, size = 0, 0
    for number, _ in lines:
        if size and number == first + size:
            size += 1
            continue
        if size:
            yield from (first, size)
        first, size = number, 1
    if size:
        yield from (first, size)


def _head(record: Record, pieces: int) -> Iterator[tuple[str, object]]:
    yield "id", record.id
    yield "url", record.url
    yield "title", record.title
    yield "kind", record.kind
    if record.date is not None:
        yield "date", record.date
    yield "blocks", record.blocks()
    yield "pieces", pieces
