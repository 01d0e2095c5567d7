"""What is done to a built collection, or to the peer's pages, before it is built again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.annotating import annotation
from benchmarks.making import ANNOTATED, Folders, annotation_file, page_file, put_document, put_page

_ADDED = "One paragraph more, added by an editor."
_LINE = b"\n\nOne line more, found on another copy of the paper.\n"


@dataclass(frozen=True, slots=True)
class Built:
    """A collection of a size, or the peer's, at a place."""

    folders: Folders
    size: int
    at: Path

    @property
    def annotated(self) -> int:
        """Return the place of a document about the middle that has an annotation."""
        return self.size // 2 // ANNOTATED * ANNOTATED

    @property
    def plain(self) -> int:
        """Return the place of a document about the middle that has none."""
        return min(self.annotated + 1, self.size - 1)


def nothing(_: Built) -> None:
    """Leave all as it is."""


def seed_changed(built: Built) -> None:
    """Add a line to a seed."""
    document = built.folders.document(built.plain)
    (built.at / "seeds" / document.file).write_bytes(document.content + _LINE)


def seed_added(built: Built) -> None:
    """Put the next document in."""
    put_document(built.folders, built.size, built.at)


def annotation_changed(built: Built) -> None:
    """Add a paragraph to a headnote."""
    document = built.folders.document(built.annotated)
    annotation_file(document, built.at).write_text(annotation(document.content, _ADDED), encoding="utf-8")


def alias_added(built: Built) -> None:
    """Add to the last authority page a name that few documents have."""
    pages, alias = built.folders.named
    last = pages[-1]
    (built.at / "docs" / last.room / f"{last.slug}.md").write_text(last.page([alias]), encoding="utf-8")


def template_changed(built: Built) -> None:
    """Add a sentence to the collection's own frame of every page."""
    main = built.at / "overrides" / "main.html"
    frame = main.read_text(encoding="utf-8")
    main.write_text(frame.replace("</footer>", "<p>A sentence more.</p>\n</footer>"), encoding="utf-8")


def page_changed(built: Built) -> None:
    """Add a line to a page of the peer."""
    document = built.folders.document(built.plain)
    with page_file(document, built.at).open("ab") as page:
        page.write(_LINE)


def page_added(built: Built) -> None:
    """Put the next page in."""
    put_page(built.folders, built.size, built.at)


def peer_template_changed(built: Built) -> None:
    """Add a sentence to the peer's frame of every page."""
    block = "{% block footer %}<p>A sentence more.</p>{{ super() }}{% endblock %}\n"
    (built.at / "overrides" / "main.html").write_text(f'{{% extends "base.html" %}}\n{block}', encoding="utf-8")


Change = Callable[[Built], None]

OURS: Mapping[str, Change] = {
    "unchanged": nothing,
    "seed changed": seed_changed,
    "annotation changed": annotation_changed,
    "alias added": alias_added,
    "template changed": template_changed,
    "seed added": seed_added,
}
"""What is measured → what is done before, in the order in which it is done."""

PEERS: Mapping[str, Change] = {
    "unchanged": nothing,
    "seed changed": page_changed,
    "template changed": peer_template_changed,
    "seed added": page_added,
}
"""The same of the peer, which knows neither annotations nor names."""
