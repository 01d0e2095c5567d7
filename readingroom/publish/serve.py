"""Live preview: the site is built anew whenever a seed, an annotation, a page or a template is saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.problems import tally
from readingroom.progress import Progress
from readingroom.publish.plugin import OVERRIDES
from readingroom.publish.press import SiteError
from readingroom.publish.search import IndexingError

Say = Callable[[str], None]


def serve(collection: Collection, host: str, port: int, say: Say, progress: Progress | None = None) -> None:
    """Serve the collection until interrupted. Problems are said at each build and stop nothing but the broken page.

    The preview is kept beside what builds keep, so that the next one begins where this one ends.
    """
    preview = Collection(collection.config_file, collection.cache / "preview", preview=True)

    def rebuild(jobs: int = 1) -> None:
        try:
            outcome = pipeline.build(preview, progress, keep_going=True, jobs=jobs)
        except (SiteError, IndexingError) as error:
            say(f"not built: {error}")
            return
        for problem in outcome.problems:
            say(str(problem))
        say(f"{outcome.documents} documents: {tally(outcome.problems)}.")

    rebuild(jobs=0)  # before the server has threads, which processes must not be forked from
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(preview.site_dir), mount_path="/")
    try:
        for watched in _watched(collection):
            server.watch(str(watched))
        say(f"Serving on {server.url} (stop with Ctrl-C)")
        server.serve()  # type: ignore[no-untyped-call] # MkDocs' server has no types here
    except KeyboardInterrupt:
        say("stopped")
    finally:
        server.shutdown()


def _watched(collection: Collection) -> list[Path]:
    """Return what is watched: all that people write, and not the pages that a build writes itself."""
    docs = [path for path in sorted(collection.docs.iterdir()) if path != collection.pages]
    places = [collection.config_file, collection.seeds, *docs, OVERRIDES, collection.root / "overrides"]
    return [path for path in dict.fromkeys(places) if path.exists()]
