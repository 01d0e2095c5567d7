"""Which lines are the labelled fields of a head: the label, misread, bare or lost, and the value beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from readingroom.model.labels import Certainty
from readingroom.model.text import Span
from readingroom.recognize.dates import body_starts
from readingroom.recognize.kinds import kind_said
from readingroom.recognize.misreadings import folded, nearest
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
_INSIDE = re.compile(r"(?<=\S)\s+(?=(?:DATE|FROM|TO|SUBJECT|ATTN|INFO|REF)\s*:)")
"""Where one line of a form holds two fields."""
PRINTED = re.compile(
    r"\W*(?:\d\W+)?(?:optional|officer.?s? ?(?:designation|initials)|names?\W+(?:and |office|address|title)|address"
    r"|room n|when filled|specify|classification\b|extension|true name|requester name"
    r"|project$|building\b|comments\b|print"
    r"|date (?:initials|officer|received)|total copies|action branch|dispatch$|date$|initials\b)",
    re.IGNORECASE,
)
"""What a form itself prints where a value is to stand."""
OTHER_LABEL = re.compile(r"[A-Z][A-Z /-]{2,26}\s?:(?:\s|$)")
BARE = re.compile(r"(?P<label>TO|FROM|SUBJECT|INFO|ATTN)(?P<value>)[.:]?$")
"""A printed label that stands alone, its colon lost or never there."""
_PREPRINTED = frozenset({"dispatch", "form", "cable"})
"""Kinds of paper that were written on a form."""
_NO_LABEL = re.compile(r":\s*(?P<value>[A-Z][\w.,\x27 -]{4,60})$")
NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z])[.,)]\s")
_FOR = re.compile(r"(?P<label>MEMORANDUM FOR|MEMO FOR)(?:\s*+:)?\s++(?P<value>[A-Z].*)$")


@dataclass(frozen=True, slots=True)
class Field:
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
        if not sheet.whole(line):
            continue
        for piece in _cut(line):
            match, label = labelled(piece)
            if not match and preprinted and (bare := BARE.match(folded(piece.words))):
                fields.append(Field(piece, _LABELS[bare["label"]], _rest(piece, bare), Certainty.INFERRED))
            elif match and not _left_blank(sheet, line, match):
                certainty = Certainty.EXACT if label == match["label"].upper() else Certainty.DAMAGED
                fields.append(Field(piece, _LABELS[label], _rest(piece, match), certainty))
            elif fields and fields[-1].key == "to" and (lost := _NO_LABEL.match(piece.words)):
                value = piece.within(piece.group(lost, "value"))
                fields.append(Field(piece, "from", value, Certainty.INFERRED))
    return fields


def _left_blank(sheet: Sheet, line: Piece, match: re.Match[str]) -> bool:
    """Return whether a form's field holds but what the form prints, and nothing below it either."""
    below = sheet.next_inked(line)
    return bool(PRINTED.match(match["value"])) and (
        below is None or bool(labelled(below)[0]) or PRINTED.match(below.words) is not None
    )


def _rest(piece: Piece, match: re.Match[str]) -> Piece:
    """Return the words after a label and its colon; none where they are but the form's own."""
    value = piece.within(Span(piece.group(match, "label").end, piece.span.end))
    value = value.within(Span(value.span.start + (value.words[:1] in {":", ";", "."}), value.span.end))
    return value.within(Span(value.span.end, value.span.end)) if PRINTED.match(value.words) else value


def _cut(line: Piece) -> list[Piece]:
    """Return the line, or its parts where another label stands inside it, as on a form."""
    cuts = [match.end() for match in _INSIDE.finditer(line.words)]
    if not cuts or not labelled(line)[0]:
        return [line]
    edges = [line.span.start, *(line.offsets[cut] for cut in cuts), line.span.end]
    return [line.within(Span(start, end)) for start, end in pairwise(edges)]


def labelled(piece: Piece) -> tuple[re.Match[str] | None, str]:
    """Return the match of a label at the start of the piece, and the label that it is or is a misreading of."""
    words = folded(piece.words)
    match = _LABEL.match(words) or _FOR.match(words)
    if match:
        return match, match["label"].upper()
    match = _MISREAD.match(words)
    label = nearest(match["label"], _LONG, 2) if match else None
    return (match, label) if label else (None, "")
