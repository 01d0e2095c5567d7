"""The one schema of front matter: what is written and what editors supply are held against the same table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator, ValidationError

from readingroom.data import table
from readingroom.dates import is_date


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that does not fit: the top-level key it stands under ("" for none), what was found, what expected."""

    key: str
    message: str


def faults(data: Mapping[str, Any], shape: str = "document") -> Iterator[Fault]:
    """Yield every fault of `data` against a shape: `document`, `annotation` or `authority`.

    A value that an annotation reads from a line, `{value: …, line: …}`, is held against the document's own shape.
    """
    schema, validator = _validator(shape)
    for error in sorted(validator.iter_errors(data), key=lambda error: list(map(str, error.instance_path))):
        yield _fault(error, _asked(schema, error))
    if shape == "annotation":
        read = {key: said["value"] for key, said in data.items() if isinstance(said, dict) and "value" in said}
        yield from faults(read, "fields")


@cache
def _validator(shape: str) -> tuple[Mapping[str, Any], Draft202012Validator]:
    schema = table("front_matter.schema")
    if shape == "fields":
        schema = {key: part for key, part in schema.items() if key != "required"}
    elif shape != "document":
        schema = {"$defs": schema["$defs"], **schema["$defs"][shape]}
    return schema, Draft202012Validator(schema, formats={"edtf": is_date}, validate_formats=True)


def _asked(schema: Mapping[str, Any], error: ValidationError) -> Mapping[str, Any]:
    """Return the part of the schema whose keyword the value breaks."""
    asked: Any = schema
    for step in error.schema_path[:-1]:
        asked = asked[step]
    return asked if isinstance(asked, Mapping) else {}


def _fault(error: ValidationError, asked: Mapping[str, Any]) -> Fault:
    path = [str(step) for step in error.instance_path]
    keyword = str(error.schema_path[-1])
    if keyword == "additionalProperties":
        keys = set(asked.get("properties", ()))
        known = ", ".join(sorted(keys))
        unknown = sorted(set(error.instance) - keys) if isinstance(error.instance, dict) else []
        near = get_close_matches(unknown[0], keys, n=1)
        nearest = f" Nearest: {near[0]}." if near else ""
        return Fault(
            path[0] if path else unknown[0], f"“{unknown[0]}” is not a key here.{nearest} Known keys: {known}."
        )
    where = " → ".join(path) or "the front matter"
    found, expected = _found(error.instance, asked, keyword), _expected(asked, keyword)
    return Fault(path[0] if path else "", f"{where}: found {found}; expected {expected}.")


def _found(value: object, asked: Mapping[str, Any], keyword: str) -> str:
    if keyword == "required":
        there = value if isinstance(value, dict) else {}
        return f"no {' or '.join(key for key in asked['required'] if key not in there)}"
    if isinstance(value, list):
        return f"the list {value}"
    if isinstance(value, dict):
        return "several keys"
    return f"“{value}”"


def _expected(asked: Mapping[str, Any], keyword: str) -> str:
    if keyword == "anyOf":
        return " or ".join(dict.fromkeys(_plainly(choice) for choice in asked["anyOf"]))
    if keyword == "required":
        return f"the keys {', '.join(asked['required'])}"
    return _plainly(asked)


def _plainly(schema: Mapping[str, Any]) -> str:
    """Return what a schema asks for, in words."""
    if "$ref" in schema:
        schema = table("front_matter.schema")["$defs"][schema["$ref"].rpartition("/")[2]]
    if schema.get("format") == "edtf":
        return 'an EDTF date such as "1994-12-02", "1994-12" or "1994-12-02?"'
    if "enum" in schema:
        return f"one of {', '.join(schema['enum'])}"
    if schema.get("type") == "array":
        return 'a list, as in ["one", "two"]'
    if "pattern" in schema:
        return f"words of the form {schema['pattern']}"
    if "value" in schema.get("properties", {}):
        return "{value: …, line: …}"
    return {"string": "words", "object": "keys with values", "integer": "a number"}.get(
        schema.get("type", ""), "another value"
    )
