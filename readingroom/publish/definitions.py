"""The Python-Markdown extension that gives every entry of a definition list an anchor, so that terms can be linked."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from readingroom.editorial.glossary import anchor_of

_BEFORE_ANCHORS_ARE_NOTED = 7


class DefinitionAnchors(Extension):
    """Sets `id` on the first term of each entry, by the same rule by which documents link to it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's own name
        """Register the one step."""
        md.treeprocessors.register(_Anchors(md), "definition_anchors", _BEFORE_ANCHORS_ARE_NOTED)


def makeExtension(**options: Any) -> DefinitionAnchors:  # noqa: ANN401, N802 - Python-Markdown's own signature
    """Return the extension, as Python-Markdown looks for it."""
    return DefinitionAnchors(**options)


class _Anchors(Treeprocessor):
    def run(self, root: Element) -> None:
        """Walk every list; a term after a definition begins an entry."""
        taken: set[str] = set()
        for entries in root.iter("dl"):
            begins = True
            for element in entries:
                if element.tag == "dt" and begins:
                    anchor = anchor_of("".join(element.itertext()))
                    if anchor not in taken:
                        element.set("id", anchor)
                        taken.add(anchor)
                begins = element.tag == "dd"
