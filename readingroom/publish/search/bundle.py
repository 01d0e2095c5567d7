"""A part of the index as a bundle that Pagefind's program in the browser reads, written without Pagefind.

Pagefind's own indexer takes a third of a megabyte of memory for each record, orders pages as the file system happens
to list them, and makes chunks of one size. What it writes is simple: CBOR (RFC 8949) behind a mark, compressed. A test
holds what is written here to what Pagefind itself writes for the same words, so that another format does not go
unseen. A bundle is a function of its pages alone.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import NamedTuple

from readingroom.publish.search.files import packed
from readingroom.publish.search.names import NAME, shortest

LANGUAGE = "zxx"
"""No language: nothing is stemmed."""

CHUNK = 20_000
"""So many bytes, unpacked, make a chunk full. Every chunk that holds a word asked for is loaded whole."""

_MARK = b"pagefind_dcd"  # what the files begin with once they are unpacked
_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4  # kinds of CBOR
_EMPTY, _OF_THREE = b"\x80", b"\x83"  # lists: a whole one, and the beginning of one
_WEIGHT = b"\x38\x18"  # the number -25: what follows has the weight of plain text


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in the index for a record."""

    id: str
    """what Pagefind calls it in its results"""
    tokens: Placed


class Placed(NamedTuple):
    """The tokens of a record as a bundle holds them, whatever number the record has there."""

    size: int
    """how many there are, each counted as often as it stands there"""
    words: str
    """each token once, spaces between them"""
    places: list[bytes]
    """of each where it stands, encoded"""

    @classmethod
    def of(cls, words: Sequence[str], token: Callable[[str], str]) -> Placed:
        """Return a stream of words so; `token` is asked once for each different word."""
        steps: defaultdict[str, list[bytes]] = defaultdict(list)
        last: dict[str, int] = {}
        for place, word in enumerate(words):
            steps[word].append(_NUMBER[place - last.get(word, 0)])
            last[word] = place
        places = [b"".join((_PLACES[len(here)], *here, _EMPTY)) for here in steps.values()]
        return cls(len(words), " ".join(map(token, steps)), places)


@dataclass(slots=True)
class _Postings:
    """The pages that have a word."""

    pages: int = 0
    last: int = 0
    encoded: bytearray = field(default_factory=bytearray)
    """of each page its number, counted from the one before it, and the word's places there"""


def write_bundle(pages: Iterable[Page], entry: Mapping[str, object], folder: Path) -> None:
    """Write a bundle into a new folder; its pages are numbered in the order given.

    `entry` is what Pagefind's program wants to read first, of any bundle of the same version.
    """
    index = folder / "index"
    index.mkdir(parents=True)
    listed: list[bytes] = []
    postings = _postings(pages, listed)
    chunks = list(_chunks(postings))
    contents = [_packed(_list((_list(_word(word, postings[word]) for word in words),))) for words in chunks]
    names = shortest([sha256(content).digest() for content in contents], NAME)
    for name, content in zip(names, contents, strict=True):
        (index / f"{name}.pf_index").write_bytes(content)
    ranges = [_list(map(_text, (*border, name))) for border, name in zip(_borders(chunks), names, strict=True)]
    lists = (_list(listed), _list(ranges), _EMPTY, _EMPTY, _EMPTY)  # without filters, sorts and fields
    meta = _packed(_list((_text(str(entry["version"])), *lists)))
    name = sha256(meta).hexdigest()[:NAME]
    (folder / f"pagefind.{name}.pf_meta").write_bytes(meta)
    languages = {LANGUAGE: {"hash": name, "wasm": None, "page_count": len(listed)}}
    said = json.dumps({**entry, "languages": languages}, ensure_ascii=False, separators=(",", ":"))
    (folder / "pagefind-entry.json").write_text(said, encoding="utf-8", newline="\n")


def _postings(pages: Iterable[Page], listed: list[bytes]) -> Mapping[str, _Postings]:
    """Where each word stands; `listed` is given what is said of each page."""
    found: defaultdict[str, _Postings] = defaultdict(_Postings)
    for number, page in enumerate(pages):
        listed.append(_list((_text(page.id), _NUMBER[page.tokens.size])))
        its = map(found.__getitem__, page.tokens.words.split(" "))
        for postings, places in zip(its, page.tokens.places, strict=True):
            postings.encoded += _PAGE[number - postings.last] + places
            postings.pages += 1
            postings.last = number
    return found


def _chunks(postings: Mapping[str, _Postings]) -> Iterator[Sequence[str]]:
    """The words in their order, in chunks."""
    chunk: list[str] = []
    size = 0
    for word in sorted(postings):
        chunk.append(word)
        size += len(postings[word].encoded)
        if size >= CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _borders(chunks: Sequence[Sequence[str]]) -> Sequence[tuple[str, str]]:
    """From which word to which a chunk goes, cut to what tells it from its neighbors."""
    first = [chunks[0][0]] if chunks else []
    last: list[str] = []
    for before, after in pairwise(chunks):
        shared = next(place for place, both in enumerate(zip_longest(before[-1], after[0]), 1) if len(set(both)) > 1)
        last.append(before[-1][:shared])
        first.append(after[0][:shared])
    return list(zip(first, [*last, *(chunk[-1] for chunk in chunks[-1:])], strict=True))


def _word(word: str, postings: _Postings) -> bytes:
    """A word, its pages, and no spellings that differ by accents."""
    return b"".join((_OF_THREE, _text(word), _head(_ARRAY, postings.pages), postings.encoded, _EMPTY))


class _Encoded(dict[int, bytes]):
    """What numbers are in some place, each worked out when first asked for: small ones come again and again."""

    def __init__(self, form: Callable[[int], bytes]) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, number: int) -> bytes:
        self[number] = self._form(number)
        return self[number]


_NUMBER = _Encoded(lambda number: _head(_UNSIGNED, number))
_TEXT_OF = _Encoded(lambda size: _head(_TEXT, size))
_PAGE = _Encoded(lambda further: _OF_THREE + _NUMBER[further])
"""The beginning of what is said of a page, so many further on than the one before it."""
_PLACES = _Encoded(lambda places: _head(_ARRAY, places + 1) + _WEIGHT)
"""The beginning of so many places. Each is counted from the one before it, and _EMPTY are those in other fields."""


def _text(text: str) -> bytes:
    encoded = text.encode()
    return _TEXT_OF[len(encoded)] + encoded


def _list(items: Iterable[bytes]) -> bytes:
    every = list(items)
    return _head(_ARRAY, len(every)) + b"".join(every)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes((kind << 5 | size,))
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes((kind << 5 | 24 + width,)) + size.to_bytes(1 << width, "big")


def _packed(content: bytes) -> bytes:
    return packed(_MARK + content)
