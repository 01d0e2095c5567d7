"""How a person, body, place or event stands in a collection: how often it is named, when, and what it wrote and got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from readingroom.editorial.correspondence import Correspondence
from readingroom.editorial.edition import Edition


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one authority."""

    documents: int
    """that name it"""
    mentions: int
    """places where they do"""
    first: str | None
    """date of the earliest dated document that names it, EDTF"""
    last: str | None
    sent: int
    """letters"""
    received: int


def standings(edition: Edition, letters: Correspondence) -> Mapping[str, Standing]:
    """Return the figures of every authority, by its id."""
    mentions = Counter(mention.target for each in edition.documents for mention in each.mentions)
    found = {}
    for authority in edition.authorities:
        named = edition.mentioned_in.get(authority.id, ())
        dates = [each.date for each in named if each.date]
        found[authority.id] = Standing(
            documents=len(named),
            mentions=mentions[authority.id],
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            sent=len(letters.sent.get(authority.id, ())),
            received=len(letters.received.get(authority.id, ())),
        )
    return found
