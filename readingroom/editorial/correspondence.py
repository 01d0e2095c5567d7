"""Who wrote to whom: the letters of a collection by sender and receiver, under an authority's name where it is known.

A letter is a document with a sender or an addressee for action, of whatever type; where the parts of a document have
such of their own, each of these parts is one (design, "Front matter of a page").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from readingroom.addresses import segment
from readingroom.dates import earliest
from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.mentions import fold
from readingroom.model.document import Field, Part

Item = TypeVar("Item")
_SIDES = frozenset({"from", "to"})


@dataclass(frozen=True, slots=True)
class Party:
    """A sender or receiver: an authority, or a name as typed that no authority page has."""

    key: str
    """its segment of an address: of an authority, room and slug with a point between"""
    name: str
    """the authority's, else the spelling that is most frequent"""
    authority: str | None
    """id of its page"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: a whole document, or a part of one."""

    document: Edited
    date: str | None
    """EDTF"""
    line: int | None
    """the first of the part; None for a whole document"""
    senders: tuple[Party, ...]
    receivers: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """All letters from one to another, in order of date. A letter of two to three counts for each of six pairs."""

    sender: Party
    receiver: Party
    letters: tuple[Letter, ...]

    @property
    def documents(self) -> tuple[Edited, ...]:
        """Return the documents that the letters are or stand in."""
        return tuple({letter.document.id: letter.document for letter in self.letters}.values())


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Every letter, and the same by pair and by authority."""

    letters: tuple[Letter, ...]
    """in order of date"""
    pairs: tuple[Pair, ...]
    """most letters first, then by name"""
    sent: Mapping[str, tuple[Letter, ...]]
    """authority's id → the letters that it sent"""
    received: Mapping[str, tuple[Letter, ...]]
    wrote_to: Mapping[str, tuple[Pair, ...]]
    """authority's id → the pairs of which it is the sender"""
    heard_from: Mapping[str, tuple[Pair, ...]]

    @property
    def complete(self) -> int:
        """Return how many letters have a sender and a receiver."""
        return sum(bool(letter.senders and letter.receivers) for letter in self.letters)


@lru_cache(maxsize=1)
def correspondence(edition: Edition) -> Correspondence:
    """Return who wrote to whom, by the `from` and `to` of documents and parts."""
    known = _Known(edition.authorities)
    found = [letter for document in edition.documents for letter in _letters(document, known)]
    shown = _spellings(party for letter in found for party in (*letter.senders, *letter.receivers))
    letters = tuple(
        replace(letter, senders=_once(map(shown, letter.senders)), receivers=_once(map(shown, letter.receivers)))
        for letter in sorted(found, key=lambda letter: (earliest(letter.date), letter.document.id, letter.line or 0))
    )
    pairs = tuple(_pairs(letters))
    return Correspondence(
        letters,
        pairs,
        sent=_by_authority(letters, lambda letter: letter.senders),
        received=_by_authority(letters, lambda letter: letter.receivers),
        wrote_to=_by_authority(pairs, lambda pair: (pair.sender,)),
        heard_from=_by_authority(pairs, lambda pair: (pair.receiver,)),
    )


class _Known:
    """Which authority a name means: the document's own mention of these words, else the one page that claims them."""

    def __init__(self, authorities: Iterable[Authority]) -> None:
        self._named = {authority.id: authority.name for authority in authorities}
        claimed: defaultdict[str, set[str]] = defaultdict(set)
        for authority in authorities:
            for name in (authority.name, *authority.aliases):
                claimed[segment(name)].add(authority.id)
        self._claimed = {key: next(iter(ids)) for key, ids in claimed.items() if len(ids) == 1}

    def parties(self, document: Edited, found: Field | None) -> tuple[Party, ...]:
        """Return the parties that the values of `from` or `to` name."""
        return tuple(self._party(name, document) for name in found.value) if found else ()

    def _party(self, name: str, document: Edited) -> Party:
        called = document.named.get(fold(name))
        mentioned = (mention.target for mention in document.mentions if self._named[mention.target] == called)
        target = next(mentioned, None) or self._claimed.get(segment(name))
        if target is None:
            return Party(segment(name), name, None)
        return Party(target.replace("/", "."), self._named[target], target)


def _letters(document: Edited, known: _Known) -> Iterator[Letter]:
    parts = [part for part in document.document.parts if _SIDES & part.fields.keys()]
    for part in parts:
        yield _letter(document, known, part.fields, _date_of(part, document), part.lines[0])
    if not parts and _SIDES & document.fields.keys():
        yield _letter(document, known, document.fields, document.date, None)


def _letter(document: Edited, known: _Known, fields: Mapping[str, Field], date: str | None, line: int | None) -> Letter:
    senders, receivers = (known.parties(document, fields.get(side)) for side in ("from", "to"))
    return Letter(document, date, line, senders, receivers)


def _date_of(part: Part, document: Edited) -> str | None:
    """Return the date of a part: its own, else the document's where it was read from the part's lines."""
    own, of_all = part.fields.get("date"), document.fields.get("date")
    if own or not of_all or document.dated_at is None:
        return str(own.value) if own else None
    first, last = part.lines
    return document.date if first <= (document.dated_at or 0) <= last else None


def _spellings(parties: Iterable[Party]) -> Callable[[Party], Party]:
    """Return what gives each party the name that is shown for its key."""
    found: defaultdict[str, Counter[Party]] = defaultdict(Counter)
    for party in parties:
        found[party.key][party] += 1
    shown = {key: spelled.most_common(1)[0][0] for key, spelled in found.items()}
    return lambda party: shown[party.key]


def _once(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(parties))


def _pairs(letters: Iterable[Letter]) -> list[Pair]:
    found: defaultdict[tuple[Party, Party], list[Letter]] = defaultdict(list)
    for letter in letters:
        for sender in letter.senders:
            for receiver in letter.receivers:
                found[sender, receiver].append(letter)
    pairs = [Pair(sender, receiver, tuple(between)) for (sender, receiver), between in found.items()]
    return sorted(pairs, key=lambda pair: (-len(pair.letters), pair.sender.name, pair.receiver.name))


def _by_authority(those: Iterable[Item], side: Callable[[Item], tuple[Party, ...]]) -> Mapping[str, tuple[Item, ...]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for each in those:
        for party in side(each):
            if party.authority:
                found[party.authority].append(each)
    return {key: tuple(each) for key, each in found.items()}
