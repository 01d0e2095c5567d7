"""How far a value of a head goes: over which lines, and what ends it.

A value goes on over following lines, after an empty line only while it is unfinished; a label, a form's own words, a
stamp, the next paragraph or a line in another manner end it (domain, section 4).
"""

from __future__ import annotations

import re

from readingroom.recognize.dates import body_starts, dates_in
from readingroom.recognize.labelled_fields import BARE, NUMBERED, OTHER_LABEL, Field, between, labelled
from readingroom.recognize.markings import LEVELS, level_in
from readingroom.recognize.printed_words import beside_the_form, printed
from readingroom.recognize.sheet import Piece, Sheet

TO_NOBODY = re.compile(r"(?:THE )?(?:RECORD|FILES?)\b", re.IGNORECASE)
"""Whom a memorandum is for that is for nobody."""
KIND_LINE = re.compile(
    r"(?P<kind>(?:ACTION|INFORMATION|BRIEFING|DECISION|OFFICE)? ?MEMORANDUM)"
    rf"(?:\s+(?P<level>{'|'.join(map(re.escape, LEVELS))}))?(?:\s+(?P<office>[A-Z]{{1,3}}/[A-Z]{{1,3}}))?$"
)
"""A line such as INFORMATION MEMORANDUM CONFIDENTIAL S/S."""
STAMPED = re.compile(
    r"\b(?:classified (?:by\b|$)|declassi|declas\b|exempt from gds)"
    r"|^classified$|^\d{1,2}[-/]\d{1,2}[-/]\d\d\W?[A-Z\d/]{3,}$",
    re.IGNORECASE,
)
"""A classifier's stamp, which OCR reads among the lines beside it (domain, section 1.5)."""
_CITES = re.compile(r"Re(?:[A-Z]|ur|my|bu)[A-Za-z]+ |Re [A-Z]\w+ (?:letter|airtel|teletype|cable|memo)\b")
"""The Bureau's way to cite the letter that is answered, with which its texts begin."""
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
_MOSTLY = 0.8
"""So large a share of capitals are words in capitals."""
_LITTLE = frozenset({"of", "and", "the", "in", "on", "for", "to", "with", "from", "by", "re"})
"""Words with which no value ends."""
_LABEL_INSIDE = re.compile(r"[^(]*[:|]")
"""A colon outside brackets: what stands after it is not of the name before."""
_SUBJECT_LINE = re.compile(r"[A-Za-z]{4,}(?:/[A-Za-z-]{4,})+$")
"""How a dispatch's subject begins, its label lost: `Operational/REDCAP`; an office's symbols are shorter."""
SHORT = 60
"""A value that goes on after an empty line is shorter than this."""


def first_below(sheet: Sheet, field: Field, end: int) -> Piece | None:
    """Return the first line below a label that is not the form's own words, None where the value has ended before."""
    below = sheet.next_inked(field.piece)
    while below is not None and between(below):
        below = sheet.next_inked(below)
    return below if below is not None and below.start < end else None


def value_end(sheet: Sheet, field: Field) -> int:
    """Return where the value ends: it goes on over following lines, after an empty line only while it is unfinished."""
    last = field.piece
    words = field.value.words
    if field.piece.end != sheet.lines[field.piece.number - 1].end:
        return field.piece.end
    gap, most = False, _MOST_LINES.get(field.key, 1)
    if field.key == "to" and TO_NOBODY.match(words):
        return field.piece.end
    for line in sheet.lines[field.piece.number :]:
        if line.blank:
            gap = True
            continue
        if not words and between(line):
            last = line
            continue
        if most == 0 or not sheet.free(line) or ends_value(line):
            break
        if words and not _continues(field.key, words, line, gap=gap):
            break
        last, gap, words, most = line, False, f"{words} {line.words}".strip(), most - 1
    return last.end if last is not field.piece else field.piece.end


_MOST_LINES = {"subject": 8, "to": 3}
"""How many lines a value may have below its label's; of other fields one."""


def ends_value(line: Piece) -> bool:
    """Return whether a line is the next label, a form's own words, a paragraph or the body: no value goes on there."""
    return bool(
        labelled(line.words)[0]
        or BARE.match(line.words)
        or body_starts(line)
        or NUMBERED.match(line.words)
        or OTHER_LABEL.match(line.words)
        or printed(line.words)
        or beside_the_form(line.words)
        or STAMPED.search(line.words)
        or level_in(line.words.upper())
        or _CITES.match(line.words)
    )


def _continues(key: str, words: str, line: Piece, *, gap: bool) -> bool:
    if gap:
        alike = words.isupper() == line.words.isupper()
        return alike and _unfinished(words, line.words) and (key == "subject" or _of_a_name(line.words))
    if key == "subject":
        return len(line.words) <= 2 * SHORT and not _is_date(line.words) and not _other_hand(words, line.words)
    return _of_a_name(line.words)


def _other_hand(words: str, after: str) -> bool:
    """Return whether a line is none of a subject's: a sentence below capitals, or a word of capitals below others."""
    if sum(map(str.isupper, words)) > _MOSTLY * sum(map(str.isalpha, words)):
        return len(words) > SHORT // 4 and len(_SMALL_WORD.findall(after)) > 2  # words of a sentence
    return after.isupper() and after.isalpha() and words[-1].isalnum() and words.rsplit(maxsplit=1)[-1] not in _LITTLE


def _is_date(words: str) -> bool:
    return any(date.end - date.start >= len(words.rstrip(" .")) for date in dates_in(words))


def _of_a_name(words: str) -> bool:
    """Return whether a line may belong to who is named above it: a title, an office, a place; no date, no title."""
    return (
        len(words) < SHORT
        and words[-1] not in ".:;?!"
        and not dates_in(words)
        and not KIND_LINE.match(words)
        and words[0].isalpha()
        and not any(char.isdigit() for char in words)
        and not _LABEL_INSIDE.match(words)
        and not _SUBJECT_LINE.match(words)
        and all(word[0].isupper() or len(word) < 4 for word in re.findall(r"\w+", words))  # of, and, the
    )


def _unfinished(words: str, after: str) -> bool:
    """Return whether a value goes on after an empty line: no end mark yet; what follows is short and capitalized."""
    return (
        words[-1] not in ".?!:"
        and len(after) < SHORT
        and all(w[0].isupper() or len(w) < 4 for w in re.findall(r"\w+", after))
    )
