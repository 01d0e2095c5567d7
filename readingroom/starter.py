"""A new, empty collection that builds: what build.py new puts into a folder."""

from __future__ import annotations

from pathlib import Path

_FILES = {
    "mkdocs.yml": """# The one configuration file. Documents are never listed here: they come from seeds/.
site_name: A new collection
# site_url: set this to the published address; citations, canonical links and the sitemap then carry it.

theme:
  name: material
  language: en
  font: false
  palette:
    scheme: default

plugins: []

markdown_extensions:
  - attr_list
  - def_list
  - footnotes
  - tables
  - readingroom.publish.transcription
  - readingroom.publish.definitions

nav:
  - Home: index.md
  - Documents: documents/index.md
  - Timeline: timeline/index.md
  - People: people/index.md
  - Organizations: organizations/index.md
  - Places: places/index.md
  - Withheld: withheld.md
  - Glossary: glossary.md
  - Search: search.md

not_in_nav: |
  /documents/
  /cited.md
  /data/
  /people/
  /organizations/
  /places/
  /events/

validation:
  omitted_files: warn
  absolute_links: warn
  unrecognized_links: warn
  anchors: warn
""",
    "docs/index.md": """---
title: A new collection
---

Say here, in a few lines, what this collection is, who made the papers, and what it does not hold.
""",
    "docs/glossary.md": """---
title: Glossary
---

Abbreviations as they stand in the documents. One entry looks like this:

OADR
:   Originating Agency’s Determination Required: no date was set for declassification.
""",
    "seeds/README.md": """# Seeds

One `.txt` or `.md` file for each document, as OCR left it. The program reads these files and never changes them.
""",
    ".gitignore": """.cache/
site/
site.next/
site.previous/
docs/documents/
""",
}


def start(folder: Path) -> tuple[str, ...]:
    """Write a new collection into `folder` and return the files made. Raises FileExistsError rather than overwrite."""
    taken = [name for name in _FILES if (folder / name).exists()]
    if taken:
        raise FileExistsError(f"{folder / taken[0]} is there already. Choose another folder, or move it away.")
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return tuple(_FILES)
