"""Writing the pages of docs/documents: those that changed, and none that another hand wrote is touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from readingroom.editorial.edition import Edited
from readingroom.page.markdown import END_FENCE, page
from readingroom.problems import Problem, Severity


def write_pages(documents: Iterable[Edited], folder: Path) -> tuple[int, tuple[Problem, ...]]:
    """Write a page for each document and remove pages whose document is gone.

    Returns how many were written anew, and a problem for each file there that this program did not write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    kept: set[str] = set()
    for edited in documents:
        path = folder / f"{edited.id}.md"
        kept.add(path.name)
        text = page(edited)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            written += 1
    return written, tuple(_others(folder, kept))


def _others(folder: Path, kept: set[str]) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.name in kept or path.name.startswith("."):
            continue
        if path.suffix == ".md" and path.read_text(encoding="utf-8", errors="replace").endswith(f"{END_FENCE}\n"):
            path.unlink()
        else:
            file = f"{folder.parent.name}/{folder.name}/{path.name}"
            what = "this folder is written by build.py, and this file is not its own. Move it elsewhere below docs/."
            yield Problem(file, 0, "RR501", what, Severity.WARNING)
