"""What a telegram says twice: where the two do not agree, OCR damaged one of them, and that is said.

The routing has its own sum, Washington handled a message after it was sent, number line and banners bear one level, and
an order's line is of the years in which the order was in force (domain, sections 1.5 and 5).
"""

from __future__ import annotations

import re
from calendar import monthrange

from readingroom.data import table
from readingroom.model.labels import Doubt, Kind, Label, Reading
from readingroom.recognize.sheet import Sheet

_HANDLED = re.compile(r"\b(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z\b")
_ORDER = re.compile(r"1\d{4}")
_DAY = 24 * 60
_EARLY = 60
"""minutes: clocks differ, and hands are slow"""
_LATE = 14 * _DAY
"""Most messages are handled within days; after so many minutes the day is of another month."""
_HABIT = 1
"""So many years an order is cited before and after it was in force."""


def check(sheet: Sheet) -> None:
    """Record a Doubt for each thing that a telegram says in two ways."""
    _routing(sheet)
    sent = next((reading for reading in sheet.readings if reading.key == "sent"), None)
    if sent:
        _handling(sheet, sent)
        _order(sheet, sent)
    _level(sheet)


def _routing(sheet: Sheet) -> None:
    wrong = next((label for label in sheet.of_kind(Kind.ROUTING) if label.detail.get("agrees") == "no"), None)
    if wrong:
        said = f"the copies add up to {wrong.detail['copies']}, and the sum on the line is another"
        sheet.doubts.append(Doubt("routing", wrong.span, said))


def _handling(sheet: Sheet, sent: Reading) -> None:
    """Doubt the date where Washington handled the message before it was sent, or weeks after."""
    moment = str(sent.value)
    month = _DAY * monthrange(int(moment[:4]), int(moment[5:7]))[1]
    minute = _minutes(moment[8:10], moment[11:13], moment[14:16])
    for label in (*sheet.of_kind(Kind.PAGE_LINE)[:1], *_control_numbers(sheet)[:1]):
        match = _HANDLED.search(sheet.plain(label.span))
        if match is None:
            continue
        after = _minutes(match["day"], match["hour"], match["minute"]) - minute
        after += month if after < -_EARLY else 0
        if after > _LATE:
            said = f"the group is of day {moment[8:10]}, and the message was handled on day {match['day']}"
            sheet.doubts.append(Doubt("date", sent.span, said))
            return


def _control_numbers(sheet: Sheet) -> list[Label]:
    return [label for label in sheet.of_kind(Kind.HANDLING) if label.detail.get("field") == "control number"]


def _minutes(day: str, hour: str, minute: str) -> int:
    return int(day) * _DAY + int(hour) * 60 + int(minute)


def _order(sheet: Sheet, sent: Reading) -> None:
    """Doubt the date where it is not of the years of the order that the message cites."""
    for label in sheet.of_kind(Kind.HEAD):
        number = _ORDER.search(sheet.plain(label.span)) if label.detail.get("field") == "order" else None
        years = number and table("durations").get(f"E.O. {number[0]}", {}).get("years")
        if number and years and not years[0] - _HABIT <= int(str(sent.value)[:4]) <= years[1] + _HABIT:
            said = f"the year is not one of those in which E.O. {number[0]} was in force, {years[0]} to {years[1]}"
            sheet.doubts.append(Doubt("date", sent.span, said))
            return


def _level(sheet: Sheet) -> None:
    """Doubt the classification where the number line bears a level that no banner has."""
    lines = {sheet.line_at(label.span.start).number for label in sheet.of_kind(Kind.HEAD) if _is_number(label)}
    markings = [
        label for label in sheet.of_kind(Kind.MARKING) if label.detail.get("level") and "since" not in label.detail
    ]
    lined = [(sheet.line_at(label.span.start).number in lines, label) for label in markings]
    own = [label for on_line, label in lined if on_line]
    banners = {label.detail["level"] for on_line, label in lined if not on_line}
    if own and banners and own[0].detail["level"] not in banners:
        said = f"the number line says {own[0].detail['level']}, and the banners {' and '.join(sorted(banners))}"
        sheet.doubts.append(Doubt("classification", own[0].span, said))


def _is_number(label: Label) -> bool:
    return label.detail.get("field") == "number"
