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
from readingroom.recognize.dates import body_starts, dates_in, stamped_dates_in
from readingroom.recognize.labelled_fields import (
    BARE,
    HEAD_LINES,
    NUMBERED,
    OTHER_LABEL,
    PRINTED,
    Field,
    fields_of,
    labelled,
)
from readingroom.recognize.markings import LEVELS
from readingroom.recognize.misreadings import nearest
from readingroom.recognize.sheet import Piece, Sheet

_TO_NOBODY = re.compile(r"(?:THE )?(?:RECORD|FILES?)\b", re.IGNORECASE)
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
_CHANNEL = re.compile(r"(?:VIA [A-Z]+ CHANNEL|NO DISTRIBUTION|(?P<reader>[A-Z]{3,}) ONLY)$", re.IGNORECASE)
_LEVEL_BEHIND = re.compile(rf"(?<!\s)\s++(?:{'|'.join(map(re.escape, LEVELS))})$")
"""A banner that OCR ran into a name."""
_LIMIT = re.compile(r",\s*(?P<limit>[A-Z][\w ]*? Only)$", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][A-Za-z .]+,\s*[A-Z]\. ?[A-Z]\.,?\s*\d{5}$")
_SUBJECT_WITHIN = 12
"""Lines between a memorandum's head and its first paragraph."""
_SHORT = 60
"""A value that goes on after an empty line is shorter than this."""


def recognize(sheet: Sheet) -> None:
    """Label the head's lines and read its fields; record a Doubt for each field that the arrangement leaves open."""
    _letterhead(sheet)
    _lines_of_their_own(sheet)
    fields = [] if sheet.of_kind(Kind.HANDLING) else fields_of(sheet)  # a telegram's head is read already
    scrambled = _scrambled(sheet, fields)
    for field in fields:
        if field not in scrambled:
            _take(sheet, field)
    _subject_without_label(sheet, fields)


def _subject_without_label(sheet: Sheet, fields: list[Field]) -> None:
    """Read, as an inference, the block between the head of a memorandum for the record and its first paragraph."""
    nobody = [field for field in fields if field.key == "to" and _TO_NOBODY.match(field.value.words)]
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
    if block and all(len(line.words) <= _SHORT and sheet.free(line) for line in block):
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
    for piece in list(sheet.pieces()):
        if not sheet.whole(piece):
            continue
        kind = _KIND_LINE.match(piece.words) if piece.number < sheet.begins + HEAD_LINES else None
        if kind and kind["kind"].strip():
            _kind_line(sheet, piece, kind)
        elif _HEADING.match(piece.words):
            sheet.label(piece.span, Kind.HEADING)
        elif (channel := _channel(piece.words)) and not sheet.of_kind(Kind.HANDLING):  # whose captions are read already
            certainty = Certainty.EXACT if channel == piece.words else Certainty.DAMAGED
            sheet.label(piece.span, Kind.CHANNEL, certainty)
            sheet.read("handling", channel, piece.span, certainty)
        elif piece.span.start < above_letterhead and _LOG_NUMBER.match(piece.words):
            sheet.label(piece.span, Kind.LOG_NUMBER, Certainty.INFERRED)
            sheet.read_words("identifiers.log", piece.span, Certainty.INFERRED)


def _channel(words: str) -> str:
    """Return the delivery or limit that a line is; of ONLY, whose: eyes misread are eyes, and use is no reader."""
    match = _CHANNEL.match(words)
    reader = match and match["reader"]
    if not match or (reader and nearest(reader.upper(), ("USE",), 1)):
        return ""
    return "EYES ONLY" if reader and nearest(reader.upper(), ("EYES",), 1) else words


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
        sheet.doubts.append(Doubt(field.key, block, reason))
    return stacked


def _zipped(sheet: Sheet, stacked: list[Field]) -> bool:
    """Read as many short lines below as there are stacked labels, in their order, each as an inference.

    Only where the labels stand right under one another, and the lines right under them: any other arrangement is left
    to an editor (domain, section 4).
    """
    values: list[Piece] = []
    line: Piece | None = stacked[-1].piece
    while line is not None and len(values) <= len(stacked):
        line = sheet.next_inked(line)
        if line is None or not _may_be_value(sheet, line) or _ends(line):
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
    return bool(sheet.free(line)) and len(line.words) < _SHORT and not labelled(line)[0]


def _take(sheet: Sheet, field: Field) -> None:
    """Label one field with its value, over as many lines as the value has, and read it."""
    end = _value_end(sheet, field)
    if not sheet.label(Span(field.piece.span.start, end), Kind.HEAD, field=field.key):
        return
    value = Span(field.value.span.start, end) if not field.value.blank else _below(sheet, field, end)
    if value is None:
        sheet.doubts.append(Doubt(field.key, field.piece.span, "its label has no value beside or below it"))
        return
    _read(sheet, field.key, value, field.certainty)


def _below(sheet: Sheet, field: Field, end: int) -> Span | None:
    below = sheet.next_inked(field.piece)
    while below is not None and PRINTED.match(below.words):
        below = sheet.next_inked(below)
    return Span(below.span.start, end) if below is not None and below.span.start < end else None


def _value_end(sheet: Sheet, field: Field) -> int:
    """Return where the value ends: it goes on over following lines, after an empty line only while it is unfinished."""
    last = field.piece
    words = field.value.words
    if field.piece.span.end != sheet.lines[field.piece.number - 1].span.end:
        return field.piece.span.end
    gap, most = False, _MOST_LINES.get(field.key, 1)
    if field.key == "to" and _TO_NOBODY.match(words):
        return field.piece.span.end
    for line in sheet.lines[field.piece.number :]:
        if line.blank:
            gap = True
            continue
        if not words and PRINTED.match(line.words):
            last = line
            continue
        if most == 0 or not sheet.free(line) or _ends(line):
            break
        if words and not _continues(field.key, words, line, gap=gap):
            break
        last, gap, words, most = line, False, f"{words} {line.words}".strip(), most - 1
    return last.span.end if last is not field.piece else field.piece.span.end


_MOST_LINES = {"subject": 8, "to": 3}
"""How many lines a value may have below its label's; of other fields one."""


def _ends(line: Piece) -> bool:
    """Return whether a line is the next label, a numbered paragraph or the body: no value goes on there."""
    return bool(
        labelled(line)[0]
        or BARE.match(line.words)
        or body_starts(line)
        or NUMBERED.match(line.words)
        or OTHER_LABEL.match(line.words)
    )


def _continues(key: str, words: str, line: Piece, *, gap: bool) -> bool:
    if gap:
        return _unfinished(words, line.words) and (key == "subject" or _of_a_name(line.words))
    if key == "subject":
        return len(line.words) <= 2 * _SHORT and not _is_date(line.words)
    return _of_a_name(line.words)


def _is_date(words: str) -> bool:
    return any(date.end - date.start >= len(words.rstrip(" .")) for date in dates_in(words))


def _of_a_name(words: str) -> bool:
    """Return whether a line may belong to who is named above it: a title, an office, a place; no date, no title."""
    return (
        len(words) < _SHORT
        and words[-1] not in ".:;?!"
        and not dates_in(words)
        and not _KIND_LINE.match(words)
        and words[0].isalpha()
        and not any(char.isdigit() for char in words)
        and all(word[0].isupper() or len(word) < 4 for word in re.findall(r"\w+", words))  # of, and, the
    )


def _unfinished(words: str, after: str) -> bool:
    """Return whether a value goes on after an empty line: no end mark yet; what follows is short and capitalized."""
    return (
        words[-1] not in ".?!:"
        and len(after) < _SHORT
        and all(w[0].isupper() or len(w) < 4 for w in re.findall(r"\w+", after))
    )


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
        sheet.read("subject", words, span, certainty, rank)


def _read_people(sheet: Sheet, key: str, said: Reading) -> None:
    """Read who is named; apart from them a date or a limit behind the names, and a banner that OCR ran into them."""
    words = str(said.value)
    date = next(iter(dates_in(words)), None)
    if date is not None and date.start and date.end == len(words):
        sheet.read("date", date.edtf, said.span, date.certainty, rank=20)
        words = words[: date.start].rstrip(" ,;(")
    limit = _LIMIT.search(words)
    if limit:
        words = words[: limit.start()]
        sheet.read("handling", limit["limit"], said.span)
    words = _LEVEL_BEHIND.sub("", words).strip()
    if re.search(r"[^\W\d_]{2}", words) and not PRINTED.match(words):
        sheet.read(key, _names(words), said.span, said.certainty, said.rank)


def _names(words: str) -> tuple[str, ...]:
    """Return the names that a stroke parts; a stroke inside an office or a title parts nothing."""
    apart = tuple(re.split(r"(?<!\s)\s++/\s*|/\s+", words))
    names = apart if len(apart) > 1 else tuple(words.split("/"))
    several = all(
        re.fullmatch(r"[^,\d]*[A-Za-z]{4}[^,\d]*", name) and (" " in name or apart == names) for name in names
    )
    return names if several else (words,)
