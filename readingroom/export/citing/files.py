"""Citations as files to take along, one for each format: beside each document, and all together below `data/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from readingroom.export.citing.bibtex import bibtex
from readingroom.export.citing.citation import Citation
from readingroom.export.citing.csl import csl_json
from readingroom.export.citing.ris import ris

_FORMATS: Mapping[str, Callable[[Iterable[Citation]], str]] = {"json": csl_json, "bib": bibtex, "ris": ris}
"""How the files of each format are called, and what makes them."""


def citation_files(citations: Iterable[Citation], stem: str) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of `<stem>.json` (CSL-JSON), `.bib` and `.ris`."""
    listed = tuple(citations)
    for ending, form in _FORMATS.items():
        yield f"{stem}.{ending}", form(listed).encode()
