"""The Markdown page of a document: readable on GitHub and in a text editor, a source line for every line of the seed.

Between the two fences every character is the seed's but for `*[labels]*`, links, and backslashes where Markdown would
act. What a label says in words, the site shows; `readingroom.publish.transcription` reads this same language back.

    *[marking: confidential, struck]* ~~CONFIDENTIAL~~     a block of a kind, with its detail
    *[subject …]* Rwanda Peacekeeping Operation            the same block goes on after an empty line
    *[…]* SUPPORT THIS REQUEST                             the sentence goes on, over a page break or an empty line
    *[page 2]*                                             a page of the paper begins
    *[paper 2 of 3: Letter, May 3, 1963]*                  another of the file's papers begins
    *[¶ 3.]*                                               an item, with the mark that it bears
    *[2:]*YESTERDAY*[note 2]*                              the words of the second note, which stands below
    *[for]*BAVE*[read HAVE]*, *[for]*~*[omit]*, *[add …]*  emendations: the seed's words stay the document's
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from readingroom.dates import in_words
from readingroom.editorial.edition import Edited
from readingroom.model.document import Document, Part
from readingroom.model.labels import Certainty, Kind, Label, Mark
from readingroom.model.text import Disjoint
from readingroom.page.front_matter import front_matter
from readingroom.page.walk import UNMARKED, Link, Stroke, walk

FENCE = "<!-- transcription: *[labels]* and links are this edition's, all else is the document's -->"
END_FENCE = "<!-- end of transcription -->"
GOES_ON = "…"

_PLAIN = re.compile(r"[^\\`*\[\]<$|~&_\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]*+$")
"""Words in which nothing acts but, at a line's start, their first sign."""
_AS_IT_STANDS = re.compile(rf" {{0,3}}+(?![\s\d+=#>:-]){_PLAIN.pattern}")
"""A line in which nothing acts."""
_ACTS = re.compile(r"[\\`*\[\]<$|~]|&(?=#|[^\W_])|_+")
_STARTS = re.compile(r"[-+=](?=[-+= ]|$)|[#>]|\d+(?=[.)](?:\s|$))|:(?= )")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DEEP = 4
"""So many spaces at a line's start make Markdown see code."""
_SIGNS = ((Mark.BOLD, "**", "**"), (Mark.STRIKE, "~~", "~~"), (Mark.UNDERLINE, "<u>", "</u>"))


def page(edited: Edited) -> str:
    """Return the page of a document: front matter, title, headnote, transcription."""
    head = f"{front_matter(edited)}\n# {_heading(edited.title)}\n"
    headnote = f"\n{edited.annotation.headnote}\n" if edited.annotation.headnote else ""
    notes = "".join(f"\n{note_fence(note.number)}\n\n{note.words}\n" for note in edited.annotation.notes)
    return f"{head}{headnote}\n{FENCE}\n{transcription(edited)}\n{END_FENCE}\n{notes}"


def note_fence(number: int) -> str:
    """Return the line above the words of a note. No editor can write one: comments are refused in their words."""
    return f"<!-- note {number} -->"


def _heading(title: str) -> str:
    """Return a title for a heading. Python-Markdown reads it as Markdown, and knows no backslash before `<` or `&`."""
    return re.sub(r"\\(.)|[{}#]", lambda match: f"&#{ord(match[1] or match[0])};", escape(title))


def transcription(edited: Edited) -> str:
    """Return the document's lines as Markdown, as many as the seed has."""
    writing = _Writing(edited)
    return "\n".join(map(writing.line, walk(edited.document, _links(edited), writing.cuts)))


def _rulers(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield where a page begins, or one of several papers, its rank where both do, and what the ruler says."""
    for number, start in enumerate(document.page_starts, 2):  # the first page is not among the starts
        yield start, 0, f"page {number}"
    many = len(document.parts)
    for number, part in enumerate(document.parts, 1):
        start = document.text.lines[part.lines[0] - 1].span.start
        yield start, 1, f"paper {number} of {many}: {escape(said_of(part))}"


def said_of(part: Part) -> str:
    """Return a paper's type, number and date in words: `Cable DIR 12345, May 3, 1963`."""
    kind = "Other document" if part.type == "other" else part.type.capitalize()
    number = f" {part.fields['number'].value}" if "number" in part.fields else ""
    date = part.fields.get("date")
    return f"{kind}{number}, {in_words(str(date.value)) if date else 'undated'}"


class _Order(IntEnum):
    """Which of several signs at one place comes first."""

    ENDS = 0
    ADDS = 1
    BEGINS = 2


@dataclass(frozen=True, slots=True, order=True)
class _Sign:
    """A sign of the editors' among the document's words."""

    offset: int
    order: _Order
    rank: int
    """of signs of one order at one place: what begins first ends last"""
    written: str


def _signs(edited: Edited) -> Iterator[_Sign]:
    """Yield the signs of notes and emendations; an emendation stands inside the words of its note."""
    for note in edited.annotation.notes:
        yield _Sign(note.span.start, _Order.BEGINS, note.number, f"*[{note.number}:]*")
        yield _Sign(note.span.end, _Order.ENDS, note.number, f"*[note {note.number}]*")
    for each in edited.annotation.emendations:
        reading = f"read {escape(each.new)}" if each.new else "omit"
        if each.span:
            yield _Sign(each.span.start, _Order.BEGINS, _INNERMOST, "*[for]*")
            yield _Sign(each.span.end, _Order.ENDS, -1, f"*[{reading}]*")
        else:
            yield _Sign(each.span.start, _Order.ADDS, 0, f"*[add {escape(each.new)}]*")


_INNERMOST = 1_000_000
"""Above every note's number."""


class _Writing:
    """The lines in the making: what stands open from the lines before decides what labels have to say."""

    def __init__(self, edited: Edited) -> None:
        self._joined = {join.after for join in edited.document.joins}
        self._rulers = deque(sorted(_rulers(edited.document)))
        self._signs = deque(sorted(_signs(edited)))
        self.cuts = tuple(sign.offset for sign in self._signs)
        """where a stroke has to end for a sign to stand there"""
        self._open_label: Label | None = None
        self._after_gap = True
        self._written: list[str] = []
        self._indent = ""
        self._marks: list[Mark] = []

    def line(self, strokes: list[Stroke]) -> str:
        """Return the Markdown of the next line."""
        if not strokes:
            self._after_gap = True
            return ""
        stroke = strokes[0]
        if len(strokes) == 1 and self._is_plain(stroke):
            opening = self._opening(stroke)
            if not opening and _AS_IT_STANDS.match(stroke.words):
                return stroke.words.rstrip()
            return f"{opening}{escape(stroke.words, at_start=not opening, at_end=True)}".rstrip()
        self._written, self._indent = [], ""
        self._write(strokes)
        self._after_gap = not any(stroke.words.strip() for stroke in strokes)
        return "".join(self._written).rstrip()

    def _is_plain(self, stroke: Stroke) -> bool:
        """Return whether a line is but words, as most are: at most a block begins with it."""
        return not (
            stroke.marks
            or stroke.link
            or stroke.words.isspace()
            or (self._rulers and self._rulers[0][0] <= stroke.start)
            or (self._signs and self._signs[0].offset <= stroke.end)
        )

    def _write(self, strokes: list[Stroke]) -> None:
        """Write the strokes of a line. OCR's marks are written by what they do, not sign by sign.

        A line's indent stands after its first label: it belongs to the block that the label opens.
        """
        shown = [stroke for stroke in strokes if not stroke.delimiter]
        for stroke in shown:
            blank = not stroke.words.strip()
            if blank and not self._written:
                self._indent += stroke.words
                continue
            opening = "" if blank else self._ruled(stroke) + self._opening(stroke)
            self._turn(UNMARKED if blank or opening else stroke.marks)
            if opening:
                self._written.append(opening)
            if self._indent:
                self._written.append(escape(self._indent, at_start=not opening))
                self._indent = ""
            self._turn(UNMARKED if blank else stroke.marks)
            self._sign(stroke.start, _Order.BEGINS)
            self._written.append(self._words(stroke, at_end=stroke is shown[-1]))
            self._sign(stroke.end, _Order.ENDS)
        self._sign(strokes[-1].end, _Order.ADDS)
        self._turn(UNMARKED)

    def _sign(self, offset: int, last: _Order) -> None:
        """Write the signs up to `offset`; of those right there, only what comes no later than `last`."""
        while self._signs and (self._signs[0].offset, self._signs[0].order) <= (offset, last):
            self._written.append(self._signs.popleft().written)

    def _ruled(self, stroke: Stroke) -> str:
        """Return the rulers of the pages and papers that begin at or before a stroke, and take them off the list."""
        written = ""
        while self._rulers and self._rulers[0][0] <= stroke.start:
            written += f"*[{self._rulers.popleft()[2]}]* "
        return written

    def _opening(self, stroke: Stroke) -> str:
        """Return the label that has to stand before a stroke, or nothing where its block simply goes on."""
        label, gap = stroke.label, self._after_gap
        new = label is not self._open_label
        if not (new or gap):
            return ""
        self._open_label, self._after_gap = label, False
        if label is None:
            return ""
        if not new:
            return f"*[{name(label)} {GOES_ON}]* "
        if label.span.start in self._joined:
            return f"*[{GOES_ON}]* "
        return "" if label.kind is Kind.TEXT and gap else f"*[{describe(label)}]* "

    def _turn(self, marks: frozenset[Mark]) -> None:
        """Close the marks that end here, and what stands open within them; open those that begin."""
        if not (marks or self._marks):
            return
        kept = next((i for i, mark in enumerate(self._marks) if mark not in marks), len(self._marks))
        for mark in reversed(self._marks[kept:]):
            self._written.append(next(end for sign, _, end in _SIGNS if sign is mark))
        del self._marks[kept:]
        for mark, start, _ in _SIGNS:
            if mark in marks and mark not in self._marks:
                self._written.append(start)
                self._marks.append(mark)

    def _words(self, stroke: Stroke, *, at_end: bool) -> str:
        words = escape(stroke.words, at_start=not any(map(str.strip, self._written)), at_end=at_end)
        return f"[{words}]({stroke.link.target})" if stroke.link and stroke.words.strip() else words


_OF_FIELDS = frozenset({Kind.HEAD, Kind.HANDLING})


def name(label: Label) -> str:
    """Return what a label is called in the page: its kind, or the field that it is."""
    return label.detail.get("field", str(label.kind)) if label.kind in _OF_FIELDS else str(label.kind)


def describe(label: Label) -> str:
    """Return all that a label says: its name, its detail, and its certainty where that is not exact."""
    if label.kind is Kind.ITEM:
        return f"¶ {escape(label.detail['mark'])}"
    detail = ", ".join(_detail(label)) if label.detail else ""
    words = f"{name(label)}: {detail}" if detail else name(label)
    return words if label.certainty is Certainty.EXACT else f"{words}; {label.certainty}"


def _detail(label: Label) -> Iterable[str]:
    detail = label.detail
    if label.kind is Kind.MARKING:
        yield from (detail[key] for key in ("level",) if detail[key])
        yield from (word for key, word in _SAID if detail.get(key))
    elif label.kind is Kind.PORTION_MARK:
        yield from (detail["level"], detail["extent"])
    elif label.kind is Kind.WITHHELD:
        yield detail["exemptions"]
    elif label.detail.get("duration"):
        yield label.detail["duration"]
    elif label.kind is Kind.ROUTING and "copies" in detail:
        yield f"{detail['copies']} copies"
        yield "sum agrees" if detail["agrees"] == "yes" else "sum does not agree"


_SAID = (("caveat", "caveat"), ("cancelled", "struck"), ("since", "at release"))


def _links(edited: Edited) -> list[Link]:
    """Return the links of a document's words: citations that resolve, then names, then terms; none over another."""
    citations = [Link(c.reference.span, f"{c.document}.md") for c in edited.citations if c.document]
    names = [Link(mention.span, f"../{mention.target}.md") for mention in edited.mentions]
    terms = [Link(term.span, f"../glossary.md#{term.target}") for term in edited.terms]
    taken = Disjoint()
    standing = (link for link in (*citations, *names, *terms) if taken.take(link.span))
    return sorted(standing, key=lambda link: link.span)


def escape(words: str, *, at_start: bool = False, at_end: bool = False) -> str:
    """Return words with a backslash wherever Markdown, HTML or this page's own language would act.

    `at_start` and `at_end` say that nothing stands on the line before or after them.
    """
    if at_start and _AS_IT_STANDS.match(words):
        return words
    if _PLAIN.match(words):
        return _first(words) if at_start else words
    if "_" in words:
        escaped = _ACTS.sub(lambda sign: _protected(sign, at_start=at_start, at_end=at_end), words)
    else:
        escaped = _ACTS.sub(r"\\\g<0>", words)
    return _UNPRINTABLE.sub(lambda match: f"&#{ord(match[0])};", _first(escaped) if at_start else escaped)


def _protected(sign: re.Match[str], *, at_start: bool, at_end: bool) -> str:
    """Return a sign behind a backslash; a run of underscores, each of them, only where it could be emphasis."""
    written, words = sign[0], sign.string
    if written[0] != "_":
        return f"\\{written}"
    before = words[sign.start() - 1] if sign.start() else " " if at_start else "."
    after = words[sign.end()] if sign.end() < len(words) else " " if at_end else "."
    harmless = (before.isspace() and after.isspace() and sign.start()) or (before.isalnum() and after.isalnum())
    return written if harmless else "\\_" * len(written)


def _first(words: str) -> str:
    """Return the words that begin a line with no deep indent and no sign of a block."""
    bare = words.lstrip(" \t")
    indent = words[: len(words) - len(bare)]
    if "\t" in indent or len(indent) >= _DEEP:
        indent = f"&#{ord(indent[0])};{indent[1:]}"
    start = _STARTS.match(bare)
    if not start:
        return indent + bare
    cut = start.end() if start[0][0].isdigit() else 0
    return f"{indent}{bare[:cut]}\\{bare[cut:]}"
