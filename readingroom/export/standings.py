"""The table of people, organizations, places and events, with what the collection shows of each."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.standing import standings
from readingroom.export.tables import Cell, Table


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    found = standings(edition)
    for authority in edition.authorities:
        standing = found[authority.id]
        yield (
            authority.id,
            authority.room,
            authority.name,
            authority.aliases,
            authority.date or "",
            standing.documents,
            standing.mentions,
            _date(standing.first),
            _date(standing.last),
            standing.sent,
            standing.received,
            f"{authority.id}/",
        )


def _date(document: Edited | None) -> str:
    return (document.date if document else None) or ""


AUTHORITIES = Table(
    "authorities",
    "People, organizations, places and events",
    "one person, organization, place or event that has a page",
    {
        "id": "room and name, which stand in its address",
        "room": "people, organizations, places or events",
        "name": "the name that this edition uses",
        "aliases": "other names and spellings by which the documents may name it",
        "date": "of an event, in EDTF",
        "documents": "how many documents name it",
        "mentions": "in how many places they do",
        "first": "date of the earliest dated document that names it, in EDTF",
        "last": "date of the latest",
        "sent": "letters, of whatever type of document, that it sent",
        "received": "letters addressed to it for action",
        "url": "address of its page, below the site’s",
    },
    _rows,
)
