"""Pages of the whole collection: home, the table of documents, authority pages and their indexes, what is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readingroom.dates import earliest, in_words
from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited, Edition
from readingroom.model.document import Document, Redaction
from readingroom.model.labels import APART, Mark
from readingroom.model.text import Span
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.words import count, date_of, level_of, names_of
from readingroom.recognize.redactions import meaning_of

_AROUND = 90
"""Characters of the document's words shown on each side of a mention or a redaction."""
ON_HOME = 12
"""So many documents stand on the home page; the table has them all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document in the table. Context variable `rows`."""

    id: str
    title: str
    date: str
    sorted: str
    """first possible day, ISO; undated last"""
    kind: str
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    number: str
    level: str
    withheld: int


@dataclass(frozen=True, slots=True)
class Around:
    """Words of a document with what stands before and after, and the line that they are on."""

    line: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class NamedIn:
    """A document that names an authority, and where."""

    document: Entry
    places: tuple[Around, ...]


@dataclass(frozen=True, slots=True)
class AuthorityView:
    """One person, organization, place or event. Context variable `authority`."""

    id: str
    room: str
    name: str
    summary: str
    date: str
    aliases: tuple[str, ...]
    identifiers: tuple[tuple[str, str, str], ...]
    """scheme, value, address or empty"""
    named_in: tuple[NamedIn, ...]
    mentions: int
    sorted: str
    """first possible day of an event, ISO; undated last"""


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


@dataclass(frozen=True, slots=True)
class Summary:
    """The collection in figures. Context variable `collection`."""

    documents: int
    failed: tuple[tuple[str, str, str], ...]
    """id, file and problem of each seed that could not become a document"""
    withheld: int
    with_withheld: int
    lines: int
    annotated: int
    """documents with an annotation file"""
    notes: int
    emendations: int
    first: str
    last: str


_IDENTIFIERS = {"wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"), "viaf": ("VIAF", "https://viaf.org/viaf/")}


def rows(edition: Edition) -> tuple[Row, ...]:
    """Return the documents as rows, in order of date."""
    return tuple(_row(each) for each in edition.documents)


def _row(edited: Edited) -> Row:
    number = edited.fields.get("number")
    return Row(
        id=edited.id,
        title=edited.title,
        date=date_of(edited),
        sorted=earliest(edited.date).isoformat(),
        kind=str(edited.fields["type"].value),
        senders=names_of(edited, "from"),
        receivers=names_of(edited, "to"),
        number=str(number.value) if number else "",
        level=level_of(edited),
        withheld=len(edited.document.redactions),
    )


def summary(edition: Edition) -> Summary:
    """Return the collection in figures."""
    months = [f"{earliest(each.date):%Y-%m}" for each in edition.documents if each.date]
    return Summary(
        documents=len(edition.documents),
        failed=tuple((failure.id, failure.file, failure.problem.message) for failure in edition.failed),
        withheld=sum(len(each.document.redactions) for each in edition.documents),
        with_withheld=sum(bool(each.document.redactions) for each in edition.documents),
        lines=sum(len(each.document.text.lines) for each in edition.documents),
        annotated=sum(each.annotation.there for each in edition.documents),
        notes=sum(len(each.annotation.notes) for each in edition.documents),
        emendations=sum(len(each.annotation.emendations) for each in edition.documents),
        first=in_words(months[0]) if months else "",
        last=in_words(months[-1]) if months else "",
    )


def authority_view(authority: Authority, edition: Edition) -> AuthorityView:
    """Return one authority with every place where the documents name it."""
    named = [
        NamedIn(entry(each), tuple(_places(each, authority.id))) for each in edition.mentioned_in.get(authority.id, ())
    ]
    return AuthorityView(
        id=authority.id,
        room=authority.room,
        name=authority.name,
        summary=authority.summary,
        date=in_words(authority.date) if authority.date else "",
        aliases=authority.aliases,
        identifiers=tuple(_identifier(scheme, value) for scheme, value in authority.identifiers.items()),
        named_in=tuple(named),
        mentions=sum(len(each.places) for each in named),
        sorted=earliest(authority.date).isoformat(),
    )


def _identifier(scheme: str, value: str) -> tuple[str, str, str]:
    name, address = _IDENTIFIERS.get(scheme.lower(), (scheme, ""))
    return name, value, f"{address}{value}" if address else ""


def _places(edited: Edited, target: str) -> Iterator[Around]:
    for mention in edited.mentions:
        if mention.target == target:
            yield around(edited.document, mention.span)


def around(document: Document, span: Span) -> Around:
    """Return the words of `span` with those before and after, where what carries the page is left out."""
    signs = [mark.span for mark in document.marks if mark.mark is Mark.DELIMITER]
    apart = [label.span for label in document.labels if label.kind in APART and not label.span.overlaps(span)]
    hidden = [*signs, *apart]
    return Around(
        line=document.text.line_at(span.start).number,
        before=_cut_left(_shown(document, Span(max(0, span.start - 2 * _AROUND), span.start), hidden)),
        words=_shown(document, span, signs).strip(),
        after=_cut_right(_shown(document, Span(span.end, span.end + 2 * _AROUND), hidden)),
    )


def _shown(document: Document, span: Span, hidden: Iterable[Span]) -> str:
    """Return the words of `span` less what is hidden, white space folded, outer spaces kept as one."""
    spans = [each for each in hidden if each.overlaps(span)]
    content = document.text.content
    kept = "".join(
        content[at] if not any(each.start <= at < each.end for each in spans) else " " if content[at].isspace() else ""
        for at in range(span.start, min(span.end, len(content)))
    )
    folded = " ".join(kept.split())
    return f"{' ' * kept[:1].isspace()}{folded}{' ' * (kept[-1:].isspace() and bool(folded))}"


def _cut_left(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return "… " + words[-_AROUND:].partition(" ")[2]


def _cut_right(words: str) -> str:
    if len(words) <= _AROUND:
        return words
    return words[:_AROUND].rpartition(" ")[0] + " …"


_NO_CODE = "No code given"
"""Where an edition's bracket says that words are withheld, and not why."""


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
