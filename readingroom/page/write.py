"""Writing the pages of docs/documents: those that changed, and none that another hand wrote is touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from readingroom.digests import digest_of
from readingroom.editorial.edition import Edited
from readingroom.page.markdown import END_FENCE, page
from readingroom.problems import Problem, Severity
from readingroom.progress import Progress, counted
from readingroom.shares import streamed, workers
from readingroom.stamps import stamp, stamps


class Standing(NamedTuple):
    """A page that stands in the folder: from what it was made, and what the disk says of it."""

    key: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Written:
    """What came of writing: how many pages are others than they were, all that stand, and files that are not ours."""

    anew: int
    standing: Mapping[str, Standing]
    """by the page's file name"""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Pages:
    """The folder of pages, and what stood there after an earlier run: what it and the disk agree on is left alone."""

    folder: Path
    before: Mapping[str, Standing]
    program: str
    """digest of what decides how a page is written"""

    def write(self, documents: Sequence[Edited], jobs: int = 1, progress: Progress | None = None) -> Written:
        """Write a page for each document and remove pages whose document is gone."""
        self.folder.mkdir(parents=True, exist_ok=True)
        keys = {_name(edited): _key(edited, self.program) for edited in documents}
        there = stamps(self.folder)
        stand = {name for name, key in keys.items() if self.before.get(name) == (key, there.get(name))}
        in_memory = sorted(documents, key=_name)  # what processes take together, they take as it lies there
        wanted = [each for each in in_memory if _name(each) not in stand]
        with (progress or Progress()).step("writing", len(wanted)) as done:
            anew = sum(counted(streamed(self._of, wanted, workers(jobs, len(wanted))), done))
        problems = tuple(_others(self.folder, sorted(there.keys() - keys.keys())))
        now = there | {name: stamp(self.folder / name) for name in map(_name, wanted)}
        return Written(anew, {name: Standing(key, now[name]) for name, key in keys.items()}, problems)

    def _of(self, documents: Iterable[Edited]) -> Iterator[bool]:
        for each in documents:
            yield _write(each, self.folder)


def stand(before: Mapping[str, Standing], folder: Path) -> bool:
    """Return whether the pages of an earlier run stand in the folder as it left them, and nothing else."""
    return {name: page.stamp for name, page in before.items()} == stamps(folder)


def _key(edited: Edited, program: str) -> str:
    cites = [citation.document for citation in edited.citations]
    return digest_of(program, edited.digest, edited.id, cites) if edited.digest else ""


def _name(edited: Edited) -> str:
    return f"{edited.id}.md"


def _write(edited: Edited, folder: Path) -> bool:
    """Write the page of a document and return whether it is another than the one that was there."""
    path = folder / _name(edited)
    text = page(edited).encode()
    if path.is_file() and path.read_bytes() == text:
        return False
    path.write_bytes(text)
    return True


def _others(folder: Path, names: Iterable[str]) -> Iterator[Problem]:
    """Remove of these files those that are pages of ours; yield a problem for each that another hand wrote."""
    for path in (folder / name for name in names if not name.startswith(".")):
        if path.suffix == ".md" and path.read_text(encoding="utf-8", errors="replace").endswith(f"{END_FENCE}\n"):
            path.unlink()
        else:
            file = f"{folder.parent.name}/{folder.name}/{path.name}"
            what = "this folder is written by build.py, and this file is not its own. Move it elsewhere below docs/."
            yield Problem(file, 0, "RR501", what, Severity.WARNING)
