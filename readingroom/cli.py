"""The commands of build.py: options in, one call, words out. What they do is in the pipeline."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from readingroom.collection import Collection
from readingroom.editorial.edition import Edited
from readingroom.problems import Problem, tally
from readingroom.progress import SHOWN_AFTER, Progress
from readingroom.shares import Share

if TYPE_CHECKING:
    from readingroom.pipeline import Outcome

_T = TypeVar("_T")

_CONFIG = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    help="Another collection's mkdocs.yml.",
)
_SITE = click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where the site goes. Default: site/ beside it."
)
_STRICT = click.option("-s", "--strict", is_flag=True, help="Make every warning an error.")
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
_JOBS = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    help="How many processes may work at once. Default: one a core.",
)
_KEEP_GOING = click.option(
    "--keep-going", is_flag=True, help="Publish in spite of errors; what failed has a page that says so."
)
_VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Say how long each step took, even of a short run.")
_FORMAT = click.option(
    "--format", "style", type=click.Choice(["text", "github"]), default="text", help="How problems are printed."
)


_OBJECTS_BEFORE_A_LOOK = 100_000
"""So many new objects before Python looks for those that nobody needs: a collection is many that all are needed."""


class DefaultGroup(click.Group):
    """A group whose command is `build` where none is named, so that its options can stand alone."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `build` before arguments that name no command."""
        if not args or (args[0].startswith("-") and args[0] not in {"-h", "--help", "--version"}):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=DefaultGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="Reading Room")
def main() -> None:
    """Turn a folder of declassified documents into a website."""
    gc.set_threshold(_OBJECTS_BEFORE_A_LOOK)


class _ShareType(click.ParamType[Share]):
    """`2/3`: the second of three shares."""

    name = "K/N"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Share:
        """Return the share that the words name."""
        if isinstance(value, Share):
            return value
        number, _, of = str(value).partition("/")
        if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            self.fail(f"“{value}” is no share. Expected K/N, such as 2/3.", param, ctx)
        return Share(int(number) - 1, int(of))


@dataclass(frozen=True, slots=True)
class _Telling:
    """How a build is told of: what is shown while it goes on, and what is said at its end."""

    collection: Collection
    style: str
    quiet: bool
    verbose: bool
    progress: Progress
    started: float

    @classmethod
    def of(cls, collection: Collection, style: str, *, quiet: bool, verbose: bool) -> _Telling:
        progress = Progress(sys.stderr if sys.stderr.isatty() and not quiet else None)
        return cls(collection, style, quiet, verbose, progress, time.monotonic())

    def end(self, outcome: Outcome) -> None:
        """Say what came of the build; exit 1 where it was not published."""
        _print(outcome.problems, self.style)
        site = self.collection.site_dir
        if not outcome.published:
            left = "as it was" if site.exists() else "unbuilt"
            click.echo(f"{site.name}/ is left {left}: {tally(outcome.problems)}.", err=True)
            sys.exit(1)
        if self.quiet:
            return
        all_took = time.monotonic() - self.started
        click.echo(f"{outcome.summary} ({all_took:.1f} s)")
        if self.verbose or all_took > SHOWN_AFTER:
            click.echo(", ".join(f"{step} {took:.1f} s" for step, took in self.progress.seconds.items()))


@main.command()
@_CONFIG
@_SITE
@_STRICT
@_QUIET
@_FORMAT
@_VERBOSE
@_JOBS
@_KEEP_GOING
@click.option("--shard", type=_ShareType(), help="Render one share of the pages into the site's folder, for join.")
def build(  # noqa: PLR0913 - one parameter an option
    config_file: Path,
    site_dir: Path | None,
    style: str,
    jobs: int,
    shard: Share | None,
    *,
    strict: bool,
    quiet: bool,
    verbose: bool,
    keep_going: bool,
) -> None:
    """Build the site into site/."""
    from readingroom import pipeline  # noqa: PLC0415 - MkDocs takes a while to load; other commands start without it

    collection = _collection(config_file, site_dir)
    telling = _Telling.of(collection, style, quiet=quiet, verbose=verbose)
    progress = telling.progress
    if shard is not None:
        folder = site_dir or collection.root / f"site.{shard.index + 1}-of-{shard.of}"
        telling.end(_guarded(lambda: pipeline.build_shard(collection, shard, folder, progress, jobs=jobs)))
        return
    telling.end(_guarded(lambda: pipeline.build(collection, progress, strict=strict, keep_going=keep_going, jobs=jobs)))
    _say_where(collection, quiet=quiet)


@main.command()
@_CONFIG
@_SITE
@_STRICT
@_QUIET
@_FORMAT
@_VERBOSE
@_JOBS
@_KEEP_GOING
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, file_okay=False, exists=True))
def join(  # noqa: PLR0913 - one parameter an option
    config_file: Path,
    site_dir: Path | None,
    style: str,
    jobs: int,
    folders: tuple[Path, ...],
    *,
    strict: bool,
    quiet: bool,
    verbose: bool,
    keep_going: bool,
) -> None:
    """Build the site from the FOLDERS that build --shard made, one for each share."""
    from readingroom import pipeline  # noqa: PLC0415 - see build

    collection = _collection(config_file, site_dir)
    telling = _Telling.of(collection, style, quiet=quiet, verbose=verbose)
    how = {"strict": strict, "keep_going": keep_going}
    telling.end(_guarded(lambda: pipeline.join(collection, folders, telling.progress, **how, jobs=jobs)))
    _say_where(collection, quiet=quiet)


def _say_where(collection: Collection, *, quiet: bool) -> None:
    if not quiet:
        where = _shown(collection.site_dir)
        click.echo(
            f"The site is in {where}. To look at it: python3 -m http.server --bind 127.0.0.1 --directory {where}"
        )
        click.echo("and open http://127.0.0.1:8000/ in a browser.")


@main.command()
@_CONFIG
@_STRICT
@_FORMAT
@_JOBS
def check(config_file: Path, style: str, jobs: int, *, strict: bool) -> None:
    """Print all problems in seeds, annotations and pages; exit 1 if any is an error."""
    from readingroom import pipeline  # noqa: PLC0415 - see build

    outcome = _guarded(lambda: pipeline.check(_collection(config_file), strict=strict, jobs=jobs))
    _print(outcome.problems, style)
    click.echo(f"{outcome.documents} documents: {tally(outcome.problems)}.")
    sys.exit(1 if outcome.failed else 0)


@main.command()
@_CONFIG
@_STRICT
@_FORMAT
@_JOBS
def convert(config_file: Path, style: str, jobs: int, *, strict: bool) -> None:
    """Write docs/documents only, no site."""
    from readingroom import pipeline  # noqa: PLC0415 - see build

    collection = _collection(config_file)
    outcome = _guarded(lambda: pipeline.convert(collection, strict=strict, jobs=jobs))
    _print(outcome.problems, style)
    click.echo(f"{_shown(collection.pages)}: {outcome.written} pages written, {outcome.documents} in all.")
    sys.exit(1 if outcome.failed else 0)


@main.command()
@_CONFIG
@click.option("-a", "--address", default="127.0.0.1:8000", help="IP address and port to serve at.")
def serve(config_file: Path, address: str) -> None:
    """Live preview: seeds, annotations, pages and templates are watched."""
    from readingroom.publish.serve import serve as serve_site  # noqa: PLC0415 - see build

    host, _, port = address.rpartition(":")
    progress = Progress(sys.stderr if sys.stderr.isatty() else None)
    _guarded(lambda: serve_site(_collection(config_file), host, int(port), click.echo, progress))


@main.command()
@_CONFIG
@click.argument("document")
def explain(config_file: Path, document: str) -> None:
    """Show a seed line by line beside what each line was taken for. DOCUMENT is an id, slug or stem."""
    from readingroom.page.explain import explained  # noqa: PLC0415 - see build

    click.echo(explained(_document(_collection(config_file), document)), nl=False)


@main.command()
@_CONFIG
@click.argument("document")
def annotate(config_file: Path, document: str) -> None:
    """Start a document's annotation file, or say where it is. DOCUMENT is an id, slug or stem."""
    from readingroom.editorial.starting import started  # noqa: PLC0415 - see build

    collection = _collection(config_file)
    file, new = started(collection.docs, _document(collection, document))
    click.echo(f"{_shown(file)}: {'started' if new else 'there already, left as it is'}.")


@main.command()
@_CONFIG
@click.option("-n", "--most", default=20, show_default=True, help="How many of each kind.")
def suggest(config_file: Path, most: int) -> None:
    """Print names, abbreviations and OCR slips that editors may want to add, as Markdown to paste."""
    from readingroom import pipeline  # noqa: PLC0415 - see build
    from readingroom.editorial.suggestions import as_markdown  # noqa: PLC0415
    from readingroom.editorial.suggestions import suggest as suggested  # noqa: PLC0415

    outcome = _guarded(lambda: pipeline.read(_collection(config_file)))
    click.echo(as_markdown(suggested(outcome.edition), most))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a new, empty collection in FOLDER, which must not hold one yet."""
    from readingroom.starter import start  # noqa: PLC0415 - see build

    try:
        made = start(folder)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{_shown(folder)} is a collection now: {', '.join(made)}.")
    click.echo(f"Put seeds into {_shown(folder / 'seeds')}, then: python3 build.py -f {_shown(folder / 'mkdocs.yml')}")


def _collection(config_file: Path, site_dir: Path | None = None) -> Collection:
    if not config_file.is_file():
        raise click.ClickException(
            f"there is no {config_file} here. Go to the collection's folder, name its file with -f, "
            "or start one: build.py new DIR"
        )
    return Collection.at(config_file, site_dir)


def _document(collection: Collection, named: str) -> Edited:
    """Return the document whose id, slug or stem is `named`, or is the only one that begins so."""
    from readingroom import pipeline  # noqa: PLC0415 - see build

    documents = _guarded(lambda: pipeline.read(collection)).edition.documents
    names = {each.id: {each.id, each.document.source.id, each.document.source.stem} for each in documents}
    found = [each for each in documents if named in names[each.id]]
    found = found or [each for each in documents if any(name.startswith(named) for name in names[each.id])]
    if len(found) != 1:
        known = ", ".join(each.id for each in (found or documents)[:10])
        what = "several documents begin with" if found else "there is no document"
        raise click.ClickException(f"{what} “{named}” here: {known}")
    return found[0]


def _guarded(act: Callable[[], _T]) -> _T:
    """Return what `act` returns; what it raises of our own is said in one line."""
    from readingroom.publish.joining import JoiningError  # noqa: PLC0415 - see build
    from readingroom.publish.press import SiteError  # noqa: PLC0415
    from readingroom.publish.search import IndexingError  # noqa: PLC0415

    try:
        return act()
    except (SiteError, IndexingError, JoiningError) as error:
        raise click.ClickException(str(error)) from error


def _print(problems: tuple[Problem, ...], style: str) -> None:
    for problem in problems:
        click.echo(problem.github() if style == "github" else str(problem), err=style != "github")


def _shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    path = path.resolve()
    here = Path.cwd().resolve()
    return f"{path.relative_to(here)}" if path.is_relative_to(here) and path != here else str(path)
