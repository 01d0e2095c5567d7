"""MkDocs set up once, to print any page of the site that is asked for, one after the other.

What MkDocs' own build does with all pages at once, this does with the pages that are wanted: it reads, renders and
writes one, notes what it leads to, and lets it go. So memory does not grow with the number of pages, and processes can
share them out. The links to anchors are verified in the ledger, where all pages meet.
"""

from __future__ import annotations

import gzip
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from jinja2 import FileSystemLoader
from mkdocs.commands import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from readingroom.publish.keys import TEMPLATES
from readingroom.publish.ledger import Lead, Printed
from readingroom.publish.paper import Paper
from readingroom.publish.plugin import ReadingRoomPlugin

_SITEMAP = "sitemap.xml"


class SiteError(Exception):
    """MkDocs could not build the site at all; the message is its own."""


class Collected(logging.Handler):
    """Hands every warning of MkDocs to `say`, so that none passes unseen."""

    def __init__(self, say: Callable[[str], None]) -> None:
        """Take what is to be done with a message."""
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        """Hand over one message."""
        self._say(record.getMessage())


@contextmanager
def heard() -> Iterator[list[str]]:
    """Collect what MkDocs warns of. Raises SiteError where it gives up."""
    said: list[str] = []
    handler = Collected(said.append)
    logger = logging.getLogger("mkdocs")
    if logger.level != logging.WARNING:  # to set it makes every logger look again whether it is to speak
        logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        yield said
    except (BuildError, Abort, ConfigurationError) as error:
        raise SiteError(str(error) or "; ".join(said)) from error
    finally:
        logger.removeHandler(handler)


def configured(config_file: Path, site_dir: Path) -> MkDocsConfig:
    """Return MkDocs' configuration. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        return load_config(config_file=str(config_file), site_dir=str(site_dir))
    except (ConfigurationError, Abort) as error:
        raise SiteError(f"{config_file.name}: {error}") from error


class _Shown(FileSystemLoader):
    """A theme's templates, of which those in a folder that begins with a dot are not listed.

    MkDocs leaves them out too, but name by name; Material has thousands of icons there.
    """

    def list_templates(self) -> list[str]:
        """Return the names of the templates."""
        return [name for name in super().list_templates() if "/." not in f"/{name}"]


class Press:
    """One collection under MkDocs, ready to print."""

    def __init__(self, config: MkDocsConfig, plugin: ReadingRoomPlugin) -> None:
        """Gather files, menu and templates, as MkDocs' own build does. Raises SiteError."""
        config.plugins["readingroom"] = plugin
        with heard() as said:
            self._config = config.plugins.on_config(config)
            config.plugins.on_pre_build(config=config)
            files = get_files(config)
            self._env = config.theme.get_env()
            self._env.loader = _Shown(config.theme.dirs)
            files.add_files_from_theme(self._env, config)
            self._files = config.plugins.on_files(files, config=config)
            set_exclusions(self._files, config)
            nav = get_navigation(_for_the_menu(self._files, config), config)
            self._nav = config.plugins.on_nav(nav, config=config, files=self._files)
        with heard():  # whatever they say is said again when they are printed
            for page in self._nav.pages:  # the menu needs their titles
                build._populate_page(page, config, self._files)  # noqa: SLF001 - see the head of this module
        with heard() as more:
            self._env = config.plugins.on_env(self._env, config=config, files=self._files)
        self._menu = frozenset(page.file.src_uri for page in self._nav.pages)
        self._paths = frozenset(file.dest_uri for file in self._files)
        self.said = (*said, *more)
        """what MkDocs warned of beside any page"""

    @property
    def config(self) -> MkDocsConfig:
        """Return MkDocs' configuration."""
        return self._config

    @property
    def menu(self) -> str:
        """Return the menu, which stands on every page, in words."""
        return str(self._nav)

    @property
    def pages(self) -> tuple[File, ...]:
        """Return the files of all pages."""
        return tuple(self._files.documentation_pages())

    @property
    def others(self) -> tuple[File, ...]:
        """Return the files that are copied as they are."""
        return tuple(f for f in self._files if not f.is_documentation_page() and f.inclusion.is_included())  # type: ignore[no-untyped-call]

    def writes(self, path: str) -> bool:
        """Return whether a page or file of the site has this path."""
        return path in self._paths

    def print(self, uri: str) -> Printed:
        """Write one page into the site; return what came of it. Raises SiteError."""
        file = self._files.src_uris[uri]
        page = file.page if uri in self._menu else None
        page = page or Paper(None, file, self._config)  # of what the menu lacks, MkDocs may have made one of its own
        with heard() as said:
            build._populate_page(page, self._config, self._files)  # noqa: SLF001
            build._build_page(page, self._config, [], self._nav, self._env)  # noqa: SLF001
        printed = Printed(uri, (file.dest_uri,), tuple(said), tuple(page.present_anchor_ids or ()), self._leads(page))
        if uri not in self._menu:
            file.page = None
        return printed

    def _leads(self, page: Page) -> tuple[Lead, ...]:
        if self._config.validation.links.anchors < logging.WARNING:
            return ()
        own = page.file.src_uri
        present = page.present_anchor_ids or set()
        return tuple(
            Lead(own, link, to.src_uri, anchor)
            for to, links in (page.links_to_anchors or {}).items()
            for anchor, link in links.items()
            if to is not page.file or anchor not in present
        )

    def print_templates(self) -> Printed:
        """Write what the theme has beside pages: the page of a wrong address, the sitemap."""
        for file in self.pages:
            if file.page is None:
                Paper(None, file, self._config)
        with heard() as said:
            names = (*self._config.theme.static_templates, *self._config.extra_templates)
            for name in self._config.theme.static_templates:
                build._build_theme_template(name, self._env, self._files, self._config, self._nav)  # noqa: SLF001
            for name in self._config.extra_templates:
                build._build_extra_template(str(name), self._files, self._config, self._nav)  # noqa: SLF001
        site = Path(self._config.site_dir)
        self._pack_sitemap(site)
        outputs = (*map(str, names), f"{_SITEMAP}.gz")
        return Printed(TEMPLATES, tuple(name for name in outputs if (site / name).exists()), tuple(said))

    def _pack_sitemap(self, site: Path) -> None:
        """Pack the sitemap again, under no date: the same pages give the same bytes."""
        if (site / _SITEMAP).exists():
            packed = gzip.compress((site / _SITEMAP).read_bytes(), mtime=0)
            (site / f"{_SITEMAP}.gz").write_bytes(packed)

    def copy(self, file: File) -> Printed:
        """Write a file that is no page."""
        with heard() as said:
            file.copy_file()
        return Printed(file.src_uri, (file.dest_uri,), tuple(said))

    def close(self) -> tuple[str, ...]:
        """Let plugins do what they do after all pages; return what MkDocs warned of."""
        with heard() as said:
            self._config.plugins.on_post_build(config=self._config)
        return tuple(said)


def _for_the_menu(files: Files, config: MkDocsConfig) -> Files:
    """Return the files that the menu may have, without the documents: MkDocs would make a page of each at once."""
    named = frozenset(_named(config.nav))
    out = InclusionLevel.NOT_IN_NAV
    return Files([file for file in files if file.inclusion is not out or file.src_uri in named])


def _named(menu: object) -> Iterator[str]:
    """Yield what a menu names, as mkdocs.yml has it: a string, or a list or mapping of such."""
    if isinstance(menu, str):
        yield PurePath(menu).as_posix()  # as MkDocs looks for it
    elif isinstance(menu, list | dict):
        for each in menu.values() if isinstance(menu, dict) else menu:
            yield from _named(each)
