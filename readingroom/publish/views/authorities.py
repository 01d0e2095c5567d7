"""People, organizations, places and events: the page of each, and the index of each room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from readingroom.dates import earliest, in_words
from readingroom.editorial.authority import ROOMS, Authority
from readingroom.editorial.edition import Edited, Edition
from readingroom.page.around import Around, around
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.made import Made

_TITLES = {
    "people": "People",
    "organizations": "Organizations",
    "places": "Places",
    "events": "Events",
}


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A document that names an authority, and where."""

    document: Entry
    places: tuple[Around, ...]


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
    mentions: int
    sorted: str
    """first possible day of an event, ISO; undated last"""


_IDENTIFIERS = {"wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"), "viaf": ("VIAF", "https://viaf.org/viaf/")}


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the index of each room; the pages of the authorities themselves are files of the editors'."""
    for room in ROOMS:
        yield Made(f"{room}/index.md", _TITLES[room], "authorities.html", partial(_index, room, edition))


def _index(room: str, edition: Edition) -> Mapping[str, object]:
    authorities = [each for each in edition.authorities if each.room == room]
    return {"room": room, "authorities": [authority_view(each, edition) for each in authorities]}


def authority_view(authority: Authority, edition: Edition) -> AuthorityView:
    """Return one authority with every place where the documents name it."""
    named = [
        NamedIn(entry(each), tuple(_places(each, authority.id))) for each in edition.mentioned_in.get(authority.id, ())
    ]
    return AuthorityView(
        id=authority.id,
        room=authority.room,
        name=authority.name,
        summary=authority.summary,
        date=in_words(authority.date) if authority.date else "",
        aliases=authority.aliases,
        identifiers=tuple(_identifier(scheme, value) for scheme, value in authority.identifiers.items()),
        named_in=tuple(named),
        mentions=sum(len(each.places) for each in named),
        sorted=earliest(authority.date).isoformat(),
    )


def _identifier(scheme: str, value: str) -> tuple[str, str, str]:
    name, address = _IDENTIFIERS.get(scheme.lower(), (scheme, ""))
    return name, value, f"{address}{value}" if address else ""


def _places(edited: Edited, target: str) -> Iterator[Around]:
    for mention in edited.mentions:
        if mention.target == target:
            yield around(edited.document, mention.span)
