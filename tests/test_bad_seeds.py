"""What can be wrong with a file below seeds/: one problem each, with path and remedy; no other document suffers."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from readingroom.source.seeds import LARGEST, id_of
from tests.shown import words_of
from tests.small import GOOD, Small

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
NO_TEXT = "RR104 this is not a text file. Expected text as OCR leaves it, in UTF-8. Convert it, or move it away."
EMPTY = "RR103 this seed is empty. Put the document's text in it, or remove the file."
ODD_NAME = "RR110 its name has characters that no page can show. Rename it, in letters of UTF-8 and without line ends."


@dataclass(frozen=True, slots=True)
class Bad:
    """A file that cannot become a document: how it comes about, what is said of it, the id of the page that says so."""

    put: Callable[[Path], object]
    said: str
    page: str


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_text("No seed's place.", encoding="utf-8")


def _locked(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


def _holding(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


ERRORS = {
    "empty.txt": Bad(Path.touch, f"seeds/empty.txt: {EMPTY}", "empty"),
    "blank.txt": Bad(_holding(b" \n\t\n\xe2\x80\xa8\n"), f"seeds/blank.txt: {EMPTY}", "blank"),
    "mark.txt": Bad(_holding(b"\xef\xbb\xbf"), f"seeds/mark.txt: {EMPTY}", "mark"),
    "picture.txt": Bad(_holding(PICTURE), f"seeds/picture.txt: {NO_TEXT}", "picture"),
    "half.txt": Bad(_holding(b"\xff\xfea\0b\0c"), f"seeds/half.txt: {NO_TEXT}", "half"),
    "large.txt": Bad(
        _holding(b"A line of a very long seed.\n" * 750_000),
        f"seeds/large.txt: RR105 this seed has 21,000,000 bytes; at most {LARGEST:,} make a page. "
        "Split it, one file a document.",
        "large",
    ),
    "link.txt": Bad(
        lambda path: path.symlink_to("nowhere.txt"),
        "seeds/link.txt: RR102 cannot be read: No such file or directory. "
        "This is a link that leads nowhere. Mend it, or remove it.",
        "link",
    ),
    "folder.txt": Bad(
        _folder,
        "seeds/folder.txt: RR102 cannot be read: Is a directory. "
        "Expected a file of that name. Rename the folder; seeds in it are then read.",
        "folder",
    ),
    "locked.txt": Bad(
        _locked,
        "seeds/locked.txt: RR102 cannot be read: Permission denied. Give read permission, or remove the file.",
        "locked",
    ),
    "Index.txt": Bad(
        _holding(b"A letter.\n"),
        "seeds/Index.txt: RR106 the id “index” is reserved for the site's own pages. Rename the seed.",
        "index-reserved",
    ),
    "two\nlines.txt": Bad(_holding(b"A letter.\n"), f"seeds/two\ufffdlines.txt: {ODD_NAME}", "two-lines"),
    os.fsdecode(b"caf\xe9.txt"): Bad(_holding(b"A letter.\n"), f"seeds/caf\ufffd.txt: {ODD_NAME}", "caf-"),
}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A collection with one good seed."""
    return Small.at(tmp_path / "edition", {"good.txt": GOOD})


def _put(small: Small, name: str) -> Bad:
    path = small.root / "seeds" / name
    try:
        ERRORS[name].put(path)
    except OSError:
        pytest.skip("this disk cannot hold such a file")
    if name == "locked.txt" and os.access(path, os.R_OK):
        path.unlink()
        pytest.skip("this user may read every file")
    return ERRORS[name]


@pytest.mark.parametrize("name", ERRORS, ids=ascii)
def test_bad_seed_has_one_problem(small: Small, name: str) -> None:
    bad = _put(small, name)
    assert small.said() == [bad.said]
    assert [edited.id for edited in small.read().edition.documents] == ["good"]


def test_bad_seeds_stop_the_exchange_and_with_keep_going_have_pages_that_say_so(small: Small) -> None:
    assert small.build().published
    before = small.html("documents/good")
    put = [_put(small, name) for name in ERRORS if name != "locked.txt"]

    outcome = small.build()
    assert sorted(str(problem) for problem in outcome.problems) == sorted(bad.said for bad in put)
    assert (outcome.failed, outcome.published) == (True, False)
    assert small.html("documents/good") == before
    assert not (small.root / "site" / "documents" / "empty").exists()

    outcome = small.build(keep_going=True)
    assert outcome.published
    assert small.shown("documents/good").seed_words == words_of(GOOD)
    for bad in put:
        text = " ".join(small.shown(f"documents/{bad.page}").root.text().split())
        assert bad.said.partition(": RR")[2][4:] in text
        assert bad.said.partition(": RR")[2][4:] in " ".join(small.shown(".").root.text().split())


def test_two_seeds_with_one_id_both_fail_and_name_each_other(small: Small) -> None:
    small.write("seeds/A b.txt", "One letter.\n")
    small.write("seeds/more/a-b.md", "Another letter.\n")
    remedy = "Rename one, so that each address is one document's."
    assert small.said() == [
        f"seeds/A b.txt: RR107 its id “a-b” is also that of seeds/more/a-b.md. {remedy}",
        f"seeds/more/a-b.md: RR107 its id “a-b” is also that of seeds/A b.txt. {remedy}",
    ]
    assert [edited.id for edited in small.build(keep_going=True).edition.documents] == ["good"]
    assert "seeds/more/a-b.md" in small.shown("documents/a-b").root.text()


def test_same_bytes_twice_are_built_twice_and_warned_of(small: Small) -> None:
    small.write("seeds/copy.txt", GOOD)
    said = (
        "seeds/good.txt: RR109 has the same bytes as seeds/copy.txt. Both were built. "
        "Remove one, if it is not a second copy on purpose. (warning)"
    )
    assert small.said() == [said]
    assert small.build().published


def test_missing_folder_of_seeds_is_one_problem(small: Small) -> None:
    (small.root / "seeds" / "good.txt").unlink()
    (small.root / "seeds" / "README.md").unlink()
    (small.root / "seeds").rmdir()
    assert small.said() == [
        "seeds: RR100 there is no folder seeds/ here. Make it and put one .txt or .md file for each document in it."
    ]


@pytest.mark.parametrize("name", ["paper.pdf", "notes.TXT", "list.csv", "no-suffix"])
def test_other_file_is_warned_of(small: Small, name: str) -> None:
    small.write(f"seeds/{name}", PICTURE)
    what = "RR101 this file is not a seed: expected *.txt or *.md. Move it out of seeds/ or rename it."
    assert small.said() == [f"seeds/{name}: {what} (warning)"]
    assert not small.read().failed


@pytest.mark.parametrize("name", [".DS_Store", ".hidden.txt", "README", "README.txt", ".git/config.txt"])
def test_hidden_files_and_readmes_are_no_seeds(small: Small, name: str) -> None:
    small.write(f"seeds/{name}", PICTURE)
    assert small.said() == []
    assert [edited.id for edited in small.read().edition.documents] == ["good"]


ODD_NAMES = {
    "a b, c.txt": "a-b-c",
    "a..b.txt": "a..b",
    "..hidden..txt": None,
    "box 3/..hidden/x.txt": None,
    "box 3/folder..2/X_1.md": "x_1",
    "É à.txt": "-",
    "Cable (2) #5: 'x' & %20.txt": "cable-2-5-x-20",
    "001.txt": "001",
    "no.txt": "no",
    "1994-12-02.txt": "1994-12-02",
    "x.html.txt": "x.html",
    "{{x}}.txt": "-x-",
}


def test_odd_names_simply_work(small: Small) -> None:
    texts = {name: f"Letter {number}.\n\nWith a second line.\n" for number, name in enumerate(ODD_NAMES)}
    for name, text in texts.items():
        small.write(f"seeds/{name}", text)
    outcome = small.build()
    assert [str(problem) for problem in outcome.problems] == []
    assert {edited.id for edited in outcome.edition.documents} == {"good", *filter(None, ODD_NAMES.values())}
    for name, id_ in ODD_NAMES.items():
        if id_:
            assert small.shown(f"documents/{id_}").seed_words == words_of(texts[name])
            assert (small.root / "site" / "documents" / id_ / "source.txt").read_bytes() == texts[name].encode()


def test_id_is_lower_case_in_one_normal_form() -> None:
    assert id_of("Ab.C_d-9") == "ab.c_d-9"
    assert id_of("e\u0301") == id_of("\u00e9") == "-"


ENCODED = "François wrote: “All’s well.”\n\nA second line, with 80 €.\n"


ENCODINGS = {
    "utf-8": ENCODED.encode(),
    "utf-8-sig": ENCODED.encode("utf-8-sig"),
    "utf-16": b"\xfe\xff" + ENCODED.encode("utf-16-be"),
    "utf-32": ENCODED.encode("utf-32"),
    "utf-16-le": ENCODED.encode("utf-16-le"),
    "utf-16-be": ENCODED.encode("utf-16-be"),
    "windows-1252": ENCODED.encode("windows-1252"),
}


def test_encodings_are_told_apart_and_recorded_and_the_bytes_are_kept(small: Small) -> None:
    for encoding, data in ENCODINGS.items():
        small.write(f"seeds/{encoding}.txt", data)
    outcome = small.build()
    guessed = (
        "seeds/windows-1252.txt:1: RR108 these bytes are not UTF-8; they were read as Windows-1252, which may misread "
        "accents. Check the accented letters, then save the file as UTF-8. (warning)"
    )
    assert [str(problem) for problem in outcome.problems] == [guessed]
    found = {edited.id: edited.document.source.encoding for edited in outcome.edition.documents}
    assert found == {"good": "utf-8", **{encoding: encoding for encoding in ENCODINGS}}
    for encoding, data in ENCODINGS.items():
        assert small.shown(f"documents/{encoding}").seed_words == words_of(ENCODED)
        assert (small.root / "site" / "documents" / encoding / "source.txt").read_bytes() == data


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_makes_the_same_lines(small: Small, end: str) -> None:
    small.write("seeds/ends.txt", "one\ntwo\n\nfour\x0c\u2028still four\n".replace("\n", end))
    outcome = small.read()
    (ends,) = [edited for edited in outcome.edition.documents if edited.id == "ends"]
    text = ends.document.text
    assert [text[line.span] for line in text.lines] == ["one", "two", "", "four\x0c\u2028still four"]


def test_link_between_folders_is_followed_once(small: Small) -> None:
    small.write("seeds/box/letter.txt", "A second letter.\n")
    (small.root / "seeds" / "box" / "back").symlink_to("..", target_is_directory=True)
    (small.root / "elsewhere").mkdir()
    small.write("elsewhere/third.txt", "A third letter.\n")
    (small.root / "seeds" / "linked").symlink_to("../elsewhere", target_is_directory=True)
    assert small.said() == []
    assert {edited.id for edited in small.read().edition.documents} == {"good", "letter", "third"}


def test_page_of_a_seed_that_is_gone_goes_too_and_other_files_stay(small: Small) -> None:
    small.write("seeds/gone.txt", "A second letter.\n")
    small.build()
    small.write("docs/documents/mine.md", "# Mine\n")
    (small.root / "seeds" / "gone.txt").unlink()
    outcome = small.build()
    assert not (small.root / "docs" / "documents" / "gone.md").exists()
    assert not (small.root / "site" / "documents" / "gone").exists()
    assert (small.root / "docs" / "documents" / "mine.md").exists()
    assert [problem.code for problem in outcome.problems] == ["RR501"]


def test_folder_that_cannot_be_read_is_a_problem(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = small.root / "seeds" / "closed"
    closed.mkdir()
    scan = os.scandir

    def refusing(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(closed))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    (said,) = small.said()
    assert said.startswith("seeds/closed: RR102 this folder cannot be read: Permission denied. Give read permission")
