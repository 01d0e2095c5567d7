"""The language of a page's transcription, read back: labels, links, OCR's marks, and words (see page.markdown)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from readingroom.model.labels import Certainty

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\*\[(?P<sign>\d+:|note \d+|for|omit|(?:read|add) (?!\])[^\[\]\\]*+(?:\\.[^\[\]\\]*+)*)\]\*"
    r"|\*\[(?P<label>[^\[\]\\]*+(?:\\.[^\[\]\\]*+)*)\]\* ?"
    r"|\*(?P<bold>\*)|~(?P<strike>~)|<(?P<tag>/?u)>"
    r"|\[(?P<words>[^\[\]\\]*+(?:\\.[^\[\]\\]*+)*)\]\((?P<target>[^()\s]++)\)"
    r"|&#(?P<number>\d{1,7});"
)
"""Each begins with a sign of its own, outside its group: so a search goes from sign to sign."""
_SIMPLE = re.compile(
    r"(?:\*\[(?!\d+:|note \d|for\]|omit\]|read |add )([^\[\]\\]*+)\]\* ?)?"
    r"([^\0\\*~<\[&]*+(?:\\[!-/:-@\[-`{-~][^\0\\*~<\[&]*+)*)"
)
"""A label that is no sign, if any, and words in which nothing acts that no backslash protects."""
_PROTECTED = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});")
_CERTAINTIES = frozenset(map(str, Certainty))
_DIFFERENT_LABELS = 4096
_MARKS = {"bold": "b", "strike": "del", "tag": "u"}


class Tag(NamedTuple):
    """A label of this edition: its name, its detail and its certainty, in words."""

    name: str
    detail: str = ""
    certainty: str = "exact"
    goes_on: bool = False
    """the block before goes on"""


class Turn(NamedTuple):
    """One of OCR's marks begins or ends: the HTML element that shows it."""

    element: str


class Words(NamedTuple):
    """Words of the document, with the page they lead to, if any."""

    words: str
    target: str = ""


class Sign(NamedTuple):
    """A sign of the editors' among the words: `note` begins or ends, `for`, `read`, `omit`, `add`."""

    kind: str
    words: str = ""
    """the number of a note, the words of a reading"""


Token = Tag | Turn | Words | Sign


def simple(line: str) -> tuple[Tag | None, str] | None:
    """Return the label that a line begins with, if any, and its words; None for a line with anything else in it."""
    match = _SIMPLE.fullmatch(line)
    if match is None:
        return None
    label, words = match.groups()
    return None if label is None else _tag(label), unescaped(words) if "\\" in words else words


def tokens(line: str) -> list[Token]:
    """Return what one line of a transcription consists of. Anything that is not of the language is words."""
    found: list[Token] = []
    plain = ""
    at = 0
    for match in _TOKEN.finditer(line):
        plain += line[at : match.start()]
        at = match.end()
        if match.lastgroup == "escaped":
            plain += match["escaped"]
        elif match.lastgroup == "number":
            plain += chr(int(match["number"]))
        else:
            if plain:
                found.append(Words(plain))
            plain = ""
            found.append(_structure(match))
    plain += line[at:]
    if plain:
        found.append(Words(plain))
    return found


def _structure(match: re.Match[str]) -> Token:
    what = match.lastgroup or ""
    if what == "label":
        return _tag(match["label"])
    if what == "sign":
        return _sign(match["sign"])
    if what in _MARKS:
        return Turn(_MARKS[what])
    return Words(unescaped(match["words"]), match["target"])


def _sign(said: str) -> Sign:
    if said.endswith(":"):
        return Sign("begins", said[:-1])
    kind, _, words = said.partition(" ")
    return Sign(kind, unescaped(words))


@lru_cache(_DIFFERENT_LABELS)
def _tag(said: str) -> Tag:
    said = unescaped(said)
    if said.startswith("¶ "):
        return Tag("item", said[2:])
    words, _, certainty = said.rpartition("; ")
    if certainty not in _CERTAINTIES:  # a semicolon also parts the exemptions of one redaction
        words, certainty = said, Certainty.EXACT
    name, _, detail = words.partition(": ")
    goes_on = name.endswith("…")
    return Tag(name.removesuffix("…").strip(), detail, certainty, goes_on)


def unescaped(words: str) -> str:
    """Return words without the backslashes and numbered characters that protected them."""
    return _PROTECTED.sub(lambda match: match[1] or chr(int(match[2])), words)
