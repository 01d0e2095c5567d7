"""How a telegram was handled: routing with its checksum, who drafted it, control number, date-time group.

Domain, sections 5 and 5.1. The group dates the message; page lines and control numbers are Washington's handling of it.
"""

from __future__ import annotations

import re
from itertools import takewhile

from readingroom.data import table
from readingroom.model.labels import Certainty, Doubt, Kind
from readingroom.model.text import Span
from readingroom.recognize.dates import MONTHS, edtf_of, full_year
from readingroom.recognize.sheet import Piece, Sheet

_HEAD_LINES = 60
_ROUTING_LINES = 30
_PROSIGNS: dict[str, str] = table("precedence")["prosigns"]

_ROUTING = re.compile(
    r"(?:ACTION|ORIGIN)\s+[A-Z]+-\d\d\b|INFO\s+(?:[A-Z]+-\d\d\b|LOG-)"
    r"|(?:[A-Z]{1,5}-\d\d\s+)+(?:/\d{3}|[A-Z]+-\d\d)|/\d{3}\s?[WR]$"
    r"|[ZOPR]{2} RU[A-Z]{3,6}(?: RU[A-Z]{3,6}){0,20}$|DE RU[A-Z]{3,6} #?\d{4} \d{7}$|ZN[RY] [A-Z]{5}\b.{0,20}$"
)
"""Offices with their copies; in the military's format, the stations that relay, and their own number and day."""
_COPIES = re.compile(r"\b[A-Z]{1,5}-(\d\d)\b")
_SUM = re.compile(r"/\s?(\d{3})\s?[WR]\b")
_CONTROL = re.compile(r"-{5,}\s*(?P<mcn>[0-9A-Z]{6})(?:\s+(?P<time>\d{6}Z))?(?:\s*/\d\d)?")
_BOX = re.compile(r"\d\d(?:[ /-]\d\d)*$")
"""The number of the box in the communications center, above the routing."""
_ENDS_ROUTING = re.compile(r"-{5,}|FM ")
_DRAFTING = re.compile(r"(?P<verb>DRAFTED|APPROVED|CLEARED) BY:?\s*(?P<who>\S.*)$")
_OFFICERS = re.compile(r"[A-Z][A-Z/&]{0,14}(?: - |[-:])[A-Z].*$")
_MOST_OFFICERS = 12
"""So many lines of clearances stand under APPROVED BY at most."""

_GROUP = re.compile(
    r"(?:(?P<prosign>[ZOPR]{1,2}(?:\s[ZOPR]{1,2})?)\s*)?(?P<moment>[\dOIL]{6})\s?(?P<zone>[Z2])\s*"
    r"(?P<month>[A-Z0-9]{3})\s*(?P<year>(?:19|20)?\d\d)(?P<rest>(?!\d).*)$"
)
_SIGNAL = re.compile(r"\s+Z[A-Z]{2}\d?(?:\s.*)?$")
_LONGEST_REST = 30
"""Where a group is expected, so much that is no operating signal may follow it on its line."""
_AS_DIGITS = str.maketrans("OIL", "011")
_AS_LETTERS = str.maketrans("0158", "OISB")


def recognize_handling(sheet: Sheet, first: int = 1) -> bool:
    """Label routing, drafting, control number and group from line `first` on; return whether there is a group."""
    _routing(sheet, first)
    _drafting(sheet, first)
    return _control_and_group(sheet, first)


def _routing(sheet: Sheet, first: int) -> None:
    """Label the routing; copies that do not add up to the checksum mark it as damaged."""
    above = takewhile(lambda piece: not _ENDS_ROUTING.match(piece.words), sheet.pieces(first, first + _ROUTING_LINES))
    pieces = [piece for piece in above if _ROUTING.match(piece.words)]
    said = [total for piece in pieces if (total := _SUM.search(piece.words))]
    counted = sum(int(copies) for piece in pieces for copies in _COPIES.findall(piece.words))
    agrees = len(said) == 1 and int(said[0][1]) == counted
    certainty = Certainty.EXACT if agrees or not said else Certainty.DAMAGED
    detail = {"copies": str(counted), "agrees": "yes" if agrees else "no"} if said else {}
    for piece in pieces:
        box = sheet.next_inked(piece, -1)
        if box is not None and _BOX.match(box.words) and sheet.free(box):
            sheet.label(box.span, Kind.ROUTING, Certainty.INFERRED)
        sheet.label(piece.span, Kind.ROUTING, certainty, **detail)


def _drafting(sheet: Sheet, first: int) -> None:
    """Label the lines from DRAFTED BY to the control number, as outgoing telegrams have them; read who is named."""
    if not sheet.says("DRAFTED BY", "APPROVED BY", "CLEARED BY"):
        return
    keys = {"D": "drafted", "A": "approved", "C": "cleared"}
    below = 0
    for piece in list(sheet.pieces(first, first + _HEAD_LINES)):
        match = _DRAFTING.match(piece.words)
        if match:
            sheet.label(piece.span, Kind.CLEARANCE)
            who = piece.group(match, "who")
            sheet.read(keys[match["verb"][0]], (sheet.plain(who),), who)
            below = _MOST_OFFICERS
        elif below and sheet.whole(piece) and _OFFICERS.match(piece.words):
            sheet.label(piece.span, Kind.CLEARANCE, Certainty.INFERRED)
            below -= 1
        else:
            below = 0


def _control_and_group(sheet: Sheet, first: int) -> bool:
    found = False
    after_control = False
    for piece in list(sheet.pieces(first, first + _HEAD_LINES)):
        control = _CONTROL.match(piece.words)
        if control:
            sheet.label(piece.group(control), Kind.HANDLING, field="control number")
            after_control = True
            piece = piece.within(Span(piece.group(control).end, piece.end))  # noqa: PLW2901 - what is left of the line
            if piece.blank:
                continue
        group = _GROUP.match(piece.words)
        if group:
            found = _group(sheet, piece, group, expected=after_control or _before_from(sheet, piece)) or found
        after_control = False
    return found


def _before_from(sheet: Sheet, piece: Piece) -> bool:
    below = sheet.next_inked(piece)
    return below is not None and below.words.startswith("FM ")


def _group(sheet: Sheet, piece: Piece, match: re.Match[str], *, expected: bool) -> bool:
    """Read a date-time group. A damaged one counts only where one is `expected`: after a control number, above FM."""
    moment, month = match["moment"].translate(_AS_DIGITS), _month(match["month"])
    sent = month and _sent(moment, month, match["year"])
    signal = not match["rest"].strip() or _SIGNAL.match(match["rest"]) is not None
    exact = (
        match["prosign"] is not None
        and match["prosign"].isupper()
        and moment == match["moment"]
        and match["month"].lower() in MONTHS
        and signal
    )
    if not sent and expected and match["prosign"]:
        sheet.doubts.append(Doubt("date", piece.group(match), f"“{match[0].strip()}” is no moment of any calendar"))
    if not sent or not (exact or (expected and len(match["rest"]) <= _LONGEST_REST)):
        return False
    certainty = Certainty.EXACT if exact and match["zone"] == "Z" else Certainty.DAMAGED
    if not sheet.label(piece.group(match), Kind.HANDLING, certainty, field="date-time group"):
        return False
    span = piece.group(match)
    sheet.read("date", sent[:10], span, certainty, rank=0)
    sheet.read("sent", sent, span, certainty)
    if match["prosign"]:
        sheet.read("precedence", _PROSIGNS[match["prosign"][0]], piece.group(match, "prosign"), rank=10)
    return True


def _month(written: str) -> int | None:
    """Return the month, also of a name with one letter misread; None for what could be two months or none."""
    name = written.translate(_AS_LETTERS).lower()
    if name in MONTHS:
        return MONTHS.index(name) + 1
    near = [i for i, month in enumerate(MONTHS, 1) if sum(a != b for a, b in zip(month, name, strict=True)) == 1]
    return near[0] if len(near) == 1 else None


def _sent(moment: str, month: int, year: str) -> str | None:
    """Return the moment of a date-time group in UTC, `1994-04-08T10:37:00Z`; None for what is no moment."""
    day, hour, minute = int(moment[:2]), moment[2:4], moment[4:]
    if not day or int(hour) > 23 or int(minute) > 59:  # a day's clock
        return None
    date = edtf_of(full_year(year), month, day)
    return date and f"{date}T{hour}:{minute}:00Z"
