"""Documents as rows of a table, each written once: it is the same on every list but for the way to its document."""

from __future__ import annotations

from collections.abc import Iterable

import jinja2

from readingroom.publish.views.collection import Row

_WAY = "\0"
"""Stands for the way to the folder of the documents; whatever comes before it in a row has no such sign."""


class Rows:
    """The rows that have been written. Templates call it as `rows_of`."""

    def __init__(self, env: jinja2.Environment) -> None:
        """Start with none; what a row looks like is in the template partials/row.html."""
        self._template = env.get_template("partials/row.html")
        self._written: dict[str, tuple[str, str, str]] = {}

    def __call__(self, rows: Iterable[Row], way: str) -> str:
        """Return rows as they stand on a page from which `way` leads to the folder of the documents."""
        way = way.removeprefix("./")
        return "".join(f"{before}{way}{after}" for before, _, after in map(self._row, rows))

    def _row(self, row: Row) -> tuple[str, str, str]:
        if row.id not in self._written:
            self._written[row.id] = self._template.render(row=row, way=_WAY).partition(_WAY)
        return self._written[row.id]
