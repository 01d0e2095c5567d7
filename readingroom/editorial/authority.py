"""Authority pages: the people, organizations, places and events of a collection, one Markdown file each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readingroom.editorial.safety import refused
from readingroom.problems import Problem
from readingroom.schema import faults
from readingroom.source.front_matter import FrontMatterError, Page, read_page

ROOMS = ("people", "organizations", "places", "events")
"""The four folders of `docs/`, which are also the four keys of `mentions`."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One person, organization, place or event, under the name that this edition uses."""

    room: str
    """one of ROOMS"""
    slug: str
    name: str
    sort: str
    """the name as an index orders it: surname first"""
    aliases: tuple[str, ...]
    """other names and spellings, OCR's included, by which the documents may name it"""
    summary: str
    date: str | None
    """EDTF, of events"""
    identifiers: Mapping[str, str]
    body: str
    """Markdown"""
    file: str
    """path below the collection"""

    @property
    def id(self) -> str:
        """Return `people/anthony-lake`: what annotations name it by, and its address."""
        return f"{self.room}/{self.slug}"


def read_authorities(docs: Path) -> tuple[tuple[Authority, ...], tuple[Problem, ...]]:
    """Return all authority pages below `docs`, sorted by room and name, and what is wrong with any."""
    found: list[Authority] = []
    problems: list[Problem] = []
    for room in ROOMS:
        for path in sorted((docs / room).glob("*.md")):
            if path.name == "index.md":
                continue
            file = path.relative_to(docs.parent).as_posix()
            page = page_at(path, file, "authority", "RR301", problems)
            active = page and refused(page.body)
            if page is not None and active:
                what = (
                    f"“{active}” may not stand here: only Markdown is published, and links to http, https and mailto."
                )
                problems.append(Problem(file, page.body_line, "RR303", what))
            elif page is not None:
                found.append(_authority(room, path.stem, page, file))
    return tuple(sorted(found, key=lambda a: (ROOMS.index(a.room), a.sort.casefold()))), tuple(problems)


def page_at(path: Path, file: str, shape: str, code: str, problems: list[Problem]) -> Page | None:
    """Return the page at `path` if its front matter has the shape; else None, and `problems` says why."""
    try:
        page = read_page(path.read_text(encoding="utf-8"))
    except FrontMatterError as error:
        problems.append(Problem(file, error.line, code, f"{error}."))
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(file, 0, code, f"cannot be read: {error}. Save it as UTF-8."))
        return None
    wrong = list(faults(page.data, shape))
    problems += [Problem(file, page.lines.get(fault.key, 1), code, fault.message) for fault in wrong]
    return None if wrong else page


def _authority(room: str, slug: str, page: Page, file: str) -> Authority:
    data: Mapping[str, Any] = page.data
    return Authority(
        room=room,
        slug=slug,
        name=data["name"],
        sort=data.get("sort", data["name"]),
        aliases=tuple(data.get("aliases", ())),
        summary=data.get("summary", ""),
        date=data.get("date"),
        identifiers=data.get("identifiers", {}),
        body=page.body.strip("\n"),
        file=file,
    )
