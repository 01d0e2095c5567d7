"""Who sends a telegram and to whom: the lines from FM to the number line, however many OCR made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from readingroom.data import table
from readingroom.model.document import Addressee
from readingroom.model.labels import APART, Kind
from readingroom.recognize.sheet import Piece, Sheet

_HEAD_LINES = 80
_PRECEDENCE = "|".join(table("precedence")["words"])
_ADDRESS_WORD = re.compile(
    r"(?:AM[A-Z]?EMB[A-Z]*|AMCONSUL|AMCONGEN|USMISSION|USINT|USLO|USDEL|USOFFICE|SECSTATE|SECDEF|JCS|(?:US)?CIN[A-Z]+"
    r"|USUN|USNATO|DIA|CIA|NSC|USIA|USICA|USINFO|HQ ?[A-Z]+|USEUCOM|USDOC|USDA|DEPT?|WHITE|RU[A-Z]{2,5}|DEPARTMENT"
    r"|TREASURY|JOINT|FBI|DEA)\b"
)
_LEAD = re.compile(r"(?P<role>FM|FROM(?=:)|TO|INFO|XMT)(?::\s*|\s+|$)")
_NUMBER_LINE = re.compile(r"[A-Z]{3,12} \d{3,6}$")
_BREAK = re.compile(r"BT$")
"""What parts a message's head from its text in ACP 127, the military's format (domain, section 5, line 19)."""
_MISREAD = re.compile(rf"(?P<role>F[A-Z]?|.M|E[MN])\s+(?={_ADDRESS_WORD.pattern})")
"""FM with a letter misread or lost, before an address."""
_ENDING = re.compile(rf"(?:\s|(?<=/))(?P<precedence>{_PRECEDENCE})(?:\s+(?P<running>\d{{1,6}}))?(?=\s|$)")
_RUNNING = re.compile(r"\s\d{1,6}$")
_BEFORE = frozenset({"FM", "TO", "INFO", "XMT", "US", "U.S."})
_ROLES = {"FM": "from", "FROM": "from", "TO": "action", "INFO": "info", "XMT": "exempt"}


def recognize_addresses(sheet: Sheet) -> None:
    """Label the address lines and read who is addressed; those after XMT are not to get the message."""
    block = _block(sheet, 1)
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


def label_addresses(sheet: Sheet, first: int) -> None:
    """Label the address lines below line `first`, where a later section of the same message repeats them."""
    for piece in _block(sheet, first):
        sheet.label(piece.span, Kind.ADDRESSES)


def _block(sheet: Sheet, first: int) -> list[Piece]:
    """Return the address lines. Over an empty line or a page break they go on with TO, INFO or an address word."""
    start = _start(sheet, first)
    if start is None:
        return []
    block, gap = [start], False
    for line in sheet.lines[start.number :]:
        labels = sheet.labels_on(line)
        if line.blank or (labels and all(label.kind in APART for label in labels)):
            gap = gap or line.blank or bool(labels)
            continue
        if _BREAK.match(line.words):
            sheet.label(line.span, Kind.HANDLING, field="break")
            break
        if gap and _NUMBER_LINE.match(line.words):
            break
        if labels or (gap and not (_LEAD.match(line.words) or _ADDRESS_WORD.match(line.words))):
            break
        block.append(line)
        gap = False
    return block


def _start(sheet: Sheet, first: int) -> Piece | None:
    """Return the line that begins with FM, or with FROM: over one with TO:, as on the military's forms.

    Where it is lost, that with TO, or a line above with FM misread.
    """
    pieces = list(sheet.pieces(first, first + _HEAD_LINES))
    sender = next((piece for piece in pieces if piece.words.startswith("FM ") or _on_a_form(sheet, piece)), None)
    if sender is not None:
        return sender
    addressed = next((p for p in pieces if p.words.startswith("TO ") and _ADDRESS_WORD.match(p.words[3:])), None)
    above = addressed and sheet.next_inked(addressed, -1)
    return above if above and sheet.free(above) and _MISREAD.match(above.words) else addressed


def _on_a_form(sheet: Sheet, piece: Piece) -> bool:
    below = sheet.next_inked(piece) if piece.words.startswith("FROM: ") else None
    return below is not None and below.words.startswith("TO: ")


def _address_line(sheet: Sheet, piece: Piece, role: str) -> str:
    """Read one address line, which may hold them all; return the role that the next line goes on with."""
    for start, end in _cuts(piece.words):
        lead = _LEAD.match(piece.words[start:end]) or (_MISREAD.match(piece.words[start:end]) if not start else None)
        if lead:
            role = _ROLES.get(lead["role"], "from")
        at = start + (lead.end() if lead else 0)
        if at < end and role != "exempt":
            _addressee(sheet, piece, at, end, role)
    return role


def _cuts(words: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of an address line, one addressee each.

    A new one begins at FM, TO and INFO, after a precedence, and at an address word that does not follow another
    (`USMISSION USUN NEW YORK` is one addressee).
    """
    starts = {0}
    starts |= {match.start() for match in re.finditer(r"(?<!\S)(?:TO|INFO|XMT)(?=\s)", words)}
    starts |= {match.end() + 1 for match in _ENDING.finditer(words) if match.end() < len(words)}
    previous, misread = "", _MISREAD.match(words)
    for match in re.finditer(r"\S+", words):
        follows = previous in _BEFORE or _ADDRESS_WORD.match(previous) or (misread and match.start() == misread.end())
        if _ADDRESS_WORD.match(match[0]) and not follows:
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
    name = (words[: ending.start()] if ending else _RUNNING.sub("", words)).rstrip()
    if not name:
        return
    span = piece.at(start, start + len(name))
    if role == "from":
        sheet.read("from", (name,), span)
    else:
        precedence = ending["precedence"].lower() if ending else None
        sheet.addressees.append(Addressee(name, role, precedence, span))
