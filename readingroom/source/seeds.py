"""Which files are seeds, what ids they get, and everything that can be wrong with one before it is read."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from readingroom.model.document import Seed, Source
from readingroom.model.text import Text
from readingroom.problems import Problem, Severity
from readingroom.source.decode import NotTextError, decode

RESERVED = frozenset({"index", "readme", "search"})
LARGEST = 2_000_000
"""Bytes above which a seed would make a page that no browser shows well: some seven hundred typed pages."""

_SUFFIXES = (".txt", ".md")
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_REMEDIES: Mapping[type[OSError], str] = {
    FileNotFoundError: "This is a link that leads nowhere. Mend it, or remove it.",
    IsADirectoryError: "Expected a file of that name. Rename the folder; seeds in it are then read.",
}
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A file that is to be read as a seed: where it is, and its path below the collection as problems name it."""

    path: str
    file: str

    @property
    def stem(self) -> str:
        """Return the file's name without what says its kind."""
        return self.file.rpartition("/")[2].rpartition(".")[0]

    @property
    def is_showable(self) -> bool:
        """Return whether its name can stand on a page."""
        return "\ufffd" not in self.file


@dataclass(frozen=True, slots=True)
class Failure:
    """A seed that could not become a document: it has a page that says so, never none."""

    id: str
    file: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Seeds:
    """What stands below `seeds/`: the seeds that can be read, those that cannot, and all that is wrong."""

    read: tuple[Seed, ...]
    failed: tuple[Failure, ...]
    problems: tuple[Problem, ...]


def id_of(stem: str) -> str:
    """Return the id that a file's stem gives: NFC, lower case, every other run a hyphen (design, "Seeds")."""
    return _NOT_IN_AN_ID.sub("-", unicodedata.normalize("NFC", stem).lower())


@dataclass(frozen=True, slots=True)
class Found:
    """Which files below `seeds/` are to be read, and what is wrong with any other thing there."""

    files: tuple[SeedFile, ...]
    problems: tuple[Problem, ...]


def find_seeds(folder: Path) -> Found:
    """Return the files below `folder` that are seeds, sorted by path; nothing there is passed over in silence."""
    if not folder.is_dir():
        what = f"there is no folder {folder.name}/ here. Make it and put one .txt or .md file for each document in it."
        return Found((), (Problem(folder.name, 0, "RR100", what),))
    files: list[SeedFile] = []
    problems: list[Problem] = []
    unread: list[OSError] = []
    root = os.path.join(folder.parent, "")  # noqa: PTH118 - of many paths, words are cut faster than paths
    for path in _files(folder, unread.append):
        file = _UNSHOWN.sub("\ufffd", path.removeprefix(root).replace(os.sep, "/"))
        if path.endswith(_SUFFIXES):
            files.append(SeedFile(path, file))
        else:
            what = "this file is not a seed: expected *.txt or *.md. Move it out of seeds/ or rename it."
            problems.append(Problem(file, 0, "RR101", what, Severity.WARNING))
    problems += [_unread(error, folder.parent) for error in unread]
    return Found(tuple(files), tuple(problems))


def read_seeds(folder: Path) -> Seeds:
    """Return all seeds below `folder`, sorted by path, and everything that is wrong with any."""
    found = find_seeds(folder)
    outcomes = [(each.file, read_seed(each)) for each in found.files]
    seeds = {outcome.source.file: outcome for _, outcome in outcomes if isinstance(outcome, Seed)}
    unread = [unreadable(file, outcome) for file, outcome in outcomes if isinstance(outcome, Problem)]
    settled = settle([seed.source for seed in seeds.values()], unread)
    read = tuple(seeds[source.file] for source in settled.kept)
    notes = (note for seed in read for note in notes_on(seed))
    return Seeds(read, settled.failed, (*found.problems, *settled.problems, *notes))


def _files(folder: Path, refused: Callable[[OSError], None]) -> Iterator[str]:
    """Yield all files below `folder` that count, in an order that does not depend on the disk.

    `refused` is told of every folder that cannot be read.
    """
    walked: set[str] = set()
    for place, folders, names in os.walk(folder, onerror=refused, followlinks=True):
        if os.path.realpath(place) in walked:  # a link that leads back
            folders.clear()
            continue
        walked.add(os.path.realpath(place))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        seeds_named_folders = [name for name in folders if name.endswith(_SUFFIXES)]
        folders[:] = [name for name in folders if name not in seeds_named_folders]
        for name in sorted(names + seeds_named_folders):
            if not name.startswith((".", "README")):
                yield os.path.join(place, name)  # noqa: PTH118 - see find_seeds


def _unread(error: OSError, root: Path) -> Problem:
    file = Path(str(error.filename)).relative_to(root).as_posix()
    what = f"this folder cannot be read: {error.strerror}. Give read permission; what it holds is missing."
    return Problem(file, 0, "RR102", what)


def read_seed(seed: SeedFile) -> Seed | Problem:
    """Return the seed in a file, or why there is none."""
    path, file = Path(seed.path), seed.file
    if not seed.is_showable:
        what = "its name has characters that no page can show. Rename it, in letters of UTF-8 and without line ends."
        return Problem(file, 0, "RR110", what)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            what = f"this seed has {size:,} bytes; at most {LARGEST:,} make a page. Split it, one file a document."
            return Problem(file, 0, "RR105", what)
        data = path.read_bytes()
    except OSError as error:
        remedy = _REMEDIES.get(type(error), "Give read permission, or remove the file.")
        return Problem(file, 0, "RR102", f"cannot be read: {error.strerror or 'unknown reason'}. {remedy}")
    try:
        content, encoding = decode(data)
    except NotTextError:
        what = "this is not a text file. Expected text as OCR leaves it, in UTF-8. Convert it, or move it away."
        return Problem(file, 0, "RR104", what)
    if not content.strip():
        return Problem(file, 0, "RR103", "this seed is empty. Put the document's text in it, or remove the file.")
    digest = hashlib.sha256(data).hexdigest()
    return Seed(Source(file, path.stem, id_of(path.stem), digest, encoding, size), Text(content))


def unreadable(file: str, problem: Problem) -> Failure:
    """Return the failure of a seed that could not be read."""
    return Failure(id_of(PurePosixPath(file).stem), file, problem)


@dataclass(frozen=True, slots=True)
class Settled:
    """Seeds whose ids are theirs alone, in order of their files; those that failed; what is wrong with any."""

    kept: tuple[Source, ...]
    failed: tuple[Failure, ...]
    problems: tuple[Problem, ...]


def settle(sources: Iterable[Source], unread: Iterable[Failure]) -> Settled:
    """Return which of the seeds that were read become documents: those whose ids are theirs alone."""
    by_id: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_id[source.id.casefold()].append(source)
    kept: list[Source] = []
    failed = list(unread)
    for id_, group in by_id.items():
        if id_ in RESERVED or not id_.strip("."):
            what = f"the id “{id_}” is reserved for the site's own pages. Rename the seed."
            failed += [_failure(source, "RR106", what) for source in group]
        elif len(group) > 1:
            for source in group:
                others = ", ".join(other.file for other in group if other is not source)
                what = f"its id “{id_}” is also that of {others}. Rename one, so that each address is one document's."
                failed.append(_failure(source, "RR107", what))
        else:
            kept += group
    problems = (*(failure.problem for failure in failed), *_twins(kept))
    return Settled(tuple(kept), tuple(failed), problems)


def _failure(source: Source, code: str, what: str) -> Failure:
    id_ = f"{source.id}-reserved" if source.id in RESERVED else source.id
    return Failure(id_, source.file, Problem(source.file, 0, code, what))


def notes_on(seed: Seed) -> tuple[Problem, ...]:
    """Return what is doubtful of a seed's bytes."""
    if seed.source.encoding != "windows-1252":
        return ()
    what = (
        "these bytes are not UTF-8; they were read as Windows-1252, which may misread accents. "
        "Check the accented letters, then save the file as UTF-8."
    )
    return (Problem(seed.source.file, _first_beyond_ascii(seed.text), "RR108", what, Severity.WARNING),)


def _first_beyond_ascii(text: Text) -> int:
    return next((line.number for line in text.lines if not text[line.span].isascii()), 0)


def _twins(sources: Iterable[Source]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for source in sources:
        twin = first.setdefault(source.sha256, source.file)
        if twin != source.file:
            what = f"has the same bytes as {twin}. Both were built. Remove one, if it is not a second copy on purpose."
            yield Problem(source.file, 0, "RR109", what, Severity.WARNING)
