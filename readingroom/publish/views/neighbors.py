"""What stands beside a document: worked out once for the collection, so that no page asks all documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from readingroom.editorial.edition import Edited, Edition
from readingroom.problems import Problem, Severity

_COMMON = 100
"""A name in more documents than this ties none of them to another."""


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The documents of an edition by id, place in time, names and problems."""

    edition: Edition
    by_id: Mapping[str, Edited]
    _at: Mapping[str, int]
    _named: Mapping[str, frozenset[str]]
    """document's id → the people, bodies and events that it names"""
    _called: Mapping[str, str]

    @classmethod
    @lru_cache(maxsize=1)  # asked for by pages and by what decides which of them are printed
    def of(cls, edition: Edition) -> Neighbors:
        """Return what stands beside each document of `edition`."""
        return cls(
            edition,
            by_id={each.id: each for each in edition.documents},
            _at={each.id: at for at, each in enumerate(edition.documents)},
            _named={
                each.id: frozenset(m.target for m in each.mentions if not m.target.startswith("places/"))
                for each in edition.documents
            },
            _called={authority.id: authority.name for authority in edition.authorities},
        )

    def before(self, edited: Edited) -> Edited | None:
        """Return the document before this one in time."""
        at = self._at[edited.id]
        return self.edition.documents[at - 1] if at else None

    def after(self, edited: Edited) -> Edited | None:
        """Return the document after this one in time."""
        at = self._at[edited.id] + 1
        return self.edition.documents[at] if at < len(self.edition.documents) else None

    def problems_of(self, edited: Edited) -> tuple[Problem, ...]:
        """Return what is wrong with a document and its annotation; what is doubtful in it stands in its record."""
        of_the_annotation = edited.annotation.file
        return tuple(p for p in edited.problems if p.path == of_the_annotation or p.severity is Severity.ERROR)

    def related(self, edited: Edited, most: int) -> list[tuple[Edited, list[str]]]:
        """Return the documents with the most names in common with this one, each with these names, rarest first."""
        mentioned_in = self.edition.mentioned_in
        mine = self._named[edited.id]
        rare = [target for target in mine if len(mentioned_in[target]) <= _COMMON]
        others = {each.id for target in rare for each in mentioned_in[target]} - {edited.id}
        first = sorted(others, key=lambda other: (-len(mine & self._named[other]), other))[:most]
        return [(self.by_id[other], self._names(mine & self._named[other])) for other in first]

    def _names(self, targets: frozenset[str]) -> list[str]:
        order = sorted(targets, key=lambda target: (len(self.edition.mentioned_in[target]), target))
        return [self._called[target] for target in order]
