"""From text to labels and metadata. One recognizer a file; the table below is their order, and the whole mechanism.

A recognizer is a function that looks at the sheet and adds labels and readings to it. It changes no words, and it never
takes a range from one before it. A new one is one new file, one line here, and its cases in tests/cases.

What archives, censors and page carriers put on a file is recognized over the whole of it. Then the file's papers are
told apart (`parts`), and each is read as a sheet of its own, so that no paper's head is taken for another's.
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
    durations,
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
    parts,
    record,
    redactions,
    references,
    release,
)
from readingroom.recognize.describe import describe
from readingroom.recognize.ocr_marks import typed
from readingroom.recognize.sheet import Sheet

Recognizer = Callable[[Sheet], None]

OF_THE_FILE: tuple[Recognizer, ...] = (
    attributes.recognize,
    release.recognize,
    record.recognize,
    redactions.recognize,
    gaps.recognize,
    durations.recognize,
    markings.recognize,
    furniture.recognize,
)
OF_A_PAPER: tuple[Recognizer, ...] = (
    cable.recognize,
    durations.order_lines,
    covers.recognize,
    message.recognize,
    heads.recognize,
    dates.recognize,
    letters.recognize,
    clearance.recognize,
    forms.recognize,
    paragraphs.recognize,
    references.recognize,
    kinds.recognize,
)
RECOGNIZERS: tuple[Recognizer, ...] = (*OF_THE_FILE, *OF_A_PAPER, pages.recognize)


def recognize(seed: Seed) -> Document:
    """Return the document that `seed` holds: its text, every range that was recognized, and what was read from them."""
    lines, marks = typed(seed.text)
    sheet = Sheet(seed.text, lines, marks)
    for recognizer in OF_THE_FILE:
        recognizer(sheet)
    papers = parts.papers(sheet)
    for paper in papers:
        for recognizer in OF_A_PAPER:
            recognizer(paper)
    sheet.gather(papers)
    pages.recognize(sheet)
    return describe(seed, sheet, papers)
