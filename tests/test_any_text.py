"""Whatever a seed holds: it becomes a page, whole and in order, that interprets none of it; twice the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from mkdocs.utils.meta import get_data

from readingroom.model.document import Document
from readingroom.model.labels import Kind
from readingroom.page.explain import explained
from readingroom.page.front_matter import metadata
from readingroom.page.markdown import END_FENCE, FENCE, page, transcription
from readingroom.page.walk import walk
from readingroom.schema import faults
from tests.any_text import any_text
from tests.reading import document_of, edited_of, html_of, page_of
from tests.shown import Shown, words_of

ELEMENTS = frozenset({"a", "b", "del", "div", "p", "span", "u"})
"""All that a transcription may consist of."""
ATTRIBUTES = re.compile(r"class|id|href|title|data-[a-z-]+")

_Test = Callable[[str], None]
_QUICK = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
_DEEP = settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))


def _examples(test: _Test) -> _Test:
    """Add texts that each were, or could be, too much for a step on the way."""
    for text in (
        "x\u2028y\x0cz\x85",
        "\x02wzxhzdk:0\x03\n\0",
        "one\rtwo\r\nthree\n\rfour",
        f"{FENCE}\nx\n{END_FENCE}\ny",
        " * # *[label]* {: onclick=x }",
        "**a ~~b** c~~ <u>d</u",
        "*" * 10_000,
        "&#60;script> &lt; &amp;amp;",
        "SUBJECT: # {: onclick=alert(1) } <script> [x](y) --- : 'NO'\n\n1. Text.",
    ):
        test = example(text)(test)
    return test


def holds(check: _Test) -> tuple[_Test, _Test]:
    """Return the two tests of a property: a few hundred texts that are always the same, and thousands of any."""
    quick = _QUICK(_examples(given(any_text)(check)))
    deep = pytest.mark.long(_DEEP(given(any_text)(check)))
    return quick, deep


def _ranges(text: str) -> None:
    document = document_of(text)
    spans = [label.span for label in document.labels]
    assert spans == sorted(spans)
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.end <= after.start
    for span in _every_span(document):
        assert 0 <= span.start < span.end <= len(text)
    assert all(0 < start < len(text) for start in document.page_starts)
    for join in document.joins:
        assert join.before <= join.after


def _every_span(document: Document):  # type: ignore[no-untyped-def]  # noqa: ANN202
    yield from (label.span for label in document.labels)
    yield from (mark.span for mark in document.marks)
    yield from (found.span for found in document.fields.values() if found.span is not None)
    yield from (found.span for part in document.parts for found in part.fields.values() if found.span is not None)
    yield from (doubt.span for doubt in document.doubts)
    yield from (addressee.span for addressee in document.addressees)
    yield from (redaction.span for redaction in document.redactions)
    yield from (reference.span for reference in document.references)
