"""A folder brought to hold certain files and no others: what is there already as it is to be is not written again."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

Content = os.DirEntry[str] | bytes
"""What a file is to hold: what another holds, as its folder lists it, or these bytes."""


def put(files: Mapping[str, Content], folder: Path, owned: Iterable[str]) -> None:
    """Bring a folder to hold these files, path below it → content; in the folders `owned`, nothing else stays.

    The others that files are to be like lie on one disk. What is a link of the other, or a copy of the same size and
    time, stays. All else is replaced, never written into, as it may be linked from elsewhere.
    """
    there = {f"{name}/{path}": file for name in owned for path, file in below(folder / name).items()}
    for parent in {path.rpartition("/")[0] for path in files}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    links = _on_one_disk(folder, files.values())
    for path, content in files.items():
        if isinstance(content, bytes):
            stays = _reads(folder / path, content)
        else:
            stays = path in there and _same(there[path], content, links=links)
        if not stays:
            _replace(folder / path, content)
    _take_away(folder, there.keys() - files.keys())


def packed(content: bytes) -> bytes:
    """Return what unpacks to this content, always the same. A level more takes half as long again for little."""
    return gzip.compress(content, compresslevel=5, mtime=0)


def below(folder: Path) -> dict[str, os.DirEntry[str]]:
    """Return all files below a folder, as it lists them, by their paths there; none where there is no folder."""
    found: dict[str, os.DirEntry[str]] = {}
    waiting = [("", str(folder))] if folder.is_dir() else []
    while waiting:
        path, place = waiting.pop()
        with os.scandir(place) as listed:
            for each in listed:
                if each.is_dir(follow_symlinks=False):
                    waiting.append((f"{path}{each.name}/", each.path))
                else:
                    found[f"{path}{each.name}"] = each
    return found


def _take_away(folder: Path, paths: Iterable[str]) -> None:
    """Take files from below a folder, and the folders that this leaves empty."""
    left: set[PurePosixPath] = set()
    for path in paths:
        (folder / path).unlink()
        left.update(PurePosixPath(path).parents)
    for parent in sorted(left - {PurePosixPath()}, reverse=True):  # those within others come before them
        if not any((folder / parent).iterdir()):
            (folder / parent).rmdir()


def _replace(target: Path, content: Content) -> None:
    """Put a file in its place in one stroke."""
    if not isinstance(content, bytes):
        with suppress(OSError):  # something stands there, or the disk has no links
            os.link(content, target)
            return
    unfinished = target.with_name(f"{target.name}.unfinished")
    if isinstance(content, bytes):
        unfinished.write_bytes(content)
    else:
        linked(Path(content), unfinished)
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


def _on_one_disk(folder: Path, contents: Iterable[Content]) -> bool:
    other = next((content for content in contents if not isinstance(content, bytes)), None)
    return other is not None and other.stat().st_dev == folder.stat().st_dev


def _reads(target: Path, content: bytes) -> bool:
    try:
        return target.read_bytes() == content
    except FileNotFoundError:
        return False


def _same(file: os.DirEntry[str], other: os.DirEntry[str], *, links: bool) -> bool:
    """Whether one is as the other; the folders have said which are links of the same, and no file is looked at."""
    if links and file.inode() == other.inode():
        return True
    here, there = file.stat(), other.stat()
    return (here.st_size, here.st_mtime_ns) == (there.st_size, there.st_mtime_ns)
