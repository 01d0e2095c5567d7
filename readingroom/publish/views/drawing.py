"""The drawing of the timeline: a ruler of time from top to bottom, events and documents beside it where they belong.

Few documents are named one by one; many become bars, a step of the ruler each, their length to one scale. It is laid
out twice, wide with events on the left of the ruler, and narrow with all on its right; a style sheet shows the one that
has room. Lengths are in CSS pixels, from the top left.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from readingroom.dates import in_words
from readingroom.publish.views.axis import Axis, Scale, Step
from readingroom.publish.views.happenings import Happening
from readingroom.publish.views.lettering import apart, broken
from readingroom.publish.views.words import count, figure

_MOST_DOCUMENTS, _MOST_EVENTS = 30, 24
"""Documents that are named one by one, where more are counted; and events that are named, of however many."""
_LEVELS = ("top secret", "secret", "confidential", "restricted", "limited official use", "official use only")
_ORDER = (*_LEVELS, "unclassified", "unmarked")
_BAR_GAP = 4


@dataclass(frozen=True, slots=True)
class Shape:
    """How wide a drawing is and where its parts stand."""

    key: str
    width: int
    ruler: tuple[int, int]
    left: bool
    """whether events stand on the left"""
    step: int
    """the least height of a step, where bars stand in it"""
    title: float
    """size of letters"""
    line: int
    """from one line of a title to the next"""
    leader: int
    """from the ruler to a label's mark"""
    bars: int
    """length of the longest bar"""


WIDE = Shape("wide", 980, (404, 474), left=True, step=20, title=15.5, line=19, leader=40, bars=400)
ALONE = Shape("wide", 760, (0, 70), left=True, step=20, title=15.5, line=19, leader=40, bars=560)
"""The wide drawing where there are no events."""
NARROW = Shape("narrow", 300, (0, 46), left=False, step=24, title=14.5, line=18, leader=22, bars=180)
_TEXT = 13
"""From a mark to its words."""
_WHEN, _WHEN_LINE, _BETWEEN = 13.0, 16, 8
"""Letters that say when, their lines, and the space between labels."""
_TWO_LINES = 30
"""Height of a step from which its name may have two lines."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the ruler, and what stands below it in one line or two."""

    y: float
    words: tuple[str, ...]
    strong: bool
    high: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label."""

    y: float
    words: str
    when: bool
    """whether it says when, rather than what"""


@dataclass(frozen=True, slots=True)
class Label:
    """A document or an event, named beside the ruler: one link."""

    kind: str
    """document or event"""
    address: str
    name: str
    """as it is heard"""
    level: str
    hollow: bool
    x: float
    """where its lines begin, or end on the left of the ruler"""
    mark: tuple[float, float]
    lines: tuple[Line, ...]
    leader: str
    """path from the ruler to the mark"""


@dataclass(frozen=True, slots=True)
class Extent:
    """The days that a date takes or allows, along the ruler."""

    x: float
    y: float
    high: float
    hollow: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The documents of one step: one link, over bars of each level (see Drawing.levels)."""

    address: str
    name: str
    y: float
    high: float
    count: int
    x: float
    """where the count stands"""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing in one shape. Context variable `drawing`."""

    shape: Shape
    high: float
    ticks: tuple[Tick, ...]
    breaks: tuple[Tick, ...]
    labels: tuple[Label, ...]
    extents: tuple[Extent, ...]
    bars: tuple[Bar, ...]
    levels: tuple[tuple[str, str], ...]
    """marking → path of its parts of all bars; `doubtful` for documents whose date is"""
    named: int
    """events named"""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what its key explains: the markings that it shows, in order, and the signs beside them."""
        levels = {level for level, _ in self.levels} | {label.level for label in self.labels if not label.hollow}
        signs = {
            "doubtful": any(label.hollow for label in self.labels) or "doubtful" in levels,
            "event": bool(self.named),
            "extent": bool(self.extents),
        }
        return (*(level for level in _ORDER if level in levels), *(sign for sign, there in signs.items() if there))


Listed = Callable[[Sequence[Happening]], str]
"""The address of the list of the documents of a step."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be named before it has its place: where it belongs, in steps from the top, and how high it is."""

    each: Happening
    at: float
    lines: tuple[Line, ...]
    """with the distance of each from the top of the label"""
    high: float


def is_counted(all_: Iterable[Happening]) -> bool:
    """Return whether there are so many documents that they are counted."""
    return sum(each.document is not None for each in all_) > _MOST_DOCUMENTS


def drawing(shape: Shape, axis: Axis, all_: Sequence[Happening], listed: Listed) -> Drawing:
    """Return the drawing of all happenings. Of many events the most named are shown, beside bars only on the left."""
    counted = is_counted(all_)
    events = _most_named(all_, _MOST_EVENTS if shape.left or not counted else 0)
    documents = [] if counted else [each for each in all_ if each.document is not None]
    shown = sorted([*events, *documents], key=lambda each: each.first)
    sides = ((events, -1), (documents, 1)) if shape.left else ((shown, 1),)
    wishes = [([_wish(shape, axis, each, side) for each in those], side) for those, side in sides]
    needed = [sum(wish.high for wish in those) for those, _ in wishes]
    high = max(axis.high * shape.step * (1 if counted else 0.7), *needed)
    step = high / axis.high
    wide = [each for each in all_ if each.document is not None and not is_in_a_step(axis, each)] if counted else []
    bars, levels = _bars(shape, axis, all_, listed, step) if counted else ((), ())
    return Drawing(
        shape=shape,
        high=round(high),
        ticks=tuple(_ticks(axis, step)),
        breaks=tuple(_breaks(axis, step)),
        labels=tuple(label for those, side in wishes for label in _labels(shape, those, side, step, high)),
        extents=tuple(dict.fromkeys(_extents(shape, axis, [*shown, *wide], step))),
        bars=tuple(bars),
        levels=tuple(levels),
        named=len(events),
    )


def _most_named(all_: Iterable[Happening], most: int) -> list[Happening]:
    """Return the events that most documents name, at most `most`, in order of time."""
    events = sorted((each for each in all_ if each.document is None), key=lambda each: -each.mentions)
    return sorted(events[:most], key=lambda each: each.first)


def is_in_a_step(axis: Axis, each: Happening) -> bool:
    """Return whether the date is as narrow as a step of the axis, so that a bar can count it."""
    return each.last < axis.step_of(each.first).next


def _by_step(axis: Axis, all_: Iterable[Happening]) -> dict[Step, list[Happening]]:
    found: defaultdict[Step, list[Happening]] = defaultdict(list)
    for each in all_:
        if each.document is not None and is_in_a_step(axis, each):
            found[axis.step_of(each.first)].append(each)
    return found


def _wish(shape: Shape, axis: Axis, each: Happening, side: int) -> _Wish:
    first, last = axis.at(each.first), axis.at(each.last)
    at = (first + last) / 2 if each.document is not None and last - first <= 1 else first
    room = (shape.ruler[0] if side < 0 else shape.width - shape.ruler[1]) - shape.leader - _TEXT
    title = broken(each.title, room, shape.title, 2 if shape.left else 3)
    when = each.when if each.document is None else f"{each.when} · {each.kind}"
    whens = broken(when, room, _WHEN, 2)
    end = len(title) * shape.line
    lines = (
        *(Line(shape.line * (n + 0.9), words, when=False) for n, words in enumerate(title)),
        *(Line(end + _WHEN_LINE * (n + 0.82), words, when=True) for n, words in enumerate(whens)),
    )
    return _Wish(each, at, lines, end + len(whens) * _WHEN_LINE + _BETWEEN)


def _labels(shape: Shape, wishes: Sequence[_Wish], side: int, step: float, high: float) -> Iterator[Label]:
    edge = shape.ruler[0] if side < 0 else shape.ruler[1]
    mark_x, bend = edge + side * shape.leader, edge + side * shape.leader / 2
    middle = shape.line * 0.66
    tops = apart([wish.at * step - middle for wish in wishes], [wish.high for wish in wishes], high)
    for wish, top in zip(wishes, tops, strict=True):
        each, y, mark_y = wish.each, wish.at * step, top + middle
        yield Label(
            kind="event" if each.document is None else "document",
            address=each.address,
            name=_heard(each, wish.lines),
            level=each.level,
            hollow=each.doubtful,
            x=mark_x + side * _TEXT,
            mark=(mark_x, round(mark_y, 1)),
            lines=tuple(replace(line, y=round(top + line.y)) for line in wish.lines),
            leader=f"M{edge} {y:.1f}C{bend:.0f} {y:.1f} {bend:.0f} {mark_y:.1f} {mark_x - side * 7} {mark_y:.1f}",
        )


def _heard(each: Happening, lines: Iterable[Line]) -> str:
    """Return a label as it is heard: what is seen, and what is not."""
    seen = " ".join(line.words for line in lines)
    unseen = [words for words in (each.title, each.kind) if words not in seen]
    return ", ".join((seen, *unseen))


def _extents(shape: Shape, axis: Axis, shown: Iterable[Happening], step: float) -> Iterator[Extent]:
    """Yield the extents of what takes or allows more than one day."""
    for each in shown:
        if each.last > each.first:
            first, last = axis.at(each.first) * step, axis.at(each.last) * step
            on_left = shape.left and each.document is None
            x = shape.ruler[0] - 4 if on_left else shape.ruler[1] + 1
            hollow = each.doubtful or (each.document is not None)
            yield Extent(x, round(first, 1), round(max(4.0, last - first), 1), hollow)


def _bars(
    shape: Shape, axis: Axis, all_: Sequence[Happening], listed: Listed, step: float
) -> tuple[list[Bar], list[tuple[str, str]]]:
    by_step = _by_step(axis, all_)
    longest = max(map(len, by_step.values()), default=1)
    start = shape.ruler[1] + 6
    bars: list[Bar] = []
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for at, those in sorted(by_step.items(), key=lambda pair: pair[0].at):
        y, high = at.at * step + _BAR_GAP / 2, step - _BAR_GAP
        x = float(start)
        for level, number in _by_level(those):
            long = number / longest * shape.bars
            parts[level].append(f"M{x:.1f} {y:.1f}h{long:.1f}v{high:.1f}h-{long:.1f}z")
            x += long
        address = those[0].address if len(those) == 1 else listed(those)
        name = _named(axis.scale, at, those)
        bars.append(Bar(address, name, round(at.at * step), round(step), len(those), round(x + 5)))
    return bars, [(level, "".join(parts[level])) for level in (*_ORDER, "doubtful") if level in parts]


def _named(scale: Scale, step: Step, those: Sequence[Happening]) -> str:
    doubtful = sum(each.doubtful for each in those)
    words = figure(len(those), "document")
    alone = f": {those[0].title}" if len(those) == 1 else ""
    doubt = f", {doubtful} of uncertain date" if doubtful else ""
    return f"{step_in_words(scale, step)}, {words}{doubt}{alone}"


def _by_level(those: Iterable[Happening]) -> Iterator[tuple[str, int]]:
    found: defaultdict[str, int] = defaultdict(int)
    for each in those:
        found["doubtful" if each.doubtful else each.level] += 1
    yield from ((level, found[level]) for level in (*_ORDER, "doubtful") if found[level])


def step_in_words(scale: Scale, step: Step) -> str:
    """Return `1994`, `April 1994` or `April 8, 1994`."""
    return in_words(step.first.isoformat()[: {Scale.YEAR: 4, Scale.MONTH: 7, Scale.DAY: 10}[scale]])


def _ticks(axis: Axis, step: float) -> Iterator[Tick]:
    before = None
    for each in axis.steps:
        if each.skipped:
            continue
        words: tuple[str, ...]
        day, month = each.first, in_words(f"{each.first:%Y-%m}")[:3]
        if axis.scale is Scale.YEAR:
            words, strong = (f"{day.year:04d}",), day.year % 10 == 0
        elif axis.scale is Scale.MONTH:
            strong = before is None or before.year != day.year
            words = _new_year(day, month, step) if strong else (month,)
        else:
            strong = before is None or (before.year, before.month) != (day.year, day.month)
            words = (f"{month} {day.day}",) if strong else (f"{day.day}",)
            words = (f"{day.year}", *words) if strong and step >= _TWO_LINES else words
        yield Tick(round(each.at * step, 1), words, strong, round(step, 1))
        before = day


def _new_year(day: dt.date, month: str, step: float) -> tuple[str, ...]:
    """Return the name of the first month of a year that is shown: January alone goes without saying."""
    if step >= _TWO_LINES:
        return f"{day.year}", month
    return (f"{day.year}",) if day.month == 1 else (f"{month} ’{day.year % 100:02d}",)


def _breaks(axis: Axis, step: float) -> Iterator[Tick]:
    for each in axis.steps:
        if each.skipped:
            words = tuple(count(each.skipped, axis.scale).split(" "))
            yield Tick(round(each.at * step, 1), words, strong=False, high=round(each.high * step, 1))
