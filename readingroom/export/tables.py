"""The collection as tables to take along: each as CSV (RFC 4180) and as JSON, with what its columns mean.

A value that is a list stands in CSV with `; ` between its items, in JSON as a list. What is not known is empty.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from readingroom.editorial.edition import Edited, Edition
from readingroom.page.front_matter import described

Cell = str | int | Sequence[str]
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the name of its files, what a row of it is, its columns with their meaning, and its rows."""

    name: str
    title: str
    row: str
    columns: Mapping[str, str]
    rows: Callable[[Edition], Iterable[tuple[Cell, ...]]]


def write_tables(edition: Edition, folder: Path, tables: Sequence[Table]) -> None:
    """Write `<name>.csv` and `<name>.json` of each table into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in tables:
        rows = tuple(table.rows(edition))
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.columns)
            writer.writerows([_in_one(cell) for cell in row] for row in rows)
        records = (dict(zip(table.columns, map(_plain, row), strict=True)) for row in rows)
        lines = ",\n".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records)
        (folder / f"{table.name}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")


def _in_one(cell: Cell) -> str | int:
    return cell if isinstance(cell, (str, int)) else BETWEEN.join(cell)


def _plain(cell: Cell) -> str | int | list[str]:
    return cell if isinstance(cell, (str, int)) else list(cell)


def _documents(edition: Edition) -> Iterator[tuple[Cell, ...]]:
    yield from map(_document, edition.documents)


def _document(edited: Edited) -> tuple[Cell, ...]:
    data, source = described(edited), edited.document.source
    release = data.get("release", {})
    return (
        edited.id,
        data["title"],
        data["type"],
        data.get("date", ""),
        *(tuple(data.get(key, ())) for key in ("from", "to", "info")),
        *(data.get(key, "") for key in ("subject", "number", "classification")),
        tuple(data.get("handling", ())),
        release.get("extent", ""),
        release.get("date", ""),
        len(edited.document.redactions),
        data.get("collection", ""),
        f"documents/{edited.id}/",
        source.file,
        source.sha256,
    )


DOCUMENTS = Table(
    "documents",
    "Documents",
    "a document",
    {
        "id": "the document's id, which stands in its address",
        "title": "its title; one that the paper does not bear is made of type, subject or number, and date",
        "type": "cable, memorandum, letter …",
        "date": "of the paper itself, in EDTF: 1994-12-02, 1994-12, 1994-12-02?",
        "from": "senders",
        "to": "addressees for action",
        "info": "addressees for information",
        "subject": "its subject line",
        "number": "of a message: post and serial",
        "classification": "the level that the paper itself bears",
        "handling": "caveats and captions that limit who may see it",
        "release_extent": "full, part, or denied, as the release line says",
        "release_date": "of the review or release, in EDTF",
        "redactions": "how many passages are withheld",
        "collection": "where the original is filed",
        "url": "address of its page, below the site's",
        "source": "the seed's file",
        "sha256": "the seed's digest",
    },
    _documents,
)
