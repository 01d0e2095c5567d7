"""Live preview: the site is built anew whenever a seed, an annotation, a page or a template is saved."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.problems import tally
from readingroom.publish.plugin import OVERRIDES
from readingroom.publish.press import SiteError
from readingroom.publish.search import IndexingError

Say = Callable[[str], None]


def serve(collection: Collection, host: str, port: int, say: Say) -> None:
    """Serve the collection until interrupted. Problems are said at each build and stop nothing but the broken page."""
    work = Path(tempfile.mkdtemp(prefix="readingroom-"))
    preview = Collection(collection.config_file, work / "site", preview=True)

    def rebuild() -> None:
        try:
            outcome = pipeline.build(preview, keep_going=True)
        except (SiteError, IndexingError) as error:
            say(f"not built: {error}")
            return
        for problem in outcome.problems:
            say(str(problem))
        say(f"{outcome.documents} documents: {tally(outcome.problems)}.")

    rebuild()
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
        shutil.rmtree(work, ignore_errors=True)


def _watched(collection: Collection) -> list[Path]:
    """Return what is watched: all that people write, and not the pages that a build writes itself."""
    docs = [path for path in sorted(collection.docs.iterdir()) if path != collection.pages]
    places = [collection.config_file, collection.seeds, *docs, OVERRIDES, collection.root / "overrides"]
    return [path for path in dict.fromkeys(places) if path.exists()]
