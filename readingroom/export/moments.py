"""The table of the timeline: every dated document and event."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.dates import earliest
from readingroom.editorial.edition import Edition
from readingroom.export.tables import Cell, Table


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    found = [
        *((each.date, "event", each.name, f"{each.id}/") for each in edition.authorities if each.date),
        *((each.date, each.fields["type"].value, each.title, f"documents/{each.id}/") for each in edition.documents),
    ]
    dated = [(str(date), str(kind), title, url) for date, kind, title, url in found if date]
    yield from sorted(dated, key=lambda row: (earliest(row[0]), row[1] != "event", row[3]))


TIMELINE = Table(
    "timeline",
    "Timeline",
    "a document or event that has a date",
    {
        "date": "in EDTF: 1994-12-02, 1994-12, 1994-12-02?",
        "kind": "event, or the document’s type",
        "title": "the document’s title or the event’s name",
        "url": "address of its page, below the site’s",
    },
    _rows,
)
