"""The numbers by which messages are cited: `LA PAZ 8767`, `78 LA PAZ 3489`, `DIRECTOR 37254 and 37960`.

In running text only known senders count (`posts.yml`), and only where nothing says that the figures are a year or a
quantity. Posts begin anew each January, so an item is of the year that it names itself; else of the year of the day
that it names; else of the citing message's (domain, section 5.3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from readingroom.data import table
from readingroom.recognize.dates import MONTHS

_MONTH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_DAY = re.compile(
    rf"(?:\s?\([A-Z]{{2,4}} \d{{4,6}}\))?[,\s]{{0,2}}(?P<lead>\(|(?:OF|DATED|DTD)\s)?"
    rf"(?:(?P<month>{_MONTH})[A-Z]{{0,6}}\.?\s(?P<day>\d{{1,2}})|(?P<first>\d{{1,2}})\s(?P<then>{_MONTH})[A-Z]{{0,6}})\b"
    r"(?:,?\s?(?:19)?(?P<year>\d\d)\b)?",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    rf"\s?(?:,|;|&|\bAND\b)\s?(?:AND\s)?0{{0,5}}(?P<number>\d{{3,6}})\b(?![/.-]\d|\s(?:{_MONTH}))", re.IGNORECASE
)
_NUMBER = r"(?:(?<!\d)(?P<year>\d\d)\s)?(?<![\w'/-])(?P<post>{posts})\s{{1,2}}(?P<number>\d{{3,6}})\b(?![/.-]\d)"
_NUMBERED = re.compile(r"\d(?:(?<=[A-Z]\s\d)|(?<=[A-Z]\s\s\d))\d\d")
"""What every message's number has in it, and few lines: figures right behind a capital."""
_FOLLOWS = re.compile(
    r"\s?(?:$|[),.;:\]&]|\((?!\d+ )|(?:AND|OR|OF|PARAS?|PARAGRAPHS?|NOTAL|DATED|DTD|WHICH|IT|WAS|WERE|THAT|IN|ON|AS|BUT"
    r"|SECTION|NOT)\b)",
    re.IGNORECASE,
)
"""What follows a message's number; after a quantity would come what is counted."""
_YEARS = range(1900, 2030)
_FULL = 4
"""Digits of a number; a shorter one that is not padded with zeros counts but in a list."""
_OWN = re.compile(r"\b(?:[CS]I[TF]E|TE)\W{1,3}$")
"""CITE, also misread, stands before a message's own number."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One message in words: where it stands, and `LA PAZ 8767`, or `78 LA PAZ 3489` where the words say the year."""

    start: int
    end: int
    normalized: str


def messages_in(words: str, written_on: str, *, stations: bool) -> Iterator[Cited]:
    """Yield the messages that running text cites, left to right; CIA's short names too where `stations`."""
    if not _NUMBERED.search(words):
        return
    for match in _known(stations).finditer(words):
        if _OWN.search(words, max(0, match.start() - len("CITE : ")), match.start()) or not _is_number(match):
            continue
        year = match["year"] or year_said(words, match.end(), written_on)
        yield Cited(match.start(), match.end(), normalized(match["post"], match["number"], year))
        for start, end, number in further_numbers(words, match.end()):
            if _FOLLOWS.match(words, end):
                yield Cited(start, end, normalized(match["post"], number, match["year"] or ""))


def further_numbers(words: str, at: int) -> Iterator[tuple[int, int, str]]:
    """Yield the numbers that share the post before `at`, as in `LA PAZ 1234, 1235 AND 1236`: start, end, number."""
    while match := _FURTHER.match(words, at):
        yield match.start("number"), match.end("number"), match["number"]
        at = match.end()


def normalized(post: str, number: str, year: str) -> str:
    """Return a message's number without the zeros that pad it, before it the year of two digits where one is said."""
    bare = f"{sender(post)} {int(number)}"
    return f"{year} {bare}" if year else bare


def sender(post: str) -> str:
    """Return the name under which a post is cited: of several names for one sender, always the same."""
    name = " ".join(post.split())
    same: dict[str, str] = table("posts")["same"]
    return same.get(name, name)


def year_said(words: str, at: int, written_on: str) -> str:
    """Return the year, two digits, of the day that stands at `at`; empty where it is the citing message's, or unsaid.

    A day without a year that is later in its year than `written_on` (`1979-01-05`, or empty) is of the year before.
    """
    day = _DAY.match(words, at)
    if day is None:
        return ""
    if day["year"]:
        return day["year"]
    if not day["lead"] or len(written_on) != len("1979-01-05"):
        return ""
    month = MONTHS.index((day["month"] or day["then"])[:3].lower()) + 1
    later = f"{month:02}-{int(day['day'] or day['first']):02}" > written_on[5:]
    return f"{(int(written_on[:4]) - 1) % 100:02}" if later else ""


def _is_number(match: re.Match[str]) -> bool:
    number, rest = match["number"], match.string
    if int(number) in _YEARS and len(number) == _FULL and not match["year"]:
        return False
    return (len(number) >= _FULL or number[0] == "0") and _FOLLOWS.match(rest, match.end()) is not None


@cache
def _known(stations: bool) -> re.Pattern[str]:  # noqa: FBT001 - a key of the cache
    posts = table("posts")
    names = [*posts["posts"], *posts["washington"], *(posts["stations"] if stations else ())]
    return re.compile(_NUMBER.format(posts=_one_of(names)))


def _one_of(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, the longest first; parted by first letter, which is soon seen."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        rests[name[0]].append(re.escape(name[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in rests.items())
