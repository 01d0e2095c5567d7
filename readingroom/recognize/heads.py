"""Heads of memoranda and messages: letterhead, kind line, MEMORANDUM FOR, TO, FROM, SUBJECT, NUMBER …

Values may stand on the label's line, on the next, or, where OCR parted columns, somewhere among bare labels. What the
arrangement does not settle is left open and said to be open: never silently reversed (domain, section 4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from readingroom.data import table
from readingroom.model.labels import Certainty, Doubt, Kind
from readingroom.model.text import Span
from readingroom.recognize.dates import body_starts, dates_in
from readingroom.recognize.markings import LEVELS
from readingroom.recognize.sheet import Piece, Sheet

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
    "DISTRIBUTION": "distribution",
}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))})\s*:\s*(?P<value>.*)$", re.IGNORECASE
)
_FOR = re.compile(r"(?P<label>MEMORANDUM FOR|MEMO FOR)\s*:?\s+(?P<value>[A-Z].*)$")
_KIND_LINE = re.compile(
    r"(?P<kind>(?:ACTION|INFORMATION|BRIEFING|DECISION|OFFICE)? ?MEMORANDUM)"
    rf"(?:\s+(?P<level>{'|'.join(map(re.escape, LEVELS))}))?(?:\s+(?P<office>[A-Z]{{1,3}}/[A-Z]{{1,3}}))?"
    r"(?:\s+(?P<duration>DECL(?:ASSIFY)?(?: ON)?:\s*(?P<until>OADR|[\d/]+)))?$"
)
_HEADING = re.compile(
    r"(?:ACTION|INFORMATION|RECOMMENDATIONS?|SUMMARY|BACKGROUND|DISCUSSION|CONCLUSIONS?|INTRODUCTION|ATTACHMENTS?|ENCLOSURES?)\s*:?$",
    re.IGNORECASE,
)
_LOG_NUMBER = re.compile(r"\d{3,6}(?:[.-][A-Za-z\d]+)?$")
_CHANNEL = re.compile(r"(?:VIA [A-Z]+ CHANNEL|NO DISTRIBUTION|[A-Z]+ ONLY)$", re.IGNORECASE)
_LIMIT = re.compile(r",\s*(?P<limit>[A-Z][\w ]*? Only)$", re.IGNORECASE)
_OFFICE_AND_NAME = re.compile(r"(?P<office>[A-Z]{1,5}(?:/[A-Z]{1,5})*) - (?P<name>[A-Z].*)$")
_PLACE = re.compile(r"[A-Z][A-Za-z .]+,\s*[A-Z]\. ?[A-Z]\.,?\s*\d{5}$")
_HEAD_LINES = 60
_SHORT = 60
"""A value that goes on after an empty line is shorter than this."""


@dataclass(frozen=True, slots=True)
class _Field:
    piece: Piece
    key: str
    value: Piece


def recognize(sheet: Sheet) -> None:
    """Label the head's lines and read its fields; record a Doubt for each field that the arrangement leaves open."""
    _letterhead(sheet)
    _lines_of_their_own(sheet)
    fields = [] if sheet.of_kind(Kind.HANDLING) else _fields(sheet)  # a telegram's head is read already
    scrambled = _scrambled(sheet, fields)
    for field in fields:
        if field not in scrambled:
            _take(sheet, field)


def _letterhead(sheet: Sheet) -> None:
    agencies: dict[str, str] = table("agencies")
    for piece in list(sheet.pieces(last=_HEAD_LINES)):
        agency = agencies.get(" ".join(piece.words.upper().replace(".", " ").split()))
        if agency is None or not sheet.whole(piece):
            continue
        span = piece.span
        below = sheet.next_inked(piece)
        if below and below.number - piece.number <= 2 and _PLACE.match(below.words) and sheet.free(below):
            span = span.to(below.span)
        if sheet.label(span, Kind.LETTERHEAD):
            sheet.read("agency", agency, piece.span)


def _lines_of_their_own(sheet: Sheet) -> None:
    above_letterhead = min((label.span.start for label in sheet.of_kind(Kind.LETTERHEAD)), default=0)
    for piece in list(sheet.pieces()):
        if not sheet.whole(piece):
            continue
        kind = _KIND_LINE.match(piece.words) if piece.number <= _HEAD_LINES else None
        if kind and kind["kind"].strip():
            _kind_line(sheet, piece, kind)
        elif _HEADING.match(piece.words):
            sheet.label(piece.span, Kind.HEADING)
        elif _CHANNEL.match(piece.words) and not sheet.of_kind(Kind.HANDLING):  # a telegram's captions are read already
            sheet.label(piece.span, Kind.CHANNEL)
            sheet.read("handling", piece.words, piece.span)
        elif piece.span.start < above_letterhead and _LOG_NUMBER.match(piece.words):
            sheet.label(piece.span, Kind.LOG_NUMBER, Certainty.INFERRED)
            sheet.read_words("identifiers.log", piece.span, Certainty.INFERRED)


def _kind_line(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    """Label a line such as INFORMATION MEMORANDUM CONFIDENTIAL S/S DECL: OADR, each part for what it is."""
    sheet.label(piece.group(match, "kind"), Kind.HEADING)
    sheet.read("type", "memorandum", piece.group(match, "kind"), rank=5)
    if match["level"]:
        span = piece.group(match, "level")
        sheet.label(span, Kind.MARKING, level=LEVELS[match["level"]])
        sheet.read("classification", LEVELS[match["level"]], span)
    if match["office"]:
        sheet.label(piece.group(match, "office"), Kind.ROUTING)
    if match["duration"]:
        sheet.label(piece.group(match, "duration"), Kind.STAMP, duration="yes")
        sheet.read_words("declassify_on", piece.group(match, "until"))


def _fields(sheet: Sheet) -> list[_Field]:
    """Return the labelled lines of the head, down to the first line of the body."""
    fields: list[_Field] = []
    for piece in sheet.pieces(last=_HEAD_LINES):
        if body_starts(piece):
            break
        match = _LABEL.match(piece.words) or _FOR.match(piece.words)
        if match and sheet.whole(piece):
            value = piece.within(Span(piece.group(match, "label").end, piece.span.end))
            value = value.within(Span(value.span.start + (value.words[:1] == ":"), value.span.end))
            fields.append(_Field(piece, _LABELS[match["label"].upper()], value))
    return fields


def _scrambled(sheet: Sheet, fields: list[_Field]) -> list[_Field]:
    """Return the bare labels whose values the lines around do not settle; label the block, record the doubts.

    Two bare labels with nothing but furniture between them say that OCR read columns in another order.
    """
    stacked: list[_Field] = []
    for field, after in pairwise(fields):
        next_line = sheet.next_inked(field.piece)
        if field.value.blank and after.value.blank and next_line is not None and next_line.number == after.piece.number:
            stacked += [each for each in (field, after) if each not in stacked]
    if not stacked:
        return []
    first, last = stacked[0].piece, stacked[-1].piece
    candidates = [
        line for line in (sheet.next_inked(first, -1), sheet.next_inked(last)) if line and _may_be_value(sheet, line)
    ]
    numbers = [line.number for line in (first, last, *candidates)]
    for line in sheet.lines[min(numbers) - 1 : max(numbers)]:
        if not line.blank:
            sheet.label(line.span, Kind.HEAD, Certainty.INFERRED, field="scrambled")
    block = sheet.lines[min(numbers) - 1].span.to(sheet.lines[max(numbers) - 1].span)
    labels = " and ".join(sheet.plain(field.piece.span).rstrip(": ") for field in stacked)
    reason = f"the labels {labels} stand apart from their values, so the words do not say which is whose"
    for field in stacked:
        sheet.doubts.append(Doubt(field.key, block, reason))
    return stacked


def _may_be_value(sheet: Sheet, line: Piece) -> bool:
    return bool(sheet.free(line)) and len(line.words) < _SHORT and not _LABEL.match(line.words)


def _take(sheet: Sheet, field: _Field) -> None:
    """Label one field with its value, over as many lines as the value has, and read it."""
    end = _value_end(sheet, field)
    if not sheet.label(Span(field.piece.span.start, end), Kind.HEAD, field=field.key):
        return
    value = Span(field.value.span.start, end) if not field.value.blank else _below(sheet, field, end)
    if value is None:
        sheet.doubts.append(Doubt(field.key, field.piece.span, "its label has no value beside or below it"))
        return
    _read(sheet, field.key, value)


def _below(sheet: Sheet, field: _Field, end: int) -> Span | None:
    below = sheet.next_inked(field.piece)
    return Span(below.span.start, end) if below is not None and below.span.start < end else None


def _value_end(sheet: Sheet, field: _Field) -> int:
    """Return where the value ends: it goes on over following lines, after an empty line only while it is unfinished."""
    last = field.piece
    words = field.value.words
    gap = False
    for line in sheet.lines[field.piece.number :]:
        if line.blank:
            gap = True
            continue
        if (
            not sheet.free(line)
            or _LABEL.match(line.words)
            or body_starts(line)
            or re.match(r"\d{1,2}\.\s", line.words)
        ):
            break
        if gap and words and not _unfinished(words, line.words):
            break
        if not gap and words and len(line.words) > 2 * _SHORT:
            break
        last, gap, words = line, False, f"{words} {line.words}".strip()
        if field.key != "subject":
            break
    return last.span.end if last is not field.piece else field.piece.span.end


def _unfinished(words: str, after: str) -> bool:
    """Return whether a value goes on after an empty line: no end mark yet; what follows is short and capitalized."""
    return (
        words[-1] not in ".?!:"
        and len(after) < _SHORT
        and all(w[0].isupper() or len(w) < 4 for w in re.findall(r"\w+", after))
    )


def _read(sheet: Sheet, key: str, span: Span) -> None:
    words = sheet.plain(span)
    if key in {"from", "to", "info"}:
        _read_people(sheet, key, span, words)
    elif key == "date":
        for date in dates_in(words)[:1]:
            sheet.read("date", date.edtf, span, date.certainty, rank=10)
    elif key == "number":
        sheet.read("number", words, span)
        if re.match(r"[A-Z]{3,}: ?\d+$", words):
            sheet.read("type", "cable", span, rank=1)
    elif key == "subject":
        sheet.read("subject", words, span)


def _read_people(sheet: Sheet, key: str, span: Span, words: str) -> None:
    limit = _LIMIT.search(words)
    if limit:
        words = words[: limit.start()]
        sheet.read("handling", limit["limit"], span)
    names = [name.strip() for name in words.split("/")]
    several = len(names) > 1 and all(re.search(r"[A-Za-z]{4}", name) for name in names)
    sheet.read(key, tuple(names) if several else (words.strip(),), span)
