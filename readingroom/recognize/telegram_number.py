"""A telegram's own number line: level, section, post and number, however OCR spaced or glued them.

`C O N F I D E N T I A L LA PAZ 5838`, `LIMITED OFFICIAL USE SECTION 1 OF 3 LA PAZ 2004/1`,
`CONFIDENTIALUSUN NEW YORK 001501` (domain, section 5, line 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import Hamming

from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.markings import CAVEATS, LEVELS
from readingroom.recognize.sheet import Piece, Sheet

_HEAD_LINES = 80
_LONGEST = 120
"""No number line is longer."""
_COUNTS = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"]
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_COUNTS)})"
_SECTION = rf"(?:FINAL )?SECTION (?:{_COUNT} )?(?:O[FN]|0F) {_COUNT}"
_WHICH_SECTION = re.compile(
    rf"\b(?P<final>FINAL )?SECTION (?:(?P<this>{_COUNT}) )?(?:O[FN]|0F) (?P<all>{_COUNT})\b"
    r"|^PAGE .{0,30}\s(?P<page_this>\d\d) OF (?P<page_all>\d\d)\b"
)
_CAVEAT = "|".join(map(re.escape, CAVEATS))
_QUALIFIED = rf"(?:(?:E ?F ?T ?O|FOUO|{_CAVEAT})\s+){{0,3}}"
_POST = r"[A-Z][A-Z'.-]*(?: [A-Z][A-Z'.-]*){0,4}?"
_NUMBER = re.compile(
    rf"\s*{_QUALIFIED}(?:{_SECTION}\s+)?(?P<number>(?P<post>{_POST})\s*(?P<serial>\d{{1,6}}))"
    r"(?:\s?/\s?\d{1,2})?(?![\w/])(?P<after>.*)$"
)
_AFTER = re.compile(rf"(?:[\s,./-]*(?:{_SECTION}|(?:TOSEC|SECTO) \d+|CORRECTED COPY|POSS DUPE|{_CAVEAT}))*[\s./]*$")
_FIGURE = re.compile(r"\d")
_SERIAL_ALONE = re.compile(r"\s+(?P<serial>\d{3,6})$")
_PAGE_LINE = re.compile(r"PAGE \d{2,3}\s*(?P<post>[A-Z][A-Z .'/-]{1,6}?)\s*(?P<serial>\d{4,6})")
_SHORTEST = 4
"""Fewer letters than this do not tell one post from another."""
_SHORTEST_POST = 3
"""No post has a shorter name: `IN 32958` is the number under which a message came in."""
_POST_CUT = 6
"""Page lines cut the post's name to so many characters, spaces counted."""


@dataclass(frozen=True, slots=True)
class _Bearing:
    """The post and serial that a page line gives; the message's own number should agree with them."""

    post: str
    serial: int

    def agrees(self, post: str, serial: int) -> bool:
        return self.serial == serial and self.shares_post(post)

    def shares_post(self, post: str) -> bool:
        """Return whether both name one post: `USUN` on a number line is `USUN N` on a page line."""
        cut = post[:_POST_CUT].strip()
        return len(cut) >= _SHORTEST and (self.post.startswith(cut) or cut.startswith(self.post))


def recognize_number(sheet: Sheet, first: int = 1) -> bool:
    """Label the number line from line `first` on, level and number each its own range; return whether there is one."""
    bearing = _bearing(sheet)
    return any(_read_number(sheet, piece, bearing) for piece in list(sheet.pieces(first, first + _HEAD_LINES)))


def read_section(sheet: Sheet) -> None:
    """Read `section`, `1 of 2`, from the number line, else from the first page line, of a message sent in several."""
    numbers = [label for label in sheet.of_kind(Kind.HEAD) if label.detail.get("field") == "number"]
    for label in (*numbers[:1], *sheet.of_kind(Kind.PAGE_LINE)[:1]):
        match = _WHICH_SECTION.search(sheet.plain(label.span))
        if match is None:
            continue
        last = _count(match["all"] or match["page_all"])
        this = _count(match["this"] or match["page_this"] or "") or (last if match["final"] else 0)
        if 0 < this <= last:
            sheet.read("section", f"{this} of {last}", label.span)
            return


def _count(written: str) -> int:
    """Return the number that figures or a word say; 0 for neither."""
    return int(written) if written.isdigit() else _COUNTS.index(written) + 1 if written in _COUNTS else 0


def level_at_start(words: str) -> tuple[str, int, Certainty] | None:
    """Return the level that a line begins with, where its letters end, and how sure; spaces and hyphens do not count.

    One letter may be misread in a level of six or more.
    """
    letters = words[:_WIDEST].replace(" ", "").replace("-", "")
    for word, level in _LONGEST_FIRST:
        if letters.startswith(word):
            return level, _end_of_letters(words, len(word)), Certainty.EXACT
    for word, level in _LONG_ONES:
        there = letters[: len(word)]
        if len(there) == len(word) and Hamming.distance(word, there, score_cutoff=1) == 1:
            return level, _end_of_letters(words, len(word)), Certainty.DAMAGED
    return None


def _end_of_letters(words: str, count: int) -> int:
    """Return where the first so many letters end."""
    inked = (at for at, letter in enumerate(words) if letter not in " -")
    return next(islice(inked, count - 1, None)) + 1


_LONGEST_FIRST = [(written.replace(" ", ""), LEVELS[written]) for written in sorted(LEVELS, key=len, reverse=True)]
_WIDEST = 2 * max(map(len, LEVELS))
"""characters that a spaced level takes at most"""
_LONG = 6
"""Levels of so many letters are still themselves with one misread."""
_LONG_ONES = [(word, level) for word, level in _LONGEST_FIRST if len(word) >= _LONG]


def _bearing(sheet: Sheet) -> _Bearing | None:
    label = next((label for label in sheet.labels if label.kind is Kind.PAGE_LINE), None)
    match = label and _PAGE_LINE.match(sheet.plain(label.span))
    return _Bearing(match["post"].strip(), int(match["serial"])) if match else None


def _read_number(sheet: Sheet, piece: Piece, bearing: _Bearing | None) -> bool:
    words = piece.words
    may_be = len(words) <= _LONGEST and words.isupper() and _FIGURE.search(words) is not None
    level = level_at_start(words) if may_be else None
    if level is None:
        return False
    name, end, certainty = level
    match = _NUMBER.match(words, end)
    if match is None or not _is_number_line(words, end, match, certainty, bearing):
        alone = _SERIAL_ALONE.match(words, end)
        if alone is None or bearing is None or bearing.serial != int(alone["serial"]):
            return False
        return _label(sheet, piece, name, end, certainty)
    if not _label(sheet, piece, name, end, certainty):
        return False
    agrees = bearing is None or bearing.serial == int(match["serial"])
    number = f"{match['post']} {match['serial']}"
    sheet.read("number", number, piece.group(match, "number"), Certainty.EXACT if agrees else Certainty.DAMAGED)
    for caveat in re.findall(_CAVEAT, f"{words[end : match.start('number')]} {match['after']}"):
        sheet.read("handling", caveat, piece.span)
    return True


def _is_number_line(words: str, end: int, match: re.Match[str], certainty: Certainty, bearing: _Bearing | None) -> bool:
    """Return whether the line is one: nothing else stands on it, or it agrees with the page line."""
    known = bearing is not None and bearing.agrees(match["post"], int(match["serial"]))
    if words[end : end + 1].isalpha() or certainty is not Certainty.EXACT:
        return known or (bearing is not None and bearing.shares_post(match["post"]))
    return known or (len(match["post"]) >= _SHORTEST_POST and _AFTER.match(match["after"]) is not None)


def _label(sheet: Sheet, piece: Piece, level: str, end: int, certainty: Certainty) -> bool:
    marking, rest = piece.at(0, end), piece.within(piece.at(end, len(piece.words)))
    if rest.start == marking.end:  # no label parts a word, so a glued level is the number's
        sheet.label(piece.span, Kind.HEAD, Certainty.DAMAGED, field="number")
    elif sheet.label(marking, Kind.MARKING, certainty, level=level):
        sheet.label(rest.span, Kind.HEAD, field="number")
    else:
        return False
    sheet.read("classification", level, marking, certainty)
    return True
