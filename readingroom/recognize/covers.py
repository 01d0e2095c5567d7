"""Where a routing sheet or another cover stands over a paper, the paper itself begins below it.

Its own FROM and TO are of the sheet's way through the house, not of the paper's writing.
"""

from __future__ import annotations

from readingroom.recognize.kinds import cover_over
from readingroom.recognize.sheet import Sheet

_ABOVE = 8
"""How many lines of a paper's head may stand above the one that names its kind: a banner, a number, a date."""


def recognize(sheet: Sheet) -> None:
    """Set where the paper begins, where a cover is over it; label nothing."""
    found = cover_over(sheet)
    if found:
        cover, paper = found
        sheet.begins = max(sheet.begins, cover + 1, paper - _ABOVE)
