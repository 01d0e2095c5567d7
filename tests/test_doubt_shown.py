"""What a document's page says of release and of doubt: the text's own words and no more, and doubt for eye and ear."""

from __future__ import annotations

import pytest

from readingroom.export.citing.citation import Site, citation
from readingroom.page.markdown import page
from readingroom.publish.views.document import document_view
from readingroom.publish.views.neighbors import Neighbors
from readingroom.publish.views.strip import strip
from tests.reading import document_of, edited_of, edition_of, html_of
from tests.shown import Element, Shown

JFK_LINE = "2025 RELEASE UNDER THE PRESIDENT JOHN F. KENNEDY ASSASSINATION RECORDS ACT OF 1992"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (JFK_LINE, ["released in 2025 under the JFK Assassination Records Act of 1992, extent not shown"]),
        (
            "Declassified/Released US Department of State EO Systematic Review 30 JUN 2005",
            ["released on June 30, 2005 by the Department of State, extent not shown"],
        ),
        ("RELEASED IN PART", ["released in part"]),
        (
            "DECLASSIFIED IN PART\nPER E. O. 13526",
            ["released in part under E.O. 13526"],
        ),
        ("DECLASSIFIED UNDER E.O. 12958", ["stamped at review: “DECLASSIFIED UNDER E.O. 12958”"]),
        (
            "SEE SANITIZED VERSION NLK-84-149",
            ["stamped at review: “SEE SANITIZED VERSION NLK-84-149”"],
        ),
        (
            "UNCLASSIFIED U.S. Department of State Case No. F-2014-01300 Doc No. C05517350 Date: 03/26/2014",
            ["marked UNCLASSIFIED at release by the Department of State, March 26, 2014"],
        ),
        ("A text that shows nothing of release.", []),
    ],
)
def test_the_strip_says_what_the_release_line_shows(line: str, said: list[str]) -> None:
    assert list(strip(edited_of(f"{line}\n\nMEMORANDUM FOR: Chief, WHD\n\nThe text.\n"))) == [
        "No classification marking in this text",
        *said,
    ]


@pytest.mark.parametrize("date", ["26 November 1968", "November 26, 1968"])
def test_the_strip_has_the_month_of_a_certain_date(date: str) -> None:
    assert next(iter(strip(edited_of(f"SECRET\n\n{date}\n\nThe text.\n")))) == "Marked SECRET, November 1968"


def test_the_strip_has_no_month_of_an_inferred_date() -> None:
    text = "SECRET\n\nMeeting with the Colonel on Saturday,\n10 October 1964\n\nThe text.\n"
    assert next(iter(strip(edited_of(text)))) == "Marked SECRET"


def test_the_record_says_what_a_value_was_inferred_from() -> None:
    edition = edition_of([document_of("Dear Charles,\n\nThank you for the letter.\n\nSincerely,\n\nRichard Helms\n")])
    edited = edition.documents[0]
    view = document_view(edited, Neighbors.of(edition), citation(edited, Site.of("", None, ())))
    facts = {fact.label: fact for fact in view.facts}
    assert (facts["To"].certainty, facts["To"].note) == ("inferred", "inferred from the salutation")
    assert (facts["From"].certainty, facts["From"].note) == ("inferred", "inferred from the signature")
    assert (facts["Type"].certainty, facts["Type"].note) == ("exact", "")


def test_doubtful_lines_are_seen_and_heard() -> None:
    shown = Shown.of(
        html_of(page(edited_of("MEMORANDUM FOR THE RECORD\nSURFECT: A meeting\n\nSECPET\n\nThe text.\n")))
    ).transcription
    doubtful = {block.attributes["title"]: heard(block) for block in shown.all(lambda each: "title" in each.attributes)}
    assert doubtful == {
        "Subject, damaged": "Subject, damaged: ",
        "Classification marking, damaged": "Classification marking, damaged: ",
    }


def heard(block: Element) -> str:
    """What a listener is told of a block before its words; a line's number is told of every block."""
    told = (each for each in block.all(lambda each: "rr-heard" in each.classes) if "data-editorial" in each.attributes)
    return "".join(each.text() for each in told)
