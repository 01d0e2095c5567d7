"""What is cited but not here, as a table: a row for each place that cites."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edition
from readingroom.editorial.missing import missing
from readingroom.export.tables import Cell, Table


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    for each in missing(edition):
        for place in each.places:
            document = place.document
            yield (
                each.kind,
                each.thing.cites,
                each.thing.year,
                "yes" if each.thing.settled else "no",
                each.address,
                document.id,
                place.line,
                place.words,
                f"documents/{document.id}/#L{place.line}",
            )


CITED = Table(
    "cited",
    "Cited but not here",
    "a place at which a document cites something, or names it as attached, that the collection lacks",
    {
        "kind": "messages, resolutions, united-nations, orders, records, letters, attachments, others",
        "cites": "what is cited, in one spelling where the words settle it, else as written",
        "year": "of a message whose number is settled: its own, or the citing message's where the words give none",
        "settled": "yes, or no where the words do not settle which it is",
        "address": "its stable official page, where its identifier gives one",
        "document": "the id of the document that cites it",
        "line": "the line of the seed on which it does",
        "as_written": "the words that cite it",
        "url": "address of that line, below the site's",
    },
    _rows,
)
