"""A document under another number and in another year, so that copies of a folder are no copies of one document.

All that is moved is moved by the same amount wherever it stands in any document of the folder: its years, and the
numbers of its messages. So a message that cites another of the folder cites, in each copy, the one of that copy.
Nothing but figures changes, and only ASCII is looked at, so that seeds of every encoding stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

YEARS = 20
"""Copies before the numbers move: years of two digits, moved back so far, stay in the century that they mean."""
NUMBERS = 1_000_000
"""How many numbers a post has: six digits."""
_FIRST_YEAR = 1925
"""Earlier years are history that the papers tell, and stay."""

_MONTH = rb"(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]{0,6}"
_POST = rb"(?:[A-Z]{2,}[ ]){0,3}(?!(?:AND|THE|FOR|ORDER|RESOLUTION)\b)[A-Z]{3,}"
_SERIAL = rb"\d{3,6}(?![\dZ])"
_FIGURES = re.compile(
    rb"(?:(?<!\d)(?<!PAGE[ ])(?P<of_year>[4-9]\d)[ ])?(?<![A-Z.])(?P<post>"
    + _POST
    + rb")(?P<gap>[ \t]{1,4})(?P<serials>"
    + _SERIAL
    + rb"(?:(?:,|[ ]AND|,[ ]AND|[ ]&)[ ]?"
    + _SERIAL
    + rb"){0,9})"
    rb"|(?<![\d-])(?P<record>\d{3}-\d{5}-\d{5})(?![\d-])"
    rb"|\bC0(?P<paper>\d{7})\b"
    rb"|(?<![\d,.$])(?<!ACT[ ]OF[ ])(?P<year>19\d\d|20[0-2]\d)(?!\w|[.,]\d|-\d{3})"
    rb"|(?i:(?:\b\d{1,2}|\d{4}Z)[ ./-]{0,2}" + _MONTH + rb"[ .,/-]{0,3})(?P<after_month>\d\d)(?!\d)"
    rb"|(?<!\d)\d{1,2}(?P<stroke>[/-])\d{1,2}(?P=stroke)(?P<after_day>\d\d)(?![\d/-])"
    rb"|(?i:\b" + _MONTH + rb",?[ ]'?)(?P<of_month>[4-9]\d)\b"
)
_TWO_DIGITS = ("of_year", "after_month", "after_day", "of_month")
_PAGE_LINE = re.compile(
    rb"PAGE[ ]\d\d[ ]+(?P<post>[A-Z]+)[A-Z. ]*[ ](?P<serial>\d{4,6})(?:[ ]+\d\d[ ]OF[ ]\d\d)?[ ]+\d{6}Z"
)

Known = frozenset[tuple[bytes, int]]
"""The first word of a post and a number, for each message that bears it on a page line."""


@dataclass(frozen=True, slots=True)
class Shift:
    """By how much the figures of one copy differ from those of the folder."""

    copy: int
    """0 is the folder itself"""
    years: int
    """taken from each year"""
    serials: int
    """added to each number, round the million"""

    @classmethod
    def of(cls, copy: int, step: int) -> Shift:
        """Return the shift of a copy: another year for each of YEARS copies, then numbers that are `step` higher."""
        return cls(copy, copy % YEARS, copy // YEARS * step)


def numbers_known(contents: Iterable[bytes]) -> Known:
    """Return the numbers that page lines show to be messages' own: 1975 and 939 among them are no year, no count."""
    return frozenset(
        (match["post"], int(match["serial"])) for content in contents for match in _PAGE_LINE.finditer(content)
    )


def step_of(known: Known) -> int:
    """Return by how much numbers move at least so that no two of a folder meet, but for folders of many numbers."""
    return 1_000 if len({number % 1_000 for _, number in known}) == len(known) else 10_000


def most_copies(step: int) -> int:
    """Return how many copies there are before one has the numbers and years of another."""
    return YEARS * NUMBERS // step


def shifted(content: bytes, shift: Shift, known: Known) -> bytes:
    """Return a seed's bytes with all its years, message numbers and record numbers moved."""
    return _FIGURES.sub(lambda match: _moved(match, shift, known), content) if shift.copy else content


def _moved(match: re.Match[bytes], shift: Shift, known: Known) -> bytes:
    groups = match.groupdict()
    if groups["post"]:
        return _message(match, shift, known)
    if groups["year"]:
        return _year(match["year"], shift)
    if groups["record"]:
        figures = _padded(int(match["record"].replace(b"-", b"")) + shift.copy * 1_000, 13)
        return b"-".join((figures[:3], figures[3:8], figures[8:]))
    if groups["paper"]:
        return b"C0" + _padded((int(match["paper"]) + shift.copy * 1_000) % 10**7, 7)
    name = next(name for name in _TWO_DIGITS if groups[name])
    at = match.start(name) - match.start()
    return match[0][:at] + _two_digits(match[name], shift) + match[0][at + 2 :]


def _message(match: re.Match[bytes], shift: Shift, known: Known) -> bytes:
    """Return a post with its numbers moved, and the year before it; what follows a month or a word may be a year."""
    if re.fullmatch(rb"(?:.*[ ])?" + _MONTH, match["post"]):
        return match[0][: -len(match["serials"])] + re.sub(
            rb"\d{4}", lambda year: _year(year[0], shift), match["serials"]
        )
    words = match["post"].split()

    def number(found: re.Match[bytes]) -> bytes:
        written = found[0]
        own = any((word, int(written)) in known for word in words)
        if not own and len(written) == 3:  # a count
            return written
        if not own and re.fullmatch(rb"19\d\d|20[0-2]\d", written):
            return _year(written, shift)
        return _padded((int(written) + shift.serials) % NUMBERS, len(written))

    year = _two_digits(match["of_year"], shift) + b" " if match["of_year"] else b""
    return year + match["post"] + match["gap"] + re.sub(rb"\d+", number, match["serials"])


def _year(written: bytes, shift: Shift) -> bytes:
    return b"%d" % (int(written) - shift.years) if int(written) - shift.years >= _FIRST_YEAR - YEARS else written


def _two_digits(written: bytes, shift: Shift) -> bytes:
    return b"%02d" % ((int(written) - shift.years) % 100)


def _padded(number: int, width: int) -> bytes:
    return b"%0*d" % (width, number)
