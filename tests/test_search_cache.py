"""The search index from build to build: what is there is used again, and the bytes are those of a clean build."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from readingroom.export.records import Record, Scope
from readingroom.publish.search import Index, files, index_of, parts, recalled, stored, write_input
from readingroom.publish.search.bundle import Page, write_bundle
from tests.indexing import write_index

SEED = 20261120
PARTS = 4
RECORDS = 24
WORDS = ("cable", "co-operation", "AF/C", "memo", "U.S.", "1994", "embassy", "will not", "zq")


@pytest.fixture(autouse=True)
def few_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scope is in four parts, as that of a large collection."""
    monkeypatch.setattr(parts, "parts_for", lambda _: PARTS)


def _made(number: int, chance: random.Random, scope: Scope = Scope.DOCUMENTS) -> Record:
    lines = tuple((line, " ".join(chance.choices(WORDS, k=6))) for line in range(1, 5))
    return Record(f"d{number}", scope, f"documents/d{number}/", f"D {number}", "cable", lines)


def _built(records: Iterable[Record], cache: Path, site: Path) -> Index:
    return write_index([write_input(record, cache) for record in records], cache, site)


def _bytes(folder: Path) -> Mapping[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _part(record_id: str) -> int:
    return parts.part_of(record_id, PARTS)


def test_any_changes_in_any_order_end_in_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = {number: _made(number, chance) for number in range(RECORDS)}
    _built(records.values(), tmp_path / "cache", tmp_path / "site")
    for step in range(12):
        touched = set()
        for _ in range(chance.randrange(1, 3)):
            number = chance.randrange(2 * RECORDS)
            kind = chance.choice(("words", "title", "gone"))
            if kind == "gone" and number in records:
                del records[number]
                touched.add(_part(f"d{number}"))
            elif kind == "title" and number in records:
                records[number] = replace(records[number], title=f"Another {step}", facets={"type": (f"t{step}",)})
            else:
                records[number] = _made(number, chance)
                touched.add(_part(f"d{number}"))
        indexed = _built(records.values(), tmp_path / "cache", tmp_path / "site")
        assert indexed.written <= len(touched), f"step {step}, seed {SEED}"
        _built(records.values(), tmp_path / f"cache{step}", tmp_path / f"site{step}")
        assert _bytes(tmp_path / "site") == _bytes(tmp_path / f"site{step}"), f"step {step}, seed {SEED}"
        assert _bytes(tmp_path / "cache") == _bytes(tmp_path / f"cache{step}"), f"step {step}, seed {SEED}"


def test_a_document_added_changes_its_part_and_the_tables_alone(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    assert _built(records, tmp_path / "cache", tmp_path / "site").written == PARTS
    before = _bytes(tmp_path / "site" / "search")
    new = replace(_made(0, chance), id="another")
    index = _built([*records, new], tmp_path / "cache", tmp_path / "site")
    assert (index.parts, index.written) == (PARTS, 1)
    changed = _changed(before, _bytes(tmp_path / "site" / "search"))
    folders = {name.rpartition("/")[0] for name in changed}
    part = f"documents/{_part('another')}"
    assert folders == {"", "tables", part, f"{part}/index", f"records/{part}"}
    passages = [name for name in changed if name.endswith(".passages")]
    assert len(passages) == 1


def test_how_far_the_index_is_can_be_told(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    entries = [write_input(_made(number, chance), tmp_path) for number in range(RECORDS)]
    told: list[int] = []
    index_of(entries, tmp_path, done=told.append)
    assert (len(told), sum(told)) == (PARTS, RECORDS)


def test_what_editors_write_never_indexes_the_documents_again(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    _built(records, tmp_path / "cache", tmp_path / "site")
    assert _built(records, tmp_path / "cache", tmp_path / "site").written == 0
    dated = [replace(records[0], sorted="1994-04-08", title="Said otherwise", facets={"annotated": ("with notes",)})]
    note = _made(RECORDS, chance, Scope.EDITORS)
    assert _built([*dated, *records[1:], note], tmp_path / "cache", tmp_path / "site").written == 1


def test_a_build_that_was_interrupted_leaves_nothing_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    written = 0

    def interrupted(pages: Iterable[Page], entry: Mapping[str, object], folder: Path) -> None:
        nonlocal written
        written += 1
        if written == PARTS - 1:
            (folder / "index").mkdir(parents=True)
            (folder / "index" / "half.pf_index").write_bytes(b"half")
            raise KeyboardInterrupt
        write_bundle(pages, entry, folder)

    with monkeypatch.context() as patch:
        patch.setattr(parts, "write_bundle", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _built(records, tmp_path / "cache", tmp_path / "site")
    assert _built(records, tmp_path / "cache", tmp_path / "site").written == 2
    _built(records, tmp_path / "clean", tmp_path / "clean-site")
    assert _bytes(tmp_path / "cache") == _bytes(tmp_path / "clean")
    assert _bytes(tmp_path / "site") == _bytes(tmp_path / "clean-site")


def test_several_processes_write_the_same(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    for processes in (1, 3):
        cache = tmp_path / f"cache{processes}"
        entries = [write_input(record, cache) for record in records]
        write_index(entries, cache, tmp_path / f"site{processes}", (), processes)
    assert _bytes(tmp_path / "site1") == _bytes(tmp_path / "site3")


def test_a_file_that_is_linked_from_elsewhere_is_replaced_and_not_written_into(tmp_path: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    _built(records, tmp_path / "cache", tmp_path / "site")
    manifest = tmp_path / "site" / "search" / "manifest.json"
    (tmp_path / "kept").hardlink_to(manifest)
    before = manifest.read_bytes()
    _built(records[1:], tmp_path / "cache", tmp_path / "site")
    assert manifest.read_bytes() != before
    assert (tmp_path / "kept").read_bytes() == before


def _replaced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files of the site that are written or linked from here on."""
    names: list[str] = []
    replace_ = files._replace

    def counted(target: Path, content: files.Content) -> None:
        names.append(target.name)
        replace_(target, content)

    monkeypatch.setattr(files, "_replace", counted)
    return names


@pytest.mark.parametrize("links", [True, False])
def test_what_stands_is_put_no_second_time_and_what_is_lost_or_another_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    index = _built(records, tmp_path / "cache", tmp_path / "site")
    before = _bytes(tmp_path / "site")
    replaced = _replaced(monkeypatch)
    index.put_below(tmp_path / "site")
    assert replaced == []
    lost, another, *_ = sorted((tmp_path / "site").rglob("*.passages"))
    lost.unlink()
    another.unlink()
    another.write_bytes(b"another")
    (tmp_path / "site/search/records/left/over").mkdir(parents=True)
    (tmp_path / "site/search/records/left/over/file").touch()
    index.put_below(tmp_path / "site")
    assert sorted(replaced) == sorted((lost.name, another.name))
    assert _bytes(tmp_path / "site") == before
    assert not (tmp_path / "site/search/records/left").exists()


def _no_links(_file: Path, _to: Path) -> None:
    raise OSError


def test_of_one_record_changed_its_files_are_put_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret
    records = [_made(number, chance) for number in range(RECORDS)]
    _built(records, tmp_path / "cache", tmp_path / "site")
    replaced = _replaced(monkeypatch)
    _built([replace(records[0], title="Another"), *records[1:]], tmp_path / "cache", tmp_path / "site")
    assert [name for name in replaced if not name.endswith(".passages")] == ["manifest.json"]
    assert len(replaced) == 2


def test_entries_are_recalled_as_they_were_stored(tmp_path: Path) -> None:
    record = replace(_made(1, random.Random(SEED)), facets={"year": ("1994",)}, sorted="1994-04-08")  # noqa: S311 - no secret
    entries = [write_input(each, tmp_path) for each in (record, replace(record, scope=Scope.EDITORS))]
    assert list(recalled(stored(entries))) == entries
    assert [each.scope for each in recalled(stored(entries))] == [Scope.DOCUMENTS, Scope.EDITORS]
