"""The tables to take along: both files of each say the same, and the data page names every one."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from readingroom.editorial.edition import Edition
from readingroom.export.tables import BETWEEN, Table
from readingroom.publish.views.data import TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_both_files_of_a_table_say_the_same(demo_site: Path, demo: Edition, table: Table) -> None:
    with (demo_site / "data" / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = json.loads((demo_site / "data" / f"{table.name}.json").read_text(encoding="utf-8"))
    assert len(rows) == len(records) == len(tuple(table.rows(demo)))
    for row, record in zip(rows, records, strict=True):
        assert list(row) == list(record) == list(table.columns)
        joined = {key: BETWEEN.join(cell) if isinstance(cell, list) else str(cell) for key, cell in record.items()}
        assert row == joined


def test_the_data_page_names_every_data_file(demo_site: Path) -> None:
    page = (demo_site / "data" / "index.html").read_text(encoding="utf-8")
    files = sorted(path.name for path in (demo_site / "data").iterdir() if path.name != "index.html")
    assert files
    assert all(f'href="{name}"' in page for name in files)
