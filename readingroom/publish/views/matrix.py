"""The picture of who wrote to whom: a matrix of the most frequent correspondents, darker where there are more letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from readingroom.editorial.correspondence import Pair, Party
from readingroom.publish.views.lettering import broken, width_of
from readingroom.publish.views.words import count

LETTERS_FOR_A_PICTURE = 30
"""Fewer letters say more as a table."""
_MOST = 16
"""Correspondents on each side."""
_CELL = 34
_LETTERS = 14.0
_LONGEST = 230
_SHADES = 4
"""Steps of darkness, each for twice as many letters as the one before or more."""


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
    """1 to 4, the darkest for the most letters"""
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
    rows = {party: at for at, (party, _) in enumerate(sent.most_common(_MOST))}
    columns = {party: at for at, (party, _) in enumerate(received.most_common(_MOST))}
    names = {party: " ".join(broken(party.name, _LONGEST, _LETTERS, 1)) for party in (*rows, *columns)}
    left = round(max(width_of(names[party], _LETTERS) for party in rows)) + 12
    top = round(max(width_of(names[party], _LETTERS) for party in columns) * 0.75) + 30
    shown = [
        (pair, address)
        for pair, address in zip(pairs, addresses, strict=True)
        if {pair.sender} <= rows.keys() and {pair.receiver} <= columns.keys()
    ]
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
                f"{pair.sender.name} to {pair.receiver.name}: {count(len(pair.letters), 'letter')}",
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


def _shade(number: int, most: int) -> int:
    """Return the shade: the darkest for more than half of the most, then half of that, and so on."""
    shade = _SHADES
    while shade > 1 and number * 2 <= most:
        number *= 2
        shade -= 1
    return shade
