"""No pattern of the package backtracks: fed twice as long a line of its worst, it takes twice the steps.

All patterns are here, also those of tables. Each is fed lines made from its own parse tree, every repeat of it
pumped behind what leads to it, and lines of units that are common in documents. Steps are counted (`regex_steps.py`),
nothing is timed. A pattern that is only ever tried at one place is counted so; any other is searched for all along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

import pytest

from tests.regex_attacks import Used, attacks, patterns
from tests.regex_steps import Steps, TooManyError, deep

UNITS = (
    " ",
    "A",
    "a",
    "7",
    ".",
    "-",
    "_",
    "*",
    "(",
    "\n",
    "A ",
    "A, ",
    "A. ",
    "A/B ",
    "a b.",
    "- ",
    "TO ",
    "REF: ",
    "E.O. ",
    "1.4(d), ",
    "PAGE 01 ",
    "S E C R E T ",
    "**x** ",
    "<u>x</u> ",
    "~~x~~",
    "[x",
)
SHORT, LONG = 32, 400
"""Units in a line. What grows faster than short lines do is fed longer ones: a bound of so many hundred letters that a
pattern has is no backtracking."""
MOST = 1_000
"""Steps for each character of a line, above which it is not waited for how many there would be."""
GROWTH = 2.5

_PATTERNS = patterns()


def _lines(used: Used) -> Iterator[tuple[str, str, str]]:
    """Yield what lines are made of: what stands first, what is repeated, what stands last."""
    for lead, unit, end in attacks(used.pattern):
        yield lead, unit, end
        if lead and not used.at_start:
            yield "", lead + unit, end
    yield from (("", unit, "!") for unit in UNITS)


def _taken(steps: Steps, line: str, most: float, *, at_start: bool) -> float:
    steps.taken, steps.most = 0, most
    try:
        deep(lambda: steps.match(line) if at_start else sum(1 for _ in steps.finditer(line)))
    except TooManyError:
        return inf
    return steps.taken


def _grows(steps: Steps, lead: str, unit: str, end: str, count: int, *, at_start: bool) -> bool:
    """Return whether a line of twice as many units takes more than twice the steps, with a little to spare."""
    line, twice = (f"{lead}{unit * times}{end}" for times in (count, 2 * count))
    once = _taken(steps, line, MOST * len(line), at_start=at_start)
    return once == inf or _taken(steps, twice, GROWTH * once, at_start=at_start) >= GROWTH * once


@pytest.mark.parametrize("used", _PATTERNS, ids=lambda used: used.where)
def test_twice_the_line_is_twice_the_steps(used: Used) -> None:
    steps = Steps(used.pattern)
    for lead, unit, end in _lines(used):
        backtracks = all(_grows(steps, lead, unit, end, count, at_start=used.at_start) for count in (SHORT, LONG))
        assert not backtracks, f"{used.pattern.pattern}\nbacktracks on {lead!r} + {unit!r} × n + {end!r}"


@pytest.mark.parametrize("used", _PATTERNS, ids=lambda used: used.where)
def test_no_group_is_possessive(used: Used) -> None:
    """Python before 3.11.5 matches possessive and atomic groups wrongly (gh-106052), single characters rightly."""
    assert not re.search(r"(?<!\\)\)(?:[*+?]|\{[\d,]+\})\+|\(\?>", used.pattern.pattern)


def test_patterns_are_found_wherever_they_stand() -> None:
    where = {used.where.split(":")[0] for used in _PATTERNS}
    assert {
        "readingroom.recognize.cable._SIGNATURE",  # a module's own
        "readingroom.recognize.furniture._PRINTED",  # in a tuple, from a table
        "readingroom.recognize.release._MARKS",  # in records
        "readingroom.recognize.heads",  # written where it is used
    } <= where
