"""Classification markings: banners, struck banners, those that OCR ran into a line, and blanket portion marks.

The level on the document's own line is the original; a level that only the release wording shows is not
(domain, section 1).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Set as AbstractSet
from itertools import takewhile

from readingroom.data import table
from readingroom.model.document import Field
from readingroom.model.labels import Certainty, Kind, Label, Mark
from readingroom.recognize.choices import label_choices
from readingroom.recognize.durations import alone
from readingroom.recognize.misreadings import nearest
from readingroom.recognize.sheet import Piece, Sheet

_TABLE = table("markings")
LEVELS: dict[str, str] = _TABLE["levels"]
CAVEATS: tuple[str, ...] = tuple(_TABLE["caveats"])
_NOT_LEVELS = frozenset(_TABLE["not_levels"])

_WORDS = "|".join(sorted(map(re.escape, LEVELS), key=len, reverse=True))
_CAVEAT = "|".join(map(re.escape, CAVEATS))
_BANNER = re.compile(
    rf"(?:CLASSIFICATION\s?:\s?)?(?P<level>{_WORDS})(?P<caveats>(?:\s*+(?:[/,-]\s*+)?(?:{_CAVEAT}|POSS DUPE))*)\.?$"
)
_CAPTION = re.compile(rf"(?:{_CAVEAT})(?:\s*[/,]\s*(?:{_CAVEAT}))*/*$")
_AT_END = tuple(LEVELS)
_RUN_IN = re.compile(rf"\s(?P<level>{_WORDS})$")
_SENTENCE = re.compile(r".*[A-Z]{4}")
"""Before a banner that was run in stand words; a box, a number or a misread TOP is none."""
_BLANKET = re.compile(
    rf"(?P<number>\d{{1,2}}\.\s*)?\(?(?:(?P<level>{_WORDS}|C|S|TS|U|LOU)\s*+(?:-\s*+)?ENTIRE TEXT"
    rf"|ENTIRE TEXT\s+(?P<after>{_WORDS}))\.?\)?\.?$"
)
_SPACED = re.compile(r"(?:[A-Z][ -]){4,}[A-Z]\b")
_LETTER_ALONE = re.compile(r"[ -][A-Z][ -]")
"""What spaced capitals have in them, and few lines."""
_RUN_TOGETHER = {word.replace(" ", ""): word for word in LEVELS}
"""What the collapsing of spaced capitals makes of a level of several words."""
_TOP_MISREAD = re.compile(r"(?:[A-Z]OP|T[A-Z]P|TO[A-Z]) SECRET$")
_EDGE = " #*~_/-"
_SIGNS = (
    re.compile(
        rf"\n[{_EDGE}]*+(?:{'|'.join(sorted({level.split()[0] for level in LEVELS}))}|CLASSIFICATION|{_CAVEAT}"
        rf"|[A-Z]{{3}} S[E -]|[^ \n]*+ [A-Z][ -]|(?:[^ \n-]*+-)+[A-Z][ -]|[^ \n]{{5,28}}+[{_EDGE}]*+(?=\n))"
    ),
    "ENTIRE TEXT",
)
"""How every marking begins: with a word of a level or a caveat, spaced or not; or it is a word by itself."""
_LONGEST = 120
"""No marking is longer than this; running text is."""


def recognize(sheet: Sheet) -> None:
    """Label markings; read `classification`, and `release.marking` for a status that release added."""
    for piece in sheet.terse(*_SIGNS):
        if piece.words.isupper() and alone(sheet, piece):
            _whole_line(sheet, piece)
    label_choices(sheet)
    own = {label.detail.get("level") for label in sheet.of_kind(Kind.MARKING)}
    for piece in sheet.terse():
        if piece.words.endswith(_AT_END) and piece.words.isupper():
            _run_in(sheet, piece, own)
    _read_levels(sheet)


def level_in(words: str) -> tuple[str, Certainty, str] | None:
    """Return level, certainty and caveats of a line that is nothing but a marking; None for any other line."""
    line = words.strip(_EDGE)
    if not line.isupper():
        return None
    line = collapsed(line)
    line = _RUN_TOGETHER.get(line, line)
    match = _BANNER.match(line)
    if match:
        return LEVELS[match["level"]], Certainty.EXACT, match["caveats"].strip(" /,-")
    damaged = _damaged(line)
    return (damaged, Certainty.DAMAGED, "") if damaged else None


def collapsed(words: str) -> str:
    """Return the words with spaced or hyphenated capitals run together: `S E C R E T` and `S-E-C-R-E-T` are SECRET."""
    if not _LETTER_ALONE.search(words):
        return words
    return _SPACED.sub(lambda match: re.sub("[ -]", "", match[0]), words)


def _damaged(line: str) -> str | None:
    if _TOP_MISREAD.match(line):
        return "top secret"
    if " " in line or line in _NOT_LEVELS:
        return None
    for word, most in (("SECRET", 1), ("CONFIDENTIAL", 2), ("UNCLASSIFIED", 1)):
        if nearest(line, (word,), most):
            return LEVELS[word]
    return None


def _whole_line(sheet: Sheet, piece: Piece) -> None:
    if len(piece.words) > _LONGEST:
        return
    found = level_in(piece.words)
    if found:
        level, certainty, caveats = found
        struck = {"cancelled": "yes"} if _struck(sheet, piece) else {}
        sheet.label(piece.span, Kind.MARKING, certainty, level=level, **struck)
        for caveat in re.findall(_CAVEAT, caveats):
            sheet.read("handling", caveat, piece.span)
    elif _CAPTION.match(piece.words):
        sheet.label(piece.span, Kind.MARKING, level="", caveat=piece.words)
        for caveat in re.findall(_CAVEAT, piece.words):
            sheet.read("handling", caveat, piece.span)
    elif match := _BLANKET.match(piece.words):
        sheet.label(piece.span, Kind.PORTION_MARK, level=_portion_level(match), extent="entire text")


def _portion_level(match: re.Match[str]) -> str:
    mark = match["level"] or match["after"]
    by_portion = {entry["portion"]: name for name, entry in table("levels").items()}
    return LEVELS.get(mark) or by_portion[mark]


def _struck(sheet: Sheet, piece: Piece) -> bool:
    first = bisect_left(sheet.marks, piece.span.start, key=lambda mark: mark.span.start)
    after = (sheet.marks[at] for at in range(first, len(sheet.marks)))
    marks = takewhile(lambda mark: mark.span.start < piece.span.end, after)
    return any(mark.mark is Mark.STRIKE and piece.span.holds(mark.span) for mark in marks)


def _run_in(sheet: Sheet, piece: Piece, own: AbstractSet[str | None]) -> None:
    """Label a level word at the end of a line of text where page furniture shows that it is the foot of a page."""
    match = _RUN_IN.search(piece.words)
    if not match or not _SENTENCE.match(piece.words[: match.start()]):
        return
    below = sheet.lines[piece.number : piece.number + 3]
    top_of_page = any(sheet.kind_of(line) is Kind.MARKING or line.words.startswith("PAGE ") for line in below)
    level = LEVELS[match["level"]]
    if level in own and top_of_page:
        sheet.label(piece.group(match, "level"), Kind.MARKING, Certainty.INFERRED, level=level)


def _read_levels(sheet: Sheet) -> None:
    banners = [label for label in sheet.of_kind(Kind.MARKING) if label.detail.get("level")]
    counted = Counter(label.detail["level"] for label in banners)
    released = any(reading.key in {"release.extent", "release.marking"} for reading in sheet.readings)
    if released and len(counted) > 1 and "unclassified" in counted:
        current = next(label for label in banners if label.detail["level"] == "unclassified")
        sheet.read("release.marking", "unclassified", current.span, rank=1)
        for label in banners:
            if label.detail["level"] == "unclassified":
                sheet.relabel(
                    label, Label(label.span, label.kind, label.certainty, {**label.detail, "since": "release"})
                )
        del counted["unclassified"]
    if counted:
        first = _most(banners, counted)
        sheet.read("classification", first.detail["level"], first.span, first.certainty, rank=10)


def level_of(sheet: Sheet) -> Field | None:
    """Return the level that a paper's markings show, with the first that shows it; None where it has none."""
    banners = [
        label for label in sheet.of_kind(Kind.MARKING) if label.detail.get("level") and "since" not in label.detail
    ]
    if not banners:
        return None
    first = _most(banners, Counter(label.detail["level"] for label in banners))
    return Field(first.detail["level"], first.span, first.certainty)


def _most(banners: list[Label], counted: Counter[str]) -> Label:
    """Return the first banner of the level that most have; of levels as frequent, the highest."""
    level = max(counted, key=lambda name: (counted[name], -list(table("levels")).index(name)))
    return next(label for label in banners if label.detail["level"] == level)
