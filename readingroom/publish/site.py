"""From pages to a site: one MkDocs build into a folder of its own, with what lies beside the pages."""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from readingroom.collection import Collection
from readingroom.editorial.edition import Edited, Edition
from readingroom.export.citing.citation import Site, citation
from readingroom.export.citing.files import write_citations
from readingroom.export.document_json import document_json
from readingroom.export.download import write_download
from readingroom.export.tables import write_tables
from readingroom.problems import Problem, Severity
from readingroom.publish.plugin import Collected, Lead, ReadingRoomPlugin, site_of
from readingroom.publish.redirects import redirect
from readingroom.publish.views.data import TABLES
from readingroom.shares import Share, in_shares, workers

_ALL = Share()
_SHARED = "A 'dirty' build"
"""How MkDocs begins to warn of pages that it does not render; another share does."""
_PAGE_NAMED = re.compile(r"Doc file '(?P<file>[^']+)'")


class SiteError(Exception):
    """MkDocs could not build the site at all; the message is its own."""


@dataclass(frozen=True, slots=True)
class _Rendered:
    """What came of one share of the pages."""

    warnings: tuple[str, ...]
    """what MkDocs said"""
    anchors: Mapping[str, frozenset[str]]
    """page → its anchors, the share's own pages alone"""
    leads: tuple[Lead, ...]
    """the links to anchors of pages of other shares, which MkDocs left unverified here"""


def configured(
    collection: Collection, edition: Edition, site_dir: Path, share: Share = _ALL
) -> tuple[MkDocsConfig, ReadingRoomPlugin]:
    """Return MkDocs' configuration, and our plugin that is in it. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        config = load_config(config_file=str(collection.config_file), site_dir=str(site_dir))
    except (ConfigurationError, Abort) as error:
        raise SiteError(f"{collection.config_file.name}: {error}") from error
    plugin = ReadingRoomPlugin(edition, preview=collection.preview, share=share)
    config.plugins["readingroom"] = plugin
    return config, plugin


def render(collection: Collection, edition: Edition, site_dir: Path, jobs: int = 1) -> tuple[Problem, ...]:
    """Build the site into `site_dir` (emptied first); return what MkDocs warned of. Raises SiteError."""
    shutil.rmtree(site_dir, ignore_errors=True)
    processes = workers(jobs, len(edition.documents))
    rendered = in_shares(lambda share: _render(collection, edition, site_dir, share), processes)
    anchors = {page: found for each in rendered for page, found in each.anchors.items()}
    lost = (lead for each in rendered for lead in each.leads if lead.anchor not in anchors.get(lead.to, {lead.anchor}))
    warnings = dict.fromkeys((*(said for each in rendered for said in each.warnings), *map(str, lost)))
    written = {f"documents/{each.id}.md": each.annotation.file for each in edition.documents}
    return tuple(_problem(message, collection, written) for message in warnings)


def _render(collection: Collection, edition: Edition, site_dir: Path, share: Share) -> _Rendered:
    """Build a share of the pages, and what lies beside them; the first share has all that is of no page."""
    said: list[str] = []
    handler = Collected(lambda message: None if message.startswith(_SHARED) else said.append(message))
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        config, plugin = configured(collection, edition, site_dir, share)
        build_with_mkdocs(config, dirty=share.of > 1)
    except (BuildError, Abort, ConfigurationError) as error:
        raise SiteError(str(error) or "; ".join(said)) from error
    finally:
        logger.removeHandler(handler)
    site = site_of(config, edition)
    if share.index == 0:
        _beside_all(collection, edition, site, site_dir)
    for edited in share.mine(edition.documents):
        _beside_page(collection, edited, site, site_dir)
    return _Rendered(
        tuple(said), plugin.anchors(), plugin.leads() if config.validation.links.anchors >= logging.WARNING else ()
    )


def _problem(message: str, collection: Collection, written: Mapping[str, str]) -> Problem:
    """Return MkDocs' warning as a problem, at the file that a person can change: `written` has it for made pages."""
    named = _PAGE_NAMED.search(message)
    file = collection.config_file.name
    if named:
        file = written.get(named["file"], f"{collection.docs.name}/{named['file']}")
    return Problem(file, 0, "RR502", " ".join(message.split()), Severity.WARNING)


def _beside_all(collection: Collection, edition: Edition, site: Site, site_dir: Path) -> None:
    """Put what can be taken along of the whole collection beside the data page."""
    write_tables(edition, site_dir / "data", TABLES)
    write_citations([citation(edited, site) for edited in edition.documents], site_dir / "data", "citations")
    write_download(edition, collection.root, collection.docs, site_dir / "data")


def _beside_page(collection: Collection, edited: Edited, site: Site, site_dir: Path) -> None:
    """Put seed, data and citations beside a page, and a way from the seed's id where there is a slug."""
    folder = site_dir / "documents" / edited.id
    folder.mkdir(parents=True, exist_ok=True)
    source = edited.document.source
    shutil.copyfile(collection.root / source.file, folder / "source.txt")
    (folder / "document.json").write_text(document_json(edited), encoding="utf-8", newline="\n")
    write_citations([citation(edited, site)], folder, "citation")
    if edited.id != source.id:
        old = site_dir / "documents" / source.id
        old.mkdir(parents=True, exist_ok=True)
        (old / "index.html").write_text(redirect(f"../{edited.id}/", edited.title), encoding="utf-8", newline="\n")


def exchange(new: Path, old: Path) -> None:
    """Put the folder `new` in the place of `old`, which is then gone. Both must be on one disk."""
    aside = old.with_name(f"{old.name}.previous")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)
