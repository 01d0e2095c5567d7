"""A file that changed just before it was looked at has a stamp that no later look finds; how just, the disk decides."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readingroom.stamps import stamp, stamps

MILLISECOND = 1_000_000
SECOND = 1_000 * MILLISECOND


def _file(folder: Path, second_part: int) -> tuple[Path, int]:
    """A file whose time of change has so many nanoseconds beside its seconds, and when the disk says it changed."""
    path = folder / "seed.txt"
    path.write_text("SECRET", encoding="utf-8")
    modified = path.stat().st_mtime_ns // SECOND * SECOND + second_part
    os.utime(path, ns=(modified, modified))
    return path, max(path.stat().st_ctime_ns, modified)


@pytest.mark.parametrize(("second_part", "fresh"), [(123 * MILLISECOND, 100 * MILLISECOND), (0, 2 * SECOND)])
def test_a_file_is_fresh_as_long_as_it_can_change_unseen(tmp_path: Path, second_part: int, fresh: int) -> None:
    path, changed = _file(tmp_path, second_part)
    settled = stamp(path, looked_at=changed + fresh)
    assert settled == stamp(path) == stamp(path, looked_at=changed + fresh + SECOND)
    first, second = (stamp(path, looked_at=changed + fresh - soon) for soon in (1, 2))
    assert len({first, second, settled}) == 3


def test_a_file_of_another_size_or_time_has_another_stamp(tmp_path: Path) -> None:
    path, changed = _file(tmp_path, MILLISECOND)
    before = stamp(path)
    os.utime(path, ns=(changed + SECOND, changed + SECOND))
    touched = stamp(path)
    path.write_text("SECRET, AND MORE", encoding="utf-8")
    assert len({before, touched, stamp(path), stamp(tmp_path / "none")}) == 4


def test_a_folder_that_is_not_there_has_no_stamps(tmp_path: Path) -> None:
    assert stamps(tmp_path / "none") == {}
    assert stamp(tmp_path / "none", looked_at=5) == "at 5"
