"""The index of the search: Pagefind's bundles, and beside them the tables that make its answers exact.

Pagefind cuts nothing here. What it is given is the streams of `readingroom.words`, written as tokens that it keeps
whole, and asked for in quotes it answers which records hold them in that order. All else (facets, dates, passages) is
kept in tables by a record's number, so that its own fragments are not needed and not published.

Below `site/search/`:

- `manifest.json`: what there is to search, in what parts, and which of Pagefind's result ids is which record's
- `<scope>/<part>/`: a bundle
- `facets.json`: of each scope `facets`, facet → value → records; `days`, each first possible day with how many
  records have it, in the records' order; `until`, record → its last possible day where that is another; and
  `withheld`, record → how many of its passages are, where any are
- `records/<scope>/<number>.json`: a record as it is shown
- `variants.json`: names that the authority pages know as one
"""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TypedDict

from readingroom.export.records import Record, Scope, in_time, write_passages
from readingroom.shares import in_shares
from readingroom.words import Words, token

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

PARTS = 1
"""In how many parts a scope is indexed. Pagefind keeps a part in memory while it works: see platform.md's measures."""

_BREAK = token("\0")  # between streams and blocks: stands in the index, and no query can ask for it
_MARK = b"pagefind_dcd"  # what Pagefind's files begin with once they are unpacked
_ENGINE = ("pagefind.js", "wasm.unknown.pagefind")
_PROGRAM = ("-m", "pagefind_bin")


class _PartEntry(TypedDict):
    path: str
    ids: list[str]
    """Pagefind's result ids, in the order of the records' numbers"""
    steps: list[int]
    """the records' numbers, as steps"""


class _ScopeEntry(TypedDict):
    records: int
    parts: list[_PartEntry]


class IndexingError(Exception):
    """Pagefind did not make the index it was asked for; the message holds what it said."""


def write_index(
    records: Iterable[Record],
    site_dir: Path,
    work_dir: Path,
    variants: Sequence[Sequence[str]] = (),
    processes: int = 1,
) -> None:
    """Write all that the search page needs below `site_dir/search`, in place of what an earlier build left there.

    `work_dir` is where Pagefind's input and output stand meanwhile; `variants` are groups of names that are offered
    for one another; up to `processes` write Pagefind's input. Raises IndexingError, and ValueError for a facet that is
    not one of FACETS.
    """
    search = site_dir / "search"
    for scope in Scope:
        for folder in (search / scope, search / "records" / scope, work_dir / scope):
            shutil.rmtree(folder, ignore_errors=True)
    search.mkdir(parents=True, exist_ok=True)
    every = in_time(records)
    by_scope = {scope: [record for record in every if record.scope is scope] for scope in Scope}
    scopes = {scope: _write_scope(scope, here, search, work_dir, processes) for scope, here in by_scope.items() if here}
    engine = next((part["path"] for scope in scopes.values() for part in scope["parts"]), None)
    if engine is not None:
        for name in _ENGINE:  # beside the first bundle alone: it serves them all
            shutil.copyfile(work_dir / engine / "bundle" / name, search / engine / name)
    _write_json(search / "facets.json", {scope: _table(by_scope[scope]) for scope in scopes})
    _write_json(search / "variants.json", [list(group) for group in variants])
    manifest = {"engine": engine, "facets": FACETS, "scopes": scopes}
    _write_json(search / "manifest.json", {"version": _version(search, manifest), **manifest})


def part_of(record_id: str, parts: int | None = None) -> int:
    """Return the part that a record belongs to: a function of its id alone, so that others coming do not move it."""
    return int.from_bytes(sha256(record_id.encode()).digest()[:4], "big") * (parts or PARTS) >> 32


def indexed(words: Words) -> str:
    """Return the tokens that stand in the index for a text: its parts, its joined words, its codes, breaks between."""
    streams = [words.parts] if words.parts == words.joined else [words.parts, words.joined]
    tokens = (token(word) if word else _BREAK for stream in (*streams, words.codes) for word in ("", *stream))
    return " ".join(tokens)


def _write_scope(scope: Scope, records: Sequence[Record], search: Path, work_dir: Path, processes: int) -> _ScopeEntry:
    write_passages(records, search / "records" / scope)
    members: dict[int, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        members[part_of(record.id)].append(number)
    return {
        "records": len(records),
        "parts": [
            _write_part(
                f"{scope}/{part}/", {number: records[number] for number in numbers}, search, work_dir, processes
            )
            for part, numbers in sorted(members.items())
        ],
    }


def _write_part(path: str, records: Mapping[int, Record], search: Path, work_dir: Path, processes: int) -> _PartEntry:
    pages, bundle = work_dir / path / "pages", work_dir / path / "bundle"
    pages.mkdir(parents=True)
    in_shares(lambda share: _write_pages(share.mine(list(records.items())), pages), processes)
    _run_pagefind(pages, bundle)
    ids = dict(sorted(_result_ids(bundle)))
    numbers = sorted(records)
    if list(ids) != numbers:
        raise IndexingError(f"Pagefind indexed {len(ids)} records of {len(records)} for {path}")
    (search / path).mkdir(parents=True)
    for file in (bundle / "pagefind-entry.json", *bundle.glob("*.pf_meta")):
        shutil.copyfile(file, search / path / file.name)
    shutil.copytree(bundle / "index", search / path / "index")
    return {"path": path, "ids": list(ids.values()), "steps": _steps(numbers)}


def _write_pages(records: Iterable[tuple[int, Record]], folder: Path) -> None:
    for number, record in records:
        page = f"<!doctype html><html><body data-pagefind-body><p>{indexed(record.words())}</p></body></html>\n"
        (folder / f"{number}.html").write_text(page, encoding="ascii", newline="\n")


def _run_pagefind(pages: Path, bundle: Path) -> None:
    arguments = ["--site", str(pages), "--output-path", str(bundle), "--force-language", "zxx"]
    command = [sys.executable, *_PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not (bundle / "pagefind-entry.json").is_file():
        said = (done.stdout + done.stderr).strip()
        raise IndexingError(f"Pagefind could not index {pages} (exit {done.returncode}). It said:\n{said}")


def _result_ids(bundle: Path) -> Iterator[tuple[int, str]]:
    """The number of each record and Pagefind's id of it, which names the fragment that holds the record's address."""
    for path in bundle.glob("fragment/*.pf_fragment"):
        content = gzip.decompress(path.read_bytes())
        if not content.startswith(_MARK):
            raise IndexingError(f"{path.name} does not begin with {_MARK.decode()}: is this another Pagefind?")
        url: str = json.loads(content.removeprefix(_MARK))["url"]
        yield int(url.strip("/").removesuffix(".html")), path.stem


def _steps(numbers: Iterable[int]) -> list[int]:
    """How far each number lies from the one before it, from -1 on: mostly ones, which pack well."""
    return [after - before for before, after in pairwise((-1, *numbers))]


def _table(records: Sequence[Record]) -> Mapping[str, object]:
    days = Counter(record.sorted for record in records if record.sorted)
    until = {number: record.last for number, record in enumerate(records) if record.last}
    withheld = {number: record.withheld for number, record in enumerate(records) if record.withheld}
    return {"facets": _facets(records), "days": list(days.items()), "until": until, "withheld": withheld}


def _facets(records: Sequence[Record]) -> Mapping[str, Mapping[str, list[int]]]:
    """Facet → value → numbers of the records that have it, as steps; values sorted."""
    found: dict[str, dict[str, list[int]]] = {facet: defaultdict(list) for facet in FACETS}
    for number, record in enumerate(records):
        for facet, values in record.facets.items():
            if facet not in found:
                raise ValueError(f"{record.id} has the facet {facet!r}; there are {', '.join(FACETS)}")
            for value in dict.fromkeys(values):
                found[facet][value].append(number)
    return {
        facet: {value: _steps(numbers) for value, numbers in sorted(values.items())}
        for facet, values in found.items()
        if values
    }


def _version(search: Path, manifest: Mapping[str, object]) -> str:
    """What changes with anything here: it goes into addresses, so that no cache mixes two builds."""
    digest = sha256(json.dumps(manifest).encode())
    for path in sorted([*search.glob("*.json"), *search.glob("records/*/*.json")]):
        if path.name != "manifest.json":
            digest.update(path.relative_to(search).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8", newline="\n")
