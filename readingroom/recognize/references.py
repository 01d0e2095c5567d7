"""What the words cite: resolutions, orders, United Nations documents, telegrams; normalized only where certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readingroom.model.document import Reference
from readingroom.model.labels import Kind, Label
from readingroom.model.text import Disjoint, Span
from readingroom.recognize.first_look import FIGURE
from readingroom.recognize.message_numbers import further_numbers, messages_in, normalized, year_said
from readingroom.recognize.pointers import SIGNS, point
from readingroom.recognize.sheet import Piece, Sheet

_RESOLUTION = re.compile(r"\bresolution\s+(?P<number>\d{3,4})(?:\s*\((?P<year>\d{4})\))?", re.IGNORECASE)
_SYMBOL = re.compile(
    r"\b(?P<symbol>[SA]/(?:RES/\d+(?:/\d+)?|PV\.\d+|(?:19|20)\d\d/\d+|\d{5})\b)(?:\s?\((?P<year>\d{4})\))?"
)
_UN_CABLE = re.compile(r"\b(?:[A-Z]{3}-\d{1,4}|[A-Z]{4,8}: \d{1,4})\b(?![-\d])")
_EXECUTIVE_ORDER = re.compile(r"\b(?:E\.\s?O\.|Executive Order)\s?(?P<number>1\d{4})\b")
_ITEM = re.compile(r"\(?\b(?P<letter>[A-Z1-9])\s?\)\s*|\b(?P<dotted>[A-Z])\.\s+")
_MONTH = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_NO_POST = (
    rf"(?!(?:(?:{_MONTH})[A-Z]*|PARAS?|PAGES?|SECTION|ITEM|TITLE|OF|AND|DATED"
    r"|TELE?CONS?|TELECOMS?|LETTER|MEMO|MSG|DTG)\b)"
)
_MESSAGE = re.compile(
    r"(?:(?P<year>\d\d)\s+)?"
    rf"(?P<post>{_NO_POST}[A-Z][A-Z.']*(?:\s{_NO_POST}[A-Z][A-Z.']*){{0,4}}?),?\s+0{{0,5}}(?P<number>\d{{1,6}})(?![\dZ-]|/\d(?!\d?$))"
)
_AIRGRAM = re.compile(r"(?:[A-Z][A-Z.']*\s){0,4}A-?\d{1,4}\b")
_SEPARATOR = re.compile(r"\s?[,;:&]\s?|\s(?P<joins>AND\s)")

_FIRST_RESOLUTION, _LAST_RESOLUTION = 1946, 2026
_SILENT = frozenset({Kind.WITHHELD, Kind.STAMP, Kind.RELEASE, Kind.PAGE_LINE, Kind.ROUTING, Kind.ADDRESSES})


def recognize(sheet: Sheet) -> None:
    """Record the citations in running text; stamps, redactions and address lines cite nothing."""
    if sheet.references:
        point(sheet, (line for line in sheet.lines_with(*SIGNS) if not _begins_silent(sheet, line)))
    written_on, own = _read_value(sheet, "date"), re.sub(r" 0+", " ", _read_value(sheet, "number"))
    stations = not sheet.of_kind(Kind.HANDLING)
    of_the_un = _UN_CABLE.match(own)
    cite = _Citing(sheet)
    resolutions = sheet.says("RESOLUTION")
    for line in sheet.lines_with(FIGURE):
        if _begins_silent(sheet, line):
            continue
        for match in _RESOLUTION.finditer(line.words) if resolutions else ():
            cite(line.group(match), _with_year(f"S/RES/{match['number']}", match["year"]))
        for match in _SYMBOL.finditer(line.words) if "/" in line.words else ():
            cite(line.group(match), _with_year(match["symbol"], match["year"]) if match["year"] else match[0])
        for match in _UN_CABLE.finditer(line.words) if of_the_un else ():
            cite(line.group(match), match[0])
        for match in _EXECUTIVE_ORDER.finditer(line.words) if "O." in line.words or "Order" in line.words else ():
            cite(line.group(match), f"E.O. {match['number']}")
        for cited in messages_in(line.words, written_on, stations=stations):
            span = line.at(cited.start, cited.end)
            if cited.normalized != own and not _silent(sheet, line, span):
                cite(span, cited.normalized)
    sheet.references.sort(key=lambda reference: reference.span)


def read_reference_line(sheet: Sheet, span: Span) -> None:
    """Record the items of a telegram's REF line; an item that is a message number is normalized, with its year if said.

    Letters part the items, and so does a comma, semicolon, colon or AND before a message number.
    """
    words, written_on = sheet.plain(span), _read_value(sheet, "date")
    cuts = [match for match in _ITEM.finditer(words) if match.start() == 0 or words[match.start() - 1] in " ,;:"]
    edges = [*(match.end() for match in cuts), len(words)] if cuts else [0, len(words)]
    stops = [*(match.start() for match in cuts[1:]), len(words)]
    letters = [match["letter"] or match["dotted"] for match in cuts] or [""]
    for start, end, letter in zip(edges[: len(stops)], stops, letters, strict=True):
        for written in _items(words[start:end]):
            item = written.removeprefix("AND ")
            for place, cites in _messages(item, written_on):
                said = written if place == item else place
                sheet.references.append(Reference(_place(sheet, span, place), said, cites, letter))


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


def _messages(item: str, written_on: str) -> Iterator[tuple[str, str | None]]:
    """Yield what an item cites, words and number of each: numbers may share a post, and what is no message has none."""
    message = _MESSAGE.match(item)
    if message is None:
        yield item, None
        return
    year = message["year"] or year_said(item, message.end(), written_on)
    yield item, normalized(message["post"], message["number"], year)
    for start, end, number in further_numbers(item, message.end()):
        yield item[start:end], normalized(message["post"], number, message["year"] or "")


def _place(sheet: Sheet, span: Span, item: str) -> Span:
    """Return where `item` stands in `span`; the whole span where line breaks or marks part its words."""
    at = sheet.text.content.find(item, span.start, span.end)
    return Span(at, at + len(item)) if at >= 0 else span


def _with_year(symbol: str, year: str | None) -> str | None:
    """Return `S/RES/872 (1993)`; None where the year is missing or cannot be one (domain, section 6)."""
    known = year is not None and _FIRST_RESOLUTION <= int(year) <= _LAST_RESOLUTION
    return f"{symbol} ({year})" if known else None


class _Citing:
    """Records citations, none over another."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._taken = Disjoint(reference.span for reference in sheet.references)

    def __call__(self, span: Span, cites: str | None) -> None:
        if self._taken.take(span):
            self._sheet.references.append(Reference(span, self._sheet.plain(span), cites))


def _begins_silent(sheet: Sheet, line: Piece) -> bool:
    labels = sheet.labels_on(line)
    return bool(labels) and _is_silent(labels[0])


def _silent(sheet: Sheet, line: Piece, span: Span) -> bool:
    return any(_is_silent(label) and label.span.overlaps(span) for label in sheet.labels_on(line))


def _is_silent(label: Label) -> bool:
    """Return whether words under a label cite nothing: of a head only the line of references does."""
    return label.kind in _SILENT or (label.kind is Kind.HEAD and label.detail.get("field") != "reference")


def _read_value(sheet: Sheet, key: str) -> str:
    """Return what was read of a key so far, the best of several; empty where nothing was."""
    read = [reading for reading in sheet.readings if reading.key == key]
    return str(min(read, key=lambda reading: reading.rank).value) if read else ""
