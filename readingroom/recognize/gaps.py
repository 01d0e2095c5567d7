"""Gaps that nobody withheld: words illegible, garbled or not transcribed, as the transcription's own brackets say.

Only the bracket says so. The same words in a sentence speak of another paper, and an ellipsis may be its author's
(domain, sections 3.8 and 8). A gap is a range within the line, not a block of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readingroom.data import table
from readingroom.model.document import Gap
from readingroom.model.labels import Kind
from readingroom.recognize.sheet import Sheet

REASONS: dict[str, str] = {words: reason for reason, entry in table("gaps").items() for words in entry["brackets"]}
"""The inside of a bracket → why words are not there."""
_BRACKET = re.compile(r"\[ ?(?P<inside>[A-Za-z]{4,20}(?: [A-Za-z]{3,12}){0,2})[?.]? ?\]")


def recognize(sheet: Sheet) -> None:
    """Record the gaps of every line that is not itself the place of a redaction."""
    for line in sheet.lines_with("["):
        if sheet.kind_of(line) is not Kind.WITHHELD:
            for match, reason in gaps_in(line.words):
                sheet.gaps.append(Gap(line.group(match), line.number, reason, match[0]))


def gaps_in(words: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each bracket among `words` that marks a gap, with its reason: illegible, garbled or not transcribed."""
    for match in _BRACKET.finditer(words):
        reason = REASONS.get(match["inside"].lower())
        if reason:
            yield match, reason
