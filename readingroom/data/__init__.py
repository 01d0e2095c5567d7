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


def meaning(name: str, said: str) -> tuple[str, str] | None:
    """Return the plain meaning of a code of the table `name` and its source; `said` is authority and code.

    None where the table does not have it, or has it in words that nobody has held against the source.
    """
    for authority, entry in table(name).items():
        code = said.removeprefix(f"{authority} ")
        if code != said and code in entry["codes"]:
            of_code = entry["codes"][code]
            words, sourced = (of_code["meaning"], of_code["sourced"]) if isinstance(of_code, dict) else (of_code, True)
            return (words, entry["source"]) if sourced and entry.get("sourced", True) else None
    return None
