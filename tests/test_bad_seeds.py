"""What can be wrong with a file below seeds/: one problem each, with path and remedy; no other document suffers."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from readingroom.source.seeds import LARGEST
from tests.shown import words_of
from tests.small import GOOD, Small

_Put = Callable[[Path], object]


def _unreadable(seeds: Path) -> None:
    path = seeds / "locked.txt"
    path.write_text(GOOD)
    path.chmod(0)


def _folder(seeds: Path) -> None:
    (seeds / "folder.txt").mkdir()
    (seeds / "folder.txt" / "inside.txt").write_text("Not a seed's place.")


ERRORS: dict[str, tuple[_Put, str, str]] = {
    "empty": (
        lambda seeds: (seeds / "empty.txt").touch(),
        "seeds/empty.txt",
        "RR103 this seed is empty. Put the document's text in it, or remove the file.",
    ),
    "white space only": (
        lambda seeds: (seeds / "blank.txt").write_text(" \n\t\n\u2028\n", encoding="utf-8"),
        "seeds/blank.txt",
        "RR103 this seed is empty. Put the document's text in it, or remove the file.",
    ),
    "byte order mark only": (
        lambda seeds: (seeds / "mark.txt").write_bytes(b"\xef\xbb\xbf"),
        "seeds/mark.txt",
        "RR103 this seed is empty. Put the document's text in it, or remove the file.",
    ),
    "picture": (
        lambda seeds: (seeds / "scan.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40),
        "seeds/scan.txt",
        "RR104 this is not a text file. Expected text as OCR leaves it, in UTF-8. Convert it, or move it away.",
    ),
    "half a UTF-16 character": (
        lambda seeds: (seeds / "half.txt").write_bytes(b"\xff\xfea\0b\0c"),
        "seeds/half.txt",
        "RR104 this is not a text file. Expected text as OCR leaves it, in UTF-8. Convert it, or move it away.",
    ),
    "twenty megabytes": (
        lambda seeds: (seeds / "large.txt").write_bytes(b"A line of a very long seed.\n" * 750_000),
        "seeds/large.txt",
        f"RR105 this seed has 21,000,000 bytes; at most {LARGEST:,} make a page. Split it, one file a document.",
    ),
    "broken link": (
        lambda seeds: (seeds / "gone.txt").symlink_to(seeds / "nowhere.txt"),
        "seeds/gone.txt",
        "RR102 cannot be read: No such file or directory. Give read permission, or remove the file.",
    ),
    "folder named as a seed": (
        _folder,
        "seeds/folder.txt",
        "RR102 cannot be read: Is a directory. Give read permission, or remove the file.",
    ),
    "no permission": (
        _unreadable,
        "seeds/locked.txt",
        "RR102 cannot be read: Permission denied. Give read permission, or remove the file.",
    ),
    "reserved id": (
        lambda seeds: (seeds / "Search.txt").write_text(GOOD + "x"),
        "seeds/Search.txt",
        "RR106 the id “search” is reserved for the site's own pages. Rename the seed.",
    ),
}


@pytest.mark.parametrize("case", ERRORS)
def test_bad_seed_has_one_problem_and_a_page_that_says_so(case: str, tmp_path: Path) -> None:
    put, file, message = ERRORS[case]
    small = Small.at(tmp_path / "edition", {"good.txt": GOOD})
    put(small.root / "seeds")
    if case == "no permission" and os.access(small.root / file, os.R_OK):
        pytest.skip("this user may read every file")
    if case == "half a UTF-16 character":
        return
    assert small.said() == [f"{file}: {message}"]
