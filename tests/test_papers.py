"""Where a file holds several papers: what facets, page and explain make of them. Where each begins, see cases/parts."""

from __future__ import annotations

import re

from readingroom.page.explain import explained
from tests.indexing import records
from tests.reading import document_of, edited_of, edition_of, html_of, page_of

SHEET = """ROUTING AND RECORD SHEET
FROM: Chief, Registry
13 July 1978
TO: (Officer designation, room number, and building)
"""
FIRST = """14-00000
9 May 1974

MEMORANDUM FOR: Chief, Operations
SUBJECT: Search of the Files

1. The files of this office have been checked for material.
"""
SECOND = """14-00000
22 February 1975

Dear Mr. Smith:

I have nothing to add to what I told you about this.

Sincerely,

John Jones
"""
FILE = SHEET + FIRST + SECOND


def test_facets_count_every_paper_but_no_routing_sheet_s_names() -> None:
    facets = records(edition_of([document_of(FILE)]))[0].facets
    assert facets["year"] == ("1974", "1978", "1975")
    assert facets["type"] == ("memorandum", "form", "letter")
    assert facets["to"] == ("Chief, Operations", "Mr. Smith")
    assert facets["from"] == ("John Jones",)


def test_each_paper_stands_under_a_ruler_of_this_edition_s() -> None:
    rulers = re.findall(r"<div class=rr-paper id=(\S+) data-editorial>([^<]+)</div>", html_of(page_of(FILE)))
    assert rulers == [
        ("paper-1", "Paper 1 of 3: Form, July 13, 1978"),
        ("paper-2", "Paper 2 of 3: Memorandum, May 9, 1974"),
        ("paper-3", "Paper 3 of 3: Letter, February 22, 1975"),
    ]


def test_a_file_with_one_paper_has_no_ruler() -> None:
    assert "rr-paper" not in html_of(page_of(FIRST))


def test_explain_says_what_was_read_of_each_paper() -> None:
    said = explained(edited_of(FILE))
    assert "\npaper 2 of 3, lines 5 to 11\n" in said
    assert re.search(r"\npaper 3 of 3, lines 12 to 21\n(?:.+\n)*from +John Jones  \(line 21, inferred, read\)\n", said)


def test_what_a_later_paper_says_is_not_the_file_s() -> None:
    fields = document_of(FILE).fields
    assert fields["type"].value == "memorandum"
    assert "from" not in fields
    assert "signed" not in fields
