"""What a run shows while one waits: nothing of what is soon done, then how far it is; and never where nobody looks."""

from __future__ import annotations

from io import StringIO

import pytest

from readingroom import progress
from readingroom.progress import Progress


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_a_short_step_shows_nothing(clock: Clock) -> None:
    terminal = StringIO()
    run = Progress(terminal)
    with run.step("converting", 10) as done:
        clock.now += 1.5
        done(10)
    assert terminal.getvalue() == ""
    assert run.seconds == {"converting": 1.5}


def test_a_long_step_says_how_far_it_is_and_leaves_no_line(clock: Clock) -> None:
    terminal = StringIO()
    run = Progress(terminal)
    with run.step("rendering", 4_000) as done:
        clock.now += 10
        done(1_000)
    shown = terminal.getvalue()
    assert "rendering: 1,000 of 4,000, 10 s, about 30 s to go" in shown
    assert shown.endswith(f"\r{'':78}\r")


def test_a_step_without_a_count_says_how_long_it_takes(clock: Clock) -> None:
    terminal = StringIO()
    with Progress(terminal).step("indexing") as done:
        clock.now += 3
        done(1)
    assert "indexing: 3 s" in terminal.getvalue()


def test_steps_of_one_name_are_added_up(clock: Clock) -> None:
    run = Progress()
    for _ in range(2):
        with run.step("writing"):
            clock.now += 2
    assert run.seconds == {"writing": 4.0}


def test_a_step_that_begins_late_is_shown_at_once(clock: Clock) -> None:
    terminal = StringIO()
    run = Progress(terminal)
    with run.step("rendering"):
        clock.now += 3
    with run.step("indexing", 4_000):
        assert "indexing: 0 s" in terminal.getvalue()
