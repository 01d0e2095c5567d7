"""The timeline: documents and events on one axis, drawn, and the same as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from readingroom.dates import in_words
from readingroom.editorial.edition import Edited, Edition
from readingroom.publish.views.axis import Axis, Scale, axis
from readingroom.publish.views.browse import MONTHS, YEARS, browsed, is_placed, month_of, year_of
from readingroom.publish.views.collection import row
from readingroom.publish.views.drawing import (
    ALONE,
    NARROW,
    WIDE,
    Drawing,
    drawing,
    is_counted,
    is_in_a_step,
    step_in_words,
)
from readingroom.publish.views.happenings import Happening, happenings
from readingroom.publish.views.listing import Link
from readingroom.publish.views.made import Made
from readingroom.publish.views.paging import sheets
from readingroom.publish.views.words import count

TIMELINE = Link("Timeline", "timeline/")
_MARKUP = 200
"""Bytes of a row of the list beside its words and its address (overrides/timeline.html)."""
_MOST_UNDATED = 12
_LABEL, _BAR, _TICK = 560, 220, 70
"""Bytes of a label, a bar and a tick in a drawing (overrides/partials/drawing.html)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: a document, an event, or the documents of a day, month or year together."""

    when: str
    sorted: str
    """first day, ISO"""
    kind: str
    title: str
    address: str


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the timeline, with further pages where its list is long."""
    all_ = happenings(edition)
    undated = _undated(tuple(each for each in edition.documents if not is_placed(each.date)))
    if not all_:
        yield Made("timeline/index.md", TIMELINE.name, "timeline.html", lambda: {"undated": undated})
        return
    over = _axis(all_)
    listed = _Lists(edition, over)
    events = sum(each.document is None for each in all_)
    drawings = tuple(drawing(shape, over, all_, listed) for shape in (WIDE if events else ALONE, NARROW))
    for sheet in sheets(TIMELINE.address, _rows(over, all_, listed), _size, sum(map(_drawn, drawings))):
        context: Mapping[str, object] = {
            "drawings": drawings if sheet.number == 1 else (),
            "sheet": sheet,
            "undated": undated if sheet.number == sheet.of else None,
            "counted": is_counted(all_),
            "scale": over.scale,
            "events": events,
        }
        yield Made(sheet.uri, sheet.titled(TIMELINE.name), "timeline.html", partial(dict, context))


def _axis(all_: Sequence[Happening]) -> Axis:
    """Return the axis of all happenings, on the scale that the documents ask for if there are any."""
    days = [each.first for each in all_ if each.document is not None]
    return axis(days or [each.first for each in all_], *(day for each in all_ for day in (each.first, each.last)))


class _Lists:
    """Where the documents of a step of the axis are listed: under their year, their month, or within their month."""

    def __init__(self, edition: Edition, over: Axis) -> None:
        by_year = over.scale is Scale.YEAR
        self._of = year_of if by_year else month_of
        self._lists = browsed(YEARS if by_year else MONTHS, edition.documents).by_key
        self._within = over.scale is Scale.DAY

    def __call__(self, those: Sequence[Happening]) -> str:
        """Return the address. Raises ValueError for events, which are in no list of documents."""
        first = those[0].document
        if first is None:
            raise ValueError("an event is in no list of documents")
        listing = self._lists[self._of(first)]
        return listing.place_of(first) if self._within else listing.address


def _rows(over: Axis, all_: Sequence[Happening], listed: _Lists) -> Iterator[Listed]:
    """Yield the rows of the list: where documents are counted, those of a step in one row."""
    if not is_counted(all_):
        yield from map(_listed, all_)
        return
    for when, those in _together(over, all_):
        if len(those) == 1:
            yield _listed(those[0])
        else:
            first = over.step_of(those[0].first).first.isoformat()
            yield Listed(when, first, "documents", count(len(those), "document"), listed(those))


def _together(over: Axis, all_: Iterable[Happening]) -> Iterable[tuple[str, list[Happening]]]:
    """Return the documents of each step, those of each date that is wider than a step, and each event alone."""
    found: defaultdict[tuple[str, str], list[Happening]] = defaultdict(list)
    for each in all_:
        if each.document is None:
            found[each.when, each.address].append(each)
        elif is_in_a_step(over, each):
            found[step_in_words(over.scale, over.step_of(each.first)), ""].append(each)
        else:
            found[in_words(each.date), ""].append(each)
    return ((when, those) for (when, _), those in found.items())


def _listed(each: Happening) -> Listed:
    return Listed(each.when, each.first.isoformat(), each.kind, each.title, each.address)


def _undated(documents: tuple[Edited, ...]) -> Mapping[str, object] | None:
    """Return the documents without a place in time: the first of them, and how many there are."""
    return {"rows": tuple(map(row, documents[:_MOST_UNDATED])), "count": len(documents)} if documents else None


def _size(listed: Listed) -> int:
    return _MARKUP + sum(len(words.encode()) for words in (listed.when, listed.kind, listed.title, listed.address))


def _drawn(made: Drawing) -> int:
    return _LABEL * len(made.labels) + _BAR * len(made.bars) + _TICK * len(made.ticks)
