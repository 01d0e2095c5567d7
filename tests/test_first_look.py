"""One look for many patterns, or for the words that they bear, leaves out no line that one of them would match."""

from __future__ import annotations

import re

import pytest

from readingroom.data import table
from readingroom.recognize.first_look import AnyOf, Capitals
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


CASES = (
    *LINES,
    *(line for case in sorted((ROOT / "tests/cases").rglob("*.md")) for line in case.read_text("utf-8").split("\n")),
)
ANCHORS = [
    (pattern, table("paper_heads")["bears"])
    for name in ("title", "message", "cover", "number", "salutation")
    for pattern in table("paper_heads")[name]
]
MARKS = [(mark["begins"], [mark["bears"]]) for marks in table("release_marks").values() for mark in marks]
DURATIONS = [
    (form["form"] if form.get("begins") else f".*?(?:{form['form']})", form["bears"])
    for form in table("duration_lines")["forms"]
]
PRINTED = [(f"{pattern}$", table("furniture")["bears"]) for pattern in table("furniture")["printed"]]


@pytest.mark.parametrize(
    ("forms", "flags"),
    [(ANCHORS, re.NOFLAG), (MARKS, re.IGNORECASE), (DURATIONS, re.IGNORECASE), (PRINTED, re.IGNORECASE)],
    ids=["heads", "release", "durations", "furniture"],
)
def test_a_line_that_matches_bears_the_words(forms: list[tuple[str, list[str]]], flags: re.RegexFlag) -> None:
    matched = [(line, words) for pattern, words in forms for line in CASES if re.match(pattern, line, flags)]
    assert matched
    assert [line for line, words in matched if not Capitals([(1, line)]).say(words)] == []


def test_lines_with_signs_are_found_in_capitals_and_latin_letters() -> None:
    lines = Capitals([(2, "Reply to Memo of May 3"), (5, "ТО: all stations"), (6, ""), (9, "To 3 posts")])
    assert lines.numbers == [2, 5, 6, 9]
    assert lines.numbers_with(("MEMO",)) == {2}
    assert lines.numbers_with(("\nTO",)) == {5, 9}
    assert lines.numbers_with((re.compile(r"\d[^\n]*"), "STATIONS\n")) == {2, 5, 9}
    assert lines.numbers_with(()) == set()


def test_no_patterns_match_nothing() -> None:
    assert not AnyOf(()).match("")
