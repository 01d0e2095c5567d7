"""What stands in a site and from what each page was made, so that a build makes only what is another now.

A ledger is true of one folder alone. It is written together with that folder, in one stroke: a build that is broken off
leaves both as they were.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from readingroom.database import opened
from readingroom.publish.search import IndexEntry, recalled, stored

_FORM = 4
_TABLES = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB);
    CREATE TABLE units (
        uri TEXT PRIMARY KEY, key TEXT, source TEXT, outputs TEXT, said BLOB, anchors TEXT, entries BLOB
    );
    CREATE TABLE leads (page TEXT, link TEXT, target TEXT, anchor TEXT);
    CREATE INDEX leads_of ON leads (page);
    CREATE INDEX leads_to ON leads (target, anchor);
"""


class Fact(StrEnum):
    """What a ledger notes beside the units of a site."""

    BASE = "base"
    """from what all pages are made"""
    SITE = "site"
    """which folder it is true of"""
    STATE = "state"
    """from what all of the site is made"""
    OUTCOME = "outcome"
    """what came of the build"""
    FACTS = "facts"
    """what pages of several documents are made from"""
    ADDRESSES = "addresses"
    """which pages there are"""
    MADE = "made"
    """the pages that no file holds"""
    VARIANTS = "variants"
    """names that the search offers for one another"""
    SAID = "said"
    """what MkDocs warned of beside any page"""
    SHARD = "shard"
    """of which share of a site it is"""


class Lead(NamedTuple):
    """A link of `page` to an anchor of the page `target`."""

    page: str
    link: str
    target: str
    anchor: str

    def lost(self) -> str:
        """Return what is to be said of it where the anchor is not there."""
        where = (
            "there is no such anchor on this page"
            if self.page == self.target
            else f"the doc '{self.target}' does not contain an anchor '#{self.anchor}'"
        )
        return f"Doc file '{self.page}' contains a link '{self.link}', but {where}."


class Printed(NamedTuple):
    """What came of one unit of a site: a page with what lies beside it, or files of another kind."""

    uri: str
    outputs: tuple[str, ...]
    """paths below the site"""
    said: tuple[str, ...] = ()
    """what MkDocs warned of"""
    anchors: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    entries: tuple[IndexEntry, ...] = ()
    """what the search has to know of it"""
    source: str | None = None
    """the file that a person can change, where it is not the page's own"""


class Ledger:
    """The ledger in a file. Nothing that is entered counts before `close_entries`."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, an empty one where there is none."""
        self._file = opened(path, _FORM, _TABLES)

    def fact(self, name: Fact) -> object:
        """Return what was noted under a name; None for nothing."""
        row = self._file.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own file

    def note(self, name: Fact, value: object) -> None:
        """Note something under a name."""
        self._file.execute("REPLACE INTO facts VALUES (?, ?)", (name, pickle.dumps(value)))

    def forget(self) -> None:
        """Strike out everything: the site is made anew."""
        for table in ("facts", "units", "leads"):
            self._file.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names

    def keys(self) -> Mapping[str, str]:
        """Return from what each unit was made."""
        return dict(self._file.execute("SELECT uri, key FROM units"))

    def enter(self, units: Mapping[str, str], printed: Iterable[Printed]) -> None:
        """Enter what was printed, in place of what stood there; `units` says from what it was made."""
        printed = tuple(printed)
        self._file.executemany("DELETE FROM leads WHERE page = ?", ((each.uri,) for each in printed))
        rows = (
            (
                each.uri,
                units[each.uri],
                each.source,
                "\n".join(each.outputs),
                pickle.dumps(each.said) if each.said else None,
                "\n".join(each.anchors),
                stored(each.entries) if each.entries else None,
            )
            for each in printed
        )
        self._file.executemany("REPLACE INTO units VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        leads = (lead for each in printed for lead in each.leads)
        self._file.executemany("INSERT INTO leads VALUES (?, ?, ?, ?)", leads)

    def strike(self, uris: Collection[str]) -> None:
        """Strike out units that are no more."""
        for table, column in (("units", "uri"), ("leads", "page")):
            self._file.executemany(f"DELETE FROM {table} WHERE {column} = ?", ((uri,) for uri in uris))  # noqa: S608

    def outputs(self, uris: Iterable[str]) -> frozenset[str]:
        """Return the files of these units, as paths below the site."""
        find = "SELECT outputs FROM units WHERE uri = ?"
        rows = (self._file.execute(find, (uri,)).fetchone() for uri in uris)
        return frozenset(path for row in rows if row for path in row[0].split("\n") if path)

    def entries(self) -> Iterator[IndexEntry]:
        """Yield what the search has to know of all units."""
        for (entries,) in self._file.execute("SELECT entries FROM units WHERE entries IS NOT NULL"):
            yield from recalled(entries)

    def said(self) -> Iterator[tuple[str, str | None]]:
        """Yield what MkDocs warned of in any page, and each link whose anchor is not there; each with its source."""
        for said, source in self._file.execute("SELECT said, source FROM units WHERE said IS NOT NULL"):
            yield from ((message, source) for message in pickle.loads(said))  # noqa: S301 - our own file
        for target, anchors in self._lead_to().items():
            row = self._file.execute("SELECT anchors FROM units WHERE uri = ?", (target,)).fetchone()
            there = set(row[0].split("\n")) if row else anchors
            for anchor in anchors - there:
                find = "SELECT leads.*, source FROM leads JOIN units ON uri = page WHERE target = ? AND anchor = ?"
                for *lead, source in self._file.execute(find, (target, anchor)):
                    yield Lead(*lead).lost(), source

    def _lead_to(self) -> Mapping[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for target, anchor in self._file.execute("SELECT DISTINCT target, anchor FROM leads"):
            found[target].add(anchor)
        return found

    def absorb(self, other: Ledger) -> None:
        """Enter all that another ledger has, as of another share of the same site."""
        for table, columns in (("facts", 2), ("units", 7), ("leads", 4)):
            rows = other._file.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names; one of us
            places = ", ".join("?" * columns)
            self._file.executemany(f"REPLACE INTO {table} VALUES ({places})", rows)  # noqa: S608

    def close_entries(self) -> None:
        """Let everything that was entered count."""
        self._file.commit()

    def undo_entries(self) -> None:
        """Let nothing count that was entered since."""
        self._file.rollback()
