"""What the index keeps in mind of a record, and what it keeps in a folder: its words are needed once, where it is made.

In the cache stand, named by what they hold, so that nothing there can be out of date or half written:

- `tokens/…`: what stands in the index for a record
- `shown/…`: what the search page shows of a record, in pieces
"""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from readingroom.export.records import Record, Scope, shown
from readingroom.publish.search.bundle import Placed
from readingroom.publish.search.files import below, packed
from readingroom.publish.search.stream import indexed, token_of

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

_PLAIN = 2
"""The form of marshal in which what is equal is written alike, as nothing refers to what was written before."""
_SCOPES = {str(scope): scope for scope in Scope}


class IndexEntry(NamedTuple):
    """All of a record that the index needs, but for its words. Small, and can be sent from process to process."""

    scope: Scope
    id: str
    """unique in its scope"""
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
    """Return the entry of a record, and write to the cache what `index_of` will look for there.

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
        tokens=_kept(cache / "tokens", _packed_tokens(record)),
        shown=tuple(_kept(cache / "shown", packed(piece.encode())) for piece in shown(record)),
    )


def _packed_tokens(record: Record) -> bytes:
    size, words, places = Placed.of(indexed(record.words()), token_of)
    return marshal.dumps((size, words, places), _PLAIN)


def stored(entries: Iterable[IndexEntry]) -> bytes:
    """Return entries in a form that `recalled` reads: plain, as those of all documents are read in each build."""
    return pickle.dumps([(str(scope), *rest) for scope, *rest in entries])


def recalled(content: bytes) -> Iterator[IndexEntry]:
    """Yield the entries that were `stored`."""
    for scope, *rest in pickle.loads(content):  # noqa: S301 - our own file
        yield IndexEntry(_SCOPES[scope], *rest)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a cache holds of what `write_input` wrote, by its names."""

    tokens: Mapping[str, os.DirEntry[str]]
    shown: Mapping[str, os.DirEntry[str]]

    @classmethod
    def listed(cls, cache: Path) -> Prepared:
        """Return what the cache holds now."""
        tokens, pieces = ({file.name: file for file in below(cache / kind).values()} for kind in ("tokens", "shown"))
        return cls(tokens, pieces)

    def lacks(self, entries: Iterable[IndexEntry]) -> list[IndexEntry]:
        """Return the entries of which it does not hold all: `write_input` has to be asked again."""
        every = list(entries)
        missing = _needed(every).difference(self.tokens, self.shown)
        return [each for each in every if not missing.isdisjoint((each.tokens, *each.shown))]

    def keep_only(self, entries: Iterable[IndexEntry]) -> None:
        """Take away what none of these entries needs, and what was left unfinished."""
        needed = _needed(entries)
        for held in (self.tokens, self.shown):
            for name in held.keys() - needed:
                Path(held[name]).unlink()


def _needed(entries: Iterable[IndexEntry]) -> set[str]:
    return {name for entry in entries for name in (entry.tokens, *entry.shown)}


def placed(entry: IndexEntry, cache: Path) -> Placed:
    """Return the tokens of a record, as `write_input` wrote them."""
    return Placed(*marshal.loads(Path(_at(cache / "tokens", entry.tokens)).read_bytes()))  # noqa: S302 - our own file


def _at(folder: Path, name: str) -> str:
    return f"{folder}/{name[:2]}/{name}"


def _kept(folder: Path, content: bytes) -> str:
    """Write a file that is named by its content, unless it is there, and return the name. It appears whole or never."""
    name = sha256(content).hexdigest()[:32]
    path = _at(folder, name)
    if not os.path.exists(path):  # noqa: PTH110 - of every record; Path takes as long as the disk does
        unfinished = f"{path}.{os.getpid()}"  # another process may be writing the same
        with _new(unfinished) as file:
            file.write(content)
        os.replace(unfinished, path)  # noqa: PTH105 - as above
    return name


def _new(path: str) -> BinaryIO:
    """Return a new file, and make its folder for the first whose name begins so."""
    try:
        return open(path, "wb")  # noqa: PTH123 - as above
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return open(path, "wb")  # noqa: PTH123
