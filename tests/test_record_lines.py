"""The lines of a document's record are those of its page: what carries the page apart, the signs of OCR taken off."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings

from readingroom.model.document import Document
from readingroom.model.labels import APART
from readingroom.page.walk import walk
from tests.any_text import any_text
from tests.indexing import records
from tests.reading import SEEDS, document_of, edition_of


def _as_shown(document: Document) -> tuple[list[tuple[int, str]], int]:
    """The lines put together from the strokes of the page, and how many of them are text."""
    kept: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for line, strokes in zip(document.text.lines, walk(document), strict=True):
        for stroke in strokes:
            into = kept[stroke.label is not None and stroke.label.kind in APART]
            if not stroke.delimiter and (line.number in into or stroke.words.strip()):
                into[line.number] = into.get(line.number, "") + stroke.words
    return [each for lines in kept for each in lines.items()], len(kept[0])


def _holds_what_is_shown(text: str) -> None:
    document = document_of(text)
    record = records(edition_of([document]))[0]
    lines, text_lines = _as_shown(document)
    assert list(record.lines) == lines
    assert record.furniture == (text_lines if text_lines < len(lines) else None)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(any_text)
@example("")
@example("**SECRET**\n  **bold** and ~~struck~~\n\n- 2. \nPAGE 02 KIGALI 01234 071310Z\nand on")
def test_any_text(text: str) -> None:
    _holds_what_is_shown(text)


def test_real_papers() -> None:
    for seed in SEEDS.glob("*.txt"):
        _holds_what_is_shown(seed.read_bytes().decode())
