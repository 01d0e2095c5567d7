"""The Python-Markdown extension that sets a transcription: boxes around things, an anchor on every line.

The seed's words are the only text here without `data-editorial`; nothing of them is interpreted as Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from readingroom.page.markdown import END_FENCE, FENCE
from readingroom.publish.page_language import Tag, Turn, Words, tokens
from readingroom.recognize.redactions import meaning_of

FLOWING = frozenset({"text", "item"})
_PLACE = "readingroom-transcription-stands-here"
_BEFORE_ALL_OTHERS = 1000
_AFTER_ALL_BUT_LINKS = 6
"""After every tree processor that could change words, before MkDocs' own: they note anchors (5), verify links (0)."""
_LAST = -1000
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


class TranscriptionExtension(Extension):
    """Sets what stands between the fences. `glosses` maps a link's target to the words that explain it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Python-Markdown's own signature
        """Take the options as Python-Markdown passes them."""
        self.config = {"glosses": [{}, "what a link's target is, in a few words"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register the three steps: take the lines out, set them, and give control characters back."""
        held = _Held()
        md.preprocessors.register(_Take(md, held), "transcription", _BEFORE_ALL_OTHERS)
        md.treeprocessors.register(_Set(md, held, self.getConfig("glosses")), "transcription", _AFTER_ALL_BUT_LINKS)
        md.postprocessors.register(_Return(md, held), "transcription", _LAST)


def makeExtension(**options: Any) -> TranscriptionExtension:  # noqa: ANN401, N802 - Python-Markdown's own signature
    """Return the extension, as Python-Markdown looks for it."""
    return TranscriptionExtension(**options)


class _Held:
    """What one page's conversion carries from step to step."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.sentinel = ""


class _Take(Preprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, lines: list[str]) -> list[str]:
        """Take the lines between the last fences away from Markdown, and leave a place for them."""
        self._held.lines = []
        if FENCE not in lines:
            return lines
        start = len(lines) - 1 - lines[::-1].index(FENCE)
        end = next((i for i in range(start, len(lines)) if lines[i] == END_FENCE), len(lines))
        self._held.lines = lines[start + 1 : end]
        text = "".join(lines)
        self._held.sentinel = "rrcontrol"
        while self._held.sentinel in text:
            self._held.sentinel += "x"
        return [*lines[:start], "", _PLACE, "", *lines[end + 1 :]]


class _Set(Treeprocessor):
    def __init__(self, md: Markdown, held: _Held, glosses: Mapping[str, str]) -> None:
        super().__init__(md)
        self._held = held
        self._glosses = glosses

    def run(self, root: Element) -> None:
        """Put the transcription in its place."""
        if not self._held.lines:
            return
        for at, child in enumerate(root):
            if child.tag == "p" and child.text == _PLACE:
                root.remove(child)
                root.insert(at, Sheet(self._glosses, self._held.sentinel).of(self._held.lines))
                return


class _Return(Postprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, text: str) -> str:
        """Give back the characters that the processors before would have taken for their own signs."""
        if not self._held.sentinel or self._held.sentinel not in text:
            return text
        first, *rest = text.split(self._held.sentinel)
        return first + "".join(escape(chr(int(part[:4], 16))) + part[4:] for part in rest)


class Sheet:
    """One transcription in the making."""

    def __init__(self, glosses: Mapping[str, str], sentinel: str) -> None:
        """Start with an empty sheet."""
        self._root = Element("div", {"class": "transcription"})
        self._glosses = glosses
        self._sentinel = sentinel
        self._block: Element | None = None
        self._flow: Element | None = None
        self._withheld = 0
        self._scrambled = False
        self._tag = Tag("text")

    def of(self, lines: list[str]) -> Element:
        """Return the element that holds all lines in order."""
        after_gap = True
        for number, line in enumerate(lines, 1):
            if line.strip():
                self._line(number, line, after_gap=after_gap)
            else:
                self._space(number)
            after_gap = not line.strip()
        return self._root

    def _space(self, number: int) -> None:
        SubElement(self._root, "span", {"class": "line blank", "id": f"L{number}"}).tail = "\n"

    def _line(self, number: int, line: str, *, after_gap: bool) -> None:
        found = list(tokens(line))
        if after_gap and not isinstance(found[0], Tag):
            self._open(Tag("text"), number)
        first = True
        run: list[Turn | Words] = []
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
            self._page(tag.name[5:])
        elif tag.goes_on and not tag.name:
            self._join()
        elif tag.goes_on and self._block is not None and self._tag.name == tag.name:
            pass
        else:
            self._open(tag, number)

    def _page(self, number: str) -> None:
        ruler = SubElement(self._root, "div", {"class": "rr-page", "id": f"page-{number}", "data-editorial": ""})
        ruler.text = f"Page {number}"
        ruler.tail = "\n"
        self._block = None

    def _join(self) -> None:
        """Let the last running text go on; all that came since stands inside it, as a parenthesis of the page."""
        flow = self._flow
        if flow is None:
            self._open(Tag("text"), 0)
            return
        since = list(self._root)[list(self._root).index(flow) + 1 :]
        if since:
            apart = SubElement(flow, "span", {"class": "rr-apart"})
            apart.tail = "\n"
            for element in since:
                self._root.remove(element)
                apart.append(_inline(element))
        self._block = flow
        self._tag = Tag("text")

    def _open(self, tag: Tag, number: int) -> None:
        self._tag = tag
        if tag.name == "scrambled" and not self._scrambled:
            self._scrambled = True
            self._notice(
                "These lines stand out of order in the transcription. The record above says how they are read."
            )
        block = SubElement(self._root, "p" if tag.name in FLOWING else "div", dict(self._attributes(tag)))
        block.text = block.tail = "\n"
        self._block = block
        if tag.name in FLOWING:
            self._flow = block
        elif tag.name not in {
            "marking",
            "page line",
            "page number",
            "archival mark",
            "stray mark",
            "stamp",
            "release line",
        }:
            self._flow = None
        if number:
            link = SubElement(block, "a", {"class": "rr-number", "href": f"#L{number}", "data-editorial": ""})
            SubElement(link, "span", {"class": "rr-heard"}).text = "line "
            link[0].tail = str(number)
        if tag.name == "withheld":
            self._editorial(block, "rr-withheld-label", "Withheld")
        elif tag.name in _SPOKEN:
            self._editorial(block, "rr-heard", f"{_spoken(tag)}: ")

    def _attributes(self, tag: Tag) -> Iterator[tuple[str, str]]:
        details = tag.detail.split(", ") if tag.detail else []
        classes = ["rr-block"]
        if tag.name == "marking":
            classes.append("banner")
        elif tag.name == "withheld":
            self._withheld += 1
            classes.append("redaction")
            yield "id", f"withheld-{self._withheld}"
            yield "data-exemption", tag.detail
        yield "class", " ".join(classes)
        yield "data-kind", tag.name
        if tag.name == "marking" and details:
            if details[0] != "caveat":
                yield "data-level", details[0]
            if "struck" in details:
                yield "data-cancelled", ""
            if "at release" in details:
                yield "data-since", "release"
        if tag.name == "item":
            yield "data-hang", str(min(len(tag.detail) + 1, _MOST_HANG))
        if tag.certainty != "exact":
            yield "data-certainty", tag.certainty

    def _words(self, number: int, run: list[Turn | Words], *, first: bool) -> None:
        """Set one stretch of a line; the first bears the line's anchor."""
        if self._block is None:
            self._open(Tag("text"), number)
        block = self._block
        assert block is not None  # noqa: S101 - _open has just set it
        line = SubElement(
            block, "span", {"class": "line", **({"id": f"L{number}", "data-n": str(number)} if first else {})}
        )
        line.tail = "\n"
        self._fill(line, run)
        if self._tag.name == "withheld":
            for exemption in self._tag.detail.split("; "):
                meaning = meaning_of(exemption)
                if meaning:
                    self._editorial(block, "rr-withheld-why", meaning[0])

    def _fill(self, line: Element, run: list[Turn | Words]) -> None:
        inside = [line]
        for token in run:
            if isinstance(token, Turn):
                open_ = next((i for i, element in enumerate(inside) if element.tag == token.element), None)
                if open_ is None:
                    inside.append(SubElement(inside[-1], token.element, {"class": "rr-ocr"}))
                else:
                    del inside[open_:]
            elif token.target:
                link = SubElement(inside[-1], "a", dict(self._link(token.target)))
                link.text = self._safe(token.words)
            else:
                _add(inside[-1], self._safe(token.words))

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
        return AtomicString(
            _SPELLED_OUT.sub(lambda match: f"{self._sentinel}{ord(match[0]) or 0xFFFD:04x}", words)
        )


def _spoken(tag: Tag) -> str:
    extra: list[str] = [word for word in ("struck", "at release") if word in tag.detail.split(", ")]
    extra += [tag.certainty] if tag.certainty != "exact" else []
    return ", ".join([_SPOKEN[tag.name], *extra])


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
