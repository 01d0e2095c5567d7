"""Pagefind's program for the browser, which its binary carries within: with an index of one page it writes that too."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from readingroom.publish.search.bundle import LANGUAGE

ENGINE = ("pagefind.js", "wasm.unknown.pagefind")
"""The files of the program."""

_ENTRY = "pagefind-entry.json"
_PROGRAM = ("-m", "pagefind_bin")


class IndexingError(Exception):
    """The index cannot be made; the message says why."""


def engine_in(cache: Path) -> tuple[Path, Mapping[str, object]]:
    """Return the folder below the cache that has ENGINE, and what the program wants to read first of a bundle.

    Pagefind is asked where the folder is not there yet. Raises IndexingError with what it said.
    """
    folder = cache / "engine" / version("pagefind-bin")
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent) as work:
            _ask_pagefind(Path(work)).replace(folder)
    entry: Mapping[str, object] = json.loads((folder / _ENTRY).read_text(encoding="utf-8"))
    return folder, entry


def _ask_pagefind(work: Path) -> Path:
    """Return the bundle that it makes of one page."""
    pages, bundle = work / "pages", work / "bundle"
    pages.mkdir()
    (pages / "any.html").write_text("<!doctype html><html><body>any</body></html>\n", encoding="ascii")
    arguments = ["--site", str(pages), "--output-path", str(bundle), "--force-language", LANGUAGE]
    command = [sys.executable, *_PROGRAM, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode or not all((bundle / name).is_file() for name in (_ENTRY, *ENGINE)):
        said = (done.stdout + done.stderr).strip()
        raise IndexingError(f"Pagefind did not give its program (exit {done.returncode}). It said:\n{said}")
    return bundle
