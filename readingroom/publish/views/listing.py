"""A list of documents with an address of its own: a table on as many pages as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from readingroom.editorial.edition import Edited
from readingroom.publish.views.collection import row
from readingroom.publish.views.made import Made
from readingroom.publish.views.paging import Sheet, sheets
from readingroom.publish.views.words import between, date_of


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page of the site."""

    name: str
    address: str
    """below the site, with its final slash"""
    count: int = 0
    """documents behind it; 0 where that is not said"""


@dataclass(frozen=True)
class Listing:
    """Documents in order of date, and the page or pages that list them."""

    address: str
    name: str
    """short, as a link has it: `1974`, `cable`"""
    title: str
    """of the page: `Documents of 1974`"""
    documents: tuple[Edited, ...]
    above: tuple[Link, ...]
    """the way back"""
    within: tuple[Link, ...] = ()
    """lists of some of these documents"""

    @cached_property
    def sheets(self) -> tuple[Sheet[Edited], ...]:
        """Return the documents by page."""
        return sheets(self.address, self.documents, row_size)

    @property
    def link(self) -> Link:
        """Return the link to it, with its count."""
        return Link(self.name, self.address, len(self.documents))

    @cached_property
    def dated(self) -> str:
        """Return the dates of its first and last dated document in words."""
        ends = (next((each for each in order if each.date), None) for order in (self.documents, self.documents[::-1]))
        return between([date_of(each) for each in ends if each])

    @cached_property
    def _page_of(self) -> Mapping[str, str]:
        return {each.id: sheet.address for sheet in self.sheets for each in sheet.items}

    def place_of(self, edited: Edited) -> str:
        """Return the address at which the row of one of its documents stands."""
        return f"{self._page_of[edited.id]}#row-{edited.id}"

    def pages(self) -> Iterator[Made]:
        """Yield its pages."""
        for sheet in self.sheets:
            context, on = partial(self._context, sheet), partial(self._on, sheet)
            yield Made(sheet.uri, sheet.titled(self.title), "listing.html", context, on)

    def _on(self, sheet: Sheet[Edited]) -> object:
        rows = tuple((each.id, each.facts) for each in sheet.items)
        return self.name, self.dated, len(self.documents), self.above, self.within, sheet.of, sheet.places, rows

    def _context(self, sheet: Sheet[Edited]) -> Mapping[str, object]:
        return {"listing": self, "sheet": sheet, "rows": tuple(map(row, sheet.items))}


def row_size(edited: Edited) -> int:
    """Return about how many bytes the document takes as a row of a table."""
    return row(edited).size
