"""The way through the house: seeds, documents, edition, pages, site, search index. Each step is one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from readingroom.collection import Collection
from readingroom.conversion import convert_seeds, program
from readingroom.editorial.edition import Edition
from readingroom.export.edition_records import records, variants
from readingroom.page.write import write_pages
from readingroom.problems import Problem, Severity, settled
from readingroom.progress import Progress
from readingroom.publish.search import write_index
from readingroom.publish.site import publish
from readingroom.shares import workers
from readingroom.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: the edition, all that is wrong, what was made anew, and whether it was published."""

    edition: Edition
    problems: tuple[Problem, ...]
    anew: int = 0
    """seeds converted, as far as their results were not kept"""
    written: int = 0
    """pages of docs/documents"""
    printed: int = 0
    """pages of the site"""
    pages: int = 0
    """pages that the site has"""
    published: bool = False

    @property
    def failed(self) -> bool:
        """Return whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def summary(self) -> str:
        """Return what was done, in a sentence."""
        failed = len(self.edition.failed)
        return (
            f"{len(self.edition.documents)} documents{f', {failed} could not be built' if failed else ''}: "
            f"{self.anew} converted anew; {self.printed} of {self.pages} pages rendered."
        )


def read(collection: Collection, *, strict: bool = False, jobs: int = 1, progress: Progress | None = None) -> Outcome:
    """Return the edition of a collection and everything that is wrong with its seeds, annotations and pages."""
    converted = convert_seeds(collection, _shelf(collection), jobs, progress or Progress())
    found = (*converted.problems, *converted.edition.problems)
    return Outcome(converted.edition, settled(found, strict=strict), anew=converted.anew)


def convert(
    collection: Collection, *, strict: bool = False, jobs: int = 1, progress: Progress | None = None
) -> Outcome:
    """Read the collection and write its pages to docs/documents."""
    progress = progress or Progress()
    outcome = read(collection, strict=strict, jobs=jobs, progress=progress)
    shelf = _shelf(collection)
    with progress.step("writing"):
        before = shelf.pages()
        written = write_pages(outcome.edition.documents, collection.pages, before, program(), jobs)
        if written.standing != before:
            shelf.note_pages(written.standing)
    found = settled((*outcome.problems, *written.problems), strict=strict)
    return replace(outcome, problems=found, written=written.anew)


def check(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Return everything that is wrong with a collection, what only rendering shows included; publishes nothing."""
    outcome = convert(collection, strict=strict, jobs=jobs)
    with TemporaryDirectory() as work:
        publication = publish(collection, outcome.edition, Path(work) / "site", jobs)
        publication.give_up()
    return replace(outcome, problems=settled((*outcome.problems, *publication.problems), strict=strict))


def build(
    collection: Collection,
    progress: Progress | None = None,
    *,
    strict: bool = False,
    keep_going: bool = False,
    jobs: int = 1,
) -> Outcome:
    """Build the site with up to `jobs` processes, 0 for one a core; the bytes are the same with any number.

    What an earlier build left is used as far as nothing that it was made from is another now. With any error the site
    that was there stays, unless `keep_going`.

    Raises SiteError and IndexingError.
    """
    progress = progress or Progress()
    outcome = convert(collection, strict=strict, jobs=jobs, progress=progress)
    staging = collection.site_dir.with_name(f"{collection.site_dir.name}.next")
    publication = publish(collection, outcome.edition, staging, jobs, progress)
    with progress.step("indexing"), TemporaryDirectory() as work:
        processes = workers(jobs, len(outcome.edition.documents))
        write_index(records(outcome.edition), staging, Path(work), variants(outcome.edition), processes)
    outcome = replace(
        outcome,
        problems=settled((*outcome.problems, *publication.problems), strict=strict),
        printed=publication.printed,
        pages=publication.pages,
    )
    if outcome.failed and not keep_going:
        publication.give_up()
        return outcome
    publication.put_in_place()
    return replace(outcome, published=True)


def _shelf(collection: Collection) -> Shelf:
    return Shelf(collection.cache / "seeds.db")
