"""Quotations: any run of words is found exactly where it stands, or all its places are named and a line settles it."""

import random
import re
from pathlib import Path

import pytest

from readingroom.editorial.notes import place
from readingroom.editorial.passages import read_said
from readingroom.model.document import Document
from readingroom.recognize.recognizers import recognize
from readingroom.source.seeds import read_seeds

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT.parent / "shared" / "corpora"
RANDOM_SEED = 20261120
_WORDS = re.compile(r"\S+")
_SIGNS = re.compile(r"([\\`*_\[\]<>{}#!~])")


def _documents(folder: Path) -> list[Document]:
    return [recognize(seed) for seed in read_seeds(folder).read]


def _quoted(words: str) -> str:
    """Return words as an editor may quote them: on one line, with backslashes where Markdown would act."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def _holds(documents: list[Document], runs: int, chance: random.Random) -> list[str]:
    """Return what went wrong, a line each, in `runs` quotations of 3 to 40 words from random places."""
    wrong = []
    for _ in range(runs):
        document = chance.choice(documents)
        content = document.text.content
        words = list(_WORDS.finditer(content))
        if len(words) < 3:
            continue
        count = chance.randint(3, min(40, len(words)))
        first = chance.randrange(len(words) - count + 1)
        start, end = words[first].start(), words[first + count - 1].end()
        fault = _fault(document, content[start:end], start, end)
        if fault:
            wrong.append(f"{document.source.id} [{start}:{end}] {content[start:end]!r}: {fault}")
    return wrong


def _fault(document: Document, words: str, start: int, end: int) -> str | None:
    if not any(c.isalnum() for c in words):
        return None
    placed = place(document, read_said(f"> {_quoted(words)}\n\nA note.\n", 1).passages, "file")
    if placed.notes:
        found = placed.notes[0].span
        return None if _letters(document, found.start, found.end) == _letters(document, start, end) else "elsewhere"
    problem = placed.problems[0]
    if problem.code != "RR207":
        return str(problem)
    line = document.text.line_at(start).number
    if str(line) not in re.findall(r"\d+", problem.message.split("on lines ")[1].split(".")[0]):
        return f"its line {line} is not among those named: {problem}"
    settled = place(document, read_said(f"> [{_quoted(words)}](#L{line})\n\nA note.\n", 1).passages, "file")
    if settled.notes:
        found = settled.notes[0].span
        return None if line == document.text.line_at(found.start).number else "settled elsewhere"
    return None if settled.problems[0].code == "RR208" else str(settled.problems[0])


def _letters(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the places of the first and last letter or digit in a range."""
    signs = {at for tag in re.finditer(r"</?u>", document.text.content) for at in range(*tag.span())}
    places = [at for at in range(start, end) if document.text.content[at].isalnum() and at not in signs]
    return places[0], places[-1]


def test_runs_of_the_seeds_anchor_to_exactly_those_words() -> None:
    assert _holds(_documents(ROOT / "seeds"), 3000, random.Random(RANDOM_SEED)) == []  # noqa: S311 - no secret


@pytest.mark.long
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here; they are samples of larger ones")
def test_runs_of_the_corpora_anchor_to_exactly_those_words() -> None:
    chance = random.Random(RANDOM_SEED)  # noqa: S311 - no secret
    for folder in (CORPORA / "cables" / "seeds", CORPORA / "jfk" / "seeds"):
        assert _holds(_documents(folder), 4000, chance) == []
