"""What the search reads: a record for each document, for its corrected readings, and for each of the editors' texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from readingroom.words import Words

_NO_FACETS: Mapping[str, tuple[str, ...]] = MappingProxyType({})

_AFTER_ALL = "9999-99-99"


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
        end = len(self.lines) if self.furniture is None else self.furniture
        text = [number for number, _ in self.lines[:end]]
        borders = [0, end]
        for index, ((before, _), (after, _)) in enumerate(pairwise(self.lines[end:]), start=end + 1):
            if before > after or any(before <= number <= after for number in text):
                borders.append(index)
        borders.append(len(self.lines))
        return tuple((start, stop) for start, stop in pairwise(borders) if start < stop)

    def words(self) -> Words:
        """Return its words, cut by the rule."""
        return Words.of("\n".join(words for _, words in self.lines[start:end]) for start, end in self.blocks())


def in_time(records: Iterable[Record]) -> list[Record]:
    """Return records in the order in which the search numbers them: by day, the undated last, then by id."""
    return sorted(records, key=lambda record: (record.sorted or _AFTER_ALL, record.id))


def write_passages(records: Iterable[Record], folder: Path) -> None:
    """Write `<number>.json` for each record, numbered from 0 in the order given: what is shown where it is found."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, record in enumerate(records):
        shown = json.dumps(dict(_shown(record)), ensure_ascii=False, separators=(",", ":"))
        (folder / f"{number}.json").write_text(shown + "\n", encoding="utf-8", newline="\n")


def _shown(record: Record) -> Iterator[tuple[str, object]]:
    yield "id", record.id
    yield "url", record.url
    yield "title", record.title
    yield "kind", record.kind
    if record.date is not None:
        yield "date", record.date
    yield "blocks", record.blocks()
    yield "lines", record.lines
