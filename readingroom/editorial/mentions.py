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
from typing import NamedTuple

import ahocorasick

from readingroom.editorial.authority import Authority
from readingroom.editorial.glossary import Term
from readingroom.model.document import Document
from readingroom.model.labels import FURNITURE, Kind, Mark
from readingroom.model.text import Disjoint, Span

_WIDE = re.compile(r"\s\s+")
_APART = re.compile(r"([^\x00-\x7f]|`)")
"""Characters of which lower case alone does not make what is compared."""
_ACRONYM = re.compile(r"[A-Z][A-Z/&().-]{0,3}$")
_UNLINKED = FURNITURE | {Kind.WITHHELD}


class Mention(NamedTuple):
    """These words name this authority (its id), or are this glossary term (its anchor).

    Flat, as hardly anything is kept at hand more often.
    """

    start: int
    end: int
    target: str

    @property
    def span(self) -> Span:
        """Return the words' range in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class _Name:
    words: str
    target: str
    as_typed: bool
    """whether only the very letters match"""


@dataclass(frozen=True, slots=True)
class Found:
    """What one document names, in order; none over another."""

    mentions: tuple[Mention, ...]
    terms: tuple[Mention, ...]
    """terms of the glossary, beside the mentions"""
    unsettled: tuple[Mention, ...]
    """names of several pages that nothing settles; the target names them, `people/… or people/…`"""


class Names:
    """All names of a collection, ready to be found: one pass over a text finds them all, however many there are."""

    def __init__(self, authorities: Iterable[Authority], terms: Iterable[Term]) -> None:
        """Take in every name, alias and glossary spelling."""
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

    def find(self, document: Document, own: Mapping[str, str]) -> Found:
        """Return what `document` names and uses; its `own` names win over the collection's."""
        mine = _automaton(_Name(words, target, as_typed=True) for words, target in own.items())
        if not any((mine, self._people, self._terms, self._shared)):
            return Found((), (), ())
        folded = _Folded(document)
        mentions = _apart(document, [*_find(mine, folded, 0), *_find(self._people, folded, 1)])
        terms = _once_a_block(document, _apart(document, list(_find(self._terms, folded, 0))))
        unsettled = _apart(document, list(_find(self._shared, folded, 0)))
        return Found(mentions, _beside(terms, mentions), _beside(unsettled, mentions))


def _beside(mentions: Iterable[Mention], others: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return those of `mentions` that share no character with any of `others`."""
    taken = Disjoint(other.span for other in others)
    return tuple(mention for mention in mentions if not taken.touches(mention.span))


def _once_a_block(document: Document, terms: Iterable[Mention]) -> Iterator[Mention]:
    """Yield each term once a block, none in a classification marking."""
    seen: set[tuple[Span, str]] = set()
    labels = document.labels
    for term in terms:
        at = bisect_right(labels, term.span.start, key=lambda label: label.span.start) - 1
        block = labels[at] if at >= 0 else None
        if block is not None and (block.span, term.target) not in seen and block.kind is not Kind.MARKING:
            seen.add((block.span, term.target))
            yield term


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
    return " ".join(_fold_stretch(words).split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Return the one character that stands for this one, so that places can be counted."""
    if character in "’‘`":
        return "'"
    bare = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return (bare if len(bare) == 1 else character).casefold()[:1] or character


def _automaton(names: Iterable[_Name]) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for name in names:
        key = fold(name.words)
        if key:
            _, others = automaton.get(key, (0, ()))
            automaton.add_word(key, (len(key), (*others, name)))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _fold_stretch(words: str) -> str:
    """Return words as names are compared: all their characters, but one space for any white space between them."""
    bare = " ".join(words.split())
    spaced = f"{' ' * words[:1].isspace()}{bare}{' ' * (words[-1:].isspace() and bool(bare))}"
    if spaced.isascii() and "`" not in spaced:
        return spaced.lower()
    return "".join(
        _fold_character(some) if at % 2 else some.lower()  # every second one is a character by itself
        for at, some in enumerate(_APART.split(spaced))
    )


class _Folded:
    """A document's words as names are compared, each character with its place in the seed."""

    def __init__(self, document: Document) -> None:
        self.content = document.text.content
        pieces: list[str] = []
        self._starts: list[int] = []
        """where in the words their places begin to lie further off: by so much"""
        self._further: list[int] = []
        at = left_out = 0

        def leave_out(start: int, end: int) -> None:
            nonlocal left_out
            self._starts.append(start - left_out)
            left_out += end - start
            self._further.append(left_out)

        end = len(self.content)
        signs = (mark.span for mark in document.marks if mark.mark is Mark.DELIMITER)
        for sign in (*signs, Span(end, end)):
            before = max(at, sign.start)
            for wide in _WIDE.finditer(self.content, at, before):
                leave_out(wide.start() + 1, wide.end())
            pieces.append(_fold_stretch(self.content[at:before]))
            at = max(before, sign.end)
            leave_out(before, at)
        self.words = "".join(pieces)

    def place(self, at: int) -> int:
        """Return the place in the seed of a character of the words."""
        found = bisect_right(self._starts, at)
        return at + self._further[found - 1] if found else at


def _find(automaton: ahocorasick.Automaton | None, folded: _Folded, order: int) -> Iterator[tuple[int, Mention]]:
    if automaton is None:
        return
    for last, (length, names) in automaton.iter(folded.words):
        first = last - length + 1
        if not _whole(folded.words, first, last):
            continue
        span = Span(folded.place(first), folded.place(last) + 1)
        for name in names:
            if not name.as_typed or _as_typed(folded, first, last) == " ".join(name.words.split()):
                yield order, Mention(*span, name.target)


def _whole(words: str, first: int, last: int) -> bool:
    """Return whether no letter or digit goes on before or after."""
    before = first and words[first - 1].isalnum() and words[first].isalnum()
    after = last + 1 < len(words) and words[last + 1].isalnum() and words[last].isalnum()
    return not before and not after


def _as_typed(folded: _Folded, first: int, last: int) -> str:
    places = range(first, last + 1)
    return "".join(" " if folded.words[at] == " " else folded.content[folded.place(at)] for at in places)


def _apart(document: Document, found: list[tuple[int, Mention]]) -> tuple[Mention, ...]:
    """Return the mentions that stand, in order: own names first, then the longest; none in page furniture."""
    if not found:
        return ()
    taken = Disjoint(label.span for label in document.labels if label.kind in _UNLINKED)
    first = sorted(found, key=lambda pair: (pair[0], pair[1].start - pair[1].end, pair[1].start))
    standing = (mention for _, mention in first if taken.take(mention.span))
    return tuple(sorted(standing, key=lambda mention: (mention.start, mention.end)))
