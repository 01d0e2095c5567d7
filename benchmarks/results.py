"""What was measured, by size, kept so that a run that was interrupted goes on after the last size that it finished."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

Figures = Mapping[str, float]
"""`ours/cold/wall` → seconds: whose it is (ours, peer), what was done, and what was measured.

Done: `cold` (a first build) or a key of changes.OURS, with wall and cpu in seconds and memory in bytes; `site`, with
the keys of weights.weights and `search`, in bytes; `preview`, with wall.
"""


@dataclass(frozen=True, slots=True)
class Size:
    """All figures of collections of one size."""

    documents: int
    figures: Figures

    def figure(self, whose: str, what: str, unit: str) -> float | None:
        """Return a figure; None where it was not measured."""
        return self.figures.get(f"{whose}/{what}/{unit}")

    def ratio(self, whose: str, what: str) -> float | None:
        """Return how many times the peer's cold build something took."""
        took, cold = self.figure(whose, what, "wall"), self.figure("peer", "cold", "wall")
        return took / cold if took is not None and cold else None

    def units(self, what: str) -> tuple[str, ...]:
        """Return what was measured of something on our side, largest first."""
        start = f"ours/{what}/"
        found = {key.removeprefix(start): figure for key, figure in self.figures.items() if key.startswith(start)}
        return tuple(sorted(found, key=lambda key: (-found[key], key)))


@dataclass(frozen=True, slots=True)
class Run:
    """All sizes of a run, and how it was made."""

    conditions: Mapping[str, str]
    """`processor cores` → `2` and so on, as they are to stand above the table"""
    sizes: tuple[Size, ...] = field(default=())
    """smallest first"""


def growth(smaller: Size, larger: Size, what: str, unit: str) -> float | None:
    """Return how many times a figure of ours grows from one size to another; None where either was not measured."""
    before, after = smaller.figure("ours", what, unit), larger.figure("ours", what, unit)
    return after / before if before and after is not None else None


def beyond(smaller: Size, larger: Size, documents: int, what: str, unit: str) -> float | None:
    """Return a figure of ours for so many documents, on the straight line through two sizes; None where one is unknown.

    That is a guess: nothing says that the line goes on.
    """
    before, after = smaller.figure("ours", what, unit), larger.figure("ours", what, unit)
    if before is None or after is None:
        return None
    slope = (after - before) / (larger.documents - smaller.documents)
    return after + slope * (documents - larger.documents)


def keep(size: Size, made_by: Iterable[str], file: Path) -> None:
    """Write the figures of a size, and what they were made by."""
    kept = {"made by": list(made_by), **asdict(size)}
    file.write_text(json.dumps(kept, indent=1, sort_keys=True), encoding="utf-8")


def kept_size(made_by: Iterable[str], file: Path) -> Size | None:
    """Return the size kept in `file`; None where there is none, or it was made by another program, or otherwise."""
    if not file.exists():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    return Size(kept["documents"], kept["figures"]) if kept["made by"] == list(made_by) else None
