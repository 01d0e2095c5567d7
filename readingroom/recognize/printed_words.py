"""Words that a form prints or a registry stamps (`printed_words.yml`): no writer put them there, so none is a value."""

from __future__ import annotations

import re

from readingroom.data import table
from readingroom.recognize.misreadings import Lexicon, folded

_TABLE = table("printed_words")
_BEGINS = re.compile(rf"\W*(?:\d\W+)?(?:{'|'.join(_TABLE['begins'])})", re.IGNORECASE)
_ALONE = Lexicon(_TABLE["alone"])
_ROUTING = frozenset(_TABLE["routing"])
_CHOICES = frozenset(_TABLE["choices"])
_EDGE = " .,:;*#-_()"


def printed(words: str) -> bool:
    """Return whether a line, or what stands beside a label, is but a form's own words or a registry's."""
    return bool(_BEGINS.match(words)) or _alone(folded(words).strip(_EDGE))


def beside_the_form(words: str) -> bool:
    """Return whether a line is one of the names that stand printed at a form's edge; as a value it may be a person."""
    return words.strip(" _") in _ROUTING


def a_choice(words: str) -> bool:
    """Return whether a line is one of the choices that a routing slip prints."""
    return words.strip(_EDGE).upper() in _CHOICES


def begins_with_label(words: str) -> bool:
    """Return whether the first of several words is a label in capitals: another field of the form begins there."""
    first, _, rest = folded(words).strip(_EDGE).partition(" ")
    return bool(rest) and first.rstrip(".:") in {"SUBJECT", "FROM", "INFO", "DATE"}


def _alone(words: str) -> bool:
    return words.upper() in _ALONE.words or (words.isupper() and _ALONE.has(words, 1))
