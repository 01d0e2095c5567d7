"""Words of a document with those before and after: how a place in it is shown elsewhere."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readingroom.model.document import Document
from readingroom.model.labels import APART, Label, Mark
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
    body = document.body
    near = Span(max(0, span.start - 2 * _AROUND), span.end + 2 * _AROUND)
    signs = [mark.span for mark in body.marks if mark.mark is Mark.DELIMITER and mark.span.overlaps(near)]
    apart = (label.span for label in _over(near, body.labels) if label.kind in APART and not label.span.overlaps(span))
    hidden = sorted((*signs, *apart))
    return Around(
        line=body.text.number_at(span.start),
        before=_cut_left(_shown(body.text.content, Span(near.start, span.start), hidden)),
        words=_shown(body.text.content, span, signs).strip(),
        after=_cut_right(_shown(body.text.content, Span(span.end, near.end), hidden)),
    )


def _over(span: Span, labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels that share a character with `span`; they are sorted, and none is over another."""
    first = bisect_right(labels, span.start, key=lambda label: label.span.end)
    return labels[first : bisect_left(labels, span.end, key=lambda label: label.span.start)]


def _shown(content: str, span: Span, hidden: Iterable[Span]) -> str:
    """Return the words of `span` less what is hidden, white space folded, outer spaces kept as one.

    What is hidden, in order of where it starts, leaves its white space.
    """
    kept, at, last = "", span.start, min(span.end, len(content))
    for start, end in hidden:
        if at < end and start < last:
            kept += content[at:start] + " " * any(map(str.isspace, content[max(at, start) : min(end, last)]))
            at = end
    kept += content[at:last]
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
