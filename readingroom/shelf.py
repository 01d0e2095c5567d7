"""What earlier runs made of each seed, kept in one file beside the collection: nothing is recognized twice.

The bodies of documents stay there until one is asked for, so that memory does not grow with the collection's words. A
shelf may be thrown away at any time; what is on it is made again.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from readingroom.database import opened
from readingroom.digests import digest_of
from readingroom.editorial.annotations import Annotation
from readingroom.editorial.edition import Edited
from readingroom.editorial.mentions import Mention
from readingroom.editorial.numbered import Citation
from readingroom.model.document import Body, Document, Field, Origin, Part, Reference, Source
from readingroom.model.labels import Certainty, Doubt
from readingroom.model.text import Span
from readingroom.page.write import Standing
from readingroom.problems import Problem, Severity
from readingroom.source.seeds import Failure

_T = TypeVar("_T")

_FORM = 5
"""Of the tables below; another form is thrown away."""
_RECORDS = (
    *(Edited, Annotation, Mention, Citation, Document, Source, Field, Part, Reference, Doubt),
    *(Certainty, Origin, Span, Problem, Severity),
)
_PRIVATE = 0xF0
"""From here on, to 0xFF, programs may number classes as they like (PEP 307, the extension registry)."""
for _number, _class in enumerate(_RECORDS, _PRIVATE):  # to be called up by number is twice as fast as by name
    copyreg.add_extension(_class.__module__, _class.__qualname__, _number)
_TABLES = """
    CREATE TABLE papers (file TEXT PRIMARY KEY, stamp TEXT, sha256 TEXT, program TEXT, annotation TEXT, names TEXT);
    CREATE TABLE edited (file TEXT PRIMARY KEY, made BLOB);
    CREATE TABLE bodies (file TEXT PRIMARY KEY, body BLOB);
    CREATE TABLE pages (name TEXT PRIMARY KEY, key TEXT, stamp TEXT);
"""
_BODIES_AT_HAND = 32
_FEW = 500
"""So many at most are called up one by one."""


class Known(NamedTuple):
    """What a seed was made from: while all of it is the same, so is what was made."""

    file: str
    """path below the collection"""
    stamp: str
    """of the file, as the disk has it; empty where that could not be relied on"""
    sha256: str
    program: str
    annotation: str
    """the annotation file's stamp; `-` where there is none"""
    names: str
    """digest of the pages that give names"""


class Kept(NamedTuple):
    """What was made of a seed, packed: the edited document or why there is none, and the body if it was made anew."""

    known: Known
    made: bytes
    body: bytes | None


def kept(known: Known, made: Edited | Failure, *, body: bool) -> Kept:
    """Return what was made of a seed, packed; with its `body` where there is a new one."""
    if isinstance(made, Failure):
        return Kept(known, _packed(made), None)
    facts = _facts(made)
    digest = digest_of(facts, made.annotation, made.terms, made.problems)
    told_apart = replace(made, document=replace(made.document, kept=_no_body), digest=digest, facts=facts)
    return Kept(known, _packed(told_apart), _packed(made.document.body) if body else None)


def _packed(made: object) -> bytes:
    return pickle.dumps(made, pickle.HIGHEST_PROTOCOL)


def _facts(made: Edited) -> str:
    """Return what tells apart all that pages beside its own show of a document.

    One program reads the same from the same bytes, so that the seed stands for all that was read from it.
    """
    annotation = replace(made.annotation, headnote="", notes=(), emendations=(), there=True)
    return digest_of(made.id, made.document.source, annotation, made.mentions, made.unsettled, made.named)


def _no_body(file: str) -> Body:
    raise LookupError(f"{file} was taken from the shelf without the way to its body")


def _known(file: str, stamp: str, sha256: str, program: str, annotation: str, names: str) -> Known:  # noqa: PLR0913, PLR0917 - a row
    """Return what a row says; what nearly all rows say alike stands in memory once."""
    return Known(file, stamp, sha256, sys.intern(program), sys.intern(annotation), sys.intern(names))


def _shared(words: Mapping[str, _T]) -> Mapping[str, _T]:
    """Return the mapping under keys that all documents have in common in memory, as most have the same."""
    return dict(zip(map(sys.intern, words), words.values(), strict=True))


class Shelf:
    """The shelf in a file, which is made when it is first written. Every process opens it for itself."""

    def __init__(self, path: Path) -> None:
        """Take the path of the file; nothing is opened yet."""
        self._path = path
        self._process = 0
        self._opened: sqlite3.Connection | None = None
        self._bodies: dict[str, Body] = {}
        self._calls_up = self.body
        """one for all documents"""
        self._at_hand: dict[str, tuple[Known, Edited | Failure]] = {}
        """what was called up, and from what it was made"""

    def known(self) -> Mapping[str, Known]:
        """Return what each seed on the shelf was made from, by its file."""
        return {row[0]: _known(*row) for row in self._open().execute("SELECT * FROM papers")}

    def put(self, made: Iterable[Kept]) -> None:
        """Put what was made on the shelf, in place of what was there of the same seeds."""
        made = tuple(made)
        for each in made:
            self._bodies.pop(each.known.file, None)
        with self._open() as shelf:
            shelf.executemany("REPLACE INTO papers VALUES (?, ?, ?, ?, ?, ?)", (each.known for each in made))
            shelf.executemany("REPLACE INTO edited VALUES (?, ?)", ((each.known.file, each.made) for each in made))
            bodies = ((each.known.file, each.body) for each in made if each.body is not None)
            shelf.executemany("REPLACE INTO bodies VALUES (?, ?)", bodies)

    def stamp(self, known: Iterable[Known]) -> None:
        """Note new stamps of seeds that are what they were."""
        with self._open() as shelf:
            shelf.executemany("REPLACE INTO papers VALUES (?, ?, ?, ?, ?, ?)", known)

    def drop(self, files: Iterable[str]) -> None:
        """Take seeds off the shelf."""
        gone = [(file,) for file in files]
        if gone:
            with self._open() as shelf:
                for table in ("papers", "edited", "bodies"):
                    shelf.executemany(f"DELETE FROM {table} WHERE file = ?", gone)  # noqa: S608 - our own names

    def made(self) -> Iterator[Edited | Failure]:
        """Yield all that was made, in order of the seeds' files; a document calls its body up from here.

        What was called up before and is made from the same is not called up again.
        """
        known = self.known()
        missing = known.keys() - {file for file, (was, _) in self._at_hand.items() if known.get(file) == was}
        self._at_hand = {file: self._at_hand[file] for file in known.keys() - missing}
        some = len(missing) <= _FEW
        rows = self._rows_of(missing) if some else self._open().execute("SELECT file, made FROM edited")
        self._at_hand |= {file: (known[file], self._unpack(made)) for file, made in rows if file in missing}
        for file in sorted(self._at_hand):
            yield self._at_hand[file][1]

    def _rows_of(self, files: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for file in files:
            yield from self._open().execute("SELECT file, made FROM edited WHERE file = ?", (file,))

    def made_of(self, file: str) -> Edited | Failure | None:
        """Return what was made of one seed; None where it is not on the shelf."""
        row = self._open().execute("SELECT made FROM edited WHERE file = ?", (file,)).fetchone()
        return self._unpack(*row) if row else None

    def pages(self) -> Mapping[str, Standing]:
        """Return the pages that stand in docs/documents, by their names."""
        return {name: Standing(*rest) for name, *rest in self._open().execute("SELECT * FROM pages")}

    def note_pages(self, before: Mapping[str, Standing], standing: Mapping[str, Standing]) -> None:
        """Note which pages stand in docs/documents, where others did before."""
        gone = [(name,) for name in before.keys() - standing.keys()]
        new = [(name, *each) for name, each in standing.items() if before.get(name) != each]
        if gone or new:
            with self._open() as shelf:
                shelf.executemany("DELETE FROM pages WHERE name = ?", gone)
                shelf.executemany("REPLACE INTO pages VALUES (?, ?, ?)", new)

    def body(self, file: str) -> Body:
        """Return the body of the document of a seed. Raises LookupError where it is not on the shelf."""
        if file not in self._bodies:
            row = self._open().execute("SELECT body FROM bodies WHERE file = ?", (file,)).fetchone()
            if row is None:
                raise LookupError(f"{self._path} has no body of {file}")
            if len(self._bodies) >= _BODIES_AT_HAND:
                self._bodies.pop(next(iter(self._bodies)))
            self._bodies[file] = pickle.loads(row[0])  # noqa: S301 - our own file
        return self._bodies[file]

    def _unpack(self, made: bytes) -> Edited | Failure:
        """Return what was made; a document calls its body up from here."""
        found: Edited | Failure = pickle.loads(made)  # noqa: S301 - our own file
        if isinstance(found, Edited):
            self._adopt(found)
        return found

    def _adopt(self, found: Edited) -> None:
        """Make a document that was just called up one of this shelf: nobody else has it yet, so it need be no copy."""
        document, read = found.document, found.document.fields
        object.__setattr__(document, "kept", self._calls_up)
        object.__setattr__(document, "fields", _shared(read))
        object.__setattr__(found, "fields", document.fields if found.fields is read else _shared(found.fields))

    def _open(self) -> sqlite3.Connection:
        """Return this process's connection: one that was opened before a fork is not this process's to use."""
        if self._opened is None or self._process != os.getpid():
            self._opened, self._process = opened(self._path, _FORM, _TABLES), os.getpid()
            self._opened.execute("PRAGMA journal_mode = WAL")  # others may read while one writes
            self._opened.execute("PRAGMA synchronous = NORMAL")
        return self._opened
