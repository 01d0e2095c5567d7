"""A telegram's head between number line and text: captions, passing lines, order, TAGS, subject, references.

Labels stand at the start of a line, or several on one line where OCR ran them together. With a letter or two misread a
label is still one, but only here, above the text (domain, section 5, lines 10 to 15).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from readingroom.model.labels import Certainty, Kind
from readingroom.model.text import Span
from readingroom.recognize.durations import read_order
from readingroom.recognize.markings import CAVEATS, collapsed
from readingroom.recognize.references import read_reference_line
from readingroom.recognize.sheet import Piece, Sheet

_HEAD_LINES = 120
_MOST_LINES = {"tags": 3, "subject": 6, "reference": 15, "order": 1}
"""Over how many lines a field of a kind goes on at most."""
_LONGEST_CAPTION = 80
_STRAY = 2
"""A line of so few characters is no caption, and ends no row of them."""
_MOST_FIELDS = 8
"""No head has more fields, so no line of one has."""

_LABELS = {
    "TAGS": "tags",
    "TAG": "tags",
    "SUBJECT": "subject",
    "SUBJ": "subject",
    "SUB": "subject",
    "REF": "reference",
    "REFS": "reference",
    "REF(S)": "reference",
    "REFERENCE": "reference",
    "REFERENCES": "reference",
    "REFTEL": "reference",
    "REFTELS": "reference",
    "EO": "order",
}
_ORDER_LABEL = re.compile(r"E[^\w\n]{0,2}M?[O0]M?[^\w\n]{0,2}1\d{4}")
_INSIDE = re.compile(
    r"(?:^|(?<=\s))(?:(?P<label>TAGS?|SUBJECT|SUBJ|REFS?|REF\(S\)|REFERENCES?|EO|E\.\s?O\.\s?\d{5})\s?:)(?=\s|$)"
)
_AT_START = re.compile(r"(?P<label>[A-Z][A-Z()]{1,10})(?P<separator>\s?[:;])?")
_CODE = r"(?:[A-Z]{2}|[A-Z]{4})"
_CODES = re.compile(rf"{_CODE}(?:\s?[,;]\s?{_CODE}|\s{_CODE})*(?=\s?[,.(]|$)")
_LINE_OF_CODES = re.compile(rf"{_CODE}(?:\s?[,;]\s?{_CODE}){{1,9}}[,.]?$")
_TAG_RUN = re.compile(r"[A-Z]{2,4}(?: [A-Z]{2,4})+$")
_MESSAGE_LIKE = re.compile(r"\(?[A-Z1]\)|[A-Z][A-Z ]{0,30}? \d")
_SUBJECT_LIKE = re.compile(r"[-(\"A-Z]")
_BODY = re.compile(r"\(?\d{1,2}\s?[.)]|(?:BEGIN |QUOTE )?SUMMARY\b|BEGIN TEXT\b")
_FIELD_ENDS = re.compile(r"(?:BEGIN )?SUMMARY\b|FOR\b.{0,40} FROM\b|[A-Z][A-Z ]{1,40}:(?:\s|$)")
_ENUMERATED = re.compile(r"\(?[B-Z]\s?\)|[B-Z]\.\s")
_FULL = 45
"""A line as long as this may have been broken for want of room; a shorter one ended on purpose."""
_PASSING = re.compile(r"(?:[A-Z][\w/&.-]* ){0,5}(?:FOR|PASS|PASSING|FROM)\b")
_CAVEAT = re.compile(rf"\b(?:{'|'.join(map(re.escape, CAVEATS))})\b")
_LIMIT = re.compile(r"\b(?:EYES ONLY|[A-Z]+ CHANNEL)\b|\b(?P<only>ONLY)\b")


@dataclass(frozen=True, slots=True)
class _Label:
    field: str
    end: int
    """where in the line the value begins"""
    certainty: Certainty


def recognize_fields(sheet: Sheet) -> None:
    """Label and read the fields of the head, then the captions and passing lines among them."""
    last = _last_line(sheet)
    for piece in list(sheet.pieces(last=last)):
        _line_of_fields(sheet, piece)
    _unlabelledtags_in(sheet, last)
    _captions(sheet, last)


def _last_line(sheet: Sheet) -> int:
    """Return the number of the last line above the text: a numbered paragraph or a summary begins that."""
    start = _number_line(sheet)
    for line in sheet.lines[start:_HEAD_LINES]:
        if not line.blank and sheet.free(line) and sheet.whole(sheet.free(line)[0]) and _BODY.match(line.words):
            return line.number - 1
    return _HEAD_LINES


def _number_line(sheet: Sheet) -> int:
    """Return the number of the line with the message's number; else of the last address line; else 0."""
    for kind, field in ((Kind.HEAD, "number"), (Kind.ADDRESSES, None)):
        found = [label for label in sheet.of_kind(kind) if field is None or label.detail.get("field") == field]
        if found:
            return sheet.line_at(found[-1].span.start).number
    return 0


def _line_of_fields(sheet: Sheet, piece: Piece) -> None:
    first = _label_of(piece.words)
    if first is None:
        return
    inside = (match.start() for match in _INSIDE.finditer(piece.words) if match.start() >= first.end)
    starts = [0, *islice(inside, _MOST_FIELDS - 1)]
    for start, end in zip(starts, [*starts[1:], len(piece.words)], strict=True):
        _field(sheet, piece.within(piece.at(start, end)))


def _label_of(words: str) -> _Label | None:
    """Return the label that a line begins with, also one misread or without its colon; None where there is none."""
    order = _ORDER_LABEL.match(words)
    if order:
        return _Label("order", order.end(), Certainty.EXACT)
    match = _AT_START.match(words)
    if match is None:
        return None
    name, end = match["label"], match.end()
    if match["separator"]:
        field = _LABELS.get(name)
        certainty = Certainty.EXACT if field else Certainty.DAMAGED
        field = field or _near_label(name)
        return _Label(field, end, certainty) if field else None
    rest = words[end:].lstrip()
    field = _LABELS.get(name)
    alone = words[end : end + 1].isspace()
    fits = {"tags": _CODES.match, "reference": _MESSAGE_LIKE.match, "subject": _SUBJECT_LIKE.match}
    if field in fits and alone and name != "SUB" and fits[field](rest):
        return _Label(field, end, Certainty.DAMAGED)
    return None


def _near_label(name: str) -> str | None:
    """Return the field of a label with one letter misread, lost, doubled or exchanged with its neighbor, or `..BJ`."""
    if len(name) == 4 and name.endswith("BJ"):  # SUBJ with its first two letters misread
        return "subject"
    for label in ("TAGS", "SUBJ", "REFS", "SUBJECT", "REFERENCE"):
        if abs(len(label) - len(name)) <= 1 and name != label and _one_slip(name, label):
            return _LABELS[label]
    return None


def _one_slip(a: str, b: str) -> bool:
    """Return whether one letter changed, lost, added or exchanged with the next makes `a` of `b`."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    a, b = a[head:], b[head:]
    exchanged = len(a) > 1 and a[:2] == b[:2][::-1] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or exchanged


def _field(sheet: Sheet, piece: Piece) -> None:
    label = _label_of(piece.words)
    if label is None:
        return
    span = _wrapped(sheet, piece, label.field)
    if label.field == "order":
        duration = read_order(sheet, piece)
        sheet.label(span, Kind.HEAD, label.certainty, field="order", **({"duration": duration} if duration else {}))
        return
    if not sheet.label(span, Kind.HEAD, label.certainty, field=label.field):
        return
    value = Span(piece.at(label.end - 1, label.end).end, span.end)
    words = sheet.plain(value)
    inked = re.search(r"[^\s:;.,-]", sheet.text[value])
    if inked is None:
        return
    value = Span(value.start + inked.start(), value.end)
    if label.field == "tags":
        tags = tuple(tags_in(sheet.plain(value)))
        if tags:
            sheet.read("tags", tags, value, label.certainty)
    elif label.field == "subject":
        sheet.read("subject", sheet.plain(value), value, label.certainty)
    else:
        read_reference_line(sheet, value if words else span)


def _wrapped(sheet: Sheet, piece: Piece, field: str) -> Span:
    """Return the range of a field over the following lines: to an empty line, the next label or the text.

    A list of references goes on after an empty line with its next letter.
    """
    end = piece.span
    if end.end != sheet.lines[piece.number - 1].end:
        return end
    above, gap = piece.words, False
    for line in sheet.lines[piece.number : piece.number + _MOST_LINES[field] - 1]:
        if line.blank:
            gap = True
            continue
        goes_on = field == "reference" and _ENUMERATED.match(line.words) is not None
        if not sheet.free(line) or not sheet.whole(sheet.free(line)[0]) or (gap and not goes_on):
            break
        if not goes_on and (_label_of(line.words) or _BODY.match(line.words) or _ends_field(line.words, above)):
            break
        if field == "reference" and not goes_on and not _unfinished(above, line.words):
            break
        if field == "tags" and not _CODES.match(line.words) and not above.endswith(","):
            break
        end, above, gap = line.span, line.words, False
    return piece.span.to(end)


def _unfinished(above: str, words: str) -> bool:
    """Return whether a list of references goes on: the line above was full or ends in a sign, or a number follows."""
    return len(above) >= _FULL or above.endswith((",", ";", ":", ")", "AND", "&")) or words[0].isdigit()


def _ends_field(words: str, above: str) -> bool:
    """Return whether a line under a field begins something else: a summary, or a label after a line left short."""
    match = _FIELD_ENDS.match(words)
    return match is not None and (len(above) < _FULL or words.startswith(("SUMMARY", "BEGIN")) or match[0] == words)


def tags_in(words: str) -> Iterator[str]:
    """Yield the TAGS; a comma inside parentheses parts a name, not two TAGS (domain, section 5).

    Codes may be parted by spaces alone; stars are where the telegram was lost.
    """
    depth, start = 0, 0
    for at, sign in enumerate(f"{words},"):
        depth += (sign == "(") - (sign == ")" and depth > 0)
        if sign in ",;" and (not depth or at == len(words)):
            tag = words[start:at].strip(" .:*")
            start = at + 1
            yield from tag.split(" ") if _TAG_RUN.match(tag) else [tag] if len(tag) > 1 else []


def _unlabelledtags_in(sheet: Sheet, last: int) -> None:
    """Read a line that is nothing but codes in the head as TAGS whose label was lost."""
    if any(label.detail.get("field") == "tags" for label in sheet.of_kind(Kind.HEAD)):
        return
    for piece in sheet.pieces(first=_number_line(sheet) + 1, last=last):
        if _LINE_OF_CODES.match(piece.words) and sheet.whole(piece):
            sheet.label(piece.span, Kind.HEAD, Certainty.INFERRED, field="tags")
            sheet.read("tags", tuple(tags_in(piece.words)), piece.span, Certainty.INFERRED)
            return


def _captions(sheet: Sheet, last: int) -> None:
    """Label captions and passing lines, which stand between the number line and the text; read limits from them."""
    start = _number_line(sheet)
    first = next((label for label in sheet.of_kind(Kind.HEAD) if _after(sheet, start, label.span)), None)
    fields = sheet.line_at(first.span.start).number if first else 0
    for piece in list(sheet.pieces(first=start + 1, last=last)):
        if not start or not sheet.whole(piece) or len(piece.words) > _LONGEST_CAPTION:
            break
        if len(piece.words) <= _STRAY:
            continue
        passing = _PASSING.match(piece.words) is not None
        if piece.number > fields and not (passing and _alone(sheet, piece)):
            break
        if not sheet.label(piece.span, Kind.CHANNEL, Certainty.EXACT if passing else Certainty.INFERRED):
            continue
        _limits(sheet, piece)


def _alone(sheet: Sheet, piece: Piece) -> bool:
    """Return whether no line of text follows at once: what does would make this one the first of a paragraph."""
    below = sheet.at(piece.number + 1)
    return below is None or below.blank or not sheet.free(below) or _PASSING.match(below.words) is not None


def _after(sheet: Sheet, number: int, span: Span) -> bool:
    return sheet.line_at(span.start).number > number


def _limits(sheet: Sheet, piece: Piece) -> None:
    words = collapsed(piece.words)
    for caveat in _CAVEAT.findall(words):
        sheet.read("handling", caveat, piece.span)
    for limit in _LIMIT.finditer(words):
        if limit[0] not in CAVEATS:
            sheet.read("handling", words if limit["only"] else limit[0], piece.span)
