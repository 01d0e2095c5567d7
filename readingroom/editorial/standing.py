"""How a person, body, place or event stands in a collection: how often it is named, when, and what it wrote and got."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from readingroom.editorial.correspondence import correspondence
from readingroom.editorial.edition import Edited, Edition


@dataclass(frozen=True, slots=True)
class Standing:
    """The figures of one authority."""

    documents: int
    """that name it"""
    mentions: int
    """places where they do"""
    first: Edited | None
    """the earliest dated document that names it"""
    last: Edited | None
    sent: int
    """letters"""
    received: int


@lru_cache(maxsize=1)
def standings(edition: Edition) -> Mapping[str, Standing]:
    """Return the figures of every authority, by its id."""
    letters = correspondence(edition)
    mentions = Counter(mention.target for each in edition.documents for mention in each.mentions)
    found = {}
    for authority in edition.authorities:
        named = edition.mentioned_in.get(authority.id, ())
        dated = [each for each in named if each.date]
        found[authority.id] = Standing(
            documents=len(named),
            mentions=mentions[authority.id],
            first=dated[0] if dated else None,
            last=dated[-1] if dated else None,
            sent=len(letters.sent.get(authority.id, ())),
            received=len(letters.received.get(authority.id, ())),
        )
    return found
