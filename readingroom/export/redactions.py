"""Every passage that was withheld as a record: place, code, order, meaning, review, and the words around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readingroom.editorial.edition import Edited, Edition
from readingroom.export.tables import Cell, Table
from readingroom.model.document import Part, Redaction
from readingroom.page.around import around
from readingroom.recognize.redactions import meaning_of, order_of


@dataclass(frozen=True, slots=True)
class Withheld:
    """One redaction in the document that it stands in."""

    document: Edited
    redaction: Redaction
    anchor: str
    """of its record: `L25`; the second on that line `L25-2`; it holds as long as the seed's lines do"""

    @property
    def reviewed(self) -> str:
        """Return when the paper was last reviewed or released, in EDTF; empty where it does not say."""
        return self._release("date")

    @property
    def reviewer(self) -> str:
        """Return who reviewed it, as the release line has it; empty where it does not say."""
        return self._release("reviewer")

    @property
    def page(self) -> int | None:
        """Return the page of the paper on which the redaction stands; None where no page break is known."""
        starts = self.document.document.page_starts
        return 1 + sum(start <= self.redaction.span.start for start in starts if start) if starts else None

    @property
    def part(self) -> Part | None:
        """Return the paper in which it stands, where the file holds several; None where it holds one."""
        parts = self.document.document.parts
        return next((part for part in parts if part.lines[0] <= self.redaction.line <= part.lines[1]), None)

    def _release(self, key: str) -> str:
        found = self.document.fields.get(f"release.{key}")
        return str(found.value) if found else ""


def withheld_in(edited: Edited) -> Iterator[Withheld]:
    """Yield the redactions of one document, in order."""
    on_line: dict[int, int] = {}
    for redaction in edited.document.redactions:
        count = on_line[redaction.line] = on_line.get(redaction.line, 0) + 1
        yield Withheld(edited, redaction, f"L{redaction.line}-{count}" if count > 1 else f"L{redaction.line}")


def all_withheld(edition: Edition) -> tuple[Withheld, ...]:
    """Return every redaction of the edition, in order of its documents."""
    return tuple(each for edited in edition.documents for each in withheld_in(edited))


def _rows(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    yield from map(_row, all_withheld(edition))


def _row(each: Withheld) -> tuple[Cell, ...]:
    redaction = each.redaction
    beside = around(each.document.document, redaction.span)
    meanings = (meaning_of(code) for code in redaction.exemptions)
    return (
        each.document.id,
        redaction.id,
        redaction.line,
        redaction.exemptions,
        tuple(order_of(code) for code in redaction.exemptions),
        tuple(meaning[0] if meaning else "" for meaning in meanings),
        redaction.extent or "",
        each.reviewed,
        each.reviewer,
        beside.before.strip(),
        " ".join(redaction.as_written.split()),
        beside.after.strip(),
        f"withheld/documents/{each.document.id}/#{each.anchor}",
    )


REDACTIONS = Table(
    "redactions",
    "What is withheld",
    "a passage that a government withheld",
    {
        "document": "the document's id",
        "id": "the redaction's id in that document, in order from withheld-1",
        "line": "the line of the seed on which it stands",
        "codes": "the exemptions that stand in its place, in one spelling",
        "orders": "the order or act of each code, in the same order",
        "meanings": "what each code means, in the same order; empty where the edition has no sourced wording",
        "extent": "how much is withheld, where the text says so",
        "reviewed": "date of the review or release that the paper names, in EDTF",
        "reviewer": "who reviewed it, as the release line has it",
        "before": "the words before it",
        "as_written": "the mark that stands in its place",
        "after": "the words after it",
        "url": "address of its record, below the site's",
    },
    _rows,
)


def _gaps(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    for edited in edition.documents:
        for gap in edited.document.gaps:
            yield edited.id, gap.line, gap.reason, gap.as_written, f"documents/{edited.id}/#L{gap.line}"


GAPS = Table(
    "gaps",
    "What the text lacks though nobody withheld it",
    "a place that the transcription marks as illegible, garbled or not transcribed",
    {
        "document": "the document's id",
        "line": "the line of the seed on which it stands",
        "reason": "illegible, garbled, or not transcribed",
        "as_written": "the bracket that says so",
        "url": "address of its line, below the site's",
    },
    _gaps,
)
