"""What the index keeps in mind of a record, and what it keeps in a folder: its words are needed once, where it is made.

In the cache stand, named by what they hold, so that nothing there can be out of date or half written:

- `tokens/…`: what stands in the index for a record
- `shown/…`: what the search page shows of a record, in pieces
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from readingroom.export.records import Record, Scope, shown
from readingroom.publish.search.files import keep_only, packed
from readingroom.publish.search.stream import indexed

FACETS = (
    "year",
    "type",
    "from",
    "to",
    "classification",
    "handling",
    "withheld",
    "exemption",
    "people",
    "organizations",
    "places",
    "collection",
    "annotated",
)
"""The facets in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """All of a record that the index needs, but for its words. Small, and can be sent from process to process."""

    id: str
    """unique in its scope"""
    scope: Scope
    facets: Mapping[str, tuple[str, ...]]
    """facet → values as they are shown, each once"""
    sorted: str | None
    """the first possible day, ISO 8601"""
    last: str | None
    """the last possible day, where it is another"""
    withheld: int
    """how many of its passages are"""
    tokens: str
    """names the file with what stands in the index"""
    shown: tuple[str, ...]
    """names the files with its pieces"""


def write_input(record: Record, cache: Path) -> IndexEntry:
    """Return the entry of a record, and write to the cache what `write_index` will look for there.

    Any number of processes may do so at once. Raises ValueError for a facet that is not one of FACETS.
    """
    unknown = record.facets.keys() - set(FACETS)
    if unknown:
        raise ValueError(f"{record.id} has the facet {min(unknown)!r}; there are {', '.join(FACETS)}")
    return IndexEntry(
        id=record.id,
        scope=record.scope,
        facets={facet: tuple(dict.fromkeys(values)) for facet, values in record.facets.items() if values},
        sorted=record.sorted,
        last=record.last,
        withheld=record.withheld,
        tokens=_kept(cache / "tokens", indexed(record.words()).encode("ascii")),
        shown=tuple(_kept(cache / "shown", packed(piece.encode())) for piece in shown(record)),
    )


def has_input(entry: IndexEntry, cache: Path) -> bool:
    """Return whether the cache holds what `write_input` wrote for an entry; if not, it has to be written again."""
    names = (("tokens", entry.tokens), *(("shown", name) for name in entry.shown))
    return all(kept(cache, kind, name).is_file() for kind, name in names)


def forget_others(entries: Iterable[IndexEntry], cache: Path) -> None:
    """Take from the cache what none of these entries needs."""
    every = list(entries)
    keep_only(cache / "tokens", {kept(cache, "tokens", entry.tokens) for entry in every})
    keep_only(cache / "shown", {kept(cache, "shown", name) for entry in every for name in entry.shown})


def kept(cache: Path, kind: str, name: str) -> Path:
    """Return where the cache holds a file, `kind` being `tokens` or `shown`."""
    return cache / kind / name[:2] / name


def _kept(folder: Path, content: bytes) -> str:
    """Write a file that is named by its content, unless it is there, and return the name. It appears whole or never."""
    name = sha256(content).hexdigest()[:32]
    path = kept(folder.parent, folder.name, name)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(f".{os.getpid()}")  # another process may be writing the same
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return name
