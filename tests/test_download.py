"""The whole of a small edition as one file."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from readingroom.editorial.edition import Edition
from readingroom.export import download
from tests.reading import ROOT
from tests.small import GOOD, Small


def test_the_file_holds_seeds_pages_annotations_and_data(demo_site: Path, demo: Edition) -> None:
    with ZipFile(demo_site / "data" / "edition.zip") as packed:
        names = packed.namelist()
        assert names == sorted(names)
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for edited in demo.documents:
            assert packed.read(edited.document.source.file) == (ROOT / edited.document.source.file).read_bytes()
            assert f"docs/documents/{edited.id}.md" in names
            assert edited.annotation.file in names
        for path in (demo_site / "data").iterdir():
            assert (f"data/{path.name}" in names) is (path.name not in {"index.html", "edition.zip"})


def test_a_large_edition_has_none_and_the_data_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "LARGEST", len(GOOD) - 1)
    small = Small.at(tmp_path, {"one.txt": GOOD})
    assert small.build().published
    assert not (tmp_path / "site/data/edition.zip").exists()
    assert "There is none" in small.html("data")
