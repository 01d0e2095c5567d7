"""Long lists on as many pages as they need: none too large to load, each reached from the first by links alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

_ROOM = 80_000
"""Bytes of a list on one page, so that with all around it the page stays below 100 KB."""
_MOST = 250
"""Items of a list on one page, however small."""
_NEAR = 2
_JUMPS = 8
"""About so many pages far off are linked from each, at equal steps, so that the links too stay few."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page of a list, as the others link to it."""

    number: int
    address: str
    current: bool


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a list."""

    number: int
    of: int
    address: str
    """below the site, with its final slash"""
    items: tuple[Item, ...]
    places: tuple[Place, ...]
    """the first and last page, those near, and some between; empty for a list on one page"""

    @property
    def uri(self) -> str:
        """Return the path below docs that makes this address."""
        return f"{self.address}index.md"

    def titled(self, title: str) -> str:
        """Return the page's title: that of the list, from the second page on with its number."""
        return title if self.number == 1 else f"{title}, page {self.number}"


def sheets(address: str, items: Iterable[Item], size: Callable[[Item], int], taken: int = 0) -> tuple[Sheet[Item], ...]:
    """Return the pages of a list below `address`, one at least. `size` is what an item takes on the page, in bytes.

    `taken` are the bytes that something else takes on the first page.
    """
    cut = _cut(items, size, taken)
    addresses = [address, *(f"{address}page/{number}/" for number in range(2, len(cut) + 1))]
    return tuple(
        Sheet(number, len(cut), addresses[number - 1], inside, _places(number, addresses))
        for number, inside in enumerate(cut, start=1)
    )


def _cut(items: Iterable[Item], size: Callable[[Item], int], taken: int) -> list[tuple[Item, ...]]:
    cut: list[list[Item]] = [[]]
    for item in items:
        taken += size(item)
        if cut[-1] and (taken > _ROOM or len(cut[-1]) == _MOST):
            cut.append([])
            taken = size(item)
        cut[-1].append(item)
    return [tuple(inside) for inside in cut]


def _places(here: int, addresses: Sequence[str]) -> tuple[Place, ...]:
    last = len(addresses)
    if last == 1:
        return ()
    near = range(max(1, here - _NEAR), min(last, here + _NEAR) + 1)
    linked = sorted({1, last, *near, *range(1, last, -(-last // _JUMPS))})
    return tuple(Place(number, addresses[number - 1], number == here) for number in linked)
