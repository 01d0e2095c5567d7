"""One look for many patterns says what they say one by one, also where their words stand a little way into a line."""

from __future__ import annotations

import re

import pytest

from readingroom.data import table
from readingroom.recognize.first_look import AnyOf
from tests.reading import ROOT

HEADS = [pattern for name, patterns in table("paper_heads").items() if name != "bears" for pattern in patterns]
KINDS = [pattern for kind in table("kinds").values() for pattern in kind.get("begins", ())]
LINES = (
    *(line for seed in sorted((ROOT / "seeds").iterdir()) for line in seed.read_text("utf-8").split("\n")),
    "PRITY WAVE INFO DIR CITE PARI 1234",
    "PAGE TWO",
    "SECRET     Page 2",
    "THE PAGES THAT FOLLOW",
    "SUBJECT (continued)",
    "(CONT'D)",
    "DISCONTINUED",
    "INTELLIGENCE INFORMATION REPORT",
    "an information report",
)


@pytest.mark.parametrize("patterns", [HEADS, KINDS], ids=["heads", "kinds"])
def test_says_what_the_patterns_say(patterns: list[str]) -> None:
    one_look, one_by_one = AnyOf(patterns), [re.compile(pattern) for pattern in patterns]
    said = [line for line in LINES if any(pattern.match(line) for pattern in one_by_one)]
    assert said
    assert [line for line in LINES if one_look.match(line)] == said


def test_no_patterns_match_nothing() -> None:
    assert not AnyOf(()).match("")
