"""The document page: strip, record card, related documents, citation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from readingroom.dates import in_words, is_one_of
from readingroom.editorial.edition import Edited
from readingroom.model.document import Field, Origin
from readingroom.model.labels import Certainty, Kind
from readingroom.publish.views.neighbors import Neighbors
from readingroom.publish.views.words import count, date_of, joined, level_of, names_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of the record card: label, values, and where they come from."""

    label: str
    values: tuple[str, ...]
    line: int | None
    """the seed's line that it was read from; None where no line says it"""
    note: str
    """what is to be said of it: supplied, chosen by the editors, uncertain; empty for a plain reading"""
    supplied: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Another document, as a list shows it."""

    id: str
    title: str
    date: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """One of several documents in the file."""

    title: str
    type: str
    line: int


@dataclass(frozen=True, slots=True)
class CitedView:
    """One citation: as written, its line, and the document here that it cites, if any."""

    as_written: str
    line: int
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
    strip: tuple[str, ...]
    level: str
    facts: tuple[Fact, ...]
    addressees: tuple[tuple[str, str, str], ...]
    """name, role, precedence"""
    parts: tuple[PartView, ...]
    cites: tuple[CitedView, ...]
    cited_by: tuple[Entry, ...]
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
    citation: str
    withheld: int
    file: str
    sha256: str
    lines: int


_LABELS = {
    "type": "Type",
    "number": "Number",
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
_MOST_RELATED = 5
_MOST_INFO = 4
_EXTENTS = {"full": "in full", "part": "in part", "denied": "denied in full"}


def document_view(edited: Edited, neighbors: Neighbors, site: str) -> DocumentView:
    """Return the view of one document. `site` is the name of the edition, as the citation gives it."""
    document = edited.document
    before, after = neighbors.before(edited), neighbors.after(edited)
    return DocumentView(
        id=edited.id,
        title=edited.title,
        kind=str(edited.fields["type"].value),
        date=date_of(edited),
        senders=names_of(edited, "from"),
        receivers=names_of(edited, "to"),
        strip=tuple(_strip(edited)),
        level=level_of(edited),
        facts=tuple(_facts(edited)),
        addressees=tuple((a.name, a.role, a.precedence or "") for a in document.addressees),
        parts=tuple(PartView(part.title, part.type, part.lines[0]) for part in document.parts),
        cites=tuple(
            CitedView(
                " ".join(c.reference.as_written.split()),
                document.text.line_at(c.reference.span.start).number,
                entry(neighbors.by_id[c.document]) if c.document else None,
            )
            for c in edited.citations
        ),
        cited_by=tuple(entry(each) for each in neighbors.edition.cited_by.get(edited.id, ())),
        related=tuple(_related(edited, neighbors)),
        before=entry(before) if before else None,
        after=entry(after) if after else None,
        emendations=tuple(
            EmendationView(document.text.line_at(e.span.start).number, " ".join(e.old.split()), e.new, e.note)
            for e in edited.annotation.emendations
        ),
        annotation=edited.annotation.file,
        annotated=edited.annotation.there,
        problems=tuple(p.message for p in neighbors.problems_of(edited)),
        citation=_citation(edited, site),
        withheld=len(document.redactions),
        file=document.source.file,
        sha256=document.source.sha256,
        lines=len(document.text.lines),
    )


def entry(edited: Edited, why: str = "") -> Entry:
    """Return a document as a list shows it."""
    return Entry(edited.id, edited.title, date_of(edited), why)


def _strip(edited: Edited) -> Iterator[str]:
    """Yield what the text itself shows of secrecy and release, in words, and no more (design, "The document page")."""
    fields = edited.fields
    level = level_of(edited)
    if level == "unmarked":
        yield "No classification marking in this text"
    else:
        yield f"Marked {level.upper()}{_in_month(fields.get('date'))}"
    extent = fields.get("release.extent")
    if extent:
        released = "" if extent.value == "denied" else "released "
        under = _by(fields.get("release.authority"))
        yield f"{released}{_EXTENTS[str(extent.value)]}{under}{_on(fields.get('release.date'))}"
    withheld = len(edited.document.redactions)
    if withheld:
        yield f"{count(withheld, 'passage')} withheld at release"


def _in_month(date: Field | None) -> str:
    """Return the month of a date that the document itself bears."""
    return f", {in_words(str(date.value)[:7])}" if date is not None and date.origin is Origin.READ else ""


def _by(authority: Field | None) -> str:
    if authority is None:
        return ""
    words = str(authority.value)
    return (
        f" under {words}"
        if words.startswith("E.O.")
        else " by the Department of State"
        if "STATE" in words.upper()
        else f" by {words}"
    )


def _on(date: Field | None) -> str:
    return f", {in_words(str(date.value))}" if date else ""


def _facts(edited: Edited) -> Iterator[Fact]:
    text = edited.document.text
    for key, label in _LABELS.items():
        found = edited.fields.get(key)
        doubt = next((doubt for doubt in edited.doubts if doubt.key == key), None)
        if found is not None:
            line = text.line_at(found.span.start).number if found.span is not None else None
            yield Fact(
                label,
                _values(key, found),
                line,
                _note(key, found),
                found.origin is Origin.SUPPLIED and key not in _WHERE,
            )
        elif doubt is not None:
            line = text.line_at(doubt.span.start).number
            yield Fact(label, (), line, f"not settled: {doubt.reason}", supplied=False)
    for key, found in edited.fields.items():
        if key.startswith("record.") and found.span is not None:
            line = text.line_at(found.span.start).number
            label = f"Archive’s cover sheet: {key.removeprefix('record.').replace('_', ' ')}"
            yield Fact(label, _values(key, found), line, "", supplied=False)
    yield from _routing(edited)


def _routing(edited: Edited) -> Iterator[Fact]:
    """Yield how many office copies a telegram's routing lines list, and whether their own sum agrees."""
    listed = [label for label in edited.document.labels if label.kind is Kind.ROUTING and "copies" in label.detail]
    if listed:
        agrees = listed[-1].detail["agrees"] == "yes"
        note = "as the line’s own sum says" if agrees else "the line’s own sum differs, so a number is damaged"
        line = edited.document.text.line_at(listed[-1].span.start).number
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


_SHOWN: dict[str, Callable[[str], str]] = {
    "date": in_words,
    "release.date": in_words,
    "sent": lambda moment: f"{in_words(moment[:10])}, {moment[11:16]} UTC",
    "release.extent": lambda extent: _EXTENTS[extent],
    "type": str.capitalize,
    "classification": lambda level: "none in this text" if level == "unmarked" else level.upper(),
    "release.marking": str.upper,
    "precedence": str.upper,
}


def _note(key: str, found: Field) -> str:
    if key in _WHERE:
        return ""
    if found.origin is Origin.SUPPLIED:
        return "supplied by the editors" + (
            "; one of these days" if key == "date" and is_one_of(str(found.value)) else ""
        )
    if found.origin is Origin.EDITED:
        return "read by the editors"
    if found.origin is Origin.READ and found.certainty is Certainty.INFERRED:
        return "inferred"
    if found.origin is Origin.READ and found.certainty is Certainty.DAMAGED:
        return "from damaged words"
    return ""


def _related(edited: Edited, neighbors: Neighbors) -> Iterator[Entry]:
    """Yield the documents that name the most of the people, bodies and events that this one names."""
    for other, both in neighbors.related(edited, _MOST_RELATED):
        yield entry(other, f"both name {joined(both[:3])}")


def _citation(edited: Edited, site: str) -> str:
    """Return a citation after the usage for foreign affairs records: who to whom, what, when, how marked, where."""
    fields = edited.fields
    senders, receivers = names_of(edited, "from"), names_of(edited, "to")
    who = joined(senders) + (f" to {joined(receivers)}" if senders and receivers else "")
    number = f" {fields['number'].value}" if "number" in fields else ""
    what = f"{fields['type'].value}{number}"
    level = level_of(edited)
    pieces = [
        who,
        what if who else what.capitalize(),
        date_of(edited).lower() if "date" not in fields else date_of(edited),
        "" if level == "unmarked" else level.capitalize(),
        f"“{edited.title}”",
        str(fields["repository"].value) if "repository" in fields else "",
        site,
    ]
    return f"{', '.join(piece for piece in pieces if piece)}."
