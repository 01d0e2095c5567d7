"""Pages on which nothing is Markdown are set without Python-Markdown, to the same HTML; each has one style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from readingroom.page.markdown import END_FENCE, FENCE
from readingroom.publish.transcription import alone, transcribed
from tests.reading import html_of
from tests.small import GOOD, Small

LINES = ["*[marking: secret, struck]* ~~SECRET~~", "", "A line & [a name](../people/x.md) <u>under", "a sign</u>.", ""]
PAGE = "\n".join(["", FENCE, *LINES, END_FENCE, ""])


def test_transcription_alone_is_set_as_python_markdown_sets_it() -> None:
    lines = alone(PAGE)
    assert lines == LINES
    said, anchors = transcribed(lines, {}, {}, str)
    assert said == html_of(PAGE)
    assert [*anchors] == [f"L{number}" for number in range(1, len(LINES) + 1)]


@pytest.mark.parametrize(
    "page", [f"A headnote.\n{PAGE}", f"{PAGE}\n<!-- note 1 -->\n\nA note.\n", "A page of words.", FENCE]
)
def test_page_with_other_words_is_left_to_python_markdown(page: str) -> None:
    assert alone(page) is None


def test_python_markdown_is_asked_for_no_page_without_editors_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    render = Page.render

    def rendered(self: Page, config: MkDocsConfig, files: Files) -> None:
        asked.append(self.file.src_uri)
        render(self, config, files)

    monkeypatch.setattr(Page, "render", rendered)
    small = Small.at(tmp_path, {"bare.txt": GOOD, "noted.txt": GOOD})
    small.write("docs/annotations/noted.md", "A headnote.\n")
    small.build()
    assert {"index.md", "documents/noted.md"} <= set(asked)
    assert not {"documents/bare.md", "data/index.md"} & set(asked)


def test_empty_page_holds_no_line() -> None:
    assert alone("\n\n") == []
    assert transcribed([], {}, {}, str)[0] == ""


def test_every_page_has_one_style_sheet(demo_site: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in demo_site.rglob("*.html")]
    linked = [re.findall(r'rel="stylesheet" href="([^"]+)"', page) for page in pages if 'id="main"' in page]
    assert linked
    assert all(len(sheets) == 1 and sheets[0].endswith("assets/style.css") for sheets in linked)
