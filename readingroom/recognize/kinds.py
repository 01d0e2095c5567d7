"""Of what kind a paper is: by the first line, from the top, that says so (`kinds.yml`), else by its look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase, digits

from readingroom.data import table
from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.first_look import AnyOf
from readingroom.recognize.misreadings import Lexicon, folded
from readingroom.recognize.sheet import Named, Piece, Sheet

HEAD_LINES = 45
"""How far down a paper says what it is, if it says so in its head."""
_LONGEST = 120
_LETTERS_TO_AN_ERROR = 7
"""So many letters of a title allow one wrong one."""
_LEAST_PROSE = 5
"""So many lines of sentences under a title make a report; fewer may be anything."""
_RANK, _HEAD_RANK, _LOOK_RANK = 8, 50, 60
_SPEAKER = re.compile(r"(?:Q|A|Mr|Mrs|Dr|Senator|The (?:Chairman|Witness)|[A-Z])\b[.:]\s?\S")
_ROW = re.compile(r"[^|]*\|[^|]*\|")
_SMALL = re.compile(r"(?<!\S)[a-z]\S{3}")  # not `of`, `and`, `the`
_NO_TITLE = bytes(set(range(1 << 7)) - set(f"{ascii_uppercase}{digits} ".encode()))
_STATION = re.compile(r"(?:(?:Acting )?Chief of (?:Station|Base)|C\.?O\.?[SB])\b", re.IGNORECASE)
_TITLE = re.compile(r"[A-Z][\w ,\x27\"()/-]{3,90}(?<!\d{4})$")


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    titles: tuple[str, ...]
    begins: re.Pattern[str]
    cover: bool
    not_beside: frozenset[str]


def _marks(*, below: bool) -> tuple[tuple[_Mark, ...], AnyOf]:
    """Return the marks of all kinds, or of those that also show `below` the head; and whether any begins a line."""
    entries = {name: entry for name, entry in table("kinds").items() if not (below and entry.get("head"))}
    marks = tuple(
        _Mark(
            entry.get("kind", name),
            tuple(entry["titles"]),
            re.compile("|".join(f"(?:{pattern})" for pattern in entry.get("begins", ("(?!)",)))),
            cover=entry.get("cover", False),
            not_beside=frozenset(entry.get("not_beside", ())),
        )
        for name, entry in entries.items()
    )
    return marks, AnyOf(pattern for entry in entries.values() for pattern in entry.get("begins", ()))


_IN_HEAD, _BELOW = _marks(below=False), _marks(below=True)
_TITLES = Lexicon(dict.fromkeys(title for mark in _IN_HEAD[0] for title in mark.titles))


def recognize(sheet: Sheet) -> None:
    """Read `type` from the first line that names it, below the head as an inference; else infer it from the look."""
    said = kind_said(sheet)
    if said is None:
        _by_head(sheet)
        _by_look(sheet)
    else:
        line, kind, certainty = said
        in_head = line.number < sheet.begins + HEAD_LINES
        sheet.read("type", kind, line.span, certainty if in_head else Certainty.INFERRED, rank=_RANK)


def kind_said(sheet: Sheet) -> tuple[Piece, str, Certainty] | None:
    """Return the first line that names a kind, with kind and certainty; a cover's only where nothing under it does."""
    cover, paper = _named(sheet)
    return paper or cover


def cover_over(sheet: Sheet) -> tuple[int, int] | None:
    """Return the lines on which a cover and the paper under it name themselves; None where there is not such a pair."""
    cover, paper = _named(sheet)
    return (cover[0].number, paper[0].number) if cover and paper else None


def is_cover(sheet: Sheet) -> bool:
    """Return whether the paper names itself a cover, and nothing else."""
    cover, paper = _named(sheet)
    return cover is not None and paper is None


def _named(sheet: Sheet) -> tuple[Named | None, Named | None]:
    """Return the first line that names a cover, and the first that names any other kind, below which none is looked at.

    Several recognizers ask, one after another. Release marks and cover sheets are labelled before any of them does.
    """
    if sheet.begins not in sheet.named:
        sheet.named[sheet.begins] = _first_named(sheet, sheet.begins)
    return sheet.named[sheet.begins]


def _first_named(sheet: Sheet, begins: int) -> tuple[Named | None, Named | None]:
    cover: Named | None = None
    for line in sheet.lines[begins - 1 :]:
        for mark, certainty in _borne(line.words, line.number < begins + HEAD_LINES):
            if sheet.kind_of(line) in {Kind.COVER_SHEET, Kind.RELEASE}:
                break
            if _beside(sheet, line, mark.not_beside):
                continue
            if not mark.cover:
                return cover, (line, mark.kind, certainty)
            cover = cover or (line, mark.kind, certainty)
            break
    return cover, None


@lru_cache(maxsize=1 << 12)  # archives put the same lines on page after page
def _borne(line: str, in_head: bool) -> tuple[tuple[_Mark, Certainty], ...]:  # noqa: FBT001 - a key of the cache
    """Return the marks whose beginning or title a line has, in the table's order; of a head's only in it."""
    if len(line) > _LONGEST:
        return ()
    words = folded(line.strip(" .:*#-_"))
    if words[:1].islower() and _prose(words):
        return ()
    title = _title(words) if _stands_out(words) else ""
    most = len(title) // _LETTERS_TO_AN_ERROR
    near = _TITLES.nearest(title, most) if title else None
    marks, begin = _IN_HEAD if in_head else _BELOW
    if near is None and not begin.match(words):
        return ()  # so it is with most lines, which two looks settle
    found = []
    for mark in marks:
        if mark.begins.match(words) or title in mark.titles:
            found.append((mark, Certainty.EXACT))
        elif near in mark.titles:
            found.append((mark, Certainty.DAMAGED))
    return tuple(found)


def _title(words: str) -> str:
    """Return the letters and figures of a line in capitals, and the spaces between them."""
    return words.upper().encode("ascii", "ignore").translate(None, _NO_TITLE).decode().strip()


def _stands_out(words: str) -> bool:
    """Return whether a line looks like a title: no word of it begins small but the little ones."""
    return words.isupper() or not _SMALL.search(words)


def _beside(sheet: Sheet, line: Piece, words: frozenset[str]) -> bool:
    """Return whether the line above or below begins with one of these: a printed choice among others."""
    neighbors = (sheet.next_inked(line, step) for step in (-1, 1))
    return any(near is not None and near.words.upper().split()[0] in words for near in neighbors)


def _by_head(sheet: Sheet) -> None:
    """Read `type` as an inference where the labelled head says for whom, and from whom or on what.

    With its stations abroad headquarters corresponds by dispatch."""
    read = {reading.key: reading for reading in reversed(sheet.readings) if reading.rank < _RANK}
    if "to" in read and {"from", "subject"} & set(read):
        stations = any(_STATION.match(sheet.plain(read[key].span)) for key in ("to", "from") if key in read)
        kind = "dispatch" if stations else "memorandum"
        sheet.read("type", kind, read["to"].span, Certainty.INFERRED, rank=_HEAD_RANK)


def _by_look(sheet: Sheet) -> None:
    """Read `type` as an inference where rows, speeches or a title over paragraphs speak for one."""
    flowing = {None, Kind.TEXT, Kind.ITEM, Kind.HEADING}
    lines = [line for line in sheet.lines[sheet.begins - 1 :] if not line.blank and sheet.kind_of(line) in flowing]
    if not lines:
        return
    first, half = lines[0], len(lines) / 2
    if sum(bool(_ROW.match(line.words)) for line in lines) > half:
        sheet.read("type", "list", first.span, Certainty.INFERRED, rank=_LOOK_RANK)
    elif sum(bool(_SPEAKER.match(line.words)) for line in lines) > half / 2:
        sheet.read("type", "transcript", first.span, Certainty.INFERRED, rank=_LOOK_RANK)
    elif _TITLE.match(first.words) and _stands_out(first.words) and _of_sentences(sheet, lines):
        sheet.read("type", "report", first.span, Certainty.INFERRED, rank=_LOOK_RANK)
        sheet.read_words("subject", first.span, Certainty.INFERRED, rank=_LOOK_RANK)


def _of_sentences(sheet: Sheet, lines: list[Piece]) -> bool:
    """Return whether most lines of the text, or of its first page, are of sentences, and enough of them to tell."""
    marks = (label.span.start for label in sheet.of_kind(Kind.ARCHIVAL_MARK))
    breaks = [at for at in (*sheet.page_starts, *marks) if at > lines[0].start]
    first_break = min(breaks, default=0)
    first_page = [line for line in lines if line.start < first_break]
    counts = [(sum(_prose(line.words) for line in some), len(some) / 2) for some in (lines, first_page)]
    return any(count >= _LEAST_PROSE and count > half for count, half in counts)


def _prose(words: str) -> bool:
    return len(re.findall(r"\b[a-z]{2,}", words)) > 2  # words of a sentence, not of a name
