"""Several documents in one file: an attachment begins on a page of its own, with a head or salutation of its own."""

from __future__ import annotations

from readingroom.model.labels import APART, Kind
from readingroom.recognize.sheet import Sheet

_OPENERS = frozenset({Kind.CHANNEL, Kind.LETTERHEAD, Kind.SALUTATION, Kind.HANDLING})
_BODY = frozenset({Kind.TEXT, Kind.ITEM})


def starts(sheet: Sheet) -> list[int]:
    """Return the offsets at which the second and later documents of the file begin."""
    found: list[int] = []
    pages = iter(sorted(sheet.page_starts))
    page = next(pages, None)
    body = False
    for label in sheet.labels:
        while page is not None and page <= label.span.start and label.kind not in APART:
            if label.kind in _OPENERS and body:
                found.append(label.span.start)
                body = False
            page = next(pages, None)
        body = body or label.kind in _BODY
    return found
