"""A citation as a RIS record: lines of a tag, two spaces, a hyphen, a space and a value, ended by CR and LF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from readingroom.export.citing.citation import Citation, Name
from readingroom.export.citing.csl import date_of


def ris(citations: Iterable[Citation]) -> str:
    """Return the records as a file."""
    return "".join(f"{tag}  - {value}\r\n" for each in citations for tag, value in _lines(each))


def in_one_field(name: str) -> str:
    """Return a name that is not to be parted as RIS and Zotero can keep it: both part a name at its comma."""
    return re.sub(r", (.+)$", r" (\1)", name, count=1)


def _lines(cited: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", cited.called("ris")
    values = (
        *(("AU", _name(name)) for name in cited.authors),
        *(("A2", _name(name)) for name in cited.recipients if cited.called("ris") == "PCOMM"),
        ("TI", cited.title),
        *_date(cited.date),
        ("M3", cited.genre.capitalize()),
        ("SN" if cited.called("ris") == "RPRT" else "NV", cited.number),
        ("PB", cited.agency if cited.called("ris") == "RPRT" else ""),
        ("DB", cited.archive),
        ("AN", ", ".join(filter(None, (cited.collection, cited.archive_location)))),
        ("CN", cited.call_number),
        ("DP", cited.site),
        ("UR", cited.url),
        ("LA", cited.language),
        ("N1", _addressed(cited)),
        ("N1", cited.note),
        ("ID", cited.id),
    )
    yield from ((tag, " ".join(value.split())) for tag, value in values if value)
    yield "ER", ""


def _name(name: Name) -> str:
    return f"{name.family}, {name.given}" if name.family else in_one_field(name.literal)


def _addressed(cited: Citation) -> str:
    """Return to whom a paper went whose type has no field for it."""
    if cited.called("ris") == "PCOMM" or not cited.recipients:
        return ""
    return f"To: {'; '.join(name.literal for name in cited.recipients)}"


def _date(date: str) -> Iterator[tuple[str, str]]:
    """Yield year and date (`YYYY/MM/DD/other`): of a range or a set the first day, and all of it as other."""
    found = date_of(date) if date else {}
    parts = found.get("date-parts")
    if not parts:
        return
    year, month, day = (*(f"{part:02}" for part in parts[0]), "", "")[:3]
    yield "PY", year
    yield "DA", f"{year}/{month}/{day}/{date if len(parts) > 1 or 'circa' in found else ''}"
