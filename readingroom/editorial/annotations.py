"""Annotation files, `docs/annotations/<seed's stem>.md`: all that an editor says of a document. Never written here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readingroom.editorial.authority import Authority, page_at
from readingroom.model.document import Document, Field, Origin
from readingroom.model.labels import Certainty
from readingroom.problems import Problem, Severity
from readingroom.source.front_matter import Page

_QUOTATION = re.compile(r"^>", re.MULTILINE)
_NOT_FIELDS = frozenset({"slug", "names"})


@dataclass(frozen=True, slots=True)
class Annotation:
    """What an editor says of a document: fields, names that hold here alone, and the headnote (Markdown)."""

    file: str
    slug: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """words → id of an authority page"""
    headnote: str = ""
    headnote_line: int = 0
    """line of the file on which the headnote begins, from 1"""


def read_annotations(
    docs: Path, documents: Iterable[Document], authorities: Iterable[Authority], failed: Iterable[str] = ()
) -> tuple[dict[str, Annotation], tuple[Problem, ...]]:
    """Return the annotations by their document's stem, and what is wrong with any.

    `failed` are the stems of seeds that are there but could not be read: their annotations wait for them.
    """
    by_stem = {document.source.stem: document for document in documents}
    known = {authority.id for authority in authorities}
    problems: list[Problem] = []
    found: dict[str, Annotation] = {}
    for path in sorted((docs / "annotations").glob("*.md")):
        file = path.relative_to(docs.parent).as_posix()
        if path.stem in failed:
            continue
        if path.stem not in by_stem:
            what = f"there is no seed {path.stem}.txt or {path.stem}.md. Rename this file after its seed."
            problems.append(Problem(file, 0, "RR201", what))
            continue
        page = page_at(path, file, "annotation", "RR202", problems)
        if page is not None:
            found[path.stem] = _annotation(page, file, by_stem[path.stem], known, problems)
    return found, tuple(problems)


def _annotation(page: Page, file: str, document: Document, known: set[str], problems: list[Problem]) -> Annotation:
    fields = {}
    for key, said in page.data.items():
        if key not in _NOT_FIELDS:
            found = _field(said, document)
            if found is None:
                what = f"{key}: line {said['line']} is not in the seed, which has {len(document.text.lines)} lines."
                problems.append(Problem(file, page.lines[key], "RR203", what))
            else:
                fields[key] = found
    names = dict(page.data.get("names", {}))
    for words in [words for words, target in names.items() if target not in known]:
        what = f"names: there is no page docs/{names.pop(words)}.md. Write it, or name another page for “{words}”."
        problems.append(Problem(file, page.lines["names"], "RR205", what))
    headnote = _headnote(page, file, problems)
    return Annotation(file, page.data.get("slug"), fields, names, headnote, page.body_line)


def _field(said: Any, document: Document) -> Field | None:  # noqa: ANN401 - whatever shape the schema let pass
    """Return the field that an editor's value makes; None where it points at a line that the seed does not have."""
    if not isinstance(said, dict):
        return Field(_value(said), None, Certainty.EDITOR, Origin.SUPPLIED)
    line = int(said["line"])
    if line > len(document.text.lines):
        return None
    return Field(_value(said["value"]), document.text.lines[line - 1].span, Certainty.EDITOR, Origin.EDITED)


def _value(said: str | list[str]) -> str | tuple[str, ...]:
    return tuple(said) if isinstance(said, list) else said


def _headnote(page: Page, file: str, problems: list[Problem]) -> str:
    quotation = _QUOTATION.search(page.body)
    if quotation is None:
        return page.body.strip("\n")
    line = page.body_line + page.body.count("\n", 0, quotation.start())
    what = "notes on quoted words are not shown by this version. Only what stands above the first quotation is."
    problems.append(Problem(file, line, "RR299", what, Severity.WARNING))
    return page.body[: quotation.start()].strip("\n")
