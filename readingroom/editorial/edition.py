"""The edition: documents with the editors' layer, and everything that holds across the collection, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from readingroom.dates import earliest
from readingroom.editorial.annotations import Annotation
from readingroom.editorial.authority import Authority
from readingroom.editorial.glossary import Term
from readingroom.editorial.mentions import Mention
from readingroom.editorial.numbered import Citation, Numbered
from readingroom.model.document import Document, Field, Quick
from readingroom.model.labels import Doubt
from readingroom.model.text import Span
from readingroom.problems import Problem
from readingroom.source.seeds import Failure


class Attached(NamedTuple):
    """Words that name something as attached, and their line."""

    span: Span
    line: int
    words: str


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Edited(Quick):
    """A document under the editors' layer: fields merged, names found, citations resolved.

    Equal to itself alone, so that what is worked out of it can be kept.
    """

    id: str
    """the editor's slug, else the seed's id"""
    document: Document
    annotation: Annotation
    fields: Mapping[str, Field]
    doubts: tuple[Doubt, ...]
    """those that no editor has settled"""
    mentions: tuple[Mention, ...]
    terms: tuple[Mention, ...]
    unsettled: tuple[Mention, ...]
    """names that several authority pages claim"""
    citations: tuple[Citation, ...]
    attached: tuple[Attached, ...]
    named: Mapping[str, str]
    """words of a mention, folded → the name that this edition uses"""
    dated_at: int | None
    """the line that its date was read from"""
    problems: tuple[Problem, ...]
    """what is wrong with its annotation, and what in it is to be settled"""
    digest: str = ""
    """of all that one program makes of the seed and its annotation; empty where nobody asked for it"""
    facts: str = ""
    """as `digest`, of what other pages than its own show of it: all but the words of headnote and notes"""

    @property
    def date(self) -> str | None:
        """Return the date in EDTF, None for an undated document."""
        found = self.fields.get("date")
        return str(found.value) if found else None

    @property
    def cited(self) -> tuple[tuple[Citation, ...], ...]:
        """Return the citations by what they cite, in the order of their first places."""
        things: dict[str, list[Citation]] = {}
        for citation in self.citations:
            reference = citation.reference
            things.setdefault(reference.normalized or " ".join(reference.as_written.split()), []).append(citation)
        return tuple(map(tuple, things.values()))

    @property
    def title(self) -> str:
        """Return the title."""
        return str(self.fields["title"].value)


@dataclass(frozen=True, slots=True, eq=False)
class Edition:
    """A collection, ready to be written: documents in order of date (undated last), then id.

    Equal to itself alone, so that what is worked out of it can be kept.
    """

    documents: tuple[Edited, ...]
    failed: tuple[Failure, ...]
    authorities: tuple[Authority, ...]
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    mentioned_in: Mapping[str, tuple[Edited, ...]] = field(default_factory=dict)
    """authority's id → the documents that name it"""
    cited_by: Mapping[str, tuple[Edited, ...]] = field(default_factory=dict)
    """document's id → the documents that cite it"""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """document's id → the ids of the other sections of the same message, in order"""


def edition_of(
    documents: Iterable[Edited],
    failed: Iterable[Failure],
    authorities: Iterable[Authority],
    terms: Iterable[Term],
    problems: Iterable[Problem],
) -> Edition:
    """Return the edition of documents that were edited one by one: addresses settled, citations led to what they cite.

    `problems` are those that are of no document.
    """
    apart = _apart(documents)
    numbered = Numbered((each.id, each.fields) for each in apart)
    edited = sorted((_settled(each, numbered) for each in apart), key=lambda each: (earliest(each.date), each.id))
    return Edition(
        documents=tuple(edited),
        failed=tuple(failed),
        authorities=tuple(authorities),
        terms=tuple(terms),
        problems=(*problems, *(problem for each in edited for problem in each.problems)),
        mentioned_in=_inverted((mention.target, each) for each in edited for mention in each.mentions),
        cited_by=_inverted((c.document, each) for each in edited for c in each.citations if c.document),
        sections=numbered.sections(),
    )


def _settled(each: Edited, numbered: Numbered) -> Edited:
    if not each.citations:
        return each
    return replace(each, citations=tuple(numbered.settled(each.id, each.fields, c) for c in each.citations))


def _inverted(pairs: Iterable[tuple[str, Edited]]) -> dict[str, tuple[Edited, ...]]:
    found: defaultdict[str, dict[str, Edited]] = defaultdict(dict)
    for key, each in pairs:
        found[key].setdefault(each.id, each)
    return {key: tuple(documents.values()) for key, documents in found.items()}


def _apart(documents: Iterable[Edited]) -> list[Edited]:
    """Return the documents with addresses that are theirs alone: a slug that is another's id or slug does not count."""
    documents = list(documents)
    owner: dict[str, Edited] = {each.document.source.id: each for each in documents}
    apart = []
    for each in documents:
        other = owner.setdefault(each.id, each)
        if other.document.source.id == each.document.source.id:
            apart.append(each)
            continue
        what = f"slug: “{each.id}” is also the address of {other.document.source.file}. Choose another."
        clash = Problem(each.annotation.file, 1, "RR206", what)
        apart.append(replace(each, id=each.document.source.id, problems=(*each.problems, clash)))
    return apart
