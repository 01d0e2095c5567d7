"""What is withheld: every redaction with the words around it, by exemption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from readingroom.dates import in_words
from readingroom.editorial.edition import Edition
from readingroom.model.document import Redaction
from readingroom.publish.views.around import Around, around
from readingroom.publish.views.collection import Summary
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.made import Made
from readingroom.publish.views.words import count
from readingroom.recognize.redactions import meaning_of


@dataclass(frozen=True, slots=True)
class Withheld:
    """One redaction with its context."""

    document: Entry
    redaction: Redaction
    around: Around
    released: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption, what it means and where that stands, and all that is withheld under it."""

    code: str
    meaning: str
    source: str
    withheld: tuple[Withheld, ...]


_NO_CODE = "No code given"
"""Where an edition's bracket says that words are withheld, and not why."""


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the page of all that is withheld."""
    yield Made("withheld.md", "What is withheld", "withheld.html", lambda: {"exemptions": exemptions(edition)})


def exemptions(edition: Edition) -> tuple[Exemption, ...]:
    """Return every exemption under which words are withheld here, most used first, with each passage."""
    found: defaultdict[str, list[Withheld]] = defaultdict(list)
    for each in edition.documents:
        released = each.fields.get("release.date")
        for redaction in each.document.redactions:
            place = Withheld(
                entry(each),
                redaction,
                around(each.document, redaction.span),
                in_words(str(released.value)) if released else "",
            )
            for code in redaction.exemptions or (_NO_CODE,):
                found[code].append(place)
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Exemption(code, *(meaning_of(code) or ("", "")), tuple(places)) for code, places in ordered)


def withheld_in_words(figures: Summary) -> str:
    """Return `two passages are withheld in one document`; for none, that none is marked as withheld."""
    if not figures.withheld:
        return "No passage is marked as withheld"
    verb = "is" if figures.withheld == 1 else "are"
    words = f"{count(figures.withheld, 'passage')} {verb} withheld in {count(figures.with_withheld, 'document')}"
    return words[0].upper() + words[1:]
