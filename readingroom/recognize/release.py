"""Release marks: who let the document out, when, how far, under which case; put on decades after it was written.

A classification marking, a release mark and a redaction are three different things (domain, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.dates import dates_in
from readingroom.recognize.redactions import ONLY_CODES
from readingroom.recognize.sheet import Piece, Sheet

_CASE = r"(?P<case>(?:FL|F|M)-\d{4}-\d{5}|(?:19|20)\d{7})"
_FOIA_HEADER = re.compile(
    rf"(?P<marking>[A-Z ]*?)\s*U\.?S\.? Department of State\s+Case No\.?\s*{_CASE}"
    r"\s+Doc No\.?\s*(?P<doc>C\d{8})(?:\s+Date:\s*(?P<date>[\d/]+))?$",
    re.IGNORECASE,
)
_EXTENT = re.compile(r"(?P<verb>RELEASED?|DENIED) IN (?P<extent>FULL?|PART)(?P<codes>\W.*)?$")
_REVIEWER = re.compile(
    r"REVIEW AUTHORITY:\s*(?P<reviewer>[A-Z][^,:\d]+?)(?:,\s*(?P<role>[A-Z][\w ]+))?$", re.IGNORECASE
)
_STATE_STAMP = re.compile(
    r"(?P<authority>UNITED STATES DEPARTMENT OF STATE)\s+REVIEW AUTHORITY:\s*(?P<reviewer>[A-Z][^:\d]+?)"
    rf"\s+DATE/CASE ID:\s*(?P<date>\d{{1,2}} [A-Z]{{3}} \d{{4}})\s+{_CASE}$",
    re.IGNORECASE,
)
_SYSTEMATIC = re.compile(
    r"(?:(?P<reviewer>[A-Z][\w.]+(?: [A-Z][\w.]*)+) )?Declassified/Released (?P<authority>US Department of State)"
    r" EO Systematic Review (?P<date>\d{1,2} [A-Z][a-z]{2} \d{4})$",
    re.IGNORECASE,
)
_DECLASSIFIED = re.compile(r"DECLASSIFIED(?: IN (?P<extent>PART|FULL))?(?P<rest>\b.*)?$")
_UNDER_ORDER = re.compile(
    r"(?:PER|UNDER|AUTHORITY:?)?\s*(?P<order>E\.?\s?O\.?\s?(?P<number>1\d{4}))\b.*$", re.IGNORECASE
)
_DURATION = re.compile(
    r"(?:DECL(?:ASSIFY)?(?: ON)?:)\s*(?P<until>OADR|\d{1,2}/\d{1,2}/\d{2,4}|X\d|25X\d)$", re.IGNORECASE
)
_PHOTOCOPY = re.compile(r"[A-Z][A-Z. ]* LIBRARY PHOTOCOPY$")

_EXTENTS = {"FULL": "full", "FUL": "full", "PART": "part"}


def recognize(sheet: Sheet) -> None:
    """Label release lines, declassification stamps, duration lines and photocopy stamps; read `release` from them."""
    for piece in sheet.pieces():
        if not sheet.whole(piece) or len(piece.words) > 250:  # longer lines are running text
            continue
        for pattern, act in _FAMILIES:
            match = pattern.match(piece.words)
            if match and act(sheet, piece, match):
                break


def _foia_header(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    _release(sheet, piece, match)
    sheet.read("release.authority", "U.S. Department of State", piece.span, rank=1)
    return sheet.label(piece.span, Kind.RELEASE)


def _extent(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    extent = "denied" if match["verb"] == "DENIED" and match["extent"] != "PART" else _EXTENTS[match["extent"]]
    certainty = Certainty.DAMAGED if match["extent"] == "FUL" or match["verb"] == "RELEASE" else Certainty.EXACT
    end = match.end("extent")
    if end < len(piece.words) and not ONLY_CODES.match(match["codes"]) and match["codes"].strip(" .,;:"):
        piece = piece.within(piece.at(0, end))
    sheet.read("release.extent", extent, piece.span, certainty)
    sheet.read_words("release.as_written", piece.span)
    return sheet.label(piece.span, Kind.RELEASE, certainty)


def _reviewer(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    _release(sheet, piece, match)
    return sheet.label(piece.span, Kind.RELEASE)


def _stamp(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    _release(sheet, piece, match)
    return sheet.label(piece.span, Kind.STAMP)


def _declassified(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    """Label the stamp, which goes on over the next lines as far as they name the order."""
    under = _UNDER_ORDER.search(match["rest"] or "")
    last, order = piece, piece.words[under.start("order") :] if under else ""
    below = sheet.lines[piece.number] if piece.number < len(sheet.lines) else None
    if not under and below and (under := _UNDER_ORDER.match(below.words)):
        last, order = below, below.words
    if not under and match["rest"].strip(" ."):
        return False
    span = piece.span.to(last.span)
    if not sheet.label(span, Kind.STAMP):
        return False
    sheet.read("release.extent", _EXTENTS.get(match["extent"] or "", "full"), piece.span)
    sheet.read_words("release.as_written", span)
    if under:
        sheet.read("release.authority", f"E.O. {under['number']}", last.span)
    for date in dates_in(order)[:1]:
        sheet.read("release.date", date.edtf, last.span, date.certainty)
    return True


def _duration(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    sheet.read_words("declassify_on", piece.group(match, "until"))
    return sheet.label(piece.span, Kind.STAMP, duration="yes")


def _photocopy(sheet: Sheet, piece: Piece, _: re.Match[str]) -> bool:
    return sheet.label(piece.span, Kind.ARCHIVAL_MARK, page="end")


def _release(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    """Read whatever groups the pattern has: case, document number, date, reviewer, authority, marking since."""
    found = {key: value for key, value in match.groupdict().items() if value and value.strip()}
    for key, name in (("case", "identifiers.case"), ("doc", "identifiers.doc")):
        if key in found:
            sheet.read_words(name, piece.group(match, key))
    for date in dates_in(found.get("date", ""))[:1]:
        sheet.read("release.date", date.edtf, piece.group(match, "date"), date.certainty)
    for key in ("authority", "reviewer"):
        if key in found:
            sheet.read_words(f"release.{key}", piece.group(match, key))
    if "marking" in found:
        sheet.read("release.marking", found["marking"].lower(), piece.group(match, "marking"))


_FAMILIES: tuple[tuple[re.Pattern[str], Callable[[Sheet, Piece, re.Match[str]], bool]], ...] = (
    (_FOIA_HEADER, _foia_header),
    (_STATE_STAMP, _stamp),
    (_SYSTEMATIC, _stamp),
    (_EXTENT, _extent),
    (_REVIEWER, _reviewer),
    (_DECLASSIFIED, _declassified),
    (_DURATION, _duration),
    (_PHOTOCOPY, _photocopy),
)
"""Every family of release mark, the most particular first (domain, section 2)."""
