"""The document page: strip, record card, related documents, citations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from readingroom.dates import in_words, is_one_of
from readingroom.editorial import numbered
from readingroom.editorial.edition import Edited
from readingroom.editorial.missing import Thing, thing_of
from readingroom.export.citing.chicago import Worded, joined, worded
from readingroom.export.citing.citation import Citation
from readingroom.model.document import Document, Field, Origin, Part
from readingroom.model.labels import Certainty, Kind
from readingroom.page.markdown import said_of
from readingroom.publish.views.neighbors import Neighbors
from readingroom.publish.views.strip import EXTENTS, strip
from readingroom.publish.views.words import date_of, level_of, names_in, names_of
from readingroom.recognize.durations import meaning_of


class Fact(NamedTuple):
    """One field of the record card: label, values, and where they come from."""

    label: str
    values: tuple[str, ...]
    line: int | None
    """the seed's line that it was read from; None where no line says it"""
    note: str
    """what is to be said of it: supplied, chosen by the editors, from what inferred; empty for a plain reading"""
    supplied: bool
    certainty: str = Certainty.EXACT
    """how sure a value is that was read from the seed's words"""


class Entry(NamedTuple):
    """Another document, as a list shows it."""

    id: str
    title: str
    date: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """One of several papers in the file."""

    number: int
    said: str
    """type, number and date, in words"""
    subject: str
    """empty where it names none"""
    line: int
    senders: tuple[str, ...]
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CitedView:
    """One thing cited: as first written, the lines that cite it, and the document here that it is, if any."""

    as_written: str
    thing: Thing
    """what it cites, as the room of what is not here knows it"""
    lines: tuple[int, ...]
    document: Entry | None


@dataclass(frozen=True, slots=True)
class EmendationView:
    """One emendation in the ledger."""

    line: int
    typed: str
    """empty where words are added"""
    read: str
    """empty where words are left out"""
    note: int | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the document template places. Context variable `document`."""

    id: str
    title: str
    kind: str
    date: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    certainty: Mapping[str, str]
    """of date, from and to, as far as they are there"""
    strip: tuple[str, ...]
    level: str
    facts: tuple[Fact, ...]
    addressees: tuple[tuple[str, str, str], ...]
    """name, role, precedence"""
    parts: tuple[PartView, ...]
    headings: tuple[tuple[int, str], ...]
    """line and words of each heading of a long paper; none of a short one, which needs no contents"""
    pages: tuple[int, ...]
    """the numbers of the pages that a ruler begins, from the second on; none of a short paper"""
    cites: tuple[CitedView, ...]
    cited_by: tuple[Entry, ...]
    sections: tuple[Entry, ...]
    """the other sections of the same message"""
    related: tuple[Entry, ...]
    before: Entry | None
    after: Entry | None
    emendations: tuple[EmendationView, ...]
    annotation: str
    """path of the annotation file, there or not"""
    annotated: bool
    """whether it is there"""
    problems: tuple[str, ...]
    """what is wrong with the editors' layer of this document; shown where it is published all the same"""
    cite: Worded
    address: str
    """of the page, as a citation has it; empty where the site's is not known"""
    withheld: int
    file: str
    sha256: str
    lines: int


_LABELS = {
    "type": "Type",
    "number": "Number",
    "section": "Section",
    "date": "Date",
    "sent": "Sent",
    "precedence": "Precedence",
    "from": "From",
    "to": "To",
    "info": "Information copies",
    "subject": "Subject",
    "agency": "Agency",
    "originator": "Originator",
    "language": "Language",
    "classification": "Original marking",
    "handling": "Handling",
    "duration": "Duration of classification",
    "declassify_on": "Declassify on",
    "release.extent": "Released",
    "release.marking": "Marking since release",
    "release.authority": "Release authority",
    "release.date": "Release date",
    "release.reviewer": "Reviewed by",
    "release.as_written": "Release, as written",
    "identifiers.case": "Case number",
    "identifiers.doc": "Document number",
    "identifiers.log": "Log number",
    "identifiers.record": "Record number",
    "identifiers.crest": "Release number",
    "tags": "TAGS",
    "signed": "Signed",
    "drafted": "Drafted by",
    "cleared": "Cleared by",
    "approved": "Approved by",
    "concurrences": "Concurrences",
    "repository": "Repository",
    "collection": "Collection",
    "source_url": "Source",
    "rights": "Rights",
}
"""Every field that the record card shows, in its order, under the label that a reader sees."""
MOST_RELATED = 5
"""So many of the documents that name the same are shown beside one."""
_LONG_FROM = 3
"""So many headings of a long paper, or pages after the first, call for a list of them."""
_LONG_LINES = 150
_MOST_INFO = 4


def document_view(edited: Edited, neighbors: Neighbors, cited: Citation) -> DocumentView:
    """Return the view of one document."""
    document = edited.document
    before, after = neighbors.before(edited), neighbors.after(edited)
    return DocumentView(
        id=edited.id,
        title=edited.title,
        kind=str(edited.fields["type"].value),
        date=date_of(edited),
        senders=names_of(edited, "from"),
        receivers=names_of(edited, "to"),
        certainty={key: _certainty(edited.fields.get(key)) for key in ("date", "from", "to")},
        strip=tuple(strip(edited)),
        level=level_of(edited),
        facts=tuple(_facts(edited)),
        addressees=tuple((a.name, a.role, a.precedence or "") for a in document.addressees),
        parts=tuple(_part(edited, number, part) for number, part in enumerate(document.parts, 1)),
        headings=_headings(document),
        pages=_pages(document),
        cites=tuple(_cited(each, document, neighbors.by_id) for each in edited.cited),
        cited_by=tuple(entry(each) for each in neighbors.edition.cited_by.get(edited.id, ())),
        sections=tuple(_section(neighbors.by_id[id_]) for id_ in neighbors.edition.sections.get(edited.id, ())),
        related=tuple(_related(edited, neighbors)),
        before=entry(before) if before else None,
        after=entry(after) if after else None,
        emendations=tuple(
            EmendationView(document.text.number_at(e.span.start), " ".join(e.old.split()), e.new, e.note)
            for e in edited.annotation.emendations
        ),
        annotation=edited.annotation.file,
        annotated=edited.annotation.there,
        problems=tuple(p.message for p in neighbors.problems_of(edited)),
        cite=worded(cited),
        address=cited.url,
        withheld=len(document.redactions),
        file=document.source.file,
        sha256=document.source.sha256,
        lines=document.line_count,
    )


def _part(edited: Edited, number: int, part: Part) -> PartView:
    return PartView(
        number,
        said_of(part),
        part.title if "subject" in part.fields else "",
        part.lines[0],
        names_in(edited, part.fields.get("from")),
        names_in(edited, part.fields.get("to")),
    )


def _headings(document: Document) -> tuple[tuple[int, str], ...]:
    found = tuple(
        (document.text.number_at(label.span.start), document.text.words(label.span).strip("*#_ "))
        for label in document.labels
        if label.kind is Kind.HEADING
    )
    long = document.line_count >= _LONG_LINES or _pages(document)
    return found if long and len(found) >= _LONG_FROM else ()


def _pages(document: Document) -> tuple[int, ...]:
    end = len(document.text.content.rstrip())  # a page with no words has no ruler
    found = tuple(number for number, start in enumerate(document.page_starts, 2) if start < end)
    return found if len(found) >= _LONG_FROM else ()


def entry(edited: Edited, why: str = "") -> Entry:
    """Return a document as a list shows it."""
    return Entry(edited.id, edited.title, date_of(edited), why)


def _cited(citations: tuple[numbered.Citation, ...], document: Document, by_id: Mapping[str, Edited]) -> CitedView:
    first = citations[0]
    return CitedView(
        " ".join(first.reference.as_written.split()),
        thing_of(first),
        tuple(sorted({document.text.number_at(c.reference.span.start) for c in citations})),
        entry(by_id[first.document]) if first.document else None,
    )


def _section(edited: Edited) -> Entry:
    return entry(edited, f"section {edited.fields['section'].value}")


def _facts(edited: Edited) -> Iterator[Fact]:
    text = edited.document.text
    doubts = {doubt.key: doubt for doubt in reversed(edited.doubts)}
    for key, label in _LABELS.items():
        found, doubt = edited.fields.get(key), doubts.get(key)
        if found is not None:
            line = text.number_at(found.span.start) if found.span is not None else None
            yield Fact(
                label,
                _values(key, found),
                line,
                "; ".join(filter(None, (_note(key, found, edited), doubt.reason if doubt else ""))),
                supplied=found.origin is Origin.SUPPLIED and key not in _WHERE,
                certainty=_certainty(found),
            )
        elif doubt is not None:
            line = text.number_at(doubt.span.start)
            yield Fact(label, (), line, f"not settled: {doubt.reason}", supplied=False)
    for key, found in edited.fields.items():
        if key.startswith("record.") and found.span is not None:
            line = text.number_at(found.span.start)
            label = f"Archive’s cover sheet: {key.removeprefix('record.').replace('_', ' ')}"
            yield Fact(label, _values(key, found), line, "", supplied=False)
    yield from _routing(edited)


def _routing(edited: Edited) -> Iterator[Fact]:
    """Yield how many office copies a telegram's routing lines list, and whether their own sum agrees."""
    listed = [label for label in edited.document.labels if label.kind is Kind.ROUTING and "copies" in label.detail]
    if listed:
        agrees = listed[-1].detail["agrees"] == "yes"
        note = "as the line’s own sum says" if agrees else "the line’s own sum differs, so a number is damaged"
        line = edited.document.text.number_at(listed[-1].span.start)
        yield Fact("Office copies", (listed[-1].detail["copies"],), line, note, supplied=False)


_WHERE = frozenset({"repository", "collection", "source_url", "rights"})


def _values(key: str, found: Field) -> tuple[str, ...]:
    """Return a field's values as a reader is shown them; most are shown as they were written."""
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    if key == "tags":
        return (", ".join(values),)
    if key == "info" and len(values) > _MOST_INFO:
        return (*values[: _MOST_INFO - 1], f"and {len(values) - _MOST_INFO + 1} more, listed below")
    return tuple(map(_SHOWN.get(key, str), values))


def _with_meaning(duration: str) -> str:
    known = meaning_of(duration)
    return f"{duration}: {known[0]}" if known else duration


_SHOWN: dict[str, Callable[[str], str]] = {
    "date": in_words,
    "release.date": in_words,
    "sent": lambda moment: f"{in_words(moment[:10])}, {moment[11:16]} UTC",
    "release.extent": lambda extent: EXTENTS[extent],
    "type": str.capitalize,
    "duration": _with_meaning,
    "classification": lambda level: "none in this text" if level == "unmarked" else level.upper(),
    "release.marking": str.upper,
    "precedence": str.upper,
}


def _certainty(found: Field | None) -> str:
    """Return how sure a value is; whatever was not read from the seed's words is not doubted here."""
    return found.certainty if found is not None and found.origin is Origin.READ else Certainty.EXACT


def _note(key: str, found: Field, edited: Edited) -> str:
    if key in _WHERE:
        return ""
    if found.origin is Origin.SUPPLIED:
        return "supplied by the editors" + (
            "; one of these days" if key == "date" and is_one_of(str(found.value)) else ""
        )
    if found.origin is Origin.EDITED:
        return "read by the editors"
    if _certainty(found) == Certainty.DAMAGED:
        return "from damaged words"
    return _inferred_from(found, edited) if _certainty(found) == Certainty.INFERRED else ""


def _inferred_from(found: Field, edited: Edited) -> str:
    """Return what an inferred value was taken from, by the label over its words."""
    label = next((x for x in edited.document.labels if found.span is not None and x.span.overlaps(found.span)), None)
    return f"inferred from {_EVIDENCE.get(label.kind if label else Kind.TEXT, 'where it stands')}"


_EVIDENCE = {
    Kind.COVER_SHEET: "the archive’s cover sheet",
    Kind.SALUTATION: "the salutation",
    Kind.SIGNATURE: "the signature",
}


def _related(edited: Edited, neighbors: Neighbors) -> Iterator[Entry]:
    """Yield the documents that name the most of the people, bodies and events that this one names."""
    for other, both in neighbors.related(edited, MOST_RELATED):
        yield entry(other, f"both name {joined(both[:3])}")
