"""The search's index and tables, written from small records."""

import gzip
import hashlib
import json
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from readingroom.export.records import Record, Scope, in_time, write_passages
from readingroom.publish import search
from readingroom.publish.search import IndexingError, indexed, part_of, write_index
from readingroom.words import Words

CABLE = Record(
    "cable",
    Scope.DOCUMENTS,
    "documents/cable/",
    "Claes asks",
    "cable",
    ((3, "WOULD LIKE US TO"), (7, "SUPPORT THIS"), (1, "PAGE 02"), (5, "CONFIDENTIAL"), (6, "PAGE 03")),
    furniture=2,
    date="April 8, 1994",
    sorted="1994-04-08",
    facets={"year": ("1994",), "type": ("cable",), "people": ("Willy Claes", "Boutros Boutros-Ghali")},
    withheld=2,
)
LETTER = Record("a-letter", Scope.DOCUMENTS, "documents/a-letter/", "Letter", "letter", ((1, "DEAR BORIS"),))
MEMO = Record(
    "memo",
    Scope.DOCUMENTS,
    "documents/memo/",
    "<Memo> & “Draft”",
    "memorandum",
    ((1, "AF/C:SAHonley asks for $80"),),
    sorted="1993-10-01",
    facets={"year": ("1993",), "type": ("memorandum",), "people": ("Willy Claes", "Willy Claes")},
    withheld=1,
)
NOTE = Record("people/claes", Scope.EDITORS, "people/claes/", "Willy Claes", "person", ((0, "Foreign minister."),))
EMPTY = Record("empty", Scope.EDITORS, "people/empty/", "Nobody", "person", ())
ALL = (CABLE, LETTER, MEMO, NOTE, EMPTY)


def _read(path: Path) -> Any:  # noqa: ANN401 - JSON may be anything
    return json.loads(path.read_text("utf-8"))


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    write_index(ALL, tmp_path / "site", tmp_path / "work", (("Interhamwe", "Interahamwe"),))
    return tmp_path / "site" / "search"


def test_records_are_numbered_in_time_and_the_undated_last() -> None:
    assert [record.id for record in in_time((LETTER, CABLE, MEMO))] == ["memo", "cable", "a-letter"]


def test_a_phrase_runs_over_a_page_break_and_never_over_furniture_that_was_apart() -> None:
    assert CABLE.blocks() == ((0, 2), (2, 3), (3, 5))
    assert CABLE.words().parts == (
        *("would", "like", "us", "to", "support", "this", "", "page", "02", "", "confidential", "page", "03"),
    )


def test_a_record_without_furniture_or_lines() -> None:
    assert LETTER.blocks() == ((0, 1),)
    assert EMPTY.blocks() == ()
    assert EMPTY.words() == Words((), (), ())


def test_what_is_indexed_is_tokens_in_streams_that_do_not_touch() -> None:
    gap = "zqzxaz"
    assert indexed(Words.of(["Co-op at AF/C"])) == f"{gap} co op at af c {gap} coop at af c {gap} zqafzxcpzc"
    assert indexed(Words.of(["one two"])) == f"{gap} one two {gap}"


def _decoded(data: bytes, at: int = 0) -> tuple[Any, int]:
    """One value of CBOR (RFC 8949), of the few kinds that an index is made of, and where the next begins."""
    kind, size, at = data[at] >> 5, data[at] & 31, at + 1
    if size in {24, 25, 26, 27}:
        width = 1 << (size - 24)
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
    if kind == 3:
        return data[at : at + size].decode(), at + size
    if kind != 4:
        return -1 - size if kind == 1 else None if kind == 7 else size, at
    values = []
    for _ in range(size):
        value, at = _decoded(data, at)
        values.append(value)
    return values, at


def test_pagefind_keeps_every_token_and_adds_none(tmp_path: Path) -> None:
    lines = (
        "21MAY82 C05517350 MIR-79",
        "AF/C:SAHonley naïve Ελλάδα zq zqzxaz",
        "o'Neill x1y2z3 U.S.",
        "пример 漢字 camelCase",
    )
    record = Record("odd", Scope.DOCUMENTS, "documents/odd/", "Odd", "note", tuple(enumerate(lines, start=1)))
    write_index((record,), tmp_path / "site", tmp_path / "work")
    vocabulary: list[str] = []
    for path in (tmp_path / "site").rglob("*.pf_index"):
        chunk, _ = _decoded(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        vocabulary += [word[0] for word in chunk[0]]
    assert sorted(vocabulary) == sorted(set(indexed(record.words()).split()))


def test_the_manifest_counts_what_there_is(written: Path) -> None:
    manifest = _read(written / "manifest.json")
    assert manifest["engine"] == "documents/0/"
    assert manifest["facets"] == list(search.FACETS)
    assert list(manifest["scopes"]) == ["documents", "editors"]
    documents = manifest["scopes"]["documents"]
    assert documents["records"] == 3
    assert [part["path"] for part in documents["parts"]] == ["documents/0/"]
    assert documents["parts"][0]["steps"] == [1, 1, 1]
    assert len(set(documents["parts"][0]["ids"])) == 3


def test_facets_are_columns_of_record_numbers(written: Path) -> None:
    tables = _read(written / "facets.json")
    facets = tables["documents"]["facets"]
    assert facets == {
        "year": {"1993": [1], "1994": [2]},
        "type": {"cable": [2], "memorandum": [1]},
        "people": {"Boutros Boutros-Ghali": [2], "Willy Claes": [1, 1]},
    }
    assert list(facets) == ["year", "type", "people"]
    assert tables["documents"]["withheld"] == {"0": 1, "1": 2}
    assert tables["editors"] == {"facets": {}, "days": [], "until": {}, "withheld": {}}


def test_days_are_counted_in_the_records_order(tmp_path: Path) -> None:
    month = replace(MEMO, id="month", sorted="1993-10-01", last="1993-10-31")
    write_index((CABLE, LETTER, MEMO, month), tmp_path / "site", tmp_path / "work")
    table = _read(tmp_path / "site" / "search" / "facets.json")["documents"]
    assert table["days"] == [["1993-10-01", 2], ["1994-04-08", 1]]
    assert table["until"] == {"1": "1993-10-31"}


def test_passages_and_variants(written: Path) -> None:
    assert _read(written / "records" / "documents" / "0.json") == {
        "id": "memo",
        "url": "documents/memo/",
        "title": "<Memo> & “Draft”",
        "kind": "memorandum",
        "blocks": [[0, 1]],
        "lines": [[1, "AF/C:SAHonley asks for $80"]],
    }
    assert _read(written / "records" / "documents" / "1.json")["date"] == "April 8, 1994"
    assert _read(written / "variants.json") == [["Interhamwe", "Interahamwe"]]


def test_nothing_is_published_that_is_not_used(written: Path) -> None:
    names = {path.name for path in written.rglob("*") if path.is_file() and path.suffix != ".json"}
    plain = {name for name in names if not name.endswith((".pf_index", ".pf_meta"))}
    assert plain == {"pagefind.js", "wasm.unknown.pagefind"}
    assert len(list(written.rglob("pagefind.js"))) == 1


def test_the_same_records_give_the_same_bytes_and_others_another_version(tmp_path: Path) -> None:
    for name, records in (("one", ALL), ("two", ALL[::-1]), ("three", ALL[1:])):
        write_index(records, tmp_path / name, tmp_path / "work")
    assert _digests(tmp_path / "one") == _digests(tmp_path / "two")
    versions = {_read(tmp_path / name / "search" / "manifest.json")["version"] for name in ("one", "three")}
    assert len(versions) == 2


def test_what_an_earlier_build_left_is_gone_and_the_page_stays(written: Path, tmp_path: Path) -> None:
    (written / "index.html").write_text("the page", "utf-8")
    write_index((LETTER,), tmp_path / "site", tmp_path / "work")
    assert (written / "index.html").read_text("utf-8") == "the page"
    assert not (written / "editors").exists()
    assert [path.name for path in (written / "records").rglob("*.json")] == ["0.json"]


def test_no_records_are_an_index_too(tmp_path: Path) -> None:
    write_index((), tmp_path / "site", tmp_path / "work")
    manifest = _read(tmp_path / "site" / "search" / "manifest.json")
    assert (manifest["engine"], manifest["scopes"]) == (None, {})


def test_a_facet_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    odd = Record("odd", Scope.DOCUMENTS, "documents/odd/", "Odd", "note", ((1, "odd"),), facets={"color": ("red",)})
    with pytest.raises(ValueError, match="odd has the facet 'color'"):
        write_index((odd,), tmp_path / "site", tmp_path / "work")


def test_what_pagefind_says_when_it_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PROGRAM", ("-c", "raise SystemExit('no room left')"))
    with pytest.raises(IndexingError, match=r"exit 1.*\nno room left"):
        write_index((LETTER,), tmp_path / "site", tmp_path / "work")


def test_a_part_is_a_function_of_the_id() -> None:
    assert {part_of(str(number)) for number in range(100)} == {0}
    assert {part_of(str(number), 4) for number in range(100)} == {0, 1, 2, 3}


def test_several_parts_share_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PARTS", 2)
    many = [Record(f"n{n}", Scope.DOCUMENTS, f"documents/n{n}/", "N", "note", ((1, f"word{n}"),)) for n in range(9)]
    write_index(many, tmp_path / "site", tmp_path / "work")
    parts = _read(tmp_path / "site" / "search" / "manifest.json")["scopes"]["documents"]["parts"]
    assert [part["path"] for part in parts] == ["documents/0/", "documents/1/"]
    numbers = [number - 1 for part in parts for number in accumulate(part["steps"])]
    assert sorted(numbers) == list(range(9))
    assert all(len(part["ids"]) == len(part["steps"]) for part in parts)


def test_passages_by_themselves(tmp_path: Path) -> None:
    write_passages((NOTE, EMPTY), tmp_path / "passages")
    assert _read(tmp_path / "passages" / "1.json")["lines"] == []
