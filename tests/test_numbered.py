"""Which message here a citation means: the same post and number come back every year, and zeros say nothing."""

from __future__ import annotations

from readingroom.editorial.edition import Edition
from readingroom.editorial.missing import missing
from tests.reading import document_of, edition_of


def telegram(number: str, day: str, text: str = "TEXT", post: str = "LA PAZ") -> str:
    return f"""R {day}
FM AMEMBASSY {post}
TO SECSTATE WASHDC

UNCLAS {post} {number}

1. {text}.

BOEKER
"""


def edition(*texts: str) -> Edition:
    return edition_of(document_of(text, f"d{at}") for at, text in enumerate(texts, 1))


def cited(edition: Edition, stem: str) -> list[str | None]:
    return [citation.document for each in edition.documents if each.id == stem for citation in each.citations]


def test_a_number_is_of_the_citing_messages_year() -> None:
    found = edition(
        telegram("0123", "021359Z MAR 78"),
        telegram("00123", "021359Z MAR 79"),
        telegram("0400", "021359Z JUL 79", "SEE LA PAZ 0123"),
    )
    assert cited(found, "d3") == ["d2"]
    assert [each.id for each in found.cited_by["d2"]] == ["d3"]


def test_a_year_before_the_number_counts() -> None:
    found = edition(telegram("0123", "021359Z MAR 78"), telegram("0400", "021359Z JUL 79", "SEE 78 LA PAZ 0123"))
    assert cited(found, "d2") == ["d1"]


def test_a_day_later_in_the_year_is_of_the_year_before() -> None:
    found = edition(
        telegram("9123", "281359Z DEC 78"), telegram("0400", "021359Z FEB 79", "SEE LA PAZ 9123 OF DECEMBER 28")
    )
    assert cited(found, "d2") == ["d1"]


def test_a_post_in_january_cites_its_own_higher_number_of_the_year_before() -> None:
    found = edition(telegram("9123", "281359Z DEC 78"), telegram("0012", "021359Z JAN 79", "SEE LA PAZ 9123"))
    assert cited(found, "d2") == ["d1"]
    found = edition(telegram("9123", "281359Z DEC 78"), telegram("0012", "021359Z FEB 79", "SEE LA PAZ 9123"))
    assert cited(found, "d2") == [None]


def test_another_year_is_not_here() -> None:
    found = edition(telegram("0123", "021359Z MAR 78"), telegram("0400", "021359Z JUL 79", "SEE LA PAZ 0123"))
    assert cited(found, "d2") == [None]
    assert [(each.thing.cites, each.thing.year) for each in missing(found)] == [("LA PAZ 123", "1979")]


def test_a_number_of_two_years_is_missing_twice() -> None:
    found = edition(
        telegram("0300", "021359Z JUL 78", "SEE LIMA 1234"), telegram("0400", "021359Z JUL 79", "SEE LIMA 1234")
    )
    assert [(each.thing.cites, each.thing.year) for each in missing(found)] == [
        ("LIMA 1234", "1978"),
        ("LIMA 1234", "1979"),
    ]


def test_without_a_year_nothing_is_settled() -> None:
    found = edition(
        "CITE MEXI 6620\n\n1. TEXT.\n\nEND OF MESSAGE\n", "CITE WAVE 8124\n\n1. PER MEXI 6620.\n\nEND OF MESSAGE\n"
    )
    assert cited(found, "d2") == [None]


def test_a_page_line_cuts_the_post() -> None:
    lost = "PAGE 01 BRUSSE 03953 081041Z\nR 081037Z APR 94\nFM AMEMBASSY BRUSSELS\nTO SECSTATE WASHDC\n\n1. TEXT.\n"
    found = edition(lost, telegram("0400", "121359Z APR 94", "SEE BRUSSELS 3953"))
    assert cited(found, "d2") == ["d1"]


def test_two_messages_of_one_number_settle_nothing() -> None:
    found = edition(
        telegram("0123", "021359Z MAR 79"),
        telegram("0123", "021359Z MAR 79"),
        telegram("0400", "021359Z JUL 79", "SEE LA PAZ 0123"),
    )
    assert cited(found, "d3") == [None]


def test_sections_of_one_message_know_each_other_and_are_cited_by_the_first() -> None:
    found = edition(
        telegram("SECTION 2 OF 2 LA PAZ 0123", "021359Z MAR 79").replace("LA PAZ SECTION", "SECTION"),
        telegram("SECTION 01 OF 02 LA PAZ 0123", "021359Z MAR 79").replace("LA PAZ SECTION", "SECTION"),
        telegram("0400", "021359Z JUL 79", "SEE LA PAZ 0123"),
    )
    assert found.sections == {"d2": ("d1",), "d1": ("d2",)}
    assert cited(found, "d3") == ["d2"]
