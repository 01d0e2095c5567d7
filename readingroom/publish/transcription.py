"""The Python-Markdown extension that sets a transcription: boxes around things, an anchor on every line.

The seed's words are the only text here without `data-editorial`; nothing of them is interpreted as Markdown or HTML.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from readingroom.page.markdown import END_FENCE, FENCE, note_fence
from readingroom.publish.sheet import Sheet

_PLACE = "readingroom-transcription-stands-here"
_BEFORE_ALL_OTHERS = 1000
_AFTER_ALL_BUT_LINKS = 6
"""After every tree processor that could change words, before MkDocs' own: they note anchors (5), verify links (0)."""
_LAST = -1000


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
        """Take the lines between the last fences away from Markdown, and leave a place for them.

        It is kept before all else, where no HTML that an editor left open can swallow it.
        """
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
        return [_PLACE, "", *lines[:start], "", *self._notes(lines[end + 1 :])]

    def _notes(self, lines: list[str]) -> list[str]:
        """Return the lines of the notes, each note under a paragraph of its own that tells where it begins."""
        number = 0
        parted: list[str] = []
        for line in lines:
            if line == note_fence(number + 1):
                number += 1
                parted += ["", f"{self._held.sentinel}note", ""]
            else:
                parted.append(line)
        return parted


class _Set(Treeprocessor):
    def __init__(self, md: Markdown, held: _Held, glosses: Mapping[str, str]) -> None:
        super().__init__(md)
        self._held = held
        self._glosses = glosses

    def run(self, root: Element) -> None:
        """Put the transcription after all else, with the notes in it."""
        if self._held.lines and len(root) and root[0].text == _PLACE:
            root.remove(root[0])
            notes = self._notes(root)
            root.append(Sheet(self._glosses, self._held.sentinel).of(self._held.lines, notes))

    def _notes(self, root: Element) -> list[list[Element]]:
        """Take the notes out of `root` and return what each consists of."""
        notes: list[list[Element]] = []
        for element in list(root):
            if element.tag == "p" and element.text == f"{self._held.sentinel}note":
                notes.append([])
            elif notes:
                notes[-1].append(element)
            else:
                continue
            root.remove(element)
        return notes


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
