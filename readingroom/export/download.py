"""The whole of a small edition as one file to take along: seeds, pages, the editors' files and all data.

The same files give the same bytes: they stand in order, under one date, and are packed by one rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from readingroom.editorial.edition import Edition

NAME = "edition.zip"
LARGEST = 20_000_000
"""Bytes of seeds up to which there is such a file: some three thousand papers, and a few megabytes packed."""
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that the format knows."""
_READABLE = 0o100644 << 16
_UNIX = 3


def is_small(edition: Edition) -> bool:
    """Return whether an edition is small enough to be one file."""
    return sum(each.document.source.size for each in edition.documents) <= LARGEST


def written(docs: Path) -> Iterator[tuple[str, Path]]:
    """Yield the path below `docs`, and the place, of every file that is taken along from there."""
    for path in docs.rglob("*.md"):
        yield path.relative_to(docs).as_posix(), path


def write_download(edition: Edition, root: Path, docs: Path, data: Path) -> None:
    """Write `edition.zip` into `data`, the folder of what else is taken along; nothing for a large edition."""
    if not is_small(edition):
        return
    files = dict(_files(edition, root, docs, data))
    with ZipFile(data / NAME, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name in sorted(files):
            entry = ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, _READABLE, _UNIX
            packed.writestr(entry, files[name].read_bytes())


def _files(edition: Edition, root: Path, docs: Path, data: Path) -> Iterator[tuple[str, Path]]:
    """Yield each file's name in the archive, and where it is."""
    for edited in edition.documents:
        yield edited.document.source.file, root / edited.document.source.file
    for uri, path in written(docs):
        yield f"docs/{uri}", path
    for path in data.iterdir():
        if path.name not in {"index.html", NAME}:
            yield f"data/{path.name}", path
