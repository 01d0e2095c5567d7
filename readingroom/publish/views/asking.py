"""How to ask for what is withheld: a paragraph for one passage, and the facts of the two ways, each with its source.

The paragraph is made here, when the site is built; a browser only copies it. Nothing is sent anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from readingroom.data import table
from readingroom.dates import in_words
from readingroom.editorial.edition import Edited
from readingroom.export.citing.chicago import joined
from readingroom.export.redactions import Withheld
from readingroom.page.around import around
from readingroom.publish.views.words import date_of, level_of, names_of

_NUMBERS = {
    "case": "Case number",
    "doc": "Document number",
    "crest": "Release number",
    "record": "Record number",
    "log": "Log number",
}
_CLASSIFIED = re.compile(r"E\.O\. \d+ (?!3\.5)|FOIA \(b\)\(1\)$|PRA P1$|Nixon B$")
"""Exemptions that say that the words are classified; 3.5(c) of the order speaks of other laws."""
_OF_A_LIBRARY = re.compile(r"(?:Library|Nixon) ")
"""Restrictions under a deed of gift or a library's own rules, which are no exemptions of the Act."""
_AMERICAN = re.compile(r"US|U\.S\.|AM(?:EMB|CON)")
"""How an American mission is named, at whatever body."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One plain fact of the law, and where it stands."""

    fact: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Request:
    """A paragraph that asks for one passage, and the way that it takes."""

    way: str
    """mandatory declassification review, or the Freedom of Information Act"""
    words: str


@cache
def facts() -> Mapping[str, tuple[Fact, ...]]:
    """Return the facts by their headings, in order."""
    return {
        group["title"]: tuple(Fact(each["fact"], each["source"], each["address"]) for each in group["facts"])
        for group in table("asking")
    }


def originator(edited: Edited) -> str:
    """Return the body that made a paper if it is no American one: `United Nations`; empty for all else."""
    for words in map(str.upper, _said(edited)):
        for body, spellings in table("not_american").items():
            if not _AMERICAN.match(words) and re.search(rf"\b(?:{'|'.join(spellings)})\b", words):
                return str(body)
    return ""


def _said(edited: Edited) -> Iterator[str]:
    for key in ("agency", "originator", "from"):
        found = edited.fields.get(key)
        if found:
            yield from found.value if isinstance(found.value, tuple) else (found.value,)


def request(each: Withheld) -> Request | None:
    """Return the paragraph for one passage; None where neither way is known to lead to it.

    That is so of a paper that American law does not govern, and of a restriction that a library keeps by its own rules.
    """
    codes = each.redaction.exemptions
    classified = all(_CLASSIFIED.match(code) for code in codes)
    if originator(each.document) or (not classified and all(_OF_A_LIBRARY.match(code) for code in codes)):
        return None
    if classified:
        return Request(
            "mandatory declassification review",
            "I request mandatory declassification review, under section 3.5 of Executive Order 13526, of this "
            f"document: {_document(each.document)} {_passage(each)} Please review that passage, and release whatever "
            "no longer meets the standards for classification (section 3.5(c)). If any of it remains withheld, please "
            "tell me how to appeal (section 3.5(e)).",
        )
    return Request(
        "the Freedom of Information Act",
        "Under the Freedom of Information Act, 5 U.S.C. 552, I request this record in full: "
        f"{_document(each.document)} {_passage(each)} Please release that passage, or every reasonably segregable "
        "portion of it, and name the exemption for whatever remains withheld (5 U.S.C. 552(b)). If any of it remains "
        "withheld, please tell me how to appeal (5 U.S.C. 552(a)(6)(A)).",
    )


def _document(edited: Edited) -> str:
    """Return what an agency needs to find the paper: what it is, whose, when, and the numbers that it bears."""
    fields = edited.fields
    senders, receivers = names_of(edited, "from"), names_of(edited, "to")
    number, level = fields.get("number"), level_of(edited)
    pieces = (
        f"{fields['type'].value} {number.value}" if number else str(fields["type"].value),
        f"from {joined(senders)}" if senders else "",
        f"to {joined(receivers)}" if receivers else "",
        date_of(edited) if "date" in fields else "undated",
        f"originally marked {level.upper()}" if level != "unmarked" else "",
        f"“{edited.title}”",
    )
    numbers = (
        f"{label} {fields[f'identifiers.{key}'].value}."
        for key, label in _NUMBERS.items()
        if f"identifiers.{key}" in fields
    )
    return " ".join((f"{', '.join(piece for piece in pieces if piece)}.", *numbers))


def _passage(each: Withheld) -> str:
    """Return where the passage stands, under which mark, between which words, and when it was reviewed."""
    redaction = each.redaction
    beside = around(each.document.document, redaction.span)
    place = f"on page {each.page} (line {redaction.line} of the text)" if each.page else f"on line {redaction.line}"
    place += f", in the paper “{each.part.title}” of that file," if each.part else ""
    mark = " ".join(redaction.as_written.split())
    words = [f"In the copy as released, a passage {place} is withheld and marked “{mark}”"]
    if beside.before.strip():
        words.append(f"after the words “{beside.before.strip()}”")
    if beside.after.strip():
        words.append(f"before the words “{beside.after.strip()}”")
    reviewed = (
        f" The paper names {in_words(each.reviewed)} as the date of its review or release." if each.reviewed else ""
    )
    return f"{', '.join(words)}.{reviewed}"
