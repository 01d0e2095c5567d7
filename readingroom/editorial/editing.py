"""The editors' layer laid over one document at a time: fields merged, names found, what they name settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from readingroom.data import table
from readingroom.editorial.annotations import annotation_of, strays
from readingroom.editorial.authority import Authority, read_authorities
from readingroom.editorial.edition import Attached, Edited, Edition, edition_of
from readingroom.editorial.glossary import Term, read_glossary
from readingroom.editorial.mentions import Mention, Names, fold
from readingroom.editorial.numbered import Citation
from readingroom.model.document import Document, Field
from readingroom.model.labels import Doubt, Kind
from readingroom.problems import Problem, Severity
from readingroom.source.seeds import Failure

_HEADS_A_PART = 3
"""So many lines into a document of the file, a line such as `Tab I` is that document's own heading."""


@dataclass(frozen=True, slots=True)
class Editors:
    """What editors wrote that may concern any document: authority pages and glossary, read once."""

    docs: Path
    authorities: tuple[Authority, ...]
    terms: tuple[Term, ...]
    problems: tuple[Problem, ...]
    _names: Names
    _called: Mapping[str, str]
    """authority's id → the name that this edition uses"""

    @classmethod
    def read(cls, docs: Path) -> Editors:
        """Return what stands in the pages below `docs`, and what is wrong with any."""
        authorities, problems = read_authorities(docs)
        terms = read_glossary(docs)
        called = {authority.id: authority.name for authority in authorities}
        return cls(docs, authorities, terms, problems, Names(authorities, terms), called)

    def edited(self, document: Document) -> Edited:
        """Return a document under its annotation, its citations not yet led to other documents."""
        annotation, problems = annotation_of(document, self.docs, self._called)
        fields = {**document.fields, **annotation.fields} if annotation.fields else document.fields
        doubts = tuple(doubt for doubt in document.doubts if doubt.key not in annotation.fields)
        found = self._names.find(document, annotation.names)
        to_settle = (
            *_ambiguous(document, found.unsettled, annotation.file),
            *_unsettled(document, doubts, fields, annotation.file),
        )
        return Edited(
            id=annotation.slug or document.source.id,
            document=document,
            annotation=annotation,
            fields=fields,
            doubts=doubts,
            mentions=found.mentions,
            terms=found.terms,
            unsettled=found.unsettled,
            citations=tuple(Citation(ref, document.text.number_at(ref.span.start)) for ref in document.references),
            attached=tuple(_attached(document)),
            named={fold(document.text[mention.span]): self._called[mention.target] for mention in found.mentions},
            dated_at=_line_of(document, fields.get("date")),
            problems=(*problems, *to_settle),
        )


def edit(documents: Iterable[Document], failed: Iterable[Failure], docs: Path) -> Edition:
    """Return the edition of `documents` under what editors wrote below `docs`."""
    editors = Editors.read(docs)
    return bound([editors.edited(document) for document in documents], tuple(failed), editors)


def bound(edited: Iterable[Edited], failed: Iterable[Failure], editors: Editors) -> Edition:
    """Return the edition of documents that were edited one by one."""
    edited, failed = tuple(edited), tuple(failed)
    stems = {each.document.source.stem for each in edited} | {Path(failure.file).stem for failure in failed}
    problems = (*editors.problems, *strays(editors.docs, stems))
    return edition_of(edited, failed, editors.authorities, editors.terms, problems)


def _line_of(document: Document, found: Field | None) -> int | None:
    return document.text.number_at(found.span.start) if found is not None and found.span is not None else None


def _attached(document: Document) -> Iterator[Attached]:
    """Yield what the words name as attached; the heading of a further document in the file names nothing."""
    heads = [part.lines[0] for part in document.parts[1:]]
    for label in document.labels:
        if label.kind is Kind.ATTACHMENT:
            line = document.text.number_at(label.span.start)
            if not any(first <= line < first + _HEADS_A_PART for first in heads):
                yield Attached(label.span, line, document.text.words(label.span))


def _ambiguous(document: Document, mentions: Iterable[Mention], file: str) -> Iterator[Problem]:
    """Yield a warning for each name that could be several people, bodies, places or events."""
    for mention in mentions:
        yield Problem(
            document.source.file,
            document.text.number_at(mention.span.start),
            "RR402",
            f"“{document.text.words(mention.span)}” may be {mention.target}, so it links to none. "
            f"Settle it under names: in {file}.",
            Severity.WARNING,
        )


def _unsettled(
    document: Document, doubts: Iterable[Doubt], fields: Mapping[str, Field], file: str
) -> Iterator[Problem]:
    for doubt in doubts:
        yield Problem(
            document.source.file,
            document.text.number_at(doubt.span.start),
            "RR401",
            f"{doubt.key}: {doubt.reason}. {_to_settle(doubt.key, fields, file)}",
            Severity.WARNING,
        )


def _to_settle(key: str, fields: Mapping[str, Field], file: str) -> str:
    if key not in table("front_matter.schema")["$defs"]["annotation"]["properties"]:
        return f"A note on these words, in {file}, can say what they mean."
    left = "The field is as it was read." if key in fields else "The field was left empty."
    return f"{left} Settle it under {key}: in {file}."
