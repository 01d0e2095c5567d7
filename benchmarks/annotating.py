"""An editor's file for a seed: a headnote, a field, and a note on words of the seed that can be found only once."""

from __future__ import annotations

import re

_LINE = re.compile(r"[A-Za-z][A-Za-z ,;.']{28,90}$")
_WORD = re.compile(r"[A-Za-z]{4,}(?=\W*$)")
_OTHER = re.compile(r"[\W_]")

_HEADNOTE = """---
rights: public domain
---

This paper stands here under another number and in another year than its own, so that the making of a large collection
can be measured. Nothing on this page is to be cited.
"""
_NOTE = """
> {quotation}

A note on words of the paper. It is about as long as an editor’s note often is: it says one thing, names where that is
known from, and leaves the rest to the pages on people and places.
"""


def annotation(content: bytes, added: str = "") -> str:
    """Return the Markdown of an annotation for a seed; `added` is one more paragraph of its headnote."""
    line = _quotable(content.decode("utf-8", errors="replace"))
    note = _NOTE.format(quotation=_WORD.sub(r"{~~\g<0>~>\g<0>S~~}", line)) if line else ""
    more = f"\n{added}\n" if added else ""
    return f"{_HEADNOTE}{more}{note}"


def _quotable(text: str) -> str:
    """Return the middle one of the lines that are words only, and whose letters stand nowhere else; empty without one.

    Figures are none of its signs, so that every copy of a seed has the same line.
    """
    lines = [line.strip() for line in text.splitlines()]
    letters = _letters(text)
    found = [line for line in lines if _LINE.match(line) and _WORD.search(line) and letters.count(_letters(line)) == 1]
    return found[len(found) // 2] if found else ""


def _letters(words: str) -> str:
    return _OTHER.sub("", words.casefold())
