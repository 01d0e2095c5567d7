"""The rule that cuts text and queries into words: case by case, and held to the same answers as the browser's copy."""

import json
import re
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from readingroom import words
from readingroom.words import Term, Words, code, codes, fold, joined, parts, read_query, token

ASSETS = Path(__file__).parent.parent / "overrides" / "assets"

TEXT = st.text(st.characters(exclude_categories=("Cs", "Cn")))
ODD = st.text(st.sampled_from("aAzq19Üßς½’'.-‑/:$() \n\t,;–“\"ORus"), max_size=30)
ANY = st.one_of(TEXT, ODD)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("RÉSUMÉ", "resume"),
        ("Straße ΛΌΓΟΣ", "strasse λογοσ"),
        ("ﬁnal", "final"),
        ("İstanbul", "istanbul"),
        ("co\u00adoperate", "cooperate"),
        ("KOZYREV’S", "kozyrev's"),
        ("cease‑fire", "cease-fire"),
        ("5½ 1⁄2", "5 1/2  1/2"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "apart", "together"),
    [
        ("co-operation", "co operation", "cooperation"),
        ("U.S.-RUSSIA", "u s russia", "us russia"),
        ("KOZYREV’S", "kozyrev s", "kozyrevs"),
        ("NAGORNO-KARABAKH", "nagorno karabakh", "nagornokarabakh"),
        ("peace-  \n\n keeping", "peace keeping", "peacekeeping"),
        ("peace -\nkeeping", "peace keeping", "peace keeping"),
        ("NAGORNO-'\nKARABAKH", "nagorno karabakh", "nagorno karabakh"),
        ("MIR-79", "mir 79", "mir79"),
        ("1.4(d), 1993-94", "1 4 d 1993 94", "1 4 d 1993 94"),
        ("AF/C:SAHonley", "af c sahonley", "af c sahonley"),
        ("5½ snake_case", "5 1 2 snake case", "5 1 2 snake case"),
        ("C05517350 081041Z", "c05517350 081041z", "c05517350 081041z"),
        ("_____ -- …", "", ""),
    ],
)
def test_parts_and_joined_words(text: str, apart: str, together: str) -> None:
    assert parts(text) == apart.split()
    assert joined(text) == together.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AF/C:SAHonley", ["af/c", "af/c:sahonley"]),
        ("AF-01/EUR-02", ["af-01", "af-01/eur-02", "01/eur", "eur-02"]),
        ("E.O. 13526, 1.4(d)", ["e.o", "1.4", "1.4(d)"]),
        ("(U.S.)", ["u.s"]),
        ("U.S.-RUSSIA, U.S.'s", ["u.s", "u.s"]),
        ("THAT.CHRIS U.S.Army E.O.12356", ["u.s", "e.o", "e.o.12356"]),
        ("$80 US$80 ($80)", ["$80", "us$80", "$80", "$80"]),
        ("PM(D) (NAC) (PKO)?", ["pm(d)"]),
        ("S/RES/872(1993)", ["s/res/872", "s/res/872(1993)", "872(1993)"]),
        ("WASHDC//OASD/ISP//IMMEDIATE", ["washdc//oasd/isp//immediate", "oasd/isp"]),
        ("F-2014-\n01300 -----3984BC 2003.", ["f-2014-01300"]),
        ("1,780 Oct. 4", ["1,780"]),
        ("1993’s", ["1993's"]),
        ("5½", ["1/2"]),
        ("“1.4(d)”and", ["1.4", "1.4(d)"]),
    ],
)
def test_codes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("1.4(d)", "1.4(d)"),
        ("“1.4(d).”", "1.4(d)"),
        ("AF/C", "af/c"),
        ("$80", "$80"),
        ("U.S.", "u.s"),
        ("Subject:", None),
        ("C05517350", None),
        ("co-operation", None),
        ("(d)", None),
        ("5½", None),
    ],
)
def test_which_words_of_a_query_are_codes(term: str, expected: str | None) -> None:
    assert code(term) == expected


@pytest.mark.parametrize(
    ("query", "text", "matches"),
    [
        ("genocide", "the genocidal", False),
        ("informant", "INFORMATION", False),
        ("cooperation", "co-operation", True),
        ("co-operation", "cooperation", True),
        ("us", "the U.S. will", True),
        ("U.S.", "tell us", False),
        ("1.4(d)", "1, 4 d", False),
        ("14", "1.4(d)", False),
        ("$80", "80 million", False),
        ("AF/C", "AF C", False),
        ("AF/C", "AF/C:SAHonley", True),
        ('"U.S. will"', "the U.S. will", True),
        ('"us will"', "the U.S. will", True),
        ('"U.S. will"', "us will", False),
        ("“like us”", "would like us", True),
        ('"like would"', "would like us", False),
        ("like would", "would like us", True),
        ("-like us", "would like us", False),
        ('-"us like" us', "would like us", True),
        ("never OR us like", "would like us", True),
        ("never OR us not", "would like us", False),
        ("OR", "either or", True),
        ("-genocide", "anything", True),
        ("- / us", "tell us", True),
        ('"not be repeat not be"', "will not be repeat not be revealed", True),
    ],
)
def test_queries(query: str, text: str, *, matches: bool) -> None:
    assert read_query(query).matches(Words.of([text])) is matches


def test_no_phrase_runs_from_one_block_into_another() -> None:
    cut = Words.of(["would like us to", "", "support this"])
    assert not read_query('"to support"').matches(cut)
    assert read_query("to support").matches(cut)


def test_nothing_is_asked_by_signs_alone() -> None:
    assert not read_query("- / … ()")
    assert not read_query("")


@given(ANY)
def test_every_word_and_code_of_a_text_is_found_in_it(text: str) -> None:
    cut = Words.of([text])
    for word in {*parts(text), *joined(text)}:
        assert cut.has(Term(word, None, ((word,),)))
    for found in codes(text):
        assert code(found) == found
        assert read_query(found).wanted[0][0].code == found


@given(ANY)
def test_every_word_written_in_a_text_finds_it_when_asked_for(text: str) -> None:
    cut = Words.of([text])
    for chunk in re.sub(r"[-\"“”„‟]", " ", text).split():
        query = read_query(chunk)
        if query and not query.unwanted and chunk != "OR" and code(chunk) is None and chunk in text.split():
            assert query.matches(cut)


@given(ANY)
def test_folding_again_changes_nothing_for_words(text: str) -> None:
    for word in parts(text):
        assert fold(word) == word


@given(st.sets(st.text(min_size=1)))
def test_tokens_are_plain_and_never_the_same_for_two_words(some: set[str]) -> None:
    tokens = {token(word) for word in some}
    assert len(tokens) == len(some)
    assert all(re.fullmatch("[a-z]+|[0-9]+", each) for each in tokens)


def test_tokens_of_words_that_look_like_tokens() -> None:
    assert (token("may"), token("82")) == ("may", "82")
    assert token("21may82") == "zqzczbmayzizc"
    assert token(token("af/c")) != token("af/c") == "zqafzxcpzc"


def _cut(text: str) -> list[object]:
    query = read_query(text)
    shown = [[[t.as_typed, t.code, t.forms] for t in terms] for terms in (*query.wanted, query.unwanted)]
    every = (*parts(text), *joined(text), *codes(text))
    return [fold(text), parts(text), joined(text), codes(text), [token(word) for word in every], shown]


CUT_IN_THE_BROWSER = """async (texts) => {
  const rule = await import("/words.js");
  const words = (cut) => cut.map(({ word }) => word);
  return JSON.stringify(texts.map((text) => {
    const cuts = [rule.parts, rule.joined, rule.codes].map((cut) => words(cut(text)));
    const query = rule.readQuery(text);
    const shown = [...query.wanted, query.unwanted].map((terms) => terms.map((t) => [t.asTyped, t.code, t.forms]));
    return [rule.fold(text), ...cuts, cuts.flat().map(rule.token), shown];
  }));
}"""


def test_the_browser_cuts_as_we_do(
    browser: Browser, served: Callable[[Path], AbstractContextManager[str]], tmp_path: Path
) -> None:
    characters = map(chr, [number for number in range(0x30000) if number < 0x3000 or number % 17 == 0])
    assigned = [character for character in characters if unicodedata.category(character) not in {"Cs", "Cn", "Co"}]
    texts = [f"a{character}b 1{character}.2-" for character in assigned]

    @given(st.lists(ANY, min_size=20, max_size=20))
    def collect(some: list[str]) -> None:
        texts.extend(some)

    collect()
    (tmp_path / "words.js").write_text((ASSETS / "words.js").read_text("utf-8"), "utf-8")
    (tmp_path / "index.html").write_text("<!doctype html><title>Words</title>", "utf-8")
    with served(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        cut = json.loads(page.evaluate(CUT_IN_THE_BROWSER, texts))
        page.close()
    expected = json.loads(json.dumps([_cut(text) for text in texts]))
    assert [text for text, here, there in zip(texts, expected, cut, strict=True) if here != there] == []


def test_the_rule_is_written_down() -> None:
    assert words.__doc__ is not None
    assert all(name in words.__doc__ for name in ("Folding", "Parts", "Joined", "Codes", "A query"))
