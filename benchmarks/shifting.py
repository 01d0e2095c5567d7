"""A document under another number and on another day, so that copies of a folder are no copies of one document.

All that is moved is moved by the same amount wherever it stands in any document of the folder: days, years, and the
numbers of messages. So a message that cites another of the folder cites, in each copy, the one of that copy. Days move
within their month, and years only when the numbers are used up: what a paper was classified under stays in force.
Nothing but figures changes, and only ASCII is looked at, so that seeds of every encoding stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_NUMBERS = 1_000_000
"""How many numbers a post has: six digits."""
_YEARS = 20
"""Years of two digits, moved back so far, mostly stay in the century that they mean."""
_DAYS = 28
"""Days that every month has; those after them stay."""
_FIRST_YEAR = 1925
"""Earlier years are history that the papers tell, and stay."""

_MONTH = (
    rb"(?i:JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    rb"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)"
)
_IS_MONTH = re.compile(rb"(?:.*[ ])?" + _MONTH)
_LIKE_YEAR = re.compile(rb"19\d\d|20[0-2]\d")
_SERIAL = rb"\d{3,6}(?![\dZ])"
_MESSAGE = (  # 78 LA PAZ 3489, and further numbers of the same post
    rb"(?:(?<!\d)(?<!PAGE[ ])(?P<year_of_message>[4-9]\d)[ ])?"
    rb"(?<![A-Z.])(?P<post>(?:[A-Z]{2,}[ ]){0,3}(?!(?:AND|THE|FOR|ORDER|RESOLUTION)\b)[A-Z]{3,})[ \t]{1,4}"
    rb"(?P<serials>" + _SERIAL + rb"(?:(?:,|[ ]AND|,[ ]AND|[ ]&)[ ]?" + _SERIAL + rb"){0,9})"
)
_RECORD = rb"(?<![\d-])(?P<record>\d{3}-\d{5}-\d{5})(?![\d-])|\bC0(?P<paper>\d{7})\b"
_SENT = (  # 311441Z OCT 79, of which page lines have the first word only
    rb"(?<!\d)(?P<day_sent>\d\d)\d{4}Z(?:[ ]" + _MONTH + rb"[ ](?P<year_sent>\d\d)(?!\d))?"
)
_DAY_FIRST = (  # 20 NOV 79, 20 November
    rb"(?<![\d.])(?P<day_first>\d{1,2})(?:[ /-]{0,2}|\.)" + _MONTH + rb"\b(?:[ .,/-]{0,3}(?P<year_after>\d\d)(?!\d))?"
)
_MONTH_FIRST = (  # November 20, MAY 74
    rb"\b" + _MONTH + rb"\.?,?[ ]'?(?:(?P<year_of_month>[4-9]\d)|(?P<day_of_month>[0-3]?\d))\b"
)
_FIGURES_ONLY = (  # 11/20/79, 11/20/1979
    rb"(?<![\d/])(?:0?[1-9]|1[0-2])(?P<stroke>[/-])(?P<day_between>\d{1,2})(?P=stroke)"
    rb"(?P<year_last>(?:19|20)?\d\d)(?![\d/-])"
)
_YEAR = (  # 1979, but in the names of laws, in sums and in file numbers
    rb"(?<![\d,.$])(?<!ACT[ ]OF[ ])(?P<year>19\d\d|20[0-2]\d)(?!\w|[.,]\d|-\d{3})"
)
_FIGURES = re.compile(b"|".join((_MESSAGE, _RECORD, _SENT, _DAY_FIRST, _MONTH_FIRST, _FIGURES_ONLY, _YEAR)))
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
    serials: int
    """added to each number, round the million"""
    years: int
    """taken from each year"""

    @classmethod
    def of(cls, copy: int, step: int) -> Shift:
        """Return the shift of a copy: numbers that are `step` higher, and a year less when they are used up."""
        years, steps = divmod(copy, _NUMBERS // step)
        return cls(copy, steps * step, years)


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
    return _YEARS * _NUMBERS // step


def shifted(content: bytes, shift: Shift, known: Known) -> bytes:
    """Return a seed's bytes with all its days, years, message numbers and record numbers moved.

    A copy ends in a line with its number: a paper without figures would be the same in each, which is a problem of its
    own to the program.
    """
    if not shift.copy:
        return content
    return _FIGURES.sub(lambda match: _moved(match, shift, known), content).rstrip() + b"\n\nCOPY %05d\n" % shift.copy


def _moved(match: re.Match[bytes], shift: Shift, known: Known) -> bytes:
    """Return what was found, with each of its figures moved."""
    parts, at = [], match.start()
    for name in sorted((name for name, figure in match.groupdict().items() if figure), key=match.start):
        move = _MOVES.get(name.partition("_")[0])
        if name == "serials":
            parts += [match.string[at : match.start(name)], _serials(match, shift, known)]
        elif move:
            parts += [match.string[at : match.start(name)], move(match[name], shift)]
        else:
            continue
        at = match.end(name)
    return b"".join((*parts, match.string[at : match.end()]))


def _serials(match: re.Match[bytes], shift: Shift, known: Known) -> bytes:
    """Return the numbers after a post, moved; after a month or another word they may be years or counts."""
    words = match["post"].split()

    def number(found: re.Match[bytes]) -> bytes:
        own = any((word, int(found[0])) in known for word in words)
        if not own and (len(found[0]) == 3 or _IS_MONTH.fullmatch(match["post"]) or _LIKE_YEAR.fullmatch(found[0])):
            return _year(found[0], shift) if _LIKE_YEAR.fullmatch(found[0]) else found[0]
        return _padded((int(found[0]) + shift.serials) % _NUMBERS, found[0])

    return re.sub(rb"\d+", number, match["serials"])


def _year(written: bytes, shift: Shift) -> bytes:
    if len(written) == 2:
        return _padded((int(written) - shift.years) % 100, written)
    return _padded(int(written) - (shift.years if int(written) >= _FIRST_YEAR else 0), written)


def _day(written: bytes, shift: Shift) -> bytes:
    day = int(written)
    return _padded((day - 1 + shift.copy) % _DAYS + 1, written) if 1 <= day <= _DAYS else written


def _record(written: bytes, shift: Shift) -> bytes:
    figures = _padded(int(written.replace(b"-", b"")) + shift.copy * 1_000, b"0" * 13)
    return b"-".join((figures[:3], figures[3:8], figures[8:]))


def _paper(written: bytes, shift: Shift) -> bytes:
    return _padded((int(written) + shift.copy * 1_000) % 10**7, written)


def _padded(number: int, written: bytes) -> bytes:
    """Return a number with at least as many digits as were written."""
    return b"%0*d" % (len(written), number)


_MOVES: Mapping[str, Callable[[bytes, Shift], bytes]] = {
    "year": _year,
    "day": _day,
    "record": _record,
    "paper": _paper,
}
"""First word of a group's name → what moves its figures."""
