"""Paragraphs: numbered and ticked items with their own marks, running text, and where a sentence goes on.

Numbers are shown as printed: a telegram may well number two paragraphs 3 (domain, section 5, line 16).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise

from readingroom.model.document import Join
from readingroom.model.labels import APART, Certainty, Kind
from readingroom.recognize.sheet import Piece, Sheet

_ITEM = re.compile(
    r"(?P<mark>\d{1,3}\.|\(?[A-Za-z]\)|\(\d{1,2}\)|--?|[•*])\s+(?=\S)"
    r"|(?P<tick>--(?=[A-Z])|[1-9]\d?\.(?=[A-Z]{1,20} [A-Z]))"
)
_BEGINS_NEW = re.compile(r"\d{1,3}\.\s|\(?\d{1,2}\)|\(?[A-Z]\)|[A-Z]\.\s|--|[A-Z][A-Za-z ]{2,20}:(?:\s|$)")
_ENDS = re.compile(r"[.?!:\"”][)\]'’]?$")
_HALF = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]++)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RUNNING = frozenset({Kind.TEXT, Kind.ITEM})
_WRAPPED = 6
"""So many lines inside paragraphs make a text hard-wrapped; fewer say nothing of its measure."""
_LONGEST_WORD = 60
_TITLE_LINE = re.compile(r"[A-Z][\w ,'-]{3,80}$")


def recognize(sheet: Sheet) -> None:
    """Label what is left: items, and running text; record the joins over page breaks and empty lines."""
    _title_above_head(sheet)
    for block in _blocks(sheet):
        for paragraph in _paragraphs(block):
            span = paragraph[0].span.to(paragraph[-1].span)
            item = _ITEM.match(paragraph[0].words)
            if item:
                mark = paragraph[0].words[item.start("mark") : item.end("mark")] if item["mark"] else item["tick"]
                sheet.label(span, Kind.ITEM, mark=mark)
            else:
                sheet.label(span, Kind.TEXT)
    _join(sheet)


def _title_above_head(sheet: Sheet) -> None:
    """Label a title that stands alone above date line and head, as transcribers put one."""
    first = next(iter(sheet.pieces()), None)
    heads = sheet.of_kind(Kind.HEAD, Kind.DATE_LINE)
    if first is None or not heads or first.start > heads[0].span.start:
        return
    if (
        sheet.whole(first)
        and _TITLE_LINE.match(first.words)
        and not any(map(sheet.labels_on, sheet.lines[: first.number]))
    ):
        sheet.label(first.span, Kind.HEADING, Certainty.INFERRED)


def _blocks(sheet: Sheet) -> list[list[Piece]]:
    """Return the runs of unlabelled pieces on neighboring lines; an empty line or a label ends a run."""
    blocks: list[list[Piece]] = []
    last: Piece | None = None
    for piece in sheet.pieces():
        if last is not None and piece.number - last.number == 1 and _adjoin(sheet, last, piece):
            blocks[-1].append(piece)
        else:
            blocks.append([piece])
        last = piece
    return blocks


def _adjoin(sheet: Sheet, above: Piece, below: Piece) -> bool:
    """Return whether of two neighboring lines one piece reaches the end, and the other begins at the start."""
    return above.end >= sheet.lines[above.number - 1].end and below.start <= sheet.lines[below.number - 1].start


def _paragraphs(block: list[Piece]) -> Iterator[list[Piece]]:
    """Part a block at its items: a mark begins one at the start, after an end mark, or after OCR's list mark."""
    paragraph: list[Piece] = []
    for piece in block:
        if paragraph and _ITEM.match(piece.words) and (_marked(piece) or _ENDS.search(paragraph[-1].words)):
            yield paragraph
            paragraph = []
        paragraph.append(piece)
    if paragraph:
        yield paragraph


def _marked(piece: Piece) -> bool:
    """Return whether one of OCR's marks stands before the words."""
    return piece.start != piece.place(0)


def _join(sheet: Sheet) -> None:
    """Record where running text goes on.

    Over a page break by the four conditions of domain, section 5.5; over an empty line only where the line before was
    too full to take the next word. A word that the break cut goes on only where the whole of it stands elsewhere.
    """
    words: frozenset[str] | None = None
    places = [at for at, label in enumerate(sheet.labels) if label.kind in _RUNNING]
    width = cache(_width)
    for first, second in pairwise(places):
        before, after = sheet.labels[first], sheet.labels[second]
        if after.kind is Kind.ITEM:
            continue
        between = sheet.labels[first + 1 : second]
        if any(label.kind not in APART for label in between):
            continue
        end = sheet.line_at(before.span.end - 1).words_in(before.span)
        if _ENDS.search(end[-2:]):
            continue
        start = sheet.line_at(after.span.start).words_in(after.span)
        if _BEGINS_NEW.match(start):
            continue
        half = _HALF.search(end[-_LONGEST_WORD:]) if end.endswith("-") else None
        if half:
            words = frozenset(map(str.upper, _WORD.findall(sheet.text.content))) if words is None else words
            if not _attested(half["word"], start, words):
                continue
        if between or _full(end, start, width(sheet)):
            sheet.joins.append(Join(before.span.end, after.span.start))


def _attested(half: str, rest: str, words: AbstractSet[str]) -> bool:
    """Return whether a word in two halves stands elsewhere whole, and nowhere with a hyphen (domain, section 9)."""
    other = _WORD.match(rest)
    first, second = half.upper(), other[0].upper() if other else ""
    return first + second in words and f"{first}-{second}" not in words


def _width(sheet: Sheet) -> int:
    """Return the measure of hard-wrapped text in characters, short of its longest tenth; 0 where lines do not wrap."""
    lengths = sorted(
        len(line.words)
        for label in sheet.of_kind(*_RUNNING)
        for line in sheet.lines[
            sheet.line_at(label.span.start).number - 1 : sheet.line_at(label.span.end - 1).number - 1
        ]
    )
    return lengths[len(lengths) * 9 // 10] if len(lengths) >= _WRAPPED else 0


def _full(end: str, start: str, width: int) -> bool:
    first_word = re.sub(r"^\W+", "", start).split(" ", 1)[0]
    return bool(width) and len(end) + 1 + len(first_word) > width
