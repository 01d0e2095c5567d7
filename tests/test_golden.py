"""The Markdown pages of the five documents, compared whole; `--update-golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

from readingroom.editorial.edition import Edition
from readingroom.page.markdown import page

GOLDEN = Path(__file__).parent / "golden"


def test_pages_are_the_golden_ones(demo: Edition, update_golden: bool) -> None:  # noqa: FBT001 - a fixture
    pages = {f"{edited.id}.md": page(edited) for edited in demo.documents}
    if update_golden:
        GOLDEN.mkdir(exist_ok=True)
        for name, text in pages.items():
            (GOLDEN / name).write_text(text, encoding="utf-8", newline="\n")
    golden = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.md")}
    assert sorted(pages) == sorted(golden)
    for name, text in pages.items():
        assert text == golden[name], f"{name} differs from tests/golden/{name}; if it should: pytest --update-golden"
