"""Front matter that people write: YAML read as words, with the line of every key, so that a problem can name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file in two: its front matter's values (all scalars as words) and its body."""

    data: Mapping[str, Any]
    lines: Mapping[str, int]
    """line of each top-level key, from 1"""
    body: str
    body_line: int
    """line on which the body begins, from 1"""


class FrontMatterError(ValueError):
    """The front matter cannot be read; `line` says where (from 1), the message says what is wrong."""

    def __init__(self, line: int, what: str) -> None:
        """Keep line and words."""
        super().__init__(what)
        self.line = line


def read_page(text: str) -> Page:
    """Return the front matter and the body of `text`; both may be empty. Raises FrontMatterError.

    No scalar is interpreted: `1994-12-02`, `NO` and `007` stay the words that were typed.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != _FENCE:
        return Page({}, {}, text.removeprefix("\ufeff"), 1)
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        raise FrontMatterError(1, "the front matter has no end. Expected a line --- below it")
    try:
        node = yaml.compose("\n".join(lines[1:end]), Loader=yaml.CBaseLoader)
        data = yaml.load("\n".join(lines[1:end]), Loader=yaml.CBaseLoader) or {}  # noqa: S506 - it makes strings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise FrontMatterError(line, f"this is not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(data, dict):
        raise FrontMatterError(2, "the front matter is not a list of `key: value` lines")
    keys: dict[str, int] = {}
    for key, _ in node.value if node is not None else ():
        if key.value in keys:
            raise FrontMatterError(key.start_mark.line + 2, f"“{key.value}” stands here twice. Keep one of them")
        keys[key.value] = key.start_mark.line + 2
    return Page(data, keys, "\n".join(lines[end + 1 :]), end + 2)
