"""What conversion costs beside MkDocs' rendering of the same pages, on one core: a table of milliseconds a document.

    python benchmarks/convert.py [--growth] SEEDS [SEEDS …]

Each folder of seeds is made a collection of its own in a temporary place. Conversion is what `build.py convert` does:
reading, recognizing, linking, writing pages. Rendering is what MkDocs then does with these pages, with all that lies
beside them and the words that the search is to index, and no index.

With --growth it says instead how the processor's time grows, which is to be in proportion: how many times longer a
document of 5 MB takes than one of 0.5 MB, made of the longest seed of each folder over and over, on its own lines and
on one single line (10 is proportion; recognizing, writing the page, setting it by our Markdown extension); and how many
times longer the conversion of 100 times the folder's seeds takes than that of the folder (100 is proportion).
"""

import logging
import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from markdown import Markdown

from readingroom import pipeline
from readingroom.collection import Collection
from readingroom.editorial.editing import edit
from readingroom.model.document import Seed, Source
from readingroom.model.text import Text
from readingroom.page.markdown import page
from readingroom.publish.site import render
from readingroom.publish.transcription import TranscriptionExtension
from readingroom.recognize.recognizers import recognize
from readingroom.starter import start

LARGE, SMALL = 5_000_000, 500_000
"""Characters of the two documents that are held against each other."""
TIMES = 100
"""How often each seed stands in the large collection."""


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


def seed_files(seeds: Path) -> list[Path]:
    """The files below a folder that are seeds, sorted."""
    return sorted(path for path in seeds.rglob("*") if path.suffix in {".txt", ".md"})


def seconds_of_text(text: str) -> float:
    """The processor's seconds for a document of this text, from recognizing it to the HTML of its page."""
    begun = time.process_time()
    document = recognize(Seed(Source("seeds/text.txt", "text", "text", "0" * 64, "utf-8", len(text)), Text(text)))
    written = page(edit([document], (), Path("no-such-docs")).documents[0])
    Markdown(extensions=[TranscriptionExtension()]).convert(written.partition("\n---\n")[2])
    return time.process_time() - begun


def growth_in_length(text: str) -> float:
    """How many times longer the large document of `text`, over and over, takes than the small one."""
    small, large = ((text * (size // len(text) + 1))[:size] for size in (SMALL, LARGE))
    return seconds_of_text(large) / seconds_of_text(small)


def growth_in_number(seeds: Path) -> float:
    """How many times longer the conversion of each seed under a hundred names takes than that of the seeds."""
    seconds = []
    for times in (1, TIMES):
        with TemporaryDirectory() as work:
            root = Path(work) / "collection"
            start(root)
            for file in seed_files(seeds):
                for number in range(times):
                    shutil.copy(file, root / "seeds" / f"{number}-{file.name}")
            begun = time.process_time()
            pipeline.convert(Collection.at(root / "mkdocs.yml"))
            seconds.append(time.process_time() - begun)
    return seconds[1] / seconds[0]


def growth(folders: list[str]) -> None:
    """Prints for each folder how time grows with a document's length, with a line's, and with their number."""
    print(
        f"{'seeds':40} {'5 MB':>9} {'one line':>9} {'x 100':>9}   (times the time of 0.5 MB, of 0.5 MB, of the folder)"
    )
    for folder in folders:
        texts = [path.read_bytes().decode(errors="replace") for path in seed_files(Path(folder))]
        longest = max(texts, key=len)
        lengths = growth_in_length(f"{longest}\n"), growth_in_length(f"{' '.join(longest.split())} ")
        print(f"{folder[-40:]:40} {lengths[0]:9.1f} {lengths[1]:9.1f} {growth_in_number(Path(folder)):9.1f}")


def main(arguments: list[str]) -> None:
    """Prints a row for each folder."""
    folders = [argument for argument in arguments if argument != "--growth"]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    logging.disable(logging.WARNING)
    if folders != arguments:
        growth(folders)
        return
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
