"""Which lines are the labelled fields of a head: the label, misread, bare or lost, and the value beside it."""

from __future__ import annotations

import re
from typing import NamedTuple

from readingroom.model.labels import Certainty
from readingroom.model.text import Span
from readingroom.recognize.dates import body_starts
from readingroom.recognize.durations import alone
from readingroom.recognize.kinds import kind_said
from readingroom.recognize.misreadings import folded, nearest
from readingroom.recognize.printed_words import printed
from readingroom.recognize.sheet import Piece, Sheet

HEAD_LINES = 60
_LABELS = {
    "FROM": "from",
    "TO": "to",
    "MEMORANDUM FOR": "to",
    "MEMO FOR": "to",
    "SUBJECT": "subject",
    "SUBJ": "subject",
    "RE": "subject",
    "DATE": "date",
    "NUMBER": "number",
    "INFO": "info",
    "CC": "info",
    "VIA": "via",
    "THROUGH": "via",
    "REFERENCE": "reference",
    "REF": "reference",
    "ATTENTION": "info",
    "ATTN": "info",
    "REFERENCES": "reference",
    "REFS": "reference",
    "THRU": "via",
    "DISTRIBUTION": "distribution",
}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*:\s*(?P<value>.*)$", re.IGNORECASE
)
_MISREAD = re.compile(r"(?P<label>[A-Z]{6,10})\s*:\s*(?P<value>.*)$")
_LONG = tuple(label for label in _LABELS if len(label) > len("NUMBER") and " " not in label)
"""Labels long enough that two wrong letters leave them themselves."""
_CELL = "|"
_INSIDE = re.compile(r"(?<=\S)\s+(?=(?:DATE|FROM|TO|SUBJECT|ATTN|INFO|REF)\s*:)")
"""Where one line of a form holds two fields."""
_INSIDE_ROW = re.compile(rf"{_INSIDE.pattern}|{re.escape(_CELL)}")
OTHER_LABEL = re.compile(r"[A-Z][A-Z /-]{2,26}\s?:(?:\s|$)")
BARE = re.compile(r"(?P<label>TO|FROM|SUBJECT|INFO|ATTN)(?P<value>)[.:]?$")
"""A printed label that stands alone, its colon lost or never there."""
_MESSAGE = re.compile(r"[A-Z]{3,12} \d{3,6}\b")
"""A message's number: what a message is about is no message, what it answers is."""
_PREPRINTED = frozenset({"dispatch", "form", "cable"})
"""Kinds of paper that were written on a form."""
_NO_LABEL = re.compile(r":\s*(?P<value>[A-Z][\w.,\x27 -]{4,60})$")
NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z])[.,)]\s")
_FOR = re.compile(r"(?P<label>MEMORANDUM FOR|MEMO FOR)(?:\s*+:)?\s++(?P<value>[A-Z].*)$")


class Field(NamedTuple):
    """A labelled line: its key, its value's first line, and how sure the label is."""

    piece: Piece
    key: str
    value: Piece
    certainty: Certainty = Certainty.EXACT


def fields_of(sheet: Sheet) -> list[Field]:
    """Return the labelled lines of the head, down to the first line of the body."""
    fields: list[Field] = []
    said = kind_said(sheet)
    preprinted = said is not None and said[1] in _PREPRINTED
    for line in sheet.head(HEAD_LINES):
        if body_starts(line):
            if said is not None and said[1] == "cable":
                continue
            break
        if not alone(sheet, line):
            continue
        whole = labelled(line.words)
        for piece in _cut(sheet, line) if whole[0] else (line,):
            match, label = whole if piece is line else labelled(piece.words)
            if not match and preprinted and (bare := BARE.match(folded(piece.words))):
                fields.append(Field(piece, _LABELS[bare["label"]], _rest(piece, bare), Certainty.INFERRED))
            elif match and not _left_blank(sheet, line, match):
                certainty = _sure(match, label, in_row=_is_row(sheet, line))
                key = "reference" if label == "RE" and _MESSAGE.match(match["value"]) else _LABELS[label]
                fields.append(Field(piece, key, _rest(piece, match), certainty))
            elif fields and fields[-1].key == "to" and (lost := _NO_LABEL.match(piece.words)):
                value = piece.within(piece.group(lost, "value"))
                fields.append(Field(piece, "from", value, Certainty.INFERRED))
    return fields


def _sure(match: re.Match[str], label: str, *, in_row: bool) -> Certainty:
    """Return how sure a field is: where a form's own words, or the next cell of a row, stand beside it, less so."""
    if printed(match["value"]) or in_row:
        return Certainty.INFERRED
    return Certainty.EXACT if label == match["label"].upper() else Certainty.DAMAGED


def _left_blank(sheet: Sheet, line: Piece, match: re.Match[str]) -> bool:
    """Return whether a form's field holds but what the form prints, and nothing below it either."""
    if not printed(match["value"]):
        return False
    below = sheet.next_inked(line)
    while below is not None and between(below):
        below = sheet.next_inked(below)
    return below is None or bool(labelled(below.words)[0])


def between(line: Piece) -> bool:
    """Return whether a line may stand between a label and its value: a form's own words that label nothing else."""
    other = labelled(line.words)[0] or BARE.match(line.words) or OTHER_LABEL.match(line.words)
    return printed(line.words) and not other


def _rest(piece: Piece, match: re.Match[str]) -> Piece:
    """Return the words after a label and its colon; none where they are but the form's own."""
    value = piece.within(Span(piece.group(match, "label").end, piece.end))
    value = value.within(Span(value.start + (value.words[:1] in {":", ";", "."}), value.end))
    return value.within(Span(value.end, value.end)) if printed(value.words) else value


def _cut(sheet: Sheet, line: Piece) -> list[Piece]:
    """Return a labelled line, or its parts where another label stands inside it, as on a form, or a row's next cell."""
    between_fields = _INSIDE_ROW if _is_row(sheet, line) else _INSIDE
    parted = list(between_fields.finditer(line.words))
    if not parted:
        return [line]
    starts = [line.start, *(line.place(match.end() - 1) + 1 for match in parted)]
    stops = [*(line.place(match.start()) for match in parted), line.end]
    pieces = (line.within(Span(start, stop)) for start, stop in zip(starts, stops, strict=True))
    return [piece for piece in pieces if not piece.blank]


def _is_row(sheet: Sheet, line: Piece) -> bool:
    """Return whether a line is one of several rows of cells, one right under another."""
    if _CELL not in line.words:
        return False
    beside = (sheet.at(line.number + step) for step in (-1, 1))
    return any(near is not None and _CELL in near.words for near in beside)


def labelled(words: str) -> tuple[re.Match[str] | None, str]:
    """Return the match of a label at the start of a line, and the label that it is or is a misreading of."""
    words = folded(words)
    if ":" not in words and not words.startswith("MEMO"):
        return None, ""  # so it is with most lines
    match = _LABEL.match(words) or _FOR.match(words)
    if match:
        return match, match["label"].upper()
    match = _MISREAD.match(words)
    label = nearest(match["label"], _LONG, 2) if match else None
    return (match, label) if label else (None, "")
