"""What a recognizer may say of a range: the kind of thing it is, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from readingroom.model.text import Span

Value = str | tuple[str, ...]
"""What a label or a reading says: words, or a list of them."""

_NOTHING: Mapping[str, str] = {}


class Certainty(StrEnum):
    """How a label was come by (domain, section 9)."""

    EXACT = "exact"
    """a closed pattern matched to the letter"""
    DAMAGED = "damaged"
    """the pattern matched after allowing for OCR's misreadings"""
    INFERRED = "inferred"
    """a heuristic: place, order or neighbors speak for it"""
    EDITOR = "editor"
    """an editor said so"""


class Kind(StrEnum):
    """The kinds of block a document is made of; the value is the word that stands in the page's Markdown."""

    TEXT = "text"
    """running text; what is not labelled otherwise"""
    ITEM = "item"
    """a numbered, lettered or ticked paragraph, with its own mark"""
    MARKING = "marking"
    """a classification marking on a line of its own: banner or caveat"""
    PORTION_MARK = "portion mark"
    """the level of one paragraph or, as a blanket mark, of all (5 FAH-1 H-246.2); no banner"""
    PAGE_LINE = "page line"
    """a telegram's page heading: page, post, number, time of handling"""
    PAGE_NUMBER = "page number"
    ARCHIVAL_MARK = "archival mark"
    """a box note, word-processing number or repository's photocopy stamp, not of the document's time"""
    STRAY_MARK = "stray mark"
    """a line of punctuation that OCR made of dirt or handwriting"""
    COVER_SHEET = "cover sheet"
    """a line of the form that an archive put before the document: not of the document's time, nor its words"""
    STAMP = "stamp"
    """a declassification stamp, or the duration line put on at classification"""
    RELEASE = "release line"
    """a release header: case, document number, date, extent, reviewer"""
    WITHHELD = "withheld"
    """the place of a redaction, marked by its exemption code"""
    LETTERHEAD = "letterhead"
    DATE_LINE = "date line"
    LOG_NUMBER = "log number"
    HEADING = "heading"
    CHANNEL = "channel"
    """how a message is to be delivered, or who may see it"""
    HEAD = "head"
    """one field of a document's head: to, from, subject, number …, named by `field`"""
    ROUTING = "routing"
    """a telegram's action and information offices with their copies"""
    HANDLING = "message handling"
    """message control number, precedence and date-time group"""
    ADDRESSES = "addresses"
    SALUTATION = "salutation"
    CLOSING = "closing"
    SIGNATURE = "signature"
    FORM = "form"
    """blanks to be filled in or ticked"""
    ATTACHMENT = "attachment"
    CLEARANCE = "clearance"
    """who drafted, concurred and cleared"""
    END = "end of message"


FURNITURE = frozenset({Kind.PAGE_LINE, Kind.PAGE_NUMBER, Kind.ARCHIVAL_MARK, Kind.STRAY_MARK})
"""What carries a page rather than the text: muted in the reading text, never hidden."""

APART = FURNITURE | {Kind.MARKING, Kind.STAMP, Kind.RELEASE, Kind.COVER_SHEET}
"""What may stand between the two halves of a sentence that a page break cut."""


class Mark(StrEnum):
    """OCR's own marks that are rendered, and the inner ranges of a line that a reader can follow."""

    BOLD = "bold"
    STRIKE = "strike"
    UNDERLINE = "underline"
    DELIMITER = "delimiter"
    """the characters of a mark itself: shown by what they do, not as themselves"""


class Label(NamedTuple):
    """This range is a block of this kind. `detail` holds what the kind calls for, e.g. a marking's level."""

    span: Span
    kind: Kind
    certainty: Certainty = Certainty.EXACT
    detail: Mapping[str, str] = _NOTHING


class OcrMark(NamedTuple):
    """This range stands under, or is, one of OCR's own marks (`**x**`, `~~x~~`, `<u>x</u>`, a backslash, `- N.`)."""

    span: Span
    mark: Mark


class Reading(NamedTuple):
    """This value of `key` was read from these words. Of several readings of a key the lowest `rank` wins."""

    key: str
    value: Value
    span: Span
    certainty: Certainty = Certainty.EXACT
    rank: int = 0


class Doubt(NamedTuple):
    """The words for `key` were found but not settled; `reason` says what is wrong and what would settle it."""

    key: str
    span: Span
    reason: str
    unread: bool = False
    """whether nothing was read from these words: then others may settle it"""
