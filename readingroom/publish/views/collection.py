"""The collection as a whole: its figures, and the table of its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readingroom.dates import earliest, in_words
from readingroom.editorial.edition import Edited, Edition
from readingroom.publish.views.made import Made
from readingroom.publish.views.words import date_of, level_of, names_of

ON_HOME = 12
"""So many documents stand on the home page; the table has them all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document in the table. Context variable `rows`."""

    id: str
    title: str
    date: str
    sorted: str
    """first possible day, ISO; undated last"""
    kind: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    number: str
    level: str
    withheld: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The collection in figures. Context variable `collection`."""

    documents: int
    failed: tuple[tuple[str, str, str], ...]
    """id, file and problem of each seed that could not become a document"""
    withheld: int
    with_withheld: int
    lines: int
    annotated: int
    """documents with an annotation file"""
    notes: int
    emendations: int
    first: str
    last: str


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the table of documents."""
    yield Made("documents/index.md", "Documents", "documents.html", lambda: {"rows": rows(edition)})


def rows(edition: Edition) -> tuple[Row, ...]:
    """Return the documents as rows, in order of date."""
    return tuple(_row(each) for each in edition.documents)


def _row(edited: Edited) -> Row:
    number = edited.fields.get("number")
    return Row(
        id=edited.id,
        title=edited.title,
        date=date_of(edited),
        sorted=earliest(edited.date).isoformat(),
        kind=str(edited.fields["type"].value),
        senders=names_of(edited, "from"),
        receivers=names_of(edited, "to"),
        number=str(number.value) if number else "",
        level=level_of(edited),
        withheld=len(edited.document.redactions),
    )


def summary(edition: Edition) -> Summary:
    """Return the collection in figures."""
    months = [f"{earliest(each.date):%Y-%m}" for each in edition.documents if each.date]
    return Summary(
        documents=len(edition.documents),
        failed=tuple((failure.id, failure.file, failure.problem.message) for failure in edition.failed),
        withheld=sum(len(each.document.redactions) for each in edition.documents),
        with_withheld=sum(bool(each.document.redactions) for each in edition.documents),
        lines=sum(len(each.document.text.lines) for each in edition.documents),
        annotated=sum(each.annotation.there for each in edition.documents),
        notes=sum(len(each.annotation.notes) for each in edition.documents),
        emendations=sum(len(each.annotation.emendations) for each in edition.documents),
        first=in_words(months[0]) if months else "",
        last=in_words(months[-1]) if months else "",
    )
