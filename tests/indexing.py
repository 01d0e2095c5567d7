"""Search records and their index as a build makes them, in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from readingroom.editorial.edition import Edition
from readingroom.export.edition_records import names_of, of_a_document, of_editors
from readingroom.export.records import Record
from readingroom.publish.search import Index, IndexEntry, index_of


def records(edition: Edition) -> tuple[Record, ...]:
    """Every record: those of the documents, and those of what editors wrote on none."""
    names = names_of(edition)
    return (*(record for each in edition.documents for record in of_a_document(each, names)), *of_editors(edition))


def write_index(
    entries: Iterable[IndexEntry],
    cache: Path,
    site_dir: Path,
    variants: Sequence[Sequence[str]] = (),
    processes: int = 1,
) -> Index:
    """The index, put below `site_dir/search`; the cache keeps nothing beside what it needs."""
    index = index_of(entries, cache, variants, processes)
    index.put_below(site_dir)
    index.forget_others()
    return index
