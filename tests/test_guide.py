"""Every example of the guide for editors is an annotation that holds for its document."""

import re
from pathlib import Path

import pytest

from readingroom.editorial.notes import place
from readingroom.editorial.passages import read_said
from readingroom.recognize.recognizers import recognize
from readingroom.schema import faults
from readingroom.source.front_matter import read_page
from readingroom.source.seeds import read_seeds

ROOT = Path(__file__).resolve().parents[1]
GUIDE = (ROOT / "docs" / "about" / "annotating.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^For document `([^`]+)`:\n\n```markdown\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
DOCUMENTS = {seed.source.stem: recognize(seed) for seed in read_seeds(ROOT / "seeds").read}


def test_every_markdown_block_of_the_guide_is_an_example() -> None:
    assert len(EXAMPLES) == GUIDE.count("```markdown")


@pytest.mark.parametrize(("stem", "words"), EXAMPLES)
def test_example_holds(stem: str, words: str) -> None:
    page = read_page(words)
    assert list(faults(page.data, "annotation")) == []
    said = read_said(page.body, page.body_line)
    assert place(DOCUMENTS[stem], said.passages, "example").problems == ()
