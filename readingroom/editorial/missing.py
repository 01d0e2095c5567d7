"""What the documents cite or name as attached, and the collection lacks: the map of the missing file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from readingroom.data import table
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.numbered import Citation
from readingroom.model.text import Span

KINDS: dict[str, str] = {kind: said["title"] for kind, said in table("cited").items() if kind != "addresses"}
"""Kind of thing → its title, in the order in which kinds are shown."""
_FORMS = tuple(
    (kind, re.compile("|".join(table("cited")[kind]["forms"]), re.IGNORECASE if kind == "letters" else 0))
    for kind in KINDS
    if table("cited")[kind]["forms"]
)
_ADDRESSES = tuple((re.compile(each["form"]), each["address"]) for each in table("cited")["addresses"])
_OF_YEAR = re.compile(r"\d\d (?=[A-Z])")
_POST = re.compile(r"^(?P<post>[A-Z](?:[ :-]*+[A-Z.'])*)[ :-]++\d++$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document cites something, and with which words."""

    document: Edited
    span: Span
    line: int
    words: str


class Thing(NamedTuple):
    """What is cited: two citations that cite the same are equal."""

    cites: str
    """normalized where the words settle it, else as written"""
    year: str
    """of a message, whose number is its post's of that year; empty for all else, and where no year is known"""
    settled: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing cited but not here."""

    kind: str
    """a key of KINDS"""
    thing: Thing
    places: tuple[Place, ...]
    held: int = 0
    """for an attachment: how many further documents the file of the one that names it holds"""

    @property
    def address(self) -> str:
        """Return the address of its stable official page; empty where there is none (domain, section 6)."""
        return address_of(self.thing.cites) if self.thing.settled else ""

    @property
    def post(self) -> str:
        """Return the post whose message it is; empty for all else."""
        match = _POST.match(self.thing.cites) if self.kind == "messages" and self.thing.settled else None
        return match["post"] if match else ""


def thing_of(citation: Citation) -> Thing:
    """Return what is cited."""
    reference = citation.reference
    cites = reference.normalized or " ".join(reference.as_written.split()).removeprefix("AND ")
    if citation.year:
        cites = _OF_YEAR.sub("", cites)
    return Thing(cites, citation.year, reference.normalized is not None)


def address_of(cites: str) -> str:
    """Return the address of the stable official page of what is cited, by its identifier; empty where none is known."""
    for form, address in _ADDRESSES:
        if form.match(cites):
            compact = cites.replace(" ", "")
            return str(address.format(compact=compact, lower=compact.lower()))
    return ""


def missing(edition: Edition) -> tuple[Missing, ...]:
    """Return what is cited or named as attached but not here, most cited first, then by name."""
    found: defaultdict[Thing, list[Place]] = defaultdict(list)
    for each in edition.documents:
        for citation in each.citations:
            if citation.document is None:
                found[thing_of(citation)].append(_place(each, citation))
    cited = [Missing(_kind(thing.cites), thing, tuple(places)) for thing, places in found.items()]
    attached = [each for edited in edition.documents for each in _attachments(edited)]
    return tuple(sorted((*cited, *attached), key=lambda each: (-len(each.places), each.thing)))


def _place(edited: Edited, citation: Citation) -> Place:
    reference = citation.reference
    return Place(edited, reference.span, citation.line, " ".join(reference.as_written.split()))


def _kind(cites: str) -> str:
    return next((kind for kind, forms in _FORMS if forms.match(cites)), "others")


def _attachments(edited: Edited) -> Iterator[Missing]:
    """Yield the attachments that a document names, where its file holds fewer further documents than it names.

    Which of them the file holds no words settle, so all are listed.
    """
    held = max(0, len(edited.document.parts) - 1)
    if len(edited.attached) > held:
        for each in edited.attached:
            place = Place(edited, each.span, each.line, each.words)
            yield Missing("attachments", Thing(each.words, "", settled=False), (place,), held)
