"""From an edition to a site: what is another than it was is printed into a folder of its own, and then put in place."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from readingroom.collection import Collection
from readingroom.digests import digest_of
from readingroom.editorial.edition import Edition
from readingroom.problems import Problem, Severity
from readingroom.progress import Progress, counted
from readingroom.publish.keys import base, written_by_people
from readingroom.publish.ledger import Fact, Ledger
from readingroom.publish.placing import exchange, folder_stamp, lay_over, remove
from readingroom.publish.planning import planned
from readingroom.publish.plugin import OVERRIDES
from readingroom.publish.press import configured
from readingroom.publish.printing import Job
from readingroom.publish.search import Index, index_of
from readingroom.publish.workplace import Workplace
from readingroom.shares import batched, streamed, workers

_PAGE_NAMED = re.compile(r"Doc file '(?P<file>[^']+)'")
_TOGETHER = 64


@dataclass(slots=True)
class Publication:
    """A site in the making: what was printed, not yet put in its place."""

    site: Path
    place: Workplace
    ledger: Ledger
    whole: bool
    """whether all of it was printed, so that the folder takes the place of the site; else it is laid over it"""
    removed: frozenset[str]
    """files of the site that are no more"""
    printed: int
    """how many pages were"""
    pages: int
    """how many there are"""
    problems: tuple[Problem, ...]
    key: str = ""
    """of all that its pages are made from"""
    searched: Index | None = None

    def index(self, processes: int = 1, progress: Progress | None = None) -> Index:
        """Make the index of the search, as far as it is another than it was, and return it. Raises IndexingError."""
        known = self.ledger.fact(Fact.VARIANTS)
        groups = known if isinstance(known, tuple) else ()
        entries = list(self.ledger.entries())
        with (progress or Progress()).step("indexing", len(entries)) as done:
            self.searched = index_of(entries, self.place.kept, groups, processes, done)
        return self.searched

    def put_in_place(self, state: str, outcome: object) -> None:
        """Let what was printed be the site, and the ledger true of it.

        `outcome` is returned by `standing` as long as the collection is in the same `state`.
        """
        self.place.unfinished.touch()
        if self.whole:
            self._put_index_below(self.place.staging)
            exchange(self.place.staging, self.site)
        else:
            for path in self.removed:
                remove(self.site, path)
            lay_over(self.place.staging, self.site)
            self._put_index_below(self.site)
        self.ledger.note(Fact.SITE, folder_stamp(self.site))
        self.ledger.note(Fact.STATE, state)
        self.ledger.note(Fact.OUTCOME, outcome)
        self.ledger.close_entries()
        self.place.unfinished.unlink()
        if self.searched:
            self.searched.forget_others()

    def _put_index_below(self, folder: Path) -> None:
        if self.searched:
            self.searched.put_below(folder)

    def give_up(self) -> None:
        """Leave the site as it was."""
        self.ledger.undo_entries()
        shutil.rmtree(self.place.staging, ignore_errors=True)


def state_of(collection: Collection, seeds: str) -> str:
    """Return the key of everything that a site is made from; `seeds` is that of the seeds. Raises SiteError."""
    config = configured(collection.config_file, collection.site_dir)
    under = base(config, OVERRIDES, preview=collection.preview)
    return digest_of(seeds, under, written_by_people(collection.docs, collection.pages))


def standing(collection: Collection, state: str) -> object:
    """Return the outcome of the build that made the site from this very state; None where it was made from another."""
    place = Workplace.of(collection)
    if not place.ledger.exists() or place.unfinished.exists():
        return None
    ledger = Ledger(place.ledger)
    same = ledger.fact(Fact.STATE) == state and ledger.fact(Fact.SITE) == folder_stamp(collection.site_dir)
    return ledger.fact(Fact.OUTCOME) if same else None


def publish(
    collection: Collection,
    edition: Edition,
    place: Workplace,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Publication:
    """Print whatever of the workplace's share differs from the site that stands. Raises SiteError."""
    progress = progress or Progress()
    shutil.rmtree(place.staging, ignore_errors=True)
    place.staging.mkdir(parents=True)
    ledger = Ledger(place.ledger)
    with progress.step("planning"):
        plan = planned(collection, edition, place, ledger)
    new: set[str] = set()
    job = Job(collection, edition, plan.press, plan.plugin, place.staging, plan.others, place.kept)
    with progress.step("rendering", len(plan.wanted)) as done:
        printed = streamed(job.print, plan.wanted, workers(jobs, len(plan.wanted)))
        for batch in batched(counted(printed, done), _TOGETHER):
            ledger.enter(plan.units, batch)
            new.update(path for each in batch for path in each.outputs)
    ledger.note(Fact.SAID, (*plan.press.said, *plan.press.close()))
    return Publication(
        site=collection.site_dir,
        place=place,
        ledger=ledger,
        whole=plan.whole,
        removed=plan.old - new,
        printed=sum(uri in plan.pages for uri in plan.wanted),
        pages=len(plan.pages),
        problems=_problems(ledger, collection),
        key=plan.key,
    )


def published(collection: Collection, place: Workplace, ledger: Ledger) -> Publication:
    """Return the publication of a whole site that was printed by others, as its ledger has it."""
    units = ledger.keys()
    pages = sum(uri.endswith(".md") for uri in units)
    told = _problems(ledger, collection)
    return Publication(collection.site_dir, place, ledger, True, frozenset(), pages, pages, told)  # noqa: FBT003


def render(collection: Collection, edition: Edition, site_dir: Path, jobs: int = 1) -> tuple[Problem, ...]:
    """Print the whole site into `site_dir` (emptied first); return what MkDocs warned of. Raises SiteError."""
    elsewhere = Collection(collection.config_file, site_dir, preview=collection.preview)
    place = Workplace(site_dir, Workplace.of(elsewhere).kept)
    publication = publish(elsewhere, edition, place, jobs)
    publication.ledger.undo_entries()
    return publication.problems


def _problems(ledger: Ledger, collection: Collection) -> tuple[Problem, ...]:
    """Return MkDocs' warnings as problems, at the files that a person can change."""
    beside = ledger.fact(Fact.SAID)
    said = [*((message, None) for message in (beside if isinstance(beside, tuple) else ())), *ledger.said()]
    return tuple(_problem(message, source, collection) for message, source in dict.fromkeys(said))


def _problem(message: str, source: str | None, collection: Collection) -> Problem:
    named = _PAGE_NAMED.search(message)
    file = f"{collection.docs.name}/{named['file']}" if named else collection.config_file.name
    return Problem(source or file, 0, "RR502", " ".join(message.split()), Severity.WARNING)
