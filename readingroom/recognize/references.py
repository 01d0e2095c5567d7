"""What the words cite: resolutions, orders, United Nations documents, telegrams; normalized only where certain."""

from __future__ import annotations

import re

from readingroom.model.document import Reference
from readingroom.model.labels import Kind
from readingroom.model.text import Span
from readingroom.recognize.sheet import Piece, Sheet

_RESOLUTION = re.compile(r"\bresolution\s+(?P<number>\d{3,4})(?:\s*\((?P<year>\d{4})\))?", re.IGNORECASE)
_SYMBOL = re.compile(
    r"\b(?P<symbol>[SA]/(?:RES/\d+(?:/\d+)?|PV\.\d+|(?:19|20)\d\d/\d+|\d{5})\b)(?:\s?\((?P<year>\d{4})\))?"
)
_UN_CABLE = re.compile(r"\b(?P<mission>[A-Z]{3})-(?P<number>\d{1,4})\b(?![-\d])")
_EXECUTIVE_ORDER = re.compile(r"\b(?:E\.\s?O\.|Executive Order)\s?(?P<number>1\d{4})\b")
_ITEM = re.compile(r"\(?\b(?P<letter>[A-Z])\s?\)\s*|\b(?P<dotted>[A-Z])\.\s+")
_MESSAGE = re.compile(r"(?:(?P<year>\d\d)\s+)?(?P<post>[A-Z][A-Z ]*?[A-Z])\s+0*(?P<number>\d{1,6})$")

_FIRST_RESOLUTION, _LAST_RESOLUTION = 1946, 2026
_SILENT = frozenset({Kind.WITHHELD, Kind.STAMP, Kind.RELEASE, Kind.PAGE_LINE, Kind.ROUTING, Kind.ADDRESSES, Kind.HEAD})


def recognize(sheet: Sheet) -> None:
    """Record the citations in running text; stamps, redactions and address lines cite nothing."""
    for line in sheet.lines:
        if line.blank or sheet.kind_of(line) in _SILENT:
            continue
        for match in _RESOLUTION.finditer(line.words):
            _cite(sheet, line, match, _with_year(f"S/RES/{match['number']}", match["year"]))
        for match in _SYMBOL.finditer(line.words):
            _cite(sheet, line, match, _with_year(match["symbol"], match["year"]) if match["year"] else match[0])
        for match in _UN_CABLE.finditer(line.words):
            if any(reading.key == "number" and ":" in reading.value for reading in sheet.readings):
                _cite(sheet, line, match, match[0])
        for match in _EXECUTIVE_ORDER.finditer(line.words):
            _cite(sheet, line, match, f"E.O. {match['number']}")
    sheet.references.sort(key=lambda reference: reference.span)


def read_reference_line(sheet: Sheet, span: Span) -> None:
    """Record the items of a telegram's REF line; an item that is a message number is normalized."""
    words = sheet.plain(span)
    cuts = [match for match in _ITEM.finditer(words) if match.start() == 0 or words[match.start() - 1] in " ,;:"]
    edges = [*(match.end() for match in cuts), len(words)] if cuts else [0, len(words)]
    stops = [*(match.start() for match in cuts[1:]), len(words)]
    for start, end in zip(edges[: len(stops)], stops, strict=True):
        item = words[start:end].strip(" ,;:.")
        if item:
            message = _MESSAGE.match(item)
            year = f"{message['year']} " if message and message["year"] else ""
            normalized = f"{year}{message['post']} {int(message['number'])}" if message else None
            sheet.references.append(Reference(_place(sheet, span, item), item, normalized))


def _place(sheet: Sheet, span: Span, item: str) -> Span:
    """Return where `item` stands in `span`; the whole span where line breaks or marks part its words."""
    at = sheet.text.content.find(item, span.start, span.end)
    return Span(at, at + len(item)) if at >= 0 else span


def _with_year(symbol: str, year: str | None) -> str | None:
    """Return `S/RES/872 (1993)`; None where the year is missing or cannot be one (domain, section 6)."""
    known = year is not None and _FIRST_RESOLUTION <= int(year) <= _LAST_RESOLUTION
    return f"{symbol} ({year})" if known else None


def _cite(sheet: Sheet, line: Piece, match: re.Match[str], normalized: str | None) -> None:
    span = line.group(match)
    if not any(reference.span.overlaps(span) for reference in sheet.references):
        sheet.references.append(Reference(span, " ".join(match[0].split()), normalized))
