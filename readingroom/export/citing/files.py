"""Citations as files to take along, one for each format: beside each document, and all together below `data/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from readingroom.export.citing.bibtex import bibtex
from readingroom.export.citing.citation import Citation
from readingroom.export.citing.csl import csl_json
from readingroom.export.citing.ris import ris

_FORMATS: Mapping[str, Callable[[Iterable[Citation]], str]] = {"json": csl_json, "bib": bibtex, "ris": ris}
"""How the files of each format are called, and what makes them."""


def write_citations(citations: Iterable[Citation], folder: Path, stem: str) -> None:
    """Write `<stem>.json` (CSL-JSON), `.bib` and `.ris` into `folder`, which is there."""
    listed = tuple(citations)
    for ending, form in _FORMATS.items():
        (folder / f"{stem}.{ending}").write_text(form(listed), encoding="utf-8", newline="")
