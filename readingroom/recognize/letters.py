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
_WORDS = ("CHANNEL MESSAGE", "DEAR", "SINCERELY", "RESPECTFULLY", "TRULY", "FAITHFULLY", "REGARDS", "BEST WISHES")
_NAME = re.compile(r"(?:/s/ |\(Signed\) )?(?P<name>[A-Z][\w.'-]*(?: [A-Z][\w.'-]*){0,4})")
_SCRIBBLE = re.compile(r"\W[_~-]")
_SIGNATURE_LINES = 5
_SIGNED = re.compile(
    r"(?:/s/ )?(?:[A-Z][\w\x27-]+|[A-Z]\.)(?: (?:[A-Z][\w\x27-]+|[A-Z]\.|de|von)){1,3}(?:, (?:Jr|Sr|III)\.?)?$"
)
_MIDDLE = re.compile(r"[A-Za-z] [A-Z]\. [A-Z]")
_OFFICE = re.compile(
    r"(?:(?:Acting |Deputy |Assistant )*(?:Chief|Director|Secretary|Counsel|General Counsel|Inspector|Chairman)\b"
    r"|A?D?C?/[A-Z]{2,}|[A-Z]{1,4}/[A-Z]{1,5}/)"
)
_END_SIGNS = tuple('.?!)"')
_SENTENCE_END = re.compile(r"[a-z)\]\d][.?!)\"]+\s*$")


def recognize(sheet: Sheet) -> None:
    """Label the parts of letters; read `to` from the salutation and `from` from the signature, as inferences."""
    for piece in list(sheet.bearing(*_WORDS)):
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
    _signed_below(sheet)


def _signed_below(sheet: Sheet) -> None:
    """Label the name under the last paragraph of a paper without a closing, and read it as sender, as an inference.

    A name alone is one of many; with an initial in its middle, or an office below it, it is a signature.
    """
    if sheet.of_kind(Kind.SIGNATURE):
        return
    ended = False
    for line in sheet.lines[sheet.begins - 1 :]:
        if line.blank or not sheet.free(line):
            continue
        if ended and sheet.whole(line) and _SIGNED.match(line.words):
            below = sheet.next_inked(line)
            office = below is not None and below.number == line.number + 1 and _OFFICE.match(below.words)
            if office or _MIDDLE.search(line.words):
                last = below if office and below is not None and sheet.free(below) else line
                if sheet.label(line.span.to(last.span), Kind.SIGNATURE, Certainty.INFERRED):
                    sheet.read_words("signed", line.span, Certainty.INFERRED, rank=30)
                    sheet.read("from", (sheet.plain(line.span),), line.span, Certainty.INFERRED, 30)
                return
        ended = _ends_sentence(line.words) or (ended and len(line.words) < len("SECRET") * 2)


def _ends_sentence(words: str) -> bool:
    return words.endswith(_END_SIGNS) and _SENTENCE_END.search(words) is not None


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
