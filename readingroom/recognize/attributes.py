"""What the National Archives' database says of a message: `Label: value` lines below MESSAGE ATTRIBUTES.

They are the archive's words of decades later, so they stand apart under `record`; what the message itself leaves open
is taken from them, as an inference. Its subject is not, for theirs are cut short or run into the text, and neither are
its markings (domain, section 2.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readingroom.model.labels import Certainty, Kind, Value
from readingroom.recognize.dates import dates_in
from readingroom.recognize.sheet import Piece, Sheet
from readingroom.recognize.telegram_fields import tags_in

_START = re.compile(r"Message Attributes$", re.IGNORECASE)
_LINE = re.compile(r"(?P<label>[A-Z][A-Za-z]+(?: [A-Za-z]+){0,4}):\s*(?P<value>.*)$")
_ABSENT = frozenset({"", "n/a", "<blank>"})
_FILLER = {"Decaption Date": "01 JAN 1960", "Capture Date": "01 JAN 1994"}
"""What the system put in where nothing was known."""
_LOGINS = frozenset({"Review Authority", "Review History", "Disposition Authority"})
"""Names under which staff used the system: no names of people, and not for readers."""
_NUMBER = re.compile(r"(?:19|20)\d\d(?P<post>[A-Z]{3,})(?P<serial>\d{5,6})$")
"""Year, post without its spaces, serial."""
_RANK = 90
"""What the archive says of a message yields to anything that the message says of itself."""


def recognize(sheet: Sheet) -> None:
    """Label the attributes, from their heading to the end of the text, and read those that say something."""
    start = next((line.number for line in sheet.lines_with("MESSAGE ATTRIBUTES") if _START.match(line.words)), None)
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
        span = piece.group(match, "value")
        sheet.read(f"record.{label}", value.strip(), span)
        for key, found in _said(label, value.strip()):
            sheet.read(key, found, span, Certainty.INFERRED, _RANK)


def _said(label: str, value: str) -> Iterator[tuple[str, Value]]:
    """Yield the field that an attribute may fill."""
    number = _NUMBER.match(value)
    if label == "Draft Date":
        yield from (("date", date.edtf) for date in dates_in(value)[:1])
    elif label in {"From", "To"}:
        yield label.lower(), (value,)
    elif label == "TAGS":
        yield "tags", tuple(tags_in(value))
    elif label == "Document Number" and number:
        yield "number", f"{number['post']} {number['serial']}"
        yield "type", "cable"
