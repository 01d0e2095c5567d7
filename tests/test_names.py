"""Names in a document: the range that is found is the very words, whatever stands before and between them."""

import pytest

from readingroom.editorial.authority import Authority
from readingroom.editorial.mentions import Names
from readingroom.model.document import Seed, Source
from readingroom.model.text import Text
from readingroom.recognize.recognizers import recognize

_NAMES = Names([Authority("people", "a", "Ana Groß", "Groß", ("Anna GROSZ", "AGB"), "", None, {}, "", "docs/a.md")], ())


def _found(content: str) -> list[str]:
    document = recognize(Seed(Source("seeds/a.txt", "a", "a", "0" * 64, "utf-8", len(content)), Text(content)))
    return [content[mention.span.start : mention.span.end] for mention in _NAMES.find(document, {}).mentions]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It was **Anna** Grosz who wrote.", ["Anna** Grosz"]),
        ("It was <u>Anna Grosz</u> who wrote.", ["Anna Grosz"]),
        ("It was Anna\r\n\r\n   Grosz who wrote.", ["Anna\r\n\r\n   Grosz"]),
        ("\t\tAnna\u00a0Grosz  and  anna grosz", ["Anna\u00a0Grosz", "anna grosz"]),
        ("In the Große Straße, and of “Änna” Grosz, Änna Grosz", ["Änna Grosz"]),
        ("In the Straße we met Ana Groß", ["Ana Groß"]),
        ("AGB, not agb or AGBs, wrote", ["AGB"]),
        ("Joanna Grosz and Anna Groszer", []),
        ("", []),
    ],
)
def test_what_is_found_are_the_very_words(words: str, found: list[str]) -> None:
    assert _found(words) == found
