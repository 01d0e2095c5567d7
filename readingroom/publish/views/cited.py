"""What the documents cite and the collection lacks: the map of the missing file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from readingroom.editorial.edition import Edition
from readingroom.page.around import Around, around
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.made import Made

_UNITED_NATIONS = re.compile(r"[SA]/(?:RES/|PV\.|\d)")


@dataclass(frozen=True, slots=True)
class CitedIn:
    """One place that cites, with the words around it."""

    document: Entry
    around: Around


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing cited but not here. Context variable `missing`."""

    cites: str
    """normalized where the words settle it, else as written"""
    settled: bool
    address: str
    """of its stable official page; empty where there is none"""
    places: tuple[CitedIn, ...]


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the page of what is cited but not here."""
    yield Made("cited.md", "Cited but not here", "cited.html", lambda: {"missing": missing(edition)})


def missing(edition: Edition) -> tuple[Missing, ...]:
    """Return what is cited but not here, most cited first, then by name."""
    found: defaultdict[tuple[str, bool], list[CitedIn]] = defaultdict(list)
    for each in edition.documents:
        for citation in each.citations:
            if citation.document is None:
                reference = citation.reference
                cites = reference.normalized or " ".join(reference.as_written.split())
                place = CitedIn(entry(each), around(each.document, reference.span))
                found[cites, reference.normalized is not None].append(place)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Missing(cites, settled, _address(cites), tuple(places)) for (cites, settled), places in ordered)


def _address(cites: str) -> str:
    """Return the United Nations' own page of a document by its symbol (domain, section 6)."""
    return f"https://undocs.org/{cites.replace(' ', '')}" if _UNITED_NATIONS.match(cites) else ""
