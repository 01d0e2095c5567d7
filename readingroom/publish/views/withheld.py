"""The room of what is withheld: its figures, a list by exemption and one by document, a record for each passage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from readingroom.data import table
from readingroom.dates import earliest, in_words
from readingroom.editorial.edition import Edited, Edition
from readingroom.export.redactions import Withheld, all_withheld, withheld_in
from readingroom.model.document import Redaction
from readingroom.page.around import Around, around
from readingroom.publish.views.asking import Request, facts, originator, request
from readingroom.publish.views.collection import Summary, summary
from readingroom.publish.views.document import Entry, entry
from readingroom.publish.views.made import Made, split
from readingroom.publish.views.words import UNDATED, count
from readingroom.recognize.redactions import meaning_of, order_of

_ASKING = "withheld/asking.md"
_BY_DOCUMENT = "withheld/by-document.md"
_NO_CODE = "No code given"
"""Where an edition's bracket says that words are withheld, and not why."""
_NOT_SAID = "Not said"


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exemption, what it means and where that stands, and how much is withheld under it."""

    code: str
    slug: str
    order: str
    meaning: str
    """empty where no sourced wording is known"""
    source: str
    passages: int
    documents: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year, of the papers or of their review, and what is withheld in it."""

    year: str
    passages: int
    documents: int
    of: int
    """documents of that year, those with nothing withheld included; 0 where that is not asked"""


@dataclass(frozen=True, slots=True)
class GapKind:
    """One kind of gap in the text that nobody made by withholding."""

    reason: str
    meaning: str
    places: int
    documents: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One redaction with its context and its record."""

    document: Entry
    redaction: Redaction
    anchor: str
    around: Around
    page: int | None
    part: str
    """title of the paper in which it stands, where the file holds several"""
    codes: tuple[Exemption, ...]
    reviewed: str
    reviewer: str
    request: Request | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A document in which passages are withheld."""

    document: Entry
    passages: int
    codes: tuple[str, ...]
    extent: str
    reviewed: str


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the overview, how to ask, the lists by document and by exemption, and each document's records."""
    everything = all_withheld(edition)
    holders = [each for each in edition.documents if each.document.redactions]
    yield Made("withheld.md", "What is withheld", "withheld.html", partial(_overview, edition, everything))
    yield Made(_ASKING, "How to ask for what is withheld", "withheld-asking.html", lambda: {"law": facts()})
    yield from split(_BY_DOCUMENT, "Withheld, by document", "withheld-by-document.html", holders, _listed, _on)
    for code, passages in _by_code(everything).items():
        told = _exemption(code, passages)
        context = partial(_under, told)
        yield from split(
            exemption_uri(code),
            f"Withheld under {code}",
            "withheld-exemption.html",
            passages,
            context,
            partial(_on_passage, told),
        )
    for each in holders:
        title = f"Withheld in {each.title}"
        uri = f"withheld/documents/{each.id}.md"
        yield Made(uri, title, "withheld-document.html", partial(_records, each), partial(_on, each))


def _on(edited: Edited) -> object:
    return edited.id, edited.facts


def _on_passage(told: Exemption, each: Withheld) -> object:
    return told, each.anchor, _on(each.document)


def exemptions(edition: Edition) -> tuple[Exemption, ...]:
    """Return every exemption under which words are withheld here, most used first."""
    return tuple(_exemption(code, passages) for code, passages in _by_code(all_withheld(edition)).items())


def exemption_uri(code: str) -> str:
    """Return the address below docs of the page of an exemption: `withheld/by-exemption/eo-13526-1.4-d.md`."""
    return f"withheld/by-exemption/{_slug(code)}.md"


def _slug(code: str) -> str:
    parts = "".join(c if c.isalnum() or c == "." else " " for c in code.lower().replace("e.o.", "eo")).split()
    return "-".join(parts)


def _by_code(everything: Iterable[Withheld]) -> Mapping[str, Sequence[Withheld]]:
    found: defaultdict[str, list[Withheld]] = defaultdict(list)
    for each in everything:
        for code in dict.fromkeys(each.redaction.exemptions or (_NO_CODE,)):
            found[code].append(each)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _exemption(code: str, passages: Sequence[Withheld]) -> Exemption:
    meaning, source = meaning_of(code) or ("", "")
    order = "" if code == _NO_CODE else order_of(code)
    return Exemption(code, _slug(code), order, meaning, source, len(passages), _documents(passages))


def _documents(passages: Iterable[Withheld]) -> int:
    return len({each.document.id for each in passages})


def _overview(edition: Edition, everything: Sequence[Withheld]) -> Mapping[str, object]:
    figures = summary(edition)
    return {
        "exemptions": exemptions(edition),
        "years": tuple(_years(edition)),
        "reviews": tuple(_reviews(everything)),
        "gaps": tuple(_gaps(edition)),
        "share": share(figures),
    }


def share(figures: Summary) -> str:
    """Return which share of the documents has a passage withheld, in per cent: `20%`, `less than 1%`."""
    if not figures.with_withheld:
        return "none"
    percent = 100 * figures.with_withheld / figures.documents
    return "less than 1%" if percent < 1 else f"{percent:.0f}%"


def _years(edition: Edition) -> Iterator[Year]:
    """Yield the years of the papers in which something is withheld, in order; the undated last."""
    of, documents, passages = Counter[str](), Counter[str](), Counter[str]()
    for each in edition.documents:
        year = _year(each.date, UNDATED)
        of[year] += 1
        documents[year] += bool(each.document.redactions)
        passages[year] += len(each.document.redactions)
    for year in sorted(of, key=lambda year: (year == UNDATED, year)):
        if passages[year]:
            yield Year(year, passages[year], documents[year], of[year])


def _reviews(everything: Sequence[Withheld]) -> Iterator[Year]:
    """Yield the years in which what is withheld was reviewed, in order; last what does not say."""
    found: defaultdict[str, list[Withheld]] = defaultdict(list)
    for each in everything:
        found[_year(each.reviewed, _NOT_SAID)].append(each)
    for year in sorted(found, key=lambda year: (year == _NOT_SAID, year)):
        yield Year(year, len(found[year]), _documents(found[year]), 0)


def _year(date: str | None, otherwise: str) -> str:
    return f"{earliest(date).year:04d}" if date else otherwise


def _gaps(edition: Edition) -> Iterator[GapKind]:
    for reason, said in table("gaps").items():
        places = [sum(gap.reason == reason for gap in each.document.gaps) for each in edition.documents]
        yield GapKind(reason, said["meaning"], sum(places), sum(map(bool, places)))


def _listed(documents: Sequence[Edited]) -> Mapping[str, object]:
    return {"holders": tuple(map(_holder, documents))}


def _holder(edited: Edited) -> Holder:
    passages = tuple(withheld_in(edited))
    extent = edited.fields.get("release.extent")
    return Holder(
        entry(edited),
        len(passages),
        tuple(_by_code(passages)),
        str(extent.value) if extent else "",
        in_words(passages[0].reviewed) if passages[0].reviewed else "",
    )


def _under(exemption: Exemption, passages: Sequence[Withheld]) -> Mapping[str, object]:
    return {"exemption": exemption, "passages": tuple(map(passage, passages))}


def _records(edited: Edited) -> Mapping[str, object]:
    extent = edited.fields.get("release.as_written")
    return {
        "document": entry(edited),
        "passages": tuple(map(passage, withheld_in(edited))),
        "originator": originator(edited),
        "as_released": str(extent.value) if extent else "",
        "gaps": edited.document.gaps,
        "law": facts(),
    }


def passage(each: Withheld) -> Passage:
    """Return one redaction as a reader is shown it."""
    return Passage(
        document=entry(each.document),
        redaction=each.redaction,
        anchor=each.anchor,
        around=around(each.document.document, each.redaction.span),
        page=each.page,
        part=each.part.title if each.part else "",
        codes=tuple(_exemption(code, (each,)) for code in each.redaction.exemptions),
        reviewed=in_words(each.reviewed) if each.reviewed else "",
        reviewer=each.reviewer,
        request=request(each),
    )


def withheld_in_words(figures: Summary) -> str:
    """Return `two passages are withheld in one document`; for none, that none is marked as withheld."""
    if not figures.withheld:
        return "No passage is marked as withheld"
    verb = "is" if figures.withheld == 1 else "are"
    words = f"{count(figures.withheld, 'passage')} {verb} withheld in {count(figures.with_withheld, 'document')}"
    return words[0].upper() + words[1:]
