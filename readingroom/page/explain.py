"""A seed line by line beside what each line was taken for: the answer to "why does the page look like that?"."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edited
from readingroom.model.labels import Label
from readingroom.page.markdown import describe

_WIDTH = 34


def explained(edited: Edited) -> str:
    """Return one line for each line of the seed: number, labels, words; then the fields with where they were read."""
    return "\n".join((*_lines(edited), "", *_fields(edited), ""))


def _lines(edited: Edited) -> Iterator[str]:
    document = edited.document
    for line in document.text.lines:
        labels = [label for label in document.labels if label.span.overlaps(line.span)]
        taken = "; ".join(map(_said, labels))
        yield f"{line.number:>5}  {taken:<{_WIDTH}}  {document.text[line.span]}".rstrip()


def _said(label: Label) -> str:
    return describe(label).replace("\\", "")


def _fields(edited: Edited) -> Iterator[str]:
    text = edited.document.text
    for key, found in edited.fields.items():
        value = found.value if isinstance(found.value, str) else "; ".join(found.value)
        place = f"line {text.line_at(found.span.start).number}" if found.span is not None else "no line"
        yield f"{key:<24}  {value}  ({place}, {found.certainty}, {found.origin})"
    for doubt in edited.doubts:
        yield f"{doubt.key:<24}  not settled: {doubt.reason}"
