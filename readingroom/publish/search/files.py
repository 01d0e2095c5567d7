"""A folder brought to hold certain files and no others: what is there already as it is to be is not written again."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

Content = Path | bytes
"""What a file is to hold: what another holds, or these bytes."""


def put(files: Mapping[str, Content], folder: Path, owned: Iterable[str]) -> None:
    """Bring a folder to hold these files, path below it → content; in the folders `owned`, nothing else stays.

    A file that is a copy of the same size and time stays. Others are replaced, never written into, as they may be
    linked from elsewhere.
    """
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = folder / name
        if _holds(target, content):
            continue
        unfinished = target.with_name(f"{target.name}.unfinished")
        if isinstance(content, bytes):
            unfinished.write_bytes(content)
        else:
            shutil.copyfile(content, unfinished)
            status = content.stat()
            os.utime(unfinished, ns=(status.st_atime_ns, status.st_mtime_ns))
        unfinished.replace(target)
    kept = {folder / name for name in files}
    for name in owned:
        keep_only(folder / name, kept)


def keep_only(folder: Path, files: Collection[Path]) -> None:
    """Take all files from a folder but these, and folders that are empty then, the folder itself included."""
    if not folder.is_dir():
        return
    for path in sorted((folder, *folder.rglob("*")), reverse=True):  # what is in a folder comes before it
        if path.is_dir():
            if next(path.iterdir(), None) is None:
                path.rmdir()
        elif path not in files:
            path.unlink()


def packed(content: bytes) -> bytes:
    """Return what unpacks to this content, always the same. A level more takes three times as long for little."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield all files below a folder, each with its path there, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _holds(target: Path, content: Content) -> bool:
    try:
        if isinstance(content, bytes):
            return target.read_bytes() == content
        here, there = target.stat(), content.stat()
    except FileNotFoundError:
        return False
    return (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
