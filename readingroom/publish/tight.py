"""Templates without the white space that only their readers need: it would stand on every page of the site."""

from __future__ import annotations

import re

from jinja2.ext import Extension

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TAG = r"\{%(?!-? *include)(?:[^%\n]|%(?!\}))*%\}"
"""A tag that writes nothing itself."""
_TAGS_ALONE = re.compile(rf"^((?:{_TAG})+)\n", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")


class Tight(Extension):
    """Takes indents, empty lines and the ends of lines that hold nothing but tags out of a template before it is read.

    Words and elements that stand on lines of their own are still parted by a line's end. A template in which white
    space stands for itself is left as it is.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Return the source of the template without them."""
        if "<pre" in source or "<textarea" in source:
            return source
        return _EMPTY.sub("\n", _TAGS_ALONE.sub(r"\1", _INDENT.sub("", source)))
