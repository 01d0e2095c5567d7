"""Writing the pages of docs/documents: those that changed, and none that another hand wrote is touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from readingroom.editorial.edition import Edited
from readingroom.page.markdown import END_FENCE, page
from readingroom.problems import Problem, Severity
from readingroom.shares import in_shares


def write_pages(documents: Sequence[Edited], folder: Path, processes: int = 1) -> tuple[int, tuple[Problem, ...]]:
    """Write a page for each document and remove pages whose document is gone.

    Returns how many were written anew, and a problem for each file there that this program did not write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = in_shares(lambda share: sum(_write(edited, folder) for edited in share.mine(documents)), processes)
    return sum(written), tuple(_others(folder, {_name(edited) for edited in documents}))


def _name(edited: Edited) -> str:
    return f"{edited.id}.md"


def _write(edited: Edited, folder: Path) -> bool:
    """Write the page of a document and return whether it is another than the one that was there."""
    path = folder / _name(edited)
    text = page(edited)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


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
