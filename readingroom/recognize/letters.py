"""Letters and personal messages: delivery instruction, salutation, closing, signature with the signer's titles."""

from __future__ import annotations

import re

from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.sheet import Piece, Sheet

_SALUTATION = re.compile(r"(?:Dear|My dear)\s+(?P<name>[A-Z][\w.' -]{1,60}?)\s*[:,]$", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:Very |Yours )?(?:Sincerely|Respectfully|Truly|Faithfully)(?: yours)?"
    r"|(?:Best |Kind )?Regards|With best wishes)\s*[.,]?$",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(r"(?P<channel>[A-Z]+ CHANNEL) MESSAGE\b")
_NAME = re.compile(r"(?:/s/ |\(Signed\) )?(?P<name>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})")
_SCRIBBLE = re.compile(r"\W+[_~-].*$")
_SIGNATURE_LINES = 5


def recognize(sheet: Sheet) -> None:
    """Label the parts of letters; read `to` from the salutation and `from` from the signature, as inferences."""
    for piece in list(sheet.pieces()):
        if not sheet.whole(piece):
            continue
        if _INSTRUCTION.match(piece.words):
            _instruction(sheet, piece)
        elif match := _SALUTATION.match(piece.words):
            sheet.label(piece.span, Kind.SALUTATION)
            sheet.read("type", "letter", piece.span, rank=30)
            sheet.read(
                "to", (sheet.plain(piece.group(match, "name")),), piece.group(match, "name"), Certainty.INFERRED, 30
            )
        elif _CLOSING.match(piece.words):
            sheet.label(piece.span, Kind.CLOSING)
            _signature(sheet, piece)


def _instruction(sheet: Sheet, piece: Piece) -> None:
    """Label how a message is to be delivered: from its channel to the salutation or an empty line."""
    last = piece
    for line in sheet.lines[piece.number :]:
        if line.blank or not sheet.free(line) or _SALUTATION.match(line.words):
            break
        last = line
    match = _INSTRUCTION.match(piece.words)
    if match and sheet.label(piece.span.to(last.span), Kind.CHANNEL):
        sheet.read_words("handling", piece.group(match, "channel"))


def _signature(sheet: Sheet, closing: Piece) -> None:
    """Label the lines under a closing, up to an empty line, as signature; its first line is the signer's name."""
    first = sheet.next_inked(closing)
    if first is None or first.number - closing.number > _SIGNATURE_LINES or not sheet.free(first):
        return
    name = _NAME.match(first.words)
    if not name or len(first.words) > 60:  # longer lines are no signatures
        return
    last = first
    for line in sheet.lines[first.number : first.number + _SIGNATURE_LINES]:
        if line.blank or not sheet.free(line):
            break
        last = line
    certainty = Certainty.DAMAGED if _SCRIBBLE.search(first.words) else Certainty.EXACT
    sheet.label(first.span.to(last.span), Kind.SIGNATURE, certainty)
    sheet.read_words("signed", first.group(name, "name"), certainty)
    sheet.read("from", (sheet.plain(first.group(name, "name")),), first.group(name, "name"), Certainty.INFERRED, 30)
