"""The tables that stand beside the bundles: what narrows a search, and the order in time, by a record's number.

A scope's records are numbered through its parts, and in a part by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from readingroom.publish.search.entries import FACETS, IndexEntry


def facets(entries: Iterable[IndexEntry]) -> Mapping[str, Mapping[str, list[int]]]:
    """Return facet → value → numbers of the records that have it, as steps from the one before, from -1 on."""
    found: dict[str, dict[str, list[int]]] = {facet: defaultdict(list) for facet in FACETS}
    for number, entry in enumerate(entries):
        for facet, values in entry.facets.items():
            for value in values:
                found[facet][value].append(number)
    return {
        facet: {value: [after - before for before, after in pairwise((-1, *numbers))] for value, numbers in some}
        for facet, values in found.items()
        if (some := sorted(values.items()))
    }


def times(entries: Sequence[IndexEntry]) -> Mapping[str, object]:
    """Return when a scope's records were written.

    `days`: all first possible days, in order; `of`: for each record the place of its day there, or -1; `until`:
    record → its last possible day, where that is another.
    """
    days = sorted({entry.sorted for entry in entries if entry.sorted})
    places = {day: place for place, day in enumerate(days)}
    return {
        "days": days,
        "of": [places[entry.sorted] if entry.sorted else -1 for entry in entries],
        "until": {number: entry.last for number, entry in enumerate(entries) if entry.last},
    }


def withheld(entries: Iterable[IndexEntry]) -> Mapping[int, int]:
    """Return record → how many of its passages are withheld, where any are."""
    return {number: entry.withheld for number, entry in enumerate(entries) if entry.withheld}
