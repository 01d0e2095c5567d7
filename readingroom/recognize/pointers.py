"""REFTEL, REF A, (B) ABOVE: words that stand for an item of the telegram's own reference line (domain, section 5.3).

They are tied to it where there is exactly one, or where the letter names it. SEPTEL, another telegram that follows,
has no number yet and is tied to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from readingroom.model.document import Reference
from readingroom.model.labels import Doubt
from readingroom.recognize.sheet import Piece, Sheet

_LETTER = r"\(?[A-H]\)?(?![A-Z0-9'])"
_POINTER = re.compile(
    rf"\b(?P<telegram>REF ?TEL|REFERENCED? TEL(?:EGRAM)?)?(?(telegram)|(?:REF ?TELS|REFS?|REFERENCES?)\b)"
    rf"(?P<letters>\s?{_LETTER}(?:\s?(?:,|AND|&|/)\s?{_LETTER})*)?(?![A-Z0-9:])"
    r"|\((?P<above>[A-H])\) ABOVE\b"
)
_ONE_LETTER = re.compile(r"(?<![A-Z])[A-H](?![A-Z])")


SIGNS = ("REF", "ABOVE")
"""Of these every line with such words has one."""


def point(sheet: Sheet, lines: Iterable[Piece]) -> None:
    """Record, for the words of `lines`, the items that they stand for; where several could be meant, one Doubt."""
    items = list(sheet.references)
    lettered: defaultdict[str, list[Reference]] = defaultdict(list)
    for item in items:
        if item.letter:
            lettered[item.letter].append(item)
    for line in lines:
        for match in _POINTER.finditer(line.words):
            letters = list(_letters(match)) if lettered else []
            if letters:
                _by_letter(sheet, line, match, letters, lettered)
            elif match["telegram"]:
                _alone(sheet, line, match, items)


def _letters(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and letter of each item that is pointed to; the first takes the word before it along."""
    if match["above"]:
        yield match.start(), match.end(), match["above"]
    elif match["letters"]:
        for count, letter in enumerate(
            _ONE_LETTER.finditer(match.string, match.start("letters"), match.end("letters"))
        ):
            around = match.string[letter.start() - 1 : letter.end() + 1]
            closed = around[0] + around[-1] == "()"
            yield letter.start() - closed if count else match.start(), letter.end() + closed, letter[0]


def _by_letter(
    sheet: Sheet,
    line: Piece,
    match: re.Match[str],
    letters: list[tuple[int, int, str]],
    lettered: dict[str, list[Reference]],
) -> None:
    for start, end, letter in letters:
        named = lettered.get(letter, [])
        if len(named) == 1:
            _tie(sheet, line, start, end, named[0])
        else:
            _doubt(sheet, line, match, f"names an item {letter}, and the reference line has {len(named) or 'none'}")


def _alone(sheet: Sheet, line: Piece, match: re.Match[str], items: list[Reference]) -> None:
    if len(items) == 1:
        _tie(sheet, line, match.start(), match.end("telegram"), items[0])
    else:
        _doubt(sheet, line, match, f"may be any of {len(items)} references")


def _tie(sheet: Sheet, line: Piece, start: int, end: int, item: Reference) -> None:
    """Record what an item cites under the words that stand for it; one that is no message is not cited again."""
    if item.normalized:
        sheet.references.append(Reference(line.at(start, end), line.words[start:end], item.normalized))


def _doubt(sheet: Sheet, line: Piece, match: re.Match[str], why: str) -> None:
    if not any(doubt.key == "references" for doubt in sheet.doubts):
        sheet.doubts.append(Doubt("references", line.group(match), f"“{match[0].strip()}” {why}"))
