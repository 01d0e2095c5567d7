"""The data page: every table that can be taken along, with what its columns mean."""

from __future__ import annotations

from collections.abc import Iterator

from readingroom.editorial.edition import Edition
from readingroom.export.addressees import ADDRESSEES
from readingroom.export.cited import CITED
from readingroom.export.download import LARGEST, is_small
from readingroom.export.letters import CORRESPONDENCE
from readingroom.export.moments import TIMELINE
from readingroom.export.redactions import GAPS, REDACTIONS
from readingroom.export.standings import AUTHORITIES
from readingroom.export.tables import DOCUMENTS, Table
from readingroom.publish.views.made import Made

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    CORRESPONDENCE,
    TIMELINE,
    AUTHORITIES,
    REDACTIONS,
    GAPS,
    CITED,
    ADDRESSEES,
)
"""The tables in the order in which they are shown; their files are written below `data/`."""


def pages(edition: Edition) -> Iterator[Made]:
    """Yield the data page."""
    context = {"tables": TABLES, "one_file": is_small(edition), "largest": LARGEST // 1_000_000}
    yield Made("data/index.md", "Data", "data.html", lambda: context)
