"""The picture of who wrote to whom: a matrix of the most frequent correspondents, stronger for more letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log

from readingroom.editorial.correspondence import Pair, Party
from readingroom.publish.views.lettering import broken, width_of
from readingroom.publish.views.words import figure

LETTERS_FOR_A_PICTURE = 30
"""Fewer letters say more as a table."""
_MOST = 16
"""Correspondents on each side."""
_CELL = 34
_LETTERS = 14.0
_LONGEST = 230
_SHADES = 4
"""Strengths of shade."""


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a row or a column."""

    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Cell:
    """The letters from one to another: a link to them."""

    address: str
    name: str
    """as it is heard"""
    x: float
    y: float
    shade: int
    """1 to 4, the strongest for the most letters"""
    count: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture. Context variable `matrix`. Lengths are in CSS pixels, from the top left."""

    width: int
    high: int
    cell: int
    left: int
    top: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[Cell, ...]
    senders: int
    """of all letters, here or not"""
    receivers: int


def matrix(pairs: Sequence[Pair], addresses: Sequence[str]) -> Matrix:
    """Return the picture of `pairs`, each of which leads to its address: senders in rows, receivers in columns."""
    sent, received = _counted(pairs, "sender"), _counted(pairs, "receiver")
    often, often_got = dict(sent.most_common(_MOST)), dict(received.most_common(_MOST))
    shown = [
        (pair, address)
        for pair, address in zip(pairs, addresses, strict=True)
        if pair.sender in often and pair.receiver in often_got
    ]
    rows = _numbered(often, {pair.sender for pair, _ in shown})
    columns = _numbered(often_got, {pair.receiver for pair, _ in shown})
    names = {party: " ".join(broken(party.name, _LONGEST, _LETTERS, 1)) for party in (*rows, *columns)}
    left = _widest(names[party] for party in rows) + 12
    top = round(_widest(names[party] for party in columns) * 0.75) + 30
    return Matrix(
        width=left + len(columns) * _CELL + round(top * 0.9),
        high=top + len(rows) * _CELL,
        cell=_CELL,
        left=left,
        top=top,
        rows=tuple(Head(names[p], left - 8, top + (at + 0.5) * _CELL + 5) for p, at in rows.items()),
        columns=tuple(Head(names[p], left + (at + 0.5) * _CELL + 3, top - 8) for p, at in columns.items()),
        cells=tuple(
            Cell(
                address,
                f"{pair.sender.name} to {pair.receiver.name}: {figure(len(pair.letters), 'letter')}",
                left + columns[pair.receiver] * _CELL,
                top + rows[pair.sender] * _CELL,
                _shade(len(pair.letters), len(pairs[0].letters)),
                len(pair.letters),
            )
            for pair, address in shown
        ),
        senders=len(sent),
        receivers=len(received),
    )


def _counted(pairs: Sequence[Pair], side: str) -> Counter[Party]:
    found: Counter[Party] = Counter()
    for pair in pairs:
        found[getattr(pair, side)] += len(pair.letters)
    return found


def _widest(names: Iterable[str]) -> int:
    return round(max((width_of(name, _LETTERS) for name in names), default=0))


def _numbered(parties: Iterable[Party], drawn: Collection[Party]) -> dict[Party, int]:
    """Return the places of those that wrote to, or heard from, one who is drawn too."""
    return {party: at for at, party in enumerate(party for party in parties if party in drawn)}


def _shade(number: int, most: int) -> int:
    """Return the shade: 1 for one letter, the strongest for the most, as many times more for each step between."""
    return 1 + round((_SHADES - 1) * log(number) / log(most)) if most > 1 else 1
