"""The way through the house: seeds, documents, edition, pages, site, search index. Each step is one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from readingroom.collection import Collection
from readingroom.editorial.edition import Edition, edit
from readingroom.export.edition_records import names_of, of_a_document, of_editors, variants
from readingroom.page.write import write_pages
from readingroom.problems import Problem, Severity, settled
from readingroom.publish.search import IndexEntry, write_index, write_input
from readingroom.publish.site import exchange, render
from readingroom.recognize import recognize
from readingroom.shares import Share, each_in_order, in_shares, workers
from readingroom.source.seeds import read_seeds

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the edition, all that is wrong, how many pages were written, and whether it was published."""

    edition: Edition
    problems: tuple[Problem, ...]
    written: int = 0
    published: bool = False

    @property
    def failed(self) -> bool:
        """Return whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Return the edition of a collection and everything that is wrong with its seeds, annotations and pages."""
    seeds = read_seeds(collection.seeds)
    documents = each_in_order(recognize, seeds.read, workers(jobs, len(seeds.read)))
    edition = edit(documents, seeds.failed, collection.docs)
    return Outcome(edition, settled((*seeds.problems, *edition.problems), strict=strict))


def convert(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Read the collection and write its pages to docs/documents."""
    outcome = read(collection, strict=strict, jobs=jobs)
    documents = outcome.edition.documents
    written, found = write_pages(documents, collection.pages, workers(jobs, len(documents)))
    return Outcome(outcome.edition, settled((*outcome.problems, *found), strict=strict), written)


def check(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Return everything that is wrong with a collection, what only rendering shows included; publishes nothing."""
    outcome = convert(collection, strict=strict, jobs=jobs)
    with TemporaryDirectory() as work:
        found = render(collection, outcome.edition, Path(work) / "site", jobs)
    return Outcome(outcome.edition, settled((*outcome.problems, *found), strict=strict), outcome.written)


def build(
    collection: Collection, say: Say, *, strict: bool = False, keep_going: bool = False, jobs: int = 1
) -> Outcome:
    """Build the site with up to `jobs` processes, 0 for one a core; the bytes are the same with any number.

    With any error the site that was there stays, unless `keep_going`.

    Raises SiteError and IndexingError.
    """
    say("reading seeds and annotations")
    outcome = convert(collection, strict=strict, jobs=jobs)
    say(f"rendering {len(outcome.edition.documents)} documents")
    staging = collection.site_dir.with_name(f"{collection.site_dir.name}.next")
    found = render(collection, outcome.edition, staging, jobs)
    say("indexing for search")
    with TemporaryDirectory() as work:
        processes = workers(jobs, len(outcome.edition.documents))
        entries = _entries(outcome.edition, Path(work), processes)
        write_index(entries, Path(work), staging, variants(outcome.edition), processes)
    outcome = Outcome(outcome.edition, settled((*outcome.problems, *found), strict=strict), outcome.written)
    if outcome.failed and not keep_going:
        return outcome
    exchange(staging, collection.site_dir)
    return Outcome(outcome.edition, outcome.problems, outcome.written, published=True)


def _entries(edition: Edition, cache: Path, processes: int) -> list[IndexEntry]:
    """Prepare what the search index is made of, in the cache; return what it has to know of it."""
    names = names_of(edition)

    def of_documents(share: Share) -> list[IndexEntry]:
        every = (record for each in share.mine(edition.documents) for record in of_a_document(each, names))
        return [write_input(record, cache) for record in every]

    editors = [write_input(record, cache) for record in of_editors(edition)]
    return [entry for some in in_shares(of_documents, processes) for entry in some] + editors
