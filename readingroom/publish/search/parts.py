"""A scope's records in parts, and each part's bundle, which is kept as long as the part holds the same words."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from readingroom.export.records import Scope
from readingroom.publish.search import bundle, names
from readingroom.publish.search.bundle import Page, write_bundle
from readingroom.publish.search.entries import IndexEntry, placed
from readingroom.shares import streamed

ONE_PART = 2_500
"""So many records are one part. Four parts hold eight times as many, sixteen again eight times as many, and so on."""

_SHORTEST_NAME = 4
_WRITER = b"".join(Path(str(module.__file__)).read_bytes() for module in (bundle, names))


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of a scope, in the order of their numbers."""

    scope: Scope
    place: int
    entries: tuple[IndexEntry, ...]
    names: tuple[str, ...]
    """of the entries: short, and none twice in a part"""

    @property
    def path(self) -> str:
        """Return its folder below `search/`: `documents/0/`."""
        return f"{self.scope}/{self.place}/"

    def stamp(self, entry: Mapping[str, object]) -> str:
        """Return what names the bundle of this part: it changes with whatever the bundle is a function of."""
        said = [entry, [each.tokens for each in self.entries]]
        return sha256(_WRITER + json.dumps(said).encode()).hexdigest()[:32]


def parts_for(records: int) -> int:
    """Return in how many parts so many records of a scope are indexed.

    A part is loaded, and indexed again, by itself, so it is to be small; of each something is loaded by every search,
    so they are to be few. Steps lie far apart, as each moves every record: 1 part up to 2,500 records, 4 up to 20,000,
    16 up to 160,000. A part is worked out in memory: ten bytes or so for each word of its records.
    """
    parts, most = 1, ONE_PART
    while records > most:
        parts, most = parts * 4, most * 8
    return parts


def part_of(record_id: str, parts: int) -> int:
    """Return the part that a record belongs to: a function of its id alone, so that others coming do not move it."""
    return _place(_digest(record_id), parts)


def in_parts(entries: Iterable[IndexEntry]) -> list[Part]:
    """Return all parts that hold anything, by scope and place; records are in the order of their ids."""
    scopes: defaultdict[Scope, list[IndexEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.id):
        scopes[entry.scope].append(entry)
    return [part for scope in Scope for part in _of_a_scope(scope, scopes[scope])]


class Bundles(NamedTuple):
    """The folders of the bundles of some parts, in their order, and how many of them had to be written."""

    folders: tuple[Path, ...]
    written: int


def write_bundles(
    parts: Sequence[Part], entry: Mapping[str, object], cache: Path, processes: int, done: Callable[[int], None]
) -> Bundles:
    """Bring the bundles below the cache to what the parts are; `done` is told how many records more are in one.

    Several processes each write one bundle at a time. A bundle appears whole or never.
    """
    folder = cache / "bundles"
    folder.mkdir(parents=True, exist_ok=True)
    stamps = [part.stamp(entry) for part in parts]
    wanted = dict(zip(stamps, parts, strict=True))
    for left in folder.iterdir():
        if left.name not in wanted:
            shutil.rmtree(left)
    missing = [(stamp, part) for stamp, part in wanted.items() if not (folder / stamp).is_dir()]

    def write(taken: Iterable[tuple[str, Part]]) -> Iterator[int]:
        for stamp, part in taken:
            unfinished = folder / f"{stamp}.unfinished"
            write_bundle(_pages(part, cache), entry, unfinished)
            unfinished.rename(folder / stamp)
            yield len(part.entries)

    for records in streamed(write, missing, min(processes, len(missing))):
        done(records)
    return Bundles(tuple(folder / stamp for stamp in stamps), len(missing))


def _of_a_scope(scope: Scope, entries: Sequence[IndexEntry]) -> Iterator[Part]:
    parts = parts_for(len(entries))
    members: defaultdict[int, list[tuple[IndexEntry, bytes]]] = defaultdict(list)
    for entry in entries:
        digest = _digest(entry.id)
        members[_place(digest, parts)].append((entry, digest[4:]))
    for place, here in sorted(members.items()):
        called = names.shortest([digest for _, digest in here], _SHORTEST_NAME)
        yield Part(scope, place, tuple(entry for entry, _ in here), tuple(called))


def _pages(part: Part, cache: Path) -> Iterator[Page]:
    for number, entry in enumerate(part.entries):
        yield Page(str(number), placed(entry, cache))


def _place(digest: bytes, parts: int) -> int:
    return int.from_bytes(digest[:4], "big") * parts >> 32


def _digest(record_id: str) -> bytes:
    return sha256(record_id.encode()).digest()
