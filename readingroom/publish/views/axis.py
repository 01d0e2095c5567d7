"""An axis of time: days, months or years in a row as the span asks, with a break where nothing stands for long."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

_LONGEST_IN_DAYS = 120
_LONGEST_IN_MONTHS = 10 * 366
"""Days up to which a span is drawn by day and by month."""
_EMPTY = 8
"""More empty steps in a row than these become a break."""
_BREAK = 2
"""Steps that a break takes."""


class Scale(StrEnum):
    """What one step of the axis is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Step:
    """One day, month or year of the axis, or a break for many."""

    first: dt.date
    next: dt.date
    """the first day after it"""
    at: float
    """where it begins, in steps from the top"""
    skipped: int = 0
    """of a break, how many steps are left out; else 0"""

    @property
    def high(self) -> int:
        """Return how many steps it takes."""
        return _BREAK if self.skipped else 1


@dataclass(frozen=True, slots=True)
class Axis:
    """All steps, in order and without a gap between them."""

    scale: Scale
    steps: tuple[Step, ...]

    @property
    def high(self) -> float:
        """Return how many steps the whole takes."""
        return self.steps[-1].at + self.steps[-1].high

    def step_of(self, day: dt.date) -> Step:
        """Return the step that a day falls in; the first or last for a day before or after all."""
        return self.steps[max(0, bisect_right(self.steps, day, key=lambda step: step.first) - 1)]

    def at(self, day: dt.date) -> float:
        """Return where a day begins, in steps from the top."""
        step = self.step_of(day)
        part = (day - step.first).days / (step.next - step.first).days
        return step.at + step.high * min(1.0, max(0.0, part))


def axis(days: Collection[dt.date], *ends: dt.date) -> Axis:
    """Return the axis on which all of `days` and `ends` have a place. `days`, at least one, decide on the scale."""
    span = (max(days) - min(days)).days
    scale = Scale.DAY if span <= _LONGEST_IN_DAYS else Scale.MONTH if span <= _LONGEST_IN_MONTHS else Scale.YEAR
    return Axis(scale, tuple(_steps(scale, {_begins(scale, day) for day in (*days, *ends)})))


def _steps(scale: Scale, taken: Iterable[dt.date]) -> Iterator[Step]:
    order = sorted(taken)
    at = 0.0
    for first, following in pairwise((*order, None)):
        if first is None:
            return
        yield Step(first, _after(scale, first), at)
        at += 1
        empty = list(_between(scale, _after(scale, first), following)) if following else []
        if len(empty) > _EMPTY:
            yield Step(empty[0], _after(scale, empty[-1]), at, skipped=len(empty))
            at += _BREAK
        else:
            for each in empty:
                yield Step(each, _after(scale, each), at)
                at += 1


def _between(scale: Scale, first: dt.date, end: dt.date) -> Iterator[dt.date]:
    while first < end:
        yield first
        first = _after(scale, first)


def _begins(scale: Scale, day: dt.date) -> dt.date:
    if scale is Scale.DAY:
        return day
    return day.replace(day=1) if scale is Scale.MONTH else day.replace(month=1, day=1)


def _after(scale: Scale, first: dt.date) -> dt.date:
    """Return the first day of the next step; the last of all days has none after it."""
    if scale is Scale.YEAR:
        return first.replace(year=first.year + 1)
    return first + dt.timedelta(days=1) if scale is Scale.DAY else (first + dt.timedelta(days=31)).replace(day=1)
