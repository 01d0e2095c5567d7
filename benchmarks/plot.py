"""The picture of a run: time and memory by number of documents, both on scales of powers of ten. An SVG, no script."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from benchmarks.results import Run, Size

_WIDTH, _HEIGHT = 460, 380
"""Of one panel; they stand one below the other, so that a narrow screen need not make their words small."""
_LEFT, _ACROSS = 64, 180
"""Where what is drawn begins, and its width; the names of the curves stand beside it."""
_STYLE = """<style>
  .paper { fill: #fdfcf8 } .ink { fill: #222 } .quiet { fill: #666 } .rule { stroke: #ddd9cf }
  .ours { stroke: #0b5563; fill: #0b5563 } .peer { stroke: #7a6a4f; fill: #7a6a4f }
  text { font: 13px Georgia, serif; stroke: none }
  path.ours, path.peer { fill: none; stroke-width: 2 } path.peer { stroke-dasharray: 6 4 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #1e2129 } .ink { fill: #e8e6df } .quiet { fill: #a8a59c } .rule { stroke: #3a3e48 }
    .ours { stroke: #7cc4d0; fill: #7cc4d0 } .peer { stroke: #cbb894; fill: #cbb894 }
  }
</style>"""
_CURVES = (
    ("peer", "cold", "bare MkDocs, Material, its search"),
    ("ours", "cold", "Reading Room, first build"),
    ("ours", "seed added", "one seed added"),
    ("ours", "annotation changed", "one annotation changed"),
    ("ours", "unchanged", "nothing changed"),
)
_LINE = 15
"""Least distance of two labels."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole powers of ten on a stretch of the picture."""

    lowest: int
    highest: int
    """exponents"""
    start: float
    end: float

    @classmethod
    def over(cls, figures: Sequence[float], start: float, end: float) -> Scale:
        """Return the scale that holds all figures, which are more than 0."""
        lowest, highest = math.floor(math.log10(min(figures))), math.ceil(math.log10(max(figures)))
        return cls(lowest, max(highest, lowest + 1), start, end)

    def at(self, figure: float) -> float:
        """Return the place of a figure."""
        share = (math.log10(figure) - self.lowest) / (self.highest - self.lowest)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> Iterator[float]:
        """Yield the powers of ten."""
        return (10.0**power for power in range(self.lowest, self.highest + 1))


@dataclass(frozen=True, slots=True)
class _Panel:
    """One half of the picture."""

    title: str
    unit: str
    over: float
    """what figures are divided by"""
    top: float
    curves: Sequence[tuple[str, str, str]]


_PANELS = (
    _Panel("seconds", "wall", 1, 0, _CURVES),
    _Panel("MB of memory, all processes", "memory", 1e6, _HEIGHT, _CURVES[:2]),
)


def svg(run: Run) -> str:
    """Return the picture of a run."""
    body = "\n".join(line for panel in _PANELS for line in _drawn(panel, run.sizes))
    said = "Time and memory by number of documents, on scales of powers of ten"
    size = f'width="{_WIDTH}" height="{_HEIGHT * len(_PANELS)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_WIDTH} {_HEIGHT * len(_PANELS)}" role="img" '
        f'aria-label="{said}">\n{_STYLE}\n<rect class="paper" {size}/>\n{body}\n</svg>\n'
    )


def _drawn(panel: _Panel, sizes: Sequence[Size]) -> Iterator[str]:
    """Yield the lines of a panel: axes, then each curve with its name at its end; none where nothing was measured."""
    found = [(whose, name, _points(sizes, whose, what, panel)) for whose, what, name in panel.curves]
    curves = [(whose, name, points) for whose, name, points in found if points]
    if not curves:
        return
    across = Scale.over([size.documents for size in sizes], _LEFT, _LEFT + _ACROSS)
    up = Scale.over(
        [figure for _, _, points in curves for _, figure in points], panel.top + _HEIGHT - 60, panel.top + 50
    )
    yield _text("ink", _LEFT, panel.top + 28, panel.title)
    yield from _axes(across, up)
    for (whose, name, points), y in zip(curves, _apart([up.at(points[-1][1]) for _, _, points in curves]), strict=True):
        places = [(across.at(documents), up.at(figure)) for documents, figure in points]
        yield f'<path class="{whose}" d="M{" L".join(f"{x:.1f},{at:.1f}" for x, at in places)}"/>'
        yield from (f'<circle class="{whose}" cx="{x:.1f}" cy="{at:.1f}" r="3"/>' for x, at in places)
        yield _text("ink", places[-1][0] + 8, y + 4, name)


def _axes(across: Scale, up: Scale) -> Iterator[str]:
    for tick in up.ticks():
        y = f"{up.at(tick):.1f}"
        yield f'<line class="rule" x1="{_LEFT}" x2="{_LEFT + _ACROSS}" y1="{y}" y2="{y}"/>'
        yield _text("quiet", _LEFT - 8, up.at(tick) + 4, f"{tick:,g}", "end")
    for tick in across.ticks():
        yield _text("quiet", across.at(tick), up.start + 24, f"{tick:,.0f}", "middle")
    yield _text("quiet", _LEFT, up.start + 42, "documents")


def _text(look: str, x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _points(sizes: Sequence[Size], whose: str, what: str, panel: _Panel) -> list[tuple[int, float]]:
    found = ((size.documents, size.figure(whose, what, panel.unit)) for size in sizes)
    return [(documents, figure / panel.over) for documents, figure in found if figure]


def _apart(places: Sequence[float]) -> list[float]:
    """Return the places, moved down where one would stand on another."""
    moved: dict[int, float] = {}
    last = -math.inf
    for at in sorted(range(len(places)), key=places.__getitem__):
        last = moved[at] = max(places[at], last + _LINE)
    return [moved[at] for at in range(len(places))]
