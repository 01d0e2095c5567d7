"""Messages by their numbers across the collection: which one a citation means, and which are sections of one message.

Posts number anew each January, so the same post and number come back every year (domain, section 5.3): without a year
nothing is settled. Zeros that pad a number say nothing, and a page line cuts the post's name to six characters.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from readingroom.dates import earliest
from readingroom.model.document import Field, Reference
from readingroom.recognize.dates import full_year
from readingroom.recognize.message_numbers import sender

_NUMBER = re.compile(r"(?:(?P<year>\d\d) )?(?P<post>[A-Z][A-Z '/.:-]{0,60}?)[ :-]{1,3}(?P<serial>\d{1,9})$")
_CUT = 6
_UNDATED = dt.date.max


class Citation(NamedTuple):
    """A reference on a line, and the id of the document here that it cites; None for what is cited but not here."""

    reference: Reference
    line: int
    document: str | None = None
    year: str = ""
    """of a cited message, `1979`; empty for other papers, and where neither words nor the citing one's date say it"""


@dataclass(frozen=True, slots=True)
class _Message:
    """What a document's number says of it."""

    id: str
    post: str
    serial: int
    day: dt.date
    section: str
    """`1 of 2`; empty for a message in one piece"""

    @property
    def year(self) -> int:
        return self.day.year


class Numbered:
    """The numbered messages of a collection."""

    def __init__(self, documents: Iterable[tuple[str, Mapping[str, Field]]]) -> None:
        """Take in the ids and fields of all documents; those without a number or a date are left out."""
        self._by_id = {id_: message for id_, fields in documents if (message := _message(id_, fields))}
        self._by_number: defaultdict[tuple[str, int, int], list[_Message]] = defaultdict(list)
        for message in self._by_id.values():
            self._by_number[message.post[:_CUT].strip(), message.serial, message.year].append(message)

    def settled(self, id_: str, fields: Mapping[str, Field], cited: Citation) -> Citation:
        """Return a citation of the document `id_` with the document that it cites.

        An item without a year is of the citing message's. In January, a post that cites a higher number of its own
        than the message bears cites the year before.
        """
        match = _NUMBER.match(cited.reference.normalized or "")
        if match is None:
            return cited
        day = _day(fields)
        year = full_year(match["year"]) if match["year"] else day.year if day != _UNDATED else None
        if year is None:
            return cited
        post, serial = sender(match["post"]), int(match["serial"])
        own = self._by_id.get(id_)
        if own and not match["year"] and day.month == 1 and _same(own.post, post) and serial > own.serial:
            year -= 0 if self._found(post, serial, year) else 1
        found = self._found(post, serial, year)
        return cited._replace(document=found if found != id_ else None, year=str(year))

    def sections(self) -> dict[str, tuple[str, ...]]:
        """Return, for each section of a message whose sections are here, the ids of the others in order."""
        others: dict[str, tuple[str, ...]] = {}
        for group in self._by_number.values():
            for message in group:
                siblings = [each for each in _in_order(group) if _same(each.post, message.post)]
                if len(siblings) > 1 and _are_sections(siblings):
                    others[message.id] = tuple(each.id for each in siblings if each is not message)
        return others

    def _found(self, post: str, serial: int, year: int) -> str | None:
        """Return the id of the one message of this number, or of its first section; None where none or several are."""
        group = self._by_number.get((post[:_CUT].strip(), serial, year), [])
        found = _in_order([message for message in group if _same(message.post, post)])
        return found[0].id if len(found) == 1 or _are_sections(found) else None


def _message(id_: str, fields: Mapping[str, Field]) -> _Message | None:
    number, section = fields.get("number"), fields.get("section")
    match = _NUMBER.match(str(number.value)) if number else None
    day = _day(fields)
    if match is None or day == _UNDATED:
        return None
    return _Message(id_, sender(match["post"]), int(match["serial"]), day, str(section.value) if section else "")


def _day(fields: Mapping[str, Field]) -> dt.date:
    date = fields.get("date")
    return earliest(str(date.value)) if date else _UNDATED


def _same(a: str, b: str) -> bool:
    """Return whether two names are one post's, either of them cut short by a page line."""
    a, b = (re.sub(r"[^A-Z ]", "", name) for name in (a, b))
    short, long = sorted((a, b), key=len)
    return short.replace(" ", "") == long.replace(" ", "") or (
        len(short) <= _CUT and short == long[:_CUT].strip() and len(long) > _CUT
    )


def _in_order(messages: list[_Message]) -> list[_Message]:
    return sorted(messages, key=lambda message: (int(re.match(r"\d*", message.section)[0] or 0), message.id))  # type: ignore[index]


def _are_sections(messages: list[_Message]) -> bool:
    """Return whether these are different sections of one message."""
    sections = {message.section for message in messages}
    totals = {section.rpartition(" ")[2] for section in sections}
    return "" not in sections and len(sections) == len(messages) > 0 and len(totals) == 1
