"""The strip over a document: what the text itself shows of secrecy and release, in words, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from readingroom.dates import in_words
from readingroom.editorial.edition import Edited
from readingroom.model.document import Field, Origin
from readingroom.model.labels import Certainty
from readingroom.publish.views.words import count, level_of

EXTENTS = {"full": "in full", "part": "in part", "denied": "denied in full"}
_RELEASED = re.compile(r"\bRELEASED?\b", re.IGNORECASE)
_LONGEST_QUOTED = 100


def strip(edited: Edited) -> Iterator[str]:
    """Yield marking, release and withholding as the text shows them (design, "The document page")."""
    fields = edited.fields
    level = level_of(edited)
    if level == "unmarked":
        yield "No classification marking in this text"
    else:
        yield f"Marked {level.upper()}{_in_month(fields.get('date'))}"
    prefix = "release."
    yield from _release({key.removeprefix(prefix): each for key, each in fields.items() if key.startswith(prefix)})
    withheld = len(edited.document.redactions)
    if withheld:
        yield f"{count(withheld, 'passage')} withheld at release"


def _release(fields: dict[str, Field]) -> Iterator[str]:
    """Yield what a release line says; one that does not speak of release is quoted, for only it knows what it is."""
    by_whom = f"{_by(fields.get('authority'))}{_on(fields.get('date'))}"
    written = fields.get("as_written")
    if extent := fields.get("extent"):
        released = "" if extent.value == "denied" else "released "
        yield f"{released}{EXTENTS[str(extent.value)]}{by_whom}"
    elif written is not None and _RELEASED.search(str(written.value)):
        yield f"released{_when(fields.get('date'))}{_by(fields.get('authority'))}, extent not shown"
    elif written is not None:
        yield f"stamped at review: “{_quoted(str(written.value))}”"
    elif marking := fields.get("marking"):
        yield f"marked {str(marking.value).upper()} at release{by_whom}"
    elif by_whom:
        yield f"reviewed for release{by_whom}"


def _quoted(words: str) -> str:
    return words if len(words) <= _LONGEST_QUOTED else f"{words[:_LONGEST_QUOTED].rsplit(maxsplit=1)[0]} …"


def _in_month(date: Field | None) -> str:
    """Return the month of a date that the document itself bears, beyond doubt."""
    sure = date is not None and date.origin is Origin.READ and date.certainty is Certainty.EXACT
    return f", {in_words(str(date.value)[:7])}" if date is not None and sure else ""


def _by(authority: Field | None) -> str:
    if authority is None:
        return ""
    words = str(authority.value)
    if words.startswith("E.O."):
        return f" under {words}"
    if " Act " in words:
        return f" under the {words}"
    return " by the Department of State" if "STATE" in words.upper().split() else f" by {words}"


def _when(date: Field | None) -> str:
    if date is None:
        return ""
    whole_day = len(str(date.value)) == len("1963-11-22")
    return f" {'on' if whole_day else 'in'} {in_words(str(date.value))}"


def _on(date: Field | None) -> str:
    return f", {in_words(str(date.value))}" if date else ""
