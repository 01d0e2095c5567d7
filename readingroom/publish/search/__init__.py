"""The index of the search: bundles that Pagefind's program reads, and beside them the tables that make it exact.

Pagefind cuts nothing here. What stands in the bundles are the streams of `readingroom.words`, written as tokens that
it keeps whole, and asked for in quotes it answers which records hold them in that order. All else (facets, dates,
passages) is kept in tables by a record's number, and its own fragments are not needed.

A record is prepared by `write_input` wherever its words are at hand; `write_index` puts together what was prepared, and
indexes only the parts that are not in the cache as they are to be. Below `site/search/`:

- `manifest.json`: what there is to search, and in what parts
- `<scope>/<part>/`: a bundle. Pagefind calls a record by its number in the part
- `records/<scope>/<part>/<name>.<piece>.passages`: a record as it is shown, compressed
- `records/<scope>/<part>/names-<number>.json`: the names of some records, in their order
- `facets.json`: of each scope facet → value → records
- `times.json`: of each scope the days of its records
- `withheld.json`: of the documents, record → how many of its passages are withheld
- `variants.json`: names that the authority pages know as one
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from readingroom.export.records import Scope
from readingroom.publish.search import tables
from readingroom.publish.search.engine import ENGINE, IndexingError, engine_in
from readingroom.publish.search.entries import FACETS, IndexEntry, forget_others, has_input, kept, write_input
from readingroom.publish.search.files import Content, below, put
from readingroom.publish.search.parts import Part, bundle_of, in_parts, write_bundles
from readingroom.publish.search.stream import REACH

__all__ = ["Index", "IndexEntry", "IndexingError", "has_input", "index_of", "write_index", "write_input"]

_NAMES = 128  # in a file: a search asks for ten names, which lie scattered


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a site, ready to be put below it."""

    files: Mapping[str, Content]
    """path below `search/` → what it holds"""
    parts: int
    written: int
    """how many of the parts had to be indexed"""

    def put_below(self, site_dir: Path) -> None:
        """Bring `site_dir/search` to hold the index, and nothing that an earlier build left there."""
        put(self.files, site_dir / "search", (*Scope, "records"))


def index_of(
    entries: Iterable[IndexEntry], cache: Path, variants: Sequence[Sequence[str]] = (), processes: int = 1
) -> Index:
    """Return all that the search page needs.

    `cache` is the folder to which `write_input` wrote for all these entries; it is kept from build to build, and what
    no entry needs is taken away there. `variants` are groups of names that are offered for one another; up to
    `processes` index a part each. The files are a function of entries and variants alone, whatever the cache held.
    Raises IndexingError.
    """
    parts = in_parts(entries)
    engine, entry = engine_in(cache)
    written = write_bundles(parts, entry, cache, processes)
    files: dict[str, Content] = {}
    for part in parts:
        files |= {f"{part.path}{name}": path for name, path in below(bundle_of(part, entry, cache))}
        files |= dict(_passages(part, cache))
        files |= dict(_names(part))
    if parts:  # beside the first bundle alone: it serves them all
        files |= {f"{parts[0].path}{name}": engine / name for name in ENGINE}
    scopes = {scope: list(some) for scope, some in groupby(parts, key=lambda part: part.scope)}
    files |= dict(_tables(scopes, variants))
    manifest: dict[str, object] = {"engine": parts[0].path if parts else None, "facets": FACETS, "reach": REACH}
    manifest |= {"names": _NAMES, "scopes": _listed(scopes)}
    files["manifest.json"] = _json({"version": _version(parts, files, manifest), **manifest})
    forget_others((each for part in parts for each in part.entries), cache)
    return Index(files, len(parts), written)


def write_index(
    entries: Iterable[IndexEntry],
    cache: Path,
    site_dir: Path,
    variants: Sequence[Sequence[str]] = (),
    processes: int = 1,
) -> Index:
    """Write the index that `index_of` returns below `site_dir/search`."""
    index = index_of(entries, cache, variants, processes)
    index.put_below(site_dir)
    return index


def _passages(part: Part, cache: Path) -> Iterator[tuple[str, Path]]:
    for name, entry in zip(part.names, part.entries, strict=True):
        for piece, kept_as in enumerate(entry.shown):
            yield f"records/{part.path}{name}.{piece}.passages", kept(cache, "shown", kept_as)


def _names(part: Part) -> Iterator[tuple[str, bytes]]:
    for number, start in enumerate(range(0, len(part.names), _NAMES)):
        yield f"records/{part.path}names-{number}.json", _json(part.names[start : start + _NAMES])


def _tables(scopes: Mapping[Scope, Sequence[Part]], variants: Sequence[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    entries = {scope: [each for part in parts for each in part.entries] for scope, parts in scopes.items()}
    yield "facets.json", _json({scope: tables.facets(some) for scope, some in entries.items()})
    yield "times.json", _json({scope: tables.times(some) for scope, some in entries.items()})
    yield "withheld.json", _json({scope: tables.withheld(some) for scope, some in entries.items()})
    yield "variants.json", _json([list(group) for group in variants])


def _listed(scopes: Mapping[Scope, Sequence[Part]]) -> Mapping[str, object]:
    return {
        scope: {
            "records": sum(len(part.entries) for part in parts),
            "parts": [{"path": part.path, "records": len(part.entries)} for part in parts],
            "withheld": {
                "passages": sum(each.withheld for part in parts for each in part.entries),
                "documents": sum(each.withheld > 0 for part in parts for each in part.entries),
            },
        }
        for scope, parts in scopes.items()
    }


def _version(parts: Iterable[Part], small: Mapping[str, Content], manifest: object) -> str:
    """What changes with anything here: it goes into addresses, so that no cache mixes two builds."""
    digest = sha256(_json(manifest))
    for content in small.values():
        if isinstance(content, bytes):
            digest.update(content)
    for part in parts:
        held = [(each.id, each.tokens, each.shown) for each in part.entries]
        digest.update(_json([part.path, part.names, held]))
    return digest.hexdigest()[:12]


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
