"""Files of tables that may be thrown away: a damaged one gives way, one that another run holds stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from readingroom import database
from readingroom.database import opened

TABLES = "CREATE TABLE kept (name TEXT);"


def _kept(path: Path, form: int = 1) -> list[str]:
    with closing(opened(path, form, TABLES)) as file:
        return [name for (name,) in file.execute("SELECT name FROM kept")]


def _with(path: Path, name: str) -> None:
    with closing(opened(path, 1, TABLES)) as file, file:
        file.execute("INSERT INTO kept VALUES (?)", (name,))


def test_what_was_kept_is_there_again_in_the_same_form_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept.db"
    _with(path, "first")
    assert _kept(path) == ["first"]
    assert _kept(path, form=2) == []


def test_a_damaged_file_gives_way(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(b"no tables here, and long enough to be looked at" * 40)
    assert _kept(path) == []


def test_a_file_that_another_run_holds_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT", 0)
    path = tmp_path / "kept.db"
    _with(path, "first")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError):
            opened(path, 1, TABLES)
    assert _kept(path) == ["first"]
