"""How long it takes from saving a file until the preview serves the page that shows it."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from benchmarks.processes import CommandError, started

_EVERY = 0.02
_REST = 3
"""Seconds after the first answer, in which the preview begins to watch."""
_PATIENCE = 1800
SAVED = "Saved while the preview was running."


def saved_to_served(command: Sequence[str], page: str, file: Path, log: Path) -> float:
    """Return the seconds from saving `file`, with a paragraph more, until `page` has its words.

    The command is given an address to serve at (`-a`); `page` is the path of a page below it. The file is left as it
    was. Raises CommandError if the command ends, or shows nothing in half an hour.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with started([*command, "-a", address], log) as process:
        _wait_for(process, f"http://{address}/{page}", "")
        time.sleep(_REST)
        was = file.read_text(encoding="utf-8")
        try:
            begun = time.monotonic()
            file.write_text(_with_paragraph(was), encoding="utf-8", newline="")
            _wait_for(process, f"http://{address}/{page}", SAVED)
            return time.monotonic() - begun
        finally:
            file.write_text(was, encoding="utf-8", newline="")


def _with_paragraph(markdown: str) -> str:
    """Return a page with the paragraph put before its first quotation, or at its end."""
    head, sign, rest = markdown.partition("\n> ")
    return f"{head}\n{SAVED}\n{sign}{rest}" if sign else f"{markdown}\n\n{SAVED}\n"


def _wait_for(process: subprocess.Popen[bytes], url: str, words: str) -> None:
    """Return once the page at `url` is served and has `words`."""
    begun = time.monotonic()
    while time.monotonic() - begun < _PATIENCE:
        if process.poll() is not None:
            raise CommandError(f"the preview ended with {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 - an address of our own
                if words in answer.read().decode(errors="replace"):
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(_EVERY)
    raise CommandError(f"{url} did not show “{words}” in {_PATIENCE} seconds")
