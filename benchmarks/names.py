"""The words that authority pages are made of: such as stand in the documents, some in most of them, some in few.

They are words, and nobody: a collection that is made to be measured says nothing about anyone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ROOMS = ("people", "organizations", "places")
_EACH = 12
"""Pages in each room."""
_RANKS = 10
"""One word of so many, by how many documents have it, has a page; those between are what aliases are taken from."""
_WORD = re.compile(r"\b[A-Z][A-Za-z]{6,}\b")


@dataclass(frozen=True, slots=True)
class Named:
    """An authority page to be."""

    room: str
    name: str

    @property
    def slug(self) -> str:
        """Return the page's segment of an address."""
        return self.name.lower()

    def page(self, aliases: Iterable[str] = ()) -> str:
        """Return the page's Markdown."""
        listed = "".join(f"\n  - {alias}" for alias in aliases)
        also = f"\naliases:{listed}" if listed else ""
        return (
            f"---\nname: {self.name}{also}\n---\n\nA word of the documents, with a page so that it can be measured.\n"
        )


def names_in(contents: Iterable[bytes]) -> tuple[tuple[Named, ...], str]:
    """Return the pages to be made, the most frequent word first, and a word without a page that few documents have.

    Raises ValueError where the documents have no word that could name anything.
    """
    documents: Counter[str] = Counter()
    for content in contents:
        documents.update({word.capitalize() for word in _WORD.findall(content.decode("ascii", errors="replace"))})
    ranked = sorted(documents, key=lambda word: (-documents[word], word))
    wanted = _EACH * len(ROOMS)
    *words, alias = ranked[: wanted * _RANKS + 1]
    chosen = words[:: max(1, len(words) // wanted)][:wanted]
    return tuple(Named(room, word) for word, room in zip(chosen, _turns(len(chosen)), strict=True)), alias


def _turns(count: int) -> Iterator[str]:
    return (ROOMS[at % len(ROOMS)] for at in range(count))
