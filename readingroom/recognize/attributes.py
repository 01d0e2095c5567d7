"""What the National Archives' database says of a message: `Label: value` lines below MESSAGE ATTRIBUTES.

They are the archive's words of decades later, so they stand apart under `record` (domain, section 2.2).
"""

from __future__ import annotations

import re

from readingroom.model.labels import Kind
from readingroom.recognize.sheet import Piece, Sheet

_START = re.compile(r"Message Attributes$", re.IGNORECASE)
_LINE = re.compile(r"(?P<label>[A-Z][A-Za-z]+(?: [A-Za-z]+){0,4}):\s*(?P<value>.*)$")
_ABSENT = frozenset({"", "n/a", "<blank>"})
_FILLER = {"Decaption Date": "01 JAN 1960", "Capture Date": "01 JAN 1994"}
"""What the system put in where nothing was known."""
_LOGINS = frozenset({"Review Authority", "Review History", "Disposition Authority"})
"""Names under which staff used the system: no names of people, and not for readers."""


def recognize(sheet: Sheet) -> None:
    """Label the attributes, from their heading to the end of the text, and read those that say something."""
    start = next((line.number for line in sheet.lines if _START.match(line.words)), None)
    if start is None:
        return
    for piece in list(sheet.pieces(first=start)):
        match = _LINE.match(piece.words)
        if match:
            _read(sheet, piece, match)
        if match or piece.number == start:
            sheet.label(piece.span, Kind.ARCHIVAL_MARK)


def _read(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    label, value = match["label"], match["value"].replace("\\'", "'")
    said = value.strip().lower() not in _ABSENT and _FILLER.get(label) != value.strip().upper()
    if said and label not in _LOGINS:
        sheet.read(f"record.{label}", value.strip(), piece.group(match, "value"))
