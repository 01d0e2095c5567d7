"""What a site weighs: on the host, and what of it a reader's browser is sent for one page."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_LEVEL = 6
"""Compression as web servers commonly set it."""


def weights(site: Path, documents: int) -> Mapping[str, float]:
    """Return bytes by what they are: `all`, `document` (all of them, a document), `document: KIND` (a document) for
    each kind of file, and gzipped the `home` page, the largest `list` page (0 where there is none) and the `largest`
    page of all."""
    files = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    own = _own_folders(site)
    kinds: Counter[str] = Counter()
    for path, size in files.items():
        kinds[_kind(path, site, own)] += size
    pages = [path for path in files if path.suffix == ".html"]
    home = site / "index.html"
    lists = [path for path in pages if path.parent not in own and path not in {home, site / "404.html"}]
    return {
        "all": sum(files.values()),
        "document": sum(files.values()) / documents,
        **{f"document: {kind}": size / documents for kind, size in kinds.most_common()},
        "home": gzipped(home),
        "list": max((gzipped(page) for page in _largest(lists, files)), default=0),
        "largest": max((gzipped(page) for page in _largest(pages, files)), default=0),
    }


def gzipped(file: Path) -> int:
    """Return how many bytes a file is when compressed."""
    return len(gzip.compress(file.read_bytes(), _LEVEL))


def _largest(pages: list[Path], files: Mapping[Path, int]) -> list[Path]:
    """Return the pages among which the largest one compressed is looked for."""
    return sorted(pages, key=lambda page: files[page], reverse=True)[:20]


def _own_folders(site: Path) -> frozenset[Path]:
    """Return the folders of documents: those with the source beside the page, or where no page has any, all."""
    sourced = frozenset(path.parent for path in site.glob("documents/*/source.txt"))
    return sourced or frozenset(path.parent for path in site.glob("documents/*/index.html"))


def _kind(path: Path, site: Path, own: frozenset[Path]) -> str:
    """Return what a file is: of a document's folder its name, else the folder that it stands in, at the top."""
    if path.parent in own:
        return path.name if path.name != "index.html" else "page"
    parts = path.relative_to(site).parts
    return f"{parts[0]}/" if len(parts) > 1 else "files at the top"
