"""What of the frame is the same on all pages of a folder, written once: the documents' pages differ in their middle."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import pass_context
from jinja2.runtime import Context


class Frame:
    """The parts of the frame that have been written. Templates call it as `once`."""

    def __init__(self) -> None:
        """Start with none."""
        self._written: dict[tuple[str, str, str], str] = {}

    @pass_context
    def once(self, context: Context, part: str, caller: Callable[[], str]) -> str:
        """Return what `caller` says of a part, asked once for all pages of a template in one folder.

        On them all links are the same, but that the menu says which of its pages is open: those are asked each.
        """
        page, nav = context.get("page"), context.get("nav")
        if page is None or any(each is page for each in nav.pages):
            return caller()
        folder = page.url.rstrip("/").rpartition("/")[0]
        key = (part, str(page.meta.get("template", "")), folder)
        if key not in self._written:
            self._written[key] = caller()
        return self._written[key]
