"""Collections of any size out of the documents of a few folders, and the same text as plain pages for bare MkDocs.

The same folders and the same number give the same bytes. A collection is started by the program's own command, so that
it is what an editor would have.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.annotating import annotation
from benchmarks.names import Named, names_in
from benchmarks.shifting import Known, Shift, most_copies, numbers_known, shifted, step_of

ROOT = Path(__file__).resolve().parent.parent
ANNOTATED = 20
"""One document of so many has an editor's file."""
_SEEDS = frozenset({".txt", ".md"})


@dataclass(frozen=True, slots=True)
class Original:
    """One real document."""

    stem: str
    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Copied:
    """One document of a collection."""

    stem: str
    file: str
    """its name below seeds/"""
    content: bytes


@dataclass(frozen=True)
class Folders:
    """The documents that collections are made of."""

    originals: tuple[Original, ...]

    @classmethod
    def at(cls, folders: Sequence[Path]) -> Folders:
        """Return all seeds below these folders, in order of folder and path. Raises ValueError where there is none."""
        taken: set[str] = set()
        originals: list[Original] = []
        for folder in folders:
            for path in sorted(path for path in folder.rglob("*") if _is_seed(path)):
                stem = path.stem if path.stem.casefold() not in taken else f"{path.stem}-of-{len(originals)}"
                taken.add(stem.casefold())
                originals.append(Original(stem, path.suffix, path.read_bytes()))
        if not originals:
            raise ValueError(f"no .txt or .md file below {', '.join(map(str, folders))}")
        return cls(tuple(originals))

    def document(self, index: int) -> Copied:
        """Return the document at a place of a collection: first each original, then each copy by copy.

        Raises ValueError beyond the last copy that has numbers and years of its own.
        """
        copy, at = divmod(index, len(self.originals))
        if copy >= most_copies(self._step):
            most = most_copies(self._step) * len(self.originals)
            raise ValueError(f"these {len(self.originals)} documents make a collection of {most} at most; name more")
        original = self.originals[at]
        stem = f"{original.stem}-copy{copy:05}" if copy else original.stem
        content = shifted(original.content, Shift.of(copy, self._step), self._known)
        return Copied(stem, f"{stem}{original.suffix}", content)

    @cached_property
    def named(self) -> tuple[tuple[Named, ...], str]:
        """Return the authority pages of every collection, and the word that is to be an alias."""
        return names_in(original.content for original in self.originals)

    @cached_property
    def _known(self) -> Known:
        return numbers_known(original.content for original in self.originals)

    @cached_property
    def _step(self) -> int:
        return step_of(self._known)


def _is_seed(path: Path) -> bool:
    return path.suffix in _SEEDS and not path.name.startswith((".", "README"))


def make_collection(folders: Folders, size: int, into: Path) -> None:
    """Make a collection of `size` documents in `into`, which is emptied first."""
    shutil.rmtree(into, ignore_errors=True)
    new = [sys.executable, "-m", "readingroom", "new", str(into)]
    subprocess.run(new, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    config = into / "mkdocs.yml"
    own = config.read_text(encoding="utf-8").replace(
        "  name: material\n", "  name: material\n  custom_dir: overrides\n"
    )
    _write(config, own.replace("site_name: A new collection", f"site_name: {size} documents"))
    _write(into / "overrides" / "main.html", (ROOT / "overrides" / "main.html").read_text(encoding="utf-8"))
    for named in folders.named[0]:
        _write(into / "docs" / named.room / f"{named.slug}.md", named.page())
    for index in range(size):
        put_document(folders, index, into)


def put_document(folders: Folders, index: int, into: Path) -> None:
    """Write one document of a collection, and its annotation where it has one."""
    document = folders.document(index)
    (into / "seeds" / document.file).write_bytes(document.content)
    if index % ANNOTATED == 0:
        _write(annotation_file(document, into), annotation(document.content))


def annotation_file(document: Copied, into: Path) -> Path:
    """Return where a document's annotation stands."""
    return into / "docs" / "annotations" / f"{document.stem}.md"


def make_peer(folders: Folders, size: int, into: Path) -> None:
    """Make bare MkDocs with Material and its own search in `into`, emptied first, over the same text as plain pages."""
    shutil.rmtree(into, ignore_errors=True)
    _write(into / "mkdocs.yml", _PEER.format(size=size))
    _write(into / "docs" / "index.md", f"# {size} documents\n\nThe same text as plain pages.\n")
    _write(into / "overrides" / "main.html", '{% extends "base.html" %}\n')
    for index in range(size):
        put_page(folders, index, into)


def put_page(folders: Folders, index: int, into: Path) -> None:
    """Write one page of the peer."""
    document = folders.document(index)
    _write(page_file(document, into), f"# {document.stem}\n\n{document.content.decode(errors='replace')}")


def page_file(document: Copied, into: Path) -> Path:
    """Return where the peer's page of a document stands, under the name that the document's id has."""
    return into / "docs" / "documents" / f"{address(document)}.md"


def address(document: Copied) -> str:
    """Return a document's id: its stem in lower case, every run of other signs made a hyphen."""
    signs = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "._-") else " " for sign in document.stem.lower()
    )
    return "-".join(signs.split())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


_PEER = """site_name: {size} documents
theme:
  name: material
  custom_dir: overrides
  font: false
plugins:
  - search
nav:
  - Home: index.md
not_in_nav: |
  /documents/
"""
