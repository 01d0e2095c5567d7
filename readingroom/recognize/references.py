"""What the words cite: resolutions, orders, United Nations documents, telegrams; normalized only where certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_ITEM = re.compile(r"\(?\b(?P<letter>[A-Z1-9])\s?\)\s*|\b(?P<dotted>[A-Z])\.\s+")
_CITES = re.compile(r"\d")
"""What every citation has, and few lines."""
_MONTH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_NO_POST = (
    rf"(?!(?:(?:{_MONTH})[A-Z]*|PARAS?|PAGES?|SECTION|ITEM|TITLE|OF|AND|DATED"
    r"|TELE?CONS?|TELECOMS?|LETTER|MEMO|MSG|DTG)\b)"
)
_MESSAGE = re.compile(
    r"(?:(?P<year>\d\d)\s+)?"
    rf"(?P<post>{_NO_POST}[A-Z][A-Z.']*(?:\s{_NO_POST}[A-Z][A-Z.']*){{0,4}}?),?\s+0{{0,5}}(?P<number>\d{{1,6}})(?![\d-]|/\d(?!\d?$))"
)
_AIRGRAM = re.compile(r"(?:[A-Z][A-Z.']*\s){0,4}A-?\d{1,4}\b")
_SEPARATOR = re.compile(r"\s?[,;:&]\s?|\s(?P<joins>AND\s)")
_OF_DAY = re.compile(r"\s?\(?(?:OF |DATED |DTD )?[A-Z]{3,9}\.? \d{1,2}, ?(?:19)?(?P<year>\d\d)\b")

_FIRST_RESOLUTION, _LAST_RESOLUTION = 1946, 2026
_SILENT = frozenset({Kind.WITHHELD, Kind.STAMP, Kind.RELEASE, Kind.PAGE_LINE, Kind.ROUTING, Kind.ADDRESSES, Kind.HEAD})


def recognize(sheet: Sheet) -> None:
    """Record the citations in running text; stamps, redactions and address lines cite nothing."""
    missions = any(reading.key == "number" and ":" in reading.value for reading in sheet.readings)
    cited = {at for reference in sheet.references for at in range(reference.span.start, reference.span.end)}
    for line in sheet.lines:
        if not _CITES.search(line.words) or sheet.kind_of(line) in _SILENT:
            continue
        for match in _RESOLUTION.finditer(line.words):
            _cite(sheet, cited, line, match, _with_year(f"S/RES/{match['number']}", match["year"]))
        for match in _SYMBOL.finditer(line.words):
            symbol = _with_year(match["symbol"], match["year"]) if match["year"] else match[0]
            _cite(sheet, cited, line, match, symbol)
        for match in _UN_CABLE.finditer(line.words) if missions else ():
            _cite(sheet, cited, line, match, match[0])
        for match in _EXECUTIVE_ORDER.finditer(line.words):
            _cite(sheet, cited, line, match, f"E.O. {match['number']}")
    sheet.references.sort(key=lambda reference: reference.span)


def read_reference_line(sheet: Sheet, span: Span) -> None:
    """Record the items of a telegram's REF line; an item that is a message number is normalized, with its year if said.

    Letters part the items, and so does a comma, semicolon, colon or AND before a message number.
    """
    words = sheet.plain(span)
    cuts = [match for match in _ITEM.finditer(words) if match.start() == 0 or words[match.start() - 1] in " ,;:"]
    edges = [*(match.end() for match in cuts), len(words)] if cuts else [0, len(words)]
    stops = [*(match.start() for match in cuts[1:]), len(words)]
    for start, end in zip(edges[: len(stops)], stops, strict=True):
        for written in _items(words[start:end]):
            item = written.removeprefix("AND ")
            sheet.references.append(Reference(_place(sheet, span, item), written, _normalized(item)))


def _items(words: str) -> Iterator[str]:
    """Yield what is cited in words without letters, AND before it included; no comma of a date parts any."""
    parted = (
        match
        for match in _SEPARATOR.finditer(words)
        if ";" in match[0] or _MESSAGE.match(words, match.end()) or _AIRGRAM.match(words, match.end())
    )
    starts = [0, *(match.start("joins") if match["joins"] else match.end() for match in parted)]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        item = words[start:end].strip(" ,;:.&").removesuffix(" AND")
        if item:
            yield item


def _normalized(item: str) -> str | None:
    """Return `LA PAZ 8767`, or `78 LA PAZ 3489` where the item says its year; None for what is no message number."""
    message = _MESSAGE.match(item)
    if message is None:
        return None
    day = _OF_DAY.match(item, message.end())
    year = message["year"] or (day["year"] if day else None)
    post = " ".join(message["post"].split())
    return f"{year} {post} {int(message['number'])}" if year else f"{post} {int(message['number'])}"


def _place(sheet: Sheet, span: Span, item: str) -> Span:
    """Return where `item` stands in `span`; the whole span where line breaks or marks part its words."""
    at = sheet.text.content.find(item, span.start, span.end)
    return Span(at, at + len(item)) if at >= 0 else span


def _with_year(symbol: str, year: str | None) -> str | None:
    """Return `S/RES/872 (1993)`; None where the year is missing or cannot be one (domain, section 6)."""
    known = year is not None and _FIRST_RESOLUTION <= int(year) <= _LAST_RESOLUTION
    return f"{symbol} ({year})" if known else None


def _cite(sheet: Sheet, cited: set[int], line: Piece, match: re.Match[str], normalized: str | None) -> None:
    """Record a citation of which no character is `cited` already."""
    span = line.group(match)
    if cited.isdisjoint(range(span.start, span.end)):
        cited.update(range(span.start, span.end))
        sheet.references.append(Reference(span, " ".join(match[0].split()), normalized))
