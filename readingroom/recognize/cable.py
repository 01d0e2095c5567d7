"""The anatomy of a telegram, from its number line to its end (domain, section 5).

The head is read in three modules of their own: `telegram_handling`, `telegram_addresses`, `telegram_fields`, with the
number line in `telegram_number`. Where OCR ran several parts into one line, each still gets its own range.
"""

from __future__ import annotations

import re

from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.dates import MONTHS, edtf_of, full_year
from readingroom.recognize.sheet import Piece, Sheet
from readingroom.recognize.telegram_addresses import label_addresses, recognize_addresses
from readingroom.recognize.telegram_checks import check
from readingroom.recognize.telegram_fields import recognize_fields
from readingroom.recognize.telegram_handling import recognize_handling
from readingroom.recognize.telegram_number import read_section, recognize_number

_SIGNATURE = re.compile(r"[A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]+)?(?: ACTING)?$")
_RUN_IN = re.compile(r"[.?!\"]\s(?P<name>[A-Z][A-Z'-]{2,30}(?: ACTING)?)$")
_NO_NAMES = frozenset({"REGARDS", "THANKS", "UNQUOTE", "UNQTE", "TEXT", "SUMMARY", "ADVISE", "CONFIDENTIAL", "SECRET"})
_HEAD_LINES = 80
_NUMBER = re.compile(r"(?P<post>[A-Z]{3,12}) \d{3,6}$")
_HANDLED = re.compile(r"\s(?P<day>\d\d)\d{4}Z\s(?P<month>[A-Z]{3})\s(?P<year>\d\d)$")
_NOTE = re.compile(r"NOTE BY OC/?T\b|POSS(?:IBLE)? DUPE?$")
_END = re.compile(r"(?:Z{2,4})?(?:N{3,4}|E{8}|BT|#\d{4}|END OF MESSAGE|<<\s?END OF DOCUMENT\s?>>)$")

_AT_FOOT = re.compile(rf"\n(?:{_END.pattern}|{_NOTE.pattern})", re.MULTILINE)


def recognize(sheet: Sheet) -> None:
    """Label a telegram's parts and read its fields; does nothing more where the paper is no telegram.

    A date-time group makes one; so do a page line and a number line together.
    """
    numbered = recognize_number(sheet)
    grouped = recognize_handling(sheet)
    if not grouped and not (numbered and sheet.of_kind(Kind.PAGE_LINE)):
        return
    shown_by = (sheet.of_kind(Kind.HANDLING) or sheet.of_kind(Kind.PAGE_LINE))[0]
    sheet.read("type", "cable", shown_by.span, Certainty.EXACT if grouped else Certainty.INFERRED, rank=0)
    if not grouped:
        _day_of_handling(sheet)
    recognize_addresses(sheet)
    _number_of_the_sender(sheet)
    recognize_fields(sheet)
    later = _later_sections(sheet)
    if not later:
        read_section(sheet)
    for first in later:
        recognize_number(sheet, first)
        recognize_handling(sheet, first)
        label_addresses(sheet, first)
    _sender(sheet)
    _foot(sheet)
    check(sheet)


def _later_sections(sheet: Sheet) -> list[int]:
    """Return the lines on which later sections of the message begin, each with a first page and a head of its own."""
    firsts = [label for label in sheet.of_kind(Kind.PAGE_LINE) if label.detail.get("page") in {"01", "001"}]
    return [sheet.line_at(label.span.start).number for label in firsts[1:]]


def _day_of_handling(sheet: Sheet) -> None:
    """Read the date, as an inference, from a page line that has month and year: the day on which Washington handled it.

    The message was sent on that day or up to a few days before (domain, section 5.1). A page line with the day alone
    dates nothing.
    """
    for label in sheet.of_kind(Kind.PAGE_LINE):
        match = _HANDLED.search(sheet.plain(label.span))
        month = MONTHS.index(match["month"].lower()) + 1 if match else 0
        date = match and edtf_of(full_year(match["year"]), month, int(match["day"]))
        if date:
            sheet.read("date", date, label.span, Certainty.INFERRED, rank=35)
            return


def _number_of_the_sender(sheet: Sheet) -> None:
    """Read the number from a line of its own under the level, as the military has it, where it is the sender's."""
    if any(reading.key == "number" for reading in sheet.readings):
        return
    senders = {word for reading in sheet.readings if reading.key == "from" for word in str(reading.value[0]).split()}
    for piece in sheet.pieces(last=_HEAD_LINES):
        match, above = _NUMBER.match(piece.words), sheet.next_inked(piece, -1)
        if match and above and sheet.kind_of(above) is Kind.MARKING and match["post"] in senders:
            sheet.label(piece.span, Kind.HEAD, field="number")
            sheet.read_words("number", piece.span)
            return


def _sender(sheet: Sheet) -> None:
    """Read the sending post from the message's number where the FM line is lost."""
    numbers = [reading for reading in sheet.readings if reading.key == "number"]
    number = min(numbers, key=lambda reading: reading.rank, default=None)
    if number is not None and not any(reading.key == "from" for reading in sheet.readings):
        post = str(number.value).rpartition(" ")[0]
        sheet.read("from", (post,), number.span, Certainty.INFERRED, rank=40)


def _foot(sheet: Sheet) -> None:
    """Label the end of the message, the communications center's notes, and the surname that signs by rule."""
    for piece in list(sheet.bearing(_AT_FOOT)):
        if _END.match(piece.words) and sheet.whole(piece):
            sheet.label(piece.span, Kind.END)
        elif _NOTE.match(piece.words):
            sheet.label(piece.span, Kind.ROUTING, field="note")
    for line in reversed(sheet.lines):
        free = sheet.free(line)
        if line.blank or not free:
            continue
        _signature(sheet, free[-1])
        return


def _signature(sheet: Sheet, last: Piece) -> None:
    """Label the signature: the last line where it is nothing but a surname, else a surname after the last sentence."""
    run_in = _RUN_IN.search(last.words[-60:])
    if sheet.whole(last) and _SIGNATURE.match(last.words) and last.words not in _NO_NAMES:
        span = last.span
    elif run_in and run_in["name"] not in _NO_NAMES:
        span = last.at(len(last.words) - len(run_in["name"]), len(last.words))
    else:
        return
    if sheet.label(span, Kind.SIGNATURE, Certainty.INFERRED):
        sheet.read_words("signed", span)
