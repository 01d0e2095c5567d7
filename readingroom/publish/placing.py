"""Folders put in their places: a new site for an old one in one stroke, or changed files over those that stand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def folder_stamp(site: Path) -> str:
    """Return what tells a folder from any other that comes to stand in its place; empty where there is none."""
    try:
        stat = site.stat()
    except OSError:
        return ""
    return f"{stat.st_dev} {stat.st_ino}"


def exchange(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old`, which is then gone. Both must be on one disk."""
    aside = old.with_name(f"{old.name}.previous")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def remove(site: Path, path: str) -> None:
    """Remove a file of the site, and the folders that it leaves empty."""
    file = site / path
    file.unlink(missing_ok=True)
    folder = file.parent
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def lay_over(new: Path, site: Path) -> None:
    """Move every file of the folder `new` to its place in the site, each in one stroke."""
    for place, _, names in os.walk(new):
        folder = site / Path(place).relative_to(new)
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (Path(place) / name).replace(folder / name)
    shutil.rmtree(new)
