"""A citation as a BibTeX entry, in UTF-8; `date` holds for BibLaTeX what year and month cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from readingroom.export.citing.citation import Citation, Name
from readingroom.export.citing.csl import date_of

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}$&#_%"},
    }
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - reads better
_NOT_IN_A_KEY = re.compile(r"[^A-Za-z0-9._:-]")


def bibtex(citations: Iterable[Citation]) -> str:
    """Return the entries as a file."""
    return "\n".join(_entry(each) for each in citations)


def _entry(cited: Citation) -> str:
    lines = "".join(f"  {key} = {value},\n" for key, value in _fields(cited))
    return f"@{cited.called('bibtex')}{{{_NOT_IN_A_KEY.sub('-', cited.id)},\n{lines}}}\n"


def _fields(cited: Citation) -> Iterator[tuple[str, str]]:
    """Yield keys and values; the title's second braces keep its capitals, a body's keep it in one piece."""
    if cited.authors:
        yield "author", f"{{{' and '.join(map(_name, cited.authors))}}}"
    yield "title", f"{{{{{_escaped(cited.title)}}}}}"
    yield from _date(cited.date)
    recipients = " and ".join(name.literal for name in cited.recipients)
    what = f"{cited.genre.capitalize()}{f' to {recipients}' if recipients else ''}"
    if cited.called("bibtex") == "techreport":
        yield "type", f"{{{_escaped(what)}}}"
        yield "institution", f"{{{{{_escaped(cited.agency or cited.archive or cited.site)}}}}}"
        if cited.number:
            yield "number", f"{{{_escaped(cited.number)}}}"
    else:
        yield "howpublished", f"{{{_escaped(what)}}}"
    held = ", ".join(cited.held)
    remarks = " ".join(filter(None, (f"{held}." if held else "", cited.note, f"In {cited.site}.")))
    yield "note", f"{{{_escaped(remarks)}}}"
    if cited.url:
        yield "url", f"{{{cited.url}}}"
    yield "langid", "{english}" if cited.language == "en" else f"{{{_escaped(cited.language)}}}"


def _name(name: Name) -> str:
    return f"{_escaped(name.family)}, {_escaped(name.given)}" if name.family else f"{{{_escaped(name.literal)}}}"


def _date(date: str) -> Iterator[tuple[str, str]]:
    """Yield year, month and, as BibLaTeX reads it, the date: a set as a range, whose nature the note says."""
    parts = date_of(date).get("date-parts") if date else None
    if not parts:
        return
    yield "year", f"{{{parts[0][0]}}}"
    if len(parts[0]) > 1 and 1 <= parts[0][1] <= len(_MONTHS):
        yield "month", _MONTHS[parts[0][1] - 1]
    yield "date", f"{{{date.strip('[]').replace('..', '/')}}}"


def _escaped(words: str) -> str:
    return words.translate(_SPECIAL)
