"""What the disk says of a file: while it says the same, the file is taken for the same and need not be read."""

from __future__ import annotations

import os
import time
from pathlib import Path

_SECOND = 1_000_000_000
_FINE, _COARSE = _SECOND // 10, 2 * _SECOND
"""Nanoseconds: so soon after a change a file may change again and the disk say the same.

Linux notes the time of a change by its clock's tick, of 10 ms at most; FAT counts in two seconds, others in one.
"""


def stamp(file: str | Path | os.DirEntry[str], *, looked_at: int | None = None) -> str:
    """Return the stamp of a file; empty where there is none.

    Of a file that people write, `looked_at` says when it is looked at, in nanoseconds: where it changed just before,
    the stamp is one that no later look finds.
    """
    try:
        stat = os.stat(file)  # noqa: PTH116 - of many files, a folder's entries are looked at faster than paths
    except OSError:
        return "" if looked_at is None else f"at {looked_at}"
    if looked_at is not None and _is_fresh(stat, looked_at):
        return f"at {looked_at}"
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}"


def _is_fresh(stat: os.stat_result, looked_at: int) -> bool:
    """Return whether the file may change again under the same stamp; the disk may know whole seconds alone."""
    granular = _FINE if stat.st_mtime_ns % _SECOND and stat.st_ctime_ns % _SECOND else _COARSE
    return max(stat.st_mtime_ns, stat.st_ctime_ns) > looked_at - granular


def now() -> int:
    """Return the time, in nanoseconds, as files are stamped with it."""
    return time.time_ns()


def stamps(folder: Path, *, looked_at: int | None = None) -> dict[str, str]:
    """Return the stamp of each entry of a folder by its name; none where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name: stamp(entry, looked_at=looked_at) for entry in entries}
    except OSError:
        return {}
