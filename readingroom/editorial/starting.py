"""A starting annotation file for a document: what is known, and where an editor goes on. Never over an existing one."""

from __future__ import annotations

from pathlib import Path

from readingroom.editorial.edition import Edited

_START = """---
# Metadata that you supply or choose; every key may be left out. Take away the # to use a line.
# title: "{title}"
{fields}# Below the next line, write the headnote: what this document is, and how its date is known. Then notes: a line
# that begins with > quotes words of the document, and what stands under it is the note on them.
---
"""


def started(docs: Path, edited: Edited) -> tuple[Path, bool]:
    """Return the path of a document's annotation file, and whether it was just made. None is overwritten."""
    path = docs / "annotations" / f"{edited.document.source.stem}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_START.format(title=edited.title.replace('"', "'"), fields=_fields(edited)))
    except FileExistsError:
        return path, False
    return path, True


def _fields(edited: Edited) -> str:
    """Return a line for each field that the document leaves open."""
    open_ = {
        "date": 'date: "1994-12-02?"',
        "from": 'from: ["…"]',
        "to": 'to: ["…"]',
        "repository": 'repository: "…"',
    }
    doubts = {doubt.key for doubt in edited.doubts}
    wanted = [line for key, line in open_.items() if key not in edited.fields or key in doubts]
    return "".join(f"# {line}\n" for line in wanted)
