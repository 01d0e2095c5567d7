"""What stands in the index for a text: one stream of tokens, in which every phrase of the rule can be found.

The rule knows a text as its parts and as its joined words. They differ in few places, so all parts stand in the index,
and of the joined words only stretches: each word that is made of several parts, with its neighbors up to REACH words
away. A phrase of at most REACH + 1 joined words stands in a stretch or among the parts, if it stands in the text at
all; a longer one may run out of its stretch, and has to be looked for in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from readingroom.words import Words, token

REACH = 5
"""How many words on either side go with a joined word. The search page is told by the manifest."""

_BREAK = "\0"  # no query can ask for it
_REMEMBERED = 1 << 16


class _Tokens(dict[str, str]):
    """The tokens of words that were lately asked for, as the same words come again and again; of none, a break."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = token(word or _BREAK)
        return self[word]


token_of: Callable[[str], str] = _Tokens().__getitem__
"""The token of a word; of the empty one that of a break."""


def indexed(words: Words) -> list[str]:
    """Return the words that stand in the index for a text: parts, joined stretches, codes; before each a break.

    Codes need no breaks: no phrase holds one.
    """
    return list(chain.from_iterable(("", *stream) for stream in (words.parts, *_stretches(words), words.codes)))


def _stretches(words: Words) -> Iterator[Sequence[str]]:
    """The longest runs of joined words in which each is at most REACH away from one that is made of several parts."""
    start = stop = 0  # of the run that is being gathered
    for place in words.several:
        if place - REACH > stop:
            if stop:
                yield words.joined[start:stop]
            start = max(place - REACH, 0)
        stop = place + REACH + 1
    if stop:
        yield words.joined[start:stop]
