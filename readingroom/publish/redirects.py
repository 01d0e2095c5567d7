"""Small pages that lead from an old address to the one that holds now."""

from __future__ import annotations

from html import escape

from readingroom.editorial.edition import Edited

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; object-src 'none'; base-uri 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{target}">
<title>{title}</title>
<p>This document is now at <a href="{target}">{title}</a>.</p>
</html>
"""


def old_address(edited: Edited) -> str | None:
    """Return the path of the page that leads on from the id of a document's seed; None where it has no slug."""
    id_ = edited.document.source.id
    return f"documents/{id_}/index.html" if edited.id != id_ else None


def redirect(target: str, title: str) -> str:
    """Return a page that leads to `target`, a relative address; it works without JavaScript."""
    return _PAGE.format(target=escape(target, quote=True), title=escape(title))
