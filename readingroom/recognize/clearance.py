"""Who drafted, concurred and cleared: `AF/C:SAHonley 7-1707` is office, initials with surname, telephone extension."""

from __future__ import annotations

import re

from readingroom.model.labels import Kind
from readingroom.recognize.sheet import Piece, Sheet

_LABEL = re.compile(
    r"(?P<label>Drafted|Cleared|Approved|Concurrences?|Clearances?|Coordinated)(?: by)?\s*:\s*(?P<value>\S.*)?$",
    re.IGNORECASE,
)
_WORDS = ("DRAFTED", "CLEARED", "APPROVED", "CONCURRENCE", "CLEARANCE", "COORDINATED")
_OFFICER = re.compile(r"[A-Z]{1,5}(?:/[A-Z]{1,5}){0,5}:\s?[A-Z][A-Za-z]+(?:\s+\d[\d-]+)?(?:\s+\(\w+\))?(?=\s|$)")
_KEYS = {"D": "drafted", "C": "cleared", "A": "approved"}


def recognize(sheet: Sheet) -> None:
    """Label drafting, concurrence and clearance lines; read `drafted`, `cleared`, `approved`, `concurrences`."""
    if not sheet.says(*_WORDS):
        return
    key = ""
    found: dict[str, list[tuple[str, Piece]]] = {}
    for piece in list(sheet.pieces()):
        match = _LABEL.match(piece.words)
        if match:
            word = match["label"].lower()
            key = "concurrences" if word.startswith("conc") else _KEYS[word[0].upper()]
            value = piece.words[match.start("value") :] if match["value"] else ""
        elif key and _only_officers(piece.words):
            value = piece.words
        else:
            key = ""
            continue
        if sheet.label(piece.span, Kind.CLEARANCE) and value:
            officers = [officer[0] for officer in _OFFICER.finditer(value)] or [value]
            found.setdefault(key, []).extend((officer, piece) for officer in officers)
    for name, entries in found.items():
        span = entries[0][1].span.to(entries[-1][1].span)
        sheet.read(name, tuple(officer for officer, _ in entries), span)


def _only_officers(words: str) -> bool:
    return bool(_OFFICER.match(words)) and not _OFFICER.sub("", words).strip()
