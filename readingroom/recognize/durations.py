"""How long a paper was to stay classified, who classified it and why: the lines that each order had put on a paper.

They are of the day of classification, or of a review long after; so none of them dates the paper, and none is a
redaction or a marking (domain, section 1.5). Words and meanings are data: `duration_lines.yml`, `durations.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from readingroom.data import meaning, table
from readingroom.model.labels import Certainty, Kind
from readingroom.recognize.misreadings import is_near
from readingroom.recognize.sheet import Piece, Sheet

_LONGEST = 250
"""Longer lines are running text."""
_LONGEST_OF_STAMP, _STAMP_LINES = 60, 4
_FEWEST = 3
"""So many of its words make the groups' stamp."""
_SHORT = 3
"""Words of fewer letters tell nothing."""
_TABLE = table("duration_lines")
_NUMBER = r"E[^\w\n]{0,2}M?[O0]M?[^\w\n]{0,2}(?P<number>1\d{4})"
_ORDER_LINE = re.compile(rf"{_NUMBER}\d?\s{{0,3}}[:;.]?\s{{0,3}}(?P<value>.*)$")
_ORDER_LABEL = re.compile(rf"^{_NUMBER}|{_NUMBER.replace('number', 'inside')}\s?[:;]")
_ORDER_SIGN = re.compile(rf"\n{_NUMBER}")
_ORDER_VALUE = re.compile(
    r"\W{0,3}(?:DECL(?:AS(?:SIFY)?)?\b\W{0,3}(?:ON\W{1,3})?)?"
    r"(?:(?P<code>X?GDS|ADS|[RX]DS|X[1-8]\b|25X[1-9])[- ]?(?P<category>[1-4]\b(?!/))?)?"
    r"\W{0,3}(?P<until>OADR\b|\d{1,2}/\d{1,2}/\d{2,4})?"
)
_LEVELS = "|".join(table("markings")["levels"])
_STAMP = re.compile(rf"(?:(?:{_LEVELS})[\s/]{{1,3}})?(?P<stamp>{_TABLE['stamp']['begins']})", re.IGNORECASE)
_GOES_ON = re.compile(_TABLE["stamp"]["goes_on"], re.IGNORECASE)
_STAMP_WORDS = {
    most: tuple(word for word in _TABLE["stamp"]["words"] if len(word) // 3 == most)
    for most in sorted({len(word) // 3 for word in _TABLE["stamp"]["words"]})
}
"""The stamp's words, by how many letters of each may be wrong: one in three."""
_NO_DAY_OF_DECLASSIFICATION = frozenset({"RDS", "review"})


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of line, from the table `duration_lines`."""

    bears: frozenset[str]
    """of these words in capitals every line of the form has some"""
    find: Callable[[str], re.Match[str] | None]
    order: str
    """empty where several orders have the form"""
    code: str
    """what the form says whatever its words; empty where its words say it, or say nothing"""


def _forms() -> Iterator[_Form]:
    for entry in _TABLE["forms"]:
        pattern = re.compile(entry["form"], re.IGNORECASE)
        find = pattern.match if entry.get("begins") else pattern.search
        yield _Form(frozenset(entry["bears"]), find, entry.get("order", ""), entry.get("code", ""))


_FORMS = tuple(_forms())
_BORNE = frozenset((*_TABLE["stamp"]["bears"], *(words for form in _FORMS for words in form.bears)))


def recognize(sheet: Sheet) -> None:
    """Label duration lines, those of an order's own heading excepted; read `duration` and `declassify_on`."""
    said: list[str] = []
    for piece in list(sheet.bearing(*_BORNE)):
        if len(piece.words) > _LONGEST or _ORDER_LABEL.search(piece.words):
            continue
        found = _groups_stamp(sheet, piece) or _lines(sheet, piece)
        said += [duration for duration in found if duration not in said]
    labels = [label for label in sheet.of_kind(Kind.STAMP) if label.detail.get("duration")]
    if said:
        sheet.read("duration", tuple(said), labels[0].span, labels[0].certainty, rank=10)


def order_lines(sheet: Sheet) -> None:
    """Label lines such as `E.O. 11652: GDS` on papers that are no telegrams; a telegram's have their label already."""
    for piece in sheet.terse(_ORDER_SIGN):
        match = _ORDER_LINE.match(piece.words) if len(piece.words) <= _LONGEST else None
        if match and sheet.whole(piece) and (duration := read_order(sheet, piece)):
            sheet.label(piece.span, Kind.HEAD, field="order", duration=duration)


def read_order(sheet: Sheet, piece: Piece) -> str:
    """Return what a line such as `E.O. 11652: GDS` says, `E.O. 11652 GDS`, and read it; empty where it says nothing."""
    match = _ORDER_LINE.match(piece.words)
    said = _ORDER_VALUE.match(piece.words, match.start("value")) if match else None
    if not match or not said:
        return ""
    order = f"E.O. {match['number']}"
    code = _known(order, f"{said['code']}-{said['category']}", said["code"], said["until"])
    if said["until"] and said["code"] not in _NO_DAY_OF_DECLASSIFICATION:
        sheet.read_words("declassify_on", piece.group(said, "until"), rank=1)
    if not code:
        return ""
    sheet.read("duration", (f"{order} {code}",), piece.group(said))
    return f"{order} {code}"


def _known(order: str, *codes: str | None) -> str:
    """Return the first of `codes` that the tables have under the order; empty where they have none."""
    known = {code for name in ("durations", "exemptions") for code in table(name).get(order, {}).get("codes", {})}
    return next((code for code in codes if code in known), None) or ""


def meaning_of(duration: str) -> tuple[str, str] | None:
    """Return the plain meaning of a duration, `E.O. 11652 GDS`, and its source; None where no source was held to it."""
    return meaning("durations", duration) or meaning("exemptions", duration)


def alone(sheet: Sheet, piece: Piece) -> bool:
    """Return whether nothing stands beside a piece on its line but what says how long it was to stay classified."""
    return sheet.whole(piece) or all("duration" in label.detail for label in sheet.labels_on(piece))


def _lines(sheet: Sheet, piece: Piece) -> list[str]:
    """Label what a line says by any of the forms, each its own range; return what it says of the duration."""
    said = []
    capitals = piece.words.upper()
    borne = {words for words in _BORNE if words in capitals}
    for form in _FORMS:
        match = form.find(piece.words) if not form.bears.isdisjoint(borne) else None
        if not match:
            continue
        groups = match.groupdict()
        code = _code(groups.get("code") or "") or form.code
        code = f"Group {groups['group']}" if groups.get("group") else code
        duration = f"{form.order} {code}" if form.order and code else ""
        certainty = Certainty.DAMAGED if groups.get("damaged") else Certainty.EXACT
        if not sheet.label(piece.group(match), Kind.STAMP, certainty, duration=duration):
            continue
        said += [duration] if duration else []
        if (groups.get("until") or groups.get("damaged")) and code not in _NO_DAY_OF_DECLASSIFICATION:
            until = "until" if groups.get("until") else "damaged"
            sheet.read("declassify_on", form.code or match[until], piece.group(match, until), certainty)
        elif groups.get("code") and "X" in code:
            sheet.read("declassify_on", code, piece.group(match, "code"), certainty)
    return said


def _code(written: str) -> str:
    """Return a code as the tables spell it: `1.5 (C)` is 1.5(c)."""
    tight = re.sub(r"\s", "", written)
    return tight.lower() if "(" in tight else tight.upper()


def _groups_stamp(sheet: Sheet, piece: Piece) -> list[str]:
    """Label the stamp of the groups of E.O. 10964, over as many lines as it has; return what it says.

    `GROUP 1` alone is none: lists have groups too.
    """
    match = _STAMP.match(piece.words)
    if match is None:
        return []
    first = piece.words[match.start("stamp") :]
    below = takewhile(lambda line: _goes_on(sheet, line), sheet.lines[piece.number : piece.number + _STAMP_LINES - 1])
    lines = list(below) if piece.end == sheet.lines[piece.number - 1].end else []
    rest = piece.words[match.end() :] if match["group"] else first
    words = [word for line in (rest, *(line.words for line in lines)) for word in _words(line)]
    if (_words(rest) and not _of_stamp(rest)) or sum(map(_is_stamps, words)) < _FEWEST:
        return []
    code, certainty = _group(match["group"], [first, *(line.words for line in lines)])
    if certainty is Certainty.EXACT and not set(words) <= set(_TABLE["stamp"]["words"]):
        certainty = Certainty.DAMAGED
    duration = f"E.O. 10501 {code}" if code else ""
    span = piece.at(match.start("stamp"), len(piece.words))
    if not sheet.label(span.to(lines[-1].span) if lines else span, Kind.STAMP, certainty, duration=duration):
        return []
    return [duration] if duration else []


def _group(said: str | None, lines: list[str]) -> tuple[str, Certainty]:
    """Return the group that a stamp names, or that its words can only be of; empty where they could be of several."""
    if said:
        return f"Group {said if said.isdigit() else 1}", Certainty.EXACT
    words = " ".join(lines).upper()
    if not words.startswith("DOWN"):
        return ("" if "REGRADING" in words else "Group 1"), Certainty.INFERRED
    return ("Group 4" if re.search(r"\b3\b", words) else ""), Certainty.INFERRED


def _goes_on(sheet: Sheet, line: Piece) -> bool:
    return not line.blank and not sheet.labels_on(line) and (_of_stamp(line.words) or bool(_GOES_ON.match(line.words)))


def _of_stamp(line: str) -> bool:
    """Return whether a line has no words but the stamp's, misread as they may be."""
    words = _words(line)
    return len(line) <= _LONGEST_OF_STAMP and bool(words) and sum(map(_is_stamps, words)) * 3 >= len(words) * 2


def _words(line: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", line.upper()) if len(word) >= _SHORT]


def _is_stamps(word: str) -> bool:
    return any(is_near(word, others, most) for most, others in _STAMP_WORDS.items())
