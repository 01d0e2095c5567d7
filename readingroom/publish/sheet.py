"""A transcription set as elements: lines with their anchors in boxes of their kind, signs and notes of the editors'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from readingroom.model.labels import APART
from readingroom.publish.page_language import Sign, Tag, Turn, Words, tokens
from readingroom.recognize import durations, redactions
from readingroom.recognize.gaps import gaps_in

Inline = Turn | Words | Sign

FLOWING = frozenset({"text", "item"})
_PAPER = re.compile(r"paper (?P<number>\d+) of \d+$")
_OF_THE_PAGE = frozenset(map(str, APART))
"""Blocks over which running text may go on."""
_MOST_HANG = 8
_SPELLED_OUT = re.compile("[&\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]")

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


class Sheet:
    """One transcription in the making."""

    def __init__(self, glosses: Mapping[str, str], sentinel: str) -> None:
        """Start with an empty sheet."""
        self._root = Element("div", {"class": "transcription"})
        self._glosses = glosses
        self._sentinel = sentinel
        self._block: Element | None = None
        self._flow: Element | None = None
        """the running text that may go on, and its place in the sheet"""
        self._flow_at = 0
        self._number = 0
        self._withheld_on: dict[int, int] = {}
        self._withheld: list[str] = []
        """the anchor of each redaction's record: `L25`; the second on that line `L25-2`"""
        self._scrambled = False
        self._tag = Tag("text")
        self._noted: list[str] = []
        self._emended: str | None = None
        """the words of the emendation that is open, so far"""

    def of(self, lines: list[str], notes: list[list[Element]]) -> Element:
        """Return the element that holds all lines in order, and each note after the block whose words it is on."""
        after_gap = True
        for number, line in enumerate(lines, 1):
            if line.strip():
                self._line(number, line, after_gap=after_gap)
            else:
                self._space(number)
            after_gap = not line.strip()
        self._explain()
        self._place_notes(notes)
        return self._root

    def _record(self) -> str:
        """Return the anchor of the record of one more redaction on this line."""
        count = self._withheld_on[self._number] = self._withheld_on.get(self._number, 0) + 1
        return f"L{self._number}-{count}" if count > 1 else f"L{self._number}"

    def _explain(self) -> None:
        """Say below each redaction why words were withheld, and below each duration line what its order meant by it.

        Each redaction keeps a place for the way to its record. That is on a page that no file holds, so the plugin puts
        the way in, after MkDocs has verified all links.
        """
        anchors = iter(self._withheld)
        for block in self._root.iter():
            for exemption in filter(None, block.get("data-exemption", "").split("; ")):
                self._meaning(block, "rr-withheld-why", redactions.meaning_of(exemption))
            if duration := block.get("data-duration"):
                self._meaning(block, "rr-duration-why", durations.meaning_of(duration))
            if block.get("data-kind") == "withheld":
                self._editorial(block, "rr-record", next(anchors))

    def _meaning(self, block: Element, class_: str, meaning: tuple[str, str] | None) -> None:
        if meaning:
            self._editorial(block, class_, meaning[0])

    def _place_notes(self, notes: list[list[Element]]) -> None:
        """Put each note after the block that holds its mark."""
        placed: list[Element] = []
        for block in self._root:
            marks = [int(mark.get("data-note", "")) for mark in block.iter("a") if mark.get("class") == "rr-note-mark"]
            placed += [block, *(_note(number, notes[number - 1]) for number in marks)]
        self._root[:] = placed

    def _space(self, number: int) -> None:
        SubElement(self._root, "span", {"class": "line blank", "id": f"L{number}"}).tail = "\n"

    def _line(self, number: int, line: str, *, after_gap: bool) -> None:
        self._number = number
        found = list(tokens(line))
        if after_gap and not isinstance(found[0], Tag):
            self._open(Tag("text"), number)
        first = True
        run: list[Inline] = []
        for token in found:
            if not isinstance(token, Tag):
                run.append(token)
                continue
            if run:
                self._words(number, run, first=first)
                first, run = False, []
            self._label(token, number if first else 0)
        if run:
            self._words(number, run, first=first)

    def _label(self, tag: Tag, number: int) -> None:
        if tag.name.startswith("page ") and tag.name[5:].isdigit():
            self._ruler("rr-page", f"page-{tag.name[5:]}", f"Page {tag.name[5:]}")
        elif paper := _PAPER.match(tag.name):
            self._ruler("rr-paper", f"paper-{paper['number']}", f"{paper[0].capitalize()}: {tag.detail}")
        elif tag.goes_on and not tag.name:
            self._join()
        elif tag.goes_on and self._block is not None and self._tag.name == tag.name:
            pass
        else:
            self._open(tag, number)

    def _ruler(self, class_: str, id_: str, words: str) -> None:
        """Rule off what follows, under a few words of this edition's; no block goes on over a ruler."""
        ruler = SubElement(self._root, "div", {"class": class_, "id": id_, "data-editorial": ""})
        ruler.text = words
        ruler.tail = "\n"
        self._block = None

    def _join(self) -> None:
        """Let the last running text go on; all that came since stands inside it, as a parenthesis of the page."""
        flow = self._flow
        if flow is None:
            self._open(Tag("text"), 0)
            return
        since = self._root[self._flow_at + 1 :]
        del self._root[self._flow_at + 1 :]
        if all(element.get("class") == "line blank" for element in since):
            flow.extend(since)
        else:
            apart = SubElement(flow, "span", {"class": "rr-apart"})
            apart.tail = "\n"
            apart.extend(map(_inline, since))
        self._block = flow
        self._tag = Tag("text")

    def _open(self, tag: Tag, number: int) -> None:
        self._tag = tag
        if tag.name == "scrambled" and not self._scrambled:
            self._scrambled = True
            self._notice(
                "These lines stand out of order in the transcription. The document’s record says how they are read."
            )
        block = SubElement(self._root, "p" if tag.name in FLOWING else "div", dict(self._attributes(tag)))
        block.text = block.tail = "\n"
        self._block = block
        if tag.name in FLOWING:
            self._flow, self._flow_at = block, len(self._root) - 1
        elif tag.name not in _OF_THE_PAGE:
            self._flow = None
        if number:
            link = SubElement(block, "a", {"class": "rr-number", "href": f"#L{number}", "data-editorial": ""})
            link.text = str(number)
        if tag.name == "withheld":
            self._editorial(block, "rr-withheld-label", "Withheld")
        elif tag.name in _SPOKEN or _doubtful(tag):
            self._editorial(block, "rr-heard", f"{_spoken(tag)}: ")

    def _attributes(self, tag: Tag) -> Iterator[tuple[str, str]]:
        classes = ["rr-block"]
        if tag.name == "marking":
            classes.append("banner")
        elif tag.name == "withheld":
            self._withheld.append(self._record())
            classes.append("redaction")
            yield "id", f"withheld-{len(self._withheld)}"
            if tag.detail:
                yield "data-exemption", tag.detail
        yield "class", " ".join(classes)
        yield "data-kind", tag.name
        if tag.name == "marking" and tag.detail:
            yield from _of_marking(tag.detail.split(", "))
        elif tag.name in {"stamp", "order"} and tag.detail:
            yield "data-duration", tag.detail
        elif tag.name == "item":
            yield "data-hang", str(min(len(tag.detail) + 1, _MOST_HANG))
        yield from _certainty(tag)

    def _words(self, number: int, run: list[Inline], *, first: bool) -> None:
        """Set one stretch of a line; the first bears the line's anchor."""
        if self._block is None:
            self._open(Tag("text"), number)
        block = self._block
        assert block is not None  # noqa: S101 - _open has just set it
        line = SubElement(block, "span", {"class": "line", **({"id": f"L{number}"} if first else {})})
        line.tail = "\n"
        self._fill(line, run)

    def _fill(self, line: Element, run: list[Inline]) -> None:
        inside = [line]
        for token in run:
            if self._emended is not None and isinstance(token, Words):
                self._emended += token.words
            if isinstance(token, Turn):
                open_ = next((i for i, element in enumerate(inside) if element.tag == token.element), None)
                if open_ is None:
                    inside.append(SubElement(inside[-1], token.element, {"class": "rr-ocr"}))
                else:
                    del inside[open_:]
            elif isinstance(token, Sign):
                self._sign(inside[-1], token)
            elif token.target:
                link = SubElement(self._said_of(inside[-1]), "a", dict(self._link(token.target)))
                link.text = self._safe(token.words)
            else:
                self._plain(self._said_of(inside[-1]), token.words)

    def _plain(self, parent: Element, words: str) -> None:
        """Add words that are no link; a bracket that says that words are not in the text is shown as a gap."""
        at = 0
        for match, reason in gaps_in(words):
            _add(parent, self._safe(words[at : match.start()]))
            SubElement(parent, "span", {"class": "rr-gap", "data-gap": reason}).text = self._safe(match[0])
            at = match.end()
        _add(parent, self._safe(words[at:]))

    def _said_of(self, parent: Element) -> Element:
        """Return where words go: into an element of their own where a note or an emendation is on them."""
        classes = ["rr-noted"] * bool(self._noted) + ["rr-emended"] * (self._emended is not None)
        if not classes:
            return parent
        notes = {"data-notes": " ".join(self._noted)} if self._noted else {}
        return SubElement(parent, "span", {"class": " ".join(classes), **notes})

    def _sign(self, parent: Element, sign: Sign) -> None:
        if sign.kind == "begins":
            self._noted.append(sign.words)
        elif sign.kind == "note":
            self._noted.remove(sign.words)
            self._note_mark(parent, sign.words)
        elif sign.kind == "for":
            self._emended = ""
        else:
            typed = " ".join((self._emended or "").split())
            self._emended = None
            said = {"class": "rr-reading", "data-editorial": "", "title": f"As typed: {self._safe(typed or 'nothing')}"}
            SubElement(parent, "ins", said).text = self._safe(sign.words)

    def _note_mark(self, parent: Element, number: str) -> None:
        above = SubElement(parent, "sup", {"data-editorial": ""})
        said = {"class": "rr-note-mark", "id": f"mark-{number}", "href": f"#note-{number}", "data-note": number}
        mark = SubElement(above, "a", said)
        SubElement(mark, "span", {"class": "rr-heard"}).text = "note "
        mark[0].tail = number

    def _link(self, target: str) -> Iterator[tuple[str, str]]:
        room = target.removeprefix("../").split("/")[0]
        yield "class", "rr-term" if room.startswith("glossary") else "rr-mention" if "/" in target else "rr-cited"
        yield "href", target
        gloss = self._glosses.get(target)
        if gloss:
            yield "title", gloss

    def _notice(self, words: str) -> None:
        notice = SubElement(self._root, "p", {"class": "rr-notice", "data-editorial": ""})
        notice.text, notice.tail = words, "\n"

    def _editorial(self, block: Element, class_: str, words: str) -> None:
        element = SubElement(block, "span", {"class": class_, "data-editorial": ""})
        element.text, element.tail = words, "\n"

    def _safe(self, words: str) -> AtomicString:
        """Return words with `&` and control characters spelled out until the very end.

        The serializer would leave `&copy;` as it is. NUL, which HTML has not, becomes U+FFFD.
        """
        return AtomicString(_SPELLED_OUT.sub(lambda match: f"{self._sentinel}{ord(match[0]) or 0xFFFD:04x}", words))


def _of_marking(details: list[str]) -> Iterator[tuple[str, str]]:
    if details[0] != "caveat":
        yield "data-level", details[0]
    if "struck" in details:
        yield "data-cancelled", ""
    if "at release" in details:
        yield "data-since", "release"


def _note(number: int, said: list[Element]) -> Element:
    """Return what an editor said as a note, with the way back to its mark."""
    note = Element("aside", {"class": "rr-note", "id": f"note-{number}", "data-editorial": ""})
    back = SubElement(note, "a", {"class": "rr-note-number", "href": f"#mark-{number}"})
    SubElement(back, "span", {"class": "rr-heard"}).text = "Note "
    back[0].tail = str(number)
    note.extend(said)
    note.tail = "\n"
    return note


def _spoken(tag: Tag) -> str:
    extra: list[str] = [word for word in ("struck", "at release") if word in tag.detail.split(", ")]
    extra += [tag.certainty] if tag.certainty != "exact" else []
    return ", ".join([_SPOKEN.get(tag.name, tag.name.capitalize()), *extra])


def _certainty(tag: Tag) -> Iterator[tuple[str, str]]:
    if tag.certainty != "exact":
        yield "data-certainty", tag.certainty
    if _doubtful(tag):
        yield "title", _spoken(tag)


def _doubtful(tag: Tag) -> bool:
    """Return whether a reader is to be told that a block may be another thing; of furniture it does not matter."""
    return tag.certainty != "exact" and tag.name not in _OF_NO_MATTER


def _add(element: Element, words: str) -> None:
    """Append words to an element, after its last child where it has one."""
    if len(element):
        element[-1].tail = AtomicString((element[-1].tail or "") + words)
    else:
        element.text = AtomicString((element.text or "") + words)


def _inline(element: Element) -> Element:
    """Return a block as it may stand inside a paragraph: the same, as a span."""
    element.tag = "span"
    return element
