"""Dates as they stand in words, to EDTF; and the recognizer of date lines (domain, section 7)."""

from __future__ import annotations

import datetime as dt
import re
from functools import cached_property, lru_cache
from typing import NamedTuple

from readingroom.model.labels import Certainty, Kind
from readingroom.model.text import Disjoint, Span
from readingroom.recognize.first_look import FIGURE
from readingroom.recognize.misreadings import nearest
from readingroom.recognize.sheet import Piece, Sheet

EARLIEST, LATEST = 1900, 2026
"""A year outside these is an OCR slip (domain, section 7)."""
_PAGE_LINES = 100
_ENOUGH, _AFTER, _HEAD_BEFORE, _FOOT_BEFORE = 3, 25, 20, 10
"""How many dates make a text's time; how many years after the last, or before the middle one, its own day may be."""
_OTHER_DAY = re.compile(r"(?i:\b(?:birth|born|arrival|departure|expiration|entry on duty)\b)[^a-z]{0,12}$")
"""A form's label above a day that is none of the paper's own."""
_UNFINISHED = re.compile(r"(?:[a-z],|\b(?:of|on|from|until|the|dated|and))$")
"""How a line ends whose sentence goes on below."""
HEAD_LINES = 40
"""How far down a document's own date line is looked for."""

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>\d{4})\b"
_SHORT_YEAR = r"(?P<year>\d{4}|'?\d{2})(?![\d:/-])\b"
_DIGITS = re.compile(r"\d\d")
"""What every date has: a year of two digits at least."""
_BEGINS = re.compile(rf"\d|{'|'.join(MONTHS)}", re.IGNORECASE)
"""How a line begins that begins with a date."""
_FORMS = tuple(
    (re.compile(sign), tuple((re.compile(rf"(?<![\d/]){form}", re.IGNORECASE), begins) for form, begins in forms))
    for sign, forms in (
        (
            "|".join(MONTHS),
            (
                (rf"{_MONTH}\s+(?P<day>\d{{1,2}})\s*,\s*{_YEAR}", True),
                (rf"\b(?P<day>\d{{1,2}})[\s-]*{_MONTH},?[\s-]*{_SHORT_YEAR}", False),
                (rf"\b{_MONTH},?\s+{_YEAR}", True),
            ),
        ),
        (
            r"\d/\d\d",
            (
                (r"(?P<year>\d{4})/(?P<number>\d\d)/(?P<day>\d\d)(?![\d/])", False),
                (r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d{2})(?![\d/])", False),
            ),
        ),
        (r"\d-\d\d", ((r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])", False),)),
    )
)
"""The forms of a date, after the sign without which a line, in small letters, has none of them.

With each stands whether it begins with the sign.
"""
_DASHED = re.compile(r"(?<![\w/-])(?P<first>\d{1,2})-(?P<second>\d{1,2})-(?P<year>\d{4}|\d{2})(?![\w/-])")
_DAMAGED = re.compile(r"(?P<day>\d(?<![\d/]\d)\d?)\s+(?P<word>[A-Z][A-Za-z]{6,9})\s+(?P<year>\d{4})\b")
_LONG_MONTHS = ("JANUARY", "FEBRUARY", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER")
"""Names long enough that two wrong letters leave them themselves."""


class Found(NamedTuple):
    """A date in words: where in the words, its EDTF, and how sure (month and day may be the other way round)."""

    start: int
    end: int
    edtf: str
    certainty: Certainty


def dates_in(words: str) -> tuple[Found, ...]:
    """Return the calendar dates in `words`, left to right; what is no date of the calendar is not among them."""
    return _dates_in(words) if _DIGITS.search(words) else ()


@lru_cache(maxsize=1 << 12)  # of one line several recognizers ask
def _dates_in(words: str) -> tuple[Found, ...]:
    taken = Disjoint()
    small = words.lower()
    longer = len(small) - len(words)
    dates = [
        date
        for sign, forms in _FORMS
        if (first := sign.search(small))
        for form, begins in forms
        for match in form.finditer(words, first.start() - longer if begins else 0)
        if (date := _dated(match))
    ]
    found = [date for date in dates if taken.take(Span(date.start, date.end))]
    if not found:
        found = [date for match in _DAMAGED.finditer(words) if (date := _of_damaged(match))]
    return tuple(sorted(found, key=lambda date: date.start))


def stamped_dates_in(words: str) -> tuple[Found, ...]:
    """Return the dates in the words of a stamp or of a date label, where `1-28-72` too can be nothing else."""
    return dates_in(words) or tuple(filter(None, map(_dated, _DASHED.finditer(words))))


def begins_with_date(words: str) -> bool:
    """Return whether a date may stand at the start of `words`: most lines begin with no digit and no month."""
    return _BEGINS.match(words) is not None


def _of_damaged(match: re.Match[str]) -> Found | None:
    month = nearest(match["word"].upper(), _LONG_MONTHS, 2)
    if month is None:
        return None
    edtf = edtf_of(int(match["year"]), MONTHS.index(month[:3].lower()) + 1, int(match["day"]))
    return Found(match.start(), match.end(), edtf, Certainty.DAMAGED) if edtf else None


def _dated(match: re.Match[str]) -> Found | None:
    parts = match.groupdict()
    certainty = Certainty.EXACT
    if parts.get("first"):
        month, day = int(parts["first"]), int(parts["second"])
        if month > 12 >= day:  # months in a year
            month, day = day, month
        elif day <= 12 and day != month:
            certainty = Certainty.INFERRED
    else:
        month = int(parts["number"]) if parts.get("number") else MONTHS.index(parts["month"][:3].lower()) + 1
        day = int(parts["day"]) if parts.get("day") else 0
    edtf = edtf_of(full_year(parts["year"]), month, day)
    return Found(match.start(), match.end(), edtf, certainty) if edtf else None


def full_year(year: str) -> int:
    """Return the year of four digits. Two digits are of the 20th century but for what it cannot yet have released."""
    year = year.lstrip("'")
    if len(year) > 2:  # digits
        return int(year)
    return 1900 + int(year) if int(year) > LATEST - 2000 else 2000 + int(year)


def edtf_of(year: int, month: int, day: int = 0) -> str | None:
    """Return `1993-10-01`, or `1993-10` where `day` is 0; None for what is not in the calendar or not in our years."""
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        date = dt.date(year, month, day or 1)
    except ValueError:
        return None
    return date.isoformat() if day else f"{date:%Y-%m}"


def recognize(sheet: Sheet) -> None:
    """Label date lines near the head: a line that is a date, or begins with one and goes on with a name.

    A form may have its date at the foot of its first page: where the head has none, a line that is nothing but a day
    is it, as an inference.
    """
    years = _Years(sheet)
    _before_its_text(sheet, years)
    _at_the_foot(sheet, years)
    for piece in sheet.head(HEAD_LINES):
        for date in dates_in(piece.words)[:1] if begins_with_date(piece.words) else ():
            rest = piece.words[date.end :].strip(" .,;")
            if date.start or not _may_follow(rest) or not _of_its_time(date, years, _HEAD_BEFORE):
                continue
            above = _above(sheet, piece)
            if _OTHER_DAY.search(above):
                continue
            goes_on = _UNFINISHED.search(above) is not None
            certainty = Certainty.INFERRED if rest or goes_on else date.certainty
            if sheet.label(piece.span, Kind.DATE_LINE, certainty):
                said = Certainty.INFERRED if goes_on else date.certainty
                sheet.read("date", date.edtf, piece.at(date.start, date.end), said, rank=20)


def _before_its_text(sheet: Sheet, years: _Years) -> None:
    """Make an inference of a head's day that most of the text's own days lie years after: a misread year.

    What lies further after are days of review. A date-time group (rank 0) is checked by its own form.
    """
    for at, reading in enumerate(sheet.readings):
        if reading.key != "date" or not reading.rank or reading.certainty is not Certainty.EXACT:
            continue
        year = int(str(reading.value)[:4])
        others = [other for other in years.in_order if other != year]
        if len(others) >= _ENOUGH and year + 1 < others[len(others) // 2] <= year + _AFTER:
            sheet.readings[at] = reading._replace(certainty=Certainty.INFERRED)


def _above(sheet: Sheet, piece: Piece) -> str:
    """Return the words of the line right above; none where it is empty."""
    above = sheet.at(piece.number - 1)
    return above.words if above is not None else ""


def _at_the_foot(sheet: Sheet, years: _Years) -> None:
    for piece in sheet.pieces(sheet.begins + HEAD_LINES, sheet.begins + _PAGE_LINES):
        for date in dates_in(piece.words)[:1] if begins_with_date(piece.words) else ():
            day_alone = date.end - date.start == len(piece.words) and len(date.edtf) == len("1963-11-22")
            if day_alone and sheet.whole(piece) and _of_its_time(date, years, _FOOT_BEFORE):
                sheet.read("date", date.edtf, piece.span, Certainty.INFERRED, rank=45)


class _Years:
    """The years of the dates in a text; those of date lines, stamps and cover sheets are not among them."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @cached_property
    def in_order(self) -> list[int]:
        """The years, looked for when a date is first held against them."""
        pieces = self._sheet.bearing(FIGURE)
        words = (piece.words for piece in pieces if piece.number >= self._sheet.begins)
        return sorted([int(date.edtf[:4]) for line in words for date in dates_in(line)])


def _of_its_time(date: Found, years: _Years, before: int) -> bool:
    """Return whether a date is not long after all the text's, nor long before most; true where few can tell.

    A day stamped at a review, or that of a birth, stands alone on a line as the paper's own day does.
    """
    year = int(date.edtf[:4])
    every = years.in_order
    others = [other for other in every if other != year]
    return len(others) < _ENOUGH or every[len(every) // 2] - before <= year <= others[-1] + _AFTER


def _may_follow(rest: str) -> bool:
    """Return whether what follows a date leaves it a date line: nothing, or a name of a few capitalized words."""
    words = rest.split()
    return len(words) <= 4 and all(word[0].isupper() for word in words)  # words of a name


def body_starts(piece: Piece) -> bool:
    """Return whether a line is too long to belong to a head: the body has begun."""
    return len(piece.words) > 160  # no head line of the measured corpora is longer
