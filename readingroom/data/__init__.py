"""Tables of the field with their sources: exemption codes, classification levels, TAGS, precedence. Data, not code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Any:  # noqa: ANN401 - each table has its own shape, described at its head
    """Return the table `<name>.yml` of this folder. Raises FileNotFoundError where there is none."""
    return yaml.load(files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
