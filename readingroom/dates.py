"""EDTF dates: are they valid, when do they begin, how do they read. Doubt is said, never dropped."""

from __future__ import annotations

import datetime as dt
import re
import time
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

_SET = re.compile(r"\[(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)\]$")
_PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?$")
_SEASONLESS = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d|XX))?(?:-(?P<day>\d\d|XX))?(?P<doubt>[?~%])?$")
_DOUBTS = {"?": "uncertain", "~": "approximate", "%": "approximate and uncertain"}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


class NotADateError(ValueError):
    """The words are not a date in EDTF (ISO 8601-2:2019, levels 0 to 2)."""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day that an EDTF date allows; None where it is open on that side."""

    first: dt.date | None
    last: dt.date | None


@lru_cache(maxsize=4096)
def span_of(date: str) -> Span:
    """Return the days that `date` allows. Raises NotADateError."""
    try:
        return _plain_span(*map(int, filter(None, plain.groups()))) if (plain := _PLAIN.match(date)) else _parsed(date)
    except Exception as error:  # the parser raises whatever its grammar stumbles on
        raise NotADateError(date) from error


def _plain_span(year: int, month: int = 0, day: int = 0) -> Span:
    """Return the days of a year, of a month, or the one day."""
    first = dt.date(year, month or 1, day or 1)
    last = dt.date(year, month or 12, day or monthrange(year, month or 12)[1])
    return Span(first, last)


def _parsed(date: str) -> Span:
    """Return the days of a date that is more than a year, a month or a day. Raises whatever the parser raises."""
    import edtf  # noqa: PLC0415 - it takes long to load, and many collections have no such date

    parsed = edtf.parse_edtf(date)
    return Span(_day(parsed.lower_strict()), _day(parsed.upper_strict()))


def is_date(date: str) -> bool:
    """Return whether `date` is EDTF."""
    try:
        span_of(date)
    except NotADateError:
        return False
    return True


def earliest(date: str | None) -> dt.date:
    """Return the day by which `date` is sorted: its earliest, or for no date and an open one the last of all days."""
    return (span_of(date).first if date else None) or dt.date.max


def latest(date: str | None) -> dt.date:
    """Return the last day that `date` allows, or for no date and an open one the last of all days."""
    return (span_of(date).last if date else None) or dt.date.max


@lru_cache(maxsize=4096)  # a document's date stands on the pages of many others
def in_words(date: str) -> str:
    """Return `date` as a reader says it: `October 1, 1993`, `September 1993`, `December 2-4, 1994`.

    A set, which means one of its days, reads like the interval; `is_one_of` tells them apart.
    """
    one_of = _SET.match(date)
    if one_of:
        return _range(one_of["first"], one_of["last"])
    if "/" in date:
        first, last = date.split("/", 1)
        if not first.strip(".") or not last.strip("."):
            return f"until {in_words(last)}" if not first.strip(".") else f"from {in_words(first)}"
        return _range(first, last)
    match = _SEASONLESS.match(date)
    if not match:
        return date
    words = _plain_words(match["year"], match["month"], match["day"])
    return f"{words} ({_DOUBTS[match['doubt']]})" if match["doubt"] else words


def is_one_of(date: str) -> bool:
    """Return whether `date` is a set: one of its days, not known which."""
    return date.startswith("[")


def _plain_words(year: str, month: str | None, day: str | None) -> str:
    if not month or month == "XX":
        return year
    name = _MONTHS[int(month) - 1]
    return f"{name} {year}" if not day or day == "XX" else f"{name} {int(day)}, {year}"


def _range(first: str, last: str) -> str:
    if first[:7] == last[:7] and len(first) == len(last) == len("1994-12-02"):
        month = _MONTHS[int(first[5:7]) - 1]
        return f"{month} {int(first[8:])}\u2013{int(last[8:])}, {first[:4]}"
    return f"{in_words(first)} to {in_words(last)}"


def _day(moment: time.struct_time | float) -> dt.date | None:
    if isinstance(moment, float):
        return None
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)
