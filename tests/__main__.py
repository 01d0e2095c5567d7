"""The suite's runner, `python3 build.py test [--long] [ARGS]`: linter, types, then the tests with a real browser.

All three always run, so that one pass shows everything that is wrong. Arguments go to pytest.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.browser import VARIABLE, NoBrowserError, find_or_install

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: Sequence[str]) -> int:
    """0 if nothing failed, else 1; each step is announced by a line, and the last line names those that failed."""
    failed = []
    if not passes("ruff check", "ruff", "check", "."):
        failed.append("ruff")
    if not passes("mypy --strict", "mypy"):
        failed.append("mypy")
    environment = dict(os.environ)
    try:
        environment[VARIABLE] = str(find_or_install(announce))
    except NoBrowserError as error:
        # pytest still runs: the other tests say what they have to say, and those of the browser fail one by one.
        announce(str(error))
        failed.append("browser")
    if not passes(" ".join(["pytest", *arguments]), "pytest", *arguments, environment=environment):
        failed.append("pytest")
    announce(f"FAILED: {', '.join(failed)}" if failed else "all passed")
    return 1 if failed else 0


def passes(title: str, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether `python -m module arguments`, run in the repository's root and announced as `title`, exits with 0."""
    announce(title)
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0


def announce(message: str) -> None:
    """Prints `message` at once, so that it stands before what the step that follows prints."""
    print(f"== {message}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
