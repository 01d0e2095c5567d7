"""A file of tables that may be thrown away: made where there is none, and anew where it has another form."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_WAIT = 60.0
"""Seconds to wait for another run that is writing."""


def opened(path: Path, form: int, tables: str) -> sqlite3.Connection:
    """Return a connection to the file at `path`, with `tables`, which are of the form of this number.

    A damaged file, and one that is none of ours, gives way to an empty one. One that another run holds does not: raises
    sqlite3.OperationalError, as for a place where nothing can be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connected(path, form, tables)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        path.unlink()
        return _connected(path, form, tables)


def _connected(path: Path, form: int, tables: str) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_WAIT)
    if _form_of(file) != form:
        with file:
            file.execute("BEGIN IMMEDIATE")
            if _form_of(file) != form:  # or else another run was quicker
                _remake(file, form, tables)
    return file


def _remake(file: sqlite3.Connection, form: int, tables: str) -> None:
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        file.execute(f'DROP TABLE "{name}"')
    for table in tables.split(";"):
        file.execute(table)
    file.execute(f"PRAGMA user_version = {form}")


def _form_of(file: sqlite3.Connection) -> int:
    return int(file.execute("PRAGMA user_version").fetchone()[0])
