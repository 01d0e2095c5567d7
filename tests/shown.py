"""A page as a browser takes it in: elements, attributes, text; and the words of a seed as the page must show them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_OCR_SIGNS = str.maketrans("", "", "*~#\\_-")
_OCR_TAGS = re.compile(r"</?u>")


@dataclass(slots=True)
class Element:
    """One element with its attributes and, in order, the elements and texts in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self, wanted: Callable[[Element], bool] = lambda _: True) -> Iterator[Element]:
        """Yield this element and those in it, in order, that are wanted."""
        if wanted(self):
            yield self
        for each in self.inside:
            if isinstance(each, Element):
                yield from each.all(wanted)

    def tagged(self, *tags: str) -> list[Element]:
        return list(self.all(lambda element: element.tag in tags))

    def text(self, without: str = "") -> str:
        """The text in it, less that of elements with the attribute `without`; blocks are parted by line ends."""
        if without and without in self.attributes:
            return ""
        said = "".join(each if isinstance(each, str) else each.text(without) for each in self.inside)
        return f"\n{said}\n" if self.tag in {"p", "div", "br", "li", "tr", "h1", "h2", "h3"} else said


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("#page")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        at = next((at for at in range(len(self.open) - 1, 0, -1) if self.open[at].tag == tag), None)
        if at is not None:
            del self.open[at:]

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


@dataclass(slots=True)
class Shown:
    """A parsed page."""

    root: Element

    @classmethod
    def of(cls, html: str) -> Self:
        builder = _Builder()
        builder.feed(html)
        builder.close()
        return cls(builder.open[0])

    @property
    def transcription(self) -> Element:
        """The one element in which the seed's text stands."""
        (found,) = self.root.all(lambda element: "transcription" in element.classes)
        return found

    @property
    def seed_words(self) -> list[str]:
        """The seed's words as they stand on the page."""
        return _cut(self.transcription.text(without="data-editorial"))

    def line(self, number: int) -> str:
        """The seed's words on one line, from its anchor to the next line's."""
        lines: dict[str, str] = {}
        current = ""
        for element in self.transcription.all(_of_a_line):
            current = element.attributes.get("id", current)
            lines[current] = lines.get(current, "") + element.text(without="data-editorial")
        return lines[f"L{number}"]


def _of_a_line(element: Element) -> bool:
    return "line" in element.classes or re.fullmatch(r"L\d+", element.attributes.get("id", "")) is not None


def words_of(seed: str) -> list[str]:
    """The words of a seed, in order, OCR's own marks taken off; NUL, which HTML cannot hold, is U+FFFD there."""
    return _cut(_OCR_TAGS.sub("", seed.replace("\0", "\ufffd")))


def _cut(text: str) -> list[str]:
    bare = (word.translate(_OCR_SIGNS) for word in unicodedata.normalize("NFC", text).split())
    return [word for word in bare if word]
