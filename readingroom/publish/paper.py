"""A page of the site, rendered without Python-Markdown where no word on it is Markdown, as on most.

Such a page holds nothing but a transcription, or nothing at all: lists are made by their templates. Links and anchors
are verified as MkDocs verifies those of any page.
"""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import TableOfContents

from readingroom.publish.transcription import alone, glosses_of, transcribed


class Paper(Page):
    """A page as MkDocs knows it."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set what stands on the page as HTML; note its anchors and the links to anchors."""
        lines = alone(self.markdown or "")
        if lines is None:
            super().render(config, files)
            return
        links = _RelativePathTreeprocessor(self.file, files, config)
        self.content, anchors = transcribed(lines, {}, glosses_of(config.mdx_configs), links.path_to_url)
        self.toc = TableOfContents([])
        self.present_anchor_ids = set(anchors)
        self.links_to_anchors = links.links_to_anchors
