"""What a run is doing, how far it is and how long it takes: shown while one waits, told in the summary afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

_T = TypeVar("_T")
SHOWN_AFTER = 2.0
"""Seconds: of what takes less, nothing need be said."""
_EVERY = 0.25
_WIDTH = 78


@dataclass(slots=True)
class Progress:
    """The steps of a run. Nothing is shown without a terminal."""

    terminal: TextIO | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    """step → how long it took, in the order of the steps"""
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin."""
        self._begun = time.monotonic()

    @contextmanager
    def step(self, what: str, of: int = 0) -> Iterator[Callable[[int], None]]:
        """Time a step; what it yields is told how many more of the step's `of` things are done."""
        begun = time.monotonic()
        shown = _Shown(self.terminal, what, of, begun) if self.terminal is not None else None
        if shown and begun - self._begun >= SHOWN_AFTER:  # one waits already
            shown.show(begun)
        try:
            yield shown.done if shown else unseen
        finally:
            self.seconds[what] = self.seconds.get(what, 0.0) + time.monotonic() - begun
            if shown:
                shown.clear()


def counted(items: Iterable[_T], done: Callable[[int], None]) -> Iterator[_T]:
    """Yield the items; each is told to be done when the next is asked for."""
    for item in items:
        yield item
        done(1)


def unseen(more: int) -> None:
    """Take no notice."""


@dataclass(slots=True)
class _Shown:
    """One line of a terminal, written over and over."""

    terminal: TextIO
    what: str
    of: int
    begun: float
    so_far: int = 0
    last: float = 0.0

    def done(self, more: int) -> None:
        self.so_far += more
        now = time.monotonic()
        if now - self.begun >= SHOWN_AFTER and now - self.last >= _EVERY:
            self.show(now)

    def show(self, now: float) -> None:
        self.last = now
        self.terminal.write(f"\r{self._words(now - self.begun):{_WIDTH}}")
        self.terminal.flush()

    def _words(self, seconds: float) -> str:
        if not self.of or not self.so_far:
            return f"{self.what}: {seconds:.0f} s"
        left = seconds * (self.of - self.so_far) / self.so_far
        return f"{self.what}: {self.so_far:,} of {self.of:,}, {seconds:.0f} s, about {left:.0f} s to go"

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self.last:
            self.terminal.write(f"\r{'':{_WIDTH}}\r")
            self.terminal.flush()
