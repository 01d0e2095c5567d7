"""Redactions: the places where words were withheld, known by the exemption code that stands in their stead.

A code on its own line, or beginning one, is a redaction. The same code in a sentence, in a stamp or on a header line
is not (domain, section 3.8). A redaction cites the order in force at review, not at writing.
"""

from __future__ import annotations

import re

from readingroom.data import table
from readingroom.model.document import Redaction
from readingroom.model.labels import Kind
from readingroom.recognize.sheet import Piece, Sheet

_ORDER = r"(?:E\.?\s?[O0]\.?\s*(?P<order>1\d{4})\s*,?\s*)?"
_SECTION = r"1\.[45]\s?\([a-hA-H]\)|3\.3\s?\(b\)\s?\(\d\)"
_FOIA = r"\(b\)\s?\([1-9]\)(?:\s?\([A-F]\))?|B[1-9]\b"
_CODE = rf"(?:{_SECTION}|{_FOIA})"
_CODES = rf"{_CODE}(?:\s*[,;&]\s*{_CODE})*"
_WITHHELD = re.compile(rf"\[?{_ORDER}(?P<codes>{_CODES})\]?$")
ONLY_CODES = re.compile(rf"[\s:-]*{_CODES}$")
"""Nothing but codes, as they stand after RELEASED IN PART."""
_ONE = re.compile(_CODE)


def recognize(sheet: Sheet) -> None:
    """Label lines that are nothing but exemption codes, and record each as a redaction of unknown extent."""
    for piece in sheet.pieces():
        match = _WITHHELD.match(piece.words)
        if match and (sheet.whole(piece) or match["order"]):
            _withhold(sheet, piece, match)


def _withhold(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    exemptions = tuple(_normalized(code, match["order"]) for code in _ONE.findall(match["codes"]))
    if sheet.label(piece.span, Kind.WITHHELD, exemptions="; ".join(exemptions)):
        sheet.redactions.append(
            Redaction(
                id=f"withheld-{len(sheet.redactions) + 1}",
                span=piece.span,
                line=piece.number,
                exemptions=exemptions,
                as_written=sheet.text[piece.span],
            )
        )


def _normalized(code: str, order: str | None) -> str:
    """Return the code as the tables spell it, with its authority: `E.O. 13526 1.4(d)`, `FOIA (b)(1)`."""
    tight = code.replace(" ", "")
    if tight.startswith(("(b)", "B")):
        return f"FOIA (b)({tight[1]})" if tight[0] == "B" else f"FOIA {tight}"
    tight = tight.lower()
    if order:
        return f"E.O. {order} {tight}"
    authority = "E.O. 12958" if tight.startswith("1.5") else "E.O. 13526"
    return f"{authority} {tight}"


def meaning_of(exemption: str) -> tuple[str, str] | None:
    """Return the plain meaning of a normalized exemption and its source; None where the tables do not have it."""
    for authority, entry in table("exemptions").items():
        code = exemption.removeprefix(f"{authority} ")
        if code != exemption and code in entry["codes"]:
            return entry["codes"][code], entry["source"]
    return None
