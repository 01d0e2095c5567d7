"""Where the paper's pages begin, told by what carries them: page lines, photocopy stamps, banners foot to head."""

from __future__ import annotations

import re
from bisect import bisect_left

from readingroom.model.labels import APART, Kind, Label
from readingroom.recognize.sheet import Sheet

_INKED = re.compile(r"\S")


def recognize(sheet: Sheet) -> None:
    """Record the offsets at which a new page begins; the first page is not among them."""
    page_lines = [label for label in sheet.of_kind(Kind.PAGE_LINE) if label.detail.get("page") not in {"01", "001"}]
    feet = [label for label in sheet.of_kind(Kind.ARCHIVAL_MARK) if label.detail.get("page") == "end"]
    if page_lines:
        starts = [_head_of_page(sheet, label) for label in page_lines]
    elif feet:
        starts = [_after(sheet, label) for label in feet]
    else:
        starts = [run[_mirror(run)].span.start for run in _runs(sheet)]
    sheet.page_starts += sorted({start for start in starts if 0 < start < len(sheet.text.content)})


def _head_of_page(sheet: Sheet, page_line: Label) -> int:
    """Return the start of the banner right above a page line, which heads the same page; else of the page line."""
    at = bisect_left(sheet.labels, page_line.span, key=lambda label: label.span)
    above = sheet.labels[at - 1] if at else None
    if above is not None and above.kind is Kind.MARKING and _own_line(sheet, above):
        return above.span.start
    return page_line.span.start


def _own_line(sheet: Sheet, label: Label) -> bool:
    return sheet.text[sheet.line_at(label.span.start).span] == sheet.text[label.span]


def _after(sheet: Sheet, foot: Label) -> int:
    """Return where the next words after a page's foot begin; the end of the text where there are none."""
    inked = _INKED.search(sheet.text.content, foot.span.end)
    return inked.start() if inked else len(sheet.text.content)


def _runs(sheet: Sheet) -> list[list[Label]]:
    """Return the banners of each run of page carriers inside the text: foot of one page, head of the next."""
    runs: list[list[Label]] = [[]]
    for label in sheet.labels:
        if label.kind in APART:
            runs[-1].append(label)
        else:
            runs.append([])
    banners = ([label for label in run if label.kind is Kind.MARKING] for run in runs[1:-1])
    return [run for run in banners if _mirror(run)]


def _mirror(banners: list[Label]) -> int:
    """Return where a run's second half begins: banners are mirrored about the break. 0 where they are not."""
    levels = [label.detail.get("level") for label in banners]
    half = len(levels) // 2
    return half if half and len(levels) % 2 == 0 and levels[:half] == levels[half:][::-1] else 0
