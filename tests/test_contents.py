"""A long paper has a list of its headings and pages, each leading to its place; a short one has none."""

from __future__ import annotations

import re
from pathlib import Path

from tests.small import GOOD, Small

_PAGE = "{heading}\n\nThe text of this page of the paper goes on in a sentence, and ends.\n\nSECRET\n\nSECRET\n\n"
_HEADINGS = ("MEMORANDUM", "SUMMARY", "BACKGROUND", "DISCUSSION", "RECOMMENDATION")


def _long() -> str:
    pages = (_PAGE.format(heading=heading) for heading in _HEADINGS)
    return f"SECRET\n\n{''.join(pages)}The end.\n"


def test_headings_and_pages_of_a_long_paper_lead_to_their_places(tmp_path: Path) -> None:
    small = Small.at(tmp_path, {"long.txt": _long()})
    assert not small.build().failed
    html = small.html("documents/long")
    contents = html[html.index('class="rr-contents"') : html.index("</nav>", html.index('class="rr-contents"'))]
    links = dict(re.findall(r'<a href="#([^"]+)">([^<]+)</a>', contents))
    assert [words for anchor, words in links.items() if anchor.startswith("L")] == list(_HEADINGS)
    assert [words for anchor, words in links.items() if anchor.startswith("page-")] == ["2", "3", "4", "5", "6"]
    assert set(links) <= {element.attributes.get("id") for element in small.shown("documents/long").root.all()}


def test_a_short_paper_has_no_contents(tmp_path: Path) -> None:
    small = Small.at(tmp_path, {"short.txt": GOOD})
    small.build()
    assert "rr-contents" not in small.html("documents/short")
