"""The way through the house: seeds, documents, edition, pages, site, search index. Each step is one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from readingroom.collection import Collection
from readingroom.conversion import Survey, convert_seeds, program, survey
from readingroom.editorial.edition import Edition
from readingroom.page.write import Pages, stand
from readingroom.problems import Problem, Severity, settled
from readingroom.progress import Progress
from readingroom.publish.joining import JoiningError, finish, joined, workplace
from readingroom.publish.site import publish, standing, state_of
from readingroom.publish.workplace import Workplace
from readingroom.shares import Share, workers
from readingroom.shelf import Shelf


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made: how many documents, all that is wrong, what was made anew, and whether it was published."""

    documents: int
    failures: int
    """seeds that could not become documents"""
    problems: tuple[Problem, ...]
    bind: Callable[[], Edition]
    anew: int = 0
    """seeds converted, as far as their results were not kept"""
    written: int = 0
    """pages of docs/documents"""
    among_others: bool = False
    """whether files of another hand lie among these pages"""
    printed: int = 0
    """pages of the site"""
    pages: int = 0
    """pages that the site has"""
    indexed: int = 0
    """parts of the search's index, as far as they were not kept"""
    parts: int = 0
    """parts that the index has"""
    published: bool = False

    @property
    def edition(self) -> Edition:
        """Return the edition; where nothing changed it is bound only when asked for."""
        return self.bind()

    @property
    def failed(self) -> bool:
        """Return whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def summary(self) -> str:
        """Return what was done, in a sentence."""
        missing = f", {self.failures} could not be built" if self.failures else ""
        indexed = f"; {self.indexed} of {self.parts} parts of the search indexed" if self.parts else ""
        return (
            f"{self.documents} documents{missing}: {self.anew} converted anew; "
            f"{self.printed} of {self.pages} pages rendered{indexed}."
        )


class _Remembered(NamedTuple):
    """What is told again of a site that stands as it was built."""

    documents: int
    failures: int
    problems: tuple[Problem, ...]
    pages: int
    parts: int = 0


def read(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Return the edition of a collection and everything that is wrong with its seeds, annotations and pages."""
    shelf = _shelf(collection)
    return _strictly(_read(collection, shelf, survey(collection, shelf), jobs, Progress()), strict=strict)


def convert(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Read the collection and write its pages to docs/documents."""
    shelf = _shelf(collection)
    return _strictly(_convert(collection, shelf, survey(collection, shelf), jobs, Progress()), strict=strict)


def check(collection: Collection, *, strict: bool = False, jobs: int = 1) -> Outcome:
    """Return everything that is wrong with a collection, what only rendering shows included; publishes nothing."""
    outcome = convert(collection, jobs=jobs)
    with TemporaryDirectory() as work:
        place = Workplace(Path(work) / "site", Workplace.of(collection).kept)
        publication = publish(collection, outcome.edition, place, jobs)
        publication.give_up()
    return _strictly(replace(outcome, problems=(*outcome.problems, *publication.problems)), strict=strict)


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
    shelf = _shelf(collection)
    with progress.step("looking"):
        seen = survey(collection, shelf)
        state = state_of(collection, seen.key)
        same = not seen.changed and stand(shelf.pages(), collection.pages)
        stands = standing(collection, state) if same else None
    if isinstance(stands, _Remembered):
        outcome = Outcome(
            stands.documents,
            stands.failures,
            stands.problems,
            partial(_bound, seen, collection, shelf),
            pages=stands.pages,
            parts=stands.parts,
        )
        return _settled(outcome, strict=strict, keep_going=keep_going)
    outcome = _convert(collection, shelf, seen, jobs, progress)
    del seen  # of many seeds it is large, and what takes most memory is still to come
    publication = publish(collection, outcome.edition, Workplace.of(collection), jobs, progress)
    index = publication.index(workers(jobs, outcome.documents), progress)
    problems = settled((*outcome.problems, *publication.problems))
    remembered = _Remembered(outcome.documents, outcome.failures, problems, publication.pages, index.parts)
    outcome = replace(
        outcome,
        problems=problems,
        printed=publication.printed,
        pages=publication.pages,
        indexed=index.written,
        parts=index.parts,
    )
    outcome = _settled(outcome, strict=strict, keep_going=keep_going)
    if outcome.published:
        with progress.step("putting in place"):
            # What of another hand lies among the pages is no part of the state: it may go, and the state stay.
            publication.put_in_place("" if outcome.among_others else state, remembered)
    else:
        publication.give_up()
    return outcome


def build_shard(
    collection: Collection, share: Share, folder: Path, progress: Progress | None = None, *, jobs: int = 1
) -> Outcome:
    """Render one share of the pages into `folder`, for `join` to put together with the others. Raises SiteError.

    What is wrong with the collection is known here, and what is wrong with the site when it is joined.
    """
    progress = progress or Progress()
    shelf = _shelf(collection)
    outcome = _convert(collection, shelf, survey(collection, shelf), jobs, progress)
    publication = publish(collection, outcome.edition, workplace(folder, share), jobs, progress)
    told = _Remembered(outcome.documents, outcome.failures, outcome.problems, publication.pages)
    finish(publication, told)
    return replace(outcome, printed=publication.printed, pages=publication.pages, published=True)


def join(  # noqa: PLR0913 - what build takes, and the folders
    collection: Collection,
    folders: Sequence[Path],
    progress: Progress | None = None,
    *,
    strict: bool = False,
    keep_going: bool = False,
    jobs: int = 1,
) -> Outcome:
    """Build the site from the folders of all its shares: the same bytes and problems as `build` makes.

    Raises JoiningError and IndexingError.
    """
    progress = progress or Progress()
    with progress.step("joining"):
        both = joined(collection, folders)
    publication, told = both.publication, both.outcome
    if not isinstance(told, _Remembered):
        raise JoiningError(f"{folders[0]} was made by another version of the program.")
    index = publication.index(workers(jobs, told.documents), progress)
    problems = settled((*told.problems, *publication.problems))
    outcome = Outcome(
        told.documents,
        told.failures,
        problems,
        lambda: read(collection).edition,
        printed=publication.printed,
        pages=publication.pages,
        indexed=index.written,
        parts=index.parts,
    )
    outcome = _settled(outcome, strict=strict, keep_going=keep_going)
    if outcome.published:
        with progress.step("putting in place"):
            publication.put_in_place("", None)
    else:
        publication.give_up()
    return outcome


def _shelf(collection: Collection) -> Shelf:
    return _shelf_at(collection.cache / "seeds.db")


@lru_cache(maxsize=1)
def _shelf_at(path: Path) -> Shelf:
    """Return the shelf of a collection: a preview, which builds over and over, has at hand what it called up before."""
    return Shelf(path)


def _read(collection: Collection, shelf: Shelf, seen: Survey, jobs: int, progress: Progress) -> Outcome:
    converted = convert_seeds(seen, collection, shelf, jobs, progress)
    edition = converted.edition
    problems = settled((*converted.problems, *edition.problems))
    return Outcome(len(edition.documents), len(edition.failed), problems, lambda: edition, anew=converted.anew)


def _bound(seen: Survey, collection: Collection, shelf: Shelf) -> Edition:
    return convert_seeds(seen, collection, shelf).edition


def _convert(collection: Collection, shelf: Shelf, seen: Survey, jobs: int, progress: Progress) -> Outcome:
    outcome = _read(collection, shelf, seen, jobs, progress)
    before = shelf.pages()
    written = Pages(collection.pages, before, program()).write(outcome.edition.documents, jobs, progress)
    shelf.note_pages(before, written.standing)
    problems = settled((*outcome.problems, *written.problems))
    return replace(outcome, problems=problems, written=written.anew, among_others=bool(written.problems))


def _strictly(outcome: Outcome, *, strict: bool) -> Outcome:
    return replace(outcome, problems=settled(outcome.problems, strict=strict))


def _settled(outcome: Outcome, *, strict: bool, keep_going: bool) -> Outcome:
    """Return the outcome with its problems as severe as they are to be, and whether it is to be published so."""
    outcome = _strictly(outcome, strict=strict)
    return replace(outcome, published=keep_going or not outcome.failed)
