"""OCR's own marks, a closed list: `**x**`, `~~x~~`, `<u>x</u>`, a backslash before a sign, `- N.` and `- --`.

All else that looks like markup is the document's (domain, section 9; design, "Three layers of one text").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile

from readingroom.model.labels import Mark, OcrMark
from readingroom.model.text import Span, Text
from readingroom.recognize.sheet import Piece, of_sentences

_PAIRED = (
    (Mark.BOLD, re.compile(r"(\*\*)(?=[^\s*])([^*]*[^\s*])(\*\*)(?!\*)")),
    (Mark.STRIKE, re.compile(r"(~~)(?=[^\s~])([^~]*[^\s~])(~~)(?!~)")),
    (Mark.UNDERLINE, re.compile(r"(<u>)([^<]+)(</u>)")),
)
_ALONE = re.compile(r"\\(?=[$_*#])|</?u>|^- (?=\d{1,3}\. |-- ?)")
_SIGNS = "*~<\\"
_SIGN = re.compile(rf"[{re.escape(_SIGNS)}]")
_LIST_SIGN = "- "
"""What every mark has, and few lines: one of the signs, or this at its start."""


def typed(text: Text) -> tuple[tuple[Piece, ...], tuple[OcrMark, ...]]:
    """Return the lines without OCR's marks, and the marks; their delimiters are marks of their own."""
    lines: list[Piece] = []
    marks: list[OcrMark] = []
    marked = any(sign in text.content for sign in _SIGNS)
    for number, (start, end) in enumerate(zip(text.starts, text.ends, strict=True), 1):
        words = text.content[start:end]
        if (words.startswith(_LIST_SIGN) or (marked and _SIGN.search(words))) and (found := _marks(words, start)):
            marks += found
            lines.append(_without(number, start, words, found))
            continue
        bare = words.strip()
        first = start if bare == words else start + len(words) - len(words.lstrip())
        lines.append(Piece(number, first, first + len(bare), bare, of_sentences(bare)))
    return tuple(lines), tuple(sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)))


def _marks(words: str, start: int) -> list[OcrMark]:
    """Return the marks of one line; of two pairs that cross, the later stays as typed."""
    before: list[list[Span]] = []
    found: list[OcrMark] = []
    for mark, pattern in _PAIRED:
        pairs: list[Span] = []
        for match in pattern.finditer(words):
            pair = Span(match.start(), match.end())
            inner = Span(match.start(2), match.end(2))
            over = (other for others in before for other in _over(others, pair))
            if any(not other.holds(pair) and not inner.holds(other) for other in over):
                continue
            pairs.append(pair)
            found.append(OcrMark(Span(start + inner.start, start + inner.end), mark))
            found += [_delimiter(start, pair.start, inner.start), _delimiter(start, inner.end, pair.end)]
        before.append(pairs)
    taken = {mark.span.start for mark in found if mark.mark is Mark.DELIMITER}
    found += [
        _delimiter(start, match.start(), match.end())
        for match in _ALONE.finditer(words)
        if start + match.start() not in taken
    ]
    return found


def _over(spans: list[Span], span: Span) -> Iterator[Span]:
    """Yield those of `spans`, which are sorted and apart, that share a character with `span`."""
    first = bisect_right(spans, span.start, key=lambda each: each.end)
    yield from takewhile(span.overlaps, (spans[at] for at in range(first, len(spans))))


def _delimiter(start: int, first: int, last: int) -> OcrMark:
    return OcrMark(Span(start + first, start + last), Mark.DELIMITER)


def _without(number: int, start: int, words: str, marks: list[OcrMark]) -> Piece:
    first = start + len(words) - len(words.lstrip())
    last = first + len(words.strip())
    cut = {at for mark in marks if mark.mark is Mark.DELIMITER for at in range(mark.span.start, mark.span.end)}
    offsets = [at for at in range(first, last) if at not in cut]
    inked = [place for place, at in enumerate(offsets) if not words[at - start].isspace()]
    offsets = offsets[inked[0] : inked[-1] + 1] if inked else []
    typed = "".join(words[at - start] for at in offsets)
    return Piece(number, first, last, typed, of_sentences(typed), tuple(offsets))
