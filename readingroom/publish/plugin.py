"""Our one hook into MkDocs: which pages there are beside the files, which template each has, what it is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

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
from readingroom.publish.frame import Frame
from readingroom.publish.rows import Rows
from readingroom.publish.style import style
from readingroom.publish.tight import Tight
from readingroom.publish.transcription import configured
from readingroom.publish.views import authorities, cited, collection, document, known, suggesting, withheld
from readingroom.publish.views.card import Card, authority_card, document_card
from readingroom.publish.views.made import Made
from readingroom.publish.views.neighbors import Neighbors
from readingroom.publish.views.words import count, figure

OVERRIDES = Path(__file__).resolve().parents[2] / "overrides"
"""Our templates, styles and scripts; a collection's own `custom_dir` comes before them."""

_TITLE = "\n---\n\n# "
"""What stands in a document's page between its front matter and its title."""
_RECORD = re.compile(r"<span class=rr-record data-editorial>(?P<anchor>L\d+(?:-\d+)?)</span>")
"""The place that the sheet leaves under a redaction for the way to its record."""


class Lately(Mapping[Any, str]):
    """A table that is made when it is first asked: not every page does, and not every build prints one that does."""

    def __init__(self, make: Callable[[], Mapping[Any, str]]) -> None:
        """Take what makes the table."""
        self._make = make

    @cached_property
    def _made(self) -> Mapping[Any, str]:
        return self._make()

    def __getitem__(self, key: object) -> str:
        """Return what stands under a key. Raises KeyError."""
        return self._made[key]

    def __iter__(self) -> Iterator[Any]:
        """Yield the keys."""
        return iter(self._made)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._made)


class NoOptions(Config):  # type: ignore[no-untyped-call] # MkDocs' base has no types here
    """The plugin is given its edition by the program; mkdocs.yml does not name it."""


class ReadingRoomPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call] # MkDocs' base has no types here
    """Brings an edition into a MkDocs build."""

    def __init__(self, edition: Edition, made: Iterable[Made], *, preview: bool = False) -> None:
        """Take the edition whose pages lie in docs/documents, and the pages that are made of it and no file holds.

        A preview may reload itself, which our policy forbids.
        """
        super().__init__()
        self._edition = edition
        self._preview = preview
        self._documents = {f"documents/{each.id}.md": each for each in edition.documents}
        self._authorities = {f"{each.id}.md": each for each in edition.authorities}
        self._made = {page.uri: page for page in made}
        self._neighbors = Neighbors.of(edition)
        self._failures = {f"documents/{failure.id}.md": failure for failure in edition.failed}
        self._titles: dict[str, str] = {}
        """of the pages that no file holds"""
        self._headnotes: dict[str, str] = {}
        self._site = Site("", "", {})

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Add our templates, tell the transcription what its links lead to, and learn what citations call the site."""
        self._site = Site.of(config.site_name, config.site_url, self._edition.authorities)
        if str(OVERRIDES) not in config.theme.dirs:
            own = 1 if config.theme.custom_dir else 0
            config.theme.dirs.insert(own, str(OVERRIDES))
        config.mdx_configs |= configured(self._glosses())
        return config

    @property
    def site(self) -> Site:
        """Return the site as citations name it; known once MkDocs is set up."""
        return self._site

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
        """Take annotation files out; add the style sheet and the pages that no file holds, which no menu names."""
        for file in [file for file in files if file.src_uri.startswith("annotations/")]:
            files.remove(file)
        titles = {uri: made.title for uri, made in self._made.items()}
        titles |= {uri: failure.id for uri, failure in self._failures.items()}
        for uri, title in titles.items():
            if files.get_file_from_path(uri) is None:
                files.append(File.generated(config, uri, content="", inclusion=InclusionLevel.NOT_IN_NAV))
                self._titles[uri] = title
        files.append(style(files, config))
        return files

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:  # noqa: ARG002
        """Give what stands in a document's page below its title: front matter and title are known from the edition."""
        if page.file.src_uri not in self._documents:
            return None
        _, below = page.file.content_string.split(_TITLE, 1)
        return below.partition("\n")[2]

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        """Choose the page's template, and say how the pages are called that have no front matter."""
        uri = page.file.src_uri
        if uri in self._documents:
            page.meta["title"] = self._documents[uri].title
        elif uri in self._titles:
            page.meta["title"] = self._titles[uri]
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
        page.toc = TableOfContents([])  # no heading of a headnote is the page's own
        return start + transcription

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:  # noqa: ARG002
        """Give templates the words that they cannot choose themselves."""
        env.add_extension(Tight)
        env.globals["once"] = Frame().once
        env.globals["rows_of"] = Rows(env)
        env.globals["preview"] = self._preview
        env.globals["collection"] = collection.summary(self._edition)
        env.filters["count"] = count
        env.filters["figure"] = figure
        env.globals["withheld_in_words"] = withheld.withheld_in_words
        env.globals["cited_at"] = Lately(lambda: cited.cited_at(self._edition))
        env.globals["addressee_at"] = Lately(lambda: known.addressee_at(self._edition))
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
            return {"document": view, "headnote": self._headnotes.pop(uri), "card": document_card(edited, cited)}
        if uri in self._authorities:
            named = self._authorities[uri]
            return {"authority": authorities.authority_view(named, edition), "card": authority_card(named)}
        if uri in self._made:
            return self._made[uri].context()
        if uri == "index.md":
            first = tuple(map(collection.row, edition.documents[: collection.ON_HOME]))
            return {"rows": first, "exemptions": withheld.exemptions(edition)}
        return {"failure": self._failures.get(uri)}
