"""The edition: documents with the editors' layer, and everything that holds across the collection, worked out once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from readingroom.data import table
from readingroom.dates import earliest
from readingroom.editorial.annotations import Annotation, read_annotations
from readingroom.editorial.authority import Authority, read_authorities
from readingroom.editorial.glossary import Term, read_glossary
from readingroom.editorial.mentions import Mention, Names, fold
from readingroom.editorial.numbered import Citation, Numbered
from readingroom.model.document import Document, Field
from readingroom.model.labels import Doubt
from readingroom.problems import Problem, Severity
from readingroom.source.seeds import Failure


@dataclass(frozen=True, slots=True)
class Edited:
    """A document under the editors' layer: fields merged, names found, citations resolved."""

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
    named: Mapping[str, str]
    """words of a mention, folded → the name that this edition uses"""

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


def edit(documents: Iterable[Document], failed: Iterable[Failure], docs: Path) -> Edition:
    """Return the edition of `documents` under what editors wrote below `docs`."""
    documents, failed = tuple(documents), tuple(failed)
    authorities, problems = read_authorities(docs)
    stems = [Path(failure.file).stem for failure in failed]
    annotations, wrong = read_annotations(docs, documents, authorities, stems)
    terms = read_glossary(docs)
    names = Names(authorities, terms)
    called = {authority.id: authority.name for authority in authorities}
    layered = [_layered(document, annotations.get(document.source.stem), names, called) for document in documents]
    layered, clashes = _apart(layered)
    numbered = Numbered((each.id, each.fields) for each in layered)
    edited = sorted((_cited(each, numbered) for each in layered), key=lambda each: (earliest(each.date), each.id))
    return Edition(
        documents=tuple(edited),
        failed=failed,
        authorities=authorities,
        terms=terms,
        problems=(*problems, *wrong, *clashes, *_unsettled(edited), *_ambiguous(edited)),
        mentioned_in=_inverted((mention.target, each) for each in edited for mention in each.mentions),
        cited_by=_inverted((c.document, each) for each in edited for c in each.citations if c.document),
        sections=numbered.sections(),
    )


def _layered(document: Document, annotation: Annotation | None, names: Names, called: Mapping[str, str]) -> Edited:
    annotation = annotation or Annotation(f"docs/annotations/{document.source.stem}.md", there=False)
    fields = {**document.fields, **annotation.fields}
    found = names.find(document, annotation.names)
    return Edited(
        id=annotation.slug or document.source.id,
        document=document,
        annotation=annotation,
        fields=fields,
        doubts=tuple(doubt for doubt in document.doubts if doubt.key not in annotation.fields),
        mentions=found.mentions,
        terms=found.terms,
        unsettled=found.unsettled,
        citations=(),
        named={fold(document.text[mention.span]): called[mention.target] for mention in found.mentions},
    )


def _cited(each: Edited, numbered: Numbered) -> Edited:
    return replace(
        each, citations=tuple(numbered.citation(each.id, each.fields, ref) for ref in each.document.references)
    )


def _inverted(pairs: Iterable[tuple[str, Edited]]) -> dict[str, tuple[Edited, ...]]:
    found: defaultdict[str, dict[str, Edited]] = defaultdict(dict)
    for key, each in pairs:
        found[key].setdefault(each.id, each)
    return {key: tuple(documents.values()) for key, documents in found.items()}


def _apart(documents: Iterable[Edited]) -> tuple[list[Edited], list[Problem]]:
    """Return the documents with addresses that are theirs alone: a slug that is another's id or slug does not count."""
    documents = list(documents)
    owner: dict[str, Edited] = {each.document.source.id: each for each in documents}
    apart, problems = [], []
    for each in documents:
        other = owner.setdefault(each.id, each)
        if other.document.source.id == each.document.source.id:
            apart.append(each)
            continue
        what = f"slug: “{each.id}” is also the address of {other.document.source.file}. Choose another."
        problems.append(Problem(each.annotation.file, 1, "RR206", what))
        apart.append(replace(each, id=each.document.source.id))
    return apart, problems


def _ambiguous(documents: Iterable[Edited]) -> list[Problem]:
    """Return a warning for each name in a document that could be several people, bodies, places or events."""
    return [
        Problem(
            each.document.source.file,
            each.document.text.line_at(mention.span.start).number,
            "RR402",
            f"“{' '.join(each.document.text[mention.span].split())}” may be {mention.target}, so it links to none. "
            f"Settle it under names: in {each.annotation.file}.",
            Severity.WARNING,
        )
        for each in documents
        for mention in each.unsettled
    ]


def _to_settle(key: str, each: Edited) -> str:
    if key not in table("front_matter.schema")["$defs"]["annotation"]["properties"]:
        return f"A note on these words, in {each.annotation.file}, can say what they mean."
    left = "The field is as it was read." if key in each.fields else "The field was left empty."
    return f"{left} Settle it under {key}: in {each.annotation.file}."


def _unsettled(documents: Iterable[Edited]) -> list[Problem]:
    return [
        Problem(
            each.document.source.file,
            each.document.text.line_at(doubt.span.start).number,
            "RR401",
            f"{doubt.key}: {doubt.reason}. {_to_settle(doubt.key, each)}",
            Severity.WARNING,
        )
        for each in documents
        for doubt in each.doubts
    ]
