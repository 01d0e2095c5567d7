"""What a citation of a document holds, read from the edited document once; every form of it is made from this record.

A citation names the paper, not its page here: who to whom, what, when, where the original is, and last this edition.
It bears the title that the paper gives itself, its subject line; the editors' title only where it has none, and then as
the editors' own. When it was retrieved is the reader's to say: a build that said so would differ from day to day.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from readingroom.data import table
from readingroom.dates import in_words, is_one_of
from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited
from readingroom.editorial.mentions import fold
from readingroom.model.document import Field, Origin
from readingroom.model.labels import Certainty

_CALL_NUMBERS = ("doc", "record", "crest")
"""The identifiers by which a paper is asked for, best first."""
_SMALL = frozenset({"AL", "DE", "DEL", "DER", "DO", "DOS", "ES", "LA", "OF", "THE"})
"""Words of a place's name that are not written large inside it; its first word always is."""
_CITED = {"from": "author", "to": "recipient", "date": "date", "number": "number", "subject": "title"}
_KINDS = {"people": "person", "organizations": "organization"}
_LABELS = {"doc": "doc.", "record": "record", "crest": "release no.", "case": "case", "log": "log no."}


@dataclass(frozen=True, slots=True)
class Name:
    """A person or a body. Only a person's name whose authority page says which is the family name is parted."""

    literal: str
    kind: str = ""
    """`person`, `organization`, or empty where nothing says which"""
    family: str = ""
    given: str = ""
    supplied: bool = False
    """whether an editor says so, and not the paper"""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """The edition that a citation names: its name, its address (empty, or with a final slash), and whom it knows.

    Equal to itself alone, so that what is worked out of it can be kept.
    """

    name: str
    url: str
    known: Mapping[str, Name]
    """the names of people and organizations that have a page"""

    @classmethod
    def of(cls, name: str, url: str | None, authorities: Iterable[Authority]) -> Site:
        """Return the site. A name that two bear is settled for neither."""
        named = [authority for authority in authorities if authority.room in _KINDS]
        bearers = Counter(authority.name for authority in named)
        known = {each.name: _name_of(each) for each in named if bearers[each.name] == 1}
        return cls(name, f"{url.rstrip('/')}/" if url else "", known)


@dataclass(frozen=True)
class Citation:
    """A document as a citation names it. What is not known is empty."""

    id: str
    type: str
    """the document's type, by which `citation_types.yml` is read"""
    genre: str
    """what the paper is called: `memorandum`, `telegram`"""
    number: str
    """a message's own, as written"""
    title: str
    title_is: Origin
    """READ and EDITED: the paper's own; SUPPLIED: the editors'; MADE: put together from type, number and date"""
    authors: tuple[Name, ...]
    recipients: tuple[Name, ...]
    date: str
    """EDTF"""
    date_supplied: bool
    doubtful: tuple[str, ...]
    """which of the things cited were guessed, or read from damaged words"""
    level: str
    """the marking that the paper itself bears: `Confidential`"""
    released: str
    """`released in full March 26, 2014`"""
    agency: str
    archive: str
    archive_location: str
    collection: str
    call_number: str
    identifiers: tuple[str, ...]
    """what else the paper is numbered by: `case 200101636`"""
    language: str
    rights: str
    site: str
    url: str
    """of its page; empty where the site's address is not known"""

    @property
    def short_number(self) -> str:
        """Return the number without the post that an author's name says already: `03953`."""
        post, _, serial = self.number.rpartition(" ")
        said = any(author.literal.upper().endswith(f" {post}") for author in self.authors)
        return serial if post and serial.isdigit() and said else self.number

    @property
    def held(self) -> tuple[str, ...]:
        """Return where the original is, from the archive down to the document's number there."""
        number = f"doc. {self.call_number}" if self.call_number else ""
        return tuple(filter(None, (self.archive, self.archive_location, self.collection, number)))

    @property
    def supplied(self) -> tuple[str, ...]:
        """Return which of the things cited the editors supplied, in words."""
        found = {
            "author": any(name.supplied for name in self.authors),
            "recipient": any(name.supplied for name in self.recipients),
            "date": self.date_supplied,
            "title": self.title_is is Origin.SUPPLIED,
        }
        return tuple(what for what, by_editors in found.items() if by_editors)

    @cached_property
    def note(self) -> str:
        """Return what no field of a citation format holds, as sentences."""
        return " ".join(f"{said[0].upper()}{said[1:]}." for said in self._remarks())

    def _remarks(self) -> Iterator[str]:
        if self.level:
            yield f"marked {self.level}"
        if self.released:
            yield self.released
        yield from self.identifiers
        if is_one_of(self.date):
            yield f"written on one of the days {in_words(self.date)}"
        if self.supplied:
            yield f"supplied by the editors: {', '.join(self.supplied)}"
        if self.doubtful:
            yield f"uncertain: {', '.join(self.doubtful)}"

    def called(self, form: str) -> str:
        """Return what the document's type is called in `form`, a key of `citation_types.yml`."""
        said: str = table("citation_types")[self.type][form]
        return said


@lru_cache(maxsize=1)  # a page and the files beside it ask one after the other
def citation(edited: Edited, site: Site) -> Citation:
    """Return the citation of a document."""
    authors, recipients = _names(edited, "from", site), _names(edited, "to", site)
    title = "subject" if "subject" in edited.fields else "title"
    archive, location = _archive(edited)
    call_number = next((key for key in _CALL_NUMBERS if f"identifiers.{key}" in edited.fields), "")
    level = _value(edited, "classification")
    return Citation(
        id=edited.id,
        type=_value(edited, "type"),
        genre=_genre(edited, (*authors, *recipients)),
        number=_value(edited, "number"),
        title=_value(edited, title),
        title_is=edited.fields[title].origin,
        authors=authors,
        recipients=recipients,
        date=edited.date or "",
        date_supplied=_supplied(edited, "date"),
        doubtful=tuple(what for key, what in _CITED.items() if _is_doubtful(edited.fields.get(key))),
        level="" if level == "unmarked" else level.title(),
        released=_released(edited),
        agency=_value(edited, "agency"),
        archive=archive,
        archive_location=location,
        collection=_value(edited, "collection"),
        call_number=_value(edited, f"identifiers.{call_number}"),
        identifiers=tuple(_identifiers(edited, call_number, location)),
        language=_value(edited, "language") or "en",
        rights=_value(edited, "rights"),
        site=site.name,
        url=f"{site.url}documents/{edited.id}/" if site.url else "",
    )


def _name_of(authority: Authority) -> Name:
    """Return an authority's name, parted where the form by which it is sorted is the name itself, turned round."""
    kind = _KINDS[authority.room]
    family, _, given = authority.sort.partition(", ")
    turned = kind == "person" and f"{given} {family}" == authority.name
    return Name(authority.name, kind, family, given) if turned else Name(authority.name, kind)


def _value(edited: Edited, key: str) -> str:
    found = edited.fields.get(key)
    return " ".join(str(found.value).split()) if found else ""


def _supplied(edited: Edited, key: str) -> bool:
    found = edited.fields.get(key)
    return found is not None and found.origin is Origin.SUPPLIED


def _is_doubtful(found: Field | None) -> bool:
    return (
        found is not None and found.origin is Origin.READ and found.certainty in {Certainty.DAMAGED, Certainty.INFERRED}
    )


def _names(edited: Edited, key: str, site: Site) -> tuple[Name, ...]:
    """Return the names of `from` or `to`: a post in words, else by the name of its authority page, else as written."""
    found = edited.fields.get(key)
    if found is None:
        return ()
    supplied = found.origin is Origin.SUPPLIED
    return tuple(replace(_named(name, edited, site), supplied=supplied) for name in found.value)


def _named(words: str, edited: Edited, site: Site) -> Name:
    post = _post(words)
    if post:
        return Name(post, "organization")
    name = edited.named.get(fold(words), " ".join(words.split()))
    return site.known.get(name, Name(name))


def _post(address: str) -> str | None:
    """Return `U.S. Embassy Dar es Salaam` for `AMEMBASSY DAR ES SALAAM`; None where `address_words.yml` has no word."""
    for words, said in table("address_words").items():
        if address == words:
            return str(said)
        if address.startswith(f"{words} ") and re.fullmatch(r"[A-Z ]+", address):
            place = address.removeprefix(f"{words} ").split()
            return " ".join([said, place[0].capitalize(), *(_in_a_name(word) for word in place[1:])])
    return None


def _in_a_name(word: str) -> str:
    return word.lower() if word in _SMALL else word.capitalize()


def _genre(edited: Edited, parties: Iterable[Name]) -> str:
    """Return what a document is called; the State Department's cables are telegrams (domain, section 8)."""
    type_ = _value(edited, "type")
    if type_ == "cable" and any(party.literal.startswith(tuple(table("address_words").values())) for party in parties):
        return "telegram"
    return str(table("citation_types")[type_].get("genre", type_))


def _released(edited: Edited) -> str:
    extent, date = _value(edited, "release.extent"), _value(edited, "release.date")
    if not extent:
        return ""
    declassified = _value(edited, "release.as_written").casefold().startswith("declassified")
    how = {"full": "in full", "part": "in part", "denied": "in full"}[extent]
    what = "denied" if extent == "denied" else "declassified" if declassified else "released"
    return f"{what} {how}{f' {in_words(date)}' if date else ''}"


def _archive(edited: Edited) -> tuple[str, str]:
    """Return where the original is, parted: `U.S. Department of State`, `FOIA case F-2014-01300`."""
    repository, case = _value(edited, "repository"), _value(edited, "identifiers.case")
    archive, _, location = repository.partition(", ")
    if case and case in location:
        return archive, location
    return repository, f"case {case}" if case else ""


def _identifiers(edited: Edited, call_number: str, location: str) -> Iterator[str]:
    for key, found in edited.fields.items():
        room, _, kind = key.partition(".")
        if room == "identifiers" and kind != call_number and str(found.value) not in location:
            yield f"{_LABELS.get(kind, kind)} {_value(edited, key)}"
