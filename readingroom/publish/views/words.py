"""Words that several views choose: counts, dates, levels, names."""

from __future__ import annotations

from readingroom.dates import in_words
from readingroom.editorial.edition import Edited
from readingroom.editorial.mentions import fold
from readingroom.model.document import Field

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905 - reads better

UNDATED = "Undated"


def count(number: int, noun: str, plural: str = "") -> str:
    """Return `two passages`: small numbers as words, the noun in its number."""
    words = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{words} {noun if number == 1 else plural or f'{noun}s'}"


def date_of(edited: Edited) -> str:
    """Return a document's date in words; one that an editor supplied in square brackets."""
    found = edited.fields.get("date")
    if found is None:
        return UNDATED
    words = in_words(str(found.value))
    return f"[{words}]" if found.origin == "supplied" else words


def names_of(edited: Edited, key: str) -> tuple[str, ...]:
    """Return the names of `from`, `to` or `info`, by their authority page's name where the words are one.

    Names that an editor supplied stand in square brackets; those that no page has, as written.
    """
    return names_in(edited, edited.fields.get(key))


def names_in(edited: Edited, found: Field | None) -> tuple[str, ...]:
    """Return the names of a field of the document or of one of its papers, as `names_of` does."""
    if found is None:
        return ()
    names = tuple(edited.named.get(fold(name), name) for name in found.value)
    return tuple(f"[{name}]" for name in names) if found.origin == "supplied" else names


def level_of(edited: Edited) -> str:
    """Return the level of the document's own marking, `unmarked` where the text shows none."""
    return str(edited.fields["classification"].value)
