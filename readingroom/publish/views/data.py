"""The data page: every table that can be taken along, with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edition
from readingroom.export.letters import CORRESPONDENCE
from readingroom.export.moments import TIMELINE
from readingroom.export.standings import AUTHORITIES
from readingroom.export.tables import DOCUMENTS, Table
from readingroom.publish.views.made import Made

TABLES: tuple[Table, ...] = (DOCUMENTS, CORRESPONDENCE, TIMELINE, AUTHORITIES)
"""The tables in the order in which they are shown; their files are written below `data/`."""


def pages(_: Edition) -> Iterator[Made]:
    """Yield the data page."""
    yield Made("data/index.md", "Data", "data.html", lambda: {"tables": TABLES})
