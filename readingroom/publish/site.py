"""From pages to a site: one MkDocs build into a folder of its own, with what lies beside the pages."""

from __future__ import annotations

import logging
import os
import re
import shutil
from pathlib import Path

from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, BuildError, ConfigurationError

from readingroom.collection import Collection
from readingroom.editorial.edition import Edition
from readingroom.export.citing.citation import Site, citation
from readingroom.export.citing.files import write_citations
from readingroom.export.document_json import document_json
from readingroom.export.download import write_download
from readingroom.export.tables import write_tables
from readingroom.problems import Problem, Severity
from readingroom.publish.plugin import Collected, ReadingRoomPlugin, site_of
from readingroom.publish.redirects import redirect
from readingroom.publish.views.data import TABLES

_PAGE_NAMED = re.compile(r"Doc file '(?P<file>[^']+)'")


class SiteError(Exception):
    """MkDocs could not build the site at all; the message is its own."""


def configured(collection: Collection, edition: Edition, site_dir: Path) -> MkDocsConfig:
    """Return MkDocs' configuration with our plugin in it. Raises SiteError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        config = load_config(config_file=str(collection.config_file), site_dir=str(site_dir))
    except (ConfigurationError, Abort) as error:
        raise SiteError(f"{collection.config_file.name}: {error}") from error
    config.plugins["readingroom"] = ReadingRoomPlugin(edition, preview=collection.preview)
    return config


def render(collection: Collection, edition: Edition, site_dir: Path) -> tuple[Problem, ...]:
    """Build the site into `site_dir` (emptied first); return what MkDocs warned of. Raises SiteError."""
    shutil.rmtree(site_dir, ignore_errors=True)
    problems: list[Problem] = []
    handler = Collected(lambda message: problems.append(_problem(message, collection, edition)))
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    logger.addHandler(handler)
    try:
        config = configured(collection, edition, site_dir)
        build_with_mkdocs(config)
    except (BuildError, Abort, ConfigurationError) as error:
        raise SiteError(str(error) or "; ".join(map(str, problems))) from error
    finally:
        logger.removeHandler(handler)
    _beside_pages(collection, edition, site_of(config, edition), site_dir)
    return tuple(problems)


def _problem(message: str, collection: Collection, edition: Edition) -> Problem:
    """Return MkDocs' warning as a problem, at the file that a person can change."""
    named = _PAGE_NAMED.search(message)
    written = {f"documents/{each.id}.md": each.annotation.file for each in edition.documents}
    file = collection.config_file.name
    if named:
        file = written.get(named["file"], f"{collection.docs.name}/{named['file']}")
    return Problem(file, 0, "RR502", " ".join(message.split()), Severity.WARNING)


def _beside_pages(collection: Collection, edition: Edition, site: Site, site_dir: Path) -> None:
    """Put seed, data and citations beside each page, a way from the seed's id where there is a slug; and the tables."""
    write_tables(edition, site_dir / "data", TABLES)
    cited = [citation(edited, site) for edited in edition.documents]
    write_citations(cited, site_dir / "data", "citations")
    write_download(edition, collection.root, collection.docs, site_dir / "data")
    for edited, citing in zip(edition.documents, cited, strict=True):
        folder = site_dir / "documents" / edited.id
        folder.mkdir(parents=True, exist_ok=True)
        source = edited.document.source
        shutil.copyfile(collection.root / source.file, folder / "source.txt")
        (folder / "document.json").write_text(document_json(edited), encoding="utf-8", newline="\n")
        write_citations([citing], folder, "citation")
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
