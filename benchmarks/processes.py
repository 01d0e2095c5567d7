"""What a command costs with all processes that it starts: time, processor's time, and memory where the system says it.

Memory is the largest sum of proportional set sizes (PSS, in which a page that several share counts once) of all
processes of the command's session, looked at up to ten times a second, and never for more than a fiftieth of the time:
to look costs processor's time, which a command that uses all cores would lack. Only Linux says it; elsewhere it is left
out.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

ROOT = Path(__file__).resolve().parent.parent
MEMORY = "largest sum of the PSS of all processes" if sys.platform == "linux" else "not said by this system"
_PROC = Path("/proc")
_EVERY = 0.1
"""Seconds between two looks at the memory, at least."""
_REST = 50
"""So many times as long as a look takes is none taken after it."""
_PATIENCE = 10
"""Seconds that a process has to end when asked."""
_SESSION = 3
"""Place of the session's id among the fields of /proc/PID/stat that follow the command's name."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost."""

    wall: float
    """seconds"""
    cpu: float
    """seconds of all processes, the user's and the system's"""
    memory: int | None
    """bytes, see above"""


class CommandError(Exception):
    """A command that is measured failed; the message has its last lines."""


def cost(command: Sequence[str], log: Path) -> Cost:
    """Return what a command costs that is run to its end; what it says goes into `log`. Raises CommandError.

    It begins when the disk has all that was written before.
    """
    if hasattr(os, "sync"):
        os.sync()
    with started(command, log) as process, _memory_of(process.pid) as most:
        begun = time.monotonic()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
        raise CommandError("\n".join((f"{' '.join(command)} ended with {process.returncode}:", *said)))
    return Cost(wall, usage.ru_utime + usage.ru_stime, most.bytes or None)


@contextlib.contextmanager
def started(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A stretch in which a command runs in a session of its own; at its end it and all that it started are ended."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=_environment(), start_new_session=True
        )
    try:
        yield process
    finally:
        _end(process)


def _environment() -> Mapping[str, str]:
    """Return this process's environment, in which the program is the one beside this folder, and says no notices.

    Python keeps what it compiled of a program, as it does unless it is told not to.
    """
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    ours = {"PYTHONPATH": os.pathsep.join(paths), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **ours}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and its group: asked first, then made to."""
    if process.poll() is not None:
        return
    for sign in (signal.SIGINT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_PATIENCE)


@dataclass(slots=True)
class _Most:
    bytes: int = 0


@contextlib.contextmanager
def _memory_of(session: int) -> Iterator[_Most]:
    """A stretch in which the memory of a session is looked at; what it yields has the largest sum so far."""
    most, over = _Most(), Event()

    def look() -> None:
        took = 0.0
        while not over.wait(max(_EVERY, _REST * took)):
            begun = time.monotonic()
            most.bytes = max(most.bytes, sum(map(_pss, _processes(session))))
            took = time.monotonic() - begun

    watcher = Thread(target=look, daemon=True)
    if sys.platform == "linux":
        watcher.start()
    try:
        yield most
    finally:
        over.set()
        if watcher.ident:
            watcher.join()


def _processes(session: int) -> Iterator[Path]:
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
                if int(fields[_SESSION]) == session:
                    yield folder


def _pss(process: Path) -> int:
    with contextlib.suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
