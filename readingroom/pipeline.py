"""The way through the house: seeds, documents, edition, pages, site, search index. Each step is one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from readingroom.collection import Collection
from readingroom.conversion import convert_seeds
from readingroom.editorial.edition import Edition
from readingroom.export.edition_records import records, variants
from readingroom.page.write import write_pages
from readingroom.problems import Problem, Severity, settled
from readingroom.progress import Progress
from readingroom.publish.search import write_index
from readingroom.publish.site import exchange, render
from readingroom.shares import workers
from readingroom.shelf import Shelf

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
    converted = convert_seeds(collection, Shelf(collection.cache / "seeds.db"), jobs, Progress())
    return Outcome(converted.edition, settled((*converted.problems, *converted.edition.problems), strict=strict))


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
        write_index(records(outcome.edition), staging, Path(work), variants(outcome.edition), processes)
    outcome = Outcome(outcome.edition, settled((*outcome.problems, *found), strict=strict), outcome.written)
    if outcome.failed and not keep_going:
        return outcome
    exchange(staging, collection.site_dir)
    return Outcome(outcome.edition, outcome.problems, outcome.written, published=True)
