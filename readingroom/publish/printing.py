"""The units of a site, each printed into its place: a document's page with all that lies beside it, any other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mkdocs.structure.files import File

from readingroom.collection import Collection
from readingroom.editorial.edition import Edited, Edition
from readingroom.export.citing.citation import citation
from readingroom.export.citing.files import citation_files
from readingroom.export.document_json import document_json
from readingroom.export.download import write_download
from readingroom.export.edition_records import names_of, of_a_document, of_editors
from readingroom.export.tables import write_tables
from readingroom.publish.keys import DATA, EDITORS, TEMPLATES
from readingroom.publish.ledger import Printed
from readingroom.publish.plugin import ReadingRoomPlugin
from readingroom.publish.press import Press
from readingroom.publish.redirects import old_address, redirect
from readingroom.publish.search import write_input
from readingroom.publish.views.data import TABLES


@dataclass(frozen=True, slots=True)
class Job:
    """What a process must know to print units of a site: pages with what lies beside them, and other files."""

    collection: Collection
    edition: Edition
    press: Press
    plugin: ReadingRoomPlugin
    staging: Path
    others: Mapping[str, File]
    cache: Path
    """where the search keeps what it has to know of each document"""

    def print(self, uris: Iterable[str]) -> Iterator[Printed]:
        """Print units of the site one after the other."""
        documents = {f"documents/{each.id}.md": each for each in self.edition.documents}
        names = names_of(self.edition)
        for uri in uris:
            if uri in documents:
                yield self._document(uri, documents[uri], names)
            elif uri == TEMPLATES:
                yield self.press.print_templates()
            elif uri == DATA:
                yield self._data()
            elif uri == EDITORS:
                yield Printed(
                    EDITORS, (), entries=tuple(write_input(each, self.cache) for each in of_editors(self.edition))
                )
            elif uri in self.others:
                yield self.press.copy(self.others[uri])
            else:
                yield self.press.print(uri)

    def _document(self, uri: str, edited: Edited, names: Mapping[str, str]) -> Printed:
        printed = self.press.print(uri)
        beside = (*_beside_page(self.collection, edited, self.plugin, self.staging), *self._led_from(edited))
        entries = tuple(write_input(record, self.cache) for record in of_a_document(edited, names))
        source = edited.annotation.file
        return printed._replace(outputs=(*printed.outputs, *beside), entries=entries, source=source)

    def _led_from(self, edited: Edited) -> Iterator[str]:
        """Write the page that leads on from the id of a document's seed, unless another stands there; yield it."""
        old = old_address(edited)
        if old and not self.press.writes(old):
            path = self.staging / old
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(redirect(f"../{edited.id}/", edited.title).encode())
            yield old

    def _data(self) -> Printed:
        """Put what can be taken along of the whole collection beside the data page."""
        data = self.staging / "data"
        write_tables(self.edition, data, TABLES)
        cited = (citation(edited, self.plugin.site) for edited in self.edition.documents)
        for name, content in citation_files(cited, "citations"):
            (data / name).write_bytes(content)
        write_download(self.edition, self.collection.root, self.collection.docs, data)
        outputs = (f"data/{path.name}" for path in data.iterdir() if path.name != "index.html")
        return Printed(DATA, tuple(path for path in outputs if (self.staging / path).is_file()))


def _beside_page(collection: Collection, edited: Edited, plugin: ReadingRoomPlugin, site_dir: Path) -> Iterator[str]:
    """Put seed, data and citations beside a page; yield each."""
    folder = site_dir / "documents" / edited.id
    folder.mkdir(parents=True, exist_ok=True)
    source = edited.document.source
    files = {
        "source.txt": (collection.root / source.file).read_bytes(),
        "document.json": document_json(edited).encode(),
        **dict(citation_files([citation(edited, plugin.site)], "citation")),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
        yield f"documents/{edited.id}/{name}"
