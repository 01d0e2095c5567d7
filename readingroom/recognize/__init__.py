"""From text to labels and metadata. One recognizer a file; the table below is their order, and the whole mechanism.

A recognizer is a function that looks at the sheet and adds labels and readings to it. It changes no words, and it never
takes a range from one before it. A new one is one new file, one line here, and its cases in tests/cases.
"""

from __future__ import annotations

from collections.abc import Callable

from readingroom.model.document import Document, Seed
from readingroom.recognize import (
    attributes,
    cable,
    clearance,
    covers,
    dates,
    forms,
    furniture,
    gaps,
    heads,
    kinds,
    letters,
    markings,
    message,
    pages,
    paragraphs,
    record,
    redactions,
    references,
    release,
)
from readingroom.recognize.describe import describe
from readingroom.recognize.ocr_marks import typed
from readingroom.recognize.sheet import Sheet

RECOGNIZERS: tuple[Callable[[Sheet], None], ...] = (
    attributes.recognize,
    release.recognize,
    record.recognize,
    redactions.recognize,
    gaps.recognize,
    markings.recognize,
    furniture.recognize,
    cable.recognize,
    covers.recognize,
    message.recognize,
    heads.recognize,
    dates.recognize,
    letters.recognize,
    clearance.recognize,
    forms.recognize,
    paragraphs.recognize,
    pages.recognize,
    references.recognize,
    kinds.recognize,
)


def recognize(seed: Seed) -> Document:
    """Return the document that `seed` holds: its text, every range that was recognized, and what was read from them."""
    lines, marks = typed(seed.text)
    sheet = Sheet(seed.text, lines, marks)
    for recognizer in RECOGNIZERS:
        recognizer(sheet)
    return describe(seed, sheet)
