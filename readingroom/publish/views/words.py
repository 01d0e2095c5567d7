"""Words that several views choose: counts, dates, levels, names."""

from __future__ import annotations

from collections.abc import Iterable

from readingroom.dates import in_words
from readingroom.editorial.edition import Edited

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
    """Return the names of `from`, `to` or `info` as written; in square brackets where an editor supplied them."""
    found = edited.fields.get(key)
    if found is None:
        return ()
    return tuple(f"[{name}]" for name in found.value) if found.origin == "supplied" else tuple(found.value)


def level_of(edited: Edited) -> str:
    """Return the level of the document's own marking, `unmarked` where the text shows none."""
    return str(edited.fields["classification"].value)


def joined(names: Iterable[str]) -> str:
    """Return `A, B, and C`."""
    listed = list(names)
    if len(listed) < 3:  # noqa: PLR2004 - two need no comma
        return " and ".join(listed)
    return f"{', '.join(listed[:-1])}, and {listed[-1]}"
