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
    targets = {folder / name: content for name, content in files.items()}
    for parent in {target.parent for target in targets}:
        parent.mkdir(parents=True, exist_ok=True)
    for target, content in targets.items():
        if not _holds(target, content):
            _replace(target, content)
    for name in owned:
        _keep_only(folder / name, targets.keys())


def packed(content: bytes) -> bytes:
    """Return what unpacks to this content, always the same. A level more takes three times as long for little."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def below(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield all files below a folder, each with its path there, in order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _keep_only(folder: Path, files: Collection[Path]) -> None:
    """Take all files from a folder but these, and folders that are empty then, the folder itself included."""
    folders = [folder] if folder.is_dir() else []
    for path in folder.rglob("*"):
        if path in files:
            continue
        if path.is_dir():
            folders.append(path)
        else:
            path.unlink()
    for path in reversed(folders):  # those within others come after them
        if next(path.iterdir(), None) is None:
            path.rmdir()


def _replace(target: Path, content: Content) -> None:
    unfinished = target.with_name(f"{target.name}.unfinished")
    if isinstance(content, bytes):
        unfinished.write_bytes(content)
    else:
        linked(content, unfinished)
    unfinished.replace(target)


def linked(file: Path, to: Path) -> None:
    """Give a file a second place, by a link; where the disk has none, a copy of the same time."""
    to.unlink(missing_ok=True)
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)
        status = file.stat()
        os.utime(to, ns=(status.st_atime_ns, status.st_mtime_ns))


def _holds(target: Path, content: Content) -> bool:
    try:
        if isinstance(content, bytes):
            return target.read_bytes() == content
        here, there = target.stat(), content.stat()
    except FileNotFoundError:
        return False
    return (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
