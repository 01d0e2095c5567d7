"""The room of what is cited but not here: by kind, most cited first, each thing with the places that cite it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

from readingroom.editorial.edition import Edition
from readingroom.editorial.missing import KINDS, Missing, Place, Thing, missing
from readingroom.page.around import Around, around
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.made import MOST_ROWS, Made, address, page_uri, split

_FOREMOST = 12
"""So many of the most cited stand on the overview."""
_MOST_PLACES = 20
"""So many places stand under one thing; the data has all."""


@dataclass(frozen=True, slots=True)
class CitedIn:
    """One place that cites, with the words around it."""

    document: Entry
    around: Around


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing cited but not here, as a reader is shown it."""

    cites: str
    year: str
    settled: bool
    address: str
    """of its stable official page; empty where there is none"""
    anchor: str
    url: str
    """of its own place in this room, below the site's"""
    held: int
    citations: int
    places: tuple[CitedIn, ...]


@dataclass(frozen=True, slots=True)
class CitedKind:
    """One kind of thing that is cited but not here."""

    kind: str
    title: str
    things: int
    citations: int
    documents: int


@dataclass(frozen=True, slots=True)
class _Found:
    """One thing with its place in this room."""

    missing: Missing
    anchor: str
    url: str


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the overview, and the lists of each kind."""
    found = _by_kind(edition)
    yield Made("cited.md", "Cited but not here", "cited.html", partial(_overview, found))
    for kind, things in found.items():
        title = f"Cited but not here: {KINDS[kind]}"
        yield from split(_uri(kind), title, "cited-kind.html", things, partial(_listed, kind), _on)


def _on(found: _Found) -> object:
    each = found.missing
    places = tuple((place.document.id, place.document.facts, place.line) for place in _shown(each))
    return found.anchor, found.url, each.thing, each.address, each.post, each.held, len(each.places), places


@lru_cache(maxsize=1)  # asked for by pages and by what decides which of them are printed
def cited_at(edition: Edition) -> Mapping[Thing, str]:
    """Return where each thing that is cited stands in this room: its address below the site's."""
    found = (each for things in _by_kind(edition).values() for each in things)
    return {each.missing.thing: each.url for each in found if each.missing.kind != "attachments"}


@lru_cache(maxsize=1)
def _by_kind(edition: Edition) -> Mapping[str, Sequence[_Found]]:
    """Return what is missing by its kind, most cited first; messages by post, the post most cited first."""
    found: defaultdict[str, list[Missing]] = defaultdict(list)
    for each in missing(edition):
        found[each.kind].append(each)
    of_post = Counter[str]()
    for each in found["messages"]:
        of_post[each.post] += len(each.places)
    found["messages"].sort(key=lambda each: (not each.post, -of_post[each.post], each.post))
    return {kind: tuple(_placed(found[kind])) for kind in KINDS if found[kind]}


def _placed(things: Sequence[Missing]) -> Iterator[_Found]:
    """Yield the things of one kind with an anchor for each, on the page on which it comes to stand."""
    taken = Counter[str]()
    for at, each in enumerate(things):
        slug = (
            "-".join(
                "".join(c if c.isalnum() else " " for c in f"{each.thing.cites} {each.thing.year}".lower()).split()
            )
            or "unnamed"
        )
        taken[slug] += 1
        anchor = f"cited-{slug}" if taken[slug] == 1 else f"cited-{slug}_{taken[slug]}"
        yield _Found(each, anchor, f"{address(page_uri(_uri(each.kind), 1 + at // MOST_ROWS))}#{anchor}")


def _uri(kind: str) -> str:
    return f"cited/{kind}.md"


def _overview(found: Mapping[str, Sequence[_Found]]) -> Mapping[str, object]:
    everything = [each for things in found.values() for each in things]
    foremost = sorted(everything, key=lambda each: -len(each.missing.places))[:_FOREMOST]
    return {
        "kinds": tuple(_kind(kind, [each.missing for each in things]) for kind, things in found.items()),
        "foremost": tuple(_lacking(foremost)),
        "all_shown": len(everything) <= _FOREMOST,
    }


def _kind(kind: str, things: Sequence[Missing]) -> CitedKind:
    citing = {place.document.id for each in things for place in each.places}
    return CitedKind(kind, KINDS[kind], len(things), sum(len(each.places) for each in things), len(citing))


def _listed(kind: str, things: Sequence[_Found]) -> Mapping[str, object]:
    shown = zip(things, _lacking(things), strict=True)
    groups = groupby(shown, key=lambda pair: pair[0].missing.post)
    return {
        "kind": kind,
        "title": KINDS[kind],
        "groups": tuple((post, tuple(each for _, each in some)) for post, some in groups),
    }


def _lacking(things: Sequence[_Found]) -> Iterator[Lacking]:
    words = _around(place for found in things for place in _shown(found.missing))
    for found in things:
        each = found.missing
        yield Lacking(
            cites=each.thing.cites,
            year=each.thing.year,
            settled=each.thing.settled,
            address=each.address,
            anchor=found.anchor,
            url=found.url,
            held=each.held,
            citations=len(each.places),
            places=tuple(CitedIn(entry(place.document), words[place]) for place in _shown(each)),
        )


def _shown(each: Missing) -> Sequence[Place]:
    return each.places[:_MOST_PLACES]


def _around(places: Iterable[Place]) -> Mapping[Place, Around]:
    """Return the words around each place. Each document is called up once for all places in it."""
    in_order = sorted(places, key=lambda place: place.document.id)
    return {place: around(place.document.document, place.span) for place in in_order}
