"""Annotation files, `docs/annotations/<seed's stem>.md`: all that an editor says of a document. Never written here."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readingroom.editorial.authority import page_at
from readingroom.editorial.notes import Emendation, Note, place
from readingroom.editorial.passages import Passage, read_said
from readingroom.editorial.safety import refused
from readingroom.model.document import Document, Field, Origin, Quick
from readingroom.model.labels import Certainty
from readingroom.problems import Problem
from readingroom.source.front_matter import Page
from readingroom.source.seeds import RESERVED

_NOT_FIELDS = frozenset({"slug", "names"})


@dataclass(frozen=True, slots=True)
class Annotation(Quick):
    """What an editor says of a document: fields, names that hold here alone, and the headnote (Markdown)."""

    file: str
    slug: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """words → id of an authority page"""
    headnote: str = ""
    """Markdown"""
    notes: tuple[Note, ...] = ()
    emendations: tuple[Emendation, ...] = ()
    there: bool = True
    """whether the file exists"""


def path_of(docs: Path, stem: str) -> Path:
    """Return where the annotation file of the seed of this stem is, or would be."""
    return docs / "annotations" / f"{stem}.md"


def annotation_of(document: Document, docs: Path, known: Collection[str]) -> tuple[Annotation, tuple[Problem, ...]]:
    """Return what editors say of a document, and what is wrong with it; `known` are the ids of the authority pages."""
    path = path_of(docs, document.source.stem)
    file = path.relative_to(docs.parent).as_posix()
    problems: list[Problem] = []
    page = page_at(path, file, "annotation", "RR202", problems) if os.path.lexists(path) else None
    found = _annotation(page, file, document, known, problems) if page is not None else Annotation(file, there=False)
    return found, tuple(problems)


def strays(docs: Path, stems: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each annotation file that is named after none of these seeds."""
    for path in sorted((docs / "annotations").glob("*.md")):
        if path.stem not in stems:
            what = f"there is no seed {path.stem}.txt or {path.stem}.md. Rename this file after its seed."
            yield Problem(path.relative_to(docs.parent).as_posix(), 0, "RR201", what)


def _annotation(
    page: Page, file: str, document: Document, known: Collection[str], problems: list[Problem]
) -> Annotation:
    fields = {}
    for key, said in page.data.items():
        if key not in _NOT_FIELDS:
            found = _field(said, document)
            if found is None:
                what = f"{key}: line {said['line']} is not in the seed, which has {document.line_count} lines."
                problems.append(Problem(file, page.lines[key], "RR203", what))
            else:
                fields[key] = found
    names = dict(page.data.get("names", {}))
    for words in [words for words, target in names.items() if target not in known]:
        what = f"names: there is no page docs/{names.pop(words)}.md. Write it, or name another page for “{words}”."
        problems.append(Problem(file, page.lines["names"], "RR205", what))
    slug = page.data.get("slug")
    if slug in RESERVED:
        what = f"slug: “{slug}” is reserved for the site's own pages. Choose another."
        problems.append(Problem(file, page.lines["slug"], "RR206", what))
        slug = None
    said = read_said(page.body, page.body_line)
    placed = place(document, [passage for passage in said.passages if _safe(passage, file, problems)], file)
    problems += placed.problems
    headnote = said.headnote if _safe(Passage(page.body_line, "", None, said.headnote), file, problems) else ""
    return Annotation(file, slug, fields, names, headnote, placed.notes, placed.emendations)


def _safe(passage: Passage, file: str, problems: list[Problem]) -> bool:
    """Return whether an editor's words may be published; where not, `problems` says what is in the way."""
    found = refused(passage.note)
    if found is not None:
        what = f"“{found}” may not stand here: only Markdown is published, and links to http, https and mailto."
        problems.append(Problem(file, passage.line, "RR210", what))
    return found is None


def _field(said: Any, document: Document) -> Field | None:  # noqa: ANN401 - whatever shape the schema let pass
    """Return the field that an editor's value makes; None where it points at a line that the seed does not have."""
    if not isinstance(said, dict):
        return Field(_value(said), None, Certainty.EDITOR, Origin.SUPPLIED)
    line = int(said["line"])
    if line > document.line_count:
        return None
    return Field(_value(said["value"]), document.text.lines[line - 1].span, Certainty.EDITOR, Origin.EDITED)


def _value(said: str | list[str]) -> str | tuple[str, ...]:
    return tuple(said) if isinstance(said, list) else said
