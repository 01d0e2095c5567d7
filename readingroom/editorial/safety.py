"""What editors' Markdown may become: what the site's sanitizer would take out is refused with a problem.

Nothing is cleaned in silence: an editor learns that it was not published, and why.
"""

from __future__ import annotations

from html.parser import HTMLParser

import nh3
from markdown import Markdown

EXTENSIONS = ("attr_list", "def_list", "footnotes", "tables")
"""What a collection's mkdocs.yml has on for editors' words."""

TAGS = nh3.ALLOWED_TAGS | {"section", "figure", "figcaption"}
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()},
    "a": {"href", "title"},
    "*": {"id"},
}
CLASSES = {"div": {"footnote"}, "a": {"footnote-ref", "footnote-backref"}}
"""No others: an editor's words must not look like a marking or a redaction."""
SCHEMES = {"http", "https", "mailto"}
_MARKDOWN = Markdown(extensions=list(EXTENSIONS))


def clean(html: str) -> str:
    """Return HTML without scripts, handlers, styles and unknown elements; relative links stay."""
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, allowed_classes=CLASSES, link_rel=None, url_schemes=SCHEMES
    )


def refused(words: str) -> str | None:
    """Return what in an editor's Markdown may not be published, as it would stand in HTML; None where all may."""
    html = _MARKDOWN.reset().convert(words)
    cleaned = clean(html)
    if cleaned == html:
        return None
    before, after = _structure(html), _structure(cleaned)
    for there, kept in zip(before, [*after, *[""] * len(before)], strict=False):
        if there != kept:
            return there
    return None


class _Structure(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = "".join(f' {name}="{value}"' if value is not None else f" {name}" for name, value in sorted(attrs))
        self.found.append(f"<{tag}{given}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"</{tag}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"<?{data}>")


def _structure(html: str) -> list[str]:
    parser = _Structure()
    parser.feed(html)
    parser.close()
    return parser.found
