"""Several papers in one file: where each begins, told by a head of its own and by a page or an ending above it.

A paper begins where signs of different kinds meet: a boundary (a page begins, or the paper before has ended) and two
signs of a head; without a boundary, three. What signs there are is data (`paper_heads.yml`). A page that goes on bears
its number, or the subject or number of the paper that it is of, and begins nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from readingroom.data import table
from readingroom.model.labels import Kind, Label
from readingroom.recognize.dates import begins_with_date, body_starts, stamped_dates_in
from readingroom.recognize.first_look import AnyOf
from readingroom.recognize.labelled_fields import BARE, NUMBERED, labelled
from readingroom.recognize.misreadings import folded, nearest
from readingroom.recognize.printed_words import printed
from readingroom.recognize.sheet import Piece, Sheet, in_small_letters

_PATTERNS = {
    name: re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    for name, patterns in table("paper_heads").items()
    if name != "bears"
}
_ANY = AnyOf(pattern for name in _PATTERNS for pattern in table("paper_heads")[name])
"""Most lines bear none of these signs, which is seen at once."""
_AROUND = " .:*#_|-"
_ANCHORS = frozenset({"title", "message", "cover", "to", "from", "subject", "salutation", "number"})
"""Signs at which a head is looked for; a date or a letterhead alone may be anything."""
_ANCHOR_SIGNS = (
    *table("paper_heads")["bears"],
    re.compile(
        rf"\n[{_AROUND}]*+(?:(?:TO|FROM|SUBJ(?:ECT)?|[A-Z]{{6,9}})\s*:|(?:TO|FROM|SUBJECT)\.?(?=\n)"
        rf"|[A-Z]{{9,11}}(?:[{_AROUND}]*+\n| [FP]OR\b| TO\b))"
    ),
)
"""Of these every such line has one, if it is not of sentences."""
_TITLES = frozenset({"title", "message", "cover"})
_HEAD = _ANCHORS | {"letterhead", "date", "delivery"}
_CARRIERS = ("page_top", "page_foot")
_LABELS = {"TO": "to", "FROM": "from", "SUBJECT": "subject", "SUBJ": "subject", "DATE": "date"}
_MISREAD = re.compile(r"(?P<word>[A-Z]{9,11})(?=$| (?:[FP]OR|TO)\b)")
_FIGURE = re.compile(r"\d")
_FIGURES = re.compile(r"\d{3,6}")
_AGENCY = re.compile("|".join(sorted({agency.split()[0] for agency in table("agencies")})), re.IGNORECASE)
_NO_SIGNS: frozenset[str] = frozenset()
_OF_A_BODY = frozenset({"prose"})
_OF_THE_ARCHIVE = frozenset({Kind.RELEASE, Kind.COVER_SHEET})
_LONGEST = 120
_SHORT = 40
"""A date line and a box note are shorter."""
_DEEP = 28
"""So many lines with words a head may have, stamps, printed choices and empty fields counted."""
_ABOVE = 12
"""So many lines above a head its page may begin, or the paper before have ended."""
_NEAR = 8
"""So many lines above its first label or title a head may have its date, letterhead and addressee."""
_TWICE = 2
"""So many signs besides a boundary make a head; so many lines of sentences end one."""
_TELLING = 20
"""So many letters of a subject tell it from another; OCR may have misread those after them."""
_MOST_KNOWN = 40
"""So many subjects, numbers and days of heads above are held against one that may go on."""
_LEAST = 3
"""So many signs make a head where no boundary is seen, and so many lines of sentences a paper above it."""


class _Line:
    """A line with words, and the signs that it bears: looked for where they are asked for, which is around heads."""

    __slots__ = ("_labels", "_seen", "piece")

    def __init__(self, piece: Piece, labels: Sequence[Label]) -> None:
        self.piece = piece
        self._labels = labels
        self._seen: tuple[frozenset[str], str] | None = None

    def _look(self) -> tuple[frozenset[str], str]:
        """Return the signs, those of labels that the line has already included, and what stands behind a label."""
        if self._seen is None:
            signs, said = (_OF_A_BODY, "") if self._in_a_body else _signs(folded(self.piece.words))
            if self._labels:
                signs = (signs - _OF_A_BODY).union(_recognized(self._labels)) or signs
            self._seen = signs, said
        return self._seen

    @property
    def signs(self) -> frozenset[str]:
        return self._look()[0]

    @property
    def said(self) -> str:
        return self._look()[1]

    @property
    def prose(self) -> bool:
        words = self.piece.words
        may_be = self._in_a_body or len(words) > _LONGEST or _prose(folded(words))
        return may_be and "prose" in self.signs

    @property
    def anchors(self) -> bool:
        """Whether one of its signs is one at which a head is looked for."""
        return len(self.piece.words) <= _LONGEST and not self._in_a_body and not self.signs.isdisjoint(_ANCHORS)

    @property
    def _in_a_body(self) -> bool:
        """Whether it is nothing but a line of sentences, as most lines of a body are."""
        return self.piece.flows and ":" not in self.piece.words and len(self.piece.words) <= _LONGEST


@dataclass(frozen=True, slots=True)
class _Head:
    """Lines `top` to `end`, the last not counted, look like a head."""

    top: int
    end: int
    signs: frozenset[str]
    about: frozenset[str]
    """its subject or, of a message, its number, else its day: to tell a page that goes on"""
    says: frozenset[str]
    """its subject, its number and its day"""
    page: bool
    """whether a page begins with it"""
    ended: bool
    """whether a paper has ended right above"""
    goes_on: bool


class _Prose:
    """How many lines of sentences stand between two lines, counted as far down as is asked."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self._lines = lines
        self._above = [0]

    def between(self, first: int, last: int) -> int:
        return self._until(last) - self._until(first)

    def _until(self, at: int) -> int:
        while len(self._above) <= at:
            self._above.append(self._above[-1] + self._lines[len(self._above) - 1].prose)
        return self._above[at]


def papers(sheet: Sheet) -> list[Sheet]:
    """Return the papers of the file in order, each as a sheet of its own; where there is but one, the sheet itself."""
    lines_to_see = (*sheet.terse_with(*_ANCHOR_SIGNS), *(line for line in sheet.lines_with(":") if line.flows))
    anchors = {line.number for line in lines_to_see if line.number >= sheet.begins}
    if not anchors:
        return [sheet]
    lines = [
        _Line(line, sheet.labels_on(line))
        for line in sheet.lines[sheet.begins - 1 :]
        if line.words and sheet.kind_of(line) not in _OF_THE_ARCHIVE
    ]
    starts = [piece.number for at in _starts(lines, anchors) if not _inside(sheet, piece := lines[at].piece)]
    if not starts:
        return [sheet]
    edges = [1, *starts, len(sheet.lines) + 1]
    return [sheet.part(first, after - 1) for first, after in pairwise(edges)]


def _inside(sheet: Sheet, piece: Piece) -> bool:
    """Return whether a stamp or another label goes on over the beginning of a line: nothing is parted there."""
    return any(label.span.start < sheet.start_of(piece) for label in sheet.labels_on(piece))


def _starts(lines: Sequence[_Line], anchors: AbstractSet[int]) -> Iterator[int]:
    """Yield where the second and later papers begin: under a cover's head, a paper's head or sentences."""
    prose = _Prose(lines)
    known: deque[str] = deque(maxlen=_MOST_KNOWN)
    since, seen, covered = 0, False, False
    for head in _heads(lines, anchors):
        bounded = head.page or head.ended or covered
        if (
            len(head.signs) >= _needed(head, covered=covered)
            and not _goes_on(head, known, covered=covered)
            and (seen or prose.between(since, head.top) > _LEAST)
            and (bounded or prose.between(since, head.top) >= _LEAST)
        ):
            yield head.top
            since, seen = head.top, True
        own = len(head.signs) >= _TWICE
        seen, covered = seen or own, "cover" in head.signs or (covered and not own)
        known += sorted(head.says)


def _needed(head: _Head, *, covered: bool) -> int:
    """Return how many signs a head must have: one less for a boundary, and for the cover that a page lies under.

    A head without title begins a paper only at the top of a page.
    """
    titled = not head.signs.isdisjoint(_TITLES | {"salutation", "number"})
    if not titled and not (head.page and _addressed(head)):
        return len(_HEAD) + 1
    return _LEAST - (head.page or head.ended or covered) - (head.page and covered)


def _goes_on(head: _Head, known: Sequence[str], *, covered: bool) -> bool:
    """Return whether a page goes on: it says so, or bears what the paper before has borne."""
    if "message" in head.signs:
        return (
            head.goes_on
            or not head.about
            or any(nearest(about, (other,), 1) for about in head.about for other in known)
        )
    return head.goes_on or not (covered or head.signs & _TITLES or head.about.isdisjoint(known))


def _addressed(head: _Head) -> bool:
    """Return whether a head without title says what it is about, or from whom and to whom."""
    return "subject" in head.signs or head.signs >= {"to", "from"}


def _heads(lines: Sequence[_Line], anchors: AbstractSet[int]) -> Iterator[_Head]:
    """Yield what looks like a head, from the top; only the lines of these numbers can be anchors."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.piece.number not in anchors or not line.anchors or (at > 0 and "announcing" in lines[at - 1].signs):
            at += 1
            continue
        head = _head(lines, at)
        yield head
        at = head.end


def _head(lines: Sequence[_Line], first: int) -> _Head:
    end, sentences = first + 1, 0
    while end < min(len(lines), first + _DEEP) and lines[end].signs.isdisjoint(_CARRIERS):
        sentences = sentences + 1 if lines[end].prose else 0
        if sentences == _TWICE or body_starts(lines[end].piece):
            break
        end += 1
    top, page = _top(lines, first)
    head = lines[top:end]
    signs = frozenset().union(*(line.signs for line in head))
    titled = bool(signs & _TITLES)
    signs = signs & _HEAD - _unsaid(head, titled=titled, sheet="cover" in signs, message="message" in signs)
    message = "message" in signs
    return _Head(
        top,
        end,
        signs,
        about=_said(head, {"number"} & signs or ({"date"} if message else {"subject"})),
        says=_said(head, {"number", "date", "subject"}),
        page=page,
        ended=any("ending" in line.signs for line in lines[max(0, first - _ABOVE) : first]),
        goes_on=any("goes_on" in line.signs for line in (head if message else lines[top : first + _TWICE]))
        or (not page and top > 0 and "goes_on" in lines[top - 1].signs),
    )


def _said(head: Sequence[_Line], signs: AbstractSet[str]) -> frozenset[str]:
    """Return the beginning of what stands in the lines with one of these signs, letters and digits alone."""
    said = (re.sub(r"\W", "", line.said or line.piece.words).upper()[:_TELLING] for line in head if line.signs & signs)
    return frozenset(filter(None, said))


def _unsaid(head: Sequence[_Line], *, titled: bool, sheet: bool, message: bool) -> frozenset[str]:
    """Return the labels of a head that have no value: a routing sheet's have none, a message's stands beside them."""
    if sheet:
        return frozenset()
    said: set[str] = set()
    bare: set[str] = set()
    for line, below in zip(head, (*head[1:], None), strict=True):
        keys = line.signs & {"to", "from", "subject"}
        empty = below is None or below.signs & _HEAD or message
        if keys and (line.said or (titled and not empty)):
            said |= keys
        bare |= keys
    return frozenset(bare - said)


def _top(lines: Sequence[_Line], first: int) -> tuple[int, bool]:
    """Return where the head that shows at `first` begins, and whether a page begins there.

    One banner may stand above a head; more are the printed choices of a form that ends there.
    """
    top, above = first, {"date", "letterhead", "delivery", "marking"}
    for at in range(first - 1, max(-1, first - _ABOVE - 1), -1):
        signs = lines[at].signs
        if "page_top" in signs:
            return at, True
        if "page_foot" in signs:
            return at + 1, True
        if "prose" in signs:
            break
        if signs & above and first - at <= _NEAR:
            top, above = at, above - (signs & {"marking"})
        if "ending" in signs:
            break
    return top, top == 0


@lru_cache(maxsize=1 << 12)  # archives put the same lines on page after page
def _signs(words: str) -> tuple[frozenset[str], str]:
    """Return the signs in a line's words, and what it says behind a label or as its number.

    Of a line too long for a head only those of a page's carrier are looked for.
    """
    bare = words.strip(_AROUND)
    if len(words) > _LONGEST:
        return _OF_A_BODY.union(name for name in _CARRIERS if _PATTERNS[name].match(bare)), ""
    label, said = _labelled(words)
    signs = [label] if label else []
    signs += _worded(bare)
    if _ANY.match(bare):
        borne = _borne(bare)
        signs += borne
        if "number" in borne:
            said = _FIGURES.findall(borne["number"][0])[-1]
    if signs:
        return frozenset(signs), said
    return (_OF_A_BODY if _prose(words) else _NO_SIGNS), said


def _borne(bare: str) -> dict[str, re.Match[str]]:
    """Return the signs whose pattern a line has, each with its match."""
    return {name: match for name, pattern in _PATTERNS.items() if (match := pattern.match(bare))}


def _labelled(words: str) -> tuple[str, str]:
    """Return the field that a line's label names, if any, and what stands behind it; what a form prints is nothing."""
    match, label = labelled(words)
    if match and label in _LABELS:
        value = "" if printed(match["value"]) else match["value"].strip(_AROUND)
        return (_LABELS[label] if value or label != "DATE" else ""), value
    bare = BARE.match(words)
    return (_LABELS.get(bare["label"], "") if bare else ""), ""


def _recognized(labels: Iterable[Label]) -> Iterator[str]:
    """Yield the signs that are labels already: a banner, the foot of a page."""
    for label in labels:
        if label.kind is Kind.MARKING:
            yield "marking"
        if label.detail.get("page") == "end":
            yield "page_foot"


def _worded(bare: str) -> list[str]:
    """Return the signs that no pattern tells: a letterhead, a date, a title misread."""
    signs = []
    misread = _MISREAD.match(bare)
    if misread and nearest(misread["word"], ("MEMORANDUM",), 2):
        signs.append("title")
    if _AGENCY.match(bare) and " ".join(bare.upper().replace(".", " ").split()) in table("agencies"):
        signs.append("letterhead")
    may_be_date = len(bare) <= _SHORT and begins_with_date(bare) and _FIGURE.search(bare)
    if may_be_date and any(date.start == 0 for date in stamped_dates_in(bare)):
        signs.append("date")
    return signs


def _prose(words: str) -> bool:
    """Return whether a line is of sentences: small words in it, a number before them, or as long as telegrams' are."""
    return in_small_letters(words) or (
        len(words) > _SHORT and (len(words.split()) > _NEAR or bool(NUMBERED.match(words)))
    )
