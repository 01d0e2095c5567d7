"""Where a document names somebody: names and aliases found as whole words, ignoring case, marks and line breaks.

An alias of four or fewer capital letters matches only in capitals, so that `AF` or `IO` is never a word of another
language or a syllable. A name that two pages claim links to neither; an annotation's `names` settles it for one
document.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from readingroom.editorial.authority import Authority
from readingroom.editorial.glossary import Term
from readingroom.model.document import Document
from readingroom.model.labels import FURNITURE, Kind, Mark
from readingroom.model.text import Span

_ACRONYM = re.compile(r"[A-Z][A-Z/&().-]{0,3}$")
_UNLINKED = FURNITURE | {Kind.WITHHELD}


@dataclass(frozen=True, slots=True)
class Mention:
    """These words name this authority (its id), or are this glossary term (its anchor)."""

    span: Span
    target: str


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    target: str
    as_typed: bool
    """whether only the very letters match"""


class Names:
    """All names of a collection, ready to be found: one pass over a text finds them all, however many there are."""

    def __init__(self, authorities: Iterable[Authority], terms: Iterable[Term]) -> None:
        """Take in every name, alias and glossary spelling."""
        self._last: _Folded | None = None
        owners, spelled = _owners(authorities)
        self._people = _automaton(
            _Name(spelled[key], next(iter(ids)), as_typed=bool(_ACRONYM.match(spelled[key])))
            for key, ids in owners.items()
            if len(ids) == 1
        )
        self._shared = _automaton(
            _Name(spelled[key], " or ".join(sorted(ids)), as_typed=bool(_ACRONYM.match(spelled[key])))
            for key, ids in owners.items()
            if len(ids) > 1
        )
        self._terms = _automaton(
            _Name(spelling, term.anchor, as_typed=True)
            for term in terms
            for spelling in term.spellings
            if len(spelling) > 1
        )

    def mentions(self, document: Document, names: Mapping[str, str]) -> tuple[Mention, ...]:
        """Return what `document` names, in order, never overlapping; its own `names` win over the collection's."""
        own = _automaton(_Name(words, target, as_typed=True) for words, target in names.items())
        return _apart(document, [*self._find(own, document, 0), *self._find(self._people, document, 1)])

    def unsettled(self, document: Document, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return where `document` uses a name of several pages that none of its `mentions` settles.

        The target names the pages, `people/… or people/…`.
        """
        settled = [mention.span for mention in mentions]
        found = _apart(document, self._find(self._shared, document, 0))
        return tuple(mention for mention in found if not any(mention.span.overlaps(span) for span in settled))

    def terms(self, document: Document) -> tuple[Mention, ...]:
        """Return where `document` uses terms of the glossary: each once a block, none in a classification marking."""
        seen: set[tuple[Span, str]] = set()
        found = []
        labels = sorted(document.labels, key=lambda label: label.span)
        for term in _apart(document, self._find(self._terms, document, 0)):
            at = bisect_right(labels, term.span.start, key=lambda label: label.span.start) - 1
            block = labels[at] if at >= 0 else None
            if block is None or (block.span, term.target) in seen or block.kind is Kind.MARKING:
                continue
            seen.add((block.span, term.target))
            found.append(term)
        return tuple(found)

    def _find(
        self, automaton: ahocorasick.Automaton | None, document: Document, order: int
    ) -> list[tuple[int, Mention]]:
        """Return what is found; the document is folded only where there is something to find, and once for all."""
        if automaton is None:
            return []
        if self._last is None or self._last.document is not document:
            self._last = _Folded(document)
        return list(_find(automaton, self._last, order))


def _owners(authorities: Iterable[Authority]) -> tuple[dict[str, set[str]], dict[str, str]]:
    """Return the pages that claim each name, by the name as it is compared, and how each is spelled."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for authority in authorities:
        for name in (authority.name, *authority.aliases):
            owners[fold(name)].add(authority.id)
            spelled[fold(name)] = name
    return owners, spelled


def fold(words: str) -> str:
    """Return words as names are compared: no accents, no case, white space folded, one kind of apostrophe."""
    return " ".join("".join(map(_fold_character, words)).split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "’‘`":
        return "'"
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return bare.casefold() if len(bare) == 1 else character.casefold()[:1]


def _automaton(names: Iterable[_Name]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for name in names:
        key = fold(name.words)
        if key:
            automaton.add_word(key, (*automaton.get(key, ()), name))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


class _Folded:
    """A document's words as names are compared, each character with its place in the seed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        skipped = {
            at for mark in document.marks if mark.mark is Mark.DELIMITER for at in range(mark.span.start, mark.span.end)
        }
        characters: list[str] = []
        self.offsets: list[int] = []
        for at, character in enumerate(document.text.content):
            if at in skipped:
                continue
            if character.isspace():
                if characters and characters[-1] != " ":
                    characters.append(" ")
                    self.offsets.append(at)
            else:
                characters.append(_fold_character(character) or character)
                self.offsets.append(at)
        self.words = "".join(characters)


def _find(automaton: ahocorasick.Automaton, folded: _Folded, order: int) -> Iterator[tuple[int, Mention]]:
    for last, names in automaton.iter(folded.words):
        for name in names:
            first = last - len(fold(name.words)) + 1
            if not _whole(folded.words, first, last):
                continue
            span = Span(folded.offsets[first], folded.offsets[last] + 1)
            if not name.as_typed or _as_typed(folded, first, last) == " ".join(name.words.split()):
                yield order, Mention(span, name.target)


def _whole(words: str, first: int, last: int) -> bool:
    """Return whether no letter or digit goes on before or after."""
    before = first and words[first - 1].isalnum() and words[first].isalnum()
    after = last + 1 < len(words) and words[last + 1].isalnum() and words[last].isalnum()
    return not before and not after


def _as_typed(folded: _Folded, first: int, last: int) -> str:
    content = folded.document.text.content
    return "".join(" " if folded.words[i] == " " else content[folded.offsets[i]] for i in range(first, last + 1))


def _apart(document: Document, found: list[tuple[int, Mention]]) -> tuple[Mention, ...]:
    """Return the mentions that stand, in order: own names first, then the longest; none in page furniture."""
    unlinked = [label.span for label in document.labels if label.kind in _UNLINKED]
    taken: list[Mention] = []
    for _, mention in sorted(found, key=lambda pair: (pair[0], -len(pair[1].span), pair[1].span.start)):
        blocked = any(mention.span.overlaps(other.span) for other in taken)
        if not blocked and not any(mention.span.overlaps(span) for span in unlinked):
            taken.append(mention)
    return tuple(sorted(taken, key=lambda mention: mention.span))
