"""Front matter, written and read: any YAML reader gives back what was meant, and the schema holds for all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from readingroom.editorial.edition import Edition
from readingroom.page.front_matter import dump, metadata
from readingroom.page.markdown import page
from readingroom.schema import faults
from readingroom.source.front_matter import read_page
from tests.reading import edited_of
from tests.small import GOOD, Small

VALUES = (
    "Memo: re: Cuba",
    'it\'s "quoted"',
    "one, two, three",
    "NO",
    "yes",
    "~",
    "null",
    "007",
    "1e3",
    "0x1F",
    "12:30:45",
    "1994-12-02",
    "1994-04-08T10:37:00Z",
    "- a dash",
    "# a number sign",
    "a # comment",
    "{a: b}",
    "[a, b]",
    "&anchor *alias",
    "!tag",
    "%directive",
    "@at `tick`",
    "> folded",
    "| literal",
    "? key",
    "---",
    "...",
    "ends with a colon:",
    "back\\slash",
    "“curly” – ﬁ – MINIMÍZE – 日本",
)
"""Words that YAML reads as something else unless they are quoted."""


@pytest.mark.parametrize("value", VALUES)
def test_value_of_an_editor_comes_back_as_it_was_meant(tmp_path: Path, value: str) -> None:
    small = Small.at(tmp_path / "edition", {"good.txt": GOOD})
    given_ = {"title": value, "subject": value, "to": [value, "NO"], "number": value}
    small.write("docs/annotations/good.md", f"---\n{yaml.safe_dump(given_, allow_unicode=True)}---\n")
    outcome = small.read()
    assert outcome.problems == ()
    written = page(outcome.edition.documents[0])
    for read in (yaml.safe_load(written.split("\n---\n")[0].removeprefix("---\n")), get_data(written)[1]):
        assert {key: read[key] for key in given_} == given_
        assert read["supplied"] == ["number", "subject", "title", "to"]


@pytest.mark.parametrize("value", VALUES)
def test_unquoted_words_of_an_editor_are_words(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    assert read_page(f'---\ntitle: "{quoted}"\n---\n').data == {"title": value}


@pytest.mark.parametrize("value", ["NO", "007", "1994-12-02", "1.10", "12:30", "true"])
def test_scalars_of_an_editor_are_never_interpreted(value: str) -> None:
    assert read_page(f"---\ntitle: {value}\n---\nA headnote.\n").data == {"title": value}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=8),
        st.recursive(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])),
            lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from("abc"), inside, max_size=3),
            max_leaves=6,
        ),
        max_size=5,
    )
)
def test_anything_printable_comes_back(data: dict[str, object]) -> None:
    assert yaml.safe_load(dump(data)) == data


def test_words_of_a_seed_come_back(tmp_path: Path) -> None:
    del tmp_path
    for value in VALUES:
        edited = edited_of(f"FROM: {value} Writer\n\nSUBJECT: Of {value} and more\n\n1. Text.\n")
        assert yaml.safe_load(dump(metadata(edited))) == metadata(edited)
        assert metadata(edited)["subject"] == f"Of {value} and more"


def test_lists_are_lists_even_with_one_member_and_absent_when_unknown() -> None:
    found = metadata(edited_of("MEMORANDUM FOR A. READER\n\nSUBJECT: A Meeting\n\nThe text.\n"))
    assert found["to"] == ["A. READER"]
    assert not {"from", "info", "date", "release", "redactions", "uncertain", "supplied"} & found.keys()
    assert None not in found.values()


def test_front_matter_of_the_demonstration_fits_the_schema(demo: Edition) -> None:
    for edited in demo.documents:
        assert list(faults(metadata(edited))) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "A b"),
        ("id", ".hidden"),
        ("type", "poem"),
        ("date", "1994-13-01"),
        ("classification", "very secret"),
        ("from", "A. Writer"),
        ("to", []),
        ("sent", "1994-04-08"),
        ("unknown", "x"),
        ("source", "x"),
    ],
)
def test_schema_refuses(key: str, value: object) -> None:
    good = metadata(edited_of(GOOD))
    assert list(faults(good)) == []
    (fault,) = faults({**good, key: value})
    assert fault.key == key
