"""Redactions: the places where words were withheld, known by the exemption code that stands in their stead.

A code on its own line, or beginning one, is a redaction. The same code in a sentence, in a stamp or on a header line
is not (domain, section 3.8). A redaction cites the order in force at review, not at writing.
"""

from __future__ import annotations

import re

from readingroom.data import meaning, table
from readingroom.model.document import Redaction
from readingroom.model.labels import Kind
from readingroom.model.text import Span
from readingroom.recognize.sheet import Piece, Sheet

_ORDER = r"(?:E\.?\s?[O0]\.?\s*(?P<order>1\d{4})\s*+(?:,\s*+)?)?"
_SECTION = (
    r"1\.[45]\s?\([a-hA-H]\)|3\.3\s?\(b\)\s?\(\d\)|3\.5\s?\(c\)|1\.3\s?\(a\)\s?\(\d{1,2}\)"
    r"|[257][05]X[1-9](?:-(?:HUM|WMD))?\b"
)
_FOIA = r"\(b\)?\s?\([1-9]\)(?:\s?\([A-Fa-f]\))?|B\s?\(?[1-9]\)?(?![\w/])"
_ACT = r"JFK Act\s*+(?:Sec(?:tion|\.)?\s*+|§\s*+)?6\s?\(\d\)(?:\s?\([A-Ca-c]\))?"
_CODE = rf"(?:{_SECTION}|{_FOIA}|{_ACT})"
_LIBRARY = r"(?:P[1-6](?:/[bB]\s?\(?[1-9]\)?)?|PRM|RR)(?![\w/])"
"""Codes that are a code only beside another: alone they are a page, a paragraph, somebody's initials."""
_BESIDE = rf"(?:\s*+[,;&/]\s*+|\s++)(?:{_CODE}|{_LIBRARY})"
_CODES = rf"(?:{_CODE}(?:{_BESIDE})*|{_LIBRARY}(?:{_BESIDE})+)"
_LAW = r"(?:\s+(?P<law>CIA PERS/ORG|INA|ARMSEXP|NSA Act|CIA Act))?"
"""The other law that exemption (b)(3) names."""
_WITHHELD = re.compile(rf"\[?{_ORDER}(?P<codes>{_CODES}){_LAW}\]?$")
_BRACKETED = re.compile(rf"\[(?P<codes>{_LIBRARY})\]$")
_MARGIN = re.compile(r"(?P<codes>STATINTL|STAT)$")
"""Codes in the margin of CIA's reading room: a code only on a paper that bears its release line."""
ONLY_CODES = re.compile(rf"[\s:-]*{_CODES}$")
"""Nothing but codes, as they stand after RELEASED IN PART."""
_ONE = re.compile(rf"{_CODE}|{_LIBRARY}|STATINTL|STAT")
_NOT_DECLASSIFIED = re.compile(
    r"\[\s?(?P<extent>(?:less than )?[\w/½¼¾ -]{3,50}?)\s+not declassified\s?\.?\]", re.IGNORECASE
)
"""The bracket of a documentary edition, which says how much and not why (Foreign Relations of the United States)."""


_SIGNS = (
    "NOT DECLASSIFIED",
    re.compile(r"\n\[?(?:E\.?\s?[O0]|[123][.05]|[57][05]X|\(B|B\s?\(?[1-9]|JFK ACT|P[1-6]|PRM|RR|STAT)"),
)
"""Of these every line with a redaction has one."""


def recognize(sheet: Sheet) -> None:
    """Label lines that are nothing but exemption codes, and the brackets of editions; record each as a redaction."""
    reading_room = any(reading.key == "identifiers.crest" for reading in sheet.readings)
    for piece in list(sheet.bearing(*_SIGNS)):
        match = _WITHHELD.match(piece.words) or _BRACKETED.match(piece.words)
        match = match or (_MARGIN.match(piece.words) if reading_room else None)
        if match and (sheet.whole(piece) or match.groupdict().get("order")):
            _withhold(sheet, piece, match)
        elif "not declassified" in piece.words:
            for bracket in _NOT_DECLASSIFIED.finditer(piece.words):
                _record(sheet, piece.group(bracket), (), bracket["extent"].lower())


def _withhold(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    order = match.groupdict().get("order")
    _record(sheet, piece.span, tuple(_normalized(code, order) for code in _ONE.findall(match["codes"])))


def _record(sheet: Sheet, span: Span, exemptions: tuple[str, ...], extent: str | None = None) -> None:
    if sheet.label(span, Kind.WITHHELD, exemptions="; ".join(exemptions)):
        sheet.redactions.append(
            Redaction(
                id=f"withheld-{len(sheet.redactions) + 1}",
                span=span,
                line=sheet.line_at(span.start).number,
                exemptions=exemptions,
                as_written=sheet.text[span],
                extent=extent,
            )
        )


def _normalized(code: str, order: str | None) -> str:
    """Return the code as the tables spell it, with its authority: `E.O. 13526 1.4(d)`, `FOIA (b)(1)`."""
    tight = re.sub(r"\s", "", code)
    if tight.startswith("JFKAct"):
        return f"JFK Act {re.sub(r'^JFKAct(?:Sec(?:tion|[.])?|§)?', '', tight).upper()}"
    if tight.startswith("STAT"):
        return f"CREST {tight}"
    if tight in {"PRM", "RR"}:
        return f"Library {tight}"
    if tight.startswith("P"):
        return f"PRA {tight[:2]}"
    if tight.startswith(("(b", "B")):
        digits = re.findall(r"[1-9]|(?<=\()[A-Fa-f](?=\)$)", tight[1:] if tight[0] == "B" else tight[2:])
        return f"FOIA (b)({digits[0]})" + (f"({digits[1].upper()})" if digits[1:] and digits[0] == "7" else "")
    tight = tight if "X" in tight else tight.lower()
    return f"{_authority(tight, order)} {tight}"


def _authority(code: str, order: str | None) -> str:
    """Return the order that a code cites: the one named; else the one whose sections are so numbered."""
    if order:
        return f"E.O. {order}"
    return {"1.5": "E.O. 12958", "1.3": "E.O. 12356"}.get(code[:3], "E.O. 13526")


def meaning_of(exemption: str) -> tuple[str, str] | None:
    """Return the plain meaning of a normalized exemption and its source; None where no source was held to it."""
    return meaning("exemptions", exemption)


def order_of(exemption: str) -> str:
    """Return the title of the order or act that a normalized exemption cites; its short name where no table has it."""
    for authority, entry in table("exemptions").items():
        if exemption.startswith(f"{authority} "):
            return str(entry["title"])
    return exemption.rpartition(" ")[0]
