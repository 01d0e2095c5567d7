"""What conversion costs beside MkDocs' rendering of the same pages, on one core: a table of milliseconds a document.

    python benchmarks/convert.py SEEDS [SEEDS …]

Each folder of seeds is made a collection of its own in a temporary place. Conversion is what `build.py convert` does:
reading, recognizing, linking, writing pages. Rendering is what MkDocs then does with these pages and no search index.
"""

import logging
import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.publish.site import render
from readingroom.starter import start


def measured(seeds: Path, work: Path) -> tuple[int, float, float]:
    """How many documents `seeds` has, and the processor's seconds for converting and for rendering them."""
    start(work)
    shutil.copytree(seeds, work / "seeds", dirs_exist_ok=True)
    collection = Collection.at(work / "mkdocs.yml")
    begun = time.process_time()
    outcome = pipeline.convert(collection)
    converted = time.process_time()
    render(collection, outcome.edition, work / "site")
    return len(outcome.edition.documents), converted - begun, time.process_time() - converted


def main(folders: list[str]) -> None:
    """Prints a row for each folder."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    logging.disable(logging.WARNING)
    print(f"{'seeds':40} {'documents':>9} {'convert':>9} {'render':>9} {'ratio':>6}   (milliseconds a document)")
    for folder in folders:
        with TemporaryDirectory() as work:
            documents, converting, rendering = measured(Path(folder), Path(work) / "collection")
        each = 1000 / documents
        ratio = converting / rendering
        print(f"{folder[-40:]:40} {documents:9} {converting * each:9.1f} {rendering * each:9.1f} {ratio:6.2f}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    main(sys.argv[1:])
