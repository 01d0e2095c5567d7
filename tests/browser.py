"""A Chromium or Chrome for the browser tests: found on this machine, or installed on it."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

VARIABLE = "READINGROOM_BROWSER"
"""The environment variable that names a browser's executable; it wins over every other place."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")

APPLICATIONS = (  # where macOS and Windows keep them, below /Applications, ~/Applications, Program Files …
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)

DOWNLOAD_SECONDS = 300
PACKAGE_SECONDS = 900

ADVICE = f"""No browser for the browser tests: neither Chromium nor Chrome was found, and none could be installed.
Do one of these and run the tests again:
    Debian:                 sudo apt-get install chromium
    Fedora:                 sudo dnf install chromium
    macOS, Windows, Ubuntu: install Google Chrome, Chromium or Edge
    any:                    set {VARIABLE} to the executable of one"""


class NoBrowserError(Exception):
    """No browser can be had; the message says what to do."""


def find() -> Path:
    """The executable of a browser that starts. Raises NoBrowserError, also where the variable names one that fails:
    whoever set it wants that one and no other."""
    named = os.environ.get(VARIABLE)
    if named:
        if starts(Path(named)):
            return Path(named)
        raise NoBrowserError(f"{VARIABLE} is {named}, which is not a browser that starts.")
    for path in candidates():
        if starts(path):
            return path
    raise NoBrowserError(ADVICE)


def find_or_install(announce: Callable[[str], None]) -> Path:
    """The executable of a browser, installed if none is found. Raises NoBrowserError."""
    with contextlib.suppress(NoBrowserError):
        return find()
    if VARIABLE not in os.environ:
        for title, commands, seconds in installations():
            announce(f"no browser found; trying {title} …")
            if all(succeeds(command, seconds) for command in commands):
                with contextlib.suppress(NoBrowserError):
                    return find()
    return find()


def candidates() -> Iterator[Path]:
    """Executables that may be there and may work: Playwright's own, those on PATH, those in the usual folders."""
    with contextlib.suppress(PlaywrightError), sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    folders = [Path("/Applications"), Path.home() / "Applications"]
    variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
    folders += [Path(os.environ[variable]) for variable in variables if variable in os.environ]
    yield from (folder / application for folder in folders for application in APPLICATIONS)


def starts(path: Path) -> bool:
    """Whether `path` is a browser that can say its version: Ubuntu's `chromium-browser` may be a script that only
    asks for a snap, and a downloaded one may lack libraries. On Windows asking would open a window."""
    if not path.is_file():
        return False
    return sys.platform == "win32" or succeeds([str(path), "--version"], 30, quiet=True)


def installations() -> Iterator[tuple[str, Sequence[Sequence[str]], int]]:
    """The ways to install a browser on this machine: a title, the commands, and the seconds that each may take."""
    yield "Playwright's own", [[sys.executable, "-m", "playwright", "install", "chromium"]], DOWNLOAD_SECONDS
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-liberation"]
        yield "the package of the distribution", [["apt-get", "update"], install], PACKAGE_SECONDS


def succeeds(command: Sequence[str], seconds: float, *, quiet: bool = False) -> bool:
    """Whether `command` exits with 0 within `seconds`. Otherwise it and all that it started are ended: Playwright
    downloads in a grandchild that would go on by itself."""
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
