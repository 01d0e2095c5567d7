"""A chart of how many fall into each stretch of time, as columns: by day, month or year, whichever are few enough."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from readingroom.dates import in_words

FEWEST = 5
"""Fewer are told well enough by their table."""
_MOST_COLUMNS = 36
_SLOT = 26
"""Width of a column with its margins: wide enough to be pointed at."""
_HEIGHT = 96
_DAY, _MONTH, _YEAR = len("1994-04-08"), len("1994-04"), len("1994")


@dataclass(frozen=True, slots=True)
class Column:
    """One stretch of time. Lengths are in the chart's own units."""

    period: str
    """in words: `April 1994`"""
    label: str
    """what stands below the column: a day, a month's first letters, a year; empty where there is no room"""
    count: int
    x: int
    height: int
    first: str
    """the first moment in it that was given; empty where there is none"""


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns from the first stretch of time to the last, the empty ones between them included."""

    unit: str
    """day, month or year"""
    columns: tuple[Column, ...]
    width: int
    height: int
    slot: int


def chart(moments: Sequence[str]) -> Chart | None:
    """Return the chart of `moments`, ISO 8601 and sorted; None where they are too few or all of one stretch."""
    if len(moments) < FEWEST:
        return None
    for unit, size in (("day", _DAY), ("month", _MONTH), ("year", _YEAR)):
        periods = _periods(moments[0], moments[-1], size)
        if len(periods) == 1:
            return None
        if len(periods) <= _MOST_COLUMNS or size == _YEAR:
            return _drawn(unit, size, periods, moments)
    return None


def _periods(first: str, last: str, size: int) -> list[str]:
    """Return every day, month or year from the first moment to the last."""
    day, end = dt.date.fromisoformat(first[:_DAY]), dt.date.fromisoformat(last[:_DAY])
    days = (dt.date.fromordinal(each) for each in range(day.toordinal(), end.toordinal() + 1))
    return list(dict.fromkeys(each.isoformat()[:size] for each in days))


def _drawn(unit: str, size: int, periods: Sequence[str], moments: Sequence[str]) -> Chart:
    counts = Counter(moment[:size] for moment in moments)
    most = max(counts.values())
    columns = tuple(
        Column(
            period=in_words(period),
            label=_label(period, at),
            count=counts[period],
            x=at * _SLOT,
            height=round(_HEIGHT * counts[period] / most),
            first=next((moment for moment in moments if moment.startswith(period)), ""),
        )
        for at, period in enumerate(periods)
    )
    return Chart(unit, columns, len(periods) * _SLOT, _HEIGHT, _SLOT)


def _label(period: str, at: int) -> str:
    """Return a column's label; months and days say their year and month only where these begin."""
    if len(period) == _YEAR:
        return f"’{period[2:]}"
    if len(period) == _MONTH:
        return period[:_YEAR] if not at or period.endswith("-01") else ""
    return str(int(period[-2:]))
