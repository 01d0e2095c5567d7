"""What stands in the index for a text: one stream of tokens, in which every phrase of the rule can be found.

The rule knows a text as its parts and as its joined words. They differ in few places, so all parts stand in the index,
and of the joined words only stretches: each word that is made of several parts, with its neighbors up to REACH words
away. A phrase of at most REACH + 1 joined words stands in a stretch or among the parts, if it stands in the text at
all; a longer one may run out of its stretch, and has to be looked for in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readingroom.words import Words, token

REACH = 5
"""How many words on either side go with a joined word. The search page is told by the manifest."""

_BREAK = token("\0")  # no query can ask for it


def indexed(words: Words) -> str:
    """Return the tokens that stand in the index for a text: its parts, its joined stretches, its codes, breaks between.

    Codes need no breaks: no phrase holds one.
    """
    streams = (words.parts, *_stretches(words), words.codes)
    return " ".join(token(word) if word else _BREAK for stream in streams for word in ("", *stream))


def _stretches(words: Words) -> Iterator[Sequence[str]]:
    """The longest runs of joined words in which each is at most REACH away from one that is made of several parts."""
    start = stop = 0  # of the run that is being gathered
    for place in _made_of_several(words):
        if place - REACH > stop:
            if stop:
                yield words.joined[start:stop]
            start = max(place - REACH, 0)
        stop = place + REACH + 1
    if stop:
        yield words.joined[start:stop]


def _made_of_several(words: Words) -> Iterator[int]:
    """The places of the joined words that several parts make up; the streams run side by side."""
    parts = iter(words.parts)
    for place, word in enumerate(words.joined):
        length = len(next(parts))
        if length < len(word):
            yield place
        while length < len(word):
            length += len(next(parts))
