"""From edition to search records: the documents' words with page furniture moved to the end, and the editors' words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypedDict

from readingroom.dates import earliest, in_words, latest
from readingroom.editorial.authority import Authority
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.glossary import Term
from readingroom.editorial.mentions import fold
from readingroom.export.records import Record, Scope
from readingroom.model.document import Body
from readingroom.model.labels import APART, Mark

_WITHHELD, _NOTHING_WITHHELD = "some", "none marked"
_KINDS = {"people": "person", "organizations": "organization", "places": "place", "events": "event"}
_LINK = re.compile(r"(?<!\\)\[([^\[\]\\]*+(?:\\.[^\[\]\\]*+)*)\]\([^()]*+\)")
_SIGNS = re.compile(r"[*_`#>]+|\{[^{}]*+\}")


def names_of(edition: Edition) -> Mapping[str, str]:
    """Return id of an authority page → its name."""
    return {authority.id: authority.name for authority in edition.authorities}


def of_editors(edition: Edition) -> Iterator[Record]:
    """Yield the records that belong to no document: of authority pages and glossary entries."""
    yield from map(_authority, edition.authorities)
    yield from map(_term, edition.terms)


def of_a_document(edited: Edited, names: Mapping[str, str]) -> Iterator[Record]:
    """Yield the record of a document, and those of what editors made of it and wrote on it: narrowed all alike.

    `names` are those of the authority pages, as `names_of` returns them.
    """
    facets = dict(_facets(edited, names))
    yield _document(edited, facets)
    corrected = _corrected(edited, facets)
    if corrected:
        yield corrected
    url = f"documents/{edited.id}/"
    annotation = edited.annotation
    if annotation.headnote:
        title = f"Headnote to {edited.title}"
        words = _editors_text(f"headnote/{edited.id}", url, title, "headnote", annotation.headnote)
        yield replace(words, facets=facets)
    for note in annotation.notes:
        title = f"Note {note.number} to {edited.title}"
        where = f"{url}#note-{note.number}"
        words = _editors_text(f"note/{edited.id}/{note.number}", where, title, "note", note.words)
        yield replace(words, facets=facets)


def variants(edition: Edition) -> tuple[tuple[str, ...], ...]:
    """Return the groups of names that mean one person, body, place or event: offered to a searcher, never added."""
    groups = ((authority.name, *authority.aliases) for authority in edition.authorities)
    return tuple(group for group in groups if len(group) > 1)


def _document(edited: Edited, facets: Mapping[str, tuple[str, ...]]) -> Record:
    text, furniture = _lines(edited.document.body)
    return Record(
        id=edited.id,
        scope=Scope.DOCUMENTS,
        url=f"documents/{edited.id}/",
        title=edited.title,
        kind=str(edited.fields["type"].value),
        lines=(*text, *furniture),
        furniture=len(text) if furniture else None,
        **_when(edited),
        facets=facets,
        withheld=len(edited.document.redactions),
    )


def _corrected(edited: Edited, facets: Mapping[str, tuple[str, ...]]) -> Record | None:
    """Return the lines of a document that its emendations change, as they are to be read; None without emendations."""
    text = edited.document.text
    read: dict[int, str] = {}
    for each in reversed(edited.annotation.emendations):
        first, last = text.line_at(each.span.start), text.line_at(max(each.span.start, each.span.end - 1))
        line = read.get(first.number, text[first.span])
        start = each.span.start - first.span.start
        rest = read.pop(last.number, text[last.span])[each.span.end - last.span.start :] if last != first else ""
        tail = rest or line[each.span.end - first.span.start :]
        read[first.number] = f"{line[:start]}{each.new}{tail}"
    if not read:
        return None
    return Record(
        id=f"corrected/{edited.id}",
        scope=Scope.CORRECTED,
        url=f"documents/{edited.id}/",
        title=edited.title,
        kind=str(edited.fields["type"].value),
        lines=tuple(sorted(read.items())),
        **_when(edited),
        facets=facets,
    )


class _When(TypedDict, total=False):
    date: str
    sorted: str
    last: str


def _when(edited: Edited) -> _When:
    """Return what a record says of the time: in words, the first possible day, and the last where it is another."""
    if not edited.date:
        return {}
    first, last = earliest(edited.date), latest(edited.date)
    when: _When = {"date": in_words(edited.date), "sorted": first.isoformat()}
    return {**when, "last": last.isoformat()} if last != first else when


_Lines = list[tuple[int, str]]


def _lines(body: Body) -> tuple[_Lines, _Lines]:
    """Return the lines of the text and, apart, those of what carries the page; OCR's own marks are taken off.

    Lines are cut at every edge of a label or mark; of what is cut off, white space alone begins no line.
    """
    turns: dict[int, _Lines] = {}
    text: _Lines = []
    apart: _Lines = []
    for (first, after), kind, _, _ in body.labels:
        turns[first] = apart if kind in APART else text
        turns[after] = text
    signs = {at for span, mark in body.marks if mark is Mark.DELIMITER for at in range(*span)}
    content = body.text.content
    edges = iter(sorted({*turns, *(at for span, _ in body.marks for at in span), len(content)}))
    kept, edge = text, next(edges)
    for number, (start, end) in enumerate(zip(body.text.starts, body.text.ends, strict=True), start=1):
        while start < end:
            while edge <= start:
                kept, edge = turns.get(edge, kept), next(edges)
            stop = end if end < edge else edge  # noqa: FURB136 - a call for every line of every document
            words = content[start:stop]
            if start in signs:
                pass
            elif kept and kept[-1][0] == number:
                kept[-1] = (number, kept[-1][1] + words)
            elif not words.isspace():
                kept.append((number, words))
            start = stop  # noqa: PLW2901 - the rest of the line
    return text, apart


def _facets(edited: Edited, names: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    fields = edited.fields
    yield from _of_papers(edited)
    yield "classification", (str(fields["classification"].value),)
    if "handling" in fields:
        yield "handling", tuple(fields["handling"].value)
    yield "withheld", (_WITHHELD if edited.document.redactions else _NOTHING_WITHHELD,)
    exemptions = sorted({code for redaction in edited.document.redactions for code in redaction.exemptions})
    if exemptions:
        yield "exemption", tuple(exemptions)
    for room in ("people", "organizations", "places"):
        found = sorted({names[m.target] for m in edited.mentions if m.target.startswith(f"{room}/")})
        if found:
            yield room, tuple(found)
    if "collection" in fields:
        yield "collection", (str(fields["collection"].value),)
    annotated = (("headnote", edited.annotation.headnote), ("notes", edited.annotation.notes))
    if any(words for _, words in annotated):
        yield "annotated", tuple(f"with {name}" for name, words in annotated if words)


def _of_papers(edited: Edited) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield year, type and names of the document and of every paper in its file, each value once.

    A routing sheet's names are of its way through the house: nobody wrote to anybody.
    """
    papers = (edited.fields, *(part.fields for part in edited.document.parts))
    letters = (edited.fields, *(part.fields for part in edited.document.parts if part.type != "form"))
    dates = [str(fields["date"].value) for fields in papers if "date" in fields]
    if dates:
        yield "year", tuple(dict.fromkeys(f"{earliest(date).year:04d}" for date in dates))
    yield "type", tuple(dict.fromkeys(str(fields["type"].value) for fields in papers))
    for key in ("from", "to"):
        found = [name for fields in letters if key in fields for name in fields[key].value]
        if found:
            yield key, tuple(dict.fromkeys(edited.named.get(fold(name), name) for name in found))


def _term(term: Term) -> Record:
    words = f"{', '.join(term.spellings)}\n{term.explanation}"
    return _editors_text(f"glossary/{term.anchor}", f"glossary/#{term.anchor}", term.spellings[0], "glossary", words)


def _authority(authority: Authority) -> Record:
    words = f"{authority.name}\n{authority.summary}\n{authority.body}"
    return _editors_text(authority.id, f"{authority.id}/", authority.name, _KINDS[authority.room], words)


def _editors_text(id_: str, url: str, title: str, kind: str, markdown: str) -> Record:
    words = _SIGNS.sub("", _LINK.sub(r"\1", markdown))
    lines = tuple((0, line) for line in words.split("\n") if line.strip())
    return Record(id=id_, scope=Scope.EDITORS, url=url, title=title, kind=kind, lines=lines)
