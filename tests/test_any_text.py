"""Whatever a seed holds: it becomes a page, whole and in order, that interprets none of it; twice the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import pairwise

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from mkdocs.utils.meta import get_data

from readingroom.model.document import Document
from readingroom.model.labels import Mark
from readingroom.model.text import Span
from readingroom.page.explain import explained
from readingroom.page.front_matter import metadata
from readingroom.page.markdown import END_FENCE, FENCE, page, transcription
from readingroom.page.walk import walk
from tests.any_text import any_text
from tests.reading import document_of, edited_of, html_of, page_of
from tests.shown import Shown, words_of

ELEMENTS = frozenset({"a", "b", "del", "div", "p", "span", "u"})
"""All that a transcription may consist of."""
ATTRIBUTES = re.compile(r"class|id|href|title|data-[a-z]+(-[a-z]+)*")
TARGETS = re.compile(r"#L\d+|(\.\./)?[a-z_/.-]+\.md(#[a-z-]+)?")
CONTROLS = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
HARD = (
    "x\u2028y\x0cz\x85",
    "\x02wzxhzdk:0\x03\n\0",
    "one\rtwo\r\nthree\n\rfour",
    f"{FENCE}\nx\n{END_FENCE}\ny",
    " * # *[label]* {: onclick=x }",
    "    four spaces\n\tone tab\n  # two",
    "**a ~~b** c~~ <u>d</u",
    "*" * 10_000,
    "&#60;script> &lt; &amp;amp;",
    "SUBJECT: # {: onclick=alert(1) } <script> [x](y) --- : 'NO'\n\n1. Text.",
)
"""Texts that each are, or could be, too much for one step on the way."""

_Test = Callable[[str], None]


def _any_text(test: _Test) -> _Test:
    """Run `test` on the hard texts, then on a hundred others that are the same each time."""
    lane = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    return reduce(lambda to, text: example(text)(to), HARD, lane(given(any_text)(test)))


@_any_text
def test_ranges_lie_in_the_text_and_labels_are_sorted_and_apart(text: str) -> None:
    document = document_of(text)
    for before, after in pairwise(label.span for label in document.labels):
        assert before.end <= after.start
    for span in _spans(document):
        assert 0 <= span.start < span.end <= len(text)
    assert all(0 < start < len(text) for start in document.page_starts)
    assert all(join.before < join.after for join in document.joins)


def _spans(document: Document) -> Iterator[Span]:
    yield from (label.span for label in document.labels)
    yield from (mark.span for mark in document.marks)
    yield from (found.span for found in document.fields.values() if found.span is not None)
    yield from (found.span for part in document.parts for found in part.fields.values() if found.span is not None)
    yield from (doubt.span for doubt in document.doubts)
    yield from (addressee.span for addressee in document.addressees)
    yield from (redaction.span for redaction in document.redactions)
    yield from (reference.span for reference in document.references)


@_any_text
def test_walk_visits_every_character_of_every_line_once(text: str) -> None:
    document = document_of(text)
    for line, strokes in zip(document.text.lines, walk(document), strict=True):
        assert "".join(stroke.words for stroke in strokes) == document.text[line.span]


@_any_text
def test_transcription_has_a_line_for_every_line_of_the_seed(text: str) -> None:
    lines = page_of(text).split("\n")
    start = len(lines) - 1 - lines[::-1].index(FENCE)
    assert lines.index(END_FENCE, start) - start - 1 == len(document_of(text).text.lines)
    assert not CONTROLS.search("".join(lines))


@_any_text
def test_page_shows_the_seed_once_whole_and_in_order(text: str) -> None:
    shown = Shown.of(html_of(_body(page_of(text))))
    assert shown.seed_words == words_of(text)


@_any_text
def test_page_shows_every_character_but_the_signs_of_ocr_on_its_own_line(text: str) -> None:
    document = document_of(text)
    shown = Shown.of(html_of(_body(page_of(text))))
    signs = {
        at for mark in document.marks if mark.mark is Mark.DELIMITER for at in range(mark.span.start, mark.span.end)
    }
    for line in document.text.lines:
        kept = "".join(text[at] for at in range(line.span.start, line.span.end) if at not in signs)
        assert _inked(shown.line(line.number)) == _inked(kept.replace("\0", "\ufffd"))


def _inked(words: str) -> str:
    """Words without white space at their end; indents count."""
    return words.strip("\n").rstrip()


@_any_text
def test_transcription_holds_nothing_active(text: str) -> None:
    html = html_of(_body(page_of(text)))
    elements = list(Shown.of(html).transcription.all())
    assert {element.tag for element in elements} <= ELEMENTS
    for element in elements:
        assert all(map(ATTRIBUTES.fullmatch, element.attributes))
        assert TARGETS.fullmatch(element.attributes.get("href", "#L1"))


@_any_text
def test_page_around_the_transcription_holds_nothing_active(text: str) -> None:
    root = Shown.of(html_of(_body(page_of(text)))).root
    assert {element.tag for element in root.all()} <= ELEMENTS | {"#page", "h1"}
    assert [set(heading.attributes) - {"id"} for heading in root.tagged("h1")] == [set()]


@_any_text
def test_ids_of_a_page_are_unique(text: str) -> None:
    root = Shown.of(html_of(_body(page_of(text)))).root
    ids = Counter(element.attributes["id"] for element in root.all(lambda each: "id" in each.attributes))
    assert [id_ for id_, count in ids.items() if count > 1 and id_ != "title"] == []
    assert all(f"L{line.number}" in ids for line in document_of(text).text.lines)


@_any_text
def test_two_runs_give_the_same_bytes(text: str) -> None:
    first, second = edited_of(text), edited_of(text)
    assert page(first) == page(second)
    assert explained(first) == explained(second)
    assert html_of(_body(page(first))) == html_of(_body(page(second)))


@_any_text
def test_front_matter_says_the_same_to_every_reader(text: str) -> None:
    edited = edited_of(text)
    written = page(edited)
    front = written.removeprefix("---\n").partition("\n---\n")[0]
    assert yaml.safe_load(front) == metadata(edited)
    body, data = get_data(written)
    assert data == metadata(edited)
    assert body.lstrip("\n").startswith("# ")
    assert transcription(edited) in body


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(any_text)
def test_all_of_this_on_thousands_of_texts(text: str) -> None:
    for name, test in globals().items():
        inner = getattr(getattr(test, "hypothesis", None), "inner_test", None)
        if inner is not None and name != "test_all_of_this_on_thousands_of_texts":
            inner(text)


def _body(written: str) -> str:
    """A page as MkDocs gives it to Python-Markdown."""
    return str(get_data(written)[0])
