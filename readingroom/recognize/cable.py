"""The anatomy of a telegram: routing, message handling, addresses, number line, order, TAGS, subject, references, end.

Domain, section 5. Where OCR ran several of these into one line, each still gets its own range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from readingroom.data import table
from readingroom.model.document import Addressee
from readingroom.model.labels import Certainty, Kind
from readingroom.model.text import Span
from readingroom.recognize.dates import MONTHS, edtf_of, full_year
from readingroom.recognize.markings import LEVELS, collapsed
from readingroom.recognize.references import read_reference_line
from readingroom.recognize.sheet import Piece, Sheet

_LEVEL = "|".join(sorted(map(re.escape, LEVELS), key=len, reverse=True))
_PRECEDENCE = "|".join(table("precedence")["words"])
_PROSIGNS: dict[str, str] = table("precedence")["prosigns"]

_ROUTING = re.compile(
    r"(?:ACTION|ORIGIN)\s+[A-Z]+-\d\d\b|INFO\s+(?:[A-Z]+-\d\d\b|LOG-)"
    r"|(?:[A-Z]+-\d\d\s+)+(?:/\d{3}|[A-Z]+-\d\d)"
)
_COPIES = re.compile(r"\b[A-Z]{1,5}-(\d\d)\b")
_SUM = re.compile(r"/\s?(\d{3})\s?[WR]\b")
_CONTROL = re.compile(r"-{5,}\s*(?P<mcn>[0-9A-Z]{6})(?:\s+(?P<time>\d{6}Z))?(?:\s*/\d\d)?")
_GROUP = re.compile(
    r"(?P<prosign>[ZOPR](?:\s[ZOPR])?)\s+(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<zone>[Z2])\s+(?P<month>[A-Z]{3})\s+(?P<year>\d\d)"
    r"(?:\s+Z[A-Z]{2}\d?(?:\s.*)?)?$"
)
_ADDRESS_WORD = re.compile(
    r"(?:AM[A-Z]?EMB[A-Z]*|AMCONSUL|AMCONGEN|USMISSION|USINT|USLO|USDEL|SECSTATE|SECDEF|JCS|CIN[A-Z]+|USUN|DIA|CIA|NSC|USIA|USICA"
    r"|HQ ?[A-Z]+|USEUCOM|USDOC|DEPT?|WHITE|RU[A-Z]{2,5}|DEPARTMENT|TREASURY|JOINT|FBI)\b"
)
_ENDING = re.compile(rf"\s*(?P<precedence>{_PRECEDENCE})(?:\s+(?P<running>\d{{1,6}}))?(?=\s|$)")
_RUNNING = re.compile(r"\s+\d{1,6}$")
_NUMBER_LINE = re.compile(
    rf"(?P<level>{_LEVEL})\s+(?:SECTION \d+ O[FN] \d+\s+)?"
    r"(?P<number>[A-Z][A-Z ]*? \d{1,6}(?:/\d)?)(?:\s+SECTION \d+ O[FN] \d+)?$"
)
_ORDER_LINE = re.compile(r"E\.?\s?[O0]\.?\s?\d{5}\s*[:;]?\s*(?P<value>.*)$")
_LABEL = re.compile(
    r"(?:^|(?<=\s))(?P<label>TAGS?|SUBJECT|SUBJ|[UX][SI]BJ|REFS?|REF\(S\)|REFERENCES?|EO|E\.\s?O\.\s?\d{5})\s*:(?=\s|$)"
)
_FIELDS = {"T": "tags", "S": "subject", "U": "subject", "X": "subject", "R": "reference", "E": "order"}
_SIGNATURE = re.compile(r"[A-Z][A-Z'-]{2,}(?: [A-Z][A-Z'-]+)?(?: ACTING)?$")
_END = re.compile(r"(?:N{3,4}|END OF MESSAGE|<< END OF DOCUMENT >>)$")


def recognize(sheet: Sheet) -> None:
    """Label a telegram's parts and read its fields; does nothing where the paper has no date-time group."""
    _number_line(sheet)
    _routing(sheet)
    if not _handling(sheet):
        return
    sheet.read("type", "cable", sheet.of_kind(Kind.HANDLING)[0].span, rank=0)
    _addresses(sheet)
    _head_fields(sheet)
    _foot(sheet)


def _routing(sheet: Sheet) -> None:
    pieces = [piece for piece in sheet.pieces(last=30) if _ROUTING.match(piece.words)]
    said = [total for piece in pieces if (total := _SUM.search(piece.words))]
    counted = sum(int(copies) for piece in pieces for copies in _COPIES.findall(piece.words))
    agrees = len(said) == 1 and int(said[0][1]) == counted
    certainty = Certainty.EXACT if agrees or not said else Certainty.DAMAGED
    detail = {"copies": str(counted), "agrees": "yes" if agrees else "no"} if said else {}
    for piece in pieces:
        sheet.label(piece.span, Kind.ROUTING, certainty, **detail)


def _handling(sheet: Sheet) -> bool:
    """Label control number and date-time group; read date, time and precedence; return whether there is a group."""
    found = False
    for piece in list(sheet.pieces(last=60)):
        control = _CONTROL.match(piece.words)
        if control:
            sheet.label(piece.group(control), Kind.HANDLING, field="control number")
            piece = piece.within(Span(piece.group(control).end, piece.span.end))  # noqa: PLW2901 - what is left of the line
        group = _GROUP.match(piece.words)
        sent = group and _sent(group)
        certainty = Certainty.EXACT if group and group["zone"] == "Z" else Certainty.DAMAGED
        if group and sent and sheet.label(piece.group(group), Kind.HANDLING, certainty, field="date-time group"):
            span = piece.group(group)
            sheet.read("date", sent[:10], span, certainty, rank=0)
            sheet.read("sent", sent, span, certainty)
            sheet.read("precedence", _PROSIGNS[group["prosign"][0]], piece.group(group, "prosign"), rank=10)
            found = True
    return found


def _sent(group: re.Match[str]) -> str | None:
    """Return the moment of a date-time group in UTC, `1994-04-08T10:37:00Z`; None for what is no moment."""
    month = group["month"].lower()
    if month not in MONTHS or int(group["hour"]) > 23 or int(group["minute"]) > 59:  # a day's clock
        return None
    day = edtf_of(full_year(group["year"]), MONTHS.index(month) + 1, int(group["day"]))
    return day and f"{day}T{group['hour']}:{group['minute']}:00Z"


def _addresses(sheet: Sheet) -> None:
    """Label the lines from FM to the first empty line or labelled one, and read who is addressed."""
    start = next((piece for piece in sheet.pieces(last=80) if piece.words.startswith("FM ")), None)
    if start is None:
        return
    block = [start]
    for line in sheet.lines[start.number :]:
        if line.blank or not sheet.free(line) or not sheet.whole(sheet.free(line)[0]):
            break
        block.append(line)
    role = "from"
    for piece in block:
        sheet.label(piece.span, Kind.ADDRESSES)
        role = _address_line(sheet, piece, role)
    for key, wanted in (("to", "action"), ("info", "info")):
        names = [addressee for addressee in sheet.addressees if addressee.role == wanted]
        if names:
            span = names[0].span.to(names[-1].span)
            sheet.read(key, tuple(addressee.name for addressee in names), span)
    lead = next((each for each in sheet.addressees if each.precedence and each.role == "action"), None)
    if lead:
        sheet.read("precedence", str(lead.precedence).lower(), lead.span)


def _address_line(sheet: Sheet, piece: Piece, role: str) -> str:
    """Read one address line, which may hold them all; return the role that the next line goes on with."""
    at = 0
    roles = {"FM": "from", "TO": "action", "INFO": "info"}
    for start, end in _cuts(piece.words):
        words = piece.words[start:end]
        lead = re.match(r"(FM|TO|INFO)(?:\s+|$)", words)
        if lead:
            role = roles[lead[1]]
        at = start + (lead.end() if lead else 0)
        if at < end:
            _addressee(sheet, piece, at, end, role)
    return role


def _cuts(words: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of an address line, one addressee each.

    A new one begins at FM, TO and INFO, after a precedence, and at an address word that does not follow another
    (`USMISSION USUN NEW YORK` is one addressee).
    """
    starts = {0}
    starts |= {match.start() for match in re.finditer(r"(?<!\S)(?:TO|INFO)(?=\s)", words)}
    starts |= {match.end() + 1 for match in _ENDING.finditer(words) if match.end() < len(words)}
    previous = ""
    for match in re.finditer(r"\S+", words):
        if _ADDRESS_WORD.match(match[0]) and not _ADDRESS_WORD.match(previous) and previous not in {"FM", "TO", "INFO"}:
            starts.add(match.start())
        previous = match[0]
    edges = [*sorted(starts), len(words)]
    for start, end in pairwise(edges):
        stretch = words[start:end].rstrip()
        if stretch:
            yield start, start + len(stretch)


def _addressee(sheet: Sheet, piece: Piece, start: int, end: int, role: str) -> None:
    words = piece.words[start:end]
    ending = next((match for match in _ENDING.finditer(words) if match.end() == len(words)), None)
    name = words[: ending.start()] if ending else _RUNNING.sub("", words)
    span = piece.at(start, start + len(name)) if name else None
    if span is None:
        return
    if role == "from":
        sheet.read("from", (name,), span)
    else:
        precedence = ending["precedence"].lower() if ending else None
        sheet.addressees.append(Addressee(name, role, precedence, span))


def _number_line(sheet: Sheet) -> None:
    """Label the message's own number line: level and number, each its own range."""
    for piece in sheet.pieces(last=80):
        words = collapsed(piece.words)
        match = _NUMBER_LINE.match(words)
        if not match or "PAGE" in words:
            continue
        shift = len(piece.words) - len(words)
        level = piece.at(0, match.end("level") + shift)
        number = piece.at(match.start("number") + shift, match.end("number") + shift)
        sheet.label(level, Kind.MARKING, level=LEVELS[match["level"]])
        sheet.label(piece.within(Span(level.end, piece.span.end)).span, Kind.HEAD, field="number")
        sheet.read("classification", LEVELS[match["level"]], level)
        sheet.read("number", match["number"], number)
        return


def _head_fields(sheet: Sheet) -> None:
    """Label order, TAGS, subject and reference lines, also where one line holds several of them."""
    for piece in list(sheet.pieces(last=120)):
        cuts = [match.start() for match in _LABEL.finditer(piece.words)]
        if not cuts or piece.words[: cuts[0]].strip():
            continue
        for start, end in zip(cuts, [*cuts[1:], len(piece.words)], strict=True):
            _head_field(sheet, piece.within(piece.at(start, end)))


def _head_field(sheet: Sheet, piece: Piece) -> None:
    label = _LABEL.match(piece.words)
    if label is None:
        return
    field = _FIELDS[label["label"][0]]
    span = _wrapped(sheet, piece) if field in {"subject", "reference", "tags"} else piece.span
    if not sheet.label(span, Kind.HEAD, field=field):
        return
    value = piece.within(Span(piece.group(label).end, piece.span.end))
    words = Span(value.span.start, span.end) if not value.blank else span
    if field == "order":
        _order(sheet, piece)
    elif value.blank and span == piece.span:
        return
    elif field == "tags":
        sheet.read("tags", tuple(_tags(sheet.plain(words))), words)
    elif field == "subject":
        sheet.read_words("subject", words)
    else:
        read_reference_line(sheet, words)


def _wrapped(sheet: Sheet, piece: Piece) -> Span:
    """Return the range of a field that may go on over the following lines, to an empty line or the next label."""
    if piece.span.end != sheet.lines[piece.number - 1].span.end:
        return piece.span
    end = piece.span
    for line in sheet.lines[piece.number :]:
        if line.blank or not sheet.free(line) or _LABEL.match(line.words) or re.match(r"\d{1,2}\.\s", line.words):
            break
        end = line.span
    return piece.span.to(end)


def _order(sheet: Sheet, piece: Piece) -> None:
    match = _ORDER_LINE.match(piece.words)
    until = match and re.search(r"OADR|\d{1,2}/\d{1,2}/\d{2,4}", match["value"])
    if match and until:
        start = match.start("value") + until.start()
        sheet.read_words("declassify_on", piece.at(start, start + len(until[0])), rank=1)


def _tags(words: str) -> Iterator[str]:
    """Yield the TAGS; a comma inside parentheses parts a name, not two TAGS (domain, section 5)."""
    for tag in re.split(r",\s*(?![^()]*\))", words):
        if tag.strip():
            yield tag.strip(" .")


def _foot(sheet: Sheet) -> None:
    """Label the end of the message, and above it the surname that signs it by rule."""
    for piece in sheet.pieces():
        if _END.match(piece.words):
            sheet.label(piece.span, Kind.END)
    last = next((p for p in reversed(list(sheet.pieces())) if sheet.whole(p)), None)
    if last is not None and _SIGNATURE.match(last.words):
        sheet.label(last.span, Kind.SIGNATURE, Certainty.INFERRED)
        sheet.read_words("signed", last.span)
