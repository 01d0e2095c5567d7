"""The index of the search: bundles that Pagefind's program reads, and beside them the tables that make it exact.

Pagefind cuts nothing here. What stands in the bundles are the streams of `readingroom.words`, written as tokens that
it keeps whole, and asked for in quotes it answers which records hold them in that order. All else (facets, dates,
passages) is kept in tables by a record's number, and its own fragments are not needed.

A record is prepared by `write_input` wherever its words are at hand; `index_of` puts together what was prepared, and
indexes only the parts that are not in the cache as they are to be. Below `site/search/`:

- `manifest.json`: what there is to search, in what parts, and the names of files that go together with it
- `<scope>/<part>/`: a bundle. Pagefind calls a record by its number in the part
- `records/<scope>/<part>/<name>.<piece>.passages`: a record as it is shown, compressed
- `records/<scope>/<part>/names-<digest>-<number>.json`: the names of some records, in their order
- `tables/facets-<digest>.json`: of each scope facet → value → records
- `tables/times-<digest>.json`: of each scope the days of its records
- `tables/withheld-<digest>.json`: of each scope record → how many of its passages are withheld
- `tables/variants-<digest>.json`: names that the authority pages know as one

Whatever goes by the number of a record is named by its content: a page that was opened before the site was built again
finds nothing there any more, and says so, instead of another record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from readingroom.export.records import Scope
from readingroom.progress import unseen
from readingroom.publish.search import tables
from readingroom.publish.search.engine import ENGINE, IndexingError, engine_in
from readingroom.publish.search.entries import FACETS, IndexEntry, Prepared, recalled, stored, write_input
from readingroom.publish.search.files import Content, below, put
from readingroom.publish.search.parts import Part, in_parts, write_bundles
from readingroom.publish.search.stream import REACH

__all__ = ["Index", "IndexEntry", "IndexingError", "index_of", "recalled", "stored", "write_input"]

_NAMES = 128  # in a file: a search asks for ten names, which lie scattered


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a site, ready to be put below it."""

    files: Mapping[str, Content]
    """path below `search/` → what it holds"""
    parts: int
    written: int
    """how many of the parts had to be indexed"""
    entries: tuple[IndexEntry, ...]
    prepared: Prepared

    def put_below(self, site_dir: Path) -> None:
        """Bring `site_dir/search` to hold the index, and nothing that an earlier build left there."""
        put(self.files, site_dir / "search", (*Scope, "records", "tables"))

    def forget_others(self) -> None:
        """Take from the cache what no entry of this index needs: from now on, no other will be asked for."""
        self.prepared.keep_only(self.entries)


def index_of(
    entries: Iterable[IndexEntry],
    cache: Path,
    variants: Sequence[Sequence[str]] = (),
    processes: int = 1,
    done: Callable[[int], None] = unseen,
) -> Index:
    """Return all that the search page needs.

    `cache` is the folder to which `write_input` wrote for all these entries; it is kept from build to build. `variants`
    are groups of names that are offered for one another; up to `processes` index a part each; `done` is told how many
    more records are indexed. The files are a function of entries and variants alone, whatever the cache held.

    Raises IndexingError.
    """
    parts = in_parts(entries)
    prepared = Prepared.listed(cache)
    for missing in prepared.lacks(each for part in parts for each in part.entries):
        raise IndexingError(f"{missing.id} was not prepared for the index. Delete {cache.parent}, and build again.")
    engine, entry = engine_in(cache)
    bundles = write_bundles(parts, entry, cache, processes, done)
    files: dict[str, Content] = {}
    scopes: dict[Scope, list[Mapping[str, object]]] = {}
    for part, bundle in zip(parts, bundles.folders, strict=True):
        listed, its_files = _published(part, bundle, prepared)
        files |= its_files
        scopes.setdefault(part.scope, []).append(listed)
    if parts:  # beside the first bundle alone: it serves them all
        files |= {f"{parts[0].path}{name}": file for name, file in below(engine).items() if name in ENGINE}
    entries_of = {scope: [each for part in parts if part.scope is scope for each in part.entries] for scope in scopes}
    small = {kind: (f"tables/{kind}-{_named(said)}.json", said) for kind, said in _tables(entries_of, variants)}
    files |= dict(small.values())
    manifest: Mapping[str, object] = {
        "engine": parts[0].path if parts else None,
        "facets": FACETS,
        "reach": REACH,
        "names": _NAMES,
        "tables": {kind: path for kind, (path, _) in small.items()},
        "scopes": {scope: {**_counted(entries_of[scope]), "parts": listed} for scope, listed in scopes.items()},
    }
    files["manifest.json"] = _json({"version": _version(parts, manifest), **manifest})
    return Index(files, len(parts), bundles.written, tuple(each for part in parts for each in part.entries), prepared)


def _published(part: Part, bundle: Path, prepared: Prepared) -> tuple[Mapping[str, object], Mapping[str, Content]]:
    """What the manifest says of a part, and all its files below `search/`."""
    held = below(bundle)
    meta = next(name for name in held if name.endswith(".pf_meta"))
    called = f"names-{_named(_json(part.names))}"
    listed = {"path": part.path, "records": len(part.entries), "meta": meta, "names": called}
    files: dict[str, Content] = {f"{part.path}{name}": file for name, file in held.items()}
    for number, start in enumerate(range(0, len(part.names), _NAMES)):
        files[f"records/{part.path}{called}-{number}.json"] = _json(part.names[start : start + _NAMES])
    folder, shown = f"records/{part.path}", prepared.shown
    for name, entry in zip(part.names, part.entries, strict=True):
        files.update((f"{folder}{name}.{number}.passages", shown[piece]) for number, piece in enumerate(entry.shown))
    return listed, files


def _tables(
    entries: Mapping[Scope, Sequence[IndexEntry]], variants: Sequence[Sequence[str]]
) -> Iterator[tuple[str, bytes]]:
    yield "facets", _json({scope: tables.facets(some) for scope, some in entries.items()})
    yield "times", _json({scope: tables.times(some) for scope, some in entries.items()})
    yield "withheld", _json({scope: tables.withheld(some) for scope, some in entries.items()})
    yield "variants", _json([list(group) for group in variants])


def _counted(entries: Sequence[IndexEntry]) -> Mapping[str, object]:
    withheld = [entry.withheld for entry in entries if entry.withheld]
    return {"records": len(entries), "withheld": {"passages": sum(withheld), "documents": len(withheld)}}


def _version(parts: Iterable[Part], manifest: object) -> str:
    """What changes with anything here: it goes into the addresses of passages, so that no cache mixes two builds."""
    shown = [[part.path, part.names, [each.shown for each in part.entries]] for part in parts]
    return _named(_json([manifest, shown]))


def _named(content: bytes) -> str:
    return sha256(content).hexdigest()[:12]


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
