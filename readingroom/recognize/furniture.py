"""What carries the page rather than the text: page lines of telegrams, page numbers, archival marks, stray marks."""

from __future__ import annotations

import re

from readingroom.data import table
from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.dates import MONTHS
from readingroom.recognize.first_look import FIGURE
from readingroom.recognize.sheet import Piece, Sheet

_MONTH = "|".join(MONTHS).upper()
_PAGE_LINE = re.compile(
    r"PAGE (?P<page>\d{2,3})\s+(?P<post>[A-Z][A-Z .]{1,6}?)\s*(?P<serial>\d{4,6})(?:\s+\d\d OF \d\d)?"
    rf"(?:\s+\d{{6}}Z(?:\s(?:{_MONTH})\s\d\d)?(?!\S)|\s+(?:TOSEC|SECTO) \d+(?!\S)|(?=\s*$|\s+\d{{6}}Z\S))"
)
"""Where the text is glued to the time of handling, the line ends before the time: no word of the text is furniture."""
_DATABASE = re.compile(r"Message (?:Text|Attributes)$|\*{3} Current [A-Z][a-z]+(?: [A-Z][a-z]+)? \*{3}.{0,60}$")
"""What the National Archives' database prints around a message (domain, section 2.2)."""
_PAGE_NUMBER = re.compile(r"(?:-\s?)?(?:Page )?\d{1,3}(?: of \d{1,3})?(?:\s?-)?$", re.IGNORECASE)
_CODE = r"(?=[./-]*[A-Z\d])[A-Z\d./-]+"
_CODES = re.compile(rf"(?=\D*\d){_CODE}(?:\s+{_CODE}){{0,3}}$")
"""A few tokens of capitals and digits: a box note or a word processor's number."""
_STRAY = re.compile(r"[^\w\s](?:\s?[^\w\s]){0,2}$")
_TABLE = table("furniture")
_PRINTED = re.compile(rf"(?:{'|'.join((*_TABLE['archival'], *_TABLE['printed']))})$", re.IGNORECASE)
"""What archives and forms put on page after page."""
_SIGNS = (
    *_TABLE["bears"],
    "\nMESSAGE ",
    "\n*** CURRENT",
    FIGURE,
    re.compile(r"\n[^\w\s](?:[^\S\n]?[^\w\s]){0,2}(?=\n)"),
)
"""Of these every line of the second look has one."""


def recognize(sheet: Sheet) -> None:
    """Label page furniture; read `number` from a page line, for messages whose own number line is lost."""
    for piece in sheet.terse("\nPAGE "):
        match = _PAGE_LINE.match(piece.words)
        if match:
            sheet.label(piece.group(match), Kind.PAGE_LINE, page=match["page"])
            sheet.read("number", f"{match['post'].strip()} {match['serial']}", piece.group(match), rank=20)
    telegram = bool(sheet.of_kind(Kind.PAGE_LINE))
    for piece in sheet.terse(*_SIGNS):
        if _DATABASE.match(piece.words):
            sheet.label(piece.span, Kind.ARCHIVAL_MARK)
        elif sheet.whole(piece):
            _short_line(sheet, piece, telegram=telegram)


def _short_line(sheet: Sheet, piece: Piece, *, telegram: bool) -> None:
    """Label a line of signs or a few codes. A telegram is all capitals and figures: no line of it is a box note."""
    if _PRINTED.match(piece.words):
        sheet.label(piece.span, Kind.ARCHIVAL_MARK)
    elif _STRAY.match(piece.words) and not _LINE_OF_SIGNS.match(piece.words):
        sheet.label(piece.span, Kind.STRAY_MARK, Certainty.INFERRED)
    elif _PAGE_NUMBER.match(piece.words):
        below = sheet.next_inked(piece)
        above_routing = below is not None and below.words.startswith(("ACTION ", "ORIGIN "))
        if _beside_furniture(sheet, piece) and not above_routing:
            sheet.label(piece.span, Kind.PAGE_NUMBER, Certainty.INFERRED)
    elif not telegram and _CODES.match(piece.words) and _beside_furniture(sheet, piece, before=True):
        sheet.label(piece.span, Kind.ARCHIVAL_MARK, Certainty.INFERRED)


_LINE_OF_SIGNS = re.compile(r"[-_=*.]{2,}$")
"""Two or more of these are a rule that someone typed, not dirt."""


def _beside_furniture(sheet: Sheet, piece: Piece, *, before: bool = False) -> bool:
    """Return whether the line with words above (or also below, unless `before`) carries the page."""
    sides = (-1,) if before else (-1, 1)
    neighbors = (sheet.next_inked(piece, side) for side in sides)
    found = [line is not None and sheet.kind_of(line) in _CARRIERS for line in neighbors]
    return any(found) and (not before or piece.number > _HEAD)


_CARRIERS = frozenset({Kind.MARKING, Kind.ARCHIVAL_MARK, Kind.PAGE_LINE, Kind.RELEASE})
_HEAD = 20
"""Above this line a code under a marking is as likely the document's own log number."""
