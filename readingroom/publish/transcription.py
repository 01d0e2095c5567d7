"""The Python-Markdown extension that sets a transcription: boxes around things, an anchor on every line.

The seed's words are the only text here without `data-editorial`; nothing of them is interpreted as Markdown or HTML.
The transcription is set as text and put in last of all; what MkDocs sees of it in the tree are its anchors and links.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from readingroom.page.markdown import END_FENCE, FENCE, note_fence
from readingroom.publish.sheet import Sheet, filled, note

_BEFORE_ALL_OTHERS = 1000
_BEFORE_LINKS = 5
"""After every other, before MkDocs' own tree processors, which come later at this place: they note anchors (5) and
verify links (0)."""
_AFTER_LINKS = -1
_LAST = -1000


class TranscriptionExtension(Extension):
    """Sets what stands between the fences. `glosses` maps a link's target to the words that explain it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Python-Markdown's own signature
        """Take the options as Python-Markdown passes them."""
        self.config = {"glosses": [{}, "what a link's target is, in a few words"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register the steps: take the lines out, set them, show their links, learn where these lead, put all in."""
        held = _Held(self.getConfig("glosses"))
        md.preprocessors.register(_Take(md, held), "transcription", _BEFORE_ALL_OTHERS)
        md.treeprocessors.register(_Show(md, held), "transcription", _BEFORE_LINKS)
        md.treeprocessors.register(_Learn(md, held), "transcription_links", _AFTER_LINKS)
        md.postprocessors.register(_Put(md, held), "transcription", _LAST)


def makeExtension(**options: Any) -> TranscriptionExtension:  # noqa: ANN401, N802 - Python-Markdown's own signature
    """Return the extension, as Python-Markdown looks for it."""
    return TranscriptionExtension(**options)


class _Held:
    """What one page's conversion carries from step to step."""

    def __init__(self, glosses: Mapping[str, str]) -> None:
        self.glosses = glosses
        self.lines: list[str] = []
        self.place = ""
        """the paragraph that stands for the transcription, and above each note; no other is like it"""
        self.html = ""
        self.shown: Element | None = None
        """the anchors and links"""
        self.leads: dict[str, str] = {}
        """target of a link → address"""


class _Take(Preprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, lines: list[str]) -> list[str]:
        """Take the lines between the last fences away from Markdown, and leave a place for them.

        It is kept before all else, where no HTML that an editor left open can swallow it.
        """
        self._held.lines = []
        if FENCE not in lines:
            return lines
        start = len(lines) - 1 - lines[::-1].index(FENCE)
        end = next((i for i in range(start, len(lines)) if lines[i] == END_FENCE), len(lines))
        self._held.lines = lines[start + 1 : end]
        head, notes = lines[:start], lines[end + 1 :]
        words = "".join((*head, *notes))
        self._held.place = "readingroom-place"
        while self._held.place in words:
            self._held.place += "-"
        return [self._held.place, "", *head, "", *self._parted(notes)]

    def _parted(self, lines: list[str]) -> list[str]:
        """Return the lines of the notes, each note under a place of its own that tells where it begins."""
        number = 0
        parted: list[str] = []
        for line in lines:
            if line == note_fence(number + 1):
                number += 1
                parted += ["", self._held.place, ""]
            else:
                parted.append(line)
        return parted


class _Show(Treeprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, root: Element) -> None:
        """Set the transcription, and let its anchors and links stand for it in the tree."""
        held = self._held
        held.shown = None
        if held.lines and len(root) and root[0].text == held.place:
            sheet = Sheet(held.glosses)
            held.html = sheet.of(held.lines)
            held.shown = root[0] = Element("div")
            for target in sheet.targets:
                SubElement(held.shown, "a", {"href": target, "title": target})
            for anchor in sheet.anchors:
                SubElement(held.shown, "span", {"id": anchor})


class _Learn(Treeprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, root: Element) -> None:
        """Keep where the links lead, and let the place stand in the tree again."""
        shown = self._held.shown
        if shown is not None:
            self._held.leads = {link.get("title", ""): link.get("href", "") for link in shown.iterfind("a")}
            root[0] = Element("p")
            root[0].text = self._held.place


class _Put(Postprocessor):
    def __init__(self, md: Markdown, held: _Held) -> None:
        super().__init__(md)
        self._held = held

    def run(self, text: str) -> str:
        """Put the transcription after all else, with the notes in it. Headings, which come here alone, stay."""
        if self._held.shown is None:
            return text
        _, *found = text.split(f"<p>{self._held.place}</p>")
        if not found:
            return text
        head, *notes = found
        known = {target: escape(address) for target, address in self._held.leads.items()}
        known |= {f"note {number}": note(number, said.strip()) for number, said in enumerate(notes, 1)}
        return f'{head}<div class="transcription">{filled(self._held.html, known)}</div>'
