"""All measurements of collections of one size: ours and the peer's, by the commands that people type."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.changes import OURS, PEERS, Built, Change
from benchmarks.making import Folders, address, annotation_file, make_collection, make_peer, page_file
from benchmarks.previewing import saved_to_served
from benchmarks.processes import cost
from benchmarks.results import Size
from benchmarks.searching import first_search
from benchmarks.weights import weights

PARTS = ("changes", "search", "preview", "peer")
"""What may be left out; cold builds and bytes are always measured."""

Figure = tuple[str, float]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Measuring:
    """How collections are measured."""

    folders: Folders
    parts: frozenset[str]
    """of PARTS"""
    jobs: int
    """processes that a build of ours may use; 0: as many as it chooses"""
    work: Path
    say: Say

    def size(self, documents: int) -> Size:
        """Return all figures of one size. What was made stands below the work folder afterwards.

        Both first builds come before anything of this size is deleted: some file systems look past what was freed of
        late whenever a file is made (ext4, for minutes), and the one that comes after would pay for the other. Our
        changes follow right after our first build, while the disk's cache has it, as an editor's do.
        """
        sides = tuple(self._sides(documents))
        for side in sides:
            self.say(f"{documents:,} documents: {side.name} are put there")
            side.make(self.folders, documents, side.built.at)
        first = [figure for side in sides for figure in self._first_build(side)]
        later = [figure for side in reversed(sides) for figure in self._later(side)]
        return Size(documents, dict((*first, *later)))

    def _sides(self, documents: int) -> Iterator[_Side]:
        folder = self.work / f"{documents}"
        folder.mkdir(parents=True, exist_ok=True)
        if "peer" in self.parts:
            yield _peers(Built(self.folders, documents, folder / "peer"))
        yield _ours(Built(self.folders, documents, folder / "collection"), self.jobs)

    def _first_build(self, side: _Side) -> Iterator[Figure]:
        yield from self._build(side, "cold")
        yield from self._of_site(side)

    def _later(self, side: _Side) -> Iterator[Figure]:
        for what, change in side.changes.items() if "changes" in self.parts else ():
            change(side.built)
            yield from self._build(side, what)
        if "preview" in self.parts:
            seconds = saved_to_served(side.serve, side.page, side.saved, side.log)
            self.say(f"{side.built.size:,} documents: {side.name}, saved to served: {seconds:.1f} s")
            yield f"{side.whose}/preview/wall", seconds

    def _build(self, side: _Side, what: str) -> Iterator[Figure]:
        spent = cost(side.build, side.log)
        self.say(f"{side.built.size:,} documents: {side.name}, {what}: {spent.wall:.1f} s")
        yield f"{side.whose}/{what}/wall", spent.wall
        yield f"{side.whose}/{what}/cpu", spent.cpu
        if spent.memory is not None:
            yield f"{side.whose}/{what}/memory", spent.memory

    def _of_site(self, side: _Side) -> Iterator[Figure]:
        site = side.built.at / "site"
        for what, weight in weights(site, side.built.size).items():
            yield f"{side.whose}/site/{what}", weight
        if "search" in self.parts:
            most_frequent = self.folders.named[0][0].name.lower()
            transferred = first_search(site, most_frequent, side.whose)
            if transferred is None:
                self.say("no Playwright or no browser: what a search transfers is left out")
            else:
                yield f"{side.whose}/site/search", transferred


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two that are measured side by side."""

    whose: str
    name: str
    built: Built
    make: Callable[[Folders, int, Path], None]
    changes: Mapping[str, Change]
    build: tuple[str, ...]
    serve: tuple[str, ...]
    page: str
    """path below the site of the page that shows what is saved while the preview runs"""
    saved: Path

    @property
    def log(self) -> Path:
        """Return the file that has what the last command said."""
        return self.built.at.with_suffix(".log")


def _ours(built: Built, jobs: int) -> _Side:
    document = built.folders.document(built.annotated)
    command, config = (sys.executable, "-m", "readingroom"), ("-f", str(built.at / "mkdocs.yml"))
    limit = ("-j", str(jobs)) if jobs else ()
    return _Side(
        "ours",
        "Reading Room",
        built,
        make_collection,
        OURS,
        (*command, "build", *config, *limit),
        (*command, "serve", *config),
        f"documents/{address(document)}/",
        annotation_file(document, built.at),
    )


def _peers(built: Built) -> _Side:
    document = built.folders.document(built.annotated)
    command, config = (sys.executable, "-m", "mkdocs"), ("-f", str(built.at / "mkdocs.yml"))
    return _Side(
        "peer",
        "bare MkDocs",
        built,
        make_peer,
        PEERS,
        (*command, "build", "--quiet", *config),
        (*command, "serve", *config),
        f"documents/{address(document)}/",
        page_file(document, built.at),
    )
