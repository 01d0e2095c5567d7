"""The front matter of a page: fields by the contract, written so that any YAML reader gives back what was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import yaml

from readingroom.editorial.authority import ROOMS
from readingroom.editorial.edition import Edited
from readingroom.model.document import Field, Origin, Part
from readingroom.model.labels import Certainty, Value
from readingroom.schema import Fault, faults

_FIELDS = (
    "type",
    "date",
    "sent",
    "precedence",
    "from",
    "to",
    "info",
    "addressees",
    "subject",
    "number",
    "section",
    "identifiers",
    "agency",
    "originator",
    "language",
    "record",
    "classification",
    "handling",
    "duration",
    "declassify_on",
    "release",
    "redactions",
    "gaps",
    "tags",
    "references",
    "signed",
    "drafted",
    "cleared",
    "approved",
    "concurrences",
    "parts",
    "mentions",
    "repository",
    "collection",
    "source_url",
    "rights",
)
"""The keys in the order of the page (design, "Front matter of a page")."""
PROVENANCE = frozenset({"repository", "collection", "source_url", "rights"})
"""What says where the paper is, never what it says: always the editor's, so not called supplied."""
_MAP, _MAP_ENDS = yaml.MappingStartEvent(None, None, implicit=True, flow_style=False), yaml.MappingEndEvent()
_LIST, _LIST_ENDS = yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False), yaml.SequenceEndEvent()
_OF_A_PART = ("date", "from", "to", "subject", "number", "classification")


class FrontMatterFaultError(ValueError):
    """What was about to be written does not fit the schema: a fault of this program, not of the seed."""


def front_matter(edited: Edited) -> str:
    """Return the YAML block, fences included. Raises FrontMatterFaultError for what the schema does not allow."""
    data = metadata(edited)
    wrong: list[Fault] = list(faults(data))
    if wrong:
        raise FrontMatterFaultError(f"{edited.document.source.file}: {wrong[0].message}")
    return f"---\n{dump(data)}---\n"


def dump(data: Mapping[str, Any]) -> str:
    """Return YAML of `data` in its own order; every string that YAML would read as something else is quoted."""
    told = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _tell(data, told)
    told += yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()
    text: str = yaml.emit(told, Dumper=yaml.CSafeDumper, allow_unicode=True, width=2**30)
    return text


def _tell(value: object, told: list[yaml.Event]) -> None:
    """Add what a YAML emitter is told of a value: a map or a list in lines, words, or a whole number."""
    if isinstance(value, str):
        told.append(_words(value))
    elif isinstance(value, list):
        told.append(_LIST)
        for inner in value:
            _tell(inner, told)
        told.append(_LIST_ENDS)
    elif isinstance(value, Mapping):
        told.append(_MAP)
        for key, inner in value.items():
            told.append(_words(key))
            _tell(inner, told)
        told.append(_MAP_ENDS)
    else:
        told.append(yaml.ScalarEvent(None, None, (True, False), str(value)))


@lru_cache(maxsize=1 << 12)  # keys are the same in every document, and so are many values
def _words(value: str) -> yaml.ScalarEvent:
    """Return what an emitter is told of words: quotes are needed where YAML would read a number or a day in them."""
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call] # has no types
    return yaml.ScalarEvent(None, None, (tag == _RESOLVER.DEFAULT_SCALAR_TAG, True), value)


_RESOLVER = yaml.resolver.Resolver()


def metadata(edited: Edited) -> dict[str, Any]:
    """Return the front matter as plain values; a key that nobody knows is absent."""
    document = edited.document
    made = {
        **described(edited),
        "addressees": [
            {"name": a.name, "role": a.role, **({"precedence": a.precedence} if a.precedence else {})}
            for a in document.addressees
        ],
        "redactions": [
            {
                "id": r.id,
                "line": r.line,
                **({"exemptions": list(r.exemptions)} if r.exemptions else {}),
                "as_written": _one_line(r.as_written),
                **({"extent": r.extent} if r.extent else {}),
            }
            for r in document.redactions
        ],
        "gaps": [{"line": g.line, "reason": g.reason, "as_written": g.as_written} for g in document.gaps],
        "references": list(_references(edited)),
        "parts": [_part(part) for part in document.parts],
        "mentions": _mentions(edited),
    }
    return {
        "id": edited.id,
        "title": made["title"],
        **{key: made[key] for key in _FIELDS if made.get(key)},
        **_evidence(edited),
        "source": {
            "file": document.source.file,
            "sha256": document.source.sha256,
            "lines": document.line_count,
            "encoding": document.source.encoding,
        },
    }


def described(edited: Edited) -> dict[str, Any]:
    """Return a document's fields as plain values; `release.date` and its like gathered into maps."""
    plain: dict[str, Any] = {}
    for key, found in edited.fields.items():
        outer, _, inner = key.partition(".")
        if inner:
            plain.setdefault(outer, {})[inner] = _plain(found.value)
        else:
            plain[key] = _plain(found.value)
    order = ("extent", "marking", "authority", "date", "reviewer", "as_written")
    if "release" in plain:
        plain["release"] = {key: plain["release"][key] for key in order if key in plain["release"]}
    return plain


def _plain(value: Value) -> str | list[str]:
    return _one_line(value) if isinstance(value, str) else [_one_line(each) for each in value]


def _one_line(words: str) -> str:
    """Return words on one line, as a front matter value has them: YAML has no place for control characters."""
    shown = words if words.isprintable() else "".join(c if c.isprintable() else " " for c in words)
    return " ".join(shown.split()) or "\ufffd"


def _references(edited: Edited) -> Iterator[dict[str, Any]]:
    """Yield each thing that is cited once, with its first place."""
    for citation, *_ in edited.cited:
        reference = citation.reference
        entry: dict[str, Any] = {"cites": _one_line(reference.normalized or reference.as_written)}
        if reference.normalized and reference.normalized != reference.as_written:
            entry["as_written"] = _one_line(reference.as_written)
        entry["line"] = citation.line
        if citation.document:
            entry["document"] = citation.document
        yield entry


def _part(part: Part) -> dict[str, Any]:
    fields = {key: _plain(part.fields[key].value) for key in _OF_A_PART if key in part.fields}
    return {"title": _one_line(part.title), "type": part.type, "lines": list(part.lines), **fields}


def _mentions(edited: Edited) -> dict[str, list[str]]:
    named = sorted({mention.target for mention in edited.mentions})
    by_room = {room: [target.partition("/")[2] for target in named if target.startswith(f"{room}/")] for room in ROOMS}
    return {room: slugs for room, slugs in by_room.items() if slugs}


def _evidence(edited: Edited) -> dict[str, Any]:
    """Return where the fields were read from, and which were guessed, supplied or edited."""
    fields = edited.fields
    text = edited.document.text
    read_from = {
        key: f"L{text.number_at(found.span.start)}"
        for key, found in fields.items()
        if found.span is not None and key != "title"
    }
    lists = {
        "uncertain": sorted({*_uncertain(fields), *(doubt.key for doubt in edited.doubts if doubt.key in _FIELDS)}),
        "supplied": sorted(k for k, found in fields.items() if found.origin is Origin.SUPPLIED and k not in PROVENANCE),
        "edited": sorted(key for key, found in fields.items() if found.origin is Origin.EDITED),
    }
    return {key: value for key, value in {"read_from": read_from, **lists}.items() if value}


def _uncertain(fields: Mapping[str, Field]) -> Iterator[str]:
    for key, found in fields.items():
        if found.certainty in {Certainty.DAMAGED, Certainty.INFERRED} and found.origin is Origin.READ:
            yield key
