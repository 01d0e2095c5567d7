"""The edition: documents with the editors' layer, and everything that holds across the collection, worked out once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from readingroom.dates import earliest
from readingroom.editorial.annotations import Annotation, read_annotations
from readingroom.editorial.authority import Authority, read_authorities
from readingroom.editorial.glossary import Term, read_glossary
from readingroom.editorial.mentions import Mention, Names, fold
from readingroom.model.document import Document, Field, Reference
from readingroom.model.labels import Doubt
from readingroom.problems import Problem, Severity
from readingroom.recognize.dates import full_year
from readingroom.source.seeds import Failure


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference, and the id of the document here that it cites; None for what is cited but not here."""

    reference: Reference
    document: str | None


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
    by_number = _numbers(layered)
    edited = sorted((_cited(each, by_number) for each in layered), key=lambda each: (earliest(each.date), each.id))
    return Edition(
        documents=tuple(edited),
        failed=failed,
        authorities=authorities,
        terms=terms,
        problems=(*problems, *wrong, *clashes, *_unsettled(edited), *_ambiguous(edited)),
        mentioned_in=_inverted((mention.target, each) for each in edited for mention in each.mentions),
        cited_by=_inverted((c.document, each) for each in edited for c in each.citations if c.document),
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


def message_key(number: str, year: str) -> tuple[str, int, str] | None:
    """Return what two spellings of a message's number have in common: post without spaces, number without zeros, year.

    The year is the one that stands before the number (`78 LA PAZ 3489`), else `year`: posts begin anew each January,
    and a number without a year is of the citing message's (domain, section 5.3).
    """
    match = re.match(r"(?:(?P<year>\d\d) )?(?P<post>[A-Z][A-Z :-]*?)[ :-]+0*(?P<number>\d+)$", number)
    if not match:
        return None
    year = str(full_year(match["year"])) if match["year"] else year
    return re.sub(r"[^A-Z]", "", match["post"]), int(match["number"]), year


def _numbers(documents: Iterable[Edited]) -> dict[tuple[str, int, str], str]:
    """Return the documents by number; a number that two documents bear settles nothing and is left out."""
    found: defaultdict[tuple[str, int, str], set[str]] = defaultdict(set)
    for each in documents:
        number = each.fields.get("number")
        key = message_key(str(number.value), _year(each)) if number else None
        if key:
            found[key].add(each.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _year(each: Edited) -> str:
    return str(earliest(each.date).year) if each.date else ""


def _cited(each: Edited, by_number: Mapping[tuple[str, int, str], str]) -> Edited:
    citations = []
    for reference in each.document.references:
        key = message_key(reference.normalized, _year(each)) if reference.normalized else None
        found = by_number.get(key) if key else None
        citations.append(Citation(reference, found if found != each.id else None))
    return replace(each, citations=tuple(citations))


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


def _unsettled(documents: Iterable[Edited]) -> list[Problem]:
    return [
        Problem(
            each.document.source.file,
            each.document.text.line_at(doubt.span.start).number,
            "RR401",
            f"{doubt.key}: {doubt.reason}. The field was left empty. "
            f"Settle it under {doubt.key}: in {each.annotation.file}.",
            Severity.WARNING,
        )
        for each in documents
        for doubt in each.doubts
    ]
