"""Several documents in one file: an attachment begins on a page of its own, with a head or salutation of its own."""

from __future__ import annotations

from readingroom.model.labels import APART, Kind, Label
from readingroom.recognize.sheet import Sheet

_OPENERS = frozenset({Kind.CHANNEL, Kind.LETTERHEAD, Kind.SALUTATION, Kind.HANDLING})


def starts(sheet: Sheet) -> list[int]:
    """Return the offsets at which the second and later documents of the file begin."""
    found: list[int] = []
    for page in sheet.page_starts:
        first = next((label for label in sheet.labels if label.span.start >= page and label.kind not in APART), None)
        begun = found[-1] if found else 0
        if first is not None and first.kind in _OPENERS and _has_body(sheet, begun, page):
            found.append(first.span.start)
    return found


def _has_body(sheet: Sheet, start: int, end: int) -> bool:
    return any(start <= label.span.start < end and _is_body(label) for label in sheet.labels)


def _is_body(label: Label) -> bool:
    return label.kind in {Kind.TEXT, Kind.ITEM}
