"""From what each page of a site is made, as a key: while a page's key is the same, so are its bytes.

What is the same for all pages (program, templates, configuration) is the base: under another base all is made anew.
Nothing else may stand on every page.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils.yaml import yaml_load

from readingroom.conversion import program
from readingroom.digests import digest_of
from readingroom.editorial.authority import ROOMS
from readingroom.editorial.edition import Edited, Edition
from readingroom.editorial.mentions import fold
from readingroom.editorial.missing import thing_of
from readingroom.export.citing.citation import Site
from readingroom.export.download import is_small, written
from readingroom.publish.redirects import old_address
from readingroom.publish.views.cited import cited_at
from readingroom.publish.views.collection import summary
from readingroom.publish.views.document import MOST_RELATED
from readingroom.publish.views.known import addressee_at
from readingroom.publish.views.made import Made
from readingroom.publish.views.neighbors import Neighbors
from readingroom.stamps import now, stamp

DATA, EDITORS, TEMPLATES = ":data", ":editors", ":templates"
"""Units that are neither pages nor files."""
_SIDES = ("from", "to")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
"""Where a function that a configuration names lies in this process's memory."""


def base(config: MkDocsConfig, overrides: Path, *, preview: bool) -> str:
    """Return the key of what all pages are made from: program, templates, configuration."""
    with open(config.config_file_path, "rb") as file:  # noqa: PTH123 - MkDocs reads a file and what it inherits from
        said = _ADDRESS.sub("", repr(yaml_load(file)))
    folders = {overrides, Path(config.theme.custom_dir or overrides)}
    files = [(path, folder) for folder in sorted(folders) for path in sorted(folder.rglob("*")) if path.is_file()]
    root = Path(config.config_file_path).parent
    files += [(root / str(hook), root) for hook in config.hooks]
    return digest_of(program(), preview, said, [(path.relative_to(folder), _bytes(path)) for path, folder in files])


def written_by_people(docs: Path, generated: Path) -> str:
    """Return the key of all that stands below `docs` but for annotations and the pages that are written there."""
    looked_at = now()
    seen = []
    for place, folders, names in os.walk(docs):
        folders[:] = sorted(
            folder for folder in folders if Path(place, folder) not in {generated, docs / "annotations"}
        )
        for name in sorted(names):
            path = Path(place, name)
            seen.append((str(path), _bytes(path) if path.suffix == ".md" else stamp(path, looked_at=looked_at)))
    return digest_of(seen)


def _bytes(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def facts_of(edition: Edition) -> str:
    """Return the key of all that pages of several documents may show: no words of headnotes and notes."""
    return digest_of(
        [(each.id, each.facts, [(c.document, c.year) for c in each.citations]) for each in edition.documents],
        edition.failed,
        edition.authorities,
        edition.terms,
    )


def addresses_of(pages: Iterable[File]) -> str:
    """Return the key of which pages there are."""
    return digest_of(sorted(page.src_uri for page in pages))


_NOTHING: Mapping[str, str] = MappingProxyType({})


class Keys:
    """The keys of one edition's pages."""

    def __init__(
        self, edition: Edition, made: Iterable[Made], site: Site, facts: str, known: Mapping[str, str] = _NOTHING
    ) -> None:
        """Take the edition, the pages that are made of it, how citations name the site, and the key of its facts.

        `known` are keys of an edition with the same facts and addresses: what is made of nothing else keeps its key.
        """
        self._edition = edition
        self._site = site
        self._facts = facts
        self._known = known
        self._figures = digest_of(summary(edition))
        self._made = {page.uri: page for page in made}
        self._documents = {f"documents/{each.id}.md": each for each in edition.documents}

    def units(self, pages: Iterable[File], others: Iterable[File], docs: Path) -> Mapping[str, str]:
        """Return the key of every unit of the site; `docs` is the folder of what people write."""
        pages = tuple(pages)
        addresses, paths = addresses_of(pages), frozenset(page.dest_uri for page in pages)
        looked_at = now()
        return {
            DATA: digest_of(self._facts, self._packed(docs), addresses),  # first, as it takes longest
            EDITORS: digest_of(self._edition.authorities, self._edition.terms),
            TEMPLATES: digest_of(addresses, self._facts),
            **{page.src_uri: self._page(page, addresses, paths) for page in pages},
            **{file.src_uri: _copied(file, looked_at) for file in others},
        }

    def _packed(self, docs: Path) -> object:
        """Return what is taken along of a small edition."""
        if not is_small(self._edition):
            return None
        others = sorted((uri, _bytes(path)) for uri, path in written(docs) if uri not in self._documents)
        return [each.digest for each in self._edition.documents], others

    def _page(self, page: File, addresses: str, paths: Container[str]) -> str:
        uri = page.src_uri
        known = self._known.get(uri)
        if uri in self._documents:
            edited = self._documents[uri]
            return known if known and known.startswith(edited.digest) else self._document(edited, addresses, paths)
        if uri in self._made:
            made = self._made[uri]
            return known or digest_of(made.title, made.template, made.on() if made.on else self._facts)
        words = page.content_string
        figures = "" if uri.partition("/")[0] in ROOMS else self._figures
        return digest_of(words, addresses if "](" in words else "", self._facts, figures)

    def _document(self, edited: Edited, addresses: str, paths: Container[str]) -> str:
        """Return the key of a document's page: the digest of what is its own, and that of what it shows of others."""
        written = (edited.annotation.headnote, *(note.words for note in edited.annotation.notes))
        leads = addresses if any("](" in words for words in written) else ""
        taken = old_address(edited) in paths
        return f"{edited.digest}-{digest_of(edited.id, edited.problems, leads, taken, tuple(self._beside(edited)))}"

    @cached_property
    def _glosses(self) -> Mapping[str, tuple[str, ...]]:
        return {
            **{each.id: (each.name, each.summary) for each in self._edition.authorities},
            **{term.anchor: (term.explanation,) for term in self._edition.terms},
        }

    def _beside(self, edited: Edited) -> Iterator[object]:
        """Yield what a document's page shows of others."""
        edition, neighbors = self._edition, Neighbors.of(self._edition)
        by_id = neighbors.by_id
        for other in (neighbors.before(edited), neighbors.after(edited), *edition.cited_by.get(edited.id, ())):
            yield other and (other.id, other.facts)
        for id_ in edition.sections.get(edited.id, ()):
            yield id_, by_id[id_].facts
        for other, names in neighbors.related(edited, MOST_RELATED):
            yield other.id, other.facts, names
        for cited in edited.citations:
            there = by_id[cited.document].facts if cited.document else cited_at(edition).get(thing_of(cited))
            yield cited.document, cited.year, there
        for addressee in edited.document.addressees:
            yield addressee_at(edition).get(" ".join(addressee.name.split()))
        yield sorted({self._glosses.get(mention.target, ()) for mention in (*edited.mentions, *edited.terms)})
        for side in _SIDES:
            for name in getattr(edited.fields.get(side), "value", ()):
                yield self._site.known.get(edited.named.get(fold(name), name))


def _copied(file: File, looked_at: int) -> str:
    """Return the key of a file that is copied as it is; of one that stands on no disk, by what it says."""
    if file.abs_src_path is None:
        return digest_of(file.content_bytes)
    return f"{file.abs_src_path} {stamp(file.abs_src_path, looked_at=looked_at)}"
