"""What can be wrong with annotation files and authority pages: one problem each, naming file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shown import words_of
from tests.small import GOOD, Small
from tests.test_urls import DATA

NOTE = "docs/annotations/good.md"
PERSON = "docs/people/reader.md"
SCRIPT = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1))"

ANNOTATIONS = {
    "title: [unclosed": ":3: RR202 this is not YAML: did not find expected ',' or ']'.",
    "- a list": ":2: RR202 the front matter is not a list of `key: value` lines.",
    "title: a\ntitle: b": ":3: RR202 “title” stands here twice. Keep one of them.",
    "title:": ":2: RR202 title: found “”; expected words or {value: …, line: …}.",
    "title: x\ndate: 1994-13-02": (
        ':3: RR202 date: found “1994-13-02”; expected an EDTF date such as "1994-12-02", "1994-12" or "1994-12-02?" '
        "or {value: …, line: …}."
    ),
    "date: {value: soon, line: 1}": (
        ':2: RR202 date: found “soon”; expected an EDTF date such as "1994-12-02", "1994-12" or "1994-12-02?".'
    ),
    'to: ["x"]\nfrom: {value: ["x"], line: 99}': ":3: RR203 from: line 99 is not in the seed, which has 7 lines.",
    "to: Somebody": ':2: RR202 to: found “Somebody”; expected a list, as in ["one", "two"] or {value: …, line: …}.',
    "to: {value: Somebody, line: 1}": ':2: RR202 to: found “Somebody”; expected a list, as in ["one", "two"].',
    "type: {value: poem, line: 1}": (
        ":2: RR202 type: found “poem”; expected one of memorandum, cable, letter, dispatch, report, form, transcript, "
        "note, list, press, other."
    ),
    "slug: A Slug": ":2: RR202 slug: found “A Slug”; expected words of the form ^[a-z0-9_-][a-z0-9._-]*$.",
    "slug: ..": ":2: RR202 slug: found “..”; expected words of the form ^[a-z0-9_-][a-z0-9._-]*$.",
    "slug: index": ":2: RR206 slug: “index” is reserved for the site's own pages. Choose another.",
    "names: {it: people/nobody}": (
        ":2: RR205 names: there is no page docs/people/nobody.md. Write it, or name another page for “it”."
    ),
}

AUTHORITIES = {
    "name:": ":2: RR301 name: found “”; expected words.",
    "aliases: [x]": ":1: RR301 the front matter: found no name; expected the keys name.",
    "name: X\naliases: Y": ':3: RR301 aliases: found “Y”; expected a list, as in ["one", "two"].',
    "name: X\ndate: soon": (
        ':3: RR301 date: found “soon”; expected an EDTF date such as "1994-12-02", "1994-12" or "1994-12-02?".'
    ),
    "name: 'X": ":2: RR301 this is not YAML: found unexpected end of stream.",
}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small.at(tmp_path / "edition", {"good.txt": GOOD})


@pytest.mark.parametrize("front", ANNOTATIONS)
def test_bad_annotation_has_one_problem_and_the_document_stands_without_it(small: Small, front: str) -> None:
    small.write(NOTE, f"---\n{front}\n---\n")
    assert small.said() == [f"{NOTE}{ANNOTATIONS[front]}"]
    assert [edited.id for edited in small.read().edition.documents] == ["good"]


def test_unknown_key_is_answered_with_those_that_are_known(small: Small) -> None:
    small.write(NOTE, "---\ntitle: x\ntitel: y\n---\n")
    (said,) = small.said()
    expected = f"{NOTE}:3: RR202 “titel” is not a key here. Nearest: title. Known keys: agency, classification, "
    assert said.startswith(expected)
    assert "title" in said.partition("Known keys")[2]


def test_front_matter_without_an_end(small: Small) -> None:
    small.write(NOTE, "---\ntitle: x\n\nA headnote.\n")
    assert small.said() == [f"{NOTE}:1: RR202 the front matter has no end. Expected a line --- below it."]


def test_file_that_is_not_utf_8(small: Small) -> None:
    small.write(NOTE, b"A caf\xe9.\n")
    (said,) = small.said()
    assert said.startswith(f"{NOTE}: RR202 cannot be read: 'utf-8'")
    assert said.endswith("Save it as UTF-8.")


def test_annotation_of_no_seed(small: Small) -> None:
    small.write("docs/annotations/godo.md", "A headnote.\n")
    assert small.said() == [
        "docs/annotations/godo.md: RR201 there is no seed godo.txt or godo.md. Rename this file after its seed."
    ]


def test_annotation_waits_for_a_seed_that_cannot_be_read(small: Small) -> None:
    small.write("seeds/empty.txt", "")
    small.write("docs/annotations/empty.md", "A headnote.\n")
    assert [problem.code for problem in small.read().problems] == ["RR103"]


def test_slug_of_another_document_is_an_error_and_both_documents_are_built(small: Small) -> None:
    small.write("seeds/other.txt", "Another letter.\n")
    small.write("seeds/third.txt", "A third letter.\n")
    small.write(NOTE, "---\nslug: other\n---\n")
    small.write("docs/annotations/other.md", "---\nslug: mine\n---\n")
    small.write("docs/annotations/third.md", "---\nslug: mine\n---\n")
    assert small.said() == [
        f"{NOTE}:1: RR206 slug: “other” is also the address of seeds/other.txt. Choose another.",
        "docs/annotations/third.md:1: RR206 slug: “mine” is also the address of seeds/other.txt. Choose another.",
    ]
    documents = small.build(keep_going=True).edition.documents
    assert {edited.id for edited in documents} == {"good", "mine", "third"}
    assert small.shown("documents/third").seed_words == words_of("A third letter.")


@pytest.mark.parametrize("front", AUTHORITIES)
def test_bad_authority_page_has_one_problem(small: Small, front: str) -> None:
    small.write(PERSON, f"---\n{front}\n---\nA few lines.\n")
    assert small.said() == [f"{PERSON}{AUTHORITIES[front]}"]


def test_name_that_two_pages_claim_is_warned_of_where_it_stands_and_an_annotation_settles_it(small: Small) -> None:
    small.write(PERSON, "---\nname: Reader\n---\n")
    small.write("docs/people/writer.md", "---\nname: A. Writer\naliases: [READER]\n---\n")
    said = (
        "seeds/good.txt:1: RR402 “Reader” may be people/reader or people/writer, so it links to none. "
        "Settle it under names: in docs/annotations/good.md. (warning)"
    )
    assert small.said() == [said]
    (edited,) = small.read().edition.documents
    assert [mention.target for mention in edited.mentions] == ["people/writer"]
    small.write(NOTE, "---\nnames: {Reader: people/reader}\n---\n")
    assert small.said() == []
    (edited,) = small.read().edition.documents
    assert [mention.target for mention in edited.mentions] == ["people/reader", "people/writer"]


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("../documents/none.md", "the target 'documents/none.md' is not found among documentation files."),
        ("good.md#L99", "there is no such anchor on this page."),
        ("/documents/good/", "it was left as is."),
    ],
)
def test_broken_link_in_a_headnote_is_warned_of(small: Small, link: str, said: str) -> None:
    small.write(NOTE, f"See [there]({link}).\n")
    (problem,) = small.build().problems
    assert problem.code == "RR502"
    assert said in problem.message


@pytest.mark.parametrize(
    "open_", ["<div>", "<textarea>", "<!-- x", "<script>", "<style>", "<pre>", "<details markdown>", "```", "<svg>"]
)
def test_headnote_that_opens_something_does_not_swallow_the_document(small: Small, open_: str) -> None:
    small.write(NOTE, f"A headnote.\n\n{open_}\n\nwith more.\n")
    assert small.build(keep_going=True).published
    assert small.shown("documents/good").seed_words == words_of(GOOD)


def test_nothing_active_comes_from_editors(small: Small) -> None:
    small.write(NOTE, f"---\ntitle: '{SCRIPT}'\nsubject: '{SCRIPT}'\n---\n\nHead {SCRIPT} note.\n")
    small.write(PERSON, f"---\nname: Reader\nsummary: '{SCRIPT}'\naliases: ['{SCRIPT}']\n---\n\nSome {SCRIPT} lines.\n")
    assert small.build(keep_going=True).published
    assert {problem.code for problem in small.read().problems} >= {"RR210", "RR303"}
    for address in (".", "documents", "documents/good", "people", "people/reader", "search"):
        root = small.shown(address).root
        inline = [each for each in root.tagged("script") if "src" not in each.attributes]
        assert [each for each in inline if each.attributes.get("type") not in DATA] == []
        for element in root.all():
            assert not [name for name in element.attributes if name.startswith("on")]
            assert not element.attributes.get("href", "").startswith("javascript:")
            assert element.attributes.get("src") != "x" or "onerror" not in element.attributes
