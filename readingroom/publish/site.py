"""From an edition to a site: what is another than it was is printed into a folder of its own, and then put in place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.files import File

from readingroom.collection import Collection
from readingroom.editorial.edition import Edited, Edition
from readingroom.export.citing.citation import citation
from readingroom.export.citing.files import write_citations
from readingroom.export.document_json import document_json
from readingroom.export.download import write_download
from readingroom.export.edition_records import names_of, of_a_document, of_editors, variants
from readingroom.export.tables import write_tables
from readingroom.problems import Problem, Severity
from readingroom.progress import Progress
from readingroom.publish.keys import DATA, TEMPLATES, Keys, base, facts_of, key_of, written_by_people
from readingroom.publish.ledger import Ledger, Printed
from readingroom.publish.plugin import OVERRIDES, ReadingRoomPlugin
from readingroom.publish.press import Press, configured
from readingroom.publish.redirects import redirect
from readingroom.publish.search import Index, index_of, write_input
from readingroom.publish.views.data import TABLES
from readingroom.publish.views.rooms import made
from readingroom.shares import batched, streamed, workers

_PAGE_NAMED = re.compile(r"Doc file '(?P<file>[^']+)'")
_TOGETHER = 64
_BASE, _SITE, _STATE, _OUTCOME = "base", "site", "state", "outcome"
"""What the ledger notes: from what all pages were made, which folder it is true of, from what all of it was made."""


@dataclass(slots=True)
class Publication:
    """A site in the making: what was printed, not yet put in its place."""

    collection: Collection
    staging: Path
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
    searched: Index | None = None

    def index(self, edition: Edition, processes: int = 1) -> None:
        """Make the index of the search, as far as it is another than it was. Raises IndexingError."""
        cache = _cache_of(self.collection)
        entries = (*self.ledger.entries(), *(write_input(record, cache) for record in of_editors(edition)))
        self.searched = index_of(entries, cache, variants(edition), processes)

    def put_in_place(self, state: str, outcome: object) -> None:
        """Let what was printed be the site, and the ledger true of it.

        `outcome` is returned by `standing` as long as the collection is in the same `state`.
        """
        site = self.collection.site_dir
        if self.whole:
            if self.searched:
                self.searched.put_below(self.staging)
            _exchange(self.staging, site)
        else:
            for path in self.removed:
                _remove(site, path)
            _lay_over(self.staging, site)
            if self.searched:
                self.searched.put_below(site)
        self.ledger.note(_SITE, _stamp(site))
        self.ledger.note(_STATE, state)
        self.ledger.note(_OUTCOME, outcome)
        self.ledger.close_entries()

    def give_up(self) -> None:
        """Leave the site as it was."""
        self.ledger.undo_entries()
        shutil.rmtree(self.staging, ignore_errors=True)


def state_of(collection: Collection, seeds: str) -> str:
    """Return the key of everything that a site is made from; `seeds` is that of the seeds. Raises SiteError."""
    config = configured(collection.config_file, collection.site_dir)
    under = base(config, OVERRIDES, preview=collection.preview)
    return key_of(seeds, under, written_by_people(collection.docs, collection.pages))


def standing(collection: Collection, state: str) -> object:
    """Return the outcome of the build that made the site from this very state; None where it was made from another."""
    if not _ledger_of(collection).exists():
        return None
    ledger = Ledger(_ledger_of(collection))
    same = ledger.fact(_STATE) == state and ledger.fact(_SITE) == _stamp(collection.site_dir)
    return ledger.fact(_OUTCOME) if same else None


def publish(
    collection: Collection, edition: Edition, staging: Path, jobs: int = 1, progress: Progress | None = None
) -> Publication:
    """Print into the folder `staging` whatever differs from the site that stands. Raises SiteError."""
    progress = progress or Progress()
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    with progress.step("planning"):
        ledger = Ledger(_ledger_of(collection))
        made_pages = made(edition)
        plugin = ReadingRoomPlugin(edition, made_pages, preview=collection.preview)
        press = Press(configured(collection.config_file, staging), plugin)
        under = key_of(base(press.config, OVERRIDES, preview=collection.preview), press.menu)
        whole = ledger.fact(_BASE) != under or ledger.fact(_SITE) != _stamp(collection.site_dir)
        if whole:
            ledger.forget()
            ledger.note(_BASE, under)
        pages, others = {page.src_uri: page for page in press.pages}, {file.src_uri: file for file in press.others}
        units = Keys(edition, made_pages, plugin.site, facts_of(edition)).units(pages.values(), others.values())
        before = ledger.keys()
        wanted = [uri for uri, key in units.items() if before.get(uri) != key]
        old = ledger.outputs(before.keys() - units.keys() | set(wanted))
        ledger.strike(before.keys() - units.keys())
    new: set[str] = set()
    job = _Job(collection, edition, press, plugin, staging, others, _cache_of(collection), names_of(edition))
    with progress.step("rendering", len(wanted)) as done:
        for batch in batched(
            streamed(lambda share: job.print(share.mine(wanted)), workers(jobs, len(wanted))), _TOGETHER
        ):
            ledger.enter(units, batch)
            new.update(path for each in batch for path in each.outputs)
            done(len(batch))
    said = (*press.said, *press.close(), *ledger.said())
    written = {f"documents/{each.id}.md": each.annotation.file for each in edition.documents}
    problems = tuple(_problem(message, collection, written) for message in dict.fromkeys(said))
    printed = sum(uri in pages for uri in wanted)
    return Publication(collection, staging, ledger, whole, old - new, printed, len(pages), problems)


def render(collection: Collection, edition: Edition, site_dir: Path, jobs: int = 1) -> tuple[Problem, ...]:
    """Build the site into `site_dir` (emptied first); return what MkDocs warned of. Raises SiteError."""
    publication = publish(
        Collection(collection.config_file, site_dir, preview=collection.preview), edition, site_dir, jobs
    )
    publication.ledger.undo_entries()
    return publication.problems


@dataclass(frozen=True, slots=True)
class _Job:
    """What a process must know to print its share."""

    collection: Collection
    edition: Edition
    press: Press
    plugin: ReadingRoomPlugin
    staging: Path
    others: Mapping[str, File]
    cache: Path
    names: Mapping[str, str]

    def print(self, uris: Iterable[str]) -> Iterator[Printed]:
        """Print units of the site one after the other."""
        documents = {f"documents/{each.id}.md": each for each in self.edition.documents}
        for uri in uris:
            if uri in documents:
                yield self._document(uri, documents[uri])
            elif uri == TEMPLATES:
                yield self.press.print_templates()
            elif uri == DATA:
                yield self._data()
            elif uri in self.others:
                yield self.press.copy(self.others[uri])
            else:
                yield self.press.print(uri)

    def _document(self, uri: str, edited: Edited) -> Printed:
        printed = self.press.print(uri)
        beside = tuple(_beside_page(self.collection, edited, self.plugin, self.staging))
        entries = tuple(write_input(record, self.cache) for record in of_a_document(edited, self.names))
        return printed._replace(outputs=(*printed.outputs, *beside), entries=entries)

    def _data(self) -> Printed:
        """Put what can be taken along of the whole collection beside the data page."""
        data = self.staging / "data"
        write_tables(self.edition, data, TABLES)
        write_citations([citation(edited, self.plugin.site) for edited in self.edition.documents], data, "citations")
        write_download(self.edition, self.collection.root, self.collection.docs, data)
        outputs = (f"data/{path.name}" for path in data.iterdir() if path.name != "index.html")
        return Printed(DATA, tuple(path for path in outputs if (self.staging / path).is_file()))


def _beside_page(collection: Collection, edited: Edited, plugin: ReadingRoomPlugin, site_dir: Path) -> Iterator[str]:
    """Put seed, data and citations beside a page, and a way from the seed's id where there is a slug; yield each."""
    folder = site_dir / "documents" / edited.id
    folder.mkdir(parents=True, exist_ok=True)
    source = edited.document.source
    shutil.copyfile(collection.root / source.file, folder / "source.txt")
    (folder / "document.json").write_text(document_json(edited), encoding="utf-8", newline="\n")
    write_citations([citation(edited, plugin.site)], folder, "citation")
    yield from (f"documents/{edited.id}/{path.name}" for path in folder.iterdir() if path.name != "index.html")
    if edited.id != source.id:
        old = site_dir / "documents" / source.id
        old.mkdir(parents=True, exist_ok=True)
        (old / "index.html").write_text(redirect(f"../{edited.id}/", edited.title), encoding="utf-8", newline="\n")
        yield f"documents/{source.id}/index.html"


def _problem(message: str, collection: Collection, written: Mapping[str, str]) -> Problem:
    """Return MkDocs' warning as a problem, at the file that a person can change: `written` has it for made pages."""
    named = _PAGE_NAMED.search(message)
    file = collection.config_file.name
    if named:
        file = written.get(named["file"], f"{collection.docs.name}/{named['file']}")
    return Problem(file, 0, "RR502", " ".join(message.split()), Severity.WARNING)


def _ledger_of(collection: Collection) -> Path:
    return _cache_of(collection) / "ledger.db"


def _cache_of(collection: Collection) -> Path:
    """Return the folder of what a build of a site keeps for the next: each folder that a site goes to has its own."""
    return collection.cache / f"site-{key_of(str(collection.site_dir))[:12]}"


def _stamp(site: Path) -> str:
    """Return what tells a folder from any other that comes to stand in its place; empty where there is none."""
    try:
        stat = site.stat()
    except OSError:
        return ""
    return f"{stat.st_dev} {stat.st_ino}"


def _exchange(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old`, which is then gone. Both must be on one disk."""
    aside = old.with_name(f"{old.name}.previous")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _remove(site: Path, path: str) -> None:
    """Remove a file of the site, and the folders that it leaves empty."""
    file = site / path
    file.unlink(missing_ok=True)
    folder = file.parent
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _lay_over(new: Path, site: Path) -> None:
    """Move every file of the folder `new` to its place in the site, each in one stroke."""
    for place, _, names in os.walk(new):
        folder = site / Path(place).relative_to(new)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (Path(place) / name).replace(folder / name)
    shutil.rmtree(new)
