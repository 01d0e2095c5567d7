"""One file an oddity: what stands in a seed, and what each line of it is taken for.

A case, `cases/<recognizer>/<oddity>.md`, says first what it shows. Then come fenced blocks:

- `seed`: the text;
- `labels`: every line that has a label, by its number, as `build.py explain` describes it; no other line has one;
- `fields` (optional): YAML of the front matter; other keys may be there, `null` says that a key must not. Five keys are
  not of the front matter: `joins`, the pairs of lines over which a sentence goes on; `pages`, the lines on which a page
  begins; `shown`, the lines without OCR's own signs; `marked`, what stands between those signs; `cited`, the words of
  every citation with their line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from readingroom.editorial.edition import Edited
from readingroom.model.labels import Mark
from readingroom.page.explain import explained
from readingroom.page.front_matter import metadata
from readingroom.page.walk import walk
from readingroom.recognize.recognizers import RECOGNIZERS
from tests.reading import edited_of

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*/*.md"))
_BLOCK = re.compile(r"^```(?P<name>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LABELLED = re.compile(r" *(?P<line>\d+)  (?P<said>\S.*?)(?:  .*)?$")


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    blocks = {match["name"]: match["text"] for match in _BLOCK.finditer(path.read_text(encoding="utf-8"))}
    edited = edited_of(blocks["seed"])
    lines = explained(edited).split("\n")[: len(edited.document.text.lines)]
    assert _labels(lines) == _labels(blocks["labels"].split("\n"))
    found = {**metadata(edited), **_places(edited)}
    for key, value in (yaml.safe_load(blocks.get("fields", "")) or {}).items():
        assert {key: found.get(key)} == {key: value}


def _labels(lines: list[str]) -> Mapping[int, str]:
    """What each line was taken for; lines without a label are left out."""
    matches = map(_LABELLED.match, lines)
    return {int(match["line"]): match["said"] for match in matches if match}


def _places(edited: Edited) -> Mapping[str, Any]:
    """Joins and page starts, by their lines; the lines without OCR's signs, and what OCR marked."""
    document = edited.document
    line = document.text.line_at
    return {
        "joins": [[line(join.before - 1).number, line(join.after).number] for join in document.joins],
        "pages": [line(start).number for start in document.page_starts],
        "shown": ["".join(s.words for s in strokes if not s.delimiter) for strokes in walk(document)],
        "cited": [[" ".join(r.as_written.split()), line(r.span.start).number] for r in document.references],
        "marked": [[str(m.mark), document.text[m.span]] for m in document.marks if m.mark is not Mark.DELIMITER],
    }


def test_every_recognizer_has_cases() -> None:
    rooms = {path.parent.name for path in FILES}
    assert rooms == {recognizer.__module__.rpartition(".")[2] for recognizer in RECOGNIZERS} | {"ocr_marks", "parts"}
