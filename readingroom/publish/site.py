"""From an edition to a site: what is another than it was is printed into a folder of its own, and then put in place."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from readingroom.collection import Collection
from readingroom.digests import digest_of
from readingroom.editorial.edition import Edition
from readingroom.export.edition_records import variants
from readingroom.problems import Problem, Severity
from readingroom.progress import Progress
from readingroom.publish.keys import Keys, base, facts_of, written_by_people
from readingroom.publish.ledger import Ledger
from readingroom.publish.placing import exchange, folder_stamp, lay_over, remove
from readingroom.publish.plugin import OVERRIDES, ReadingRoomPlugin
from readingroom.publish.press import Press, configured
from readingroom.publish.printing import Job
from readingroom.publish.search import Index, index_of
from readingroom.publish.views.rooms import made
from readingroom.shares import Share, batched, streamed, workers

_PAGE_NAMED = re.compile(r"Doc file '(?P<file>[^']+)'")
_TOGETHER = 64
_BASE, _SITE, _STATE, _OUTCOME, _VARIANTS, _SAID = "base", "site", "state", "outcome", "variants", "said"
"""What the ledger notes: from what all pages were made, which folder it is true of, from what all of it was made."""
_ALL = Share()


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a site is made, or a share of it: the folder that is printed into, and the one of what is kept from it."""

    staging: Path
    kept: Path
    share: Share = _ALL

    @classmethod
    def of(cls, collection: Collection) -> Workplace:
        """Return the workplace of a collection's site: each folder that a site goes to has its own."""
        site = collection.site_dir
        kept = collection.cache / f"site-{digest_of(str(site))[:12]}"
        return cls(site.with_name(f"{site.name}.next"), kept)

    @property
    def ledger(self) -> Path:
        """Return the file of the ledger."""
        return self.kept / "ledger.db"

    @property
    def unfinished(self) -> Path:
        """Return the file that is there while the site is being changed: whoever finds it cannot rely on the site."""
        return self.kept / "unfinished"


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

    def index(self, processes: int = 1) -> None:
        """Make the index of the search, as far as it is another than it was. Raises IndexingError."""
        known = self.ledger.fact(_VARIANTS)
        groups = known if isinstance(known, tuple) else ()
        self.searched = index_of(self.ledger.entries(), self.place.kept, groups, processes)

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
        self.ledger.note(_SITE, folder_stamp(self.site))
        self.ledger.note(_STATE, state)
        self.ledger.note(_OUTCOME, outcome)
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
    same = ledger.fact(_STATE) == state and ledger.fact(_SITE) == folder_stamp(collection.site_dir)
    return ledger.fact(_OUTCOME) if same else None


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
    with progress.step("planning"):
        ledger = Ledger(place.ledger)
        made_pages = made(edition)
        plugin = ReadingRoomPlugin(edition, made_pages, preview=collection.preview)
        press = Press(configured(collection.config_file, place.staging), plugin)
        whole = _begin(ledger, collection, place, press)
        ledger.note(_VARIANTS, variants(edition))
        under = ledger.fact(_BASE)
        pages, others = {page.src_uri: page for page in press.pages}, {file.src_uri: file for file in press.others}
        units = Keys(edition, made_pages, plugin.site, facts_of(edition)).units(pages.values(), others.values())
        before = ledger.keys()
        gone = before.keys() - units.keys()
        wanted = place.share.mine([uri for uri, key in units.items() if before.get(uri) != key])
        old = ledger.outputs((*gone, *wanted))
        ledger.strike(gone)
    new: set[str] = set()
    job = Job(collection, edition, press, plugin, place.staging, others, place.kept)
    with progress.step("rendering", len(wanted)) as done:
        printed = streamed(lambda some: job.print(some.mine(wanted)), workers(jobs, len(wanted)))
        for batch in batched(printed, _TOGETHER):
            ledger.enter(units, batch)
            new.update(path for each in batch for path in each.outputs)
            done(len(batch))
    ledger.note(_SAID, (*press.said, *press.close()))
    made_from = digest_of(under, sorted((uri, key) for uri, key in units.items() if uri not in others))
    count = sum(uri in pages for uri in wanted)
    told = _problems(ledger, collection)
    return Publication(collection.site_dir, place, ledger, whole, old - new, count, len(pages), told, made_from)


def published(collection: Collection, place: Workplace, ledger: Ledger) -> Publication:
    """Return the publication of a whole site that was printed by others, as its ledger has it."""
    units = ledger.keys()
    pages = sum(uri.endswith(".md") for uri in units)
    told = _problems(ledger, collection)
    return Publication(collection.site_dir, place, ledger, True, frozenset(), pages, pages, told)  # noqa: FBT003


def _begin(ledger: Ledger, collection: Collection, place: Workplace, press: Press) -> bool:
    """Return whether the site has to be made as a whole; then the ledger is empty."""
    under = digest_of(base(press.config, OVERRIDES, preview=collection.preview), press.menu)
    stands = ledger.fact(_BASE) == under and ledger.fact(_SITE) == folder_stamp(collection.site_dir)
    if not stands or place.unfinished.exists():
        ledger.forget()
        ledger.note(_BASE, under)
        return True
    return False


def render(collection: Collection, edition: Edition, site_dir: Path, jobs: int = 1) -> tuple[Problem, ...]:
    """Print the whole site into `site_dir` (emptied first); return what MkDocs warned of. Raises SiteError."""
    elsewhere = Collection(collection.config_file, site_dir, preview=collection.preview)
    place = Workplace(site_dir, Workplace.of(elsewhere).kept)
    publication = publish(elsewhere, edition, place, jobs)
    publication.ledger.undo_entries()
    return publication.problems


def _problems(ledger: Ledger, collection: Collection) -> tuple[Problem, ...]:
    """Return MkDocs' warnings as problems, at the files that a person can change."""
    beside = ledger.fact(_SAID)
    said = [*((message, None) for message in (beside if isinstance(beside, tuple) else ())), *ledger.said()]
    return tuple(_problem(message, source, collection) for message, source in dict.fromkeys(said))


def _problem(message: str, source: str | None, collection: Collection) -> Problem:
    named = _PAGE_NAMED.search(message)
    file = f"{collection.docs.name}/{named['file']}" if named else collection.config_file.name
    return Problem(source or file, 0, "RR502", " ".join(message.split()), Severity.WARNING)
