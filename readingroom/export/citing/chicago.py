"""A citation in words: Chicago's note and bibliography entry, and the form of foreign affairs records.

Chicago's own example for a memorandum (chicagomanualofstyle.org, Q&A on documentation, faq0443), and the templates for
cables and memoranda, stand in domain, section 8. What the
editors supplied is in square brackets, a supplied title in them instead of quotation marks; a title that was merely put
together from type and date would say everything twice, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readingroom.dates import in_words
from readingroom.export.citing.citation import Citation, Name
from readingroom.model.document import Origin

_WIRED = frozenset({"cable", "dispatch"})
"""Types whose template has the subject, and the release at its end."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The three forms. The address comes after the first two, so that the note still lacks its period."""

    note: str
    bibliography: str
    record: str
    """after the usage for foreign affairs records, whole"""


def worded(cited: Citation) -> Worded:
    """Return a citation's three forms in words."""
    sentences = (_ended(_capital(piece), ".") for piece in _bibliography(cited) if piece)
    return Worded(_run(_note(cited)), " ".join(sentences), _ended(_run(_record(cited)), "."))


def joined(names: Iterable[str]) -> str:
    """Return `A, B, and C`."""
    listed = list(names)
    if len(listed) < 3:  # two need no comma
        return " and ".join(listed)
    return f"{', '.join(listed[:-1])}, and {listed[-1]}"


def _note(cited: Citation) -> Iterator[str]:
    yield from _who_and_what(cited)
    yield _title(cited)
    yield _date(cited)
    yield from cited.held
    yield f"in {cited.site}"


def _bibliography(cited: Citation) -> Iterator[str]:
    recipients = joined(_name(name) for name in cited.recipients)
    if cited.authors:
        first, *others = cited.authors
        comma = "," if first.family and others else ""
        inverted = f"{first.family}, {first.given}" if first.family else first.literal
        yield joined([f"{_bracketed(inverted, supplied=first.supplied)}{comma}", *map(_name, others)])
    yield f"{_kind(cited)}{f' to {recipients}' if recipients else ''}"
    yield _title(cited)
    yield _date(cited)
    yield ", ".join(cited.held)
    yield f"In {cited.site}"


def _record(cited: Citation) -> Iterator[str]:
    yield from _who_and_what(cited)
    yield _date(cited)
    yield cited.level
    if cited.type in _WIRED:
        yield _title(cited)
    else:
        yield cited.released
    yield from cited.held
    if cited.type in _WIRED:
        yield cited.released


def _who_and_what(cited: Citation) -> Iterator[str]:
    authors, recipients = (joined(map(_name, names)) for names in (cited.authors, cited.recipients))
    if authors:
        yield f"{authors} to {recipients}" if recipients else authors
        yield _kind(cited)
    else:
        yield _capital(f"{_kind(cited)}{f' to {recipients}' if recipients else ''}")


def _kind(cited: Citation) -> str:
    return f"{cited.genre} {cited.short_number}".strip()


def _title(cited: Citation) -> str:
    if cited.title_is is Origin.MADE:
        return ""
    return f"[{cited.title}]" if cited.title_is is Origin.SUPPLIED else f"“{cited.title}”"


def _date(cited: Citation) -> str:
    return _bracketed(in_words(cited.date), supplied=cited.date_supplied) if cited.date else "undated"


def _name(name: Name) -> str:
    return _bracketed(name.literal, supplied=name.supplied)


def _bracketed(words: str, *, supplied: bool) -> str:
    return f"[{words}]" if supplied else words


def _run(pieces: Iterable[str]) -> str:
    """Return the pieces with commas between, which stand inside a quotation's marks."""
    said = [piece for piece in pieces if piece]
    return " ".join([*(_ended(piece, ",") for piece in said[:-1]), said[-1]])


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _ended(piece: str, sign: str) -> str:
    inside = piece.endswith("”")
    words = piece[:-1] if inside else piece
    sign = "" if words.endswith(("?", "!", sign)) else sign
    return f"{words}{sign}{'”' if inside else ''}"
