"""What looks like Markdown, HTML, a template or mathematics in a seed stands in the site character by character."""

from __future__ import annotations

import pytest

from tests.small import Small
from tests.test_urls import DATA

LINES = (
    "<script>alert(1)</script>",
    "</div></body><script src=x></script>",
    "<img src=x onerror=alert(1)>",
    "<!-- a comment",
    "[x](javascript:alert(1))",
    "![x](y.png)",
    "<http://example.org/>",
    "http://example.org/",
    "# heading",
    "## heading ##",
    "1. one",
    "1. one again",
    "7) seven",
    "{{ x }}",
    "{% raw %}",
    "{% include 'x' %}",
    "$a$ and $$b$$",
    "(c) (r) (tm)",
    "1/2 and 3/4",
    ":smile:",
    "==x==",
    "^x^ and ++y++",
    "!!! note",
    "??? note",
    "[^1]",
    "[^1]: a note",
    "    four spaces",
    "\tone tab",
    "a | b",
    "--- | ---",
    "c | d",
    "&copy; &#169; &amp;",
    "*[label]*",
    "*[marking: secret]* SECRETIVE",
    "*[HTML]: Hyper Text",
    "x -- y --- z ...",
    "'single' and \"double\"",
    "*emphasis* and _emphasis_ and __more__",
    "`code` and ```code```",
    "> quotation",
    "Term {: #id .class onclick=alert(1) }",
    ":   definition",
    "two  spaces and two at the end  ",
    "x\\y and \\n and \\",
    "~x~ and H~2~O",
    "---",
    "===",
    "LEE <HARVEY> OSWALD",
    "<!-- end of transcription -->",
)
HEAD = """FROM: A <script>alert(2) WRITER
TO: B. READER <img src=x onerror=alert(3)>
SUBJECT: <script>alert(4)</script> "quotes" & {{x}} [x](javascript:alert(5))
DATE: January 11, 1994

1. Text of the memorandum. See A. STRANGER of 1/2/94.
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A built edition of two seeds: the lines above, each between empty ones and then all together; and the head."""
    text = "\n\n".join(LINES) + "\n\n" + "\n".join(LINES) + "\n"
    small = Small.at(tmp_path_factory.mktemp("literal") / "edition", {"literal.txt": text, "head.txt": HEAD})
    assert [str(problem) for problem in small.build().problems] == []
    return small


@pytest.mark.parametrize(("number", "line"), list(enumerate(LINES)))
def test_line_stands_in_the_site_as_it_was_typed(edition: Small, number: int, line: str) -> None:
    shown = edition.shown("documents/literal")
    assert shown.line(2 * number + 1).rstrip("\n") == line.rstrip()
    assert shown.line(2 * len(LINES) + number + 1).rstrip("\n") == line.rstrip()


@pytest.mark.parametrize(
    "address", ["documents/literal", "documents/head", "documents", "withheld", "search", "people", "."]
)
def test_nothing_of_a_seed_is_active_on_any_page(edition: Small, address: str) -> None:
    root = edition.shown(address).root
    active = [script for script in root.tagged("script") if script.attributes.get("type") not in DATA]
    assert [script.text() for script in active if "src" not in script.attributes] == []
    for element in root.all():
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert "javascript:" not in element.attributes.get("href", "") + element.attributes.get("src", "")
    assert not any(element.attributes.get("src") == "x" for element in root.all())


def test_head_of_a_seed_stands_in_heading_and_record_as_it_was_typed(edition: Small) -> None:
    page = edition.shown("documents/head")
    subject = HEAD.splitlines()[2].removeprefix("SUBJECT: ")
    assert subject in " ".join(title.text() for title in page.root.tagged("h1"))
    around = " ".join(page.root.text().replace(page.transcription.text(), "").split())
    assert "A <script>alert(2) WRITER" in around
    assert "B. READER <img src=x onerror=alert(3)>" in around
    assert subject in edition.shown("documents").root.text()
