"""The Python-Markdown extension that sets a transcription: boxes around things, an anchor on every line.

The seed's words are the only text here without `data-editorial`; nothing of them is interpreted as Markdown or HTML.
The transcription is set as text and put in last of all; MkDocs is told its anchors and verifies its links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor

from readingroom.page.markdown import END_FENCE, FENCE, note_fence
from readingroom.publish.sheet import Sheet, note, with_notes

_BEFORE_ALL_OTHERS = 1000
_AFTER_ALL_OTHERS = -1000


def alone(markdown: str) -> list[str] | None:
    """Return the lines of a transcription on whose page nothing else stands; none of an empty page.

    None where there are other words.
    """
    bare = markdown.strip("\n")
    if not bare:
        return []
    _, start, rest = bare.partition(f"{FENCE}\n")
    between, end, _ = rest.partition(f"\n{END_FENCE}")
    whole = f"{start}{between}{end}" == bare and f"\n{FENCE}\n" not in between
    return between.split("\n") if whole else None


def transcribed(
    lines: list[str], notes: Mapping[str, str], glosses: Mapping[str, str], address: Callable[[str], str]
) -> tuple[str, Sequence[str]]:
    """Return the HTML of a transcription, with the editors' notes by their numbers, and the anchors in it.

    `glosses` and `address` are as `Sheet` has them. Of no lines the HTML is empty.
    """
    if not lines:
        return "", ()
    sheet = Sheet(glosses, address)
    html = with_notes(sheet.of(lines), notes)
    return f'<div class="transcription">{html}</div>', sheet.anchors


class TranscriptionExtension(Extension):
    """Sets what stands between the fences. `glosses` maps a link's target to the words that explain it."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Python-Markdown's own signature
        """Take the options as Python-Markdown passes them."""
        self.config = {"glosses": [{}, "what a link's target is, in a few words"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register the two steps: take the lines out, and put them in as they are set."""
        held = _Held()
        md.preprocessors.register(_Take(md, held), "transcription", _BEFORE_ALL_OTHERS)
        md.postprocessors.register(_Put(md, held, self.getConfig("glosses")), "transcription", _AFTER_ALL_OTHERS)


def configured(glosses: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """Return what a configuration of MkDocs has to say, among its `mdx_configs`, for the extension to know them."""
    return {__name__: {"glosses": glosses}}


def glosses_of(configs: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
    """Return the glosses of which a configuration of MkDocs tells the extension."""
    glosses: Mapping[str, str] = configs[__name__]["glosses"]
    return glosses


def makeExtension(**options: Any) -> TranscriptionExtension:  # noqa: ANN401, N802 - Python-Markdown's own signature
    """Return the extension, as Python-Markdown looks for it."""
    return TranscriptionExtension(**options)


class _Held:
    """What one page's conversion carries from step to step."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.place = ""
        """the paragraph that stands for the transcription, and above each note; no other is like it"""


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


class _Put(Postprocessor):
    def __init__(self, md: Markdown, held: _Held, glosses: Mapping[str, str]) -> None:
        super().__init__(md)
        self._md = md
        self._held = held
        self._glosses = glosses

    def run(self, text: str) -> str:
        """Put the transcription after all else, with the notes in it. What comes here before, headings, stays."""
        if not self._held.lines:
            return text
        _, *found = text.split(f"<p>{self._held.place}</p>")
        if not found:
            return text
        head, *said = found
        notes = {str(number): note(number, words.strip()) for number, words in enumerate(said, 1)}
        html, anchors = transcribed(self._held.lines, notes, self._glosses, self._address())
        self._tell(anchors)
        return f"{head}{html}"

    def _address(self) -> Callable[[str], str]:
        """Return what makes an address of a link's target: MkDocs, which warns of one that leads nowhere."""
        processors = self._md.treeprocessors
        return processors["relpath"].path_to_url if "relpath" in processors else str  # type: ignore[attr-defined]

    def _tell(self, anchors: Sequence[str]) -> None:
        """Let MkDocs know the anchors, to which other pages may lead."""
        if "mkdocs_extract_anchors" in self._md.treeprocessors:
            noted = self._md.treeprocessors["mkdocs_extract_anchors"]
            noted.present_anchor_ids.update(anchors)  # type: ignore[attr-defined]
