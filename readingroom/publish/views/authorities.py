"""People, organizations, places and events: the page of each, and the index of each room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readingroom.dates import earliest, in_words
from readingroom.editorial.authority import ROOMS, Authority
from readingroom.editorial.correspondence import correspondence
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.standing import Standing, standings
from readingroom.page.around import Around, around
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.letters import PairRow, pair_row
from readingroom.publish.views.listing import Link, Listing
from readingroom.publish.views.made import Made
from readingroom.publish.views.paging import sheets
from readingroom.publish.views.words import between, clipped, date_of

_TITLES = {
    "people": "People",
    "organizations": "Organizations",
    "places": "Places",
    "events": "Events",
}
_MOST_NAMED_IN = 20
"""Documents with their words on one authority's page; where there are more, a list of its own has all."""
_MOST_PLACES = 6
"""Places shown of one document."""
_MOST_PAIRS = 20
_LONGEST_SUMMARY = 240
_MARKUP = 520
"""Bytes of a row of the index beside its words and address (overrides/authorities.html)."""


@dataclass(frozen=True, slots=True)
class Row:
    """An authority in the index of its room. Context variable `rows`."""

    id: str
    name: str
    summary: str
    date: str
    sorted: str
    """first possible day of an event, ISO; undated last"""
    standing: Standing
    dated: str
    """the first and last date at which it is named"""


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A document that names an authority, and where."""

    document: Entry
    places: tuple[Around, ...]
    more: int
    """places that are not shown"""


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """One person, organization, place or event. Context variable `authority`."""

    id: str
    room: str
    name: str
    summary: str
    date: str
    aliases: tuple[str, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    """scheme, value, address or empty"""
    named_in: tuple[NamedIn, ...]
    """the first documents that name it"""
    listed: str
    """address of the list of all documents that name it; empty where all are shown"""
    standing: Standing
    dated: str
    wrote_to: tuple[PairRow, ...]
    """the most frequent first; not all of many"""
    heard_from: tuple[PairRow, ...]
    more_pairs: bool
    """whether some are not shown"""


_IDENTIFIERS = {"wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"), "viaf": ("VIAF", "https://viaf.org/viaf/")}


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the index of each room, and the lists of documents that are too long for an authority's page.

    The pages of the authorities themselves are files of the editors'.
    """
    for room in ROOMS:
        rows = [_row(each, edition) for each in edition.authorities if each.room == room]
        if room == "events":
            rows.sort(key=lambda row: row.sorted)
        for sheet in sheets(f"{room}/", rows, _size):
            context = {
                "room": room,
                "sheet": sheet,
                "letters": any(row.standing.sent or row.standing.received for row in rows),
            }
            yield Made(sheet.uri, sheet.titled(_TITLES[room]), "authorities.html", partial(dict, context))
    for authority in edition.authorities:
        documents = edition.mentioned_in.get(authority.id, ())
        if len(documents) > _MOST_NAMED_IN:
            above = (Link(_TITLES[authority.room], f"{authority.room}/"), Link(authority.name, f"{authority.id}/"))
            title = f"{authority.name}: documents"
            yield from Listing(_listed(authority), authority.name, title, documents, above).pages()


def _row(authority: Authority, edition: Edition) -> Row:
    standing = standings(edition)[authority.id]
    return Row(
        id=authority.id,
        name=authority.name,
        summary=clipped(authority.summary, _LONGEST_SUMMARY),
        date=in_words(authority.date) if authority.date else "",
        sorted=earliest(authority.date).isoformat(),
        standing=standing,
        dated=_dated(standing),
    )


def _dated(standing: Standing) -> str:
    return between([date_of(each) for each in (standing.first, standing.last) if each])


def _size(row: Row) -> int:
    return _MARKUP + sum(len(each.encode()) for each in (row.id, row.name, row.summary, row.date, row.dated))


def _listed(authority: Authority) -> str:
    return f"{authority.id}/documents/"


def authority_view(authority: Authority, edition: Edition) -> AuthorityView:
    """Return one authority with the places where documents name it, and whom it wrote to and heard from."""
    documents = edition.mentioned_in.get(authority.id, ())
    standing = standings(edition)[authority.id]
    letters = correspondence(edition)
    wrote_to, heard_from = letters.wrote_to.get(authority.id, ()), letters.heard_from.get(authority.id, ())
    return AuthorityView(
        id=authority.id,
        room=authority.room,
        name=authority.name,
        summary=authority.summary,
        date=in_words(authority.date) if authority.date else "",
        aliases=authority.aliases,
        identifiers=tuple(_identifier(scheme, value) for scheme, value in authority.identifiers.items()),
        named_in=tuple(_named_in(each, authority.id) for each in documents[:_MOST_NAMED_IN]),
        listed=_listed(authority) if len(documents) > _MOST_NAMED_IN else "",
        standing=standing,
        dated=_dated(standing),
        wrote_to=tuple(map(pair_row, wrote_to[:_MOST_PAIRS])),
        heard_from=tuple(map(pair_row, heard_from[:_MOST_PAIRS])),
        more_pairs=max(len(wrote_to), len(heard_from)) > _MOST_PAIRS,
    )


def _identifier(scheme: str, value: str) -> tuple[str, str, str]:
    name, address = _IDENTIFIERS.get(scheme.lower(), (scheme, ""))
    return name, value, f"{address}{value}" if address else ""


def _named_in(edited: Edited, target: str) -> NamedIn:
    spans = [mention.span for mention in edited.mentions if mention.target == target]
    places = tuple(around(edited.document, span) for span in spans[:_MOST_PLACES])
    return NamedIn(entry(edited), places, len(spans) - len(places))
