"""All style sheets of a page in one file: a page has one link, and a browser asks once."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

STYLE = "assets/style.css"
"""Where it stands, below the site."""
_OF_THE_THEME = re.compile(r"assets/stylesheets/(?:main|palette)\.\w+\.min\.css$")
_OURS = ("tokens", "frame", "prose", "lists", "record", "sheet", "search", "registers", "drawing")
"""In the order in which they follow each other, after the theme's own: `assets/tokens.css` and so on."""


def style(files: Files, config: MkDocsConfig) -> File:
    """Return the file; a collection's own sheet of a name comes in the place of ours, as any of its files does."""
    theme = sorted(uri for uri in files.src_uris if _OF_THE_THEME.match(uri))
    sheets = (files.src_uris[uri] for uri in (*theme, *(f"assets/{name}.css" for name in _OURS)))
    content = "".join(_whole(sheet.content_string) for sheet in sheets)
    return File.generated(config, STYLE, content=content, inclusion=InclusionLevel.INCLUDED)


def _whole(sheet: str) -> str:
    """Return a sheet without the way to its source map, which is another's."""
    return re.sub(r"/\*# sourceMappingURL=[^*\s]*+\s*\*/", "", sheet).strip() + "\n"
