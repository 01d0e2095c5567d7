"""Who wrote to whom: the letters of a collection by sender and receiver, under an authority's name where it is known.

A letter is a document with a sender or an addressee for action, of whatever type; where the parts of a document have
such of their own, each of these parts is one (design, "Front matter of a page").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from readingroom.addresses import segment
from readingroom.dates import earliest
from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.mentions import fold
from readingroom.model.document import Field

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

    @property
    def dated(self) -> tuple[str, ...]:
        """Return the dates of its letters, in order; those without date left out."""
        return tuple(letter.date for letter in self.letters if letter.date)


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

    @property
    def complete(self) -> int:
        """Return how many letters have a sender and a receiver."""
        return sum(bool(letter.senders and letter.receivers) for letter in self.letters)


def correspondence(edition: Edition) -> Correspondence:
    """Return who wrote to whom, by the `from` and `to` of documents and parts."""
    known = _Known(edition.authorities)
    found = [letter for document in edition.documents for letter in _letters(document, known)]
    shown = _spellings(party for letter in found for party in (*letter.senders, *letter.receivers))
    letters = tuple(
        replace(letter, senders=_once(map(shown, letter.senders)), receivers=_once(map(shown, letter.receivers)))
        for letter in sorted(found, key=lambda letter: (earliest(letter.date), letter.document.id, letter.line or 0))
    )
    return Correspondence(
        letters,
        tuple(_pairs(letters)),
        _by_authority(letters, lambda letter: letter.senders),
        _by_authority(letters, lambda letter: letter.receivers),
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
    parts = [(part.fields, part.lines[0]) for part in document.document.parts if _SIDES & part.fields.keys()]
    for fields, line in parts or ((document.fields, None),):
        if _SIDES & fields.keys():
            date = fields.get("date")
            senders, receivers = (known.parties(document, fields.get(side)) for side in ("from", "to"))
            yield Letter(document, str(date.value) if date else document.date, line, senders, receivers)


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


def _by_authority(
    letters: Iterable[Letter], side: Callable[[Letter], tuple[Party, ...]]
) -> Mapping[str, tuple[Letter, ...]]:
    found: defaultdict[str, list[Letter]] = defaultdict(list)
    for letter in letters:
        for party in side(letter):
            if party.authority:
                found[party.authority].append(letter)
    return {key: tuple(those) for key, those in found.items()}
