"""The search page: all that it does is assets/search.js, over the index that `readingroom.publish.search` writes."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edition
from readingroom.publish.views.made import Made


def pages(_: Edition) -> Iterator[Made]:
    """Yield the search page."""
    yield Made("search.md", "Search", "search.html", dict)
