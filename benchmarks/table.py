"""The Markdown of a run: how it was made, then time and memory, bytes, and growth from size to size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from benchmarks.results import Run, Size, beyond, growth

DONE = {
    "cold": "first build",
    "unchanged": "nothing changed",
    "seed changed": "one seed changed",
    "annotation changed": "one annotation changed",
    "alias added": "one name added to an authority page",
    "template changed": "the collection’s own template changed",
    "seed added": "one seed added",
    "preview": "preview: saved to served",
}
"""How what was done is said, in the order of the table."""
_BUILDS = tuple(what for what in DONE if what != "preview")
_SITE = {
    "all": "site, MB",
    "document": "site, KB a document",
    "home": "home page, gzipped, KB",
    "list": "largest list page, gzipped, KB",
    "largest": "largest page of all, gzipped, KB",
    "search": "first search, transferred, KB",
}
_MEGA = frozenset({"all"})
_LEAST = 50
"""Bytes a document below which a kind of file has no row of its own."""
_NONE = "–"
_LARGE, _MILLION = 100_000, 1_000_000


def markdown(run: Run, plot: str) -> str:
    """Return the page of a run; `plot` is the address of its picture."""
    parts = [
        "# What building costs",
        "\n".join(f"- {name}: {said}" for name, said in run.conditions.items()),
        f"![Time and memory of a first build, of small changes and of bare MkDocs, by number of documents]({plot})",
        "## Time and memory",
        "Seconds, seconds of all processors, MB; “× cold peer” is the time over that of bare MkDocs’ first build.",
        *(_rows(_costs(size)) for size in run.sizes),
        "## Bytes",
        _rows(_bytes(run.sizes)),
    ]
    if len(run.sizes) > 1:
        parts += ["## Growth", "How many times more the larger collection takes.", _rows(_growth(run.sizes))]
        if run.sizes[-1].documents >= _LARGE:
            said = f"{_MILLION:,} documents, on the straight line through the two largest sizes: a guess, not measured."
            parts += ["## A million", said, _rows(_million(*run.sizes[-2:]))]
    return "\n\n".join(parts) + "\n"


def _costs(size: Size) -> Iterator[Sequence[str]]:
    heads = ("time", "× cold peer", "processors", "memory")
    yield (f"{size.documents:,} documents", *heads, *(f"MkDocs: {head}" for head in heads))
    for what, said in DONE.items():
        if size.figure("ours", what, "wall") is not None:
            yield (said, *_cost(size, "ours", what), *_cost(size, "peer", what))


def _cost(size: Size, whose: str, what: str) -> Iterator[str]:
    yield _number(size.figure(whose, what, "wall"))
    yield _number(size.ratio(whose, what), digits=3)
    yield _number(size.figure(whose, what, "cpu"))
    yield _number(size.figure(whose, what, "memory"), over=1e6, digits=0)


def _bytes(sizes: Sequence[Size]) -> Iterator[Sequence[str]]:
    yield ("", *(head for size in sizes for head in (f"{size.documents:,}", f"MkDocs, {size.documents:,}")))
    kinds = (unit for unit in sizes[-1].units("site") if unit.startswith("document: "))
    named = {
        unit: f"of that {unit.removeprefix('document: ')}, KB a document" for unit in kinds if _is_shown(sizes, unit)
    }
    for unit, said in {"all": _SITE["all"], "document": _SITE["document"], **named, **_SITE}.items():
        over, digits = (1e6, 1) if unit in _MEGA else (1e3, 1)
        yield (
            said,
            *(
                _number(size.figure(whose, "site", unit), over=over, digits=digits)
                for size in sizes
                for whose in ("ours", "peer")
            ),
        )


def _is_shown(sizes: Sequence[Size], unit: str) -> bool:
    return any((size.figure("ours", "site", unit) or 0) >= _LEAST for size in sizes)


def _growth(sizes: Sequence[Size]) -> Iterator[Sequence[str]]:
    steps = list(pairwise(sizes))
    yield ("", *(f"{smaller.documents:,} to {larger.documents:,}" for smaller, larger in steps))
    yield ("documents", *(_number(larger.documents / smaller.documents) for smaller, larger in steps))
    for what in _BUILDS:
        for unit, said in (("wall", "time"), ("memory", "memory")):
            grown = [growth(*step, what, unit) for step in steps]
            if any(grown):
                yield (f"{DONE[what]}, {said}", *map(_number, grown))


def _million(smaller: Size, larger: Size) -> Iterator[Sequence[str]]:
    yield ("", "minutes", "memory, GB", "site, GB")
    for what in _BUILDS:
        took, memory = (beyond(smaller, larger, _MILLION, what, unit) for unit in ("wall", "memory"))
        if took is not None:
            site = beyond(smaller, larger, _MILLION, "site", "all") if what == "cold" else None
            yield (DONE[what], _number(took, over=60), _number(memory, over=1e9), _number(site, over=1e9))


def _number(figure: float | None, over: float = 1, digits: int = 1) -> str:
    return _NONE if figure is None else f"{figure / over:,.{digits}f}"


def _rows(rows: Iterator[Sequence[str]]) -> str:
    head, *rest = rows
    rule = ("---", *("---:" for _ in head[1:]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rest))
