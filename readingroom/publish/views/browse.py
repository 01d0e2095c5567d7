"""Ways to browse: a field of the documents, its values, and for each value the list of the documents that have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date
from functools import partial

from readingroom.addresses import segment
from readingroom.dates import earliest, in_words, span_of
from readingroom.editorial.edition import Edited, Edition
from readingroom.publish.views.collection import row
from readingroom.publish.views.listing import Link, Listing, row_size
from readingroom.publish.views.made import Made
from readingroom.publish.views.paging import Sheet, sheets
from readingroom.publish.views.words import clipped

DOCUMENTS = Link("Documents", "documents/")
LAST_YEAR = MAXYEAR - 1
"""A date from then on is a misreading, and has no place."""
_UNDATED = "undated"
_AT_ONCE = 12
"""So many values of a way stand on the page of all documents; its own page has them all."""
_YEARS_AT_ONCE = 120
_LONGEST = 120
"""Characters of a value that are shown."""
_MARKUP = 260
"""Bytes of a value in the table of all values, beside its name and address (overrides/values.html)."""


@dataclass(frozen=True, slots=True)
class Way:
    """A field by which documents are grouped."""

    name: str
    """its segment of the address: documents/by/<name>/<value>/"""
    title: str
    """over the list of its values"""
    of: str
    """the title of a value's page, with {} for the value"""
    values: Callable[[Edited], Iterable[str]]
    """what a document has in this field"""
    shown: Callable[[str], str] = str
    """a value as a reader is shown it"""
    in_order: bool = False
    """whether values stand in their own order rather than the most frequent first"""
    at_once: int = _AT_ONCE
    """how many values stand on the page of all documents; none where another way leads to them"""


def year_of(edited: Edited) -> str:
    """Return the year under which a document is listed: that of its earliest day."""
    return f"{earliest(edited.date).year:04d}" if is_placed(edited.date) else _UNDATED


def month_of(edited: Edited) -> str:
    """Return the month that a document's date is in, else the year under which it is listed."""
    if not edited.date or not is_placed(edited.date):
        return _UNDATED
    span = span_of(edited.date)
    months = {day.isoformat()[:7] for day in (span.first, span.last or date.max) if day}
    return months.pop() if len(months) == 1 else year_of(edited)


def is_placed(dated: str | None) -> bool:
    """Return whether a date has a first day, so that it has a place in time."""
    first = span_of(dated).first if dated else None
    return first is not None and first.year < LAST_YEAR


def _field(key: str) -> Callable[[Edited], tuple[str, ...]]:
    def values(edited: Edited) -> tuple[str, ...]:
        found = edited.fields.get(key)
        return () if found is None else tuple(found.value) if isinstance(found.value, tuple) else (str(found.value),)

    return values


def _dated(of: Callable[[Edited], str]) -> Callable[[Edited], tuple[str, ...]]:
    return lambda edited: (of(edited),)


def _month(value: str) -> str:
    return f"{value}, month not known" if len(value) == len("1994") else in_words(value)


def _marking(level: str) -> str:
    return "no marking" if level == "unmarked" else level


YEARS = Way("year", "Years", "Documents of {}", _dated(year_of), in_order=True, at_once=_YEARS_AT_ONCE)
MONTHS = Way("month", "Months", "Documents of {}", _dated(month_of), _month, in_order=True, at_once=0)
WAYS = (
    YEARS,
    MONTHS,
    Way("collection", "Collections", "{}", _field("collection")),
    Way("repository", "Where the originals are", "Originals: {}", _field("repository")),
    Way("type", "Types", "Type: {}", _field("type")),
    Way("marking", "Markings", "Marking: {}", _field("classification"), _marking),
    Way("agency", "Agencies", "Agency: {}", _field("agency")),
    Way("originator", "Originators", "Originator: {}", _field("originator")),
    Way("tag", "TAGS", "TAGS: {}", _field("tags")),
)
"""Every way, in the order in which they are offered; one that no document takes is left out."""


@dataclass(frozen=True, slots=True)
class Browsed:
    """A way with its values, as the page of all documents and its own page show it."""

    way: Way
    listings: tuple[Listing, ...]

    @property
    def link(self) -> Link:
        """Return the link to the page of all its values."""
        return Link(self.way.title, f"documents/by/{self.way.name}/")

    @property
    def first(self) -> tuple[Link, ...]:
        """Return the values that stand on the page of all documents."""
        return tuple(listing.link for listing in self.listings[: self.way.at_once])

    @property
    def by_key(self) -> Mapping[str, Listing]:
        """Return the list of each value, by its segment of the address."""
        return {listing.address.split("/")[-2]: listing for listing in self.listings}

    def pages(self) -> Iterator[Made]:
        """Yield the page of all values, and the pages of each."""
        for sheet in sheets(self.link.address, self.listings, _size):
            yield Made(
                sheet.uri,
                sheet.titled(self.link.name),
                "values.html",
                partial(self._context, sheet),
                partial(_on, sheet),
            )
        for listing in self.listings:
            yield from listing.pages()

    def _context(self, sheet: Sheet[Listing]) -> Mapping[str, object]:
        return {"browsed": self, "sheet": sheet, "above": (DOCUMENTS,)}


def _on(sheet: Sheet[Listing]) -> object:
    return sheet.of, sheet.places, tuple((each.link, each.dated) for each in sheet.items)


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the page of all documents, and for each way that they take its own."""
    ways = tuple(browsed(way, edition.documents) for way in WAYS)
    taken = tuple(each for each in ways if each.listings)
    yield Made("documents/index.md", "Documents", "documents.html", partial(_index, taken, edition))
    for each in taken:
        yield from each.pages()


def browsed(way: Way, documents: Iterable[Edited]) -> Browsed:
    """Return a way with the values that `documents` have. Values that differ in case and marks only are one."""
    having: defaultdict[str, list[Edited]] = defaultdict(list)
    spelled: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in documents:
        values = {segment(value): value for value in way.values(each)}
        for key, value in values.items():
            having[key].append(each)
            spelled[key][value] += 1
    names = {key: clipped(way.shown(counted.most_common(1)[0][0]), _LONGEST) for key, counted in spelled.items()}
    order = sorted(having, key=lambda key: (0 if way.in_order else -len(having[key]), key))
    return Browsed(way, tuple(_listing(way, key, names[key], tuple(having[key])) for key in order))


def _listing(way: Way, key: str, name: str, documents: tuple[Edited, ...]) -> Listing:
    undated = way.in_order and key == _UNDATED
    within = browsed(MONTHS, documents).listings if way is YEARS and not undated else ()
    return Listing(
        address=f"documents/by/{way.name}/{key}/",
        name="undated" if undated else name,
        title="Undated documents" if undated else way.of.format(name),
        documents=documents,
        above=(DOCUMENTS, Link(way.title, f"documents/by/{way.name}/")),
        within=tuple(month.link for month in within) if len(within) > 1 else (),
    )


def _size(listing: Listing) -> int:
    return _MARKUP + len(listing.name.encode()) + len(listing.address.encode())


def _index(ways: tuple[Browsed, ...], edition: Edition) -> Mapping[str, object]:
    """Return what the page of all documents shows: the documents themselves where they fit on it, else the ways."""
    whole = sheets(DOCUMENTS.address, edition.documents, row_size)
    fits = len(whole) == 1
    return {"ways": ways, "sheet": whole[0] if fits else None, "rows": tuple(map(row, whole[0].items)) if fits else ()}
