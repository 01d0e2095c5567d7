"""A citation as an item of CSL-JSON (Citation Style Language 1.0.2): what citation managers and their styles read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from readingroom.dates import is_one_of
from readingroom.export.citing.citation import Citation, Name

_BOUND = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_DOUBT = re.compile(r"[?~%]")


def csl_json(citations: Iterable[Citation]) -> str:
    """Return the items as a file: a list, as the format has it even for one, with an item on each line."""
    items = (json.dumps(csl(each), ensure_ascii=False, separators=(",", ":")) for each in citations)
    return "[" + ",\n".join(items) + "]\n"


def csl(cited: Citation) -> dict[str, Any]:
    """Return the item; what is not known is absent, and so is `accessed`, which is the reader's to say."""
    item: dict[str, Any] = {
        "id": cited.id,
        "type": cited.called("csl"),
        "genre": cited.genre.capitalize(),
        "title": cited.title,
        "author": [_name(name) for name in cited.authors],
        "recipient": [_name(name) for name in cited.recipients],
        "issued": _issued(cited),
        "number": cited.number,
        "publisher": cited.agency if cited.called("csl") == "report" else "",
        "archive": cited.archive,
        "archive_collection": cited.collection,
        "archive_location": cited.archive_location,
        "call-number": cited.call_number,
        "source": cited.site,
        "URL": cited.url,
        "language": cited.language,
        "note": cited.note,
    }
    return {key: value for key, value in item.items() if value}


def _name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.family else {"literal": name.literal}


def _issued(cited: Citation) -> dict[str, Any]:
    if not cited.date:
        return {}
    return {**date_of(cited.date), **({"circa": True} if "date" in cited.doubtful else {})}


def date_of(date: str) -> dict[str, Any]:
    """Return an EDTF date as CSL has dates: its parts, two of them for a range; `circa` for any doubt.

    A set, one of whose days is meant, is a doubtful range. What has no such parts stands as it is, under `literal`.
    """
    circa = is_one_of(date) or _DOUBT.search(date) is not None
    bounds = re.split(r"\.\.|/", _DOUBT.sub("", date).strip("[]"))
    found = [_BOUND.match(bound) for bound in bounds]
    parts = [[int(part) for part in match.groups() if part] for match in found if match]
    if len(parts) != len(bounds) or len(parts) > 2:
        return {"literal": date}
    return {"date-parts": parts, **({"circa": True} if circa else {})}
