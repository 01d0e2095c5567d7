"""A citation as JSON-LD in the words of schema.org: what search engines and harvesters read in a page."""

from __future__ import annotations

import json
from typing import Any

from readingroom.export.citing.citation import Citation, Name

_MARKUP = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_RECEIVED = frozenset({"Message"})
"""Types of schema.org that have a recipient."""


def json_ld(cited: Citation, description: str, sha256: str) -> str:
    """Return what goes into a `<script type="application/ld+json">`: no character of it can end the script.

    `dateCreated` is the date as EDTF, which is part of ISO 8601, schema.org's form of dates. Addresses are absolute
    where the site's is known; else that of the text is relative to the page, and the others are left out.
    """
    return json.dumps(_data(cited, description, sha256), ensure_ascii=False, separators=(",", ":")).translate(_MARKUP)


def _data(cited: Citation, description: str, sha256: str) -> dict[str, Any]:
    kind = cited.called("schema")
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["ArchiveComponent", kind],
        "@id": cited.url,
        "url": cited.url,
        "name": cited.title,
        "description": description,
        "genre": cited.genre,
        "dateCreated": cited.date,
        "author": [_agent(name) for name in cited.authors],
        "recipient": [_agent(name) for name in cited.recipients] if kind in _RECEIVED else [],
        "reportNumber": cited.number if kind == "Report" else "",
        "identifier": _identifiers(cited),
        "inLanguage": cited.language,
        "holdingArchive": {"@type": "ArchiveOrganization", "name": cited.archive} if cited.archive else {},
        "itemLocation": ", ".join(filter(None, (cited.collection, cited.archive_location))),
        "isPartOf": {
            "@type": "Collection",
            "name": cited.site,
            **({"url": cited.url.removesuffix(f"documents/{cited.id}/")} if cited.url else {}),
        },
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{cited.url}source.txt",
            "encodingFormat": "text/plain",
            "sha256": sha256,
        },
    }
    return {key: value for key, value in said.items() if value}


def _agent(name: Name) -> dict[str, str]:
    """Return what bears a name; whether a person or a body only where that is known."""
    kind = {"@type": name.kind.capitalize()} if name.kind else {}
    parts = {"familyName": name.family, "givenName": name.given} if name.family else {}
    return {**kind, "name": name.literal, **parts}


def _identifiers(cited: Citation) -> list[dict[str, str]]:
    numbered = {"number": cited.number, "document number": cited.call_number}
    return [{"@type": "PropertyValue", "propertyID": what, "value": value} for what, value in numbered.items() if value]
