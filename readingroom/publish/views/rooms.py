"""The rooms of the site: what makes the pages that no file holds."""

from __future__ import annotations

from readingroom.editorial.edition import Edition
from readingroom.publish.views import (
    authorities,
    browse,
    cited,
    data,
    finding,
    known,
    letters,
    timeline,
    withheld,
)
from readingroom.publish.views.made import Made

_ROOMS = (
    browse.pages,
    timeline.pages,
    letters.pages,
    withheld.pages,
    cited.pages,
    known.pages,
    authorities.pages,
    data.pages,
    finding.pages,
)
"""Every room; a new one is a module with such a function, and a line here."""


def made(edition: Edition) -> tuple[Made, ...]:
    """Return every page that is made from the edition."""
    return tuple(page for room in _ROOMS for page in room(edition))
