"""Blanks to be filled in, and the tabs that are attached."""

from __future__ import annotations

import re

from readingroom.model.labels import Kind
from readingroom.recognize.sheet import Sheet

_BOX = re.compile("[☐☑☒]")
_BLANK = "___"
_TAB = re.compile(
    r"(?P<tab>(?:Tab|Attachment|Enclosure|Annex) (?:[IVX]+|\d+|[A-Z]))\b[\s:.-]*(?P<title>\S.*)?$", re.IGNORECASE
)
_WORDS = (*"☐☑☒", _BLANK, "TAB ", "ATTACHMENT ", "ENCLOSURE ", "ANNEX ")
_LONGEST = 120


def recognize(sheet: Sheet) -> None:
    """Label lines with blanks and lines that name an attachment."""
    for piece in list(sheet.bearing(*_WORDS)):
        if len(piece.words) > _LONGEST:
            continue
        if _BOX.search(piece.words) or (_BLANK in piece.words and any(map(str.isalnum, piece.words))):
            sheet.label(piece.span, Kind.FORM)
        elif match := _TAB.match(piece.words):
            sheet.label(piece.span, Kind.ATTACHMENT, tab=match["tab"], title=match["title"] or "")
