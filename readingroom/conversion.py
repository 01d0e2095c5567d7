"""From seeds to edited documents, each by itself: what an earlier run made of the same seed is taken from the shelf."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from readingroom.collection import Collection
from readingroom.digests import digest_of
from readingroom.editorial.annotations import path_of
from readingroom.editorial.authority import ROOMS
from readingroom.editorial.editing import Editors, bound
from readingroom.editorial.edition import Edited, Edition
from readingroom.model.document import Document, Seed
from readingroom.problems import Problem
from readingroom.progress import Progress, counted
from readingroom.shares import batched, each_in_order, workers
from readingroom.shelf import Kept, Known, Shelf, kept
from readingroom.source.seeds import Failure, Found, SeedFile, find_seeds, notes_on, read_seed, settle, unreadable
from readingroom.stamps import now, stamp, stamps

_PACKAGE = Path(__file__).resolve().parent
_NO_ANNOTATION = "-"
_TOGETHER = 500
"""So many documents are put on the shelf at once; what a run that is broken off has put there, the next one finds."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The seeds of a collection as the disk has them, held against what is on the shelf."""

    found: Found
    tasks: tuple[_Task, ...]
    before: Mapping[str, Known]
    """what is on the shelf"""
    annotations: Mapping[str, str]
    """file name → its stamp; those of no seed too, which are taken along all the same"""

    @property
    def changed(self) -> tuple[_Task, ...]:
        """Return the seeds of which something that they are made from is another now, or may be."""
        return tuple(task for task in self.tasks if not _is_same(task.known, self.before.get(task.known.file)))

    @property
    def gone(self) -> frozenset[str]:
        """Return the seeds on the shelf that are no more."""
        return frozenset(self.before.keys() - {task.known.file for task in self.tasks})

    @property
    def key(self) -> str:
        """Return what tells this survey from any other."""
        return digest_of(sorted(task.known for task in self.tasks), self.found, sorted(self.annotations.items()))


@dataclass(frozen=True, slots=True)
class Converted:
    """The edition of a collection, what is wrong with its seeds beside it, and how many were made anew."""

    edition: Edition
    problems: tuple[Problem, ...]
    anew: int


class _Task(NamedTuple):
    """A seed that is to be looked at, as the disk has it now."""

    seed: SeedFile
    known: Known


@cache
def program() -> str:
    """Return the digest of all that decides what is made of a seed: our code and tables, Python, what is installed."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(path for path in _PACKAGE.rglob("*") if path.suffix in {".py", ".yml"}):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    installed = {path.name for place in sys.path for path in Path(place).glob("*.dist-info")}
    digest.update("\0".join(sorted(installed)).encode())
    return digest.hexdigest()


def survey(collection: Collection, shelf: Shelf) -> Survey:
    """Return the seeds as they are now, without reading them."""
    looked_at = now()
    found = find_seeds(collection.seeds)
    annotations = stamps(path_of(collection.docs, "").parent, looked_at=looked_at)
    conditions = program(), _names(collection.docs)
    showable = (seed for seed in found.files if seed.is_showable)
    tasks = tuple(_Task(seed, _known(seed, annotations, conditions, looked_at)) for seed in showable)
    return Survey(found, tasks, shelf.known(), annotations)


def convert_seeds(
    seen: Survey, collection: Collection, shelf: Shelf, jobs: int = 1, progress: Progress | None = None
) -> Converted:
    """Return the edition of the seeds and all that editors wrote; what changed since is recognized or edited anew."""
    progress = progress or Progress()
    editors = Editors.read(collection.docs)
    shelf.drop(seen.gone)
    changed = seen.changed
    anew = 0
    with progress.step("converting", len(changed)) as done:
        look = partial(_looked_at, editors, shelf, seen.before)
        for batch in batched(counted(each_in_order(look, changed, workers(jobs, len(changed))), done), _TOGETHER):
            anew += sum(isinstance(each, Kept) for each in batch)
            shelf.put(each for each in batch if isinstance(each, Kept))
            shelf.stamp(each for each in batch if isinstance(each, Known))
    with progress.step("binding"):
        unread = (_unread(seed) for seed in seen.found.files if not seed.is_showable)
        return _bound((*shelf.made(), *unread), editors, seen.found.problems, anew)


def _bound(made: Iterable[Edited | Failure], editors: Editors, problems: Iterable[Problem], anew: int) -> Converted:
    edited = {each.document.source.file: each for each in made if isinstance(each, Edited)}
    settled = settle(
        [each.document.source for each in edited.values()], [each for each in made if isinstance(each, Failure)]
    )
    edition = bound((edited[source.file] for source in settled.kept), settled.failed, editors)
    return Converted(edition, (*problems, *settled.problems), anew)


def _unread(seed: SeedFile) -> Failure:
    """Return the failure of a seed whose very name cannot be kept."""
    problem = read_seed(seed)
    if isinstance(problem, Problem):
        return unreadable(seed.file, problem)
    raise ValueError(f"{seed.file!r} can be read")


def _known(seed: SeedFile, annotations: Mapping[str, str], conditions: tuple[str, str], looked_at: int) -> Known:
    annotation = annotations.get(f"{seed.stem}.md", _NO_ANNOTATION)
    return Known(seed.file, stamp(seed.path, looked_at=looked_at), "", conditions[0], annotation, conditions[1])


def _names(docs: Path) -> str:
    """Return the digest of the pages that give names to what documents name."""
    digest = hashlib.sha256()
    pages = (page for room in ROOMS for page in sorted((docs / room).glob("*.md")))
    for page in (*pages, docs / "glossary.md"):
        with suppress(OSError):
            digest.update(page.relative_to(docs).as_posix().encode() + b"\0" + page.read_bytes())
    return digest.hexdigest()


def _is_same(now: Known, before: Known | None) -> bool:
    return before is not None and now == before._replace(sha256="")


def _looked_at(editors: Editors, shelf: Shelf, before: Mapping[str, Known], task: _Task) -> Kept | Known:
    """Return what a seed makes now, or where only its stamp is another, what it is known by."""
    seed = read_seed(task.seed)
    if isinstance(seed, Problem):
        return kept(task.known, unreadable(task.seed.file, seed), body=False)
    known = task.known._replace(sha256=seed.source.sha256)
    old = before.get(known.file)
    if old is not None and known == old._replace(stamp=known.stamp):
        return known
    made = shelf.made_of(known.file) if old is not None and _is_same_paper(known, old) else None
    document = made.document if isinstance(made, Edited) else _recognized(seed)
    edited = editors.edited(document)
    edited = replace(edited, problems=(*notes_on(seed), *edited.problems))
    return kept(known, edited, body=made is None)


def _recognized(seed: Seed) -> Document:
    from readingroom.recognize.recognizers import recognize  # noqa: PLC0415 - takes long to load; most builds need none

    return recognize(seed)


def _is_same_paper(known: Known, old: Known) -> bool:
    return (known.sha256, known.program) == (old.sha256, old.program)
