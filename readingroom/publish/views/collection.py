"""The collection as a whole: its figures, and a document as a row of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from readingroom.dates import earliest, in_words
from readingroom.editorial.edition import Edited, Edition
from readingroom.publish.views.words import clipped, date_of, few, level_of, names_of

ON_HOME = 12
"""So many documents stand on the home page; the tables have them all."""
_LONGEST_TITLE = 160
_LONGEST_NAME = 60
_MOST_NAMES = 3
_MARKUP = 300
"""Bytes of a row beside its words and the address of its document (overrides/partials/row.html)."""


@dataclass(frozen=True)
class Row:
    """One document in a table. Context variable `rows`."""

    id: str
    title: str
    date: str
    sorted: str
    """first possible day, ISO; undated last"""
    kind: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    number: str
    level: str
    withheld: int

    @cached_property
    def size(self) -> int:
        """Return about how many bytes the document takes as a row; rather more than less."""
        words = (self.title, self.date, self.number, self.kind, self.level, *self.senders, *self.receivers)
        return _MARKUP + 2 * len(self.id.encode()) + sum(len(each.encode()) for each in words)


@dataclass(frozen=True, slots=True)
class Summary:
    """The collection in figures. Context variable `collection`."""

    documents: int
    failed: tuple[tuple[str, str, str], ...]
    """id, file and problem of each seed that could not become a document"""
    withheld: int
    with_withheld: int
    lines: int
    annotated: int
    """documents with an annotation file"""
    notes: int
    emendations: int
    first: str
    last: str


_ROWS: WeakKeyDictionary[Edited, Row] = WeakKeyDictionary()
"""The rows of documents: many lists show the same."""


def row(edited: Edited) -> Row:
    """Return a document as a row of a table: bounded in length, whatever the document says."""
    found = _ROWS.get(edited)
    if found is None:
        found = _ROWS[edited] = _row(edited)
    return found


def _row(edited: Edited) -> Row:
    number = edited.fields.get("number")
    return Row(
        id=edited.id,
        title=clipped(edited.title, _LONGEST_TITLE),
        date=date_of(edited),
        sorted=earliest(edited.date).isoformat(),
        kind=str(edited.fields["type"].value),
        senders=few(names_of(edited, "from"), _MOST_NAMES, _LONGEST_NAME),
        receivers=few(names_of(edited, "to"), _MOST_NAMES, _LONGEST_NAME),
        number=clipped(str(number.value), _LONGEST_NAME) if number else "",
        level=level_of(edited),
        withheld=len(edited.document.redactions),
    )


@lru_cache(maxsize=1)  # asked for by pages and by what decides which of them are printed
def summary(edition: Edition) -> Summary:
    """Return the collection in figures."""
    months = [earliest(each.date).isoformat()[:7] for each in edition.documents if each.date]
    return Summary(
        documents=len(edition.documents),
        failed=tuple((failure.id, failure.file, failure.problem.message) for failure in edition.failed),
        withheld=sum(len(each.document.redactions) for each in edition.documents),
        with_withheld=sum(bool(each.document.redactions) for each in edition.documents),
        lines=sum(each.document.line_count for each in edition.documents),
        annotated=sum(each.annotation.there for each in edition.documents),
        notes=sum(len(each.annotation.notes) for each in edition.documents),
        emendations=sum(len(each.annotation.emendations) for each in edition.documents),
        first=in_words(months[0]) if months else "",
        last=in_words(months[-1]) if months else "",
    )
