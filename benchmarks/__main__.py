"""Measures collections of several sizes, and bare MkDocs on the same text: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import platform
import shlex
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.making import ROOT, Folders
from benchmarks.measuring import PARTS, Measuring
from benchmarks.plot import svg
from benchmarks.processes import MEMORY, CommandError
from benchmarks.results import Run, Size, keep, kept_size
from benchmarks.table import markdown

_SIZES = (100, 1_000, 10_000)
_PROGRAM = ("readingroom", "overrides", "benchmarks")
"""The folders whose files decide whether figures that were kept are those of this program."""
_VERSIONS = ("mkdocs", "mkdocs-material", "pagefind", "markdown")


def main(arguments: Sequence[str]) -> None:
    """Measure what the arguments ask for and write the table and the plot."""
    options = _options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = options.work or Path(tempfile.mkdtemp(prefix="benchmarks-"))
    try:
        run = _run(options, work.resolve())
    except (CommandError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        if not options.work and not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    plot = options.table.with_suffix(".svg")
    options.table.write_text(markdown(run, plot.name), encoding="utf-8")
    plot.write_text(svg(run), encoding="utf-8")
    print(f"{options.table} and {plot.name} are written.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "seeds"], help="folders of seeds to repeat")
    parser.add_argument("--sizes", nargs="+", type=int, default=_SIZES, help="numbers of documents")
    parser.add_argument("--without", nargs="+", choices=PARTS, default=(), help="what is left out")
    parser.add_argument("--jobs", type=int, default=0, help="processes that a build may use; default: its own choice")
    parser.add_argument("--work", type=Path, help="where collections are made, and figures kept to go on from")
    parser.add_argument("--keep", action="store_true", help="leave the collections and sites in the work folder")
    parser.add_argument("--table", type=Path, default=ROOT / "benchmarks" / "latest.md", help="the Markdown to write")
    return parser.parse_args(arguments)


def _said(options: argparse.Namespace) -> str:
    """Return the command that repeats a run anywhere: folders go by their last names, and where it works by none."""
    sizes = ["--sizes", *map(str, options.sizes)]
    without = ["--without", *options.without] if options.without else []
    jobs = ["--jobs", str(options.jobs)] if options.jobs else []
    folders = ["/".join(folder.resolve().parts[-2:]) for folder in options.folders]
    return shlex.join(["python", "-m", "benchmarks", *sizes, *without, *jobs, *folders])


def _run(options: argparse.Namespace, work: Path) -> Run:
    folders = Folders.at(options.folders)
    measuring = Measuring(folders, frozenset(PARTS) - set(options.without), options.jobs, work, _say)
    program, seeds = _state(ROOT / name for name in _PROGRAM), _state(folder.resolve() for folder in options.folders)
    made_by = (program, seeds, *_versions(), *sorted(measuring.parts), str(options.jobs))
    sizes: list[Size] = []
    for documents in sorted(set(options.sizes)):
        file = work / f"{documents}.json"
        size = kept_size(made_by, file)
        if size is None:
            size = measuring.size(documents)
            keep(size, made_by, file)
        else:
            _say(f"{documents:,} documents: measured before")
        sizes.append(size)
    if not options.keep:
        for size in sizes:  # at the end, as what is deleted would slow down what is still to be measured
            shutil.rmtree(work / f"{size.documents}", ignore_errors=True)
    return Run(_conditions(_said(options), len(folders.originals)), tuple(sizes))


def _state(folders: Iterable[Path]) -> str:
    """Return what changes when any file of these folders does."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _conditions(command: str, originals: int) -> Mapping[str, str]:
    """Return what is to be known of a run before its figures are compared with others."""
    return {
        "command": f"`{command}`",
        "made of": f"{originals} documents, repeated under other numbers and on other days",
        "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
        "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processor cores",
        "versions": ", ".join(_versions()),
        "memory": MEMORY,
        "bare MkDocs": "`mkdocs build` with Material and its search, over plain pages of the same text",
    }


def _versions() -> Iterator[str]:
    yield f"Python {platform.python_version()}"
    for name in _VERSIONS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def _say(words: str) -> None:
    """Say how far the measuring is, where it does not mix with what was asked for."""
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
