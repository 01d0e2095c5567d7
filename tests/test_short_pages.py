"""What a page costs: few bytes beside its words, and no work that grows with what has been said already."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from types import SimpleNamespace
from xml.etree.ElementTree import ElementTree

import pytest
from jinja2 import Environment
from jinja2.runtime import Context
from markdown import Markdown

from readingroom.page.markdown import END_FENCE, FENCE
from readingroom.publish.frame import Frame
from readingroom.publish.tight import Tight
from tests.reading import html_of
from tests.shown import Shown
from tests.small import GOOD, Small

A_LINE = "The text goes on from line to line."
MOST_MARKUP_A_LINE = 24
MOST_BESIDE_A_TEXT = 10_000


def _page(lines: int) -> str:
    return "\n".join((f"# Title\n\n{FENCE}", *([A_LINE] * lines), END_FENCE, ""))


def test_a_line_takes_few_bytes_beside_its_words() -> None:
    more, fewer = (len(html_of(_page(lines)).encode()) for lines in (200, 100))
    assert (more - fewer) / 100 - len(A_LINE) <= MOST_MARKUP_A_LINE


def test_markdown_reads_no_line_of_a_transcription(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    stripped = Markdown(extensions=["readingroom.publish.transcription"])
    parse = stripped.parser.parseDocument

    def counted(lines: list[str]) -> ElementTree:
        read.append(len(lines))
        return parse(lines)

    monkeypatch.setattr(stripped.parser, "parseDocument", counted)
    pages = [stripped.reset().convert(_page(lines)) for lines in (1, 500)]
    assert read[0] == read[1]
    assert [page.count(A_LINE) for page in pages] == [1, 500]


def test_a_document_s_page_takes_few_bytes_beside_its_text(tmp_path: Path) -> None:
    small = Small.at(tmp_path, {"letter.txt": GOOD})
    small.build()
    html = small.html("documents/letter")
    assert len(html.encode()) - len(GOOD) <= MOST_BESIDE_A_TEXT
    assert not [line for line in html.split("\n") if line != line.lstrip()]


def test_each_place_is_filled_once_whatever_an_editor_writes() -> None:
    noted = f"*[1:]*Words*[note 1]*\n{END_FENCE}\n<!-- note 1 -->\n\nreadingroom-place-\n"
    shown = Shown.of(html_of(f"# Title\n\nreadingroom-place\n\n{FENCE}\n{noted}"))
    assert shown.seed_words == ["Words"]
    assert shown.root.tagged("p")[0].text().strip() == "readingroom-place"
    (note,) = shown.root.tagged("aside")
    assert note.text().split() == ["Note", "1", "readingroom-place-"]


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ("  <ul>\n    <li>a</li>\n\n  </ul>", "<ul>\n<li>a</li>\n</ul>"),
        ("<p>a\n  {% if x %}\n  b\n  {% endif %}\n  c</p>", "<p>a\n{% if x %}b\n{% endif %}c</p>"),
        ("{% if x %}a{% endif %}\nb", "{% if x %}a{% endif %}\nb"),
        ('a\n{% include "b.html" %}\nc', 'a\n{% include "b.html" %}\nc'),
        ("<pre>\n  a\n\n  b\n</pre>", "<pre>\n  a\n\n  b\n</pre>"),
    ],
)
def test_templates_lose_only_the_white_space_of_their_readers(source: str, tight: str) -> None:
    assert Tight(Environment(autoescape=True)).preprocess(source, None) == tight


def test_a_part_of_the_frame_is_asked_for_once_a_folder_and_by_each_page_of_the_menu() -> None:
    menu = _of("timeline/")
    asked = [_of("documents/a/"), _of("documents/b/"), menu, menu, _of("people/a/"), _of("documents/c/")]
    said: list[str] = []

    def say(page: SimpleNamespace) -> str:
        said.append(page.url)
        return "a menu"

    frame = Frame()
    for page in asked:
        context = Context(Environment(autoescape=True), {"page": page, "nav": SimpleNamespace(pages=[menu])}, None, {})
        assert frame.once(context, "header", partial(say, page)) == "a menu"
    assert said == ["documents/a/", "timeline/", "timeline/", "people/a/"]


def _of(url: str) -> SimpleNamespace:
    return SimpleNamespace(url=url, meta={})
