"""Front matter that people write: YAML read as words, with the line of every key, so that a problem can name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

_FENCE = "---"
_FIRST = 2
"""The line on which what stands between the fences begins."""


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
    data, keys = _values("\n".join(lines[1:end]))
    return Page(data, keys, "\n".join(lines[end + 1 :]), end + 2)


def _values(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the values of a front matter and the line of each key. Raises FrontMatterError."""
    try:
        _refuse_the_unexpected(text)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
        data = yaml.load(text, Loader=yaml.CBaseLoader) or {}  # noqa: S506 - it makes strings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + _FIRST if mark else 1
        raise FrontMatterError(line, f"this is not YAML: {getattr(error, 'problem', error)}") from error
    if not isinstance(data, dict):
        raise FrontMatterError(_FIRST, "the front matter is not a list of `key: value` lines")
    keys: dict[str, int] = {}
    for key, _ in node.value if node is not None else ():
        if key.value in keys:
            raise FrontMatterError(key.start_mark.line + _FIRST, f"“{key.value}” stands here twice. Keep one of them")
        keys[key.value] = key.start_mark.line + _FIRST
    return data, keys


def _refuse_the_unexpected(text: str) -> None:
    """Raise FrontMatterError for YAML that says more than it seems to: anchors, tags, lists with unquoted commas."""
    open_lists: list[list[str]] = []
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        line = (event.start_mark.line if event.start_mark else 0) + _FIRST
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontMatterError(
                line, "& and * at the start of a value are YAML's own signs. Put the value in quotes"
            )
        if getattr(event, "tag", None):
            raise FrontMatterError(line, "! at the start of a value is YAML's own sign. Put the value in quotes")
        if isinstance(event, yaml.SequenceStartEvent):
            open_lists.append([] if event.flow_style else [""])
        elif isinstance(event, yaml.ScalarEvent) and open_lists and not event.style:
            open_lists[-1].append(event.value)
        elif isinstance(event, yaml.SequenceEndEvent) and _loose(open_lists.pop()):
            what = "a comma parts this list, where one inside a name would look the same. Put each member in quotes"
            raise FrontMatterError(line, what)


def _loose(members: list[str]) -> bool:
    """Return whether a list in brackets has several members without quotes, of which any could be half a name."""
    return len(members) > 1 and members[0] != "" and any(" " in member or "." in member for member in members)
