"""Levels that a form prints for somebody to tick: they say what could be chosen, not how secret the paper was.

CIA's routing sheets have them at top and foot, with INTERNAL USE ONLY between, and OCR reads them one under another or
side by side (domain, section 1.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import NamedTuple

from rapidfuzz.distance.Levenshtein import distance

from readingroom.data import table
from readingroom.model.labels import Certainty, Kind, Label
from readingroom.recognize.misreadings import folded, is_near
from readingroom.recognize.sheet import Piece, Sheet

_TABLE = table("markings")
_LEVELS: dict[str, str] = _TABLE["levels"]
_BETWEEN: tuple[str, ...] = tuple(_TABLE["choices"])
_BESIDE = re.compile("|".join(f"(?:{pattern})" for pattern in _TABLE["beside_choices"]), re.IGNORECASE)
_BOX = re.compile(r"(?:[☐☑☒□■]|\[\s?[xX]?\s?\]|\(\s\))\s*")
_LEVEL = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _LEVELS), key=len, reverse=True))})\b")
_FURTHER = re.compile(rf"\b(?:{'|'.join(_BETWEEN)}|FORM|USE|PREVIOUS|EDITIONS?)\b")
_NO_LETTERS = bytes(set(range(1 << 8)) - set(ascii_uppercase.encode()))
_PROSE = re.compile(r"[a-z]{2}")
_MOST = 3
"""So many different levels together are choices whatever stands beside them."""
_FEWER = 2
"""So many are, where a choice that is no level is among them, or the form's own words adjoin."""
_LONGEST = 120
_MOST_WORDS = 2
"""Words on a line of choices that are neither choices nor the form's."""
_LONGEST_LEVEL = 40
"""A level stands alone or nearly so, be its letters spaced."""
_SHORTEST = 4
"""So many letters of INTERNAL are left of it at least."""


class _Member(NamedTuple):
    """One line of a run of choices."""

    line: Piece
    level: str = ""
    printed: bool = False
    """a choice that is no level, or a box"""
    beside: bool = False
    """the form's own words"""


def label_choices(sheet: Sheet) -> None:
    """Make a form of the levels that are printed as choices, on one line or on neighboring ones."""
    for piece in list(sheet.terse(*_LEVELS)):
        if _side_by_side(piece.words) and sheet.whole(piece):
            sheet.label(piece.span, Kind.FORM, Certainty.EXACT if _BOX.search(piece.words) else Certainty.INFERRED)
    for run in _runs(sheet):
        levels = {member.level for member in run if member.level}
        helped = any(member.printed or member.beside for member in run)
        if len(levels) >= _MOST or (len(levels) >= _FEWER and helped):
            for member in run:
                if not member.beside:
                    _make_form(sheet, member.line)


def _side_by_side(words: str) -> bool:
    if len(words) > _LONGEST or _PROSE.search(words):
        return False
    found = {_LEVELS[level] for level in _LEVEL.findall(words)}
    if len(found) < _FEWER:
        return False
    rest = _FURTHER.sub(" ", _BOX.sub(" ", _LEVEL.sub(" ", words)))
    between = any(word in words for word in _BETWEEN)
    return len(found) >= (_FEWER if between else _MOST) and len(re.findall(r"[^\W\d_]+", rest)) <= _MOST_WORDS


def _runs(sheet: Sheet) -> Iterator[list[_Member]]:
    """Yield the runs of neighboring lines that are all choices or a form's own words, one a level at least.

    An empty line ends a run.
    """
    after = 0
    for line in sheet.lines:
        member = _member(sheet, line) if line.words and line.number > after and _level(sheet, line) else None
        if member is not None:
            above = list(_members(sheet, line, -1, after))
            run = [*reversed(above), member, *_members(sheet, line, 1, after)]
            after = run[-1].line.number
            yield run


def _members(sheet: Sheet, line: Piece, step: int, after: int) -> Iterator[_Member]:
    """Yield the members of a run on from a line, none at or above line `after`."""
    number = line.number + step
    while number > after and (near := sheet.at(number)) is not None and (member := _member(sheet, near)) is not None:
        yield member
        number += step


def _member(sheet: Sheet, line: Piece) -> _Member | None:
    if line.blank or len(line.words) > _LONGEST:
        return None
    level = _level(sheet, line)
    labels = sheet.labels_on(line)
    if labels:
        form = labels[0].kind is Kind.FORM
        return _Member(line, level, printed=form) if level or form else None
    if level:
        return _Member(line, level, printed=_BOX.match(line.words) is not None)
    if _BESIDE.search(line.words):
        return _Member(line, beside=True)
    return _Member(line, printed=True) if _between(_unboxed(line.words).strip(" .,:;")) else None


def _unboxed(words: str) -> str:
    """Return words in capitals, boxes to be ticked taken out."""
    if words.isascii() and "[" not in words and "(" not in words:
        return words.upper()
    return folded(_BOX.sub("", words)).upper()


def _level(sheet: Sheet, line: Piece) -> str:
    """Return the level that a line is, as a marking or damaged beyond one; empty for any other line."""
    labels = sheet.labels_on(line)
    if labels:
        return labels[0].detail.get("level", "") if labels[0].kind is Kind.MARKING and len(labels) == 1 else ""
    return _like_level(_unboxed(line.words)) if len(line.words) <= _LONGEST_LEVEL else ""


def _between(words: str) -> bool:
    """Return whether words are a choice that is no level, also one that has lost letters at an end."""
    if is_near(words, _BETWEEN, 1):
        return True
    return len(words) >= _SHORTEST and words in _BETWEEN[0]


def _like_level(words: str) -> str:
    """Return the level that OCR damaged beyond what makes a marking; among choices so much is told by its place."""
    letters = words.encode("ascii", "ignore").translate(None, _NO_LETTERS).decode()
    for level, most in _MISREAD.get(len(letters), ()):
        if distance(letters, level, score_cutoff=most) <= most:
            return _LEVELS[level]
    return ""


_MOST_WRONG = {"CONFIDENTIAL": 3, "UNCLASSIFIED": 3, "SECRET": 2}
_MISREAD = {
    length: tuple((level, most) for level, most in _MOST_WRONG.items() if abs(length - len(level)) <= most)
    for length in range(20)
}
"""How many letters of which levels may be wrong, by how many letters there are."""


def _make_form(sheet: Sheet, line: Piece) -> None:
    for label in sheet.labels_on(line):
        if label.kind is Kind.MARKING:
            sheet.relabel(label, Label(label.span, Kind.FORM, Certainty.INFERRED))
    for piece in sheet.free(line):
        sheet.label(piece.span, Kind.FORM, Certainty.INFERRED)
