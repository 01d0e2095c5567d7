"""The head of a CIA message: FROM and TO with or without a colon, CONF and INFO, CITE with the number, and the day.

No telegram of the State Department: it has no address lines, and its date-time group stands behind the level
(domain, section 4).
"""

from __future__ import annotations

import re

from readingroom.model.labels import Certainty, Doubt, Kind
from readingroom.model.text import Span
from readingroom.recognize.dates import MONTHS, dates_in, edtf_of, full_year, stamped_dates_in
from readingroom.recognize.kinds import kind_said
from readingroom.recognize.misreadings import folded
from readingroom.recognize.plausible import Verdict, judged
from readingroom.recognize.sheet import Piece, Sheet

_HEAD_LINES = 60
_LONGEST = 250
"""Longer lines are of the body."""
_LABEL = re.compile(
    r"(?P<label>TO|FROM|FRCM|DATE|ORIG|UNIT|EXT|CONF|INFO|ACTION|PRECEDENCE|SLUGS)\b\s*(?P<colon>[:;.]?)\s*"
)
_UPPER = re.compile(r"[A-Z][A-Z0-9 ,./&()-]{2,60}$")
_PRECEDENCE = (
    r"(?=(?P<precedence>(?:(?:NIACT|PRIORITY|PRITY|[A-Z]{1,2}RITY|[A-Z]{2,3}ITY|IMMEDIATE|OPERATIONAL"
    r"|OPIM|OPIN|OPIMM|ROUTINE|RTN|FLASH|DEFERRED|RYBAT)\s++){0,3}))(?P=precedence)"
)
"""Taken whole: a lookahead gives nothing back."""
_POST = r"(?:DIRECTOR|[A-Z]{2,12}(?: (?!CITE|INFO)[A-Z]{3,12})?)"
_CITE = re.compile(
    rf"(?:.{{0,12}}?\b{_PRECEDENCE}(?P<to>[A-Z]{{3,12}}+(?:,? (?!INFO|CITE)[A-Z]{{3,12}}+){{0,6}})\s++)?"
    rf"(?:INFO\s?(?P<info>(?:(?!INFO)[A-Z ()]){{3,80}}?)(?<!\s)\s++)?"
    rf"CITE(?:\W{{1,3}}|(?=[A-Z]{{3,5}} \d{{4}}))(?P<post>{_POST})\b"
    r"\W{0,3}(?P<number>\d{3,6}(?!\d))?"
)
_SERIAL = re.compile(r"\d{4,6}$")
_GROUP = re.compile(r"(?:[A-Z-]{6,20}\s+)?(?P<day>\d\d)\d{4}\s?Z\s+(?P<month>[A-Z]{3})\s+(?P<year>\d\d)\b")
_RECEIVED = re.compile(r".{0,80}?\b(?P<date>\d{1,2}\s?[A-Z]{3,9}\s?\d\d)\s+IN\W?\s?\d{4,6}\b", re.IGNORECASE)
_BODY = re.compile(r"\W{0,2}1[.,]\s")
_TAIL = re.compile(r"(?<!\s)\s++(?:INFO|CITE|FILE IN|ROUTING|CLASSIFIED MESSAGE|FROM\s*:)\b.*$")
_HOME = "DIRECTOR"
"""The name under which headquarters sends."""
_END = "END OF MESSAGE"
_SENT_BY_HOME = re.compile(r"TO\W.{3,80}\bCITE D[A-Z]R\b")
"""How a message of headquarters begins, one letter of DIR perhaps misread."""
_FROM_HOME = re.compile(rf"FROM\s?:?\s?(?P<home>{_HOME})\W*$")


def recognize(sheet: Sheet) -> None:
    """Label the head of a message that is no State telegram, and read its fields; does nothing on other papers."""
    if sheet.of_kind(Kind.HANDLING) or not _is_message(sheet):
        return
    froms: list[Span] = []
    lines = [piece for piece in sheet.head(_HEAD_LINES) if len(piece.words) <= _LONGEST]
    for piece in lines:
        if _BODY.match(piece.words) and len(piece.words) > len("1. ") * 4:
            break
        _line(sheet, piece, froms)
    for piece in lines:
        _cite(sheet, piece)
    _two_senders(sheet, froms)
    _ends(sheet)
    _turned_round(sheet, lines)
    if not any(reading.key == "from" for reading in sheet.readings):
        _home_below(sheet)


def _ends(sheet: Sheet) -> None:
    for piece in sheet.bearing(_END):
        if piece.number >= sheet.begins and sheet.whole(piece) and piece.words.strip(" .*#-") == _END:
            sheet.label(piece.span, Kind.END)


def _turned_round(sheet: Sheet, lines: list[Piece]) -> None:
    """Leave open who sent a message to whom where its own line says headquarters did and its head says the reverse."""
    if not any(_SENT_BY_HOME.match(folded(piece.words)) for piece in lines):
        return
    to_home = [r for r in sheet.readings if r.key == "to" and sheet.plain(r.span).startswith(_HOME)]
    for reading in [r for r in sheet.readings if to_home and r.key in {"to", "from"}]:
        sheet.readings.remove(reading)
        sheet.doubts.append(Doubt(reading.key, reading.span, "the head and the line with CITE name different senders"))


def _home_below(sheet: Sheet) -> None:
    """Read headquarters as sender, as an inference, where OCR put the head's line that says so below the text."""
    for piece in sheet.bearing(_HOME):
        match = _FROM_HOME.match(piece.words) if piece.number >= sheet.begins else None
        if match and sheet.label(piece.span, Kind.HEAD, Certainty.INFERRED, field="from"):
            sheet.read("from", (_HOME,), piece.group(match, "home"), Certainty.INFERRED, 20)
            return


def _is_message(sheet: Sheet) -> bool:
    said = kind_said(sheet)
    return said is not None and said[1] == "cable"


def _line(sheet: Sheet, piece: Piece, froms: list[Span]) -> None:
    words = folded(piece.words)
    group, received = _GROUP.match(words), _RECEIVED.match(words)
    if group:
        _group(sheet, piece, group)
    elif received:
        for date in dates_in(received["date"])[:1]:
            sheet.read("date", date.edtf, piece.group(received, "date"), Certainty.INFERRED, rank=12)
    label = _LABEL.match(words)
    if label and (label["colon"] or _UPPER.match(words)) and words[label.end() :].strip():
        _field(sheet, piece, label, froms)


def _group(sheet: Sheet, piece: Piece, match: re.Match[str]) -> None:
    if match["month"].lower() not in MONTHS:
        return
    month = MONTHS.index(match["month"].lower()) + 1
    date = edtf_of(full_year(match["year"]), month, int(match["day"]))
    if date:
        sheet.read("date", date, piece.group(match))
        sheet.label(piece.span, Kind.HEAD, field="date")


def _field(sheet: Sheet, piece: Piece, label: re.Match[str], froms: list[Span]) -> None:
    rest = piece.words[label.end() :]
    tail = _TAIL.search(rest)
    end = label.end() + (tail.start() if tail else len(rest))
    name = label["label"].replace("FRCM", "FROM")
    key = {"TO": "to", "FROM": "from", "INFO": "info", "DATE": "date", "SLUGS": "slugs"}.get(name, "routing")
    if end <= label.end() or not (key != "date" or stamped_dates_in(rest)):
        return
    if key in {"to", "from"} and not re.search(r"[^\W\d]{3}", rest):
        return
    span = piece.at(label.end(), end)
    no_value = judged(key, sheet.plain(span))[0] is Verdict.NONE
    if (no_value and not label["colon"]) or not sheet.label(piece.span, Kind.HEAD, field=key) or no_value:
        return
    if key == "date":
        for date in stamped_dates_in(rest)[:1]:
            sheet.read("date", date.edtf, span, date.certainty, rank=10)
    elif key in {"to", "from"}:
        froms += [span] if key == "from" else []
        name_only = re.sub(rf"^{_PRECEDENCE}", "", sheet.plain(span)).strip(" .,:")
        if name_only:
            sheet.read(key, (name_only,), span, rank=2)
    elif key == "info":
        parted = map(str.strip, sheet.plain(span).strip(" .,").split(","))
        sheet.read("info", tuple(each for each in parted if each), span)


def _cite(sheet: Sheet, piece: Piece) -> None:
    """Read sender, addressee and number from the line with CITE, where the head above does not say them."""
    words = folded(piece.words)
    if "CITE" not in words:
        return
    match = _CITE.match(words) or _CITE.search(words)
    if match is None or (match["post"] != _HOME and match["post"] != "DIR" and not match["number"]):
        return
    number = match["number"] and piece.group(match, "number")
    below = sheet.next_inked(piece)
    if not number and below is not None and _SERIAL.match(below.words) and sheet.free(below):
        number = below.span
        sheet.label(below.span, Kind.HEAD, Certainty.INFERRED, field="number")
    if number:
        post = piece.group(match, "post")
        sheet.read("number", f"{match['post']} {sheet.plain(number)}", post, rank=5)
    sender = _HOME if match["post"] == "DIR" else match["post"]
    sheet.read("from", (sender,), piece.group(match, "post"), Certainty.INFERRED, 15)
    if match["to"]:
        sheet.read("to", (match["to"],), piece.group(match, "to"), Certainty.INFERRED, 15)
    sheet.label(piece.span, Kind.HEAD, field="number")


def _two_senders(sheet: Sheet, froms: list[Span]) -> None:
    """Read as addressee, with doubt, the other of two senders where one is headquarters and no TO is there."""
    has_to = any(reading.key == "to" and reading.rank <= 2 for reading in sheet.readings)  # a labelled one
    home = [span for span in froms if sheet.plain(span).strip(" ,.").startswith(_HOME)]
    others = [span for span in froms if span not in home]
    if has_to or not home or len(others) != 1:
        return
    sheet.readings[:] = [r for r in sheet.readings if not (r.key == "from" and r.span == others[0])]
    sheet.read("to", (sheet.plain(others[0]),), others[0], Certainty.INFERRED, 5)
