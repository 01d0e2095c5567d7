"""Words in a drawing: how wide they are, how they break into lines, and how labels keep clear of each other."""

from __future__ import annotations

from collections.abc import Sequence

_NARROW, _WIDE = frozenset("iljtfrI.,:;'’!|() -"), frozenset("mwMWQO@%&—")


def width_of(words: str, size: float) -> float:
    """Return about how wide words are in our serif at `size`; rather more than less."""
    return size * sum(
        0.33 if c in _NARROW else 0.9 if c in _WIDE else 0.68 if c.isupper() else 0.54 if ord(c) < 0x2E80 else 1.0
        for c in words
    )


def broken(words: str, room: float, size: float, most: int) -> tuple[str, ...]:
    """Return words in at most `most` lines no wider than `room`; what does not fit gives way to an ellipsis."""
    left = words.split()
    lines: list[str] = []
    while left and len(lines) < most:
        take = _fitting(left, room, size)
        line, left = " ".join(left[:take]), left[take:]
        if width_of(line, size) > room:  # one word, of which only the beginning has room
            return (*lines, _ellipsed(line, room, size))
        lines.append(line)
    if lines and left:
        lines[-1] = _ellipsed(lines[-1], room, size)
    return tuple(lines)


def _fitting(words: Sequence[str], room: float, size: float) -> int:
    """Return how many of the words stand in one line: one at least."""
    take = 1
    while take < len(words) and width_of(" ".join(words[: take + 1]), size) <= room:
        take += 1
    return take


def _ellipsed(line: str, room: float, size: float) -> str:
    while line and width_of(f"{line} …", size) > room:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return f"{line} …"


def apart(wanted: Sequence[float], heights: Sequence[float], bottom: float) -> list[float]:
    """Return the tops of labels of these heights, in order and none over another, each as near as can be to its wish.

    `wanted` are the tops that they would have if alone, in order. All stay between 0 and `bottom` if there is room.
    """
    clusters: list[list[float]] = []  # sum of wished tops of the cluster itself, labels in it, its height, its top
    for wish, height in zip(wanted, heights, strict=True):
        cluster = [wish, 1.0, height, _within(wish, height, bottom)]
        while clusters and clusters[-1][3] + clusters[-1][2] > cluster[3]:
            over = clusters.pop()
            wishes = over[0] + cluster[0] - cluster[1] * over[2]
            count, high = over[1] + cluster[1], over[2] + cluster[2]
            cluster = [wishes, count, high, _within(wishes / count, high, bottom)]
        clusters.append(cluster)
    tops: list[float] = []
    left = iter(heights)
    for _, count, _, top in clusters:
        for _ in range(round(count)):
            tops.append(top)
            top += next(left)  # noqa: PLW2901 - the next label of the cluster begins there
    return tops


def _within(top: float, height: float, bottom: float) -> float:
    return max(0.0, min(top, bottom - height))
