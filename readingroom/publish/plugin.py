"""Our one hook into MkDocs: which pages there are beside the files, which template each has, what it is given."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import jinja2
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

from readingroom.editorial.authority import ROOMS
from readingroom.editorial.edition import Edition
from readingroom.editorial.safety import clean
from readingroom.export.citing.citation import Site, citation
from readingroom.page.front_matter import metadata
from readingroom.publish.frame import Frame
from readingroom.publish.tight import Tight
from readingroom.publish.views import (
    authorities,
    browse,
    cited,
    collection,
    data,
    document,
    finding,
    known,
    letters,
    suggesting,
    timeline,
    withheld,
)
from readingroom.publish.views.card import Card, authority_card, document_card
from readingroom.publish.views.neighbors import Neighbors
from readingroom.publish.views.words import count, figure
from readingroom.shares import Share

OVERRIDES = Path(__file__).resolve().parents[2] / "overrides"
"""Our templates, styles and scripts; a collection's own `custom_dir` comes before them."""

_ROOMS = (
    browse.pages,
    timeline.pages,
    letters.pages,
    withheld.pages,
    cited.pages,
    known.pages,
    authorities.pages,
    data.pages,
    finding.pages,
)
"""What makes the pages that no file holds."""
_TITLE = "\n---\n\n# "
"""What stands in a document's page between its front matter and its title."""
_RECORD = re.compile(r"<span class=rr-record data-editorial>(?P<anchor>L\d+(?:-\d+)?)</span>")
"""The place that the sheet leaves under a redaction for the way to its record."""


_ALL = Share()


def _answering(answer: bool) -> Callable[[], bool]:  # noqa: FBT001 - it is all that is said
    return lambda: answer


@dataclass(frozen=True, slots=True)
class Lead:
    """A link of `page` to an anchor of the page `to`; as a string, what MkDocs says where the anchor is missing."""

    page: str
    link: str
    to: str
    anchor: str

    def __str__(self) -> str:
        return (
            f"Doc file '{self.page}' contains a link '{self.link}', "
            f"but the doc '{self.to}' does not contain an anchor '#{self.anchor}'."
        )


class NoOptions(Config):  # type: ignore[no-untyped-call] # MkDocs' base has no types here
    """The plugin is given its edition by the program; mkdocs.yml does not name it."""


class ReadingRoomPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call] # MkDocs' base has no types here
    """Brings an edition into a MkDocs build."""

    def __init__(self, edition: Edition, *, preview: bool = False, share: Share = _ALL) -> None:
        """Take the edition whose pages lie in docs/documents, and the share of the pages to render.

        A preview may reload itself, which our policy forbids.
        """
        super().__init__()
        self._share = share
        self._files = Files([])
        self._edition = edition
        self._preview = preview
        self._documents = {f"documents/{each.id}.md": each for each in edition.documents}
        self._authorities = {f"{each.id}.md": each for each in edition.authorities}
        self._made = {page.uri: page for room in _ROOMS for page in room(edition)}
        self._neighbors = Neighbors.of(edition)
        self._failures = {f"documents/{failure.id}.md": failure for failure in edition.failed}
        self._headnotes: dict[str, str] = {}
        self._site = Site("", "", {})

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our templates, tell the transcription what its links lead to, and learn what citations call the site."""
        self._site = site_of(config, self._edition)
        if str(OVERRIDES) not in config.theme.dirs:
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, str(OVERRIDES))
        config.mdx_configs["readingroom.publish.transcription"] = {"glosses": self._glosses()}
        return config

    def _glosses(self) -> dict[str, str]:
        glosses = {f"../glossary.md#{term.anchor}": term.explanation for term in self._edition.terms}
        for authority in self._edition.authorities:
            glosses[f"../{authority.id}.md"] = (
                f"{authority.name}: {authority.summary}" if authority.summary else authority.name
            )
        for each in self._edition.documents:
            glosses[f"{each.id}.md"] = each.title
        return glosses

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Take annotation files out, and add the pages that no file holds; the menu need not name every one of them."""
        for file in [file for file in files if file.src_uri.startswith("annotations/")]:
            files.remove(file)
        titles = {uri: made.title for uri, made in self._made.items()}
        titles |= {uri: failure.id for uri, failure in self._failures.items()}
        for uri, title in titles.items():
            if files.get_file_from_path(uri) is None:
                content = f"---\ntitle: {json.dumps(title)}\n---\n"
                files.append(File.generated(config, uri, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        self._files = files
        if self._share.of > 1:
            self._leave_to_others([file for file in files if file.is_documentation_page()])
        return files

    def _leave_to_others(self, pages: list[File]) -> None:
        """Let MkDocs take for modified, and so render or copy, what is of this share; the first has what is no page."""
        mine = {file.src_uri for file in self._share.mine(pages)}
        mine |= {file.src_uri for file in self._files if not file.is_documentation_page() and self._share.index == 0}
        for file in self._files:
            file.is_modified = _answering(file.src_uri in mine)  # type: ignore[method-assign] # what MkDocs asks

    def anchors(self) -> dict[str, frozenset[str]]:
        """Return the anchors of each page that was rendered."""
        pages = ((file.src_uri, file.page) for file in self._files if file.page is not None)
        return {uri: frozenset(page.present_anchor_ids) for uri, page in pages if page.present_anchor_ids is not None}

    def leads(self) -> tuple[Lead, ...]:
        """Return the links to anchors of pages that were not rendered."""
        return tuple(
            Lead(file.src_uri, link, to.src_uri, anchor)
            for file in self._files
            for to, links in ((file.page.links_to_anchors if file.page else None) or {}).items()
            if to.page is not None and to.page.present_anchor_ids is None
            for anchor, link in links.items()
        )

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Give what stands in a document's page below its title: front matter and title are known from the edition."""
        if page.file.src_uri not in self._documents:
            return None
        _, below = page.file.content_string.split(_TITLE, 1)
        return below.partition("\n")[2]

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Choose the page's template; say of a document what its front matter says."""
        uri = page.file.src_uri
        if uri in self._documents:
            page.meta.update(metadata(self._documents[uri]))
        template = self._template(uri)
        if template:
            page.meta["template"] = template
        if uri in self._authorities:
            page.meta["title"] = self._authorities[uri].name
        return markdown

    def _template(self, uri: str) -> str | None:
        if uri in self._documents:
            return "document.html"
        if uri in self._made:
            return self._made[uri].template
        if uri in self._authorities:
            return "authority.html"
        if uri in self._failures:
            return "failed.html"
        return {"index.md": "home.html", "about/index.md": "about.html"}.get(uri)

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Part a document's page into headnote and transcription; let nothing active through in what editors write."""
        uri = page.file.src_uri
        if uri.partition("/")[0] in ROOMS:
            return clean(html)
        if uri not in self._documents:
            return html
        if "rr-record" in html:
            records = f"../../withheld/documents/{self._documents[uri].id}/"
            record = rf'<a class="rr-record" data-editorial="" href="{records}#\g<anchor>">'
            html = _RECORD.sub(rf"{record}Its record, and how to ask for it</a>", html)
        head, start, transcription = html.rpartition('<div class="transcription"')
        self._headnotes[uri] = clean(head).strip() if head.strip() else ""
        page.toc = TableOfContents(
            []
        )  # the way past the frame leads to the page, not to the first heading of a headnote
        return start + transcription

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Give templates the words that they cannot choose themselves."""
        env.add_extension(Tight)
        env.globals["once"] = Frame().once
        env.globals["preview"] = self._preview
        env.globals["collection"] = collection.summary(self._edition)
        env.filters["count"] = count
        env.filters["figure"] = figure
        env.globals["withheld_in_words"] = withheld.withheld_in_words
        env.globals["cited_at"] = cited.cited_at(self._edition)
        env.globals["addressee_at"] = known.addressee_at(self._edition)
        env.globals["suggestion"] = suggesting.suggestion
        env.globals["error_report"] = suggesting.error_report
        return env

    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        """Give each page what its template places."""
        given = cast("dict[str, object]", context)
        given.update(self._context(page.file.src_uri))
        if "card" not in given:
            given["card"] = self._card(page, config)
        return context

    def _card(self, page: Page, config: MkDocsConfig) -> Card:
        said = page.meta.get("description") or (config.site_description if page.is_homepage else "")
        return Card(str(page.meta.get("title") or page.title or config.site_name), str(said or ""))

    def _context(self, uri: str) -> Mapping[str, object]:
        edition = self._edition
        if uri in self._documents:
            edited = self._documents[uri]
            cited = citation(edited, self._site)
            view = document.document_view(edited, self._neighbors, cited)
            return {"document": view, "headnote": self._headnotes[uri], "card": document_card(edited, cited)}
        if uri in self._authorities:
            named = self._authorities[uri]
            return {"authority": authorities.authority_view(named, edition), "card": authority_card(named)}
        if uri in self._made:
            return self._made[uri].context()
        if uri == "index.md":
            first = tuple(map(collection.row, edition.documents[: collection.ON_HOME]))
            return {"rows": first, "exemptions": withheld.exemptions(edition)}
        return {"failure": self._failures.get(uri)}


def site_of(config: MkDocsConfig, edition: Edition) -> Site:
    """Return the site as citations name it."""
    return Site.of(config.site_name, config.site_url, edition.authorities)


class Collected(logging.Handler):
    """Hands every warning of MkDocs to `say`, so that none passes unseen."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Take what is to be done with a message."""
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Hand over one message."""
        self._say(record.getMessage())
