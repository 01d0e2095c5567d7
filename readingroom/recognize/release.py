"""Release marks: who let the document out, when, how far, under which case; put on decades after it was written.

A classification marking, a release mark and a redaction are three different things (domain, section 2).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from readingroom.data import table
from readingroom.model.labels import Certainty, Kind, Reading
from readingroom.recognize.dates import dates_in, stamped_dates_in
from readingroom.recognize.redactions import ONLY_CODES
from readingroom.recognize.sheet import Piece, Sheet

_CASE = r"(?P<case>(?:FL|F|M)-\d{4}-\d{5}|(?:19|20)\d{7})"
_FOIA_HEADER = re.compile(
    rf"(?P<marking>[A-Z ]{{0,40}}?)(?<!\s)\s*+U\.?S\.? Department of State\s+Case No\.?\s*{_CASE}"
    r"\s+Doc No\.?\s*(?P<doc>C\d{8})(?:\s+Date:\s*(?P<date>[\d/]+))?$",
    re.IGNORECASE,
)
_EXTENT = re.compile(r"(?P<verb>RELEASED?|DENIED) IN (?P<extent>FULL?|PART)(?P<codes>\W.*)?$")
_REVIEWER = re.compile(
    r"REVIEW AUTHORITY:\s*(?P<reviewer>[A-Z][^,:\d]+?)(?:,\s*(?P<role>[A-Z][\w ]+))?$", re.IGNORECASE
)
_STATE_STAMP = re.compile(
    r"(?P<authority>UNITED STATES DEPARTMENT OF STATE)\s+REVIEW AUTHORITY:\s*(?P<reviewer>[A-Z][^:\d]+?)"
    rf"(?<!\s)\s++DATE/CASE ID:\s*(?P<date>\d{{1,2}} [A-Z]{{3}} \d{{4}})\s+{_CASE}$",
    re.IGNORECASE,
)
_SYSTEMATIC = re.compile(
    r"(?:(?P<reviewer>[A-Z][\w.]+(?: [A-Z][\w.]*)+) )?Declassified/Released (?P<authority>US Department of State)"
    r" EO Systematic Review (?P<date>\d{1,2} [A-Z][a-z]{2} \d{4})$",
    re.IGNORECASE,
)
_DECLASSIFIED = re.compile(r"DECLASSIFIED(?: IN (?P<extent>PART|FULL))?(?P<rest>\b.*)?$")
_UNDER_ORDER = re.compile(
    r"(?:(?:PER|UNDER|AUTHORITY:?)\s*+)?(?P<order>E\.?\s?O\.?\s?(?P<number>1\d{4}))\b.*$", re.IGNORECASE
)
_PHOTOCOPY = re.compile(r"[A-Z][A-Z. ]* LIBRARY PHOTOCOPY$")

_EXTENTS = {
    "FULL": "full",
    "FUL": "full",
    "PART": "part",
    "IN FULL": "full",
    "IN PART": "part",
    "SANITIZED": "part",
}
_SAID_EXTENT = re.compile(r"(?<!SEE )SANITIZED(?! VERSION)|IN FULL|IN PART", re.IGNORECASE)
"""A sanitized version that is to be seen elsewhere says nothing of this one."""
_STATE = "state"
"""The family of the marks that this module knows by their own functions."""
_IDENTIFIERS = ("case", "doc", "crest")
_LONGEST_STAMP = 8
"""lines"""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One form of mark of a family, from the table `release_marks`."""

    family: str
    bears: str
    """words in capitals that stand on its first line"""
    found: Callable[[str], re.Match[str] | None]
    """finds it at the start of a line, or, where it may stand anywhere, in it"""
    goes_on: re.Pattern[str] | None
    says: dict[str, str]
    kind: Kind
    anywhere: bool
    loose: bool
    """stamped over typing so often that its form allows for the worst of OCR"""


def _marks() -> Iterator[_Mark]:
    for family, marks in table("release_marks").items():
        for mark in marks:
            begins = re.compile(mark["begins"], re.IGNORECASE)
            yield _Mark(
                family,
                mark["bears"],
                begins.search if mark.get("anywhere") else begins.match,
                re.compile(mark["goes_on"], re.IGNORECASE) if "goes_on" in mark else None,
                mark.get("says", {}),
                Kind(mark.get("as", "stamp")),
                anywhere=mark.get("anywhere", False),
                loose=mark.get("loose", False),
            )


_MARKS = tuple(_marks())
_BORNE = tuple({mark.bears for mark in _MARKS})
"""Of these words every mark has some on its first line."""


def recognize(sheet: Sheet) -> None:
    """Label release lines, stamps and photocopy stamps; read `release` from the latest of them.

    A paper that was released several times bears the marks of each; what the one says is never mixed with what
    another says.
    """
    read: dict[str, list[Reading]] = {_STATE: []}
    count = len(sheet.readings)
    _of_the_state_department(sheet)
    for reading in sheet.readings[count:]:
        read.setdefault(_state_family(sheet, reading), []).append(reading)
    for mark, piece, match in _found(sheet):
        count = len(sheet.readings)
        _read_mark(sheet, mark, piece, match)
        read.setdefault(mark.family, []).extend(sheet.readings[count:])
    latest = max(read, key=lambda family: _when(read[family]))
    others = [reading for family, readings in read.items() if family != latest for reading in readings]
    sheet.readings[:] = [r for r in sheet.readings if not r.key.startswith("release.") or r not in others]


def _state_family(sheet: Sheet, reading: Reading) -> str:
    """Return the family of a mark of the Department of State: a systematic review's line is one by itself."""
    line = sheet.line_at(reading.span.start)
    return line.words if _SYSTEMATIC.match(line.words) else _STATE


def _when(readings: list[Reading]) -> tuple[str, bool]:
    dates = [str(reading.value) for reading in readings if reading.key == "release.date"]
    return max(dates, default=""), bool(readings)


def _found(sheet: Sheet) -> Iterator[tuple[_Mark, Piece, re.Match[str]]]:
    """Yield every mark of the table with the line on which it begins, in the order of the text."""
    for piece in list(sheet.bearing(*_BORNE)):
        if len(piece.words) > 250:  # longer lines are running text
            continue
        words = piece.words.upper()
        for mark in _MARKS:
            match = mark.found(piece.words) if mark.bears in words else None
            if match and sheet.free(sheet.lines[piece.number - 1]):
                yield mark, piece, match
                break


def _read_mark(sheet: Sheet, mark: _Mark, piece: Piece, match: re.Match[str]) -> None:
    """Label a mark, with the following lines that belong to it, and read what it shows."""
    span, found = piece.group(match) if mark.anywhere else piece.span, [(piece, match)]
    for line in sheet.lines[piece.number : piece.number + _LONGEST_STAMP]:
        more = mark.goes_on.match(line.words) if mark.goes_on else None
        if more is None or not sheet.whole(line) or sheet.labels_on(line):
            break
        found.append((line, more))
        span = span.to(line.span)
    certainty = Certainty.INFERRED if mark.loose else Certainty.EXACT
    if not sheet.label(span, mark.kind, certainty):
        return
    words = sheet.plain(span)
    sheet.read("release.as_written", words, span)
    for key, value in mark.says.items():
        sheet.read(f"release.{key}", value, span)
    if extent := _SAID_EXTENT.search(words):
        sheet.read("release.extent", _EXTENTS[extent[0].upper()], span)
    for line, each in found:
        _read_groups(sheet, line, each)
    if not any(each.groupdict().get("date") for _, each in found):
        for date in stamped_dates_in(words)[-1:]:
            sheet.read("release.date", date.edtf, span, date.certainty)


def _read_groups(sheet: Sheet, line: Piece, match: re.Match[str]) -> None:
    for key, value in match.groupdict().items():
        if not value:
            continue
        if key == "date":
            dates = [date.edtf for date in stamped_dates_in(value)[:1]] or [value]
            sheet.read("release.date", dates[0], line.group(match, key))
        elif key in _IDENTIFIERS:
            sheet.read_words(f"identifiers.{key}", line.group(match, key))
        elif key == "reviewer":
            sheet.read_words("release.reviewer", line.group(match, key))


def _of_the_state_department(sheet: Sheet) -> None:
    for piece in sheet.terse(*_IN_ANY):
        if len(piece.words) > 250 or not sheet.whole(piece):  # longer lines are running text
            continue
        for pattern, act in _FAMILIES:
            match = pattern.match(piece.words)
            if match and act(sheet, piece, match):
                break


def _foia_header(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    _release(sheet, piece, match)
    sheet.read("release.authority", "U.S. Department of State", piece.span, rank=1)
    return sheet.label(piece.span, Kind.RELEASE)


def _systematic(sheet: Sheet, piece: Piece, match: re.Match[str]) -> bool:
    sheet.read_words("release.as_written", piece.span)
    return _stamp(sheet, piece, match)


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
    if match["extent"]:
        sheet.read("release.extent", _EXTENTS[match["extent"]], piece.span)
    sheet.read_words("release.as_written", span)
    if under:
        sheet.read("release.authority", f"E.O. {under['number']}", last.span)
    for date in dates_in(order)[:1]:
        sheet.read("release.date", date.edtf, last.span, date.certainty)
    return True


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
    (_SYSTEMATIC, _systematic),
    (_EXTENT, _extent),
    (_REVIEWER, _reviewer),
    (_DECLASSIFIED, _declassified),
    (_PHOTOCOPY, _photocopy),
)
"""Every family of release mark, the most particular first (domain, section 2)."""
_IN_ANY = ("DEPARTMENT OF STATE", "RELEASE", "DENIED IN ", "REVIEW AUTHORITY", "DECLASSIFIED", "PHOTOCOPY")
"""What every one of them has in it, in capitals."""
