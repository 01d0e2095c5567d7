"""A transcription set as HTML: lines with their anchors in boxes of their kind, signs and notes of the editors'.

It is written at once and never parsed again. Each note has a place between two NULs, which stand in no page's words.
Markup is as short as HTML allows: it is most of a site's bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from readingroom.model.labels import APART
from readingroom.publish.page_language import Sign, Tag, Token, Turn, Words, simple, tokens
from readingroom.recognize import durations, redactions
from readingroom.recognize.gaps import gaps_in

Inline = Turn | Words | Sign

FLOWING = frozenset({"text", "item"})
_RULER = re.compile(r"(?P<what>page(?= \d+$)|paper(?= \d+ of \d+$)) (?P<number>\d+)")
_OF_THE_PAGE = frozenset(map(str, APART))
"""Blocks over which running text may go on."""
_MOST_HANG = 8
_TEXT = Tag("text")
_BARE = re.compile(r"[^\0\\*~<>\[&]+")
"""A line that has the same characters as HTML."""
_ACTS = re.compile(r"[\0&<>\[]")
_NEEDS_QUOTES = re.compile(r"[\s\0&\"'=<>`/]")

_SPOKEN = {
    "marking": "Classification marking",
    "portion mark": "Portion mark",
    "page line": "Page furniture",
    "page number": "Page number",
    "archival mark": "Archival mark",
    "stray mark": "Stray mark",
    "stamp": "Stamp",
    "release line": "Release line",
}
"""What a listener is told of a block whose look tells a reader."""
_OF_NO_MATTER = frozenset({"page number", "stray mark", "archival mark", "scrambled", "withheld"})
"""Furniture; and what says of itself how it is to be read."""
_DIFFERENT_TAGS = 4096


@dataclass(slots=True)
class _Box:
    """An element of the sheet in the making."""

    element: str
    attributes: str
    inside: list[str]
    after: str = ""
    """what this edition says below the words"""
    notes: str = ""
    """the places of the notes that have their marks in it"""

    def html(self, element: str = "") -> str:
        """Return the element, as another one where it stands inside a paragraph."""
        tag = element or self.element
        return f"<{tag}{self.attributes}>{''.join(self.inside)}{self.after}</{tag}>"


class Sheet:
    """One transcription in the making."""

    def __init__(self, glosses: Mapping[str, str], address: Callable[[str], str] = str) -> None:
        """Start with an empty sheet.

        `glosses` maps a link's target to the words that explain it; `address` returns a target's address, asked once.
        """
        self.anchors: list[str] = []
        """the ids on the sheet"""
        self._address = address
        self._ways: dict[str, str] = {}
        """the tag that begins a link, by its target"""
        self._root: list[_Box | str] = []
        self._glosses = glosses
        self._box: _Box | None = None
        self._flow: _Box | None = None
        """the running text that may go on, and its place in the sheet"""
        self._flow_at = 0
        self._number = 0
        self._withheld = 0
        self._withheld_on: dict[int, int] = {}
        self._scrambled = False
        self._tag = _TEXT
        self._noted: list[str] = []
        self._emended: str | None = None
        """the words of the emendation that is open, so far"""

    def of(self, lines: list[str]) -> str:
        """Return the HTML that holds all lines in order, with a place for each note after the box of its words."""
        after_gap = True
        for number, line in enumerate(lines, 1):
            if not line or line.isspace():
                self._root.append(f"<span id=L{number}></span>")
                after_gap = True
                continue
            self._line(number, line, after_gap=after_gap)
            after_gap = False
        self.anchors += (f"L{number}" for number in range(1, len(lines) + 1))
        return "".join(each if isinstance(each, str) else f"{each.html()}{each.notes}" for each in self._root)

    def _line(self, number: int, line: str, *, after_gap: bool) -> None:
        self._number = number
        if self._noted or self._emended is not None:
            plain = None
        elif self._box is not None and not after_gap and _BARE.fullmatch(line):  # as most lines are
            self._box.inside.append(f"<span id=L{number}>{line}</span>\n")
            return
        else:
            plain = simple(line)
        if plain is None:
            self._tokens(tokens(line), after_gap=after_gap)
            return
        tag, words = plain
        if tag is not None:
            self._label(tag, number)
        elif after_gap:
            self._open(_TEXT, number)
        if words:
            box = self._box or self._open(_TEXT, number)
            box.inside.append(f"<span id=L{number}>{_plain(words)}</span>\n")

    def _tokens(self, found: list[Token], *, after_gap: bool) -> None:
        """Set a line that is more than a label and words."""
        if after_gap and not isinstance(found[0], Tag):
            self._open(_TEXT, self._number)
        start = f"<span id=L{self._number}>"
        run: list[Inline] = []
        for token in found:
            if not isinstance(token, Tag):
                run.append(token)
                continue
            if run:
                self._words(start, run)
                start, run = "<span class=line>", []
            self._label(token, self._number if start[6] == "i" else 0)
        if run:
            self._words(start, run)

    def _label(self, tag: Tag, number: int) -> None:
        if ruler := _RULER.match(tag.name):
            self._rule(ruler["what"], ruler["number"], tag)
        elif tag.goes_on and not tag.name:
            self._join()
        elif not (tag.goes_on and self._box is not None and self._tag.name == tag.name):
            self._open(tag, number)

    def _rule(self, what: str, number: str, tag: Tag) -> None:
        """Rule off what follows, under a few words of this edition's; no box goes on over a ruler."""
        words = tag.name.capitalize() + (f": {tag.detail}" if what == "paper" else "")
        self.anchors.append(f"{what}-{number}")
        self._root.append(_Box("div", f" class=rr-{what} id={what}-{number} data-editorial", [_safe(words)]))
        self._box = None

    def _join(self) -> None:
        """Let the last running text go on; all that came since stands inside it, as a parenthesis of the page."""
        flow = self._flow
        if flow is None:
            self._open(_TEXT, 0)
            return
        since = self._root[self._flow_at + 1 :]
        del self._root[self._flow_at + 1 :]
        inside = "".join(each if isinstance(each, str) else f"{each.html('span')}\n" for each in since)
        boxes = [each for each in since if isinstance(each, _Box)]
        flow.notes += "".join(each.notes for each in boxes)
        flow.inside.append(f"<span class=rr-apart>{inside}</span>\n" if boxes else inside)
        self._box = flow
        self._tag = _TEXT

    def _open(self, tag: Tag, number: int) -> _Box:
        self._tag = tag
        if tag.name == "scrambled" and not self._scrambled:
            self._scrambled = True
            words = "These lines stand out of order in the transcription. The document’s record says how they are read."
            self._root.append(_Box("p", " class=rr-notice data-editorial", [words]))
        look = _look(tag)
        flows = tag.name in FLOWING
        box = _Box("p" if flows else "div", look.attributes, [], look.after)
        self._root.append(box)
        self._box = box
        if flows:
            self._flow, self._flow_at = box, len(self._root) - 1
        elif tag.name not in _OF_THE_PAGE:
            self._flow = None
        if number:
            box.inside.append(f"<a href=#L{number} data-editorial>{number}</a>")
        if look.before:
            box.inside.append(look.before)
        if tag.name == "withheld":
            self._withhold(box)
        return box

    def _withhold(self, box: _Box) -> None:
        """Give a redaction its id, and a place for the way to its record.

        The record has the anchor `L25`, the second of that line `L25-2`. It is on a page that no file holds, so the
        plugin puts the way in, after MkDocs has verified all links.
        """
        self._withheld += 1
        count = self._withheld_on[self._number] = self._withheld_on.get(self._number, 0) + 1
        self.anchors.append(f"withheld-{self._withheld}")
        box.attributes += f" id=withheld-{self._withheld}"
        record = f"L{self._number}-{count}" if count > 1 else f"L{self._number}"
        box.after += f"\n{_ours('rr-record', record)}"

    def _words(self, start: str, run: list[Inline]) -> None:
        """Set one stretch of a line; the first bears the line's anchor."""
        box = self._box or self._open(_TEXT, self._number)
        box.inside.append(f"{start}{self._set(box, run)}</span>\n")

    def _set(self, box: _Box, run: list[Inline]) -> str:
        said = ""
        open_: list[str] = []
        for token in run:
            if isinstance(token, Words):
                said += self._said(token)
            elif isinstance(token, Sign):
                said += self._sign(box, token)
            elif token.element in open_:
                at = open_.index(token.element)
                said += _ended(open_[at:])
                del open_[at:]
            else:
                open_.append(token.element)
                said += f"<{token.element} class=rr-ocr>"
        return said + _ended(open_)

    def _said(self, token: Words) -> str:
        """Return words, in an element of their own where a note or an emendation is on them."""
        words = self._link(token) if token.target else _plain(token.words)
        if self._emended is not None:
            self._emended += token.words
        elif not self._noted:
            return words
        classes = ["rr-noted"] * bool(self._noted) + ["rr-emended"] * (self._emended is not None)
        said = {"class": " ".join(classes), **({"data-notes": " ".join(self._noted)} if self._noted else {})}
        return f"<span{_written(said.items())}>{words}</span>"

    def _link(self, token: Words) -> str:
        if token.target not in self._ways:
            self._ways[token.target] = self._way_to(token.target)
        return f"{self._ways[token.target]}{_safe(token.words)}</a>"

    def _way_to(self, target: str) -> str:
        """Return the tag that begins a link."""
        room = target.removeprefix("../").split("/")[0]
        class_ = "rr-term" if room.startswith("glossary") else "rr-mention" if "/" in target else "rr-cited"
        gloss = self._glosses.get(target)
        title = f" title={_quoted(gloss)}" if gloss else ""
        return f"<a class={class_} href={_quoted(self._address(target))}{title}>"

    def _sign(self, box: _Box, sign: Sign) -> str:
        if sign.kind == "begins":
            self._noted.append(sign.words)
            return ""
        if sign.kind == "note":
            self._noted.remove(sign.words)
            box.notes += f"\0{sign.words}\0"
            self.anchors += (f"mark-{sign.words}", f"note-{sign.words}")
            return _note_mark(sign.words)
        if sign.kind == "for":
            self._emended = ""
            return ""
        typed = " ".join((self._emended or "").split())
        self._emended = None
        title = _quoted(f"As typed: {typed or 'nothing'}")
        return f"<ins class=rr-reading data-editorial title={title}>{_safe(sign.words)}</ins>"


def with_notes(html: str, notes: Mapping[str, str]) -> str:
    """Return the HTML with each note, by its number, in its place. Raises KeyError for a note that is not there."""
    parts = html.split("\0")
    parts[1::2] = [notes[number] for number in parts[1::2]]
    return "".join(parts)


def note(number: int, said: str) -> str:
    """Return what an editor said as a note, in HTML, with the way back to its mark."""
    back = f"<a class=rr-note-number href=#mark-{number}><span class=rr-heard>Note </span>{number}</a>"
    return f"<aside class=rr-note id=note-{number} data-editorial>{back}{said}</aside>\n"


def _note_mark(number: str) -> str:
    mark = f"<a class=rr-note-mark id=mark-{number} href=#note-{number} data-note={number}>"
    return f"<sup data-editorial>{mark}<span class=rr-heard>note </span>{number}</a></sup>"


@dataclass(frozen=True, slots=True)
class _Look:
    """What all boxes of a label have: their attributes, and what this edition says before and after the words."""

    attributes: str
    before: str
    after: str


@lru_cache(_DIFFERENT_TAGS)
def _look(tag: Tag) -> _Look:
    before = ""
    if tag.name == "withheld":
        before = f"{_ours('rr-withheld-label', 'Withheld')}\n"
    elif tag.name in _SPOKEN or _doubtful(tag):
        before = _ours("rr-heard", f"{_spoken(tag)}: ")
    return _Look(_written(_attributes(tag)), before, "".join(_meanings(tag)))


def _meanings(tag: Tag) -> Iterator[str]:
    """Yield below a redaction why words were withheld, below a duration line what its order meant by it."""
    if tag.name == "withheld":
        for exemption in filter(None, tag.detail.split("; ")):
            if found := redactions.meaning_of(exemption):
                yield _ours("rr-withheld-why", found[0])
    elif tag.name in {"stamp", "order"} and tag.detail and (found := durations.meaning_of(tag.detail)):
        yield _ours("rr-duration-why", found[0])


def _attributes(tag: Tag) -> Iterator[tuple[str, str]]:
    yield "data-kind", tag.name
    if tag.name == "marking":
        yield "class", "banner"
        if tag.detail:
            yield from _of_marking(tag.detail.split(", "))
    elif tag.name == "withheld":
        yield "class", "redaction"
        if tag.detail:
            yield "data-exemption", tag.detail
    elif tag.name in {"stamp", "order"} and tag.detail:
        yield "data-duration", tag.detail
    elif tag.name == "item":
        yield "data-hang", str(min(len(tag.detail) + 1, _MOST_HANG))
    if tag.certainty != "exact":
        yield "data-certainty", tag.certainty
    if _doubtful(tag):
        yield "title", _spoken(tag)


def _of_marking(details: list[str]) -> Iterator[tuple[str, str]]:
    if details[0] != "caveat":
        yield "data-level", details[0]
    if "struck" in details:
        yield "data-cancelled", ""
    if "at release" in details:
        yield "data-since", "release"


def _spoken(tag: Tag) -> str:
    extra: list[str] = [word for word in ("struck", "at release") if word in tag.detail.split(", ")]
    extra += [tag.certainty] if tag.certainty != "exact" else []
    return ", ".join([_SPOKEN.get(tag.name, tag.name.capitalize()), *extra])


def _doubtful(tag: Tag) -> bool:
    """Return whether a reader is to be told that a block may be another thing; of furniture it does not matter."""
    return tag.certainty != "exact" and tag.name not in _OF_NO_MATTER


def _plain(words: str) -> str:
    """Return words that are no link; a bracket that says that words are not in the text is shown as a gap."""
    if not _ACTS.search(words):
        return words
    if "[" not in words:
        return _safe(words)
    said, at = "", 0
    for match, reason in gaps_in(words):
        gap = _written((("class", "rr-gap"), ("data-gap", reason)))
        said += f"{_safe(words[at : match.start()])}<span{gap}>{_safe(match[0])}</span>"
        at = match.end()
    return said + _safe(words[at:])


def _ours(class_: str, words: str) -> str:
    return f"<span class={class_} data-editorial>{_safe(words)}</span>"


def _ended(elements: list[str]) -> str:
    return "".join(f"</{element}>" for element in reversed(elements))


def _written(attributes: Iterable[tuple[str, str]]) -> str:
    """Return attributes as they stand in a tag, in quotes where HTML wants them."""
    return "".join(f" {key}{f'={_value(value)}' if value else ''}" for key, value in attributes)


def _value(value: str) -> str:
    return _quoted(value) if _NEEDS_QUOTES.search(value) else value


def _safe(words: str) -> str:
    """Return words as HTML has them in text. NUL, which HTML has not, becomes U+FFFD."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\0", "\ufffd")


def _quoted(words: str) -> str:
    return '"' + escape(words.replace("\0", "\ufffd")) + '"'
