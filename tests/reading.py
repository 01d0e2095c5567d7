"""From text to document, page and HTML, as the pipeline makes them, without files: what many tests begin with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from markdown import Markdown
from mkdocs.config import load_config

from readingroom.editorial.editing import edit
from readingroom.editorial.edition import Edited, Edition
from readingroom.model.document import Document, Seed, Source
from readingroom.model.text import Text
from readingroom.page.markdown import page
from readingroom.recognize.recognizers import recognize

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
NOWHERE = ROOT / "tests" / "no-such-docs"
"""A docs folder without annotations, authority pages and glossary."""


def document_of(text: str, stem: str = "text") -> Document:
    """The document that is recognized in `text`."""
    data = text.encode()
    source = Source(f"seeds/{stem}.txt", stem, stem, sha256(data).hexdigest(), "utf-8", len(data))
    return recognize(Seed(source, Text(text)))


def edition_of(documents: Iterable[Document], docs: Path = NOWHERE) -> Edition:
    """The edition of `documents` under what editors wrote below `docs`."""
    return edit(documents, (), docs)


def edited_of(text: str) -> Edited:
    """The document in `text`, edited by nobody."""
    return edition_of([document_of(text)]).documents[0]


def page_of(text: str) -> str:
    """The Markdown page of the document in `text`."""
    return page(edited_of(text))


def seed_text(stem: str) -> str:
    """The text of a seed of the demonstration edition, by its stem or the beginning of it."""
    return next(SEEDS.glob(f"{stem}*.txt")).read_bytes().decode()


@cache
def _markdown() -> Markdown:
    config = load_config(str(ROOT / "mkdocs.yml"))
    return Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)


def html_of(markdown: str) -> str:
    """The HTML that Python-Markdown makes of a page without its front matter, under all extensions of mkdocs.yml."""
    return str(_markdown().reset().convert(markdown))
