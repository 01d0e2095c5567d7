"""Real documents, damaged at random: each converts without a failure and stands whole, once and in order, on its page.

Every mutant goes all the way: bytes, seed, labels, page, HTML by all extensions of mkdocs.yml, the words that are seen.
They are held against the bytes in the encoding that the page names, as `../shared/tools/fidelity.py` does it.
In the slow lane chance begins with a seed of its own on every run; the run says which. The same documents are damaged
the same way again with `--mutants SEED`, and one mutant alone with `--mutants SEED/NUMBER`.
"""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from mkdocs.utils.meta import get_data

from readingroom.page.markdown import page
from readingroom.recognize.recognizers import recognize
from readingroom.source.seeds import read_seeds
from tests.mutants import mutant
from tests.reading import SEEDS, edition_of, html_of
from tests.scores import SHARED
from tests.shown import Shown, words_of

CORPORA = SHARED / "corpora"
FEW, MANY = 200, 20_000
_TOLD = 5
"""So many failures are told in full."""


@cache
def documents(place: Path) -> tuple[str, ...]:
    """The texts of all seeds below a folder, in the order of their names."""
    seeds = sorted(path for path in place.rglob("*") if path.suffix in {".txt", ".md"})
    return tuple(path.read_bytes().decode(errors="replace") for path in seeds)


def wrong_with(data: bytes) -> str:
    """What is wrong with how these bytes, as a seed, are read, converted and shown; nothing where nothing is."""
    with TemporaryDirectory() as work:
        folder = Path(work) / "seeds"
        folder.mkdir()
        (folder / "mutant.txt").write_bytes(data)
        seeds = read_seeds(folder)
    if not seeds.read:
        return f"no seed: {seeds.failed[0].problem}"
    try:
        body, front = get_data(page(edition_of(map(recognize, seeds.read)).documents[0]))
        seen = Shown.of(html_of(body)).seed_words
    except Exception:  # noqa: BLE001 - whatever it is, it is the failure that is looked for
        return traceback.format_exc()
    encoding = str(front["source"]["encoding"]).replace("utf-8", "utf-8-sig").replace("-sig-sig", "-sig")
    typed = words_of(data.decode(encoding, errors="replace"))
    if seen == typed:
        return ""
    at = next((at for at, pair in enumerate(zip(typed, seen, strict=False)) if pair[0] != pair[1]), 0)
    return f"word {at}: the seed has {typed[max(0, at - 3) : at + 5]}, the page {seen[max(0, at - 3) : at + 5]}"


def _failures(place: Path, seed: int, numbers: Iterable[int]) -> list[str]:
    """What is wrong with the mutants of these numbers, each with what makes it again."""
    found = []
    for number in numbers:
        made = mutant(documents(place), seed, number)
        if wrong := wrong_with(made.data):
            found.append(f"--mutants {seed}/{number} ({', '.join(made.changes)}): {wrong}")
    return found


@pytest.fixture
def chance(mutants: str) -> tuple[int, Iterable[int] | None]:
    """The seed of chance, and the number of the only mutant asked for, if one is."""
    seed, _, number = mutants.partition("/")
    return int(seed), [int(number)] if number else None


def test_damaged_papers_of_the_demonstration_edition_stand_whole(chance: tuple[int, list[int] | None]) -> None:
    seed, asked = chance
    assert _failures(SEEDS, seed, asked or range(FEW)) == []


@pytest.mark.long
def test_thousands_of_damaged_real_papers_stand_whole(chance: tuple[int, list[int] | None]) -> None:
    if not CORPORA.is_dir():
        pytest.skip(f"not run: there are no real papers at {CORPORA}")
    seed, asked = chance
    numbers = asked or range(MANY)
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as both:
        batches = [numbers[at : at + 100] for at in range(0, len(numbers), 100)]
        found = [line for some in both.map(partial(_failures, CORPORA, seed), batches) for line in some]
    told = "\n".join(found[:_TOLD])
    assert not found, f"{len(found)} of {len(numbers)} mutants failed, the first being\n{told}"
