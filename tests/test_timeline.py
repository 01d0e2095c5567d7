"""The axis of the timeline, and the places of labels beside it."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readingroom.addresses import segment
from readingroom.publish.views.axis import Scale, axis
from readingroom.publish.views.lettering import apart, broken, width_of

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2030, 12, 31))


@pytest.mark.parametrize(
    ("last", "scale"),
    [("1994-04-06", Scale.DAY), ("1994-07-01", Scale.DAY), ("1996-07-01", Scale.MONTH), ("2024-01-01", Scale.YEAR)],
)
def test_the_span_decides_on_the_scale(last: str, scale: Scale) -> None:
    assert axis([dt.date(1994, 4, 6), dt.date.fromisoformat(last)]).scale is scale


@given(st.lists(DAYS, min_size=1, max_size=30))
def test_every_day_has_its_place_in_order_of_time(days: list[dt.date]) -> None:
    found = axis(days)
    for before, after in pairwise(found.steps):
        assert before.next == after.first
        assert before.at + before.high == after.at
    for day in days:
        step = found.step_of(day)
        assert not step.skipped
        assert step.first <= day < step.next
        assert step.at <= found.at(day) < step.at + 1
    places = [found.at(day) for day in sorted(days)]
    assert places == sorted(places)
    assert len([step for step in found.steps if not step.skipped]) <= 9 * len(days)


def test_a_long_time_without_anything_is_a_break_that_says_how_long() -> None:
    found = axis([dt.date(1924, 11, 8), dt.date(1947, 5, 15)])
    (gap,) = [step for step in found.steps if step.skipped]
    assert gap.skipped == 22


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(10, 60)), max_size=15))
def test_labels_stay_in_order_and_clear_of_each_other(labels: list[tuple[float, float]]) -> None:
    wishes = sorted(labels)
    tops = apart([wish for wish, _ in wishes], [high for _, high in wishes], 1000)
    for (top, (_, high)), (following, _) in pairwise(zip(tops, wishes, strict=True)):
        assert top + high <= following + 1e-6
    assert all(top >= -1e-6 and top + high <= 1000 + 1e-6 for top, (_, high) in zip(tops, wishes, strict=True))


def test_a_label_alone_stands_where_it_belongs() -> None:
    assert apart([0, 300, 600], [40, 40, 40], 1000) == [0, 300, 600]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200), st.integers(1, 3))
@example("0000000000000000@@@⺀⺀ 0", 2)
def test_no_line_is_wider_than_its_room(words: str, most: int) -> None:
    lines = broken(words, 200, 15, most)
    assert len(lines) <= most
    assert all(width_of(line, 15) <= 200 for line in lines)
    if lines and not lines[-1].endswith("…"):
        assert " ".join(lines) == " ".join(words.split())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("AMEMBASSY LA PAZ", "amembassy-la-paz"),
        ("Director, FBI", "director-fbi"),
        ("DIRECTOR FBI", "director-fbi"),
        ("Roméo Dallaire", "romeo-dallaire"),
        ("E.O. 13526", "e-o-13526"),
    ],
)
def test_a_value_gives_one_segment_of_an_address(words: str, expected: str) -> None:
    assert segment(words) == expected


@given(st.text(max_size=300))
def test_a_segment_is_safe_in_an_address(words: str) -> None:
    found = segment(words)
    assert found
    assert len(found.encode()) <= 80
    assert not set(found) & set("/.?#%\\ ")
    assert segment(found) == found
