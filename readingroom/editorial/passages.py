"""An annotation file's body in pieces: the headnote, and quotation after quotation with the note on each.

A block quotation at the top level is an anchor; a nested one, or one in a list, is part of what an editor says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt

_LINKED = re.compile(r"\[(?P<words>.*)\]\(#L(?P<line>\d+)\)$", re.DOTALL)
_QUOTE_SIGN = re.compile(r"^ {0,3}> ?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PARSER = MarkdownIt("commonmark")


@dataclass(frozen=True, slots=True)
class Passage:
    """One quotation and the note on it."""

    line: int
    """line of the file on which the quotation begins, from 1"""
    quotation: str
    """as the editor wrote it, quote signs, link and backslashes taken off"""
    at_line: int | None
    """the seed's line that a link on the quotation names"""
    note: str
    """Markdown; empty where nothing is said"""


@dataclass(frozen=True, slots=True)
class Said:
    """All that the body of an annotation file says."""

    headnote: str
    passages: tuple[Passage, ...]


def read_said(body: str, first_line: int) -> Said:
    """Return the headnote and the passages of `body`, which begins on `first_line` of its file."""
    lines = body.split("\n")
    quotations = list(_quotations(body, lines))
    edges = [*quotations, (len(lines), len(lines))]
    passages = []
    for (start, end), (after, _) in pairwise(edges):
        words, at_line = _quoted(lines[start:end])
        note = "\n".join(lines[end:after]).strip("\n")
        passages.append(Passage(first_line + start, words, at_line, note))
    return Said("\n".join(lines[: edges[0][0]]).strip("\n"), tuple(passages))


def _quotations(body: str, lines: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of lines of the block quotations at the top level that are not themselves nested."""
    for token in _PARSER.parse(body):
        if token.type == "blockquote_open" and token.level == 0 and token.map:
            start, end = token.map
            while end > start and not lines[end - 1].strip():
                end -= 1
            if not _QUOTE_SIGN.sub("", lines[start]).lstrip().startswith(">"):
                yield start, end


def _quoted(lines: list[str]) -> tuple[str, int | None]:
    words = "\n".join(_QUOTE_SIGN.sub("", line) for line in lines).strip()
    linked = _LINKED.match(words)
    words = _ESCAPED.sub(r"\1", linked["words"] if linked else words)
    return words, int(linked["line"]) if linked else None
