"""A seed line by line beside what each line was taken for: the answer to "why does the page look like that?"."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edited
from readingroom.model.document import Field
from readingroom.model.labels import Label
from readingroom.model.text import Text
from readingroom.page.markdown import describe

_WIDTH = 34


def explained(edited: Edited) -> str:
    """Return one line for each line of the seed: number, labels, words; then the fields with where they were read, and
    the papers, where the file holds several, each with its own.
    """
    return "\n".join((*_lines(edited), "", *_fields(edited), *_parts(edited), ""))


def _lines(edited: Edited) -> Iterator[str]:
    document = edited.document
    for line in document.text.lines:
        labels = [label for label in document.labels if label.span.overlaps(line.span)]
        taken = "; ".join(map(_said, labels))
        yield f"{line.number:>5}  {taken:<{_WIDTH}}  {document.text[line.span]}".rstrip()


def _said(label: Label) -> str:
    return describe(label).replace("\\", "")


def _fields(edited: Edited) -> Iterator[str]:
    for key, found in edited.fields.items():
        yield _field(edited.document.text, key, found)
    for doubt in edited.doubts:
        yield f"{doubt.key:<24}  not settled: {doubt.reason}"


def _field(text: Text, key: str, found: Field) -> str:
    value = found.value if isinstance(found.value, str) else "; ".join(found.value)
    place = f"line {text.number_at(found.span.start)}" if found.span is not None else "no line"
    return f"{key:<24}  {value}  ({place}, {found.certainty}, {found.origin})"


def _parts(edited: Edited) -> Iterator[str]:
    document = edited.document
    for number, part in enumerate(document.parts, 1):
        yield ""
        yield f"paper {number} of {len(document.parts)}, lines {part.lines[0]} to {part.lines[1]}"
        for key, found in part.fields.items():
            yield _field(document.text, key, found)
