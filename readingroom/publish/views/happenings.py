"""What stands on the timeline: documents and events with a place in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from readingroom.dates import in_words, is_one_of, span_of
from readingroom.editorial.edition import Edited, Edition
from readingroom.publish.views.browse import LAST_YEAR, is_placed
from readingroom.publish.views.words import clipped, date_of, level_of

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Happening:
    """A document or an event."""

    date: str
    """EDTF"""
    when: str
    """the date in words"""
    first: dt.date
    last: dt.date
    """the last day that the date allows; the first where it is open"""
    doubtful: bool
    """whether the date is uncertain, approximate or one of several"""
    title: str
    kind: str
    """the document's type, or `event`"""
    address: str
    level: str
    """the marking of a document; empty for an event"""
    document: Edited | None
    mentions: int
    """documents that name the event; 0 for a document"""

    @property
    def known(self) -> bool:
        """Return whether the day or the days are known."""
        return not self.doubtful


def happenings(edition: Edition) -> tuple[Happening, ...]:
    """Return every document and event that has a place in time, in order; on one day events come first."""
    found = [*_events(edition), *map(_of_document, (each for each in edition.documents if is_placed(each.date)))]
    return tuple(sorted(found, key=lambda each: (each.first, each.document is not None, each.last)))


def _events(edition: Edition) -> Iterator[Happening]:
    for each in edition.authorities:
        if each.room == "events" and each.date and is_placed(each.date):
            first, last = _days(each.date)
            yield Happening(
                date=each.date,
                when=in_words(each.date),
                first=first,
                last=last,
                doubtful=_doubtful(each.date),
                title=clipped(each.name, _LONGEST_TITLE),
                kind="event",
                address=f"{each.id}/",
                level="",
                document=None,
                mentions=len(edition.mentioned_in.get(each.id, ())),
            )


def _of_document(edited: Edited) -> Happening:
    date = str(edited.date)
    first, last = _days(date)
    return Happening(
        date=date,
        when=date_of(edited),
        first=first,
        last=last,
        doubtful=_doubtful(date),
        title=clipped(edited.title, _LONGEST_TITLE),
        kind=str(edited.fields["type"].value),
        address=f"documents/{edited.id}/",
        level=level_of(edited),
        document=edited,
        mentions=0,
    )


def _days(date: str) -> tuple[dt.date, dt.date]:
    span = span_of(date)
    first = span.first or dt.date.max
    return first, span.last if span.last and first <= span.last < dt.date(LAST_YEAR, 1, 1) else first


def _doubtful(date: str) -> bool:
    return is_one_of(date) or any(sign in date for sign in "?~%X") or date.endswith(("/", "/.."))
