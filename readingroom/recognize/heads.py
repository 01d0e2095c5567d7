"""Heads of memoranda and messages: letterhead, kind line, MEMORANDUM FOR, TO, FROM, SUBJECT, NUMBER …

Values may stand on the label's line, on the next, or, where OCR parted columns, somewhere among bare labels. What the
arrangement does not settle is left open and said to be open: never silently reversed (domain, section 4).
"""

from __future__ import annotations

import re
from itertools import pairwise

from readingroom.data import table
from readingroom.model.labels import Certainty, Doubt, Kind, Reading
from readingroom.model.text import Span
from readingroom.recognize.dates import dates_in, stamped_dates_in
from readingroom.recognize.durations import alone
from readingroom.recognize.labelled_fields import (
    HEAD_LINES,
    NUMBERED,
    Field,
    fields_of,
    labelled,
)
from readingroom.recognize.markings import LEVELS
from readingroom.recognize.misreadings import nearest
from readingroom.recognize.printed_words import a_choice
from readingroom.recognize.sheet import Piece, Sheet
from readingroom.recognize.value_lines import KIND_LINE, SHORT, STAMPED, TO_NOBODY, ends_value, first_below, value_end

_HEADING_WORDS = (
    "(?:ACTION|INFORMATION|RECOMMENDATIONS?|SUMMARY|BACKGROUND|DISCUSSION|CONCLUSIONS?|INTRODUCTION|ATTACHMENTS?"
    "|ENCLOSURES?)"
)
_HEADING = re.compile(rf"{_HEADING_WORDS}\s*:?$", re.IGNORECASE)
_LOG_NUMBER = re.compile(r"\d{3,6}(?:[.-][A-Za-z\d]+)?$")
_CHANNEL = re.compile(r"(?:VIA [A-Z]+ CHANNEL|NO DISTRIBUTION|(?P<reader>[A-Z]{3,}) ONLY)$", re.IGNORECASE)
_OF_THEIR_OWN = (
    "MEMORANDUM",
    "\nVIA ",
    "\nNO DISTRIBUTION\n",
    " ONLY\n",
    re.compile(rf"\n(?:{_HEADING_WORDS}\s*:?|\d{{3,6}}(?:[.-][A-Z\d]+)?)(?=\n)"),
)
"""Of these every kind line, heading, delivery and log number has one."""
_LEVEL_BEHIND = re.compile(rf"(?<!\s)\s++(?:{'|'.join(map(re.escape, LEVELS))})$")
"""A banner that OCR ran into a name."""
_ROW_NUMBER = re.compile(r"^\d{1,2}[.,]? (?=[A-Z])")
"""The number of a routing sheet's row."""
_LIMIT = re.compile(r",\s*(?P<limit>[A-Z][\w ]*? Only)$", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][A-Za-z .]+,\s*[A-Z]\. ?[A-Z]\.,?\s*\d{5}$")
_SUBJECT_WITHIN = 12
"""Lines between a memorandum's head and its first paragraph."""
_PARTIES = frozenset({"from", "to", "info"})


def recognize(sheet: Sheet) -> None:
    """Label the head's lines and read its fields; record a Doubt for each field that the arrangement leaves open."""
    _letterhead(sheet)
    _lines_of_their_own(sheet)
    fields = [] if sheet.of_kind(Kind.HANDLING) else fields_of(sheet)  # a telegram's head is read already
    scrambled = _scrambled(sheet, fields)
    for field in _less_sure(sheet, [field for field in fields if field not in scrambled]):
        _take(sheet, field)
    _subject_without_label(sheet, fields)


def _subject_without_label(sheet: Sheet, fields: list[Field]) -> None:
    """Read, as an inference, the block between the head of a memorandum for the record and its first paragraph."""
    nobody = [field for field in fields if field.key == "to" and TO_NOBODY.match(field.value.words)]
    if not nobody or any(field.key == "subject" for field in fields):
        return
    block: list[Piece] = []
    for line in sheet.lines[nobody[0].piece.number : nobody[0].piece.number + _SUBJECT_WITHIN]:
        if NUMBERED.match(line.words):
            break
        if not sheet.free(line) or not re.search(r"[a-z]{2} ", line.words):
            if block:
                block.append(line)
            continue
        block.append(line)
    else:
        return
    while block and not sheet.free(block[-1]):
        block.pop()
    if block and all(len(line.words) <= SHORT and sheet.free(line) for line in block):
        span = block[0].span.to(block[-1].span)
        if sheet.label(span, Kind.HEAD, Certainty.INFERRED, field="subject"):
            sheet.read("subject", sheet.plain(span), span, Certainty.INFERRED, rank=30)


def _letterhead(sheet: Sheet) -> None:
    agencies: dict[str, str] = table("agencies")
    for piece in list(sheet.head(HEAD_LINES)):
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
    for piece in list(sheet.terse(*_OF_THEIR_OWN)):
        if not alone(sheet, piece):
            continue
        kind = KIND_LINE.match(piece.words) if piece.number < sheet.begins + HEAD_LINES else None
        if kind and kind["kind"].strip():
            _kind_line(sheet, piece, kind)
        elif _HEADING.match(piece.words) and not _among_choices(sheet, piece):
            sheet.label(piece.span, Kind.HEADING)
        elif (channel := _channel(piece.words)) and not sheet.of_kind(Kind.HANDLING):  # whose captions are read already
            certainty = Certainty.EXACT if channel == piece.words else Certainty.DAMAGED
            sheet.label(piece.span, Kind.CHANNEL, certainty)
            sheet.read("handling", channel, piece.span, certainty)
        elif piece.start < above_letterhead and _LOG_NUMBER.match(piece.words):
            sheet.label(piece.span, Kind.LOG_NUMBER, Certainty.INFERRED)
            sheet.read_words("identifiers.log", piece.span, Certainty.INFERRED)


def _among_choices(sheet: Sheet, piece: Piece) -> bool:
    """Return whether the line right above or below is a routing slip's choice: then this one is another."""
    beside = (sheet.at(piece.number + step) for step in (-1, 1))
    return any(near is not None and a_choice(near.words) for near in beside)


def _channel(words: str) -> str:
    """Return the delivery or limit that a line is; of ONLY, whose: eyes misread are eyes, and use is no reader."""
    match = _CHANNEL.match(words)
    reader = match and match["reader"]
    if not match or (reader and nearest(reader.upper(), ("USE",), 1)):
        return ""
    return "EYES ONLY" if reader and nearest(reader.upper(), ("EYES",), 1) else words


def _kind_line(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    """Label a line such as INFORMATION MEMORANDUM CONFIDENTIAL S/S, each part for what it is."""
    sheet.label(piece.group(match, "kind"), Kind.HEADING)
    sheet.read("type", "memorandum", piece.group(match, "kind"), rank=5)
    if match["level"]:
        span = piece.group(match, "level")
        sheet.label(span, Kind.MARKING, level=LEVELS[match["level"]])
        sheet.read("classification", LEVELS[match["level"]], span)
    if match["office"]:
        sheet.label(piece.group(match, "office"), Kind.ROUTING)


def _scrambled(sheet: Sheet, fields: list[Field]) -> list[Field]:
    """Return the bare labels whose values the lines around do not settle; label the block, record the doubts.

    Two bare labels with nothing but furniture between them say that OCR read columns in another order.
    """
    stacked: list[Field] = []
    for field, after in pairwise(fields):
        next_line = sheet.next_inked(field.piece)
        if field.value.blank and after.value.blank and next_line is not None and next_line.number == after.piece.number:
            stacked += [each for each in (field, after) if each not in stacked]
    if not stacked:
        return []
    if _zipped(sheet, stacked):
        return stacked
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
        sheet.doubts.append(Doubt(field.key, block, reason, unread=True))
    return stacked


def _less_sure(sheet: Sheet, fields: list[Field]) -> list[Field]:
    """Return the fields, the bare labels' inferred where one of them has no value: each may have its value above."""
    bare = [field for field in fields if field.value.blank and field.key in _PARTIES]
    below = [field for field in bare if first_below(sheet, field, value_end(sheet, field))]
    if below == bare:
        return fields
    return [field._replace(certainty=Certainty.INFERRED) if field in below else field for field in fields]


def _zipped(sheet: Sheet, stacked: list[Field]) -> bool:
    """Read as many short lines below as there are stacked labels, in their order, each as an inference.

    Only where the labels stand right under one another, and the lines right under them: any other arrangement is left
    to an editor (domain, section 4).
    """
    values: list[Piece] = []
    line: Piece | None = stacked[-1].piece
    while line is not None and len(values) <= len(stacked):
        line = sheet.next_inked(line)
        if line is None or not _may_be_value(sheet, line) or ends_value(line):
            break
        values.append(line)
    above = sheet.next_inked(stacked[0].piece, -1)
    if len(values) != len(stacked) or (above is not None and _may_be_value(sheet, above)):
        return False
    for field, value in zip(stacked, values, strict=True):
        sheet.label(field.piece.span, Kind.HEAD, Certainty.INFERRED, field=field.key)
        sheet.label(value.span, Kind.HEAD, Certainty.INFERRED, field=field.key)
        _read(sheet, field.key, value.span, Certainty.INFERRED, rank=15)
    return True


def _may_be_value(sheet: Sheet, line: Piece) -> bool:
    return bool(sheet.free(line)) and len(line.words) < SHORT and not labelled(line.words)[0]


def _take(sheet: Sheet, field: Field) -> None:
    """Label one field with its value, over as many lines as the value has, and read it."""
    end = value_end(sheet, field)
    below = field.value if not field.value.blank else first_below(sheet, field, end)
    skipped = below is not None and below.number != field.piece.number and below != sheet.next_inked(field.piece)
    certainty = Certainty.INFERRED if skipped else field.certainty
    if not sheet.label(Span(field.piece.start, end), Kind.HEAD, certainty, field=field.key):
        return
    if below is None:
        reason = "its label has no value beside or below it"
        sheet.doubts.append(Doubt(field.key, field.piece.span, reason, unread=True))
        return
    _read(sheet, field.key, Span(below.start, end), certainty)


def _read(sheet: Sheet, key: str, span: Span, certainty: Certainty, rank: int = 0) -> None:
    words = sheet.plain(span)
    if key in {"from", "to", "info"}:
        _read_people(sheet, key, Reading(key, words, span, certainty, rank))
    elif key == "date":
        for date in stamped_dates_in(words)[:1]:
            sheet.read("date", date.edtf, span, date.certainty, rank=10)
    elif key == "number":
        sheet.read("number", words, span)
        if re.match(r"[A-Z]{3,}: ?\d+$", words):
            sheet.read("type", "cable", span, rank=1)
    elif key == "subject":
        stamp = STAMPED.search(words)
        if stamp and stamp.start():
            words, certainty = words[: stamp.start()].rstrip(), Certainty.DAMAGED
        sheet.read("subject", words, span, certainty, rank)


def _read_people(sheet: Sheet, key: str, said: Reading) -> None:
    """Read who is named; apart from them a date or a limit behind the names, and a banner that OCR ran into them."""
    words = str(said.value)
    date = next(iter(dates_in(words)), None)
    if date is not None and date.start and date.end == len(words):
        certainty = date.certainty if said.certainty is Certainty.EXACT else said.certainty
        sheet.read("date", date.edtf, said.span, certainty, rank=20)
        words = words[: date.start].rstrip(" ,;(")
    limit = _LIMIT.search(words)
    if limit:
        words = words[: limit.start()]
        sheet.read("handling", limit["limit"], said.span)
    words = _LEVEL_BEHIND.sub("", words).strip()
    if said.certainty is Certainty.INFERRED and not dates_in(words):
        words = _ROW_NUMBER.sub("", words)
    if re.search(r"[^\W\d_]{2}", words):
        sheet.read(key, _names(words), said.span, said.certainty, said.rank)


def _names(words: str) -> tuple[str, ...]:
    """Return the names that a stroke parts; a stroke inside an office or a title parts nothing."""
    apart = tuple(re.split(r"(?<!\s)\s++/\s*|/\s+", words))
    names = apart if len(apart) > 1 else tuple(words.split("/"))
    several = all(
        re.fullmatch(r"[^,\d]*[A-Za-z]{4}[^,\d]*", name) and (" " in name or apart == names) for name in names
    )
    return names if several else (words,)
