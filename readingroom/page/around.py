"""Words of a document with those before and after: how a place in it is shown elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from readingroom.model.document import Document
from readingroom.model.labels import APART, Mark
from readingroom.model.text import Span

_AROUND = 90
"""Characters of the document's words shown on each side of a mention or a redaction."""


@dataclass(frozen=True, slots=True)
class Around:
    """Words of a document with what stands before and after, and the line that they are on."""

    line: int
    before: str
    words: str
    after: str


def around(document: Document, span: Span) -> Around:
    """Return the words of `span` with those before and after, where what carries the page is left out."""
    signs = [mark.span for mark in document.marks if mark.mark is Mark.DELIMITER]
    apart = [label.span for label in document.labels if label.kind in APART and not label.span.overlaps(span)]
    hidden = [*signs, *apart]
    return Around(
        line=document.text.number_at(span.start),
        before=_cut_left(_shown(document, Span(max(0, span.start - 2 * _AROUND), span.start), hidden)),
        words=_shown(document, span, signs).strip(),
        after=_cut_right(_shown(document, Span(span.end, span.end + 2 * _AROUND), hidden)),
    )


def _shown(document: Document, span: Span, hidden: Iterable[Span]) -> str:
    """Return the words of `span` less what is hidden, white space folded, outer spaces kept as one."""
    spans = [each for each in hidden if each.overlaps(span)]
    content = document.text.content
    kept = "".join(
        content[at] if not any(each.start <= at < each.end for each in spans) else " " if content[at].isspace() else ""
        for at in range(span.start, min(span.end, len(content)))
    )
    folded = " ".join(kept.split())
    return f"{' ' * kept[:1].isspace()}{folded}{' ' * (kept[-1:].isspace() and bool(folded))}"


def _cut_left(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return "… " + words[-_AROUND:].partition(" ")[2]


def _cut_right(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return words[:_AROUND].rpartition(" ")[0] + " …"
