"""The one schema of front matter: what is written and what editors supply are held against the same table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from readingroom.data import table
from readingroom.dates import is_date

_FORMATS = FormatChecker(formats=())
_FORMATS.checks("edtf")(lambda value: not isinstance(value, str) or is_date(value))


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that does not fit: the top-level key it stands under ("" for none), what was found, what expected."""

    key: str
    message: str


def faults(data: Mapping[str, Any], shape: str = "document") -> Iterator[Fault]:
    """Yield every fault of `data` against a shape: `document`, `annotation` or `authority`.

    A value that an annotation reads from a line, `{value: …, line: …}`, is held against the document's own shape.
    """
    for error in sorted(_validator(shape).iter_errors(data), key=lambda error: list(map(str, error.path))):
        yield _fault(error)
    if shape == "annotation":
        read = {key: said["value"] for key, said in data.items() if isinstance(said, dict) and "value" in said}
        yield from faults(read, "fields")


@cache
def _validator(shape: str) -> Draft202012Validator:
    schema = table("front_matter.schema")
    if shape == "fields":
        schema = {key: part for key, part in schema.items() if key != "required"}
    elif shape != "document":
        schema = {"$defs": schema["$defs"], **schema["$defs"][shape]}
    return Draft202012Validator(schema, format_checker=_FORMATS)


def _fault(error: ValidationError) -> Fault:
    path = [str(step) for step in error.path]
    if error.validator == "additionalProperties":
        keys = set(_schema(error).get("properties", ()))
        known = ", ".join(sorted(keys))
        unknown = sorted(set(error.instance) - keys) if isinstance(error.instance, dict) else []
        near = get_close_matches(unknown[0], keys, n=1)
        nearest = f" Nearest: {near[0]}." if near else ""
        return Fault(
            path[0] if path else unknown[0], f"“{unknown[0]}” is not a key here.{nearest} Known keys: {known}."
        )
    where = " → ".join(path) or "the front matter"
    return Fault(path[0] if path else "", f"{where}: found {_found(error)}; expected {_expected(error)}.")


def _schema(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, Mapping) else {}


def _found(error: ValidationError) -> str:
    if error.validator == "required":
        there = error.instance if isinstance(error.instance, dict) else {}
        return f"no {' or '.join(key for key in _schema(error)['required'] if key not in there)}"
    if isinstance(error.instance, list):
        return f"the list {error.instance}"
    if isinstance(error.instance, dict):
        return "several keys"
    return f"“{error.instance}”"


def _expected(error: ValidationError) -> str:
    schema = _schema(error)
    if error.validator == "anyOf":
        return " or ".join(dict.fromkeys(_plainly(choice) for choice in schema["anyOf"]))
    if error.validator == "required":
        return f"the keys {', '.join(schema['required'])}"
    return _plainly(schema)


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
