"""Small pages that lead from an old address to the one that holds now."""

from __future__ import annotations

from html import escape

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


def redirect(target: str, title: str) -> str:
    """Return a page that leads to `target`, a relative address; it works without JavaScript."""
    return _PAGE.format(target=escape(target, quote=True), title=escape(title))
