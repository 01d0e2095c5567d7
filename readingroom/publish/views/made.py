"""Pages that no file holds: made from the edition, each by the room that it belongs to; long lists over several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

MOST_ROWS = 200
"""So many rows stand on one page; a longer list is split, so that no page grows with the collection."""

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Made:
    """A page: its address below docs, its title and template, and what the template is given once it is rendered."""

    uri: str
    title: str
    template: str
    context: Callable[[], Mapping[str, object]]
    on: Callable[[], object] | None = None
    """what the context is made from, as something that tells itself apart; None: anything in the edition"""


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page stands among those that a long list is split over. Context variable `turn`."""

    number: int
    of: int
    before: str
    """address of the page before, below the site's; empty on the first"""
    after: str
    """address of the page after; empty on the last"""


def split(  # noqa: PLR0913, PLR0917 - a list is all of this
    uri: str,
    title: str,
    template: str,
    rows: Sequence[_Row],
    context: Callable[[Sequence[_Row]], Mapping[str, object]],
    on: Callable[[_Row], object] | None = None,
) -> Iterator[Made]:
    """Yield the page at `uri` with the first rows, and `page-2`, `page-3` … below it with the rest.

    `on` tells what a row is made from; the context is then made from nothing else but its own arguments.
    """
    of = max(1, -(-len(rows) // MOST_ROWS))
    for number in range(1, of + 1):
        some = rows[(number - 1) * MOST_ROWS : number * MOST_ROWS]
        turn = Turn(
            number,
            of,
            address(page_uri(uri, number - 1)) if number > 1 else "",
            address(page_uri(uri, number + 1)) if number < of else "",
        )
        called = f"{title}, page {number} of {of}" if number > 1 else title
        stands_on = partial(_stood_on, on, some, turn) if on else None
        yield Made(page_uri(uri, number), called, template, _given(context, some, turn), stands_on)


def _stood_on(on: Callable[[_Row], object], rows: Sequence[_Row], turn: Turn) -> object:
    return turn, tuple(map(on, rows))


def _given(
    context: Callable[[Sequence[_Row]], Mapping[str, object]], rows: Sequence[_Row], turn: Turn
) -> Callable[[], Mapping[str, object]]:
    return lambda: {**context(rows), "turn": turn}


def page_uri(uri: str, number: int) -> str:
    """Return the address below docs of the page of this number, of a list that begins at `uri`."""
    if number == 1:
        return uri
    folder = uri.removesuffix(".md").removesuffix("/index")
    return f"{folder}/page-{number}.md"


def address(uri: str) -> str:
    """Return the address below the site's of the page that is `uri` below docs."""
    return f"{uri.removesuffix('.md').removesuffix('/index')}/"
