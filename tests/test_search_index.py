"""The search's index and tables, written from small records."""

import gzip
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readingroom.export.records import Record, Scope, shown
from readingroom.publish import search
from readingroom.publish.search import Index, IndexingError, engine, write_input
from readingroom.publish.search.bundle import Page, Placed, write_bundle
from readingroom.publish.search.entries import FACETS, Prepared
from readingroom.publish.search.names import shortest
from readingroom.publish.search.parts import part_of, parts_for
from readingroom.publish.search.stream import REACH, indexed, token_of
from readingroom.words import Words, token
from tests.indexing import write_index

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
    content = path.read_bytes()
    return json.loads(gzip.decompress(content) if path.suffix == ".passages" else content)


def _table(search: Path, kind: str) -> Any:  # noqa: ANN401 - JSON may be anything
    (path,) = (search / "tables").glob(f"{kind}-*.json")
    assert _read(search / "manifest.json")["tables"][kind] == path.relative_to(search).as_posix()
    return _read(path)


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _write(records: Iterable[Record], root: Path, variants: tuple[tuple[str, ...], ...] = ()) -> Index:
    """Write an index of records to `site` with the cache `cache`."""
    entries = [write_input(record, root / "cache") for record in records]
    return write_index(entries, root / "cache", root / "site", variants)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    _write(ALL, tmp_path, (("Interhamwe", "Interahamwe"),))
    return tmp_path / "site" / "search"


def test_a_phrase_runs_over_a_page_break_and_never_over_furniture_that_was_apart() -> None:
    assert CABLE.blocks() == ((0, 2), (2, 3), (3, 5))
    assert CABLE.words().parts == (
        *("would", "like", "us", "to", "support", "this", "", "page", "02", "", "confidential", "page", "03"),
    )


def test_a_record_without_furniture_or_lines() -> None:
    assert LETTER.blocks() == ((0, 1),)
    assert EMPTY.blocks() == ()
    assert EMPTY.words() == Words((), (), (), ())


def _indexed(text: str) -> str:
    return " ".join(map(token_of, indexed(Words.of([text]))))


def test_what_is_indexed_is_tokens_in_streams_that_do_not_touch() -> None:
    gap = token("\0")
    assert _indexed("Co-op at AF/C") == f"{gap} co op at af c {gap} coop at af c {gap} zqafzxcpzc"
    assert _indexed("one two") == f"{gap} one two {gap}"


def test_joined_words_stand_in_the_index_with_their_neighbors_only() -> None:
    gap = token("\0")
    far = " ".join("abcdefghijklmnopqrstuvwxy")
    text = f"x-y {far} co-op, U.N."
    joined = Words.of([text]).joined
    ends = " ".join(map(token, joined[: 1 + REACH])), " ".join(map(token, joined[-2 - REACH :]))
    assert _indexed(text).split(f" {gap} ")[1:] == [*ends, token("u.n")]


TEXT = st.lists(st.text(st.sampled_from("ab'.- \n1"), max_size=40), max_size=3)


@given(TEXT)
def test_every_phrase_of_joined_words_that_is_short_enough_stands_in_the_index(blocks: list[str]) -> None:
    words = Words.of(blocks)
    runs = [run.split() for run in " ".join(map(token_of, indexed(words))).split(token("\0"))]
    held = {tuple(run[at : at + size]) for run in runs for size in range(1, REACH + 2) for at in range(len(run))}
    for at in range(len(words.joined)):
        phrase = words.joined[at : at + REACH + 1]
        phrase = phrase[: phrase.index("")] if "" in phrase else phrase
        assert not phrase or tuple(map(token, phrase)) in held
    assert {word for run in runs for word in run} <= set(map(token, (*words.parts, *words.joined, *words.codes)))


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


def _unpacked(path: Path) -> Any:  # noqa: ANN401 - CBOR may be anything
    content, end = _decoded(data := gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
    assert end == len(data)
    return content


def _meaning(bundle: Path, called: dict[str, str]) -> tuple[object, object]:
    """What a bundle says, whatever its order and chunks: of each page its size, of each word where it stands."""
    version, pages, chunks, *rest = _unpacked(next(bundle.glob("*.pf_meta")))
    ids = [called.get(id_, id_) for id_, _ in pages]
    words: dict[str, object] = {}
    for first, last, name in chunks:
        content, *others = _unpacked(bundle / "index" / f"{name}.pf_index")
        assert others == []
        assert all(word.startswith(first) or word > first for word, *_ in content)
        assert all(word.startswith(last) or word < last for word, *_ in content)
        for word, found, *further in content:
            number = 0
            places = {}
            for step, *where in found:
                number += step
                places[ids[number]] = where
            words[word] = (places, further)
    return (version, {id_: size for id_, (_, size) in zip(ids, pages, strict=True)}, rest), words


ODD = (
    "21MAY82 C05517350 MIR-79",
    "AF/C:SAHonley naïve Ελλάδα zq zqzxaz",
    "o'Neill x1y2z3 U.S.",
    "пример 漢字 camelCase",
)


def test_a_bundle_says_what_pagefinds_own_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readingroom.publish.search.bundle.CHUNK", 300)
    long = "the same words of the same text, again and again; " * 100
    texts = {"odd": "\n".join(ODD), "long": long, "none": "", "short": "again", **{f"n{n}": f"n{n}" for n in range(40)}}
    tokens = {name: _indexed(text) for name, text in texts.items()}
    (tmp_path / "pages").mkdir()
    for name, words in tokens.items():
        page = f"<!doctype html><html><body data-pagefind-body><p>{words}</p></body></html>"
        (tmp_path / "pages" / f"{name}.html").write_text(page, "ascii")
    arguments = ["--site", str(tmp_path / "pages"), "--output-path", str(tmp_path / "its"), "--force-language", "zxx"]
    subprocess.run([sys.executable, "-m", "pagefind_bin", *arguments], check=True, capture_output=True)
    entry = _read(tmp_path / "its" / "pagefind-entry.json")
    pages = [Page(name, Placed.of(words.split(" "), str)) for name, words in tokens.items()]
    write_bundle(pages, entry, tmp_path / "ours")
    assert len(list((tmp_path / "ours" / "index").iterdir())) > 3
    fragments = (path for path in (tmp_path / "its" / "fragment").iterdir())
    called = {
        path.stem: json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))["url"][1:-5]
        for path in fragments
    }
    assert _meaning(tmp_path / "ours", {}) == _meaning(tmp_path / "its", called)
    ours = _read(tmp_path / "ours" / "pagefind-entry.json")
    for each in (entry, ours):
        each["languages"]["zxx"].pop("hash")
    assert ours == entry


@pytest.mark.parametrize(("least", "expected"), [(1, ["00", "0o", "v"]), (3, ["000", "0o0", "vvv"])])
def test_names_are_as_long_as_they_must_be(least: int, expected: list[str]) -> None:
    assert shortest([b"\0" * 5, b"\6" + b"\0" * 4, b"\xff" * 5], least) == expected


def test_names_go_on_where_their_beginnings_are_the_same() -> None:
    digests = [b"\0" * 5 + bytes((last,)) * 5 for last in (0, 1, 255)]
    assert shortest(digests, 1) == ["0" * 10, "0" * 9 + "4", "0" * 8 + "v"]


def test_the_same_twice_has_no_names() -> None:
    with pytest.raises(ValueError, match="same digest"):
        shortest([b"abcde", b"abcde"], 2)


def test_the_manifest_counts_what_there_is(written: Path) -> None:
    manifest = _read(written / "manifest.json")
    assert manifest["engine"] == "documents/0/"
    assert manifest["facets"] == list(FACETS)
    assert manifest["reach"] == REACH
    assert list(manifest["scopes"]) == ["documents", "editors"]
    documents = manifest["scopes"]["documents"]
    (part,) = documents.pop("parts")
    assert documents == {"records": 3, "withheld": {"passages": 3, "documents": 2}}
    assert (part["path"], part["records"]) == ("documents/0/", 3)
    assert (written / part["path"] / part["meta"]).is_file()
    assert (written / "records" / part["path"] / f"{part['names']}-0.json").is_file()


def test_facets_are_columns_of_record_numbers(written: Path) -> None:
    facets = _table(written, "facets")
    assert facets["documents"] == {
        "year": {"1993": [3], "1994": [2]},
        "type": {"cable": [2], "memorandum": [3]},
        "people": {"Boutros Boutros-Ghali": [2], "Willy Claes": [2, 1]},
    }
    assert list(facets["documents"]) == ["year", "type", "people"]
    assert facets["editors"] == {}
    assert _table(written, "withheld") == {"documents": {"1": 2, "2": 1}, "editors": {}}


def test_days_are_places_in_the_order_of_time(tmp_path: Path) -> None:
    month = replace(MEMO, id="month", sorted="1993-10-01", last="1993-10-31")
    _write((CABLE, LETTER, MEMO, month), tmp_path)
    assert _table(tmp_path / "site" / "search", "times")["documents"] == {
        "days": ["1993-10-01", "1994-04-08"],
        "of": [-1, 1, 0, 0],
        "until": {"3": "1993-10-31"},
    }


def _shown(search: Path, part: str) -> list[Any]:
    folder = search / "records" / part
    return [_read(folder / f"{name}.0.passages") for name in _read(next(folder.glob("names-*-0.json")))]


def test_passages_and_variants(written: Path) -> None:
    letter, cable, memo = _shown(written, "documents/0")
    assert memo == {
        "id": "memo",
        "url": "documents/memo/",
        "title": "<Memo> & “Draft”",
        "kind": "memorandum",
        "blocks": [[0, 1]],
        "pieces": 1,
        "numbers": [1, 1],
        "lines": ["AF/C:SAHonley asks for $80"],
    }
    assert (letter["id"], cable["date"]) == ("a-letter", "April 8, 1994")
    assert cable["numbers"] == [3, 1, 7, 1, 1, 1, 5, 2]
    assert [each["lines"] for each in _shown(written, "editors/0")] == [[], ["Foreign minister."]]
    assert _table(written, "variants") == [["Interhamwe", "Interahamwe"]]


def test_a_long_record_is_shown_in_pieces() -> None:
    lines = tuple((number, "word " * 100) for number in range(1, 41))
    first, second, third = map(json.loads, shown(replace(LETTER, lines=lines)))
    assert first["pieces"] == 3
    assert "id" not in second
    assert [piece["numbers"] for piece in (first, second, third)] == [[1, 16], [17, 16], [33, 8]]
    assert [*first["lines"], *second["lines"], *third["lines"]] == [words for _, words in lines]


def test_nothing_is_published_that_is_not_used(written: Path) -> None:
    names = {path.name for path in written.rglob("*") if path.is_file()}
    plain = {name for name in names if not name.endswith((".json", ".passages", ".pf_index", ".pf_meta"))}
    assert plain == {"pagefind.js", "wasm.unknown.pagefind"}
    assert len(list(written.rglob("pagefind.js"))) == 1


def test_the_same_records_give_the_same_bytes_and_others_another_version(tmp_path: Path) -> None:
    for name, records in (("one", ALL), ("two", ALL[::-1]), ("three", ALL[1:])):
        _write(records, tmp_path / name)
    assert _digests(tmp_path / "one" / "site") == _digests(tmp_path / "two" / "site")
    versions = {_read(tmp_path / name / "site" / "search" / "manifest.json")["version"] for name in ("one", "three")}
    assert len(versions) == 2


def test_what_an_earlier_build_left_is_gone_and_the_page_stays(written: Path, tmp_path: Path) -> None:
    (written / "index.html").write_text("the page", "utf-8")
    _write((LETTER,), tmp_path)
    assert (written / "index.html").read_text("utf-8") == "the page"
    assert not (written / "editors").exists()
    assert len(list((written / "records").rglob("*.passages"))) == 1


def test_two_scopes_may_hold_the_same_words(tmp_path: Path) -> None:
    said = replace(LETTER, scope=Scope.EDITORS)
    index = _write((LETTER, said), tmp_path)
    assert (index.parts, index.written) == (2, 1)
    bundles = [{path.name for path in (tmp_path / "site/search" / scope).rglob("*.pf_*")} for scope in Scope]
    assert bundles[0] == bundles[2] != set()


def test_no_records_are_an_index_too(tmp_path: Path) -> None:
    index = _write((), tmp_path)
    assert (index.parts, index.written) == (0, 0)
    manifest = _read(tmp_path / "site" / "search" / "manifest.json")
    assert (manifest["engine"], manifest["scopes"]) == (None, {})


def test_a_facet_that_nobody_knows_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a-letter has the facet 'color'"):
        write_input(replace(LETTER, facets={"color": ("red",)}), tmp_path)


def test_what_the_cache_does_not_hold_is_told(tmp_path: Path) -> None:
    entry = write_input(LETTER, tmp_path)
    assert Prepared.listed(tmp_path).lacks([entry]) == []
    next((tmp_path / "shown").rglob(entry.shown[0])).unlink()
    assert Prepared.listed(tmp_path).lacks([entry]) == [entry]
    with pytest.raises(IndexingError, match="a-letter was not prepared"):
        write_index([entry], tmp_path, tmp_path / "site")


def test_what_pagefind_says_when_it_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PROGRAM", ("-c", "raise SystemExit('no room left')"))
    with pytest.raises(IndexingError, match=r"exit 1.*\nno room left"):
        _write((LETTER,), tmp_path)


def test_a_part_is_a_function_of_the_id() -> None:
    assert {part_of(str(number), 1) for number in range(100)} == {0}
    assert {part_of(str(number), 4) for number in range(100)} == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("records", "parts"), [(0, 1), (2_500, 1), (2_501, 4), (10_000, 4), (20_000, 4), (20_001, 16), (100_000, 16)]
)
def test_parts_are_few_and_their_number_changes_seldom(records: int, parts: int) -> None:
    assert parts_for(records) == parts


def test_several_parts_share_the_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search.parts, "parts_for", lambda _: 2)
    many = [Record(f"n{n}", Scope.DOCUMENTS, f"documents/n{n}/", "N", "note", ((1, f"word{n}"),)) for n in range(9)]
    assert _write(many, tmp_path).parts == 2
    parts = _read(tmp_path / "site" / "search" / "manifest.json")["scopes"]["documents"]["parts"]
    assert [part["path"] for part in parts] == ["documents/0/", "documents/1/"]
    found = [[each["id"] for each in _shown(tmp_path / "site" / "search", part["path"])] for part in parts]
    assert [len(some) for some in found] == [part["records"] for part in parts]
    assert found == [[each.id for each in many if part_of(each.id, 2) == part] for part in (0, 1)]
