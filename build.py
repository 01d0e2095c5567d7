#!/usr/bin/env python3
"""The door of Reading Room: `python3 build.py [ARGS]`, on any machine with Python 3.11 or later.

It finds an environment with what Reading Room needs, makes one in `.venv` where there is none, and hands over to
`python -m readingroom ARGS`; `build.py test ARGS` hands over to `python -m tests ARGS`. Only the standard library
can be imported here.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - first of all: the one sentence that an older Python gets to run
    sys.stderr.write(f"Reading Room needs Python 3.11 or later; this is {sys.version.split()[0]}, {sys.executable}.\n")
    sys.exit(2)

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).resolve().parent
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-test.lock"

NO_VENV = """this Python ({python}) lacks {missing}, needed to install what the site is built with.
    Debian, Ubuntu:         apt install python3-venv
    Fedora, RHEL, openSUSE: python3-pip, with dnf or zypper
    Alpine:                 apk add python3 py3-pip
    elsewhere:              the installer from python.org
Then give the same command again."""

NOT_DONE = """{step} failed. Its last words:
{words}
The first run needs the network, or a package index of your own in pip's configuration. Nothing half done will be
used: put this right and give the same command again."""

Runner = Callable[[Sequence[str]], tuple[int, str]]
"""Runs a command to its end; returns its exit code and all that it printed."""


class SetupError(Exception):
    """The environment cannot be made; the message says why, and what the person at the keyboard can do."""


def main(args: Sequence[str]) -> int:
    """The exit code of the command that `args` name. Except on Windows, this process becomes that command."""
    testing = args[:1] == ["test"]
    module, rest = ("tests", args[1:]) if testing else ("readingroom", args)
    try:
        if has_packages("readingroom", *(["playwright", "pytest"] if testing else [])):
            python = sys.executable
        else:
            python = str(ready_environment(ROOT / ".venv", [RUNTIME_LOCK, *([TEST_LOCK] if testing else [])]))
        if testing:
            os.chdir(ROOT)
        return hand_over([python, "-P", "-m", module, *rest])
    except SetupError as error:
        say(str(error))
        return 2
    except KeyboardInterrupt:
        return 130


def has_packages(*names: str) -> bool:
    """Whether the running Python's own environment has all these packages installed."""
    return all(any(importlib.metadata.distributions(name=name)) for name in names)


def hand_over(command: list[str]) -> int:
    """The exit code of `command`, which finds this folder's packages first and, by -P, none of the current folder's."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    if os.name != "nt":  # Windows' exec returns to the shell before the command has ended
        os.execve(command[0], command, environment)
    return subprocess.run(command, env=environment, check=False).returncode


def ready_environment(folder: Path, locks: Sequence[Path], run: Runner | None = None) -> Path:
    """The Python of the environment in `folder` once it holds what `locks` pin; at once if it already does.

    Each lock has a stamp there, written when its packages are begun and again when they are complete. A stamp other
    than the one expected means an interrupted run, another lock or another Python: then everything is made anew,
    for pip takes half an installation for a whole one. An environment without any stamp is somebody's own: it is
    added to, never cleared. Raises SetupError.
    """
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run = run or run_quietly
    try:
        if python.exists() and not unmet(folder, locks):
            return python
        with alone(folder):
            started = time.monotonic()
            if not python.exists() or any(stamp(folder, lock).exists() for lock in unmet(folder, locks)):
                discard(folder)
            todo = unmet(folder, locks)  # none, if the run that this one waited for has made it all
            if locks[0] in todo:
                make_venv(folder, locks[0], run)
            for lock in todo:
                install(python, folder, lock, run)
            if todo:
                say(f"{folder.name} is ready ({time.monotonic() - started:.0f} s)")
    except OSError as error:
        message = f"{folder} cannot be made: {error}\nPut this right and give the same command again."
        raise SetupError(message) from error
    return python


def stamp(folder: Path, lock: Path) -> Path:
    """The file that says which state of `lock` the environment in `folder` holds."""
    return folder / f"{lock.name}.stamp"


def complete(lock: Path) -> str:
    """What the stamp of `lock` says once its packages are installed for the running Python."""
    return hashlib.sha256(sys.version.encode() + lock.read_bytes()).hexdigest()


def unmet(folder: Path, locks: Sequence[Path]) -> list[Path]:
    """Those of `locks` whose packages are not, or not all, in the environment in `folder`."""
    stamps = [(lock, stamp(folder, lock)) for lock in locks]
    return [lock for lock, file in stamps if not file.exists() or file.read_text() != complete(lock)]


def discard(folder: Path) -> None:
    """Takes `folder` away: renamed first, so that what an interrupted deletion leaves is no environment to trust."""
    grave = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(grave, ignore_errors=True)
    if folder.exists():
        folder.rename(grave)
        shutil.rmtree(grave, ignore_errors=True)


def make_venv(folder: Path, lock: Path, run: Runner) -> None:
    """Puts an environment with pip into `folder`, stamped as begun for `lock`. Raises SetupError."""
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SetupError(NO_VENV.format(python=sys.executable, missing=" and ".join(missing)))
    say(f"preparing {folder.name} (first run, or its lock file or Python has changed) …")
    folder.mkdir(exist_ok=True)
    stamp(folder, lock).write_text("begun")
    # Not sys.executable: that may be the Python of the very environment that was just discarded.
    base = getattr(sys, "_base_executable", None) or sys.executable
    run_or_raise(f"{base} -m venv {folder}", [base, "-I", "-m", "venv", str(folder)], run)


def install(python: Path, folder: Path, lock: Path, run: Runner) -> None:
    """Installs what `lock` pins, no more (--no-deps) and nothing unproven, and stamps it. Raises SetupError."""
    say(f"installing {lock.name} …")
    stamp(folder, lock).write_text("begun")
    options = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    command = [str(python), "-I", "-m", "pip", "install", *options, "--requirement", str(lock)]
    run_or_raise(f"pip install --requirement {lock.name}", command, run)
    stamp(folder, lock).write_text(complete(lock))


def run_or_raise(step: str, command: Sequence[str], run: Runner) -> None:
    """Runs `command`; raises SetupError with the last lines of its output if it fails."""
    code, output = run(command)
    if code:
        lines = [f"    {line}" for line in output.splitlines() if line.strip()]
        raise SetupError(NOT_DONE.format(step=step, words="\n".join(lines[-6:])))


def run_quietly(command: Sequence[str]) -> tuple[int, str]:
    """The exit code of `command`, and what it printed on either stream."""
    result = subprocess.run(command, check=False, close_fds=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.returncode, result.stdout.decode(errors="replace")


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """A stretch in which no other run works on `folder`: a second one waits. It ends with the processes at work,
    however they end. Windows has nothing as simple; two first runs at once are not kept apart there."""
    with folder.with_name(f"{folder.name}.lock").open("w") as handle:
        if sys.platform != "win32":
            # A pip whose parent was killed goes on, and must go on holding the lock.
            os.set_inheritable(handle.fileno(), True)  # noqa: FBT003 - takes it by position only
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(f"another run is preparing {folder.name}; waiting for it …")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def say(message: str) -> None:
    """Prints `message` where it cannot mix with a command's output."""
    print(f"Reading Room: {message}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
