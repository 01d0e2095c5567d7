"""One JSON for each document: front matter, lines, and every range that was labelled. Offsets are code points.

A label without `certainty` is exact, as most are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from readingroom.editorial.edition import Edited
from readingroom.model.labels import Certainty, Label
from readingroom.page.front_matter import metadata


def document_json(edited: Edited) -> str:
    """Return the JSON text, sorted as the document is, with a newline at its end."""
    document = edited.document
    data = {
        "metadata": metadata(edited),
        "text": document.text.content,
        "lines": list(zip(document.text.starts, document.text.ends, strict=True)),
        "labels": [_label(label) for label in document.labels],
        "mentions": [{"start": m.start, "end": m.end, "authority": m.target} for m in edited.mentions],
        "references": list(_references(edited)),
        "notes": [{"start": n.span.start, "end": n.span.end, "note": n.words} for n in edited.annotation.notes],
        "emendations": [
            {"start": e.span.start, "end": e.span.end, "read": e.new, "note": e.note}
            for e in edited.annotation.emendations
        ],
        "gaps": [{"start": g.span.start, "end": g.span.end, "reason": g.reason} for g in document.gaps],
        "page_starts": list(document.page_starts),
        "joins": [{"before": join.before, "after": join.after} for join in document.joins],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _label(label: Label) -> dict[str, Any]:
    said: dict[str, Any] = {"start": label.span.start, "end": label.span.end, "kind": label.kind}
    if label.certainty is not Certainty.EXACT:
        said["certainty"] = label.certainty
    if label.detail:
        said["detail"] = dict(label.detail)
    return said


def _references(edited: Edited) -> Iterator[dict[str, Any]]:
    for citation in edited.citations:
        reference = citation.reference
        yield {
            "start": reference.span.start,
            "end": reference.span.end,
            "as_written": reference.as_written,
            "normalized": reference.normalized,
            "document": citation.document,
            **({"year": citation.year} if citation.year else {}),
        }
