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
from readingroom.recognize.dates import body_starts, dates_in, stamped_dates_in
from readingroom.recognize.kinds import kind_said
from readingroom.recognize.markings import LEVELS
from readingroom.recognize.misreadings import folded, nearest
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
_PRINTED = re.compile(
    r"\W*(?:optional|officer designation|names?\W+(?:and |office|address|title)|address|room n|when filled|specify"
    r"|classification\b|extension|true name|project$|building\)|\(?print)",
    re.IGNORECASE,
)
"""What a form itself prints where a value is to stand."""
_OTHER_LABEL = re.compile(r"[A-Z][A-Z /]{2,24}\s?:(?:\s|$)")
_BARE = re.compile(r"(?P<label>TO|FROM|SUBJECT|INFO|ATTN)(?P<value>)[.:]?$")
"""A printed label that stands alone, its colon lost or never there."""
_PREPRINTED = frozenset({"dispatch", "form", "cable"})
"""Kinds of paper that were written on a form."""
_NO_LABEL = re.compile(r":\s*(?P<value>[A-Z][\w.,\x27 -]{4,60})$")
_TO_NOBODY = re.compile(r"(?:THE )?(?:RECORD|FILES?)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z])[.,)]\s")
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
_CHANNEL = re.compile(r"(?:VIA [A-Z]+ CHANNEL|NO DISTRIBUTION|(?!USE )[A-Z]+ ONLY)$", re.IGNORECASE)
_LIMIT = re.compile(r",\s*(?P<limit>[A-Z][\w ]*? Only)$", re.IGNORECASE)
_OFFICE_AND_NAME = re.compile(r"(?P<office>[A-Z]{1,5}(?:/[A-Z]{1,5})*) - (?P<name>[A-Z].*)$")
_PLACE = re.compile(r"[A-Z][A-Za-z .]+,\s*[A-Z]\. ?[A-Z]\.,?\s*\d{5}$")
_HEAD_LINES = 60
_SUBJECT_WITHIN = 12
"""Lines between a memorandum's head and its first paragraph."""
_SHORT = 60
"""A value that goes on after an empty line is shorter than this."""


@dataclass(frozen=True, slots=True)
class _Field:
    piece: Piece
    key: str
    value: Piece
    certainty: Certainty = Certainty.EXACT


def recognize(sheet: Sheet) -> None:
    """Label the head's lines and read its fields; record a Doubt for each field that the arrangement leaves open."""
    _letterhead(sheet)
    _lines_of_their_own(sheet)
    fields = _fields(sheet)
    scrambled = _scrambled(sheet, fields)
    for field in fields:
        if field not in scrambled:
            _take(sheet, field)
    _subject_without_label(sheet, fields)


def _subject_without_label(sheet: Sheet, fields: list[_Field]) -> None:
    """Read, as an inference, the block between the head of a memorandum for the record and its first paragraph."""
    nobody = [field for field in fields if field.key == "to" and _TO_NOBODY.match(field.value.words)]
    if not nobody or any(field.key == "subject" for field in fields):
        return
    block: list[Piece] = []
    for line in sheet.lines[nobody[0].piece.number : nobody[0].piece.number + _SUBJECT_WITHIN]:
        if _NUMBERED.match(line.words):
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
    for piece in list(sheet.head(_HEAD_LINES)):
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
        kind = _KIND_LINE.match(piece.words) if piece.number < sheet.begins + _HEAD_LINES else None
        if kind and kind["kind"].strip():
            _kind_line(sheet, piece, kind)
        elif _HEADING.match(piece.words):
            sheet.label(piece.span, Kind.HEADING)
        elif _CHANNEL.match(piece.words):
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
    said = kind_said(sheet)
    preprinted = said is not None and said[1] in _PREPRINTED
    for line in sheet.head(_HEAD_LINES):
        if body_starts(line) and not _OTHER_LABEL.match(line.words):
            break
        if not sheet.whole(line):
            continue
        for piece in _cut(line):
            match, label = _labelled(piece)
            if not match and preprinted and (bare := _BARE.match(folded(piece.words))):
                fields.append(_Field(piece, _LABELS[bare["label"]], _rest(piece, bare), Certainty.INFERRED))
            elif match:
                certainty = Certainty.EXACT if label == match["label"].upper() else Certainty.DAMAGED
                fields.append(_Field(piece, _LABELS[label], _rest(piece, match), certainty))
            elif fields and fields[-1].key == "to" and (lost := _NO_LABEL.match(piece.words)):
                value = piece.within(piece.group(lost, "value"))
                fields.append(_Field(piece, "from", value, Certainty.INFERRED))
    return fields


def _rest(piece: Piece, match: re.Match[str]) -> Piece:
    """Return the words after a label and its colon; none where they are but the form's own."""
    value = piece.within(Span(piece.group(match, "label").end, piece.span.end))
    value = value.within(Span(value.span.start + (value.words[:1] in {":", ";", "."}), value.span.end))
    return value.within(Span(value.span.end, value.span.end)) if _PRINTED.match(value.words) else value


def _cut(line: Piece) -> list[Piece]:
    """Return the line, or its parts where another label stands inside it, as on a form."""
    cuts = [match.end() for match in _INSIDE.finditer(line.words)]
    if not cuts or not _labelled(line)[0]:
        return [line]
    edges = [line.span.start, *(line.offsets[cut] for cut in cuts), line.span.end]
    return [line.within(Span(start, end)) for start, end in pairwise(edges)]


def _labelled(piece: Piece) -> tuple[re.Match[str] | None, str]:
    """Return the match of a label at the start of the piece, and the label that it is or is a misreading of."""
    words = folded(piece.words)
    match = _LABEL.match(words) or _FOR.match(words)
    if match:
        return match, match["label"].upper()
    match = _MISREAD.match(words)
    label = nearest(match["label"], _LONG, 2) if match else None
    return (match, label) if label else (None, "")


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
    _read(sheet, field.key, value, field.certainty)


def _below(sheet: Sheet, field: _Field, end: int) -> Span | None:
    below = sheet.next_inked(field.piece)
    while below is not None and _PRINTED.match(below.words):
        below = sheet.next_inked(below)
    return Span(below.span.start, end) if below is not None and below.span.start < end else None


def _value_end(sheet: Sheet, field: _Field) -> int:
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
        if not words and _PRINTED.match(line.words):
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
        _labelled(line)[0] or body_starts(line) or _NUMBERED.match(line.words) or _OTHER_LABEL.match(line.words)
    )


def _continues(key: str, words: str, line: Piece, *, gap: bool) -> bool:
    if gap:
        return _unfinished(words, line.words)
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


def _read(sheet: Sheet, key: str, span: Span, certainty: Certainty) -> None:
    words = sheet.plain(span)
    if key in {"from", "to", "info"}:
        _read_people(sheet, key, span, words, certainty)
    elif key == "date":
        for date in stamped_dates_in(words)[:1]:
            sheet.read("date", date.edtf, span, date.certainty, rank=10)
    elif key == "number":
        sheet.read("number", words, span)
        if re.match(r"[A-Z]{3,}: ?\d+$", words):
            sheet.read("type", "cable", span, rank=1)
    elif key == "subject":
        sheet.read("subject", words, span, certainty)


def _read_people(sheet: Sheet, key: str, span: Span, words: str, certainty: Certainty) -> None:
    date = next(iter(dates_in(words)), None)
    if date is not None and date.start and date.end == len(words):
        sheet.read("date", date.edtf, span, date.certainty, rank=20)
        words = words[: date.start].rstrip(" ,;(")
    limit = _LIMIT.search(words)
    if limit:
        words = words[: limit.start()]
        sheet.read("handling", limit["limit"], span)
    names = [name.strip() for name in words.split("/")]
    several = len(names) > 1 and all(re.search(r"[A-Za-z]{4}", name) for name in names)
    sheet.read(key, tuple(names) if several else (words.strip(),), span, certainty)
